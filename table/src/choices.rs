//! What can be set about a reading; whatever is not set is guessed.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One feature, standardised by the engine.
    Number,
    /// A feature for each category, 1 where the row has it.
    Category,
    /// The classes to be learnt.
    Label,
    /// Not used.
    Ignored,
}

/// What becomes of a row in which a feature is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A number becomes the mean of the training part; a category none of those known.
    #[default]
    Mean,
    /// The row is left out.
    LeaveOut,
}

/// Settings of a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Between fields: one of `,` `;` tab `|`.
    pub delimiter: Option<String>,
    /// Whether the first row holds names.
    pub header: Option<bool>,
    /// Whether numbers are written with a comma, as in `1,5`.
    pub decimal_comma: Option<bool>,
    /// The column of the label, from 0; it comes before `kinds`.
    pub label: Option<usize>,
    /// What columns (from 0) are, other than the label.
    pub kinds: BTreeMap<usize, Kind>,
    /// What becomes of rows in which a feature is missing.
    pub missing: Missing,
}
