//! Data sets: a file for each, which says everything about it, and the list of them.
//!
//! A data set is a [`DataSet`]: its names, its source, where its samples come from, their shape, and how they are loaded. Config,
//! documents, page and exports read [`DATA_SETS`]; nothing else matches on a data set's name. Adding one is a file here, the same in
//! Python beside it for the exports, and a line in [`DATA_SETS`]: `docs/CONTRIBUTING.md` shows it.

mod data_set;
pub mod digits;
pub mod mnist10k;
mod mnist1d;
mod notebook;
pub mod own_points;
pub mod own_table;
mod plane;
mod planted;
mod samples;
pub mod spec;
pub mod supplied;
pub mod table;

use crate::Error;
use crate::rng::{Purpose, stream};
pub use data_set::{DataSet, Origin};
pub use own_points::held_out;
pub(crate) use samples::to_validate;
pub use samples::{Dataset, Samples, Shape};
pub use spec::{Data, DataName};
use std::borrow::Cow;

/// Every data set, in the order in which they are offered.
pub const DATA_SETS: &[&DataSet] = &[
    &digits::DATA_SET,
    &notebook::DATA_SET,
    &planted::DATA_SET,
    &plane::SPIRALS,
    &plane::MOONS,
    &plane::CIRCLES,
    &plane::GAUSSIANS,
    &own_points::DATA_SET,
    &mnist10k::DATA_SET,
    &mnist1d::DATA_SET,
    &table::DATA_SET,
];

/// Their names.
pub const NAMES: [&str; DATA_SETS.len()] = {
    let mut names = [""; DATA_SETS.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = DATA_SETS[i].name;
        i += 1;
    }
    names
};

/// Names known beforehand.
fn names(names: &[&'static str]) -> Vec<Cow<'static, str>> {
    names.iter().map(|&name| Cow::Borrowed(name)).collect()
}

/// The shape of the data set that a config names, without loading it.
pub fn shape(config: &Data) -> Shape {
    (config.name.shape)(config)
}

/// The hash of what a config needs from outside the engine, if it needs anything: it is there.
///
/// # Errors
/// `data_needed`: it is not, and has to be supplied first, see [`supplied`].
pub fn outside(config: &Data) -> Result<Option<&str>, Error> {
    (config.name.outside)(config)
}

/// The data set of a validated config, label noise included: who chooses has no better labels than who trains.
///
/// # Errors
/// `data_needed`: a set that has to be supplied first, see [`supplied`].
pub fn load(config: &Data, seed: u64) -> Result<Dataset, Error> {
    let (train, test) = (config.name.load)(config, seed)?;
    let mut dataset = Dataset { shape: shape(config), train, test, validation: Samples::default() };
    flip_labels(&mut dataset, config.label_noise, seed);
    Ok(dataset.hold_out(config.validation, seed))
}

/// The data sets as a table, for docs/config.md.
pub fn markdown() -> String {
    let row = |set: &&DataSet| {
        let DataSet { name, title, about, source, .. } = set;
        format!("| `{name}` | {}: {} | {source} |\n", title.en, about.en)
    };
    let rows: String = DATA_SETS.iter().map(row).collect();
    format!("| name | what | source |\n| --- | --- | --- |\n{rows}")
}

/// Replaces each training label by another class with probability `share`.
fn flip_labels(dataset: &mut Dataset, share: f64, seed: u64) {
    if share == 0.0 {
        return;
    }
    let mut rng = stream(seed, Purpose::LabelNoise);
    let classes = dataset.shape.classes.len() as u32;
    for label in &mut dataset.train.labels {
        // Both draws are always made, so that a higher share flips the same samples and more.
        let (chance, shift) = (f64::from(rng.uniform()), 1 + rng.below(classes - 1));
        if chance < share {
            *label = ((*label as u32 + shift) % classes) as i32;
        }
    }
}

#[cfg(test)]
mod tests;
