//! Objects taken apart before they are read.
//!
//! An enum that is told apart by a field, and an object whose keys belong to two types, lie in JSON as people write them.
//! serde's words for both, `tag` and `flatten`, collect an object in a form of their own and read every type from that form
//! besides; here the object is a [`Value`] already, as everything that the engine reads. Plain objects are read the same way, which
//! makes the download smaller.

use serde::de::{DeserializeOwned, Error};
use serde_json::{Map, Value};

/// An object.
pub(crate) type Object = Map<String, Value>;

/// The value of `key`, which is taken out of `object`.
pub(crate) fn take<T: DeserializeOwned, E: Error>(object: &mut Object, key: &'static str) -> Result<T, E> {
    let value = object.remove(key).ok_or_else(|| E::missing_field(key))?;
    serde_json::from_value(value).map_err(E::custom)
}

/// The same where there may be none, or `null`.
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) fn optional<T: DeserializeOwned, E: Error>(
    object: &mut Object,
    key: &'static str,
) -> Result<Option<T>, E> {
    if object.get(key).is_none_or(Value::is_null) { Ok(None) } else { take(object, key).map(Some) }
}

/// Reads a type from an object, field by field. serde's own derivation reads it from a list, too, and keeps a reader of every field
/// for each type; these share one for each kind of value.
macro_rules! from_object {
    ($type:ident: $($field:ident),+) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let mut object = crate::apart::Object::deserialize(from)?;
                Ok(Self { $($field: crate::apart::take(&mut object, stringify!($field))?),+ })
            }
        }
    };
}
pub(crate) use from_object;

/// What `object` holds, read as one.
pub(crate) fn rest<T: DeserializeOwned, E: Error>(object: Object) -> Result<T, E> {
    serde_json::from_value(Value::Object(object)).map_err(E::custom)
}
