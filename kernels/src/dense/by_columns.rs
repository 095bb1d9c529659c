//! Products by columns: forward passes and gradients of inputs.

use super::super::ends::Finish;
use super::super::promise;
use super::super::tile::{Tile, VECTORS, WIDEST, add_batch_tile, batch_rows};
use super::super::vector::Vector;
use super::{DEEPEST, Product, Work};

/// A panel of the right side after another, and each tile finished as it is made.
pub(crate) struct ByColumns<'a, F> {
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    /// Called for every vector of outputs with `(index, sum)`, `index` being `i * width + j`.
    pub finish: &'a F,
}

impl<F> ByColumns<'_, F> {
    /// Values of scratch that such a product takes.
    pub(crate) const fn scratch_len(rows: usize, depth: usize) -> usize {
        rows * depth + WIDEST * (DEEPEST + rows)
    }
}

impl<F: Finish> Work for ByColumns<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        let (left, rest) = self.scratch.split_at_mut(p.rows * p.depth);
        p.left.pack_all(p.rows, p.depth, batch_rows, left);
        p.columns::<V>(0, left, rest, self.finish);
    }
}

impl Product<'_> {
    #[inline(always)]
    fn columns<V: Vector>(&self, mut j: usize, left: &[f32], scratch: &mut [f32], finish: &impl Finish) {
        while j + VECTORS * V::LANES <= self.width {
            self.block::<V, VECTORS>(j, left, scratch, finish);
            j += VECTORS * V::LANES;
        }
        while j + V::LANES <= self.width {
            self.block::<V, 1>(j, left, scratch, finish);
            j += V::LANES;
        }
        if j < self.width {
            self.columns::<V::Narrow>(j, left, scratch, finish);
        }
    }

    /// All rows of `C` vectors of columns from `j` on, a part of the depth after another.
    #[inline(always)]
    fn block<V: Vector, const C: usize>(
        &self,
        j: usize,
        left: &[f32],
        scratch: &mut [f32],
        finish: &impl Finish,
    ) {
        let wide = C * V::LANES;
        let (panel, sums) = scratch.split_at_mut(wide * DEEPEST);
        promise(left.len() == self.rows * self.depth && sums.len() >= wide * self.rows);
        let mut from = 0;
        loop {
            let depth = DEEPEST.min(self.depth - from);
            let last = from + depth == self.depth;
            let (right, right_step) = match self.direct(j, wide) {
                Some((right, step)) => (right.wrapping_add(from * step), step),
                None => {
                    // SAFETY: `run` has checked the product, and a panel has room for the deepest part.
                    unsafe { self.right.pack::<V, C>(j, from, depth, panel.as_mut_ptr()) };
                    (panel.as_ptr(), wide)
                }
            };
            let mut tile = Tile {
                left: left.as_ptr(),
                left_step: 0,
                right,
                right_step,
                depth,
                first: from == 0,
                last,
                kept: sums.as_mut_ptr(),
                width: self.width,
                index: j,
                column: j,
            };
            let mut i = 0;
            while i < self.rows {
                let rows = batch_rows(self.rows - i);
                tile.left = left[i * self.depth + from * rows..].as_ptr();
                tile.left_step = rows;
                // SAFETY: the sides are there for all rows and this depth; the sums have room for every row.
                unsafe { add_batch_tile::<V, C>(rows, &tile, finish) };
                tile.kept = tile.kept.wrapping_add(rows * wide);
                tile.index += rows * self.width;
                i += rows;
            }
            if last {
                return;
            }
            from += depth;
        }
    }
}
