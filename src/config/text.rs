//! A partial config as a person or a program wrote it.
//!
//! JSON leaves open which of two equal keys counts, and their author meant one; `serde_json` silently takes the last.

use super::MAX_TEXT;
use super::overlay::below;
use crate::refusal::{Allowed, Counted, Refusal};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::fmt;

/// What `text` holds.
///
/// # Errors
/// Text longer than [`MAX_TEXT`], text that is not JSON, and a key that an object has twice.
pub(super) fn read(text: &str) -> Result<Value, Refusal> {
    if text.len() > MAX_TEXT {
        let allowed = Allowed::Count { of: Counted::Bytes, min: 0, max: MAX_TEXT };
        return Err(Refusal::new("too_large", "", text.len(), allowed));
    }
    let value: Value = serde_json::from_str(text)
        .map_err(|e| Refusal::new("not_json", "", Value::Null, Allowed::Json { why: e.to_string() }))?;
    match value {
        Value::Object(_) => object(text, "").map(Value::Object),
        other => Ok(other),
    }
}

/// The object that `text`, which is JSON, holds at `path`. No field holds objects in a list.
fn object(text: &str, path: &str) -> Result<Map<String, Value>, Refusal> {
    let Entries(entries) = serde_json::from_str(text).expect("JSON that was read before");
    let mut object = Map::new();
    for (key, raw) in entries {
        let here = below(path, &key);
        if object.contains_key(&key) {
            return Err(Refusal::new("twice", here, 2, Allowed::EachKeyOnce));
        }
        let value = match serde_json::from_str(raw.get()).expect("JSON that was read before") {
            Value::Object(_) => Value::Object(self::object(raw.get(), &here)?),
            other => other,
        };
        object.insert(key, value);
    }
    Ok(object)
}

/// Every key of an object in the order of the text, with the text of its value.
struct Entries(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Entries;

            fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                std::iter::from_fn(|| map.next_entry().transpose()).collect::<Result<_, _>>().map(Entries)
            }
        }
        from.deserialize_map(Each)
    }
}
