//! JSON text: the form of configs and results in files, and how people write configs.

use serde::Serialize;
use serde_json::Value;

/// Deepest nesting that is read: a text of a few kilobytes must not exhaust the stack.
pub const MAX_DEPTH: usize = 127;

/// The value that `text` holds.
///
/// # Errors
/// Text that is not JSON, nested deeper than [`MAX_DEPTH`], or with a number beyond `f64`; says why, without the subject.
pub fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|e| e.to_string())
}

/// Plain data as a JSON value.
pub fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_else(|_| unreachable!("plain data has a JSON form"))
}

/// A number as JavaScript writes it, for a message: `0.5`, `20`, `1e-7`.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size.is_infinite() => if value > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        size if size > 0.0 && !(1e-6..1e21).contains(&size) => {
            format!("{value:e}").replace('e', "e+").replace("e+-", "e-")
        }
        _ => (value + 0.0).to_string(), // -0 is 0
    }
}

/// The JSON text of plain data; numbers that are not finite become `null`.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data has a JSON form")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a browser's `String(value)` gives: messages must not differ between the page and the command line.
    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (value, want) in [
            (0.0, "0"),
            (-0.0, "0"),
            (20.0, "20"),
            (-0.5, "-0.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (-1.5e-12, "-1.5e-12"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (2.5e300, "2.5e+300"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(number(value), want);
        }
    }

    #[test]
    fn text_that_is_nested_too_deeply_is_refused() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        assert!(parse(&nested(MAX_DEPTH + 1)).is_err());
    }
}
