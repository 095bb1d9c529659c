//! `T^2 KL(p || q)`, `KL = sum_k p_k (ln p_k - ln q_k)`: two softened outputs compared.
//!
//! Shapes: student logits, `p`, `ln p` `[n, padded(K)]`. `d/dz_s = T (q - p) / n`: the factor T^2 keeps the gradient's size as T
//! changes, since each softened output's derivative carries 1/T twice in the limit of a high T.
//! Source: Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2.

use super::{Batch, Scratch};
use crate::kernels::{self, padded};

/// The mean of `T^2 KL`; writes its gradient.
pub fn scaled_kl(batch: &Batch, temperature: f32, scratch: &mut Scratch, d_logits: &mut [f32]) -> f64 {
    let square = f64::from(temperature) * f64::from(temperature);
    square * kl(batch, temperature, scratch, d_logits)
}

/// Mean KL divergence at the temperature, without T^2; writes the gradient of the term with it.
pub fn kl(batch: &Batch, temperature: f32, scratch: &mut Scratch, d_logits: &mut [f32]) -> f64 {
    let (rows, stride) = (batch.rows, padded(batch.classes));
    kernels::softmax_rows(
        rows,
        batch.classes,
        batch.logits,
        (1.0 / f64::from(temperature)) as f32,
        &mut scratch.q,
        &mut scratch.log_q,
    );
    let kl = kernels::soft_target_kl(
        batch.teacher.p,
        batch.teacher.log_p,
        &scratch.q,
        &scratch.log_q,
        temperature / rows as f32,
        &mut d_logits[..rows * stride],
    );
    kl / rows as f64
}
