//! Data that is not part of the engine: handed in from outside, checked against the hash that names it, and kept.
//!
//! There is one store, whatever comes from outside: a set that the page fetches on demand ([`super::mnist10k`]) and a table of
//! somebody's own ([`super::table`]). A config names content, never a place: what is stored under a hash is what has that hash.
//! So a result remains a function of the config, however its data came here: fetched, read from a disk, or posted by another
//! worker. The store belongs to the process (natively) or to the instance (a worker).

use super::table::{MAX_CLASSES, MAX_FEATURES, MAX_ROWS};
use crate::Error;
use crate::refusal::Allowed;
use fnv::FnvHasher;
use std::hash::Hasher;
use std::sync::{Arc, Mutex};

/// Most bytes that are kept, the newest table aside: room for `mnist10k` beside the largest table of one's own. Older tables
/// make room for newer ones, so that somebody who tries many does not fill the memory; their owner can hand them in again.
pub const MOST_KEPT: usize = 64 << 20;

/// Samples as they are handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// How many features, the first ones, are numbers; the others are categories, 0 or 1.
    pub numbers: usize,
    /// Features of a sample.
    pub features: usize,
    /// The features, row by row: a byte each, or (`wide`) the four bytes of an `f32`, the lowest first; NaN where a number is
    /// missing.
    pub values: Vec<u8>,
    /// Whether a value has four bytes.
    pub wide: bool,
    /// A class for each sample.
    pub labels: Vec<u8>,
    /// Names of the classes, by label.
    pub classes: Vec<String>,
}

impl Table {
    /// FNV-1a, 64 bits, over the names of the classes, each ended by a byte 0; then, little-endian, the number of features that are
    /// numbers (32 bits), the bits of every feature as an `f32` and every label (32 bits). It is the hash that the reader of
    /// tables gives, and does not depend on how wide the values are kept.
    pub fn hash(&self) -> String {
        let mut hash = FnvHasher::default();
        for class in &self.classes {
            hash.write(class.as_bytes());
            hash.write(&[0]);
        }
        hash.write(&(self.numbers as u32).to_le_bytes());
        if self.wide {
            hash.write(&self.values);
        } else {
            (self.values.iter()).for_each(|&value| hash.write(&f32::from(value).to_le_bytes()));
        }
        (self.labels.iter()).for_each(|&label| hash.write(&u32::from(label).to_le_bytes()));
        format!("{:016x}", hash.finish())
    }

    /// How many samples.
    pub fn rows(&self) -> usize {
        self.labels.len()
    }

    /// The value of feature `column` of sample `row`; a byte counts as a whole number.
    pub fn value(&self, row: usize, column: usize) -> f32 {
        let at = row * self.features + column;
        if !self.wide {
            return f32::from(self.values[at]);
        }
        f32::from_le_bytes(std::array::from_fn(|i| self.values[4 * at + i]))
    }

    /// Whether its parts fit each other, and are what can be trained on.
    fn is_whole(&self) -> bool {
        let width = if self.wide { 4 } else { 1 };
        let (rows, classes) = (self.rows(), self.classes.len());
        (1..=MAX_ROWS).contains(&rows)
            && (1..=MAX_FEATURES).contains(&self.features)
            && self.values.len() == rows * self.features * width
            && self.numbers <= self.features
            && (2..=MAX_CLASSES).contains(&classes)
            && self.labels.iter().all(|&label| usize::from(label) < classes)
            && !(self.wide
                && (0..rows)
                    .any(|row| (0..self.features).any(|column| self.value(row, column).is_infinite())))
    }

    fn bytes(&self) -> usize {
        self.values.len() + self.labels.len()
    }
}

type Entry = (String, Arc<Table>);
static STORE: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// Everything stored, the newest last; a holder that panicked has left it whole, for entries are added and removed one by one.
fn store() -> std::sync::MutexGuard<'static, Vec<Entry>> {
    STORE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Stores `table` under `hash`; what is there under that hash already stays.
