//! The English sentence of a refusal: which field, what it got, what is allowed.

use super::{Allowed, Counted};
use crate::field::Kind;
use serde_json::{Number, Value};

/// The whole sentence.
pub fn sentence(path: &str, got: &Value, allowed: &Allowed) -> String {
    let subject = if path.is_empty() { "config" } else { path };
    let got = shown(got);
    let (got, allowed) = match allowed {
        Allowed::Keys { keys } => {
            return format!("{subject}: unknown key; got {got}; allowed here: {}", keys.join(", "));
        }
        Allowed::Json { why } => return format!("{subject}: not JSON: {why}; allowed: one JSON object"),
        Allowed::TableRead => {
            return "export: how this table was read is not known here, so that no script can repeat it; allowed: give the table \
                    first (on the page under \"Data of your own\", on the command line with --table)"
                .into();
        }
        Allowed::Needed { name, hash } => {
            let content = hash.as_ref().map_or_else(String::new, |hash| format!(" (content {hash})"));
            return format!("{subject}: {name}{content} is not part of the engine and has to be given first");
        }
        Allowed::Done => return "the experiment is not done".into(),
        Allowed::Clock => return "the clock of this machine stands still: nothing can be timed".into(),
        Allowed::Finite { model, step } => {
            let got = got.trim_matches('"');
            return format!(
                "{model}: the loss became {got} at step {step}; a lower learning rate keeps it finite"
            );
        }
        Allowed::TemplateLine => return format!("template: cannot read {got}"),
        Allowed::Object => (got, "an object".into()),
        Allowed::EachKeyOnce => (format!("{got} values"), "each key once".into()),
        Allowed::Version { version } => {
            (got, format!("{version}; a later version is read by a newer distill-lab"))
        }
        Allowed::UpTo { max, field } => (got, format!("at most {max} ({field})")),
        Allowed::Available { max } => (got, format!("at most {max}, which is all that this data set has")),
        Allowed::Count { of, min, max } => (counted(&got, *of), range(*min, *max)),
        Allowed::Point => (got, "three numbers [x, y, class], the class 0 or 1".into()),
        Allowed::Coordinates { min, max } => {
            (got, format!("x and y from {} to {}", number(*min), number(*max)))
        }
        Allowed::CountOfPoints { count, points } => (got, format!("{count}, as data.points has {points}")),
        Allowed::Classes { classes } => (got, format!("classes from 0 to {}", classes - 1)),
        Allowed::EachClassOnce { classes } => {
            (got, format!("each class once, and at most {} of the {classes}", classes - 1))
        }
        Allowed::FewerClasses { samples } => (
            format!("{got}, which leaves none of the {samples} samples"),
            "fewer classes, or a larger transfer.size".into(),
        ),
        Allowed::SomeLabelled => (
            format!("{got}, with no label for it to learn from"),
            "train, or a transfer.labelled of at least 1".into(),
        ),
        Allowed::Plane => (format!("a data set of {got} features"), "one of two, such as spirals".into()),
        Allowed::Hash => (
            got,
            "16 hexadecimal digits, as the page gives them when a table is chosen under \"Data of your own\""
                .into(),
        ),
        Allowed::TableShape { min_rows, max_rows, max_features, max_classes } => (
            got,
            format!(
                "four numbers: rows ({min_rows} to {max_rows}), features (1 to {max_features}), those of them that are numbers, \
                 classes (2 to {max_classes})"
            ),
        ),
        Allowed::ShapeOfTable { shape } => (got, format!("{shape:?}, the shape of the table with this hash")),
        Allowed::TableRows { test, rows } => {
            (format!("{got}, with {test} for tests"), format!("{rows} in all, as the table has"))
        }
        Allowed::Content { hash } => {
            let content = match got.as_str() {
                "null" => "content that is not whole".into(),
                hash => format!("content {}, a damaged file or another one", hash.trim_matches('"')),
            };
            (content, format!("content {hash}, with a class and finite features (or none) for each sample"))
        }
        Allowed::Axes => (got, "one field, or two different ones".into()),
        Allowed::SweptField { fields } => {
            (got, format!("a field of numbers, words or switches: {}", fields.join(", ")))
        }
        Allowed::Results => (got, "a list of at least one result".into()),
        Allowed::HiddenLayer { network, layer, layers } => {
            let wanted = if *layer == 0 { String::new() } else { format!(" {layer}") };
            let wanted = format!("with a hidden layer{wanted} in {network}.hidden, which has {layers}");
            (got, wanted)
        }
        Allowed::Kind(kind) => (got, of_kind(kind)),
    };
    format!("{subject}: got {got}; allowed: {allowed}")
}

