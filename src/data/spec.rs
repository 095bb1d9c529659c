//! What a config says of its data: the part `data`, and its fields.

use super::own_points::{self, EDGE, MAX_POINTS, PlanePoint};
use super::own_table::{self, MAX_TEXT, OwnTable};
use crate::field::{Field, Kind, field, integer, number};
use crate::refusal::{Allowed, Refusal};
use serde::{Deserialize, Serialize};

const TEXT: Kind = Kind::Text { max_length: MAX_TEXT };

/// Which samples there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Data {
    /// The data set.
    pub name: DataName,
    /// Training samples.
    pub train: usize,
    /// Test samples.
    pub test: usize,
    /// Share of training labels that are replaced by another class.
    pub label_noise: f64,
    /// Spread of the points of the 2-D data sets.
    pub noise: f64,
    /// Points of one's own, for the data set of that name.
    #[cfg_attr(test, ts(type = "OwnPoint[]"))]
    pub points: Vec<PlanePoint>,
    /// Which table of one's own it is, for the data set of that name.
    pub table: OwnTable,
}

/// The data sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DataName {
    /// Handwritten digits, 8 x 8.
    Digits,
    /// The notebook's: uniform features, labels drawn at random.
    Notebook,
    /// The notebook's features, labelled by a random two-layer rule.
    Planted,
    /// Two arms wound around each other.
    Spirals,
    /// Two half circles.
    Moons,
    /// A circle within a circle.
    Circles,
    /// Two round clouds.
    Gaussians,
    /// The points in the config.
    Points,
    /// Handwritten digits, 28 x 28: the test part of MNIST.
    Mnist10k,
    /// Ten shapes drawn as lines of 40 values.
    Mnist1d,
    /// A table that was given.
    Table,
}

const FIELDS: &[Field] = &[
    field(
        "data.name",
        Kind::Choice {
            choices: &[
                "digits",
                "notebook",
                "planted",
                "spirals",
                "moons",
                "circles",
                "gaussians",
                "points",
                "mnist10k",
                "mnist1d",
                "table",
            ],
        },
        "The data set.",
    )
    .common()
    .address("data"),
    field(
        "data.train",
        integer(2, 50_000),
        "Training samples; digits has 1,000, mnist10k 8,000.",
    ),
    field(
        "data.test",
        integer(1, 50_000),
        "Test samples, never trained on; digits has 797, mnist10k 2,000.",
    ),
    field(
        "data.label_noise",
        number(0.0, 1.0),
        "Share of the training labels that are replaced by another class.",
    ),
    field(
        "data.noise",
        number(0.0, 1.0),
        "Spread of the points of the 2-D data sets.",
    ),
    field(
        "data.points",
        Kind::Points {
            min: -EDGE,
            max: EDGE,
            max_items: MAX_POINTS,
        },
        "Points of one's own, 4 at least, for the data set points; every fourth is held out as a test.",
    ),
    field(
        "data.table.file",
        TEXT,
        "The file of the data set table: a table of one's own, which is given to the page or the command line and is in no config.",
    ),
    field(
        "data.table.hash",
        TEXT,
        "What is in that table; another one is another data set.",
    ),
    field(
        "data.table.shape",
        Kind::Integers {
            min: 0,
            max: 50_000,
            max_items: 4,
        },
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
/// Own points or an own table that are none, counts that they do not have, and more samples than the data set has.
pub fn check(data: &Data) -> Result<(), Refusal> {
    own_points::check(data)?;
    own_table::check(data)?;
    let Some((train, test)) = super::shape(data).most else {
        return Ok(());
    };
    for (path, got, max) in [("data.train", data.train, train), ("data.test", data.test, test)] {
        if got > max {
            return Err(Refusal::new(
                "out_of_range",
                path,
                got,
                Allowed::Available { max },
            ));
        }
    }
    Ok(())
}

/// Samples of one's own and how many of them are held out where nothing else is said; `None` for other data sets.
pub fn own(data: &Data) -> Option<(usize, usize)> {
    match data.name {
        DataName::Points => Some((data.points.len(), own_points::tests(data.points.len()))),
        DataName::Table => Some((data.table.rows(), data.table.tests())),
        _ => None,
    }
}
