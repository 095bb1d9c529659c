//! A table of one's own in the config: `data.table`, which says what table it is, not what is in it.

use super::Origin;
use super::spec::Data;
use super::table::{MAX_CLASSES, MAX_FEATURES, MAX_ROWS};
use crate::error::{Error, refuse};
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

impl OwnTable {
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(String::from);
        let shape = value.get("shape")?.as_array()?;
        Some(Self {
            file: text("file")?,
            hash: text("hash")?,
            shape: shape
                .iter()
                .map(|v| v.as_u64()?.try_into().ok())
                .collect::<Option<_>>()?,
        })
    }

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

/// What a text has to be.
pub(crate) const TEXT: &str = "a text of at most 80 characters";

/// Whether a value is a text that a config may hold.
pub(crate) fn is_text(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|s| s.chars().count() <= MAX_TEXT && !s.chars().any(char::is_control))
}

/// Refuses a table that is none, and counts that it does not have.
pub(crate) fn check(data: &Data) -> Result<(), Error> {
    if data.name.origin != Origin::Table {
        return Ok(());
    }
    let table = &data.table;
    let hash = &table.hash;
    if hash.len() != 16 || !hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        let allowed =
            "16 hexadecimal digits, as the page gives them when a table is chosen under \"Data of your own\"";
        return Err(refuse(
            "out_of_range",
            "data.table.hash",
            &Value::from(&**hash),
            allowed,
        ));
    }
    let fits = table.shape.len() == 4
        && (4..=MAX_ROWS).contains(&table.rows())
        && (1..=MAX_FEATURES).contains(&table.features())
        && table.at(2) <= table.features()
        && (2..=MAX_CLASSES).contains(&table.classes());
    if !fits {
        let got = Value::from(table.shape.as_slice());
        let allowed = "four numbers: rows (4 to 50000), features (1 to 1024), those of them that are numbers, classes (2 to 100)";
        return Err(refuse("out_of_range", "data.table.shape", &got, allowed));
    }
    let (train, test, rows) = (data.train, data.test, table.rows());
    if train + test > rows {
        let message = format!(
            "data.train: got {train}, with {test} for tests; allowed: {rows} in all, as the table has"
        );
        return Err(Error::at("out_of_range", "data.train", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_be_allowed_is_what_is_allowed() {
        assert!(TEXT.contains(&format!("at most {MAX_TEXT} ")));
        assert_eq!((MAX_ROWS, MAX_FEATURES, MAX_CLASSES), (50_000, 1024, 100));
    }
}
