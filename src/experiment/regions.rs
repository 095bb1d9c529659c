//! Data sets of two features as a picture: every model's probabilities on a grid, and the points that it learns from.

use super::Experiment;
use super::arrays;
use super::inspect::{PerModel, check_temperature};
use crate::Error;
use crate::data::{Origin, Samples, held_out, to_validate};
use crate::kernels::padded;
use crate::metrics::arg_max;
use crate::refusal::{Allowed, Counted};
use ndarray::{Array2, Array3, ArrayView1, Axis};
use serde::Serialize;

/// Most cells of a grid.
const MAX_CELLS: usize = 1 << 16;

/// A grid in the plane: cell `(column, row)` stands for the point in its middle; row 0 is at the smallest `y`.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// From and to.
    pub x: (f64, f64),
    /// From and to.
    pub y: (f64, f64),
    /// Cells along `x`.
    pub columns: usize,
    /// Cells along `y`.
    pub rows: usize,
}

/// What the models say on a grid.
#[derive(Clone, Debug)]
pub struct Regions {
    /// `softmax(logits / T)`, `[rows, columns, classes]`; `None` for a model that has not begun.
    pub softened: PerModel<Array3<f32>>,
    /// Share of cells in which a student's largest probability is the teacher's; of alone and distilled.
    pub agreement: [Option<f64>; 2],
}

impl Regions {
    pub(super) fn of(softened: PerModel<Array3<f32>>) -> Self {
        let agrees =
            |student: &Option<Array3<f32>>| Some(agreement(softened.teacher.as_ref()?, student.as_ref()?));
        let agreement = [agrees(&softened.student_alone), agrees(&softened.student_distilled)];
        Self { softened, agreement }
    }
}

/// The points of a data set of two features, a column for each quantity.
#[derive(Clone, Debug, Default)]
pub struct PlanePoints {
    /// First feature.
    pub x: Vec<f32>,
    /// Second feature.
    pub y: Vec<f32>,
    /// The class that is learned, noise included.
    pub label: Vec<u8>,
    /// Who learns from it: a [`Role`] as a number.
    pub role: Vec<u8>,
}

/// Who learns from a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Role {
    /// The teacher alone.
    Teacher,
    /// The teacher, and the students with its label.
    Labelled,
    /// The teacher, and the students without its label.
    Unlabelled,
    /// No model: to choose by.
    Validation,
    /// No model.
    Test,
}

impl Experiment {
    /// Every model's softened probabilities on a grid. A window of one cell asks about one point.
    ///
    /// # Errors
    /// Data of another number of features than two; no cell or more than 65,536; a temperature out of range.
    pub fn regions(&self, window: &Window, temperature: f64) -> Result<Regions, Error> {
        check_temperature(temperature)?;
        self.check_plane()?;
        let cells = window.columns.saturating_mul(window.rows);
        if cells == 0 || cells > MAX_CELLS {
            let allowed = Allowed::Count { of: Counted::Cells, min: 1, max: MAX_CELLS };
            return Err(Error::new("out_of_range", "window", cells, allowed));
        }
        let samples = grid(window);
        let shape = (window.rows, window.columns, self.data.shape.classes.len());
        let softened = self.nets().map(|nets| {
            let answers = self.softened(nets, &samples, temperature);
            answers.into_shape_with_order(shape).expect("a row for each cell")
        });
        Ok(Regions::of(softened))
    }

    /// The data set's points: those for training or to choose by, then the tests; points that the config brings keep their order.
    ///
    /// # Errors
    /// Data of another number of features than two.
    pub fn points(&self) -> Result<PlanePoints, Error> {
        self.check_plane()?;
        let (train, test) = (&self.data.train, &self.data.test);
        let mut roles = vec![Role::Teacher; train.len()];
        for (&i, &label) in self.transfer.indices.iter().zip(&self.transfer.labels) {
            roles[i] = if label >= 0 { Role::Labelled } else { Role::Unlabelled };
        }
        let own = self.config.data.name.origin == Origin::Points;
        let validation = &self.data.validation;
        let is_out = to_validate(train.len() + validation.len(), validation.len(), self.config.seed);
        let (mut learned, mut chosen_by, mut tests) = (0, 0, 0);
        let mut points = PlanePoints::default();
        while points.x.len() < is_out.len() + test.len() {
            let is_test = if own { held_out(points.x.len()) } else { learned + chosen_by == is_out.len() };
            let (samples, next, role) = if is_test {
                (test, &mut tests, Role::Test)
            } else if is_out[learned + chosen_by] {
                (validation, &mut chosen_by, Role::Validation)
            } else {
                let role = roles[learned];
                (train, &mut learned, role)
            };
            let x = &samples.x[*next * padded(2)..];
            points.x.push(x[0]);
            points.y.push(x[1]);
            points.label.push(samples.labels[*next] as u8);
            points.role.push(role as u8);
            *next += 1;
        }
        Ok(points)
    }

    fn check_plane(&self) -> Result<(), Error> {
        let features = self.data.shape.features;
        if features == 2 {
            return Ok(());
        }
        Err(Error::new("out_of_range", "data.name", features, Allowed::Plane))
    }
}

/// Share of cells, `[rows, columns, classes]`, whose largest values are at the same class.
fn agreement(one: &Array3<f32>, other: &Array3<f32>) -> f64 {
    let largest = |p: ArrayView1<f32>| p.as_slice().map(arg_max);
    let cells = one.lanes(Axis(2)).into_iter().zip(other.lanes(Axis(2)));
    let same = cells.filter(|(a, b)| largest(*a) == largest(*b)).count();
    same as f64 / (one.len() / one.dim().2) as f64
}

/// The middles of a window's cells as samples.
fn grid(window: &Window) -> Samples {
    let middle = |(from, to): (f64, f64), i: usize, n: usize| {
        (from + (to - from) * (i as f64 + 0.5) / n as f64) as f32
    };
    let (columns, rows) = (window.columns, window.rows);
    let x = Array2::from_shape_fn((rows * columns, 2), |(i, axis)| match axis {
        0 => middle(window.x, i % columns, columns),
        _ => middle(window.y, i / columns, rows),
    });
    arrays::samples(x.view(), vec![-1; rows * columns])
}
