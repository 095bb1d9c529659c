//! Softmax and its logarithm, four rows at a time: a lane for each row, so that a row's sums never leave their lane.

use super::arch::{self, Quad};
use super::math::{exp, ln};
use super::promise;
use super::vector::Vector;

/// A class that is this far below the greatest one has the probability 0, not one of `e^-69 = 1e-30` or less. Such a one moves no
/// weight, and what is multiplied with it would soon be subnormal: numbers for which processors take many times as long, and a
/// network that knows its samples by heart would have them in most of its products. Its logarithm is the exact one all the same.
pub(super) const LEAST: f32 = -69.0;

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
    promise(z.len() >= len && p.len() >= len && log_p.len() >= len);
    promise(stride.is_multiple_of(4) && classes <= stride);
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

/// The exponentials of four classes from `j` on, each a vector with a lane for each row, and what they were taken of.
struct Block {
    softened: [Quad; 4],
    e: [Quad; 4],
}

impl Block {
    #[inline(always)]
    fn new(z: [Quad; 4], left: usize, max: Quad, inverse: Quad) -> Self {
        let zero = Quad::splat(0.0);
        let mut block = Self {
            softened: [zero; 4],
            e: [zero; 4],
        };
        for (l, z) in z.into_iter().enumerate() {
            if l < left {
                // Softened after the maximum is taken off: large logits that lie close together keep their difference.
                block.softened[l] = z.sub(max).mul(inverse);
                let (x, least) = (block.softened[l], Quad::splat(LEAST));
                // Not even the exponential comes near them. A NaN fails both comparisons and stays.
                let e = exp(least.if_greater(x, least, x));
                block.e[l] = least.if_greater(x, zero, e);
            }
        }
        block
    }

    /// Logarithms and shares, in place; padding stays zero.
    #[inline(always)]
    fn normalise(&mut self, left: usize, log_sum: Quad, inverse_sum: Quad) {
        for l in 0..4 {
            if l < left {
                self.softened[l] = self.softened[l].sub(log_sum);
                self.e[l] = self.e[l].mul(inverse_sum);
            }
        }
    }
}

/// The greatest of the classes so far and of four more, of which `left` count.
#[inline(always)]
fn greatest(mut max: Quad, z: [Quad; 4], left: usize) -> Quad {
    for (l, z) in z.into_iter().enumerate() {
        if l < left {
            max = z.if_greater(max, z, max);
        }
    }
    max
}

/// `ln` of the four-lane sum and its inverse.
#[inline(always)]
fn total(sums: [Quad; 4]) -> (Quad, Quad) {
    let sum = sums[0].add(sums[1]).add(sums[2].add(sums[3]));
    (ln(sum), Quad::splat(1.0).div(sum))
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
    let (zero, inverse) = (Quad::splat(0.0), Quad::splat(inverse_temperature));
    let least = Quad::splat(f32::NEG_INFINITY);
    // SAFETY: the caller's; a block of four classes lies within the stride.
    unsafe {
        let mut max = least;
        for j in (0..classes).step_by(4) {
            max = greatest(max, load(z.add(j), there, stride), classes - j);
        }
        // A negative zero becomes a positive one, so that it does not matter which of two zeros came first.
        let max = max.add(zero);
        // The sum of a row goes in four lanes by the documented order; here each of them is a vector.
        let mut sums = [zero; 4];
        let mut block = Block {
            softened: sums,
            e: sums,
        };
        // Up to four classes stay in registers from end to end.
        let alone = stride == 4;
        for j in (0..stride).step_by(4) {
            let z = load(z.add(j), there, stride);
            block = Block::new(z, classes.saturating_sub(j), max, inverse);
            sums = std::array::from_fn(|l| sums[l].add(block.e[l]));
            if !alone {
                store(block.softened, log_p.add(j), there, stride);
                store(block.e, p.add(j), there, stride);
            }
        }
        let (log_sum, inverse_sum) = total(sums);
        for j in (0..classes).step_by(4) {
            if !alone {
                block.softened = load(log_p.add(j), there, stride);
                block.e = load(p.add(j), there, stride);
            }
            block.normalise(classes - j, log_sum, inverse_sum);
            store(block.softened, log_p.add(j), there, stride);
            store(block.e, p.add(j), there, stride);
        }
    }
}
