//! A user's table in the config: `data.table`, which says what table it is, not what is in it.

use super::Origin;
use super::spec::Data;
use super::table::{MAX_CLASSES, MAX_FEATURES, MAX_ROWS};
use crate::refusal::{Allowed, Refusal};
use serde::Serialize;
use serde_json::Value;

/// Most characters of a text in the config.
pub const MAX_TEXT: usize = 80;

/// Which table it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OwnTable {
    /// The file's name, for people.
    pub file: String,
    /// What is in it: see [`crate::data::supplied::Table::hash`], 16 hexadecimal digits.
    pub hash: String,
    /// Rows, features, how many of these are numbers, classes; empty without a table.
    pub shape: Vec<usize>,
}

crate::apart::from_object!(OwnTable: file, hash, shape);

impl OwnTable {
    fn at(&self, index: usize) -> usize {
        self.shape.get(index).copied().unwrap_or(0)
    }

    /// Rows of the table.
    pub fn rows(&self) -> usize {
        self.at(0)
    }

    /// Features of a row.
    pub fn features(&self) -> usize {
        self.at(1)
    }

    /// Classes.
    pub fn classes(&self) -> usize {
        self.at(3)
    }

    /// How many rows test where nothing else is said: a quarter.
    pub(crate) fn tests(&self) -> usize {
        self.rows() / 4
    }
}

/// Fewest rows: some train and one is held out as a test.
pub const MIN_ROWS: usize = 4;

/// Refuses a table that is none, and counts that it does not have.
pub(crate) fn check(data: &Data) -> Result<(), Refusal> {
    if data.name.origin != Origin::Table {
        return Ok(());
    }
    let table = &data.table;
    let refuse = |path, got, allowed| Err(Refusal::new("out_of_range", path, got, allowed));
    let hash = &*table.hash;
    if hash.len() != 16 || !hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return refuse("data.table.hash", Value::from(hash), Allowed::Hash);
    }
    let fits = table.shape.len() == 4
        && (MIN_ROWS..=MAX_ROWS).contains(&table.rows())
        && (1..=MAX_FEATURES).contains(&table.features())
        && table.at(2) <= table.features()
        && (2..=MAX_CLASSES).contains(&table.classes());
    if !fits {
        let allowed = Allowed::TableShape {
            min_rows: MIN_ROWS,
            max_rows: MAX_ROWS,
            max_features: MAX_FEATURES,
            max_classes: MAX_CLASSES,
        };
        return refuse("data.table.shape", Value::from(&*table.shape), allowed);
    }
    let (train, test, rows) = (data.train, data.test, table.rows());
    if train + test > rows {
        return refuse("data.train", train.into(), Allowed::TableRows { test, rows });
    }
    Ok(())
}
