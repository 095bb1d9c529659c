//! What a data set says of itself.

use super::spec::Data;
use super::{Samples, Shape};
use crate::Error;
use crate::field::{Python, Words};
use serde::Serialize;

/// Training and test samples, or why there are none.
pub type Loaded = Result<(Samples, Samples), Error>;

/// A data set. Its serialised form is what the page is told of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DataSet {
    /// Its name in configs and addresses.
    #[cfg_attr(test, ts(as = "super::spec::DataName"))]
    pub name: &'static str,
    /// Its name for people.
    pub title: Words,
    /// One sentence: what its samples are.
    pub about: Words,
    /// Where it comes from, and its licence.
    pub source: &'static str,
    /// Where the engine has its samples from.
    pub origin: Origin,
    /// Features of a sample; `None` where the config tells.
    pub features: Option<usize>,
    /// Fields of `data` that only some data sets read and this one does.
    pub options: &'static [&'static str],
    /// The shape of its samples, without loading them.
    #[serde(skip)]
    pub shape: fn(&Data) -> Shape,
    /// Training and test samples for a seed, before label noise.
    #[serde(skip)]
    pub load: fn(&Data, u64) -> Loaded,
    /// The hash of what it needs from outside the engine, if it needs anything; an error where that is not there.
    #[serde(skip)]
    pub outside: fn(&Data) -> Result<Option<&str>, Error>,
    /// The same in Python, for the exports: a description, then `FEATURES`, `CLASSES` and `load(rng)`.
    #[serde(skip)]
    pub python: Python,
}

/// Where samples come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Drawn from the seed.
    Generated,
    /// Part of the engine: embedded, or a file beside it.
    Bundled,
    /// Files of this project that are supplied when a config asks for them.
    Supplied,
    /// Points that the config holds.
    Points,
    /// A table that its owner supplies; the config holds its name, shape and hash.
    Table,
}

/// For data sets that need nothing from outside.
pub(super) const INSIDE: fn(&Data) -> Result<Option<&str>, Error> = |_| Ok(None);
