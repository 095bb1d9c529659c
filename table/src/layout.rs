//! How a file is laid out, guessed from its beginning.

use crate::cell::{self, Cell};
use crate::choices::Choices;
use crate::problem::Refusal;
use crate::records::Records;
use crate::text::Text;
use serde::Serialize;

/// Delimiters, those first that seldom stand within fields: a comma may be part of a number.
const DELIMITERS: [&str; 4] = ["\t", ";", "|", ","];
/// Records that are looked at.
const LOOK: usize = 100;

/// How a file is laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// Between fields: one of `,` `;` tab `|`.
    pub delimiter: String,
    /// Whether the first row holds names.
    pub header: bool,
    /// Whether numbers are written with a comma.
    pub decimal_comma: bool,
}

impl Layout {
    pub(crate) fn byte(&self) -> u8 {
        self.delimiter.as_bytes().first().copied().unwrap_or(b',')
    }

    /// What `choices` say, and a guess for the rest.
    pub(crate) fn of(text: &Text, choices: &Choices) -> Result<Self, Refusal> {
        let delimiter = match &choices.delimiter {
            Some(chosen) if DELIMITERS.contains(&chosen.as_str()) => chosen.clone(),
            Some(other) => {
                let message = format!(
                    "delimiter: got \"{other}\"; allowed: a comma, a semicolon, a tab or a vertical bar"
                );
                return Err(Refusal::whole("out_of_range", message));
            }
            None => delimiter(text).into(),
        };
        let rows = sample(text, delimiter.as_bytes()[0]);
        let decimal_comma = choices.decimal_comma.unwrap_or_else(|| delimiter != "," && commas(&rows));
        let header = choices.header.unwrap_or_else(|| header(&rows, decimal_comma));
        Ok(Self { delimiter, header, decimal_comma })
    }
}

/// Fields of the first records.
fn sample(text: &Text, delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let mut records = Records::delimited(text, delimiter);
    let mut rows = Vec::new();
    while rows.len() < LOOK
        && let Some(row) = records.next()
    {
        rows.push(row.fields.iter().map(<[u8]>::to_vec).collect());
    }
    rows
}

/// The delimiter under which most records have the same number of fields, and more than one.
fn delimiter(text: &Text) -> &'static str {
    let mut best = (",", 0.0);
    for candidate in DELIMITERS {
        let rows = sample(text, candidate.as_bytes()[0]);
        let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
        let usual = usual(&lengths);
        if usual < 2 {
            continue;
        }
        let share = lengths.iter().filter(|&&l| l == usual).count() as f64 / lengths.len() as f64;
        if share >= 0.9 {
            return candidate;
        }
        if share > best.1 {
            best = (candidate, share);
        }
    }
    best.0
}

/// The most frequent of some lengths, the larger of two that are as frequent.
pub(crate) fn usual(lengths: &[usize]) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).map_or(0, |run| run[0])
}

/// Whether numbers are written with a comma more often than with a point.
fn commas(rows: &[Vec<Vec<u8>>]) -> bool {
    let count = |mark: u8, comma: bool| {
        rows.iter().flatten().filter(|f| f.contains(&mark) && cell::number(f, comma).is_some()).count()
    };
    count(b',', true) > count(b'.', false)
}

/// Whether the first row holds names: words, where below there are numbers, or words that do not come again.
fn header(rows: &[Vec<Vec<u8>>], decimal_comma: bool) -> bool {
    let Some((first, below)) = rows.split_first() else {
        return false;
    };
    let is_number = |f: &[u8]| !matches!(cell::read(f, decimal_comma), Cell::Word | Cell::Missing);
    if first.iter().any(|f| is_number(f)) {
        return false;
    }
    let column = |i: usize| below.iter().filter_map(move |row| row.get(i));
    (0..first.len()).any(|i| column(i).any(|f| is_number(f)))
        || (0..first.len()).all(|i| column(i).all(|f| *f != first[i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str) -> (String, bool, bool) {
        let text = Text::new(text.into()).unwrap();
        let layout = Layout::of(&text, &Choices::default()).unwrap();
        (layout.delimiter, layout.header, layout.decimal_comma)
    }

    #[test]
    fn layouts_are_guessed() {
        let is = |d: &str, header, comma| (d.to_string(), header, comma);
        assert_eq!(guess("a,b,c\n1,2,x\n3,4,y\n"), is(",", true, false));
        assert_eq!(guess("1,2,x\n3,4,y\n"), is(",", false, false));
        assert_eq!(guess("a;b;c\n1,5;2,5;x\n3,5;4,5;y\n"), is(";", true, true));
        assert_eq!(guess("a\tb, too\n1\t2\n"), is("\t", true, false));
        assert_eq!(guess("a|b\n1|2\n1|3\n"), is("|", true, false));
        assert_eq!(guess("colour,taste\nred,sweet\nred,sour\n"), is(",", true, false));
        assert_eq!(guess("red,sweet\nred,sour\nred,sweet\n"), is(",", false, false));
        assert_eq!(guess("\"a,b\",c\n\"1,2\",3\n"), is(",", true, false));
    }
}
