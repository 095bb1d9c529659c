//! What the engine refuses: a stable word, where, what it got, what is allowed.
//!
//! A leaf: every other module makes refusals and none of them is known here. A refusal carries data, so that each language writes
//! its sentence from that data; the English one ([`english`]) is in the message already.

pub mod english;
mod given;

use crate::field::Kind;
pub use given::number;
use serde::Serialize;
use serde_json::Value;

/// A refusal that names the field to blame. Its JSON form, `{code, path, message, got, allowed}`, crosses every boundary.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[error("{message}")]
pub struct Refusal {
    /// A stable word: `unknown_key`, `unknown_preset`, `wrong_type`, `out_of_range`, `not_finite`, `too_large`, ...
    pub code: &'static str,
    /// The field's path, such as `distillation.temperature`; empty where no field is to blame.
    pub path: String,
    /// A whole sentence in English: which field, what it got, what is allowed.
    pub message: String,
    /// What was given, its end left out where it is long; `null` where nothing was.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub got: Value,
    /// What is allowed; `None` where the message alone says what went wrong.
    pub allowed: Option<Box<Allowed>>,
}

impl Refusal {
    /// Refuses `got` at `path`.
    pub fn new(
        code: &'static str,
        path: impl Into<String>,
        got: impl Into<Value>,
        allowed: impl Into<Allowed>,
    ) -> Self {
        let (path, got, allowed) = (path.into(), given::shortened(got.into()), allowed.into());
        Self {
            code,
            message: english::sentence(&path, &got, &allowed),
            path,
            got,
            allowed: Some(Box::new(allowed)),
        }
    }

    /// What the command line says of files, flags and the system, and what only users of the crate can meet; both speak English
    /// alone.
    pub fn said(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, path: String::new(), message: message.into(), got: Value::Null, allowed: None }
    }
}

/// What is allowed, in no language. A new variant needs a sentence in [`english`], one in each language of the page, and an
/// example in this module's tests.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Allowed {
    /// One of these keys; `got` is the value of the unknown one.
    Keys {
        /// Keys of the object, sorted.
        #[cfg_attr(test, ts(type = "readonly string[]"))]
        keys: Vec<String>,
    },
    /// An object.
    Object,
    /// Text that is one JSON object.
    Json {
        /// The reader's reason, in English.
        why: String,
    },
    /// Each key once in an object; `got` counts how often it stands there.
    EachKeyOnce,
    /// A config of this version or before.
    Version {
        /// The newest version that is read.
        #[cfg_attr(test, ts(type = "number"))]
        version: u64,
    },
    /// At most as many as another field says.
    UpTo {
        /// That many.
        max: usize,
        /// Path of the other field.
        field: &'static str,
    },
    /// At most as many as the data set has.
    Available {
        /// That many.
        max: usize,
    },
    /// A number of something; `got` is how many there are.
    Count {
        /// What is counted.
        of: Counted,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// A point `[x, y, class]`.
    Point,
    /// Coordinates of a point within bounds, inclusive.
    #[allow(missing_docs)]
    Coordinates { min: f64, max: f64 },
    /// As many samples as own points give.
    CountOfPoints {
        /// That many.
        count: usize,
        /// Points in `data.points`.
        points: usize,
    },
    /// Classes that the data has.
    Classes {
        /// How many; they are counted from 0.
        classes: usize,
    },
    /// Each class at most once, and not all of them.
    EachClassOnce {
        /// How many the data has.
        classes: usize,
    },
    /// Classes left out that leave some of the transfer samples.
    FewerClasses {
        /// `transfer.size`.
        samples: usize,
    },
    /// A teacher of the transfer set where some of its samples keep their label.
    SomeLabelled,
    /// Data of two features; `got` is how many there are.
    Plane,
    /// The hash of a table's content: 16 hexadecimal digits.
    Hash,
    /// A table's rows, features, how many of these are numbers, classes.
    #[allow(missing_docs)]
    TableShape { min_rows: usize, max_rows: usize, max_features: usize, max_classes: usize },
    /// The shape of the table that has the config's hash.
    ShapeOfTable {
        /// That shape.
        shape: Vec<usize>,
    },
    /// As many training and test rows as the table has; `got` counts the training rows.
    TableRows {
        /// Test rows asked for.
        test: usize,
        /// Rows of the table.
        rows: usize,
    },
    /// The table read first: a script repeats how that was done.
    TableRead,
    /// Data that is not part of the engine, handed in first.
    Needed {
        /// The data set's name, or the table's file.
        name: String,
        /// The hash of its content, where it goes by one.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        hash: Option<String>,
    },
    /// Data whose content has this hash, with a class and finite features (or none) for each sample; `got` is the hash of what
    /// was handed in, `null` where that was not whole.
    Content {
        /// The hash.
        hash: String,
    },
    /// A field, or two different ones; `got` are their paths.
    Axes,
    /// A field that a sweep can vary: it holds a number, a word or a switch.
    SweptField {
        /// Paths of those there are.
        #[cfg_attr(test, ts(type = "readonly string[]"))]
        fields: Vec<&'static str>,
    },
    /// A list of at least one result.
    Results,
    /// A method that finds the hidden layer it looks at; `got` is the method.
    HiddenLayer {
        /// Whose layers: `teacher` or `student`.
        network: &'static str,
        /// The layer that is wanted, counted from 1; 0 for any.
        layer: usize,
        /// Hidden layers that the network has.
        layers: usize,
    },
    /// An experiment that is done.
    Done,
    /// A clock that goes on.
    Clock,
    /// A finite loss; `got` is what it became.
    Finite {
        /// The model whose loss it is: `teacher`, `student_alone`, `student_distilled`, `student_refined`.
        model: String,
        /// The step, counted from 1.
        step: usize,
    },
    /// A line that a template may have; `got` is the line.
    TemplateLine,
    /// What a field's kind allows.
    #[serde(untagged)]
    Kind(Kind),
}

impl From<Kind> for Allowed {
    fn from(kind: Kind) -> Self {
        Self::Kind(kind)
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Counted {
    /// Bytes of text.
    Bytes,
    /// Trainable parameters of a network.
    Parameters,
    Points,
    Values,
    Cells,
    Numbers,
}

#[cfg(test)]
mod tests;