fn range(min: usize, max: usize) -> String {
    match min {
        0 => format!("at most {max}"),
        _ if min == max => max.to_string(),
        _ => format!("{min} to {max}"),
    }
}

fn counted(got: &str, of: Counted) -> String {
    match of {
        Counted::Bytes => format!("{got} bytes of text"),
        Counted::Parameters => format!("a network of {got} parameters"),
        Counted::Points => format!("{got} points"),
        Counted::Values => format!("{got} values"),
        Counted::Cells => format!("{got} cells"),
        Counted::Numbers => format!("{got} numbers"),
    }
}

/// What a field's kind allows.
pub fn of_kind(kind: &Kind) -> String {
    match kind {
        Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
        Kind::Number { min, max } => format!("a number from {} to {}", number(*min), number(*max)),
        Kind::Boolean => "true or false".into(),
        Kind::Choice { choices } => format!("one of {}", choices.join(", ")),
        Kind::Integers { min, max, max_items } => {
            format!("a list of at most {max_items} whole numbers from {min} to {max}")
        }
        Kind::Points { min, max, max_items } => format!(
            "a list of at most {max_items} points `[x, y, class]`, x and y from {} to {}, the class 0 or 1",
            number(*min),
            number(*max)
        ),
        Kind::Text { max_length } => format!("a text of at most {max_length} characters"),
    }
}

/// A value as people write it: JSON, but numbers as JavaScript has them.
fn shown(value: &Value) -> String {
    match value {
        Value::Number(n) if n.is_f64() => number(n.as_f64().unwrap_or(f64::NAN)),
        other => other.to_string(),
    }
}

/// A number as JavaScript's `String(value)` writes it: `0.5`, `20`, `1e-7`. Sentences must not differ between page and command line.
///
/// The shortest digits that say the number are those of its JSON text, whose code is there anyway; only their form is JavaScript's.
pub fn number(value: f64) -> String {
    let sign = if value < 0.0 { "-" } else { "" };
    let Some(json) = Number::from_f64(value.abs()) else {
        return if value.is_nan() { "NaN".into() } else { format!("{sign}Infinity") };
    };
    let json = json.to_string();
    let (mantissa, exponent) = json.split_once('e').unwrap_or((&json, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    // Where the decimal point stands, counted from the first digit.
    let point = whole.len() as i32 - (all.len() - digits.len()) as i32 + exponent.parse().unwrap_or(0);
    let digits = digits.trim_end_matches('0');
    let len = digits.len() as i32;
    let zeros = |n: i32| "0".repeat(n.max(0) as usize);
    match point {
        _ if len == 0 => "0".into(), // -0 as well
        1..=21 if len <= point => format!("{sign}{digits}{}", zeros(point - len)),
        1..=21 => {
            let (whole, fraction) = digits.split_at(point as usize);
            format!("{sign}{whole}.{fraction}")
        }
        -5..=0 => format!("{sign}0.{}{digits}", zeros(-point)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let (dot, plus) = (if rest.is_empty() { "" } else { "." }, if point > 0 { "+" } else { "" });
            format!("{sign}{first}{dot}{rest}e{plus}{}", point - 1)
        }
    }
}
