//! What went wrong, where, and what is allowed.

use crate::json;
use serde::Serialize;
use serde_json::Value;

/// An error that names the field to blame. Its JSON form crosses every boundary: worker, page, command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "DistillError"))]
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

/// A value that the field at `path` does not take.
pub(crate) fn refuse(code: &'static str, path: &str, got: &Value, allowed: &str) -> Error {
    let subject = if path.is_empty() { "config" } else { path };
    let shown = shown(got);
    Error::at(code, path, format!("{subject}: got {shown}; allowed: {allowed}"))
}

/// A value as JSON, its end left out where it is long.
pub(crate) fn shown(value: &Value) -> String {
    let mut shown = json::text(value);
    if shown.len() > 60 {
        let cut = (0..=57).rev().find(|&i| shown.is_char_boundary(i)).unwrap_or(0);
        shown.truncate(cut);
        shown.push_str("...");
    }
    shown
}
