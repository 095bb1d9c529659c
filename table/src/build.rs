//! The second pass: features and labels of every row that can be used.

use crate::cell::{self, Cell};
use crate::choices::{Choices, Kind, Missing};
use crate::columns::Column;
use crate::layout::Layout;
use crate::problem::{Problems, Refusal};
use crate::records::Records;
use crate::survey::{Stats, refused};
use crate::table::Table;
use crate::text::Text;
use crate::{MAX_CATEGORIES, MAX_CELLS, MAX_CLASSES, MAX_FEATURES, MIN_ROWS};
use std::collections::HashMap;

/// Columns of which a refusal says why they are not used.
const SHOWN_COLUMNS: usize = 3;

/// Where a column's fields go.
enum Encoder {
    Number {
        feature: usize,
    },
    /// A feature for each, from the first on.
    Category {
        codes: HashMap<Vec<u8>, usize>,
    },
    Label {
        codes: HashMap<Vec<u8>, usize>,
    },
    Ignored,
}

/// The pass, and what it has read so far.
pub(crate) struct Build {
    records: Records,
    layout: Layout,
    missing: Missing,
    encoders: Vec<Encoder>,
    table: Table,
    row: Vec<f32>,
    pub(crate) problems: Problems,
    started: bool,
}

impl Build {
    /// # Errors
    /// Columns from which no classifier can be made.
    pub(crate) fn new(
        text: &Text,
        layout: &Layout,
        columns: &[Column],
        stats: &[Stats],
        rows: usize,
        choices: &Choices,
    ) -> Result<Self, Refusal> {
        let label = label(columns, rows)?;
        let (mut encoders, mut table) = (Vec::new(), Table::default());
        table.names = columns.iter().filter(|c| c.kind == Kind::Number).map(|c| c.name.clone()).collect();
        table.numbers = table.names.len();
        let mut feature = 0;
        for (i, column) in columns.iter().enumerate() {
            encoders.push(match column.kind {
                Kind::Ignored => Encoder::Ignored,
                Kind::Number => {
                    feature += 1;
                    Encoder::Number { feature: feature - 1 }
                }
                Kind::Label => {
                    let (names, codes) = codes(&stats[i], layout.decimal_comma, 0);
                    table.classes = names;
                    Encoder::Label { codes }
                }
                Kind::Category => {
                    if column.distinct.is_none_or(|d| d > MAX_CATEGORIES) {
                        let message = format!(
                            "column {} ({}): {} different values; allowed for a category: at most {MAX_CATEGORIES}",
                            i + 1,
                            column.name,
                            column.distinct.map_or_else(|| format!("more than {MAX_CLASSES}"), |d| d.to_string()),
                        );
                        return Err(Refusal {
                            column: Some(i + 1),
                            ..Refusal::whole("too_many_categories", message)
                        });
                    }
                    let (names, codes) = codes(&stats[i], layout.decimal_comma, table.names.len());
                    table
                        .names
                        .extend(names.iter().map(|n| format!("{} = {n}", column.name)));
                    Encoder::Category { codes }
                }
            });
        }
        let features = table.names.len();
        if features == 0 {
            let why: Vec<String> = columns
                .iter()
                .enumerate()
                .filter(|(_, c)| !c.why_not().is_empty())
                .take(SHOWN_COLUMNS)
                .map(|(i, c)| format!("column {} ({}): {}", i + 1, c.name, c.why_not()))
                .collect();
            let message = format!(
                "no column is left to learn from beside the label ({}){}{}; allowed: at least one number or category",
                columns[label].name,
                if why.is_empty() { "" } else { "; not used: " },
                why.join("; ")
            );
            return Err(Refusal::whole("no_features", message));
        }
        if features > MAX_FEATURES || features * rows > MAX_CELLS {
            let message = format!(
                "{rows} rows of {features} features; allowed: at most {MAX_FEATURES} features, and {MAX_CELLS} numbers in all"
            );
            return Err(Refusal::whole("too_large", message));
        }
        table.features.reserve_exact(features * rows);
        table.labels.reserve_exact(rows);
        Ok(Self {
            records: Records::new(text, layout),
            layout: layout.clone(),
            missing: choices.missing,
            encoders,
            table,
            row: Vec::new(),
            problems: Problems::default(),
            started: false,
        })
    }

    pub(crate) fn position(&self) -> usize {
        self.records.position()
    }

