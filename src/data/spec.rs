//! What a config says of its data: the part `data`, and its fields.

use super::own_points::{self, EDGE, MAX_POINTS, PlanePoint};
use super::own_table::{self, MAX_TEXT, OwnTable};
use super::{DATA_SETS, DataSet, NAMES, Origin};
use crate::field::{Field, Kind, field, integer, number};
use crate::refusal::{Allowed, Refusal};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::Deref;

const TEXT: Kind = Kind::Text { max_length: MAX_TEXT };

/// Which samples there are.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Data {
    /// The data set.
    pub name: DataName,
    /// Training samples, those of `validation` with them.
    pub train: usize,
    /// Test samples.
    pub test: usize,
    /// Training samples that neither teacher nor students see, to choose by.
    pub validation: usize,
    /// Share of training labels that are replaced by another class.
    pub label_noise: f64,
    /// Spread of the points of the 2-D data sets.
    pub noise: f64,
    /// A user's points, for the data set of that name.
    #[cfg_attr(test, ts(type = "OwnPoint[]"))]
    pub points: Vec<PlanePoint>,
    /// Which table of one's own it is, for the data set of that name.
    pub table: OwnTable,
}

crate::apart::from_object!(Data: name, train, test, validation, label_noise, noise, points, table);

/// A data set, as a config names it.
#[derive(Clone, Copy)]
pub struct DataName(&'static DataSet);

impl DataName {
    /// The data set called `name`.
    pub fn find(name: &str) -> Option<Self> {
        DATA_SETS.iter().find(|set| set.name == name).map(|set| Self(set))
    }
}

impl Deref for DataName {
    type Target = DataSet;

    fn deref(&self) -> &DataSet {
        self.0
    }
}

impl PartialEq for DataName {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for DataName {}

impl std::fmt::Debug for DataName {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Serialize for DataName {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name)
    }
}

impl<'de> Deserialize<'de> for DataName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::find(&name).ok_or_else(|| D::Error::unknown_variant(&name, &NAMES))
    }
}

/// In TypeScript: one of the names.
#[cfg(test)]
impl ts_rs::TS for DataName {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "DataName".into()
    }

    fn inline(_: &ts_rs::Config) -> String {
        NAMES.map(|name| format!("\"{name}\"")).join(" | ")
    }

    fn decl(config: &ts_rs::Config) -> String {
        format!("type DataName = {};", Self::inline(config))
    }
}

const FIELDS: &[Field] = &[
    field("data.name", Kind::Choice { choices: &NAMES }, "The data set.").common().address("data"),
    field(
        "data.train",
        integer(2, 50_000),
        "Training samples; where they are not generated, at most as many as the data set has.",
    ),
    field("data.test", integer(1, 50_000), "Test samples, never trained on; likewise."),
    field(
        "data.validation",
        integer(0, 49_999),
        "Training samples held out from teacher and students, for choosing between settings; where it is 0, those outside the \
         transfer set serve, if there are 200.",
    ),
    field(
        "data.label_noise",
        number(0.0, 1.0),
        "Share of the training labels that are replaced by another class.",
    ),
    field("data.noise", number(0.0, 1.0), "Spread of the points of the 2-D data sets."),
    field(
        "data.points",
        Kind::Points { min: -EDGE, max: EDGE, max_items: MAX_POINTS },
        "Points of one's own, 4 at least, for the data set points; every fourth is held out as a test.",
    ),
    field(
        "data.table.file",
        TEXT,
        "The file of the data set table: a table of one's own, which is given to the page or the command line and is in no config.",
    ),
    field("data.table.hash", TEXT, "What is in that table; another one is another data set."),
    field(
        "data.table.shape",
        Kind::Integers { min: 0, max: 50_000, max_items: 4 },
        "Its rows, features, how many of these are numbers, and classes.",
    ),
];

/// The fields of `data`, in the order in which a config is written.
pub fn fields() -> Vec<Field> {
    FIELDS.to_vec()
}

/// Refuses values that are fine by themselves and do not go together.
///
/// # Errors
/// Own points or an own table that are none, counts that they do not have, more samples than the data set has, and validation samples
/// that leave none to train on.
pub fn check(data: &Data) -> Result<(), Refusal> {
    if data.validation > 0 && data.validation >= data.train {
        let allowed = Allowed::UpTo { max: data.train - 1, field: "data.train" };
        return Err(Refusal::new("out_of_range", "data.validation", data.validation, allowed));
    }
    own_points::check(data)?;
    own_table::check(data)?;
    let Some((train, test)) = super::shape(data).most else {
        return Ok(());
    };
    for (path, got, max) in [("data.train", data.train, train), ("data.test", data.test, test)] {
        if got > max {
            return Err(Refusal::new("out_of_range", path, got, Allowed::Available { max }));
        }
    }
    Ok(())
}

impl Data {
    /// Samples that are trained on.
    pub fn learned(&self) -> usize {
        self.train.saturating_sub(self.validation)
    }
}

/// Own samples and how many of them are held out where nothing else is said; `None` for other data sets.
pub fn own(data: &Data) -> Option<(usize, usize)> {
    match data.name.origin {
        Origin::Points => Some((data.points.len(), own_points::tests(data.points.len()))),
        Origin::Table => Some((data.table.rows(), data.table.tests())),
        _ => None,
    }
}
