//! What a settable field of the config is: its kind, its range, its meaning.
//!
//! A leaf: data sets and methods describe their own fields with it, and the config puts them together in
//! [`crate::config::fields`].

use serde::Serialize;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // bounds are inclusive; their names say the rest
pub enum Kind {
    /// A whole number.
    Integer {
        #[cfg_attr(test, ts(type = "number"))]
        min: u64,
        #[cfg_attr(test, ts(type = "number"))]
        max: u64,
    },
    /// A finite number.
    Number { min: f64, max: f64 },
    /// `true` or `false`.
    Boolean,
    /// One of some words; a registry of data sets or methods gives them by a `LazyLock`.
    Choice {
        #[cfg_attr(test, ts(type = "readonly string[]"))]
        choices: &'static [&'static str],
    },
    /// A list of whole numbers, each within the bounds.
    Integers {
        #[cfg_attr(test, ts(type = "number"))]
        min: u64,
        #[cfg_attr(test, ts(type = "number"))]
        max: u64,
        max_items: usize,
    },
    /// A list of points `[x, y, class]`, coordinates within the bounds.
    Points { min: f64, max: f64, max_items: usize },
    /// A short text.
    Text { max_length: usize },
}

/// A text in both languages of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)]
pub struct Words {
    pub en: &'static str,
    pub de: &'static str,
}

/// A file of Python beside a data set's or a method's own, for the exports: [`crate::export::script`] says what may stand in it.
#[derive(Clone, Copy, Debug)]
pub struct Python {
    /// The file's name.
    pub file: &'static str,
    /// What is in it. The page's engine is without it: the page brings it along when somebody asks for a script.
    #[cfg(not(target_arch = "wasm32"))]
    pub text: &'static str,
}

/// A file that lies beside the one at hand, as [`Python`].
macro_rules! python {
    ($file:literal) => {
        $crate::field::Python {
            file: $file,
            #[cfg(not(target_arch = "wasm32"))]
            text: include_str!($file),
        }
    };
}
pub(crate) use python;

/// One settable field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Field {
    /// Where it is: `distillation.temperature`.
    pub path: &'static str,
    /// What it holds.
    #[serde(flatten)]
    pub kind: Kind,
    /// One sentence for people.
    pub doc: &'static str,
    /// Whether most people want to see it.
    pub common: bool,
    /// Its short key in the page's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub address: Option<&'static str>,
    /// Whether a logarithmic slider suits it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub log: bool,
}

/// A field at `path`.
pub const fn field(path: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { path, kind, doc, common: false, address: None, log: false }
}

impl Field {
    /// Marks it as a field that most people want to see.
    pub const fn common(mut self) -> Self {
        self.common = true;
        self
    }
    /// Gives it a short key in the page's address.
    pub const fn address(mut self, key: &'static str) -> Self {
        self.address = Some(key);
        self
    }
    /// Marks it as suited to a logarithmic slider.
    pub const fn log(mut self) -> Self {
        self.log = true;
        self
    }
}

/// A whole number from `min` to `max`.
pub const fn integer(min: u64, max: u64) -> Kind {
    Kind::Integer { min, max }
}
/// A finite number from `min` to `max`.
pub const fn number(min: f64, max: f64) -> Kind {
    Kind::Number { min, max }
}
/// A share of a label that is spread evenly over all classes.
pub const SMOOTHING: Kind = number(0.0, 0.9);
