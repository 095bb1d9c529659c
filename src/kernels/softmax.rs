//! Softmax and its logarithm, four rows at a time: a lane for each row, so that a row's sums never leave their lane.

use super::arch::{self, Quad};
use super::math::{exp, ln};
use super::vector::Vector;

/// As [`super::naive::softmax_rows`], bit for bit. `stride` is a multiple of four.
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
    assert!(z.len() >= len && p.len() >= len && log_p.len() >= len);
    assert!(stride.is_multiple_of(4) && classes <= stride);
    for i in (0..rows).step_by(4) {
        let (at, there) = (i * stride, (rows - i).min(4));
        // SAFETY: `there` rows of `stride` values begin at `at` on either side.
        unsafe {
            let (z, p, log_p) = (
                z.as_ptr().add(at),
                p.as_mut_ptr().add(at),
                log_p.as_mut_ptr().add(at),
            );
            four_rows(there, classes, stride, z, inverse_temperature, p, log_p);
        }
    }
}

/// Four classes of `there` rows from `from` on, class by class; a row that is not there repeats the first.
#[inline(always)]
unsafe fn load(from: *const f32, there: usize, stride: usize) -> [Quad; 4] {
    let row = |r: usize| if r < there { r * stride } else { 0 };
    // SAFETY: the caller's.
    arch::transpose(std::array::from_fn(|r| unsafe { Quad::load(from.add(row(r))) }))
}

/// Back into rows.
#[inline(always)]
unsafe fn store(columns: [Quad; 4], to: *mut f32, there: usize, stride: usize) {
    for (r, row) in arch::transpose(columns).into_iter().enumerate().take(there) {
        // SAFETY: the caller's.
        unsafe { row.store(to.add(r * stride)) };
    }
}

/// # Safety
/// Each pointer must have `there` rows (1 to 4) of `stride` values before it.
unsafe fn four_rows(
    there: usize,
    classes: usize,
    stride: usize,
    z: *const f32,
    inverse_temperature: f32,
    p: *mut f32,
    log_p: *mut f32,
) {
    let zero = Quad::splat(0.0);
    // SAFETY: the caller's; a block of four classes lies within the stride.
    unsafe {
        let mut max = Quad::splat(f32::NEG_INFINITY);
        for j in (0..classes).step_by(4) {
            for (l, z) in load(z.add(j), there, stride).into_iter().enumerate() {
                if j + l < classes {
                    max = z.if_greater(max, z, max);
                }
            }
        }
        // A negative zero becomes a positive one, so that it does not matter which of two zeros came first.
        let (max, inverse) = (max.add(zero), Quad::splat(inverse_temperature));
        // The sum of a row goes in four lanes by the documented order; here each of them is a vector.
        let mut sums = [zero; 4];
        for j in (0..classes).step_by(4) {
            let (mut softened, mut e) = ([zero; 4], [zero; 4]);
            for (l, z) in load(z.add(j), there, stride)
                .into_iter()
                .enumerate()
                .take(classes - j)
            {
                // Softened after the maximum is taken off: large logits that lie close together keep their difference.
                softened[l] = z.sub(max).mul(inverse);
                e[l] = exp(softened[l]);
                sums[l] = sums[l].add(e[l]);
            }
            store(softened, log_p.add(j), there, stride);
            store(e, p.add(j), there, stride);
        }
        let sum = sums[0].add(sums[1]).add(sums[2].add(sums[3]));
        let (log_sum, inverse_sum) = (ln(sum), Quad::splat(1.0).div(sum));
        for j in (0..stride).step_by(4) {
            let (mut logs, mut shares) = ([zero; 4], [zero; 4]);
            if j < classes {
                (logs, shares) = (load(log_p.add(j), there, stride), load(p.add(j), there, stride));
            }
            for l in 0..4 {
                let in_classes = j + l < classes;
                logs[l] = if in_classes { logs[l].sub(log_sum) } else { zero };
                shares[l] = shares[l].mul(inverse_sum);
            }
            store(logs, log_p.add(j), there, stride);
            store(shares, p.add(j), there, stride);
        }
    }
}
