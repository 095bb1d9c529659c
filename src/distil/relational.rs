//! Relations between samples: soft targets, and the student's distances and angles drawn to the teacher's.
//!
//! With rows `x_i` of either network's last hidden layer and `huber(d) = d^2 / 2` where `|d| <= 1`, else `|d| - 1/2`:
//!
//! - distance: `D_ij = |x_i - x_j| / mu`, mu the mean over pairs at non-zero distance; the mean of `huber(D^s_ij - D^t_ij)` over n^2 pairs;
//! - angle: `e_ij = (x_i - x_j) / |x_i - x_j|`, `A_ijk = e_ij . e_ik`; the mean of `huber(A^s_ijk - A^t_ijk)` over n^3 triples.
//!
//! Rows that are exactly equal have distance 0, direction 0 and gradient 0. mu is differentiated, too. No label is needed. n is the
//! number of rows that a batch has: an epoch's last batch may be shorter.
//!
//! By the law of cosines `A_ijk = (s_ij + s_ik - s_jk) / (2 sqrt(s_ij s_ik))`, with `s_ij = |x_i - x_j|^2`: both terms are functions of the
//! squared distances alone, so that n^3 triples cost a few operations each, whatever the width, and every gradient comes by way of
//! `d s_ij / d x_i = 2 (x_i - x_j)`. Differences of rows are exact in `f64`, and all goes in it.
//!
//! Shapes: student `[n, padded(s)]`, teacher `[n, padded(t)]`; s and t may differ.
//! Source: Park, Kim, Lu and Cho, CVPR 2019, arXiv:1904.05068, equations 5 to 10.

use super::soft_targets::SOFT;
use super::{Answer, Method, MethodOption, Term, Weight, Words};
use crate::field::{number, python};
use crate::kernels::{LANES, padded};
use crate::loss::{Batch, Gradients, Hidden, Loss, Scratch};
use std::sync::Arc;

pub(super) const METHOD: Method = Method {
    name: "relational",
    title: Words { en: "Relations", de: "Beziehungen" },
    helps: Words {
        en: "Helps where the teacher's sense of likeness is worth more than its answers: which samples lie close, and at which angles.",
        de: "Hilft, wo der Sinn des Lehrers für Ähnlichkeit mehr wert ist als seine Antworten: welche Beispiele nah beieinander liegen und in welchen Winkeln.",
    },
    source: "Park, Kim, Lu and Cho 2019, arXiv:1904.05068, equations 5 to 10",
    options: &[
        MethodOption::new(
            "distillation.distance",
            "λ_D",
            number(0.0, 1000.0),
            25.0,
            Words {
                en: "Weight of the distances between samples in the method relational.",
                de: "Gewicht der Abstände zwischen Beispielen bei der Methode relational.",
            },
        ),
        MethodOption::new(
            "distillation.angle",
            "λ_A",
            number(0.0, 1000.0),
            50.0,
            Words {
                en: "Weight of the angles between samples in the method relational.",
                de: "Gewicht der Winkel zwischen Beispielen bei der Methode relational.",
            },
        ),
    ],
    teacher: Answer::Hidden {
        student: |s| s.student.len().checked_sub(1),
        teacher: |s| s.teacher.len().checked_sub(1),
    },
    terms: &[
        SOFT,
        Term::HARD,
        Term {
            weight: Weight::Own,
            formula: "(λ_D · D + λ_A · A)",
            loss: |s| {
                Arc::new(Relational {
                    layer: s.student.len().saturating_sub(1),
                    distance: s.option("distance") as f32,
                    angle: s.option("angle") as f32,
                })
            },
        },
    ],
    snippet: python!("relational.py"),
};

/// `distance · D + angle · A`.
#[derive(Clone, Copy)]
pub struct Relational {
    /// The student's layer, counted from 0.
    pub layer: usize,
    /// Weight of the distances' term.
    pub distance: f32,
    /// Weight of the angles' term.
    pub angle: f32,
}

crate::loss::named!(Relational);

impl Loss for Relational {
    fn hidden_layer(&self) -> Option<usize> {
        Some(self.layer)
    }

    fn relates_rows(&self) -> bool {
        true
    }

    fn wide(&self, rows: usize) -> usize {
        5 * rows * rows
    }

    fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, gradients: &mut Gradients) -> f64 {
        let n = batch.rows;
        let mut parts = scratch.wide.chunks_exact_mut(n * n);
        let mut next = || parts.next().expect("the scratch is sized by `wide`");
        let (student, teacher) = (
            Distances::of(batch.hidden, n, [next(), next()]),
            Distances::of(batch.teacher.hidden, n, [next(), next()]),
        );
        // dL / ds_ij.
        let slopes = next();
        slopes.fill(0.0);
        let mut loss = 0.0;
        if self.distance > 0.0 {
            loss += distance(n, &student, &teacher, f64::from(self.distance), slopes);
        }
        if self.angle > 0.0 {
            loss += angle(n, &student, &teacher, f64::from(self.angle), slopes);
        }
        gradients.logits.fill(0.0);
        through_squares(n, batch.hidden, slopes, gradients.hidden);
        loss
    }
}

/// All pairs of a network's rows, `[n, n]` each.
struct Distances<'w> {
    /// `s_ij = |x_i - x_j|^2`.
    squares: &'w [f64],
    /// `1 / |x_i - x_j|`, 0 between equal rows.
    inverse: &'w [f64],
}

