//! `CE = -sum_k r_k ln softmax(z)_k` with smoothed labels `r = (1 - eps) onehot(y) + eps / K`.
//!
//! Shapes: logits `[n, padded(K)]`, labels `[n]`; `dCE/dz = (softmax(z) - r) / n`. A withheld label (-1) adds no loss and no
//! gradient, but its row counts in n. Source: Szegedy et al. 2016, section 7.

use super::{Batch, Gradients, LogitRow, Loss, Scratch, log_softmax};
use crate::kernels::{self, padded};

/// Cross-entropy of the labels.
#[derive(Clone, Copy)]
pub struct CrossEntropy {
    /// eps.
    pub label_smoothing: f32,
}

super::named!(CrossEntropy);

impl Loss for CrossEntropy {
    fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, gradients: &mut Gradients) -> f64 {
        cross_entropy(batch, batch.labels, self.label_smoothing, scratch, gradients.logits)
    }

    fn exact(&self, row: &LogitRow) -> Option<f64> {
        let Ok(y) = usize::try_from(row.label) else {
            return Some(0.0);
        };
        let log_q = log_softmax(row.logits, 1.0);
        let eps = f64::from(self.label_smoothing);
        Some(-(1.0 - eps) * log_q[y] - eps / log_q.len() as f64 * log_q.iter().sum::<f64>())
    }
}

/// The mean loss against `labels`; writes its gradient.
pub fn cross_entropy(
    batch: &Batch,
    labels: &[i32],
    label_smoothing: f32,
    scratch: &mut Scratch,
    d_logits: &mut [f32],
) -> f64 {
    let (rows, classes, stride) = (batch.rows, batch.classes, padded(batch.classes));
    kernels::softmax_rows(rows, classes, batch.logits, 1.0, &mut scratch.q, &mut scratch.log_q);
    let (share, spread) = (1.0 / rows as f32, label_smoothing / classes as f32);
    let mut loss = 0.0f64;
    for (i, &label) in labels[..rows].iter().enumerate() {
        let d = &mut d_logits[i * stride..(i + 1) * stride];
        if label < 0 {
            d.fill(0.0);
            continue;
        }
        let y = label as usize;
        let (q, log_q) =
            (&scratch.q[i * stride..(i + 1) * stride], &scratch.log_q[i * stride..(i + 1) * stride]);
        loss -= f64::from(1.0 - label_smoothing) * f64::from(log_q[y]);
        for k in 0..stride {
            // Padding has q = 0 and no share of the label.
            d[k] = q[k] * share;
        }
        d[y] = (q[y] - (1.0 - label_smoothing)) * share;
        if label_smoothing > 0.0 {
            let sum: f64 = log_q[..classes].iter().map(|&v| f64::from(v)).sum();
            loss -= f64::from(spread) * sum;
            d[..classes].iter_mut().for_each(|d| *d -= spread * share);
        }
    }
    loss / rows as f64
}
