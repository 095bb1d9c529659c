//! `softmax(z / T)`, its logarithm, and its entropy `-sum_k p_k ln p_k`.
//!
//! Shapes: `z`, results `[rows, padded(K)]`. Source: Hinton, Vinyals and Dean 2015, equation 1.

use crate::kernels::{self, padded};

/// `(p, ln p)` for each row of `z`, softened at `temperature`.
///
/// ```
/// let (p, _) = distill_lab::loss::softmax(&[1.0, 1.0, 0.0, 0.0], 2, 5.0);
/// assert_eq!(p, [0.5, 0.5, 0.0, 0.0]); // two classes; the rest of the row is padding
/// ```
pub fn softmax(z: &[f32], classes: usize, temperature: f64) -> (Vec<f32>, Vec<f32>) {
    let stride = padded(classes);
    let (mut p, mut log_p) = (vec![0.0; z.len()], vec![0.0; z.len()]);
    kernels::softmax_rows(z.len() / stride, classes, z, (1.0 / temperature) as f32, &mut p, &mut log_p);
    (p, log_p)
}

/// `ln softmax(z / T)` of one row without padding, in `f64`: for figures that are read, where the rounding of `f32` shows.
///
/// ```
/// let log_p = distill_lab::loss::log_softmax(&[1.0, 1.0], 5.0);
/// assert!((log_p[0] + 2f64.ln()).abs() < 1e-15);
/// ```
pub fn log_softmax(z: &[f32], temperature: f64) -> Vec<f64> {
    let max = z.iter().fold(f64::NEG_INFINITY, |max, &z| max.max(f64::from(z)));
    let mut scaled: Vec<f64> = z.iter().map(|&z| (f64::from(z) - max) / temperature).collect();
    let log_sum = libm::log(scaled.iter().map(|&v| libm::exp(v)).sum());
    scaled.iter_mut().for_each(|v| *v -= log_sum);
    scaled
}

/// Entropy of one row, in nats.
pub fn entropy(p: &[f32], log_p: &[f32]) -> f64 {
    -p.iter().zip(log_p).map(|(&p, &log_p)| f64::from(p) * f64::from(log_p)).sum::<f64>()
}
