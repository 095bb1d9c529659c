//! Softmax and its logarithm in one pass over each row, four classes at a time.

use super::arch::Quad;
use super::math::{exp, ln};
use super::vector::Vector;

/// Numbers of the lanes.
const LANE: [f32; 4] = [0.0, 1.0, 2.0, 3.0];

/// As [`super::naive::softmax_rows`], bit for bit.
pub fn softmax_rows(
    rows: usize,
    classes: usize,
    stride: usize,
    z: &[f32],
    inverse_temperature: f32,
    p: &mut [f32],
    log_p: &mut [f32],
) {
    let len = rows * stride;
    if len == 0 {
        return;
    }
    let chunks = z[..len]
        .chunks_exact(stride)
        .zip(p[..len].chunks_exact_mut(stride));
    for ((z, p), log_p) in chunks.zip(log_p[..len].chunks_exact_mut(stride)) {
        softmax_row(classes, z, inverse_temperature, p, log_p);
    }
}

fn softmax_row(classes: usize, z: &[f32], inverse_temperature: f32, p: &mut [f32], log_p: &mut [f32]) {
    let (zero, least) = (Quad::splat(0.0), Quad::splat(f32::NEG_INFINITY));
    // SAFETY: a row is a whole number of vectors.
    unsafe {
        let load = |from: &[f32]| Quad::load(from.as_ptr());
        let lanes = load(&LANE);
        // `then` in the lanes of classes, `otherwise` in those of padding.
        let in_classes = |j: usize, then: Quad, otherwise: Quad| {
            Quad::splat((classes - j) as f32).if_greater(lanes, then, otherwise)
        };
        let mut max = least;
        for (j, z) in z.chunks_exact(4).enumerate() {
            let z = in_classes(4 * j, load(z), least);
            max = z.if_greater(max, z, max);
        }
        let mut four = [0.0f32; 4];
        max.store(four.as_mut_ptr());
        let greatest = four
            .into_iter()
            .fold(f32::NEG_INFINITY, |m, v| if v > m { v } else { m })
            + 0.0;
        let (max, inverse) = (Quad::splat(greatest), Quad::splat(inverse_temperature));
        let mut sums = zero;
        for (j, ((z, p), log_p)) in z
            .chunks_exact(4)
            .zip(p.chunks_exact_mut(4))
            .zip(log_p.chunks_exact_mut(4))
            .enumerate()
        {
            // Softened after the maximum is taken off: large logits that lie close together keep their difference.
            let softened = load(z).sub(max).mul(inverse);
            let e = in_classes(4 * j, exp(softened), zero);
            softened.store(log_p.as_mut_ptr());
            e.store(p.as_mut_ptr());
            sums = sums.add(e);
        }
        sums.store(four.as_mut_ptr());
        let sum = (four[0] + four[1]) + (four[2] + four[3]);
        let (log_sum, inverse_sum) = (Quad::splat(ln(sum)), Quad::splat(1.0 / sum));
        for (j, (p, log_p)) in p.chunks_exact_mut(4).zip(log_p.chunks_exact_mut(4)).enumerate() {
            in_classes(4 * j, load(log_p).sub(log_sum), zero).store(log_p.as_mut_ptr());
            load(p).mul(inverse_sum).store(p.as_mut_ptr());
        }
    }
}
