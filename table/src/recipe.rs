//! How a table was read, in the few facts that another program needs to read the same file to the same table.

use crate::choices::{Choices, Kind, Missing};
use crate::columns::Column;
use crate::layout::Layout;
use serde::Serialize;

/// Everything that was guessed or chosen, settled. With these rules a file gives one table:
///
/// - A record is used if it has `width` fields, none longer than [`crate::MAX_FIELD`] bytes, and its quotes are whole.
/// - A field is trimmed; what [`crate`]'s words for nothing say is missing; a number is what an `f64` is read from.
/// - Features are the `numbers`, then for each of the `categories` one feature for each of its values. Values are ordered, as
///   classes are: by size where a column holds no words, else as bytes are.
/// - A record without a label is left out, and with `leave_out` one that lacks any feature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Recipe {
    /// Between fields: one of `,` `;` tab `|`.
    pub delimiter: String,
    /// Whether the first record holds names.
    pub header: bool,
    /// Whether numbers are written with a comma.
    pub decimal_comma: bool,
    /// Fields of a record.
    pub width: usize,
    /// The column of the label, from 0.
    pub label: usize,
    /// Columns that are numbers, from 0.
    pub numbers: Vec<usize>,
    /// Columns that are categories, from 0.
    pub categories: Vec<usize>,
    /// Whether a record that lacks a feature is left out.
    pub leave_out: bool,
    /// Names of the classes, by label.
    pub classes: Vec<String>,
    /// [`crate::Table::hash`] of what it gives.
    pub hash: String,
}

impl Recipe {
    pub(crate) fn new(
        layout: &Layout,
        columns: &[Column],
        choices: &Choices,
        classes: &[String],
        hash: String,
    ) -> Self {
        let of = |kind: Kind| -> Vec<usize> {
            let places = columns.iter().enumerate();
            places.filter(|(_, c)| c.kind == kind).map(|(i, _)| i).collect()
        };
        Self {
            delimiter: layout.delimiter.clone(),
            header: layout.header,
            decimal_comma: layout.decimal_comma,
            width: columns.len(),
            label: of(Kind::Label).first().copied().unwrap_or(0),
            numbers: of(Kind::Number),
            categories: of(Kind::Category),
            leave_out: choices.missing == Missing::LeaveOut,
            classes: classes.to_vec(),
            hash,
        }
    }
}
