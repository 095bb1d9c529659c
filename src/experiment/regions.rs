//! Data sets of two features as a picture: every model's probabilities on a grid, and the points that it learns from.
//!
//! No step comes by here, and everyone downloads it: the compiler is told to keep it small (`cold`), not to unroll it.

use super::inspect::{PerModel, check_temperature, slices};
use super::{Experiment, ensemble};
use crate::Error;
use crate::data::{Origin, Samples, held_out};
use crate::kernels::padded;
use crate::metrics::arg_max;
use crate::nn::Mlp;

/// Most cells of a grid.
const MOST_CELLS: usize = 1 << 16;

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
    /// Classes of the data set.
    pub classes: usize,
    /// `softmax(logits / T)`, `[rows, columns, classes]`; `None` for a model that has not begun.
    pub softened: PerModel<Vec<f32>>,
    /// Share of cells in which a student's largest probability is the teacher's; of alone and distilled.
    pub agreement: [Option<f64>; 2],
}

impl Experiment {
    /// Every model's softened probabilities on a grid. A window of one cell asks about one point.
    ///
    /// # Errors
    /// Data of another number of features than two; no cell or more than 65,536; a temperature out of range.
    #[cold]
    #[inline(never)]
    pub fn regions(&self, window: &Window, temperature: f64) -> Result<Regions, Error> {
        check_temperature(temperature)?;
        self.check_plane()?;
        let cells = window.columns.saturating_mul(window.rows);
        if cells == 0 || cells > MOST_CELLS {
            let message = format!("window: got {cells} cells; allowed: 1 to {MOST_CELLS}");
            return Err(Error::at("out_of_range", "window", message));
        }
        let samples = grid(window);
        let classes = self.data.shape.classes.len();
        let softened = self
            .nets()
            .map(|nets| answers(nets, &samples, classes, temperature));
        let agrees = |student: &Option<Vec<f32>>| match (&softened.teacher, student) {
            (Some(teacher), Some(student)) => Some(agreement(teacher, student, classes)),
            _ => None,
        };
        Ok(Regions {
            classes,
            agreement: [
                agrees(&softened.student_alone),
                agrees(&softened.student_distilled),
            ],
            softened,
        })
    }

    /// The data set's points, `[x, y, label, role]` each: those for training, then the tests; points of one's own in the
    /// order of the config. The label is the one that is learned, noise included. Roles: 0 seen by the teacher alone,
    /// 1 by the students too, 2 by the students without its label, 3 a test.
    ///
    /// # Errors
    /// Data of another number of features than two.
    #[cold]
    #[inline(never)]
    pub fn points(&self) -> Result<Vec<[f32; 4]>, Error> {
        self.check_plane()?;
        let (train, test) = (&self.data.train, &self.data.test);
        let mut roles = vec![0.0; train.len()];
        for (&i, &label) in self.transfer.indices.iter().zip(&self.transfer.labels) {
            roles[i] = if label >= 0 { 1.0 } else { 2.0 };
        }
        let own = self.config.data.name.origin == Origin::Points;
        let (mut learned, mut tests) = (0, 0);
        let mut points = Vec::with_capacity(train.len() + test.len());
        while points.len() < train.len() + test.len() {
            let is_test = if own {
                held_out(points.len())
            } else {
                learned == train.len()
            };
            let (samples, next, role) = if is_test {
                (test, &mut tests, 3.0)
            } else {
                let role = roles[learned];
                (train, &mut learned, role)
            };
            let x = &samples.x[*next * padded(2)..];
            points.push([x[0], x[1], samples.labels[*next] as f32, role]);
            *next += 1;
        }
        Ok(points)
    }

    #[cold]
    #[inline(never)]
    fn check_plane(&self) -> Result<(), Error> {
        let features = self.data.shape.features;
        if features == 2 {
            return Ok(());
        }
        let message =
            format!("data.name: got a data set of {features} features; allowed: one of two, such as spirals");
        Err(Error::at("out_of_range", "data.name", message))
    }
}

/// The softened answers of a model's members on samples, `[rows, classes]`.
#[cold]
#[inline(never)]
fn answers(nets: &[&Mlp], samples: &Samples, classes: usize, temperature: f64) -> Vec<f32> {
    let mut logits = Vec::with_capacity(nets.len());
    for net in nets {
        logits.push(ensemble::logits_of(net, samples));
    }
    let (padded_rows, _) = ensemble::soften(&slices(&logits), classes, temperature);
    let mut rows = Vec::with_capacity(samples.len() * classes);
    for row in padded_rows.chunks_exact(padded(classes)) {
        rows.extend_from_slice(&row[..classes]);
    }
    rows
}

/// Share of rows, `[rows, classes]`, whose largest values are at the same class.
#[cold]
#[inline(never)]
fn agreement(one: &[f32], other: &[f32], classes: usize) -> f64 {
    let mut same = 0;
    for (a, b) in one.chunks_exact(classes).zip(other.chunks_exact(classes)) {
        same += usize::from(arg_max(a) == arg_max(b));
    }
    same as f64 / (one.len() / classes) as f64
}

/// The middles of a window's cells as samples.
#[cold]
#[inline(never)]
fn grid(window: &Window) -> Samples {
    let middle = |(from, to): (f64, f64), i: usize, n: usize| {
        (from + (to - from) * (i as f64 + 0.5) / n as f64) as f32
    };
    let (columns, rows) = (window.columns, window.rows);
    let mut x = Vec::with_capacity(rows * columns * padded(2));
    for i in 0..rows * columns {
        x.push(middle(window.x, i % columns, columns));
        x.push(middle(window.y, i / columns, rows));
        x.resize((i + 1) * padded(2), 0.0);
    }
    Samples {
        x,
        labels: vec![0; rows * columns],
        features: 2,
    }
}