///
/// # Errors
/// `damaged_data`: content that has another hash, or whose parts do not fit each other. Nothing is stored then.
pub fn supply(hash: &str, table: Table) -> Result<(), Error> {
    if supplied(hash).is_some() {
        return Ok(());
    }
    let got = table.is_whole().then(|| table.hash());
    if got.as_deref() != Some(hash) {
        let allowed = Allowed::Content { hash: hash.into() };
        return Err(Error::new("damaged_data", "data", got, allowed));
    }
    let mut all = store();
    all.push((hash.into(), Arc::new(table)));
    while all.len() > 1 && all.iter().map(|(_, table)| table.bytes()).sum::<usize>() > MOST_KEPT {
        all.remove(0);
    }
    Ok(())
}

/// What has been supplied under `hash`.
pub fn supplied(hash: &str) -> Option<Arc<Table>> {
    let all = store();
    let entry = all.iter().find(|(known, _)| known == hash)?;
    Some(entry.1.clone())
}

/// What has been supplied under `hash`, or the error that asks for it.
///
/// # Errors
/// `data_needed` at `path`, the config's field that names the data, with its name and the hash of what is wanted.
pub fn wanted(path: &'static str, name: &str, hash: &str) -> Result<Arc<Table>, Error> {
    supplied(hash).ok_or_else(|| {
        let allowed = Allowed::Needed { name: name.into(), hash: Some(hash.into()) };
        Error::new("data_needed", path, (), allowed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            numbers: 2,
            features: 2,
            values: vec![1, 2, 3, 4],
            wide: false,
            labels: vec![0, 1],
            classes: vec!["yes".into(), "no".into()],
        }
    }

    fn wide(numbers: &[f32]) -> Table {
        Table { values: numbers.iter().flat_map(|n| n.to_le_bytes()).collect(), wide: true, ..table() }
    }

    #[test]
    fn what_has_another_hash_is_refused_and_what_has_it_stays() {
        let hash = table().hash();
        let mut damaged = table();
        damaged.values[3] = 5;
        let error = supply(&hash, damaged).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("damaged_data", "data"));
        let error = wanted("data.name", "mine", &hash).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("data_needed", "data.name"));
        supply(&hash, table()).unwrap();
        assert_eq!(*wanted("data.name", "mine", &hash).unwrap(), table());
    }

    #[test]
    fn parts_that_do_not_fit_are_refused_though_the_hash_is_theirs() {
        let of = |change: fn(&mut Table)| {
            let mut table = table();
            change(&mut table);
            table
        };
        for table in [
            of(|t| t.values.truncate(3)),
            of(|t| t.classes.truncate(1)),
            of(|t| t.labels[1] = 2),
            of(|t| t.numbers = 3),
            of(|t| (t.features, t.values) = (0, Vec::new())),
            of(|t| (t.labels, t.values) = (Vec::new(), Vec::new())),
            wide(&[1.0, 2.0, f32::INFINITY, 4.0]),
        ] {
            let error = supply(&table.hash(), table).unwrap_err();
            assert_eq!(error.code, "damaged_data");
            assert!(error.message.contains("not whole"), "{error}");
        }
    }

    #[test]
    fn wide_values_are_floats_to_the_bit_and_the_hash_is_of_the_values_however_wide() {
        let numbers = [0.1_f32, -2.5, f32::MIN_POSITIVE, 3e30];
        let back = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| wide(&numbers).value(row, column));
        assert_eq!(back, numbers);
        assert_eq!(wide(&[1.0, 2.0, 3.0, 4.0]).hash(), table().hash());
        assert_ne!(wide(&[1.0, 2.0, 3.0, 4.5]).hash(), table().hash());
    }

    #[test]
    fn old_tables_make_room_for_new_ones() {
        // Four of these are more than is kept.
        let large = |seed: u8| Table {
            numbers: 0,
            features: 512,
            values: vec![seed; 512 * 40_000],
            labels: vec![0; 40_000],
            ..table()
        };
        let hashes = [11, 12, 13, 14].map(|seed| {
            let table = large(seed);
            let hash = table.hash();
            supply(&hash, table).unwrap();
            hash
        });
        let there = hashes.map(|hash| supplied(&hash).is_some());
        assert!(!there[0] && there[3], "{there:?}");
    }
}
