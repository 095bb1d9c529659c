//! Data sets of two features as a picture: every model's probabilities on a grid, and the points that it learns from.

use super::inspect::{PerModel, check_temperature, slices};
use super::{Experiment, ensemble};
use crate::Error;
use crate::config::DataName;
use crate::data::{Samples, held_out};
use crate::kernels::padded;
use crate::metrics;

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
        let members = self.nets().map(|nets| -> Vec<Vec<f32>> {
            nets.iter()
                .map(|net| ensemble::logits_of(net, &samples))
                .collect()
        });
        let rows = members.map(|logits| ensemble::soften(&slices(logits), classes, temperature).0);
        let agrees = |student: &Option<Vec<f32>>| {
            let (teacher, student) = (rows.teacher.as_ref()?, student.as_ref()?);
            Some(metrics::agreement(student, teacher, classes))
        };
        Ok(Regions {
            agreement: [agrees(&rows.student_alone), agrees(&rows.student_distilled)],
            softened: rows.map(|p| {
                p.chunks_exact(padded(classes))
                    .flat_map(|row| &row[..classes])
                    .copied()
                    .collect()
            }),
        })
    }

    /// The data set's points, `[x, y, label, role]` each: those for training, then the tests; points of one's own in the
    /// order of the config. The label is the one that is learned, noise included. Roles: 0 seen by the teacher alone,
    /// 1 by the students too, 2 by the students without its label, 3 a test.
    ///
    /// # Errors
    /// Data of another number of features than two.
    pub fn points(&self) -> Result<Vec<[f32; 4]>, Error> {
        self.check_plane()?;
        let (train, test) = (&self.data.train, &self.data.test);
        let mut roles = vec![0.0; train.len()];
        for (&i, &label) in self.transfer.indices.iter().zip(&self.transfer.labels) {
            roles[i] = if label >= 0 { 1.0 } else { 2.0 };
        }
        let row = |samples: &Samples, i: usize, role: f32| {
            let x = &samples.x[i * padded(2)..];
            [x[0], x[1], samples.labels[i] as f32, role]
        };
        let mut learned = (0..train.len()).map(|i| row(train, i, roles[i]));
        let mut tests = (0..test.len()).map(|i| row(test, i, 3.0));
        if self.config.data.name == DataName::Points {
            let all = 0..train.len() + test.len();
            let next = |i| if held_out(i) { tests.next() } else { learned.next() };
            return Ok(all.filter_map(next).collect());
        }
        Ok(learned.chain(tests).collect())
    }

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

/// The middles of a window's cells as samples.
fn grid(window: &Window) -> Samples {
    let middle = |(from, to): (f64, f64), i: usize, n: usize| {
        (from + (to - from) * (i as f64 + 0.5) / n as f64) as f32
    };
    let (columns, rows) = (window.columns, window.rows);
    let mut x = vec![0.0; rows * columns * padded(2)];
    for (i, cell) in x.chunks_exact_mut(padded(2)).enumerate() {
        cell[0] = middle(window.x, i % columns, columns);
        cell[1] = middle(window.y, i / columns, rows);
    }
    let labels = vec![0; rows * columns];
    Samples { x, labels }
}
