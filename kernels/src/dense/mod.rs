//! The product at the heart of a dense layer, `out[i, j] = sum_l left(i, l) right(l, j)`: what surrounds the micro-kernel.
//!
//! Lanes lie across `j`, and every output adds its terms over `l` in order from `+0.0`. So neither the tile's size nor the vector's
//! width nor packing shows in the result. The three dimensions are called rows (`i`), depth (`l`) and width (`j`).
//!
//! The loops follow GotoBLAS and BLIS (the sources are in `tile.rs`): a panel of the right side,
//! packed, stays in the first-level cache while all rows of the left side pass by it, one register tile after another. There are four
//! variants with the same bits, a file each:
//!
//! * [`ByColumns`]: the result is row-major, and each tile ends in its epilogue. For forward passes and gradients of inputs.
//! * [`ByPanels`]: the result lies in panels. For gradients of weights, whose epilogue is an optimiser's step.
//! * [`Transposed`]: the result has so few columns that most lanes would be idle, so its transpose is computed.
//! * [`SmallDepth`]: one or two steps, too few to fill a register tile's loop.
//!
//! [`ColumnSums`] is the gradient of a bias.

mod by_columns;
mod by_panels;
mod column_sums;
mod small_depth;
#[cfg(test)]
mod tests;
mod transposed;

use super::pack::{Left, Right};
pub(super) use by_columns::ByColumns;
pub(super) use by_panels::ByPanels;
pub(super) use column_sums::ColumnSums;
pub(super) use small_depth::{MAX_SMALL_DEPTH, SmallDepth};
pub(super) use transposed::Transposed;

/// Steps of the depth after which a product begins a new panel (BLIS: `KC`). A panel of as many steps, `256 * 2 * 4 * 4` bytes with four
/// lanes, stays in the first-level cache.
pub(super) const KC: usize = 256;
/// Most values of a side that is read without packing: so few do not evict each other from the first-level cache.
const MAX_UNPACKED: usize = 2048;

/// The operands of a product.
#[derive(Clone, Copy)]
pub(super) struct Product<'a> {
    pub rows: usize,
    pub depth: usize,
    /// `(rows, depth)`.
    pub left: Left<'a>,
    /// `(depth, width)`.
    pub right: Right<'a>,
    /// Columns, a multiple of four.
    pub width: usize,
}

impl Product<'_> {
    /// Checks once that both sides have every value that the loops read without checks.
    fn check(&self) {
        assert!(self.width.is_multiple_of(4), "rows are padded to four values");
        assert!(
            self.left.contains(self.rows, self.depth) && self.right.contains(self.depth, self.width),
            "an operand is smaller than its product's shape"
        );
    }

    /// The right side's `width` columns from `j` on and the distance between their steps, if they are read without packing.
    #[inline(always)]
    fn unpacked_right(&self, j: usize, width: usize) -> Option<(*const f32, usize)> {
        match self.right {
            Right::Rows { values, stride } if self.depth * stride <= MAX_UNPACKED => {
                Some((values.as_ptr().wrapping_add(j), stride))
            }
            Right::Panels { values } => Some((values.as_ptr().wrapping_add(j * self.depth), width)),
            _ => None,
        }
    }
}
