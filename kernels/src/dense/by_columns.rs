//! Products with a row-major result: forward passes and gradients of inputs.

use super::super::epilogue::Epilogue;
use super::super::tile::{MAX_NR, NR_VECTORS, Tile, batch_rows, run_batch_tile};
use super::super::vector::{Kernel, Vector};
use super::{KC, Product};

/// `out (rows, width)`, one panel of the right side after another; each tile ends in its epilogue, with `index = i * width + j`.
///
/// ```text
/// pack the left side                          (BLIS: A, in tiles of MR rows)
/// for each group of NR columns
///     for each part of KC steps
///         pack the right side's panel         (BLIS: B, unless it is packed or small)
///         for each group of MR rows
///             micro-kernel, and after the last part its epilogue
/// ```
pub(crate) struct ByColumns<'a, E> {
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    pub epilogue: &'a E,
}

impl<E> ByColumns<'_, E> {
    /// Values of scratch that such a product needs.
    pub(crate) const fn scratch_len(rows: usize, depth: usize) -> usize {
        rows * depth + MAX_NR * (KC + rows)
    }
}

impl<E: Epilogue> Kernel for ByColumns<'_, E> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        let (left, rest) = self.scratch.split_at_mut(p.rows * p.depth);
        p.left.pack_all(p.rows, p.depth, batch_rows, left);
        p.columns_from::<V>(0, left, rest, self.epilogue);
    }
}

impl Product<'_> {
    /// The columns from `j` on: pairs of vectors, then a single one, then the rest with narrower vectors.
    #[inline(always)]
    fn columns_from<V: Vector>(
        &self,
        mut j: usize,
        left: &[f32],
        scratch: &mut [f32],
        epilogue: &impl Epilogue,
    ) {
        while j + NR_VECTORS * V::LANES <= self.width {
            self.columns::<V, NR_VECTORS>(j, left, scratch, epilogue);
            j += NR_VECTORS * V::LANES;
        }
        while j + V::LANES <= self.width {
            self.columns::<V, 1>(j, left, scratch, epilogue);
            j += V::LANES;
        }
        if j < self.width {
            self.columns_from::<V::Narrow>(j, left, scratch, epilogue);
        }
    }

    /// All rows of the `C` vectors of columns from `j` on, one part of the depth after another.
    #[inline(always)]
    fn columns<V: Vector, const C: usize>(
        &self,
        j: usize,
        left: &[f32],
        scratch: &mut [f32],
        epilogue: &impl Epilogue,
    ) {
        let width = C * V::LANES;
        let (panel, sums) = scratch.split_at_mut(width * KC);
        assert!(left.len() == self.rows * self.depth && sums.len() >= width * self.rows);
        let mut from = 0;
        loop {
            let depth = KC.min(self.depth - from);
            let last = from + depth == self.depth;
            let (right, right_step) = match self.unpacked_right(j, width) {
                Some((right, step)) => (right.wrapping_add(from * step), step),
                None => {
                    // SAFETY: `run` has checked the product, and a panel has room for `KC` steps.
                    unsafe { self.right.pack::<V, C>(j, from, depth, panel.as_mut_ptr()) };
                    (panel.as_ptr(), width)
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
                partial_sums: sums.as_mut_ptr(),
                width: self.width,
                index: j,
                column: j,
            };
            let mut i = 0;
            while i < self.rows {
                let rows = batch_rows(self.rows - i);
                tile.left = left[i * self.depth + from * rows..].as_ptr();
                tile.left_step = rows;
                // SAFETY: both sides have all rows and this part of the depth; `sums` has room for every row.
                unsafe { run_batch_tile::<V, C>(rows, &tile, epilogue) };
                tile.partial_sums = tile.partial_sums.wrapping_add(rows * width);
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
