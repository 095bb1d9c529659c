//! Softmax with a temperature and its logarithm, four rows at a time.
//!
//! Each row has a lane of its own, so its maximum and its sums need no exchange between lanes. Blocks of four rows by four classes are
//! transposed on the way in and out.

use super::arch::{self, Quad};
use super::math::{exp, ln};
use super::padded;
use super::vector::Vector;

/// A class whose softened logit is further below the greatest one than this has probability 0 instead of some `e^-69 = 1e-30`.
///
/// Such a probability moves no weight, but products with it soon are subnormal numbers, with which processors compute many times more
/// slowly; a network that knows its samples by heart would have them in most of its products. The logarithm stays exact.
pub(super) const MIN_SOFTENED: f32 = -69.0;

/// `log_p = log_softmax(z / T)` and `p = softmax(z / T)` for each row: [`super::naive::softmax`], bit for bit.
///
/// Shapes: `z`, `p`, `log_p` are `(B, padded(classes))`; the padding of `p` and `log_p` is written as zero.
pub fn softmax_rows(
    rows: usize,
    classes: usize,
    z: &[f32],
    inverse_temperature: f32,
    p: &mut [f32],
    log_p: &mut [f32],
) {
    let stride = padded(classes);
    let len = rows * stride;
    assert!(z.len() >= len && p.len() >= len && log_p.len() >= len);
    for i in (0..rows).step_by(4) {
        let four_rows = FourRows { present: (rows - i).min(4), classes, stride };
        let at = i * stride;
        // SAFETY: just checked: as many rows of `stride` values begin at `at` in each slice.
        unsafe {
            let (p, log_p) = (p.as_mut_ptr().add(at), log_p.as_mut_ptr().add(at));
            four_rows.softmax(z.as_ptr().add(at), inverse_temperature, p, log_p);
        }
    }
}

/// The shape of up to four rows, each of which has a lane.
#[derive(Clone, Copy)]
struct FourRows {
    /// How many rows there are, 1 to 4.
    present: usize,
    classes: usize,
    /// `padded(classes)`, the distance between rows.
    stride: usize,
}

/// Four classes of four rows, a vector for each class: the softened logits and their exponentials.
struct Block {
    softened: [Quad; 4],
    e: [Quad; 4],
}

impl Block {
    #[inline(always)]
    fn new(z: [Quad; 4], left: usize, max: Quad, inverse: Quad) -> Self {
        let zero = Quad::splat(0.0);
        let mut block = Self { softened: [zero; 4], e: [zero; 4] };
        for (l, z) in z.into_iter().enumerate() {
            if l < left {
                // The maximum is subtracted first, so that large logits that lie close together keep their difference.
                block.softened[l] = z.sub(max).mul(inverse);
                let (x, min) = (block.softened[l], Quad::splat(MIN_SOFTENED));
                // The exponential sees no smaller value, or it would compute with subnormal numbers itself. A NaN fails both comparisons
                // and so stays a NaN.
                let e = exp(min.if_greater(x, min, x));
                block.e[l] = min.if_greater(x, zero, e);
            }
        }
        block
    }

    /// Turns softened logits into log-probabilities and exponentials into probabilities; padding stays zero.
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

/// The maximum of `max` and the first `left` of four classes.
#[inline(always)]
fn greatest(mut max: Quad, z: [Quad; 4], left: usize) -> Quad {
    for (l, z) in z.into_iter().enumerate() {
        if l < left {
            max = z.if_greater(max, z, max);
        }
    }
    max
}

/// The logarithm and the inverse of the sum of the four lanes.
#[inline(always)]
fn total(sums: [Quad; 4]) -> (Quad, Quad) {
    let sum = sums[0].add(sums[1]).add(sums[2].add(sums[3]));
    (ln(sum), Quad::splat(1.0).div(sum))
}

impl FourRows {
    /// Loads four classes of every row, a vector for each class; lanes without a row repeat the first one.
    ///
    /// # Safety
    /// Each row must have four values from `from` on.
    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> [Quad; 4] {
        let row = |r: usize| if r < self.present { r * self.stride } else { 0 };
        // SAFETY: as the caller promises.
        arch::transpose(std::array::from_fn(|r| unsafe { Quad::load(from.add(row(r))) }))
    }

    /// Stores what [`FourRows::load`] loads.
    ///
    /// # Safety
    /// As there.
    #[inline(always)]
    unsafe fn store(self, classes: [Quad; 4], to: *mut f32) {
        for (r, row) in arch::transpose(classes).into_iter().enumerate().take(self.present) {
            // SAFETY: as the caller promises.
            unsafe { row.store(to.add(r * self.stride)) };
        }
    }

    /// Softmax of the rows.
    ///
    /// # Safety
    /// Each pointer must be valid for as many rows of `stride` values.
    unsafe fn softmax(self, z: *const f32, inverse_temperature: f32, p: *mut f32, log_p: *mut f32) {
        let (classes, stride) = (self.classes, self.stride);
        let (zero, inverse) = (Quad::splat(0.0), Quad::splat(inverse_temperature));
        // SAFETY: as the caller promises; `stride` is a multiple of four, so each block of four classes lies within it.
        unsafe {
            let mut max = Quad::splat(f32::NEG_INFINITY);
            for j in (0..classes).step_by(4) {
                max = greatest(max, self.load(z.add(j)), classes - j);
            }
            // Turns -0 into +0, so that the order of two zeros does not matter.
            let max = max.add(zero);
            // The documented order sums a row in four lanes; here each of these lanes is a vector, of four rows.
            let mut sums = [zero; 4];
            let mut block = Block { softened: sums, e: sums };
            // Up to four classes stay in registers from the logits to the probabilities.
            let one_block = stride == 4;
            for j in (0..stride).step_by(4) {
                let z = self.load(z.add(j));
                block = Block::new(z, classes.saturating_sub(j), max, inverse);
                sums = std::array::from_fn(|l| sums[l].add(block.e[l]));
                if !one_block {
                    self.store(block.softened, log_p.add(j));
                    self.store(block.e, p.add(j));
                }
            }
            let (log_sum, inverse_sum) = total(sums);
            for j in (0..classes).step_by(4) {
                if !one_block {
                    block.softened = self.load(log_p.add(j));
                    block.e = self.load(p.add(j));
                }
                block.normalise(classes - j, log_sum, inverse_sum);
                self.store(block.softened, log_p.add(j));
                self.store(block.e, p.add(j));
            }
        }
    }
}