    /// Reads up to `records` of them; whether all are read.
    pub(crate) fn advance(&mut self, records: usize) -> bool {
        for _ in 0..records {
            let Some(row) = self.records.next() else {
                return true;
            };
            let header = !self.started && self.layout.header;
            self.started = true;
            if header || refused(&row, self.encoders.len()) {
                continue;
            }
            self.row.clear();
            self.row.resize(self.table.names.len(), 0.0);
            let (mut class, mut gaps, mut left_out) = (None, 0, None);
            for (i, (encoder, field)) in self.encoders.iter().zip(row.fields).enumerate() {
                let kind = cell::read(field, self.layout.decimal_comma);
                match encoder {
                    Encoder::Ignored => {}
                    Encoder::Label { codes } if kind != Cell::Missing => class = codes.get(field).copied(),
                    Encoder::Label { .. } => left_out = Some(i),
                    Encoder::Category { codes } if kind != Cell::Missing => {
                        if let Some(&feature) = codes.get(field) {
                            self.row[feature] = 1.0;
                        }
                    }
                    Encoder::Number { feature } => {
                        let (code, allowed) = match kind {
                            Cell::Number(value) => {
                                self.row[*feature] = value;
                                continue;
                            }
                            Cell::Missing => ("missing", "a number"),
                            Cell::NotFinite => ("not_finite", "a finite number, at most 3.4e38 in size"),
                            Cell::Word => ("not_a_number", "a number such as 1.5 or -2e3, or nothing"),
                        };
                        gaps += 1;
                        self.row[*feature] = f32::NAN;
                        let done = done(self.missing);
                        self.problems.add(code, row.line, Some(i + 1), field, allowed, done);
                    }
                    Encoder::Category { .. } => {
                        gaps += 1;
                        let done = done(self.missing);
                        self.problems.add("missing", row.line, Some(i + 1), field, "a category", done);
                    }
                }
            }
            if let Some(i) = left_out {
                self.problems.add("missing_label", row.line, Some(i + 1), b"", "a class", "row_left_out");
            } else if let Some(class) = class
                && (gaps == 0 || self.missing == Missing::Mean)
            {
                self.table.features.extend_from_slice(&self.row);
                self.table.labels.push(class as i32);
            }
        }
        false
    }

    /// The table, with those classes that still have rows, and how many rows each has.
    ///
    /// # Errors
    /// Too few rows or classes are left.
    pub(crate) fn finish(self) -> Result<(Table, Vec<usize>), Refusal> {
        let mut table = self.table;
        let mut counts = vec![0; table.classes.len()];
        for &label in &table.labels {
            counts[label as usize] += 1;
        }
        let mut to = vec![0; counts.len()];
        let mut kept = 0;
        for (label, &count) in counts.iter().enumerate() {
            to[label] = kept;
            kept += i32::from(count > 0);
        }
        for label in &mut table.labels {
            *label = to[*label as usize];
        }
        let mut with_rows = counts.iter().map(|&c| c > 0);
        table.classes.retain(|_| with_rows.next() == Some(true));
        counts.retain(|&c| c > 0);
        let rows = table.labels.len();
        if rows < MIN_ROWS {
            let message = format!(
                "{rows} rows can be used; allowed: at least {MIN_ROWS}, some to train and some to test"
            );
            return Err(Refusal::whole("too_few_rows", message));
        }
        if table.classes.len() < 2 {
            return Err(one_class("the rows that can be used", table.classes.first()));
        }
        Ok((table, counts))
    }
}

fn done(missing: Missing) -> &'static str {
    match missing {
        Missing::Mean => "taken_as_missing",
        Missing::LeaveOut => "row_left_out",
    }
}

/// Names of a column's values in their order (numbers by size), and where each of its fields goes, from `first` on.
fn codes(stats: &Stats, decimal_comma: bool, first: usize) -> (Vec<String>, HashMap<Vec<u8>, usize>) {
    let as_number = stats.words == 0;
    let name = |field: &[u8]| cell::name(field, as_number, decimal_comma);
    let mut names: Vec<String> = stats.distinct.keys().map(|f| name(f)).collect();
    names.sort();
    names.dedup();
    if as_number {
        let value = |n: &String| n.parse::<f64>().unwrap_or(f64::INFINITY);
        names.sort_by(|a, b| value(a).total_cmp(&value(b)));
    }
    let place: HashMap<&String, usize> = names.iter().zip(first..).collect();
    let codes = stats.distinct.keys().filter_map(|f| Some((f.clone(), *place.get(&name(f))?))).collect();
    (names, codes)
}

/// The label's column, if it can be one.
fn label(columns: &[Column], rows: usize) -> Result<usize, Refusal> {
    let Some((i, column)) = columns.iter().enumerate().find(|(_, c)| c.kind == Kind::Label) else {
        let message = "no column is the label; allowed: one column that holds the classes to be learnt";
        return Err(Refusal::whole("no_label", message));
    };
    let place = format!("column {} ({})", i + 1, column.name);
    let refuse = |code, message: String| Refusal { column: Some(i + 1), ..Refusal::whole(code, message) };
    match column.distinct {
        Some(0) => Err(refuse(
            "empty_label",
            format!("{place}: the label has no values; allowed: 2 to {MAX_CLASSES} classes"),
        )),
        Some(1) => {
            let mut refusal = one_class(&place, None);
            refusal.column = Some(i + 1);
            Err(refusal)
        }
        Some(d) if d <= MAX_CLASSES => Ok(i),
        _ if column.numbers > column.words => Err(refuse(
            "too_many_classes",
            format!(
                "{place}: more than {MAX_CLASSES} different numbers in {rows} rows: a quantity to be estimated (a regression), \
                 perhaps; allowed: 2 to {MAX_CLASSES} classes"
            ),
        )),
        _ => Err(refuse(
            "too_many_classes",
            format!(
                "{place}: more than {MAX_CLASSES} different labels in {rows} rows; allowed: 2 to {MAX_CLASSES} classes"
            ),
        )),
    }
}

fn one_class(place: &str, class: Option<&String>) -> Refusal {
    let which = class.map_or_else(String::new, |c| format!(" (\"{c}\")"));
    Refusal::whole(
        "one_class",
        format!(
            "{place}: one class alone{which}, so there is nothing to tell apart; allowed: 2 to {MAX_CLASSES} classes"
        ),
    )
}
