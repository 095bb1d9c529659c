//! Decoupled distillation: `T^2 (alpha TCKD + beta NCKD)`.
//!
//! With y the label, `TCKD = KL([p_y, 1 - p_y] || [q_y, 1 - q_y])` says how sure to be of the label's class, and
//! `NCKD = KL(p' || q')`, `p'` and `q'` the softmax at T over the classes other than y, how to share out the rest. Soft targets
//! weigh the second by `1 - p_y`; here each has a weight of its own. Two classes leave NCKD = 0.
//! Everything is done in log space with class y taken out of the sums: `ln(1 - p_y)` is the log-sum-exp of the others.
//! Shapes: logits `[n, padded(K)]`. Sums in `f64`.
//! Source: Zhao, Cui, Song, Qiu and Liang, CVPR 2022, arXiv:2203.08679, equation 7.

use super::Batch;
use crate::kernels::padded;

/// The weights of a decoupled loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decoupled {
    /// The temperature, T.
    pub temperature: f32,
    /// Weight of the target part.
    pub alpha: f32,
    /// Weight of the non-target part.
    pub beta: f32,
}

/// Means over the batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecoupledValue {
    /// Target part, without T^2.
    pub tckd: f64,
    /// Non-target part, without T^2.
    pub nckd: f64,
    /// `T^2 (alpha tckd + beta nckd)`.
    pub loss: f64,
}

/// `ln sum_k exp(z_k / T)` over the classes other than `but`.
fn log_sum_exp(z: &[f32], t: f64, but: usize) -> f64 {
    let others = || {
        z.iter()
            .enumerate()
            .filter(|(k, _)| *k != but)
            .map(|(_, &v)| f64::from(v))
    };
    let max = others().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = others().map(|v| libm::exp((v - max) / t)).sum();
    max / t + libm::log(sum)
}

/// `(ln p_y, ln (1 - p_y))` from the label's `z_y / T` and the others' log-sum-exp.
fn target_logs(own: f64, others: f64) -> (f64, f64) {
    // ln sigmoid(d) and ln sigmoid(-d), d the difference.
    let softplus = |x: f64| {
        if x > 0.0 {
            x + libm::log1p(libm::exp(-x))
        } else {
            libm::log1p(libm::exp(x))
        }
    };
    (-softplus(others - own), -softplus(own - others))
}

/// The loss; writes its gradient by the student's logits to `d_logits [n, padded(K)]`. Every row needs its label. Allocates nothing.
///
/// ```
/// use distill_lab::loss::{decoupled, Batch, Decoupled, TeacherRows};
/// let z = [1.0, 2.0, 0.5, 0.0];
/// let teacher = TeacherRows { logits: &z, ..TeacherRows::default() };
/// let batch = Batch { rows: 1, classes: 3, logits: &z, labels: &[1], teacher };
/// let mut d_logits = [1.0; 4];
/// let value = decoupled(&batch, &Decoupled { temperature: 4.0, alpha: 1.0, beta: 8.0 }, &mut d_logits);
/// assert!(value.loss.abs() < 1e-12); // the student says what the teacher says
/// ```
pub fn decoupled(batch: &Batch, weights: &Decoupled, d_logits: &mut [f32]) -> DecoupledValue {
    let (classes, stride) = (batch.classes, padded(batch.classes));
    let t = f64::from(weights.temperature);
    let (alpha, beta) = (f64::from(weights.alpha), f64::from(weights.beta));
    let scale = t / batch.rows as f64;
    let (mut tckd, mut nckd) = (0.0f64, 0.0f64);
    let rows = batch
        .logits
        .chunks_exact(stride)
        .zip(batch.teacher.logits.chunks_exact(stride));
    for (((s, z), d), &label) in rows
        .zip(d_logits.chunks_exact_mut(stride))
        .zip(&batch.labels[..batch.rows])
    {
        let (y, s, z) = (label as usize, &s[..classes], &z[..classes]);
        let (rest_s, rest_t) = (log_sum_exp(s, t, y), log_sum_exp(z, t, y));
        let (log_q, log_not_q) = target_logs(f64::from(s[y]) / t, rest_s);
        let (log_p, log_not_p) = target_logs(f64::from(z[y]) / t, rest_t);
        let (p, not_p) = (libm::exp(log_p), libm::exp(log_not_p));
        let (q, not_q) = (libm::exp(log_q), libm::exp(log_not_q));
        tckd += p * (log_p - log_q) + not_p * (log_not_p - log_not_q);
        // By the label's logit: (q_y - p_y) / T; by another's: -(q_y - p_y) q'_k / T. The difference comes from whichever
        // pair is small, since 1 - q_y and 1 - p_y keep digits that q_y and p_y have lost.
        let difference = if q > 0.5 { not_p - not_q } else { q - p };
        d.fill(0.0);
        d[y] = (scale * alpha * difference) as f32;
        for k in (0..classes).filter(|&k| k != y) {
            let (log_q, log_p) = (f64::from(s[k]) / t - rest_s, f64::from(z[k]) / t - rest_t);
            let (q, p) = (libm::exp(log_q), libm::exp(log_p));
            nckd += p * (log_p - log_q);
            d[k] = (scale * (beta * (q - p) - alpha * difference * q)) as f32;
        }
    }
    let n = batch.rows as f64;
    let (tckd, nckd) = (tckd / n, nckd / n);
    DecoupledValue {
        tckd,
        nckd,
        loss: t * t * (alpha * tckd + beta * nckd),
    }
}
