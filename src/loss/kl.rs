//! `T^2 KL(p || q)`, `KL = sum_k p_k (ln p_k - ln q_k)`: two softened outputs compared.
//!
//! Shapes: student logits, `p`, `ln p` `[n, padded(K)]`. `d/dz_s = T (q - p) / n`: the factor T^2 keeps the gradient's size as T
//! changes, since each softened output's derivative carries 1/T twice in the limit of a high T.
//! Source: Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2.

use super::{Batch, LogitRow, Scratch, log_softmax};
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

/// `ln p`, p the mean over members of `softmax(z / T)` of their logits, and `ln q`; one row each, without padding, in `f64`.
pub fn softened(row: &LogitRow, temperature: f64) -> (Vec<f64>, Vec<f64>) {
    let mut log_p = log_softmax(row.members.first().map_or(&[], |z| z), temperature);
    if row.members.len() > 1 {
        let mut p = vec![0.0; log_p.len()];
        for member in row.members {
            p.iter_mut().zip(log_softmax(member, temperature)).for_each(|(sum, v)| *sum += libm::exp(v));
        }
        let count = row.members.len() as f64;
        log_p = p.iter().map(|sum| libm::log((sum / count).max(f64::MIN_POSITIVE))).collect();
    }
    (log_p, log_softmax(row.logits, temperature))
}

/// `KL(p || q)` of one row from logits, in `f64`. Where T is high, p and q differ in their third or fourth digit: of what the
/// difference of two `f32` logarithms leaves, three digits are right.
pub fn exact_kl(row: &LogitRow, temperature: f64) -> f64 {
    let (log_p, log_q) = softened(row, temperature);
    log_p.iter().zip(&log_q).map(|(&log_p, &log_q)| libm::exp(log_p) * (log_p - log_q)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMPY: [(f64, f64, f64); 4] = [
        (1.0, 0.02179128379425932, 0.025785760854958102),
        (4.0, 0.05502106885283828, 0.050066997575969),
        (20.0, 0.002455810927260889, 0.002274469483059398),
        (100.0, 9.709966801854552e-05, 8.8003013058954e-05),
    ];

    /// NumPy 2.4, float64: `z = np.array([...], np.float32).astype(float) / T; z -= z.max(); log_p = z - np.log(np.exp(z).sum())`,
    /// `(np.exp(log_p) * (log_p - log_q)).sum()`.
    #[test]
    fn the_divergence_has_every_digit_that_numpy_gives() {
        let teacher = [-3.1_f32, 0.4, 2.2, 9.7, -5.3, 1.8, -7.9, 0.6, 3.3, 2.9];
        let other = [-2.0_f32, 1.1, 0.3, 8.2, -4.4, 2.5, -6.1, -0.2, 4.8, 1.7];
        let student = [-1.2_f32, 0.9, 3.4, 7.7, -3.8, 0.5, -5.2, 1.3, 2.6, 3.1];
        let near = |got: f64, wanted: f64| assert!((got / wanted - 1.0).abs() < 1e-9, "{got} {wanted}");
        for (temperature, one, two) in NUMPY {
            let row = |members| LogitRow { members, logits: &student, label: -1 };
            let (alone, both): (&[&[f32]], &[&[f32]]) = (&[&teacher], &[&teacher, &other]);
            near(exact_kl(&row(alone), temperature), one);
            near(exact_kl(&row(both), temperature), two);
        }
    }
}
