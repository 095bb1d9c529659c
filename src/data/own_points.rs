//! Points of one's own in the config: `data.points`, a list of `[x, y, class]`, and the counts that follow from it.

use super::data_set::INSIDE;
use super::spec::Data;
use super::{DataSet, Origin, Samples, plane};
use crate::error::{Error, refuse};
use crate::field::Words;
use serde::{Serialize, Serializer};
use serde_json::Value;

pub(super) const DATA_SET: DataSet = DataSet {
    name: "points",
    title: Words {
        en: "Points of your own",
        de: "Eigene Punkte",
    },
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
    python: include_str!("points.py"),
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanePoint(pub f64, pub f64, pub u8);

/// Farthest that a point may lie from an axis: the picture's edge.
pub const EDGE: f64 = 1.25;

/// Most points; an address holds them all.
pub const MAX_POINTS: usize = 200;

/// Fewest points of a data set, of which one is held out as a test.
pub const MIN_POINTS: usize = 4;

/// What a list of points has to be; in words, since numbers put together at run time are code to download.
pub(crate) const ALLOWED: &str =
    "a list of at most 200 points `[x, y, class]`, x and y from -1.25 to 1.25, the class 0 or 1";

/// `value`, where it is a list of points.
pub(crate) fn checked(value: &Value, path: &str) -> Result<Value, Error> {
    let items = value
        .as_array()
        .ok_or_else(|| refuse("wrong_type", path, value, ALLOWED))?;
    if items.len() > MAX_POINTS {
        return Err(refuse("out_of_range", path, &Value::from(items.len()), ALLOWED));
    }
    let mut points = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let (code, allowed) = match read(item) {
            Some(PlanePoint(x, y, _)) if x.abs() > EDGE || y.abs() > EDGE => {
                ("out_of_range", "x and y from -1.25 to 1.25")
            }
            Some(point) => {
                points.push(to_value(&point));
                continue;
            }
            None => ("wrong_type", "three numbers [x, y, class], the class 0 or 1"),
        };
        return Err(refuse(code, &format!("{path}.{i}"), item, allowed));
    }
    Ok(Value::Array(points))
}

/// `[x, y, class]`.
fn to_value(&PlanePoint(x, y, class): &PlanePoint) -> Value {
    Value::Array(vec![x.into(), y.into(), class.into()])
}

/// Through [`Value`], which every writer of configs knows already: a tuple would be code of its own for each.
impl Serialize for PlanePoint {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to_value(self).serialize(to)
    }
}

/// The points of a value that has been checked.
pub(crate) fn read_all(value: &Value) -> Option<Vec<PlanePoint>> {
    let mut points = Vec::new();
    for item in value.as_array()? {
        points.push(read(item)?);
    }
    Some(points)
}

/// The point that `[x, y, class]` is.
fn read(value: &Value) -> Option<PlanePoint> {
    let [x, y, class] = value.as_array()?.as_slice() else {
        return None;
    };
    let class = match class.as_f64()? {
        0.0 => 0,
        1.0 => 1,
        _ => return None,
    };
    Some(PlanePoint(x.as_f64()?, y.as_f64()?, class))
}

/// How many of one's own points are held out.
pub(crate) fn tests(len: usize) -> usize {
    let mut count = 0;
    for i in 0..len {
        count += usize::from(held_out(i));
    }
    count
}

/// Refuses points of one's own that are too few, and counts that are not theirs.
pub(crate) fn check(data: &Data) -> Result<(), Error> {
    if data.name.origin != Origin::Points {
        return Ok(());
    }
    let len = data.points.len();
    if len < MIN_POINTS {
        let points = Value::from(len);
        return Err(refuse("out_of_range", "data.points", &points, "4 to 200 points"));
    }
    let test = tests(len);
    for (path, got, all) in [
        ("data.train", data.train, len - test),
        ("data.test", data.test, test),
    ] {
        if got != all {
            let message = format!("{path}: got {got}; allowed: {all}, as data.points has {len}");
            return Err(Error::at("out_of_range", path, message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests_of_words {
    use super::*;

    #[test]
    fn what_is_said_to_be_allowed_is_what_is_allowed() {
        assert!(ALLOWED.contains(&format!("at most {MAX_POINTS} points")));
        assert!(ALLOWED.contains(&format!("from -{EDGE} to {EDGE}")));
        assert_eq!((MIN_POINTS, MAX_POINTS), (4, 200));
    }
}
