//! `LM = 1/(2K) sum_k (d_k - mean d)^2`, `d = z_s - z_t`: what T^2 KL tends to as T grows.
//!
//! Shapes: `[n, padded(K)]`; `d/dz_s = (d_k - mean d) / (K n)`. Centred, since a softmax does not see a shift of all logits.
//! Source: Ba and Caruana 2014; Hinton, Vinyals and Dean 2015, section 2.1.

use super::Batch;
use crate::kernels::padded;

/// The mean loss; writes its gradient.
pub fn logit_matching(batch: &Batch, d_logits: &mut [f32]) -> f64 {
    let (rows, classes, stride) = (batch.rows, batch.classes, padded(batch.classes));
    let scale = 1.0 / (classes * rows) as f32;
    let mut loss = 0.0f64;
    for i in 0..rows {
        let row = i * stride..(i + 1) * stride;
        let (s, t, d) = (
            &batch.logits[row.clone()],
            &batch.teacher.logits[row.clone()],
            &mut d_logits[row],
        );
        let mean = (0..classes)
            .map(|k| f64::from(s[k]) - f64::from(t[k]))
            .sum::<f64>()
            / classes as f64;
        d.fill(0.0);
        for k in 0..classes {
            let centred = f64::from(s[k]) - f64::from(t[k]) - mean;
            loss += 0.5 * centred * centred / classes as f64;
            d[k] = centred as f32 * scale;
        }
    }
    loss / rows as f64
}
