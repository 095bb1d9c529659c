//! Points of one's own in the config: `data.points`, a list of `[x, y, class]`, and the counts that follow from it.

use super::overlay::refuse;
use super::{Config, DataName, presets};
use crate::Error;
use crate::data::held_out;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A point of the plane and its class: `[x, y, class]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanePoint(pub f64, pub f64, pub u8);

/// Farthest that a point may lie from an axis: the picture's edge.
pub const EDGE: f64 = 1.25;

/// Most points; an address holds them all.
pub const MOST: usize = 200;

/// Fewest points of a data set, of which one is held out as a test.
pub const FEWEST: usize = 4;

/// What a list of points has to be; in words, since numbers put together at run time are code to download.
pub(super) const ALLOWED: &str =
    "a list of at most 200 points `[x, y, class]`, x and y from -1.25 to 1.25, the class 0 or 1";

/// `value`, where it is a list of points.
#[cold]
#[inline(never)]
pub(super) fn checked(value: &Value, path: &str) -> Result<Value, Error> {
    let items = value
        .as_array()
        .ok_or_else(|| refuse("wrong_type", path, value, ALLOWED))?;
    if items.len() > MOST {
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
#[cold]
#[inline(never)]
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
#[cold]
#[inline(never)]
pub(super) fn read_all(value: &Value) -> Option<Vec<PlanePoint>> {
    let mut points = Vec::new();
    for item in value.as_array()? {
        points.push(read(item)?);
    }
    Some(points)
}

/// The point that `[x, y, class]` is.
#[cold]
#[inline(never)]
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

/// Who gives points or a table, or takes up samples of one's own, without saying how many are for what, means all of them; who turns
/// to another data set means as many samples as the preset has.
#[cold]
#[inline(never)]
pub(super) fn follow(config: &mut Config, partial: &Map<String, Value>, base: &Config) {
    let Some(data) = partial.get("data").and_then(Value::as_object) else {
        return;
    };
    let (own, before) = (counted(config), counted(base));
    let changed =
        config.data.name != base.data.name || data.contains_key("points") || data.contains_key("table");
    if let Some((len, test)) = own
        && changed
    {
        let train = len - test;
        if !data.contains_key("train") {
            config.data.train = train;
        }
        if !data.contains_key("test") {
            config.data.test = test;
        }
    } else if own.is_none() && before.is_some() {
        // A preset that is missing here has been refused before.
        let Ok(preset) = presets::find(&config.preset) else {
            return;
        };
        if !data.contains_key("train") {
            config.data.train = preset.config.data.train;
        }
        if !data.contains_key("test") {
            config.data.test = preset.config.data.test;
        }
    } else {
        return;
    }
    // The transfer set is drawn from the training samples and cannot be larger; where it was all of one's own, it still is.
    let all = config.data.name == base.data.name && own.is_some() && base.transfer.size == base.data.train;
    let all_labelled = all && base.transfer.labelled == base.transfer.size;
    let asked = partial.get("transfer");
    let asks = |key: &str| asked.is_some_and(|t| t.get(key).is_some());
    if !asks("size") {
        let size = if all { usize::MAX } else { config.transfer.size };
        config.transfer.size = size.min(config.data.train);
    }
    if !asks("labelled") {
        let labelled = if all_labelled {
            usize::MAX
        } else {
            config.transfer.labelled
        };
        config.transfer.labelled = labelled.min(config.transfer.size);
    }
}

/// Samples of one's own and how many of them are held out; `None` for a data set that is not one's own.
fn counted(config: &Config) -> Option<(usize, usize)> {
    match config.data.name {
        DataName::Points => Some((config.data.points.len(), tests(config.data.points.len()))),
        DataName::Table => Some((config.data.table.rows(), config.data.table.tests())),
        _ => None,
    }
}

/// How many of one's own points are held out.
fn tests(len: usize) -> usize {
    let mut count = 0;
    for i in 0..len {
        count += usize::from(held_out(i));
    }
    count
}

/// Refuses points of one's own that are too few, and counts that are not theirs.
#[cold]
#[inline(never)]
pub(super) fn check(config: &Config) -> Result<(), Error> {
    if config.data.name != DataName::Points {
        return Ok(());
    }
    let len = config.data.points.len();
    if len < FEWEST {
        let points = Value::from(len);
        return Err(refuse("out_of_range", "data.points", &points, "4 to 200 points"));
    }
    let test = tests(len);
    for (path, got, all) in [
        ("data.train", config.data.train, len - test),
        ("data.test", config.data.test, test),
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
        assert!(ALLOWED.contains(&format!("at most {MOST} points")));
        assert!(ALLOWED.contains(&format!("from -{EDGE} to {EDGE}")));
        assert_eq!((FEWEST, MOST), (4, 200));
    }
}
