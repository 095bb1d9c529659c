//! What went wrong, where, and what is allowed.

use serde::Serialize;

/// An error that names the field to blame. Its JSON form crosses every boundary: worker, page, command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// A stable word: `unknown_key`, `unknown_preset`, `wrong_type`, `out_of_range`, `not_finite`, `too_large`, ...
    pub code: &'static str,
    /// The field's path, such as `distillation.temperature`; empty where no field is to blame.
    pub path: String,
    /// A whole sentence: which field, what it got, what is allowed.
    pub message: String,
}

impl Error {
    /// An error about the field at `path`.
    pub fn at(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            path: path.into(),
            message: message.into(),
        }
    }
}
