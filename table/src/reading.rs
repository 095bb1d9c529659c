//! A reading, from bytes to a table, in steps.

use crate::build::Build;
use crate::choices::Choices;
use crate::columns::{Column, columns};
use crate::layout::Layout;
use crate::problem::{Problems, Refusal};
use crate::recipe::Recipe;
use crate::survey::{Stats, Survey};
use crate::table::Table;
use crate::text::Text;
use serde::Serialize;

/// A class and how many rows have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Rows of it.
    pub rows: usize,
}

/// What a reading found, for people.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// How the file is laid out.
    pub layout: Layout,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The first rows, as they are, each with its line.
    pub preview: Vec<(u64, Vec<String>)>,
    /// Rows of the file, without the header and empty lines.
    pub rows: usize,
    /// Rows in the table.
    pub kept: usize,
    /// Names of the table's features.
    pub features: Vec<String>,
    /// How many of them are numbers; the others are categories taken apart.
    pub numbers: usize,
    /// The classes, by label.
    pub classes: Vec<Class>,
    /// What could not be used as it is.
    pub problems: Problems,
    /// Why there is no table, as the file is read now; another choice may help.
    pub refusal: Option<Refusal>,
    /// [`Table::hash`]; empty where there is none.
    pub hash: String,
    /// How the same table is read from the same file elsewhere; nothing where there is none.
    pub recipe: Option<Recipe>,
}

/// What a survey leaves.
struct Surveyed {
    layout: Layout,
    names: Vec<String>,
    stats: Vec<Stats>,
    rows: usize,
    all_rows: usize,
    ragged: usize,
    problems: Problems,
    preview: Vec<(u64, Vec<String>)>,
}

enum Pass {
    Survey(Box<Survey>),
    Build(Box<Build>),
    Done,
}

/// A file being read. [`Reading::advance`] until it is done; then there are a report and perhaps a table.
pub struct Reading {
    text: Text,
    choices: Choices,
    layout: Layout,
    surveyed: Option<Surveyed>,
    columns: Vec<Column>,
    pass: Pass,
    report: Option<Report>,
    table: Option<Table>,
}

impl Reading {
    /// Starts to read the bytes of a file.
    ///
    /// # Errors
    /// Bytes that are no text; choices that are not allowed; too many columns.
    pub fn new(bytes: Vec<u8>, choices: &Choices) -> Result<Self, Refusal> {
        let text = Text::new(bytes)?;
        let layout = Layout::of(&text, choices)?;
        let survey = Survey::new(&text, &layout)?;
        Ok(Self {
            text,
            choices: choices.clone(),
            layout,
            surveyed: None,
            columns: Vec::new(),
            pass: Pass::Survey(Box::new(survey)),
            report: None,
            table: None,
        })
    }

    /// Reads the same file otherwise; where its layout stays, what was found about the columns does too.
    ///
    /// # Errors
    /// As [`Reading::new`]; the reading is then over.
    pub fn again(&mut self, choices: &Choices) -> Result<(), Refusal> {
        (self.report, self.table, self.pass) = (None, None, Pass::Done);
        self.choices = choices.clone();
        self.layout = Layout::of(&self.text, choices)?;
        if self.surveyed.as_ref().is_none_or(|s| s.layout != self.layout) {
            self.surveyed = None;
            self.pass = Pass::Survey(Box::new(Survey::new(&self.text, &self.layout)?));
        } else {
            self.build();
        }
        Ok(())
    }

    /// A whole file at once: what is in it, and the table unless the report says why there is none.
    ///
    /// # Errors
    /// As [`Reading::new`] and [`Reading::advance`].
    pub fn whole(bytes: Vec<u8>, choices: &Choices) -> Result<(Report, Option<Table>), Refusal> {
        let mut reading = Self::new(bytes, choices)?;
        while !reading.advance(usize::MAX)? {}
        let table = reading.take_table();
        // A reading that is done has its report.
        reading
            .report
            .map(|report| (report, table))
            .ok_or_else(|| Refusal::whole("unread", "the file has not been read"))
    }

    /// Reads on by up to `records` records; whether it is done.
    ///
    /// # Errors
    /// A quote that is never closed; too many rows. The reading is then over.
    pub fn advance(&mut self, records: usize) -> Result<bool, Refusal> {
        match &mut self.pass {
            Pass::Survey(survey) => match survey.advance(records) {
                Ok(true) => self.surveyed(),
                Ok(false) => {}
                Err(refusal) => {
                    self.pass = Pass::Done;
                    return Err(refusal);
                }
            },
            Pass::Build(build) => {
                if build.advance(records) {
                    self.built();
                }
            }
            Pass::Done => {}
        }
        Ok(matches!(self.pass, Pass::Done))
    }

