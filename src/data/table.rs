//! A table of one's own: handed to the engine once ([`supply`]), named in configs by what is in it.
//!
//! Rows are split by the table alone, whatever the seed. They are shuffled as Fisher and Yates do, from the last row `i` to the
//! second: it changes places with row `mix(hash + (i + 1) G) mod (i + 1)`, rows counted from 0. `mix` and `G` are those of
//! SplitMix64 (Steele, Lea and Flood 2014). The first `train` rows of that order train, the last `test` test.
//!
//! Features that are numbers are standardised: `(x - mean) / deviation`, both of the training rows alone, in `f64`, over the
//! values that are there (deviation: the root of the mean squared one; 1 where all are equal). A number that is missing becomes
//! the mean, which is 0. Features that are categories, 0 or 1, stay what they are.

use super::{Samples, Shape};
use crate::Error;
use crate::config::Data;
use crate::fnv::Fnv;
use crate::kernels::padded;
use std::sync::{Arc, RwLock};

/// Most rows.
pub const MOST_ROWS: usize = 50_000;
/// Most features.
pub const MOST_FEATURES: usize = 1024;
/// Most classes.
pub const MOST_CLASSES: usize = 100;

/// A table as it is handed over.
#[derive(Debug)]
pub struct Table {
    /// How many features, the first ones, are numbers; the others are categories.
    pub numbers: usize,
    /// `[rows, features]`, row-major; NaN where a number is missing.
    pub features: Vec<f32>,
    /// A class for each row.
    pub labels: Vec<i32>,
    /// Names of the classes.
    pub classes: &'static [&'static str],
}

/// The table that was handed over last, and its hash.
static SUPPLIED: RwLock<Option<(u64, Arc<Table>)>> = RwLock::new(None);

/// Hands a table to the engine, in place of the one before, and returns its hash. Names of classes stay in memory for good.
///
/// # Errors
/// Arrays that do not go together; a label that is no class; an infinite feature.
#[cold]
pub fn supply(numbers: usize, features: Vec<f32>, labels: Vec<i32>, classes: &[&str]) -> Result<u64, Error> {
    let (rows, width) = (
        labels.len(),
        features.len().checked_div(labels.len()).unwrap_or(0),
    );
    let fits = rows <= MOST_ROWS
        && (1..=MOST_FEATURES).contains(&width)
        && rows * width == features.len()
        && numbers <= width
        && (2..=MOST_CLASSES).contains(&classes.len())
        && labels.iter().all(|&l| (0..classes.len() as i32).contains(&l))
        && !features.iter().any(|v| v.is_infinite());
    if !fits {
        let message =
            "table: its parts do not go together; allowed: a class for each row, and finite features or NaN";
        return Err(Error::at("out_of_range", "table", message));
    }
    let hash = hash(numbers, classes, &features, &labels);
    let mut names: Vec<&'static str> = Vec::with_capacity(classes.len());
    for &class in classes {
        names.push(Box::leak(Box::from(class)));
    }
    let table = Table {
        numbers,
        features,
        labels,
        classes: names.leak(),
    };
    if let Ok(mut slot) = SUPPLIED.write() {
        *slot = Some((hash, Arc::new(table)));
    }
    Ok(hash)
}

fn supplied(hash: &str) -> Option<(u64, Arc<Table>)> {
    let slot = SUPPLIED.read().ok()?;
    let (have, table) = slot.as_ref()?;
    (u64::from_str_radix(hash, 16) == Ok(*have)).then(|| (*have, table.clone()))
}

/// [`Fnv`] over the names of the classes, each ended by a byte 0; then, little-endian, the number of features that are
/// numbers (32 bits), the bits of every feature and every label.
pub fn hash(numbers: usize, classes: &[&str], features: &[f32], labels: &[i32]) -> u64 {
    let mut hash = Fnv::default();
    for class in classes {
        hash.add(class.bytes().chain([0]));
    }
    hash.add((numbers as u32).to_le_bytes());
    hash.add(
        features
            .iter()
            .flat_map(|feature| feature.to_bits().to_le_bytes()),
    );
    hash.add(labels.iter().flat_map(|label| label.to_le_bytes()));
    hash.0
}

/// The shape that the config tells; class names are known where the table is.
pub(super) fn shape(config: &Data) -> Shape {
    static NAMELESS: [&str; MOST_CLASSES] = [""; MOST_CLASSES];
    let table = &config.table;
    let names = &NAMELESS[..table.classes().min(MOST_CLASSES)];
    Shape {
        features: table.features(),
        classes: super::names(supplied(&table.hash).map_or(names, |(_, t)| t.classes)),
        image: None,
        most: None,
    }
}

/// Training and test samples.
///
/// # Errors
/// `data_needed` where the table has not been handed over.
#[cold]
pub(super) fn load(config: &Data) -> Result<(Samples, Samples), Error> {
    let wanted = &config.table;
    let Some((hash, table)) = supplied(&wanted.hash) else {
        let message = format!(
            "data.table: this experiment is about a table of one's own, {} (content {}), which has to be given first",
            wanted.file, wanted.hash
        );
        return Err(Error::at("data_needed", "data.table", message));
    };
    let (rows, features) = (table.labels.len(), table.features.len() / table.labels.len());
    if [rows, features, table.numbers, table.classes.len()] != wanted.shape[..] {
        let message = "data.table.shape: it is not that of the table with this hash";
        return Err(Error::at("out_of_range", "data.table.shape", message));
    }
    let order = order(hash, rows);
    let (train, test) = (&order[..config.train], &order[rows - config.test..]);
    // Categories stay what they are.
    let mut scales = vec![(0.0, 1.0); features];
    for (f, slot) in scales[..table.numbers].iter_mut().enumerate() {
        *slot = scale(train.iter().map(|&row| table.features[row * features + f]));
    }
    let samples = |rows: &[usize]| {
        let mut samples = Samples::with_capacity(rows.len(), features);
        for &row in rows {
            let from = samples.x.len();
            for (&x, (mean, deviation)) in table.features[row * features..][..features].iter().zip(&scales) {
                let z = ((f64::from(x) - mean) / deviation) as f32;
                samples.x.push(if x.is_nan() { 0.0 } else { z });
            }
            samples.x.resize(from + padded(features), 0.0);
            samples.labels.push(table.labels[row]);
        }
        samples
    };
    Ok((samples(train), samples(test)))
}

/// Rows, shuffled by the table's hash.
fn order(hash: u64, rows: usize) -> Vec<usize> {
    let mut order = Vec::with_capacity(rows);
    for row in 0..rows {
        order.push(row);
    }
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
    let (mut count, mut sum) = (0_u32, 0.0);
    for value in there.clone() {
        count += 1;
        sum += value;
    }
    let count = f64::from(count.max(1));
    let mean = sum / count;
    let mut squares = 0.0;
    for value in there {
        squares += (value - mean) * (value - mean);
    }
    let deviation = libm::sqrt(squares / count);
    (mean, if deviation > 0.0 { deviation } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_those_of_splitmix64_and_every_row_is_drawn_once() {
        // The generator's published first outputs for the seed 1234567.
        let want = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
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
