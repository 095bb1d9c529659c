//! Objects taken apart before they are read.
//!
//! An enum that is told apart by a field, and an object whose keys belong to two types, lie in JSON as people write them.
//! serde's words for both, `tag` and `flatten`, collect an object in a form of their own and read every type from that form
//! besides; here the object is a [`Value`] already, as everything that the engine reads.

use serde::de::{DeserializeOwned, Error};
use serde_json::{Map, Value};

/// An object.
pub(crate) type Object = Map<String, Value>;

/// The value of `key`, which is taken out of `object`.
pub(crate) fn take<T: DeserializeOwned, E: Error>(object: &mut Object, key: &'static str) -> Result<T, E> {
    let value = object.remove(key).ok_or_else(|| E::missing_field(key))?;
    serde_json::from_value(value).map_err(E::custom)
}

/// What `object` holds, read as one.
pub(crate) fn rest<T: DeserializeOwned, E: Error>(object: Object) -> Result<T, E> {
    serde_json::from_value(Value::Object(object)).map_err(E::custom)
}

/// `{tag: "name", ...}` as `{"name": {...}}`, which is serde's own form of an enum.
pub(crate) fn by_name<E: Error>(mut object: Object, tag: &'static str) -> Result<Value, E> {
    let name = take(&mut object, tag)?;
    Ok(Value::Object(Map::from_iter([(name, Value::Object(object))])))
}
