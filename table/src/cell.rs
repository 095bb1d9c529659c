//! What one field holds.

/// A field, as far as its text alone tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing, or one of the words for nothing.
    Missing,
    /// A finite number that 32 bits hold.
    Number(f32),
    /// A number that they do not, or an infinity.
    NotFinite,
    /// Anything else.
    Word,
}

/// Words that stand for nothing.
const NOTHING: [&str; 9] = ["na", "n/a", "nan", "null", "none", "nil", "?", "-", "#n/a"];

/// Reads a field, which is trimmed.
pub(crate) fn read(field: &[u8], decimal_comma: bool) -> Cell {
    if field.is_empty() {
        return Cell::Missing;
    }
    match number(field, decimal_comma) {
        Some(value) if value.is_nan() => Cell::Missing,
        Some(value) if value.abs() > f64::from(f32::MAX) => Cell::NotFinite,
        Some(value) => Cell::Number(value as f32),
        None if NOTHING.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(field)) => Cell::Missing,
        None => Cell::Word,
    }
}

/// The number that a field is, if it is one; infinite where it is too large.
pub(crate) fn number(field: &[u8], decimal_comma: bool) -> Option<f64> {
    // Longer than any number that a program writes.
    let mut room = [0; 64];
    let short = room.get_mut(..field.len())?;
    short.copy_from_slice(field);
    if decimal_comma {
        if short.contains(&b'.') {
            return None;
        }
        if let Some(comma) = short.iter_mut().find(|b| **b == b',') {
            *comma = b'.';
        }
    }
    std::str::from_utf8(short).ok()?.parse().ok()
}

/// A label or a category under one name: `1`, `1.0` and `01` are the same number where the column holds numbers.
pub(crate) fn name(field: &[u8], as_number: bool, decimal_comma: bool) -> String {
    if as_number && let Some(value) = number(field, decimal_comma) {
        return (value + 0.0).to_string(); // -0 is 0
    }
    String::from_utf8_lossy(field).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_apart() {
        for missing in ["", "NA", "n/a", "NaN", "null", "?", "-"] {
            assert_eq!(read(missing.as_bytes(), false), Cell::Missing, "{missing}");
        }
        for infinite in ["inf", "-Infinity", "1e999", "3.5e38"] {
            assert_eq!(read(infinite.as_bytes(), false), Cell::NotFinite, "{infinite}");
        }
        for word in ["cat", "1,5", "1 000", "0x10", "1.2.3"] {
            assert_eq!(read(word.as_bytes(), false), Cell::Word, "{word}");
        }
        assert_eq!(read(b"-1.5e3", false), Cell::Number(-1500.0));
        assert_eq!(read(b"1,5", true), Cell::Number(1.5));
        assert_eq!(read(b"1.500,5", true), Cell::Word);
        assert_eq!((name(b"1.0", true, false), name(b"1.0", false, false)), ("1".into(), "1.0".into()));
    }
}
