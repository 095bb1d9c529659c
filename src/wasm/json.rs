//! JSON by the browser's own reader, and its own way to write a number.

use crate::json::MAX_DEPTH;
use js_sys::{Array, JSON, Number, Object};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value};
use std::io::{Result as Written, Write};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// JavaScript's `String(value)`.
    #[wasm_bindgen(js_name = String)]
    fn written(value: f64) -> String;
}

/// As [`crate::json::parse`].
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let parsed = JSON::parse(text).map_err(|thrown| {
        thrown
            .dyn_into::<js_sys::Error>()
            .map_or_else(|_| String::new(), |error| error.message().into())
    })?;
    value(&parsed, MAX_DEPTH).map_err(Into::into)
}

/// Refuses what serde_json refuses, though JavaScript reads it: more than `depth` nested levels, numbers beyond an `f64`.
fn value(from: &JsValue, depth: usize) -> Result<Value, &'static str> {
    if let Some(number) = from.as_f64() {
        // Whole numbers stay whole, as serde_json reads them.
        let whole = number as i64;
        if !number.is_finite() {
            return Err("number out of range");
        }
        return Ok(if whole as f64 == number && whole.unsigned_abs() < 1 << 53 {
            whole.into()
        } else {
            number.into()
        });
    }
    if let Some(text) = from.as_string() {
        return Ok(text.into());
    }
    if let Some(truth) = from.as_bool() {
        return Ok(truth.into());
    }
    if from.is_null() {
        return Ok(Value::Null);
    }
    let depth = depth.checked_sub(1).ok_or("recursion limit exceeded")?;
    if let Some(items) = from.dyn_ref::<Array>() {
        return items.iter().map(|item| value(&item, depth)).collect();
    }
    let mut map = Map::new();
    for entry in Object::entries(from.unchecked_ref::<Object>()).iter() {
        let entry: Array = entry.unchecked_into();
        let key = entry.get(0).as_string().unwrap_or_default();
        map.insert(key, value(&entry.get(1), depth)?);
    }
    Ok(Value::Object(map))
}

/// As [`crate::json::text`].
pub(crate) fn text(of: &impl Serialize) -> String {
    let mut out = Vec::new();
    match of.serialize(&mut Serializer::with_formatter(&mut out, Numbers)) {
        Ok(()) => String::from_utf8(out).unwrap_or_default(),
        Err(_) => unreachable!("plain data has a JSON form"),
    }
}

/// As [`crate::json::number`].
pub(crate) fn number(value: f64) -> String {
    written(value)
}

/// serde_json's compact form, but for the numbers.
struct Numbers;

impl Formatter for Numbers {
    fn write_f64<W: ?Sized + Write>(&mut self, out: &mut W, value: f64) -> Written<()> {
        out.write_all(written(value).as_bytes())
    }

    /// The fewest digits that lead back to the same `f32`.
    fn write_f32<W: ?Sized + Write>(&mut self, out: &mut W, value: f32) -> Written<()> {
        let wide = Number::from(f64::from(value));
        let short = (6..=9)
            .filter_map(|digits| wide.to_precision(digits).ok())
            .map(|text| js_sys::parse_float(&String::from(text)))
            .find(|&n| n as f32 == value);
        self.write_f64(out, short.unwrap_or(f64::from(value)))
    }
}
