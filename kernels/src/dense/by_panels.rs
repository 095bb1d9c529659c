//! Products whose result lies in panels: gradients of weights, each followed by an optimiser's step.

use super::super::arch::Quad;
use super::super::epilogue::{Buffer, Epilogue, Store};
use super::super::panels::tile_width;
use super::super::tile::{GRADIENT_MR, MAX_NR, NR_VECTORS, Tile, gradient_rows, run_tile};
use super::super::vector::{Kernel, Vector};
use super::{MAX_UNPACKED, Product};

/// Rows of a panel whose sums are collected before the epilogue takes them. They are still in the first-level cache then, and an epilogue
/// called once for many tiles costs less than one called for each.
const ROWS_PER_EPILOGUE: usize = 64;

/// `out (rows, width)` in [`super::super::Panels`], one panel after another, each from its first value to its last: an optimiser reads and
/// writes three more arrays of the same layout, and memory is fastest when it is read in order.
///
/// The epilogue's index is the place within the panels; it may not depend on the column, which it is told is 0.
pub(crate) struct ByPanels<'a, E> {
    /// Its left side has `row == 1`: the samples, read as their transpose.
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    pub epilogue: &'a E,
}

impl<E> ByPanels<'_, E> {
    /// Values of scratch that such a product needs.
    pub(crate) const fn scratch_len(rows: usize, depth: usize) -> usize {
        (rows + MAX_NR) * depth + (ROWS_PER_EPILOGUE + GRADIENT_MR) * MAX_NR
    }
}

impl<E: Epilogue> Kernel for ByPanels<'_, E> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        assert!(p.left.row == 1);
        let (left, rest) = self.scratch.split_at_mut(p.rows * p.depth);
        let pack_left = p.depth * p.left.step > MAX_UNPACKED;
        if pack_left {
            p.left.pack_all(p.rows, p.depth, gradient_rows, left);
        }
        p.panels_from::<V>(0, pack_left.then_some(&*left), rest, self.epilogue);
    }
}

impl Product<'_> {
    /// The panels from column `j` on, the last ones with narrower vectors.
    #[inline(always)]
    fn panels_from<V: Vector>(
        &self,
        mut j: usize,
        packed_left: Option<&[f32]>,
        scratch: &mut [f32],
        epilogue: &impl Epilogue,
    ) {
        while j < self.width {
            let width = tile_width::<V>(self.width - j);
            if width == NR_VECTORS * V::LANES {
                self.panel::<V, NR_VECTORS>(j, packed_left, scratch, epilogue);
            } else if width == V::LANES {
                self.panel::<V, 1>(j, packed_left, scratch, epilogue);
            } else {
                return self.panels_from::<V::Narrow>(j, packed_left, scratch, epilogue);
            }
            j += width;
        }
    }

    /// All outputs of the panel of `C` vectors that begins at column `j`.
    #[inline(always)]
    fn panel<V: Vector, const C: usize>(
        &self,
        j: usize,
        packed_left: Option<&[f32]>,
        scratch: &mut [f32],
        epilogue: &impl Epilogue,
    ) {
        let width = C * V::LANES;
        let (panel, sums) = scratch.split_at_mut(width * self.depth);
        let sums = &mut sums[..(ROWS_PER_EPILOGUE + GRADIENT_MR) * width];
        assert!(packed_left.is_none_or(|left| left.len() == self.rows * self.depth));
        let (right, right_step) = self.unpacked_right(j, width).unwrap_or_else(|| {
            // SAFETY: `run` has checked the product, and the panel has room for the whole depth.
            unsafe { self.right.pack::<V, C>(j, 0, self.depth, panel.as_mut_ptr()) };
            (panel.as_ptr(), width)
        });
        let mut tile = Tile {
            left: self.left.values.as_ptr(),
            left_step: self.left.step,
            right,
            right_step,
            depth: self.depth,
            first: true,
            last: true,
            partial_sums: std::ptr::null_mut(),
            width,
            index: 0,
            column: 0,
        };
        let store = Store(Buffer::new(sums, sums.len()));
        let (mut i, mut first) = (0, 0);
        while i < self.rows {
            let rows = gradient_rows(self.rows - i);
            if let Some(left) = packed_left {
                (tile.left, tile.left_step) = (left[i * self.depth..].as_ptr(), rows);
            } else {
                tile.left = self.left.values.as_ptr().wrapping_add(i);
            }
            tile.index = (i - first) * width;
            // SAFETY: both sides have all rows and the whole depth; `sums` has room for the collected rows and one more tile.
            unsafe { run_tile::<V, C>(rows, &tile, &store) };
            i += rows;
            if i - first >= ROWS_PER_EPILOGUE || i == self.rows {
                apply_all::<V>(j * self.rows + first * width, &sums[..(i - first) * width], epilogue);
                first = i;
            }
        }
    }
}

/// Hands the sums to the epilogue, `index` being the first one's place; two vectors at a time, which share their address arithmetic.
#[inline(always)]
fn apply_all<V: Vector>(index: usize, sums: &[f32], epilogue: &impl Epilogue) {
    let (mut at, from) = (0, sums.as_ptr());
    // SAFETY: `at` stays within the sums, whose outputs lie within the product.
    unsafe {
        let columns = epilogue.load_columns::<V>(0);
        while at + 2 * V::LANES <= sums.len() {
            let second = V::load(from.add(at + V::LANES));
            epilogue.apply(columns, index + at, V::load(from.add(at)));
            epilogue.apply(columns, index + at + V::LANES, second);
            at += 2 * V::LANES;
        }
        let columns = epilogue.load_columns::<Quad>(0);
        while at < sums.len() {
            epilogue.apply(columns, index + at, Quad::load(from.add(at)));
            at += Quad::LANES;
        }
    }
}