impl<'w> Distances<'w> {
    fn of(hidden: Hidden, n: usize, [squares, inverse]: [&'w mut [f64]; 2]) -> Self {
        let stride = padded(hidden.units);
        for i in 0..n {
            for j in 0..=i {
                let (a, b) = (&hidden.rows[i * stride..][..stride], &hidden.rows[j * stride..][..stride]);
                let mut lanes = [0.0f64; LANES];
                for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
                    for l in 0..LANES {
                        let difference = f64::from(a[l]) - f64::from(b[l]);
                        lanes[l] += difference * difference;
                    }
                }
                let square = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
                for pair in [i * n + j, j * n + i] {
                    squares[pair] = square;
                    inverse[pair] = if square > 0.0 { 1.0 / square.sqrt() } else { 0.0 };
                }
            }
        }
        Self { squares, inverse }
    }

    /// Mean distance over the pairs at non-zero distance, and their number; 1 and 0 where there is no such pair.
    fn mean(&self) -> (f64, f64) {
        let count = self.squares.iter().filter(|&&s| s > 0.0).count() as f64;
        let sum: f64 = self.squares.iter().map(|s| s.sqrt()).sum();
        if count > 0.0 { (sum / count, count) } else { (1.0, 0.0) }
    }
}

fn huber(d: f64) -> f64 {
    if d.abs() <= 1.0 { 0.5 * d * d } else { d.abs() - 0.5 }
}

/// `weight` times the distances' term; adds its gradient by the student's squared distances to `slopes`.
fn distance(n: usize, student: &Distances, teacher: &Distances, weight: f64, slopes: &mut [f64]) -> f64 {
    let scale = weight / (n * n) as f64;
    let ((mu, count), (mu_t, _)) = (student.mean(), teacher.mean());
    let difference = |pair: usize| student.squares[pair].sqrt() / mu - teacher.squares[pair].sqrt() / mu_t;
    let mut loss = 0.0;
    // The part of the gradient that goes through mu.
    let mut through_mean = 0.0;
    for pair in 0..n * n {
        let d = difference(pair);
        loss += scale * huber(d);
        through_mean += scale * d.clamp(-1.0, 1.0) * student.squares[pair].sqrt() / mu;
    }
    for pair in (0..n * n).filter(|&pair| student.squares[pair] > 0.0) {
        // D_ij = l_ij / mu: dL/dl_ij = (dL/dD_ij - sum_pairs dL/dD D / count) / mu, and dl/ds = 1 / (2 l).
        let slope = (scale * difference(pair).clamp(-1.0, 1.0) - through_mean / count) / mu;
        slopes[pair] += 0.5 * slope * student.inverse[pair];
    }
    loss
}

/// `weight` times the angles' term; adds its gradient likewise.
fn angle(n: usize, student: &Distances, teacher: &Distances, weight: f64, slopes: &mut [f64]) -> f64 {
    let scale = weight / (n * n * n) as f64;
    let mut loss = 0.0;
    for i in 0..n {
        for j in 0..n {
            let [ij, i_row, j_row] = [i * n + j, i * n, j * n];
            // A_ijj is 1, or 0 between equal rows: constants.
            let same = f64::from(u8::from(student.squares[ij] > 0.0))
                - f64::from(u8::from(teacher.squares[ij] > 0.0));
            loss += scale * huber(same);
            // A_ijk = A_ikj: each pair of others is met once and counts twice.
            let mut of_ij = 0.0;
            for k in j + 1..n {
                let [ik, jk] = [i_row + k, j_row + k];
                let cosine = |of: &Distances| {
                    0.5 * (of.squares[ij] + of.squares[ik] - of.squares[jk]) * of.inverse[ij] * of.inverse[ik]
                };
                let mine = cosine(student);
                let difference = mine - cosine(teacher);
                loss += 2.0 * scale * huber(difference);
                let slope = scale * difference.clamp(-1.0, 1.0);
                let both = slope * student.inverse[ij] * student.inverse[ik];
                of_ij += both - slope * mine * student.inverse[ij] * student.inverse[ij];
                slopes[ik] += both - slope * mine * student.inverse[ik] * student.inverse[ik];
                slopes[jk] -= both;
            }
            slopes[ij] += of_ij;
        }
    }
    loss
}

/// Writes the gradient by the rows, `sum_j 2 (dL/ds_ij + dL/ds_ji) (x_i - x_j)`, to `d [n, padded(s)]`.
fn through_squares(n: usize, hidden: Hidden, slopes: &[f64], d: &mut [f32]) {
    let stride = padded(hidden.units);
    for i in 0..n {
        for c in (0..stride).step_by(LANES) {
            let four = |row: usize| -> [f64; LANES] {
                std::array::from_fn(|l| f64::from(hidden.rows[row * stride + c + l]))
            };
            let (mine, mut sums) = (four(i), [0.0f64; LANES]);
            for j in 0..n {
                let (slope, other) = (2.0 * (slopes[i * n + j] + slopes[j * n + i]), four(j));
                (0..LANES).for_each(|l| sums[l] += slope * (mine[l] - other[l]));
            }
            (0..LANES).for_each(|l| d[i * stride + c + l] = sums[l] as f32);
        }
    }
}
