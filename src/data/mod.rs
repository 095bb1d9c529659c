//! Data sets: a file each, all yielding a [`Dataset`]. A new one is a file, a name in the config and a line here.

pub mod digits;
pub mod mnist10k;
mod mnist1d;
mod notebook;
pub mod own_points;
pub mod own_table;
mod plane;
pub mod spec;
mod squeeze;
pub mod supplied;
pub mod table;

use crate::Error;
use crate::kernels::padded;
use crate::rng::{Purpose, stream};
pub use plane::held_out;
pub use spec::{Data, DataName};
use std::borrow::Cow;

/// Samples and what they are.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// What holds for every sample.
    pub shape: Shape,
    /// Seen in training; its labels carry the config's label noise.
    pub train: Samples,
    /// Never seen in training.
    pub test: Samples,
}

/// What holds for every sample of a data set.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Features of a sample.
    pub features: usize,
    /// Names of the classes, by label; a supplied table brings its own.
    pub classes: Vec<Cow<'static, str>>,
    /// Height and width where the samples are images; a height of 1 is a line, drawn as one.
    pub image: Option<(usize, usize)>,
    /// Most training and test samples, where the set is not generated.
    pub most: Option<(usize, usize)>,
}

/// Features and labels.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    /// `[len, padded(features)]`, row-major, padding columns zero.
    pub x: Vec<f32>,
    /// A class for each sample.
    pub labels: Vec<i32>,
}

impl Samples {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Room for `len` samples of `features` features.
    fn with_capacity(len: usize, features: usize) -> Self {
        Self {
            x: Vec::with_capacity(len * padded(features)),
            labels: Vec::with_capacity(len),
        }
    }

    /// Adds one sample; the row is padded with zeros.
    fn push(&mut self, features: &[f32], label: i32) {
        let padding = padded(features.len()) - features.len();
        self.x.extend_from_slice(features);
        self.x.extend(std::iter::repeat_n(0.0, padding));
        self.labels.push(label);
    }
}

/// Names known beforehand.
fn names(names: &[&'static str]) -> Vec<Cow<'static, str>> {
    names.iter().map(|&name| Cow::Borrowed(name)).collect()
}

/// The shape of the data set that a config names, without loading it.
pub fn shape(config: &Data) -> Shape {
    match config.name {
        DataName::Digits => digits::shape(),
        DataName::Mnist10k => mnist10k::shape(),
        DataName::Mnist1d => mnist1d::shape(),
        DataName::Notebook | DataName::Planted => notebook::shape(),
        DataName::Spirals | DataName::Moons | DataName::Circles | DataName::Gaussians | DataName::Points => {
            plane::shape()
        }
        DataName::Table => table::shape(config),
    }
}

/// The hash of what a config needs from outside the engine, if it needs anything: it is there.
///
/// # Errors
/// `data_needed`: it is not, and has to be supplied first, see [`supplied`].
pub fn outside(config: &Data) -> Result<Option<&str>, Error> {
    match config.name {
        DataName::Mnist10k => mnist10k::wanted().map(|_| Some(mnist10k::HASH)),
        DataName::Table => table::wanted(config).map(|_| Some(config.table.hash.as_str())),
        _ => Ok(None),
    }
}

/// The data set of a validated config, label noise included.
///
/// # Errors
/// `data_needed`: a set that has to be supplied first, see [`supplied`].
pub fn load(config: &Data, seed: u64) -> Result<Dataset, Error> {
    let (train, test) = match config.name {
        DataName::Digits => digits::load(config.train, config.test)?,
        DataName::Mnist10k => mnist10k::load(config.train, config.test)?,
        DataName::Mnist1d => mnist1d::load(config.train, config.test, seed),
        DataName::Notebook => notebook::random(config.train, config.test, seed),
        DataName::Planted => notebook::planted(config.train, config.test, seed),
        DataName::Spirals | DataName::Moons | DataName::Circles | DataName::Gaussians => {
            plane::load(config, seed)
        }
        DataName::Points => plane::own(&config.points),
        DataName::Table => table::load(config)?,
    };
    let mut dataset = Dataset {
        shape: shape(config),
        train,
        test,
    };
    flip_labels(&mut dataset, config.label_noise, seed);
    Ok(dataset)
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
