//! Data that is not part of the engine: handed in from outside, checked against the hash that names it, and kept.
//!
//! A config names content, never a place: what is stored under a hash is what has that hash, and stays. So a result
//! remains a function of the config, however its data came here: fetched by the page, read from a disk, or posted by another
//! worker. The store belongs to the process (natively) or to the instance (a worker).

use crate::Error;
use crate::fnv::Fnv;
use std::sync::{Arc, Mutex};

/// Samples as they are handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Features of a sample.
    pub features: usize,
    /// The features, row by row: a byte each, or (`wide`) the four bytes of an `f32`, the lowest first.
    pub values: Vec<u8>,
    /// Whether a value has four bytes.
    pub wide: bool,
    /// A class for each sample.
    pub labels: Vec<u8>,
    /// Names of the classes, by label, one a line.
    pub classes: String,
}

impl Table {
    /// [`Fnv`] of: the number of features and `wide` (eight and one byte, the lowest first), values, labels, names.
    pub fn hash(&self) -> String {
        let mut hash = Fnv::default();
        hash.add((self.features as u64).to_le_bytes());
        hash.add([u8::from(self.wide)]);
        for part in [&self.values, &self.labels, self.classes.as_bytes()] {
            hash.add(part.iter().copied());
        }
        hash.hex()
    }

    /// The value of feature `column` of sample `row`; a byte counts as a whole number.
    pub fn value(&self, row: usize, column: usize) -> f32 {
        let at = row * self.features + column;
        if !self.wide {
            return f32::from(self.values[at]);
        }
        f32::from_le_bytes(std::array::from_fn(|i| self.values[4 * at + i]))
    }

    /// Whether its parts fit each other.
    fn is_whole(&self) -> bool {
        let width = if self.wide { 4 } else { 1 };
        let classes = self.classes.lines().count();
        !self.labels.is_empty()
            && self.features > 0
            && self.values.len() == self.labels.len() * self.features * width
            && self.labels.iter().all(|&label| usize::from(label) < classes)
    }
}

type Entry = (String, Arc<Table>);
static STORE: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// Everything stored; a holder that panicked has left it whole, for entries are only ever added.
fn store() -> std::sync::MutexGuard<'static, Vec<Entry>> {
    STORE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Stores `table` under `hash`, where it stays.
///
/// # Errors
/// `damaged_data`: content that has another hash, or whose parts do not fit each other. Nothing is stored then.
#[cold]
pub fn supply(hash: &str, table: Table) -> Result<(), Error> {
    if supplied(hash).is_some() {
        return Ok(());
    }
    let got = table.hash();
    if got != hash || !table.is_whole() {
        let message = format!(
            "data: got content {got}; allowed: content {hash}, whole. The file is damaged or another one."
        );
        return Err(Error::at("damaged_data", "data.name", message));
    }
    store().push((hash.into(), Arc::new(table)));
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
/// `data_needed`, with the name of the data set and the hash of what is wanted.
pub fn wanted(name: &str, hash: &str) -> Result<Arc<Table>, Error> {
    supplied(hash).ok_or_else(|| {
        let message = format!("data.name: {name} is not part of the engine; supply content {hash} first");
        Error::at("data_needed", "data.name", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            features: 2,
            values: vec![1, 2, 3, 4],
            wide: false,
            labels: vec![0, 1],
            classes: "yes\nno".into(),
        }
    }

    #[test]
    fn what_has_another_hash_is_refused_and_what_has_it_stays() {
        let hash = table().hash();
        let mut damaged = table();
        damaged.values[3] = 5;
        let error = supply(&hash, damaged).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("damaged_data", "data.name"));
        assert_eq!(wanted("mine", &hash).unwrap_err().code, "data_needed");
        supply(&hash, table()).unwrap();
        assert_eq!(*wanted("mine", &hash).unwrap(), table());
    }

    #[test]
    fn parts_that_do_not_fit_are_refused_though_the_hash_is_theirs() {
        let short = Table {
            values: vec![1, 2, 3],
            ..table()
        };
        let nameless = Table {
            classes: "yes".into(),
            ..table()
        };
        for table in [short, nameless] {
            assert_eq!(supply(&table.hash(), table).unwrap_err().code, "damaged_data");
        }
    }

    #[test]
    fn wide_values_are_floats_to_the_bit() {
        let numbers = [0.1_f32, -2.5, f32::MIN_POSITIVE, 3e30];
        let wide = Table {
            values: numbers.iter().flat_map(|n| n.to_le_bytes()).collect(),
            wide: true,
            ..table()
        };
        let back = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| wide.value(row, column));
        assert_eq!(back, numbers);
    }
}
