//! A user's points in the config: `data.points`, a list of `[x, y, class]`, and the counts that follow from it.

use super::data_set::INSIDE;
use super::spec::Data;
use super::{DataSet, Origin, Samples, plane};
use crate::field::{Words, python};
use crate::refusal::{Allowed, Counted, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(super) const DATA_SET: DataSet = DataSet {
    name: "points",
    title: Words { en: "Points of your own", de: "Eigene Punkte" },
    about: Words {
        en: "Up to 200 points of the plane that the config holds, two classes; every fourth is a test.",
        de: "Bis zu 200 Punkte der Ebene, die in den Einstellungen stehen, zwei Klassen; jeder vierte dient zum Testen.",
    },
    source: "the config",
    origin: Origin::Points,
    features: Some(2),
    options: &["data.points"],
    shape: plane::shape,
    load: |config, _| Ok(load(&config.points)),
    outside: INSIDE,
    python: python!("points.py"),
};

/// Whether the point at `index` of the config's points is a test: every fourth.
pub fn held_out(index: usize) -> bool {
    index % 4 == 3
}

/// The points for training and those held out, each in the order in which they are given.
fn load(points: &[PlanePoint]) -> (Samples, Samples) {
    let [mut train, mut test] = [0, 1].map(|_| Samples::with_capacity(points.len(), 2));
    for (i, &PlanePoint(x, y, class)) in points.iter().enumerate() {
        let samples = if held_out(i) { &mut test } else { &mut train };
        samples.push(&[x as f32, y as f32], i32::from(class));
    }
    (train, test)
}

/// A point of the plane and its class: `[x, y, class]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanePoint(pub f64, pub f64, pub u8);

/// Farthest that a point may lie from an axis: the picture's edge.
pub const EDGE: f64 = 1.25;

/// Most points; an address holds them all.
pub const MAX_POINTS: usize = 200;

/// Fewest points of a data set, of which one is held out as a test.
pub const MIN_POINTS: usize = 4;

/// `item`, where it is a point of the picture; its class is a whole number then, however it was written.
pub(crate) fn checked(item: &Value, path: &str) -> Result<Value, Refusal> {
    let (code, allowed) = match <(f64, f64, f64)>::deserialize(item) {
        Ok((x, y, class)) if class == 0.0 || class == 1.0 => {
            if x.abs() <= EDGE && y.abs() <= EDGE {
                return Ok(json!([x, y, class as u8]));
            }
            ("out_of_range", Allowed::Coordinates { min: -EDGE, max: EDGE })
        }
        _ => ("wrong_type", Allowed::Point),
    };
    Err(Refusal::new(code, path, item.clone(), allowed))
}

/// How many of the user's points are held out.
pub(crate) fn tests(len: usize) -> usize {
    let mut count = 0;
    for i in 0..len {
        count += usize::from(held_out(i));
    }
    count
}

/// Refuses a user's points that are too few, and counts that are not theirs.
pub(crate) fn check(data: &Data) -> Result<(), Refusal> {
    if data.name.origin != Origin::Points {
        return Ok(());
    }
    let points = data.points.len();
    if points < MIN_POINTS {
        let allowed = Allowed::Count { of: Counted::Points, min: MIN_POINTS, max: MAX_POINTS };
        return Err(Refusal::new("out_of_range", "data.points", points, allowed));
    }
    let test = tests(points);
    for (path, got, count) in [("data.train", data.train, points - test), ("data.test", data.test, test)] {
        if got != count {
            return Err(Refusal::new("out_of_range", path, got, Allowed::CountOfPoints { count, points }));
        }
    }
    Ok(())
}
