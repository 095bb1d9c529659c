//! A user's table: handed to the engine ([`supplied::supply`]), named in configs by the hash of what is in it.
//!
//! Rows are split by the table alone, whatever the seed. They are shuffled as Fisher and Yates do, from the last row `i` to the
//! second: it changes places with row `mix(hash + (i + 1) G) mod (i + 1)`, rows counted from 0. `mix` and `G` are those of
//! SplitMix64 (Steele, Lea and Flood 2014). The first `train` rows of that order train, the last `test` test.
//!
//! Features that are numbers are standardised: `(x - mean) / deviation`, both of the training rows alone, in `f64`, over the
//! values that are there (deviation: the root of the mean squared one; 1 where all are equal). A number that is missing becomes
//! the mean, which is 0. Features that are categories, 0 or 1, stay what they are.

use super::spec::Data;
use super::{DataSet, Origin, Samples, Shape, supplied};
use crate::Error;
use crate::field::{Words, python};
use crate::refusal::Allowed;
use std::borrow::Cow;

pub(super) const DATA_SET: DataSet = DataSet {
    name: "table",
    title: Words { en: "A table of your own", de: "Eine eigene Tabelle" },
    about: Words {
        en: "Rows of a file that you give; it stays with you, and the config holds its name and a hash of what is in it.",
        de: "Zeilen einer Datei, die Sie geben; sie bleibt bei Ihnen, und die Einstellungen halten ihren Namen und einen Hash ihres Inhalts.",
    },
    source: "its owner",
    origin: Origin::Table,
    features: None,
    options: &["data.table.file", "data.table.hash", "data.table.shape"],
    shape,
    load: |config, _| load(config),
    outside: |config| wanted(config).map(|_| Some(config.table.hash.as_str())),
    python: python!("table.py"),
};

/// Most rows.
pub const MAX_ROWS: usize = 50_000;
/// Most features.
pub const MAX_FEATURES: usize = 1024;
/// Most classes.
pub const MAX_CLASSES: usize = 100;

// The reader of tables, which is a crate of its own, takes what the engine takes.
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
const _: () = assert!(
    distill_lab_table::MAX_ROWS == MAX_ROWS
        && distill_lab_table::MIN_ROWS == super::own_table::MIN_ROWS
        && distill_lab_table::MAX_FEATURES == MAX_FEATURES
        && distill_lab_table::MAX_CLASSES == MAX_CLASSES
);

/// The shape that the config tells; class names are known where the table is.
fn shape(config: &Data) -> Shape {
    let table = &config.table;
    let classes = supplied::supplied(&table.hash).map_or_else(
        || vec![Cow::Borrowed(""); table.classes().min(MAX_CLASSES)],
        |known| known.classes.iter().map(|name| Cow::Owned(name.clone())).collect(),
    );
    Shape { features: table.features(), classes, image: None, most: None }
}

/// The table that a config is about.
///
/// # Errors
/// `data_needed` where it has not been handed over.
fn wanted(config: &Data) -> Result<std::sync::Arc<supplied::Table>, Error> {
    supplied::wanted("data.table", &config.table.file, &config.table.hash)
}

/// Training and test samples.
///
/// # Errors
/// As [`wanted`]; `out_of_range` where the config tells another shape than the table's.
fn load(config: &Data) -> Result<(Samples, Samples), Error> {
    let table = wanted(config)?;
    let (rows, features) = (table.rows(), table.features);
    if [rows, features, table.numbers, table.classes.len()] != config.table.shape[..] {
        let allowed =
            Allowed::ShapeOfTable { shape: vec![rows, features, table.numbers, table.classes.len()] };
        let got = config.table.shape.as_slice();
        return Err(Error::new("out_of_range", "data.table.shape", got, allowed));
    }
    // It is 16 hexadecimal digits: something was supplied under it.
    let order = order(u64::from_str_radix(&config.table.hash, 16).unwrap_or(0), rows);
    let (train, test) = (&order[..config.train], &order[rows - config.test..]);
    // Samples to choose by are among those for training and help to set the scale, which says nothing of their classes. Categories
    // stay what they are.
    let mut scales = vec![(0.0, 1.0); features];
    for (f, slot) in scales[..table.numbers].iter_mut().enumerate() {
        *slot = scale(train.iter().map(|&row| table.value(row, f)));
    }
    let samples = |rows: &[usize]| {
        let mut samples = Samples::with_capacity(rows.len(), features);
        for &row in rows {
            let scaled = scales.iter().enumerate().map(|(column, (mean, deviation))| {
                let x = table.value(row, column);
                let z = ((f64::from(x) - mean) / deviation) as f32;
                if x.is_nan() { 0.0 } else { z }
            });
            let features: Vec<f32> = scaled.collect();
            samples.push(&features, i32::from(table.labels[row]));
        }
        samples
    };
    Ok((samples(train), samples(test)))
}

/// Rows, shuffled by the table's hash.
fn order(hash: u64, rows: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    for i in (1..rows).rev() {
        order.swap(i, (mix(hash, i as u64) % (i as u64 + 1)) as usize);
    }
    order
}

/// The draw of SplitMix64 seeded with `hash`, counted from 0.
fn mix(hash: u64, index: u64) -> u64 {
    let mut z = hash.wrapping_add((index + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Mean and deviation of the values that are there.
fn scale(values: impl Iterator<Item = f32> + Clone) -> (f64, f64) {
    let there = values.filter(|v| !v.is_nan()).map(f64::from);
    let count = there.clone().count().max(1) as f64;
    let mean = there.clone().sum::<f64>() / count;
    let squares: f64 = there.map(|value| (value - mean) * (value - mean)).sum();
    let deviation = libm::sqrt(squares / count);
    (mean, if deviation > 0.0 { deviation } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_those_of_splitmix64_and_every_row_is_drawn_once() {
        // The generator's published first outputs for the seed 1234567.
        let want = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([0, 1, 2].map(|i| mix(1_234_567, i)), want);
        let mut rows = order(1_234_567, 1000);
        assert_ne!(rows[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        rows.sort_unstable();
        assert_eq!(rows, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn scales_are_of_what_is_there() {
        assert_eq!(scale([1.0, f32::NAN, 3.0].into_iter()), (2.0, 1.0));
        assert_eq!(scale([5.0, 5.0].into_iter()), (5.0, 1.0));
        assert_eq!(scale([f32::NAN].into_iter()), (0.0, 1.0));
    }
}
