//! `T^2 KL(p || q)`, `KL = sum_k p_k (ln p_k - ln q_k)`: the soft term.
//!
//! Shapes: student logits, `p`, `ln p` `[n, padded(K)]`. `d/dz_s = T (q - p) / n`: the factor T^2 keeps the gradient's size as T
//! changes, since each softened output's derivative carries 1/T twice in the limit of a high T.
//! Source: Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2.

use super::{Batch, Scratch};
use crate::kernels::{self, padded};

/// The mean soft term, T^2 included; writes its gradient.
pub fn soft_targets(batch: &Batch, temperature: f32, scratch: &mut Scratch, d_logits: &mut [f32]) -> f64 {
    let square = f64::from(temperature) * f64::from(temperature);
    let kl = soft_targets_kl(batch, temperature, scratch);
    let scale = temperature / batch.rows as f32;
    for (d, (q, p)) in d_logits.iter_mut().zip(scratch.q.iter().zip(batch.teacher.p)) {
        *d = scale * (q - p);
    }
    square * kl
}

/// Mean KL divergence at the temperature, without T^2; leaves `q` and `ln q` in `scratch`.
pub fn soft_targets_kl(batch: &Batch, temperature: f32, scratch: &mut Scratch) -> f64 {
    let (rows, stride) = (batch.rows, padded(batch.classes));
    let inverse = (1.0 / f64::from(temperature)) as f32;
    kernels::softmax_rows(
        rows,
        batch.classes,
        stride,
        batch.logits,
        inverse,
        &mut scratch.q,
        &mut scratch.log_q,
    );
    let mut kl = 0.0f64;
    for ((p, log_p), log_q) in batch
        .teacher
        .p
        .iter()
        .zip(batch.teacher.log_p)
        .zip(&scratch.log_q)
        .take(rows * stride)
    {
        kl += f64::from(*p) * (f64::from(*log_p) - f64::from(*log_q));
    }
    kl / rows as f64
}
