//! The notebook's "distillation loss", bugs and all: `-ln softmax(q / T)_y` with `q = softmax(z)`.
//!
//! Dividing *probabilities* by T and taking softmax again squeezes two classes to within `1/T` of each other: for K = 2 the loss
//! cannot fall below `ln(1 + e^(-1/T))`, close to `ln 2`, whatever is learned. The teacher does not occur in it at all.
//!
//! Shapes: logits `[n, padded(K)]`. With `r = softmax(q / T)` and `g = (r - onehot(y)) / T`, the gradient by the logits is
//! `q_k (g_k - sum_j g_j q_j) / n`. A withheld label adds nothing.

use super::{Answer, Method, Term, Weight, Words};
use crate::field::python;
use crate::kernels::{self, padded};
use crate::loss::{Batch, Gradients, Loss, Scratch};
use std::sync::Arc;

#[derive(Clone, Copy)]
struct NotebookAsWritten {
    temperature: f32,
}

crate::loss::named!(NotebookAsWritten);

impl Loss for NotebookAsWritten {
    fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, gradients: &mut Gradients) -> f64 {
        notebook_as_written(batch, self.temperature, scratch, gradients.logits)
    }
}

pub(super) const METHOD: Method = Method {
    name: "notebook_as_written",
    title: Words {
        en: "The notebook's loss, bugs and all",
        de: "Der Verlust des Notebooks, mit allen Fehlern",
    },
    helps: Words {
        en: "Helps nowhere: the teacher does not occur in it. It shows what its bugs do.",
        de: "Hilft nirgends: Der Lehrer kommt darin nicht vor. Es zeigt, was seine Fehler anrichten.",
    },
    source: "the notebook that this project began with",
    options: &[],
    teacher: Answer::Nothing,
    terms: &[Term {
        weight: Weight::One,
        formula: "CE(softmax(p / T))",
        loss: |s| Arc::new(NotebookAsWritten { temperature: s.temperature() }),
    }],
    snippet: python!("notebook_as_written.py"),
};

/// The mean loss; writes its gradient.
fn notebook_as_written(batch: &Batch, temperature: f32, scratch: &mut Scratch, d_logits: &mut [f32]) -> f64 {
    let (rows, classes, stride) = (batch.rows, batch.classes, padded(batch.classes));
    let inverse = 1.0 / temperature;
    let Scratch { q, log_q, r, .. } = scratch;
    kernels::softmax_rows(rows, classes, batch.logits, 1.0, q, log_q);
    kernels::softmax_rows(rows, classes, q, inverse, r, log_q);
    let share = 1.0 / rows as f32;
    let mut loss = 0.0f64;
    for i in 0..rows {
        let row = i * stride..(i + 1) * stride;
        let (q, r, log_r, d) = (&q[row.clone()], &r[row.clone()], &log_q[row.clone()], &mut d_logits[row]);
        d.fill(0.0);
        if batch.labels[i] < 0 {
            continue;
        }
        let y = batch.labels[i] as usize;
        loss -= f64::from(log_r[y]);
        let g = |k: usize| (r[k] - f32::from(u8::from(k == y))) * inverse;
        let mean: f32 = (0..classes).map(|k| g(k) * q[k]).sum();
        for k in 0..classes {
            d[k] = q[k] * (g(k) - mean) * share;
        }
    }
    loss / rows as f64
}
