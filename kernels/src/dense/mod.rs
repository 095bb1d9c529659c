//! The product at the heart of a dense layer, tiled in registers: `out[i, j] = sum_l left(i, l) right(l, j)`.
//!
//! Lanes lie across `j`; every output adds its terms over `l` in order from `+0.0`, so that neither the tile's size nor the
//! vector's width nor packing shows in the result. There are four ways through a product, a file each, with the same bits:
//!
//! * [`ByColumns`]: a panel of the right side stays in the first-level cache while all rows pass by, and what follows the
//!   product (bias, activation) is done tile by tile.
//! * [`ByPanels`]: likewise, with outputs that lie in panels themselves: the gradients of weights. A tile's outputs lie one after
//!   another, and so do an optimiser's three arrays for them.
//! * [`Turned`]: few columns, whose lanes would stay empty: the lanes lie across `i` instead.
//! * [`FewTerms`]: few steps.

mod by_columns;
mod by_panels;
mod column_sums;
mod few_terms;
#[cfg(test)]
mod tests;
mod turned;

use super::pack::{Left, Right};
use super::promise;
use super::vector::Vector;
pub(super) use by_columns::ByColumns;
pub(super) use by_panels::ByPanels;
pub(super) use column_sums::ColumnSums;
pub(super) use few_terms::{FEW, FewTerms};
pub(super) use turned::Turned;

/// Steps of the depth for which a packed panel stays in the first-level cache.
const DEEPEST: usize = 256;
/// A side of at most as many values is read where it is: its columns do not drive each other out of the cache.
const DIRECT: usize = 2048;

/// What is to be multiplied.
#[derive(Clone, Copy)]
pub(super) struct Product<'a> {
    pub rows: usize,
    pub depth: usize,
    pub left: Left<'a>,
    pub right: Right<'a>,
    /// Columns, a multiple of four.
    pub width: usize,
}

impl Product<'_> {
    fn check(&self) {
        promise(self.width.is_multiple_of(4));
        promise(self.left.holds(self.rows, self.depth) && self.right.holds(self.depth, self.width));
    }

    /// Where the right side's panel of `wide` columns from `j` on is read without packing, and the values from step to step.
    #[inline(always)]
    fn direct(&self, j: usize, wide: usize) -> Option<(*const f32, usize)> {
        match self.right {
            Right::Rows { values, stride } if self.depth * stride <= DIRECT => {
                Some((values.as_ptr().wrapping_add(j), stride))
            }
            Right::Panels { values } => Some((values.as_ptr().wrapping_add(j * self.depth), wide)),
            _ => None,
        }
    }
}

/// Work that is written over the vector type.
pub(super) trait Work {
    /// Does it with vectors of type `V`.
    fn run<V: Vector>(self);
}
