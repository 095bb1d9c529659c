//! What was given, as a refusal keeps it.

use serde_json::{Number, Value};

/// Longest JSON text of what is kept, in characters.
const LONGEST: usize = 60;

/// `value`; a text, a list or an object that is long loses its end, which `...` stands for.
pub(super) fn shortened(value: Value) -> Value {
    if value.to_string().chars().count() <= LONGEST {
        return value;
    }
    let end = || Value::from("...");
    match value {
        Value::String(text) => {
            let kept: String = text.chars().take(LONGEST - 3).collect();
            format!("{kept}...").into()
        }
        Value::Array(items) => {
            let mut left = LONGEST;
            let mut kept: Vec<Value> = items.into_iter().map_while(|item| fits(item, &mut left)).collect();
            kept.push(end());
            kept.into()
        }
        Value::Object(entries) => {
            let mut left = LONGEST;
            let mut kept: serde_json::Map<String, Value> = entries
                .into_iter()
                .map_while(|(key, item)| {
                    left = left.saturating_sub(key.len());
                    fits(item, &mut left).map(|item| (key, item))
                })
                .collect();
            kept.insert("...".into(), end());
            kept.into()
        }
        short => short,
    }
}

fn fits(item: Value, left: &mut usize) -> Option<Value> {
    *left = left.checked_sub(item.to_string().len() + 1)?;
    Some(item)
}

/// A number as JSON: a whole one stays whole, so that integer fields take it; NaN and the infinities, which JSON does not have, are
/// words.
pub fn number(value: f64) -> Value {
    const EXACT: f64 = (1_u64 << 53) as f64;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        return (value as i64).into();
    }
    Number::from_f64(value).map_or_else(|| super::english::number(value).into(), Value::Number)
}
