//! The first pass: how many rows there are, and what stands in each column.

use crate::cell::{self, Cell};
use crate::layout::{Layout, usual};
use crate::problem::{Problems, Refusal, shown};
use crate::quotes::Fault;
use crate::records::{Records, Row};
use crate::text::Text;
use crate::{MAX_CLASSES, MAX_COLUMNS, MAX_FIELD, MAX_ROWS};
use std::collections::HashMap;

/// Rows that are shown as they are in the file.
pub(crate) const PREVIEW: usize = 8;
/// Different fields of a column that are kept apart: one more than anything is made of.
const DISTINCT: usize = MAX_CLASSES + 1;

/// What stands in a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stats {
    pub(crate) missing: usize,
    pub(crate) numbers: usize,
    pub(crate) not_finite: usize,
    pub(crate) words: usize,
    /// How often each different field comes; empty where there are too `many`.
    pub(crate) distinct: HashMap<Vec<u8>, usize>,
    pub(crate) many: bool,
    /// Whether every number is whole and larger than the one before.
    rising: bool,
    first: Option<f32>,
    last: Option<f32>,
}

impl Stats {
    fn add(&mut self, field: &[u8], decimal_comma: bool) {
        match cell::read(field, decimal_comma) {
            Cell::Missing => {
                self.missing += 1;
                return;
            }
            Cell::Number(value) => {
                self.numbers += 1;
                let rises = self.last.is_none_or(|last| value > last);
                self.rising = value.fract() == 0.0 && rises && (self.rising || self.last.is_none());
                self.first = self.first.or(Some(value));
                self.last = Some(value);
            }
            Cell::NotFinite => self.not_finite += 1,
            Cell::Word => self.words += 1,
        }
        if self.many {
            return;
        }
        if let Some(count) = self.distinct.get_mut(field) {
            *count += 1;
        } else if self.distinct.len() == DISTINCT {
            self.many = true;
            self.distinct = HashMap::new();
        } else {
            self.distinct.insert(field.to_vec(), 1);
        }
    }

    /// Whether the column does no more than count the rows, some of which may be left out.
    pub(crate) fn counts(&self) -> bool {
        let span = self.last.unwrap_or(0.0) - self.first.unwrap_or(0.0) + 1.0;
        self.rising && self.words == 0 && self.numbers >= 10 && span <= 1.1 * self.numbers as f32
    }

    /// Fields that are not missing.
    pub(crate) fn present(&self) -> usize {
        self.numbers + self.not_finite + self.words
    }
}

/// The pass, and what it has found so far.
pub(crate) struct Survey {
    records: Records,
    layout: Layout,
    pub(crate) names: Vec<String>,
    pub(crate) columns: Vec<Stats>,
    /// Rows that have all their fields.
    pub(crate) rows: usize,
    /// Rows of the file, without the header and empty lines.
    pub(crate) all_rows: usize,
    pub(crate) ragged: usize,
    pub(crate) problems: Problems,
    pub(crate) preview: Vec<(u64, Vec<String>)>,
    started: bool,
}

/// Why a row cannot be read, if it cannot.
pub(crate) fn refused(row: &Row<'_>, width: usize) -> bool {
    row.fault.is_some() || row.fields.len() != width || row.fields.iter().any(|f| f.len() > MAX_FIELD)
}

impl Survey {
    pub(crate) fn new(text: &Text, layout: &Layout) -> Result<Self, Refusal> {
        let mut sample = Records::new(text, layout);
        let mut lengths = Vec::new();
        while lengths.len() < 100
            && let Some(row) = sample.next()
        {
            lengths.push(row.fields.len());
        }
        let width = usual(&lengths);
        if width > MAX_COLUMNS {
            let message = format!("{width} columns; allowed: at most {MAX_COLUMNS}");
            return Err(Refusal::at("too_many_columns", 1, None, message));
        }
        Ok(Self {
            records: Records::new(text, layout),
            layout: layout.clone(),
            names: (1..=width).map(|i| format!("column {i}")).collect(),
            columns: vec![Stats::default(); width],
            rows: 0,
            all_rows: 0,
            ragged: 0,
            problems: Problems::default(),
            preview: Vec::new(),
            started: false,
        })
    }

    pub(crate) fn position(&self) -> usize {
        self.records.position()
    }

    /// Reads up to `records` of them; whether all are read.
    pub(crate) fn advance(&mut self, records: usize) -> Result<bool, Refusal> {
        let width = self.columns.len();
        for _ in 0..records {
            let Some(row) = self.records.next() else {
                return Ok(true);
            };
            let line = row.line;
            if let Some((Fault::Open { field, .. }, at)) = row.fault {
                let message = "a quote is opened here and never closed; allowed: a field in quotes ends with a quote, and a \
                               quote within it is written twice";
                return Err(Refusal::at("unclosed_quote", at, Some(field), message));
            }
            if !self.started && self.layout.header {
                self.started = true;
                name(&mut self.names, &row, &mut self.problems);
                continue;
            }
            self.started = true;
            self.all_rows += 1;
            if self.all_rows > MAX_ROWS {
                let message = format!("a row more than {MAX_ROWS}; allowed: at most {MAX_ROWS} rows");
                return Err(Refusal::at("too_many_rows", line, None, message));
            }
            if self.preview.len() < PREVIEW {
                self.preview.push((line, row.fields.iter().map(shown).collect()));
            }
            if let Some((Fault::Stray { field, .. }, at)) = row.fault {
                let allowed = "after a closing quote a delimiter or the line's end; a quote within quotes is written twice";
                let value = row.fields.get(field - 1).unwrap_or_default();
                self.problems.add("stray_quote", at, Some(field), value, allowed, "row_left_out");
            } else if row.fields.len() != width {
                self.ragged += 1;
                let (got, allowed) =
                    (format!("{} fields", row.fields.len()), format!("{width} fields, as most rows have"));
                self.problems.add("ragged", line, None, got.as_bytes(), &allowed, "row_left_out");
            } else if let Some(i) = row.fields.iter().position(|f| f.len() > MAX_FIELD) {
                let allowed = format!("at most {MAX_FIELD} bytes in a field");
                self.problems.add("long_field", line, Some(i + 1), &row.fields[i], &allowed, "row_left_out");
            } else {
                self.rows += 1;
                for (stats, field) in self.columns.iter_mut().zip(row.fields) {
                    stats.add(field, self.layout.decimal_comma);
                }
            }
        }
        Ok(false)
    }
}

/// Names from the header; every column has one, and no two the same.
fn name(names: &mut [String], row: &Row<'_>, problems: &mut Problems) {
    if row.fields.len() != names.len() {
        let (got, allowed) = (
            format!("{} names", row.fields.len()),
            format!("{} names, as most rows have so many fields", names.len()),
        );
        problems.add("header_length", row.line, None, got.as_bytes(), &allowed, "kept");
    }
    for (i, field) in row.fields.iter().enumerate().take(names.len()) {
        let given = shown(field);
        if given.is_empty() {
            continue;
        }
        let mut unique = given.clone();
        let mut count = 1;
        while names[..i].contains(&unique) {
            count += 1;
            unique = format!("{given} ({count})");
        }
        if count > 1 {
            let allowed = "a name of its own for each column";
            problems.add("duplicate_name", row.line, Some(i + 1), field, allowed, "renamed");
        }
        names[i] = unique;
    }
}
