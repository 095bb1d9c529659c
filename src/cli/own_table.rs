//! `--table`: a user's table, read as the page reads it, for any command that takes a config.

use super::output::remark;
use clap::ValueEnum;
use distill_lab::Error;
use distill_lab::config::Config;
use distill_lab::data::Origin;
use distill_lab::data::supplied;
use distill_lab_table::{Choices, MAX_BYTES, Missing, Reading, Refusal, Report};
use serde_json::json;
use std::path::{Path, PathBuf};

/// A table and how it is read.
#[derive(clap::Args)]
pub struct OwnTable {
    /// Train on this table: text in UTF-8 with a delimiter between the fields; layout and columns are guessed.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// The column that is to be learnt: its name, or its number from 1.
    #[arg(long, value_name = "COLUMN", requires = "table")]
    label: Option<String>,
    /// What stands between fields.
    #[arg(long, requires = "table")]
    delimiter: Option<Delimiter>,
    /// Whether the first row holds names.
    #[arg(long, value_name = "true|false", requires = "table")]
    header: Option<bool>,
    /// Whether numbers are written with a comma, as in `1,5`.
    #[arg(long, value_name = "true|false", requires = "table")]
    decimal_comma: Option<bool>,
    /// Leave out rows in which a feature is missing; otherwise a number becomes the training part's mean.
    #[arg(long, requires = "table")]
    leave_out_missing: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Delimiter {
    Comma,
    Semicolon,
    Tab,
    Bar,
}

impl Delimiter {
    fn text(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Semicolon => ";",
            Self::Tab => "\t",
            Self::Bar => "|",
        }
    }
}

impl OwnTable {
    /// `config` about this table, which is handed to the engine, and how it was read ([`distill_lab_table::Recipe`], as JSON);
    /// `config` itself and nothing where there is none.
    pub fn lay_over(&self, config: Config) -> Result<(Config, String), Error> {
        let Some(file) = &self.table else {
            return Ok((config, String::new()));
        };
        let (report, table) = self.read(file)?;
        tell(file, &report);
        let shape = [table.labels.len(), table.names.len(), table.numbers, table.classes.len()];
        let hash = report.hash.clone();
        let recipe = json!(report.recipe).to_string();
        supplied::supply(&hash, handed(table))?;
        if config.data.name.origin == Origin::Table {
            // It says itself how many rows train and test.
            let wanted = &config.data.table;
            if wanted.hash == hash {
                return Ok((config, recipe));
            }
            let message = format!(
                "--table: the content of {} is {hash}; allowed: {} (content {}), as CONFIG says",
                file.display(),
                wanted.file,
                wanted.hash
            );
            return Err(Error::said("data_needed", message));
        }
        let name: String = file
            .file_name()
            .map(|n| n.to_string_lossy().chars().filter(|c| !c.is_control()).take(80).collect())
            .unwrap_or_default();
        let about = json!({
            "data": { "name": "table", "table": { "file": name, "hash": hash, "shape": shape } },
        });
        Ok((config.with(&about)?, recipe))
    }

    fn read(&self, file: &Path) -> Result<(Report, distill_lab_table::Table), Error> {
        let unreadable = |e: std::io::Error| {
            let message = format!("--table: cannot read {}: {e}", file.display());
            Error::said("unreadable", message)
        };
        let size = std::fs::metadata(file).map_err(unreadable)?.len();
        if size > MAX_BYTES as u64 {
            let message = format!("{size} bytes; allowed: at most {MAX_BYTES}");
            return Err(Error::said("too_large", format!("{}: {message}", file.display())));
        }
        let bytes = std::fs::read(file).map_err(unreadable)?;
        let refuse = |r: Refusal| Error::said(r.code, format!("{}: {}", file.display(), r.message));
        let mut choices = Choices {
            delimiter: self.delimiter.map(|d| d.text().into()),
            header: self.header,
            decimal_comma: self.decimal_comma,
            missing: if self.leave_out_missing { Missing::LeaveOut } else { Missing::Mean },
            ..Choices::default()
        };
        let mut reading = Reading::new(bytes, &choices).map_err(refuse)?;
        while !reading.advance(usize::MAX).map_err(refuse)? {}
        if let (Some(label), Some(report)) = (&self.label, reading.report()) {
            let names: Vec<&str> = report.columns.iter().map(|c| c.name.as_str()).collect();
            let named = names.iter().position(|name| name == label);
            let numbered = label.parse().ok().filter(|n| (1..=names.len()).contains(n));
            choices.label = named.or(numbered.map(|n| n - 1));
            if choices.label.is_none() {
                let message = format!(
                    "--label: got {label}; allowed: a column of {}: {}; or its number",
                    file.display(),
                    names.join(", ")
                );
                return Err(Error::said("out_of_range", message));
            }
            reading.again(&choices).map_err(refuse)?;
            while !reading.advance(usize::MAX).map_err(refuse)? {}
        }
        let table = reading.take_table();
        let Some(report) = reading.report().cloned() else {
            unreachable!("a reading that is done has a report")
        };
        match (table, &report.refusal) {
            (Some(table), _) => Ok((report, table)),
            (None, Some(refusal)) => Err(refuse(refusal.clone())),
            (None, None) => unreachable!("no table has a reason"),
        }
    }
}

/// The reader's table as the engine takes it.
fn handed(table: distill_lab_table::Table) -> supplied::Table {
    supplied::Table {
        numbers: table.numbers,
        features: table.names.len(),
        values: table.features.iter().flat_map(|v| v.to_le_bytes()).collect(),
        wide: true,
        // There are at most 100 classes.
        labels: table.labels.iter().map(|&label| label as u8).collect(),
        classes: table.classes,
    }
}

/// What was made of the file, on standard error: standard output belongs to the result.
fn tell(file: &Path, report: &Report) {
    remark(&format!(
        "{}: {} of {} rows, {} features, {} classes, {} problems",
        file.display(),
        report.kept,
        report.rows,
        report.features.len(),
        report.classes.len(),
        report.problems.total
    ));
    for (i, column) in report.columns.iter().enumerate() {
        let why = column.why_not();
        if !why.is_empty() {
            remark(&format!("  column {} ({}) is not used: {why}", i + 1, column.name));
        }
    }
    for problem in report.problems.listed.iter().take(10) {
        let column = problem.column.map_or_else(String::new, |c| format!(", column {c}"));
        remark(&format!(
            "  line {}{column}: got \"{}\"; allowed: {}; {}",
            problem.line,
            problem.value,
            problem.allowed,
            problem.done.replace('_', " ")
        ));
    }
    if report.problems.total > 10 {
        remark(&format!("  and {} more", report.problems.total - 10));
    }
}
