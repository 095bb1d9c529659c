//! What each column is: guessed from what stands in it, unless it is chosen.

use crate::cell;
use crate::choices::{Choices, Kind};
use crate::survey::Stats;
use crate::{MAX_CATEGORIES, MAX_CLASSES};
use serde::Serialize;
use std::collections::HashSet;

/// Names under which tables keep what is to be learnt, the plainest first.
const LABELS: [&str; 14] = [
    "label",
    "labels",
    "class",
    "target",
    "y",
    "species",
    "category",
    "diagnosis",
    "outcome",
    "variety",
    "type",
    "klasse",
    "classe",
    "result",
];
/// How many of them leave no doubt.
const PLAIN: usize = 4;
/// Share of numbers from which on a column holds numbers, and its words are mistakes.
const MOSTLY: f64 = 0.9;

/// A column, for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Its name, unique.
    pub name: String,
    /// What it is taken for.
    pub kind: Kind,
    /// What it would be taken for if nobody chose.
    pub guessed: Kind,
    /// Fields without a value.
    pub missing: usize,
    /// Fields with a finite number.
    pub numbers: usize,
    /// Fields with anything else.
    pub words: usize,
    /// Different values; `None` where they are more than anything could be made of.
    pub distinct: Option<usize>,
    /// Why it is ignored: `empty`, `constant`, `counting`, `many_words`.
    pub note: Option<&'static str>,
}

impl Column {
    /// Why it is not used, in words; empty where it is, or where somebody chose so.
    pub fn why_not(&self) -> &'static str {
        match self.note {
            Some(_) if self.kind != Kind::Ignored => "",
            Some("empty") => "has no values",
            Some("constant") => "always the same",
            Some("counting") => "counts the rows",
            Some(_) => "many different words, and not numbers as they are read",
            None => "",
        }
    }
}

/// The columns, with what was chosen over what was guessed.
pub(crate) fn columns(
    names: &[String],
    stats: &[Stats],
    choices: &Choices,
    decimal_comma: bool,
) -> Vec<Column> {
    let mut columns: Vec<Column> = names
        .iter()
        .zip(stats)
        .map(|(name, stats)| {
            let (guessed, note) = guess(stats, decimal_comma);
            Column {
                name: name.clone(),
                kind: guessed,
                guessed,
                missing: stats.missing,
                numbers: stats.numbers,
                words: stats.words + stats.not_finite,
                distinct: (!stats.many).then(|| distinct(stats, decimal_comma)),
                note,
            }
        })
        .collect();
    let guessed = guess_label(&columns);
    if let Some(label) = guessed.and_then(|i| columns.get_mut(i)) {
        (label.guessed, label.kind) = (Kind::Label, Kind::Label);
    }
    for (&i, &kind) in &choices.kinds {
        if let Some(column) = columns.get_mut(i) {
            column.kind = kind;
        }
    }
    // There is one label: what was one before and is none now is what it would be otherwise.
    let asked = choices.kinds.iter().find(|(_, k)| **k == Kind::Label);
    if let Some(label) = choices.label.or(asked.map(|(&i, _)| i)) {
        for (i, column) in columns.iter_mut().enumerate() {
            if i == label {
                column.kind = Kind::Label;
            } else if column.kind == Kind::Label {
                column.kind = guess(&stats[i], decimal_comma).0;
            }
        }
    }
    columns
}

fn distinct(stats: &Stats, decimal_comma: bool) -> usize {
    let names: HashSet<String> =
        stats.distinct.keys().map(|f| cell::name(f, stats.words == 0, decimal_comma)).collect();
    names.len()
}

/// What a column is if it is not the label, and why where that is nothing.
fn guess(stats: &Stats, decimal_comma: bool) -> (Kind, Option<&'static str>) {
    let present = stats.present();
    if present == 0 {
        return (Kind::Ignored, Some("empty"));
    }
    let distinct = distinct(stats, decimal_comma);
    if !stats.many && distinct == 1 {
        return (Kind::Ignored, Some("constant"));
    }
    if (stats.numbers + stats.not_finite) as f64 >= MOSTLY * present as f64 {
        if stats.counts() {
            return (Kind::Ignored, Some("counting"));
        }
        return (Kind::Number, None);
    }
    if !stats.many && distinct <= MAX_CATEGORIES && 2 * distinct <= present.max(8) {
        return (Kind::Category, None);
    }
    (Kind::Ignored, Some("many_words"))
}

/// The column whose name says that it is the label; else the last one that could be; else the last.
fn guess_label(columns: &[Column]) -> Option<usize> {
    let could = |c: &Column| {
        let present = c.numbers + c.words;
        c.distinct.is_some_and(|d| (2..=MAX_CLASSES).contains(&d) && 2 * d <= present.max(8))
    };
    let named = |name: &str, column: &Column| column.name.eq_ignore_ascii_case(name);
    let able = |name: &&str| columns.iter().rposition(|c| named(name, c) && could(c));
    // Anyone who names a column plainly means it, and is told why it cannot be.
    let unable = |name: &&str| columns.iter().rposition(|c| named(name, c));
    let (plain, others) = LABELS.split_at(PLAIN);
    plain
        .iter()
        .find_map(able)
        .or_else(|| plain.iter().find_map(unable))
        .or_else(|| others.iter().find_map(able))
        .or_else(|| columns.iter().rposition(could))
        .or(columns.len().checked_sub(1))
}
