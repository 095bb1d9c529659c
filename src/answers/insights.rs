//! The plane as a picture, and what the student took over from the teacher.

use super::Column;
use crate::experiment::{self, PerModel, Window};
use crate::metrics;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// Every model's softened probabilities on a grid whose row 0 is at the smallest y.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Regions {
    columns: usize,
    rows: usize,
    classes: usize,
    /// `[rows, columns, classes]`; null for a model that has not begun.
    softened: PerModel<Column<f32>>,
    agreement: Agreement,
}

/// Share of cells in which a student's likeliest class is the teacher's.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Agreement {
    student_alone: Option<f64>,
    student_distilled: Option<f64>,
}

impl Regions {
    pub(super) fn new(window: &Window, regions: experiment::Regions) -> Self {
        let [student_alone, student_distilled] = regions.agreement;
        let p = regions.softened;
        Self {
            columns: window.columns,
            rows: window.rows,
            classes: regions.classes,
            softened: PerModel {
                teacher: p.teacher.map(Column),
                student_alone: p.student_alone.map(Column),
                student_distilled: p.student_distilled.map(Column),
            },
            agreement: Agreement {
                student_alone,
                student_distilled,
            },
        }
    }
}

/// A point of a data set in the plane.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct WorldPoint {
    x: f32,
    y: f32,
    /// The class that is learned, noise included.
    label: usize,
    role: Role,
}

/// Who sees a point: the teacher alone, the students too, the students without its label, nobody (a test).
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Teacher,
    Labelled,
    Unlabelled,
    Test,
}

impl From<[f32; 4]> for WorldPoint {
    fn from([x, y, label, role]: [f32; 4]) -> Self {
        let role = match role as u8 {
            0 => Role::Teacher,
            1 => Role::Labelled,
            2 => Role::Unlabelled,
            _ => Role::Test,
        };
        Self {
            x,
            y,
            label: label as usize,
            role,
        }
    }
}

/// What the student took over from the teacher, on the test set.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Takeover {
    /// `[classes][classes]`: the teacher's mean softened output by true class, NaN in the rows of a class without samples;
    /// empty before it is trained.
    similarity: Vec<Vec<f64>>,
    /// Bins of the reliability diagram; null for a model that is not trained.
    reliability: PerModel<Vec<Bin>>,
    /// Every test sample; empty before all three are trained.
    predictions: TestPredictions,
}

/// A bin of the reliability diagram.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Bin {
    /// Samples.
    count: f64,
    /// Mean of their largest probability.
    confidence: f64,
    /// Share of them that is right.
    accuracy: f64,
}

/// Of every test sample its label, and what each model takes it for.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct TestPredictions {
    label: Column<u8>,
    teacher: Column<u8>,
    student_alone: Column<u8>,
    student_distilled: Column<u8>,
}

impl From<experiment::Takeover> for Takeover {
    fn from(took: experiment::Takeover) -> Self {
        let classes = took.similarity.len().isqrt();
        let bin = |&[count, confidence, accuracy]: &metrics::Bin| Bin {
            count,
            confidence,
            accuracy,
        };
        let column = |at: usize| Column(took.predictions.iter().map(|p| p[at]).collect());
        Self {
            similarity: took
                .similarity
                .chunks(classes.max(1))
                .map(<[f64]>::to_vec)
                .collect(),
            reliability: took.reliability.map(|bins| bins.iter().map(bin).collect()),
            predictions: TestPredictions {
                label: column(0),
                teacher: column(1),
                student_alone: column(2),
                student_distilled: column(3),
            },
        }
    }
}
