//! The plane as a picture, and what the student took over from the teacher.

use super::Column;
use crate::experiment::{self, PerModel, PlanePoints, Role, Window};
use ndarray::{Array2, Array3};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// Roles by their number.
pub(crate) const ROLES: [Role; 5] =
    [Role::Teacher, Role::Labelled, Role::Unlabelled, Role::Validation, Role::Test];

/// Every model's softened probabilities on a grid whose row 0 is at the smallest y.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Regions {
    columns: usize,
    rows: usize,
    /// 0 where no model has begun.
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
        let p = &regions.softened;
        let begun = [&p.teacher, &p.student_alone, &p.student_distilled];
        let any: Option<&Array3<f32>> = begun.into_iter().flatten().next();
        Self {
            columns: window.columns,
            rows: window.rows,
            classes: any.map_or(0, |grid| grid.dim().2),
            softened: p.map(|grid| Column(grid.iter().copied().collect())),
            agreement: Agreement { student_alone, student_distilled },
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
    label: u8,
    role: Role,
}

impl WorldPoint {
    pub(super) fn all(points: &PlanePoints) -> Vec<Self> {
        let point = |i: usize| Self {
            x: points.x[i],
            y: points.y[i],
            label: points.label[i],
            role: ROLES[usize::from(points.role[i])],
        };
        (0..points.x.len()).map(point).collect()
    }
}

/// What the student took over from the teacher, on the test set.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Takeover {
    /// `[classes][classes]`: the teacher's mean softened output by true class, NaN in the rows of a class without samples;
    /// null before it is trained.
    similarity: Option<Vec<Vec<f64>>>,
    /// Bins of the reliability diagram; null for a model that is not trained.
    reliability: PerModel<Vec<Bin>>,
    /// Every test sample; null before all three are trained.
    predictions: Option<TestPredictions>,
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
        let bin = |&[count, confidence, accuracy]: &[f64; 3]| Bin { count, confidence, accuracy };
        let rows = |matrix: Array2<f64>| matrix.outer_iter().map(|row| row.to_vec()).collect();
        Self {
            similarity: took.similarity.map(rows),
            reliability: took.reliability.map(|bins| bins.iter().map(bin).collect()),
            predictions: took.predictions.map(|p| TestPredictions {
                label: Column(p.label),
                teacher: Column(p.teacher),
                student_alone: Column(p.student_alone),
                student_distilled: Column(p.student_distilled),
            }),
        }
    }
}
