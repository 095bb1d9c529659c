//! What a learner minimises on a batch: one loss, or a weighed sum of a soft and a hard one.

use super::{cross_entropy, hard_teacher, logit_matching, notebook_as_written, soft_targets};
use crate::kernels::padded;
use crate::metrics::arg_max;

/// What is minimised.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are the symbols of the formulas
pub enum Objective {
    /// `CE(y)`.
    CrossEntropy { label_smoothing: f32 },
    /// `alpha T^2 KL(p || q) + (1 - alpha) CE(y)`.
    SoftTargets {
        temperature: f32,
        alpha: f32,
        label_smoothing: f32,
    },
    /// `alpha LM(z_s, z_t) + (1 - alpha) CE(y)`.
    LogitMatching { alpha: f32, label_smoothing: f32 },
    /// `alpha CE(arg max z_t) + (1 - alpha) CE(y)`.
    HardTeacher { alpha: f32, label_smoothing: f32 },
    /// Cross-entropy of the labels against *probabilities* divided by T, softmaxed once more.
    NotebookAsWritten { temperature: f32 },
}

/// A batch, its rows one after another.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// Samples.
    pub rows: usize,
    /// Classes, K.
    pub classes: usize,
    /// The student's logits `[rows, padded(K)]`.
    pub logits: &'a [f32],
    /// A class for each row, -1 where the label is withheld.
    pub labels: &'a [i32],
    /// What the teacher says of the same rows.
    pub teacher: TeacherRows<'a>,
}

/// What the teacher says of a batch's rows; empty slices where an objective does not ask for them.
#[derive(Clone, Copy, Debug, Default)]
pub struct TeacherRows<'a> {
    /// `z_t [rows, padded(K)]`.
    pub logits: &'a [f32],
    /// `p [rows, padded(K)]`, softened at the objective's temperature.
    pub p: &'a [f32],
    /// `ln p [rows, padded(K)]`.
    pub log_p: &'a [f32],
    /// Its largest logit's class, for each row.
    pub arg_max: &'a [i32],
}

/// Buffers of a loss, sized once: `[rows, padded(K)]` each.
#[derive(Clone, Debug)]
pub struct Scratch {
    pub(super) q: Vec<f32>,
    pub(super) log_q: Vec<f32>,
    /// The second term's gradient.
    pub(super) d: Vec<f32>,
}

impl Scratch {
    /// Buffers for at most `rows` rows.
    pub fn new(rows: usize, classes: usize) -> Self {
        let buffer = || vec![0.0; rows * padded(classes)];
        Self {
            q: buffer(),
            log_q: buffer(),
            d: buffer(),
        }
    }
}

/// What a batch showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossValue {
    /// Mean loss over all rows.
    pub loss: f64,
    /// Labelled rows whose largest logit is the label's.
    pub correct: usize,
    /// Labelled rows.
    pub labelled: usize,
}

impl Objective {
    /// The loss of a batch; writes its gradient by the logits to `d_logits [rows, padded(K)]`. Allocates nothing.
    ///
    /// ```
    /// use distill_lab::loss::{Batch, Objective, Scratch, TeacherRows};
    /// let batch = Batch { rows: 1, classes: 2, logits: &[0.0; 4], labels: &[1], teacher: TeacherRows::default() };
    /// let mut d_logits = [0.0; 4];
    /// let value = Objective::CrossEntropy { label_smoothing: 0.0 }
    ///     .forward_backward(&batch, &mut Scratch::new(1, 2), &mut d_logits);
    /// assert!((value.loss - 2f64.ln()).abs() < 1e-6);
    /// assert_eq!(d_logits, [0.5, -0.5, 0.0, 0.0]);
    /// ```
    pub fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, d_logits: &mut [f32]) -> LossValue {
        let len = batch.rows * padded(batch.classes);
        let d_logits = &mut d_logits[..len];
        let loss = match *self {
            Self::CrossEntropy { label_smoothing } => {
                cross_entropy(batch, batch.labels, label_smoothing, scratch, d_logits)
            }
            Self::SoftTargets {
                temperature,
                alpha,
                label_smoothing,
            } => blend(batch, alpha, label_smoothing, scratch, d_logits, |scratch, d| {
                soft_targets(batch, temperature, scratch, d)
            }),
            Self::LogitMatching {
                alpha,
                label_smoothing,
            } => blend(batch, alpha, label_smoothing, scratch, d_logits, |_, d| {
                logit_matching(batch, d)
            }),
            Self::HardTeacher {
                alpha,
                label_smoothing,
            } => blend(batch, alpha, label_smoothing, scratch, d_logits, |scratch, d| {
                hard_teacher(batch, scratch, d)
            }),
            Self::NotebookAsWritten { temperature } => {
                notebook_as_written(batch, temperature, scratch, d_logits)
            }
        };
        let (mut correct, mut labelled) = (0, 0);
        for (row, &label) in batch
            .logits
            .chunks_exact(padded(batch.classes))
            .zip(&batch.labels[..batch.rows])
        {
            if label >= 0 {
                labelled += 1;
                correct += usize::from(arg_max(&row[..batch.classes]) == label as usize);
            }
        }
        LossValue {
            loss,
            correct,
            labelled,
        }
    }
}

/// `alpha soft + (1 - alpha) CE(y)`; a term of weight 0 is not computed.
fn blend(
    batch: &Batch,
    alpha: f32,
    label_smoothing: f32,
    scratch: &mut Scratch,
    d_logits: &mut [f32],
    soft: impl FnOnce(&mut Scratch, &mut [f32]) -> f64,
) -> f64 {
    if alpha == 0.0 {
        return cross_entropy(batch, batch.labels, label_smoothing, scratch, d_logits);
    }
    let mut loss = f64::from(alpha) * soft(scratch, d_logits);
    d_logits.iter_mut().for_each(|d| *d *= alpha);
    if alpha < 1.0 {
        let mut d_hard = std::mem::take(&mut scratch.d);
        let hard = cross_entropy(
            batch,
            batch.labels,
            label_smoothing,
            scratch,
            &mut d_hard[..d_logits.len()],
        );
        loss += (1.0 - f64::from(alpha)) * hard;
        d_logits
            .iter_mut()
            .zip(&d_hard)
            .for_each(|(d, h)| *d += (1.0 - alpha) * h);
        scratch.d = d_hard;
    }
    loss
}