    /// The share that has been read, from 0 to 1: each pass is half of it.
    pub fn progress(&self) -> f64 {
        let share = |position: usize| position as f64 / self.text.as_ref().len() as f64 / 2.0;
        match &self.pass {
            Pass::Survey(survey) => share(survey.position()),
            Pass::Build(build) => 0.5 + share(build.position()),
            Pass::Done => 1.0,
        }
    }

    /// How the file is laid out.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What was found, once it is done.
    pub fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    /// The table, once it is done and if there is one; afterwards it is gone.
    pub fn take_table(&mut self) -> Option<Table> {
        self.table.take()
    }

    fn surveyed(&mut self) {
        let Pass::Survey(survey) = std::mem::replace(&mut self.pass, Pass::Done) else {
            return;
        };
        self.surveyed = Some(Surveyed {
            layout: self.layout.clone(),
            names: survey.names,
            stats: survey.columns,
            rows: survey.rows,
            all_rows: survey.all_rows,
            ragged: survey.ragged,
            problems: survey.problems,
            preview: survey.preview,
        });
        self.build();
    }

    fn build(&mut self) {
        let Some(found) = &self.surveyed else { return };
        let comma = self.layout.decimal_comma;
        self.columns = columns(&found.names, &found.stats, &self.choices, comma);
        let build = hopeless(found).map_or(Ok(()), Err).and_then(|()| {
            let (columns, stats) = (&self.columns, &found.stats);
            Build::new(&self.text, &self.layout, columns, stats, found.rows, &self.choices)
        });
        match build {
            Ok(build) => self.pass = Pass::Build(Box::new(build)),
            Err(refusal) => self.finish(None, Vec::new(), &Problems::default(), Some(refusal)),
        }
    }

    fn built(&mut self) {
        let Pass::Build(mut build) = std::mem::replace(&mut self.pass, Pass::Done) else {
            return;
        };
        let problems = std::mem::take(&mut build.problems);
        match build.finish() {
            Ok((table, counts)) => self.finish(Some(table), counts, &problems, None),
            Err(refusal) => self.finish(None, Vec::new(), &problems, Some(refusal)),
        }
    }

    fn finish(
        &mut self,
        table: Option<Table>,
        counts: Vec<usize>,
        problems: &Problems,
        refusal: Option<Refusal>,
    ) {
        let Some(found) = &self.surveyed else { return };
        let names = table.as_ref().map_or(&[][..], |t| &t.classes);
        let hash = table.as_ref().map_or_else(String::new, Table::hash);
        self.report = Some(Report {
            layout: self.layout.clone(),
            columns: self.columns.clone(),
            preview: found.preview.clone(),
            rows: found.all_rows,
            kept: table.as_ref().map_or(0, |t| t.labels.len()),
            features: table.as_ref().map_or_else(Vec::new, |t| t.names.clone()),
            numbers: table.as_ref().map_or(0, |t| t.numbers),
            classes: names
                .iter()
                .zip(counts)
                .map(|(name, rows)| Class { name: name.clone(), rows })
                .collect(),
            problems: found.problems.clone().merge(problems),
            refusal,
            recipe: table
                .is_some()
                .then(|| Recipe::new(&self.layout, &self.columns, &self.choices, names, hash.clone())),
            hash,
        });
        self.table = table;
        self.pass = Pass::Done;
    }
}

/// Why no choice of columns would help.
fn hopeless(found: &Surveyed) -> Option<Refusal> {
    if found.all_rows == 0 {
        let message = "there are no rows below the header; allowed: a row for each sample (if the first row is one, say that there \
                       is no header)";
        return Some(Refusal::whole("no_rows", message));
    }
    if found.names.len() < 2 {
        let message = "one column alone, so that there is a label or a feature, but not both; allowed: two columns at least (is \
                       the delimiter right?)";
        return Some(Refusal::whole("one_column", message));
    }
    if 2 * found.ragged > found.all_rows {
        let message = format!(
            "{} of {} rows do not have {} fields; allowed: the same number of fields in every row (is the delimiter right?)",
            found.ragged,
            found.all_rows,
            found.names.len()
        );
        return Some(Refusal::whole("ragged", message));
    }
    None
}
