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

/// Entropy of one row, in nats.
pub fn entropy(p: &[f32], log_p: &[f32]) -> f64 {
    -p.iter().zip(log_p).map(|(&p, &log_p)| f64::from(p) * f64::from(log_p)).sum::<f64>()
}
