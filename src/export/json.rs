//! JSON and numbers as text: the one place of this module that knows how they are written. All go one way, through a
//! [`Value`]'s text, which is in the engine for its presets anyway: each other way would lengthen the page's download.

use crate::config::Config;
use serde_json::Value;

/// A config as a JSON value.
#[cold]
pub(super) fn value(config: &Config) -> Value {
    serde_json::from_str(&config.to_json()).expect("a config has a JSON form")
}

/// A value as JSON text.
#[cold]
#[inline(never)]
pub(super) fn text(value: &Value) -> String {
    serde_json::to_string(value).expect("a value has a JSON form")
}

/// A string as JSON text.
#[cold]
pub(super) fn quoted(words: &str) -> String {
    text(&words.into())
}

/// The shortest text that reads back to the same number; nothing for what is no number.
#[cold]
#[inline(never)]
pub(super) fn number(value: f64) -> String {
    if value.is_finite() {
        text(&value.into())
    } else {
        String::new()
    }
}
