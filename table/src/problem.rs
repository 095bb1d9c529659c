//! What is wrong with a file: as a whole, or in a place.

use serde::Serialize;
use std::collections::BTreeMap;

/// Why a file, or what was chosen for it, cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// A stable word: `empty`, `binary`, `not_utf8`, `one_class`, ...
    pub code: &'static str,
    /// The line, from 1, where one is to blame.
    pub line: Option<u64>,
    /// The column, from 1, where one is to blame: of the table, or for bytes that are no text, of the line.
    pub column: Option<usize>,
    /// A whole sentence: where, what it got, what is allowed.
    pub message: String,
}

impl Refusal {
    /// A refusal of the file as a whole.
    pub(crate) fn whole(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, line: None, column: None, message: message.into() }
    }

    /// A refusal for something at a line, or in a field of it.
    pub(crate) fn at(code: &'static str, line: u64, column: Option<usize>, message: impl AsRef<str>) -> Self {
        let place = column.map_or_else(|| format!("line {line}"), |c| format!("line {line}, column {c}"));
        Self { code, line: Some(line), column, message: format!("{place}: {}", message.as_ref()) }
    }
}

/// A place that could not be used as it is, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// A stable word: `not_a_number`, `ragged`, `missing_label`, ...
    pub code: &'static str,
    /// The line, from 1, on which the row begins.
    pub line: u64,
    /// The column, from 1; `None` where the row is to blame.
    pub column: Option<usize>,
    /// What is there, cut to [`SHOWN`] characters.
    pub value: String,
    /// What is allowed there.
    pub allowed: String,
    /// What was done: `row_left_out`, `taken_as_missing`, `renamed` or `kept`.
    pub done: &'static str,
}

/// Characters of a value that are shown.
pub const SHOWN: usize = 40;
/// Problems of a code that are listed one by one; all are counted.
pub const LISTED: usize = 200;

/// The first problems of each kind, and how many there are of each kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Problems {
    /// All of them.
    pub total: usize,
    /// How many of each code.
    pub counts: BTreeMap<&'static str, usize>,
    /// The first of each code, in the order of the file.
    pub listed: Vec<Problem>,
}

impl Problems {
    /// Counts a problem, and lists it while there is room.
    pub(crate) fn add(
        &mut self,
        code: &'static str,
        line: u64,
        column: Option<usize>,
        value: &[u8],
        allowed: &str,
        done: &'static str,
    ) {
        self.total += 1;
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= LISTED {
            self.listed.push(Problem {
                code,
                line,
                column,
                value: shown(value),
                allowed: allowed.into(),
                done,
            });
        }
    }

    /// Takes over the problems of another pass, so that all are in the order of the file.
    pub(crate) fn merge(mut self, other: &Self) -> Self {
        self.total += other.total;
        for (code, count) in &other.counts {
            *self.counts.entry(code).or_default() += count;
        }
        self.listed.extend_from_slice(&other.listed);
        self.listed.sort_by_key(|p| (p.line, p.column));
        self
    }
}

/// A value for people: without control characters, cut where it is long.
pub(crate) fn shown(value: &[u8]) -> String {
    let end = value.len().min(SHOWN * 4);
    let text = String::from_utf8_lossy(value.get(..end).unwrap_or(value));
    let mut short: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() || value.len() > end {
        short.push('…');
    }
    short
}
