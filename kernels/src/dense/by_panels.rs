//! Products whose outputs lie in panels: the gradients of weights, each followed by an optimiser's step.

use super::super::arch::Quad;
use super::super::ends::{Finish, Place, Store};
use super::super::panels::vectors_wide;
use super::super::promise;
use super::super::tile::{GRADIENT_ROWS, Tile, VECTORS, WIDEST, add_tile, gradient_rows};
use super::super::vector::Vector;
use super::{DIRECT, Product, Work};

/// Rows after which the sums of a panel are finished, while they are near: in one go, since a call for every tile takes longer than what
/// it saves.
const GROUP: usize = 64;

/// A panel of the outputs after another, whose sums are finished from one end to the other: an optimiser reads and writes three more
/// arrays there, and the memory likes them in one sweep.
pub(crate) struct ByPanels<'a, F> {
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    /// Called for every vector of outputs, in order, with its place among the panels; it must do without the columns (it is told 0).
    pub finish: &'a F,
}

impl<F> ByPanels<'_, F> {
    /// Values of scratch that such a product takes.
    pub(crate) const fn scratch_len(rows: usize, depth: usize) -> usize {
        (rows + WIDEST) * depth + (GROUP + GRADIENT_ROWS) * WIDEST
    }
}

impl<F: Finish> Work for ByPanels<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        promise(p.left.row == 1);
        let (left, rest) = self.scratch.split_at_mut(p.rows * p.depth);
        let packed = p.depth * p.left.step > DIRECT;
        if packed {
            p.left.pack_all(p.rows, p.depth, gradient_rows, left);
        }
        p.panels::<V>(0, packed, left, rest, self.finish);
    }
}

impl Product<'_> {
    #[inline(always)]
    fn panels<V: Vector>(
        &self,
        mut j: usize,
        packed: bool,
        left: &[f32],
        scratch: &mut [f32],
        finish: &impl Finish,
    ) {
        while j < self.width {
            let wide = vectors_wide::<V>(self.width - j);
            if wide == VECTORS * V::LANES {
                self.panel::<V, VECTORS>(j, packed, left, scratch, finish);
            } else if wide == V::LANES {
                self.panel::<V, 1>(j, packed, left, scratch, finish);
            } else {
                return self.panels::<V::Narrow>(j, packed, left, scratch, finish);
            }
            j += wide;
        }
    }

    /// All outputs of the panel of `C` vectors that begins at column `j`.
    #[inline(always)]
    fn panel<V: Vector, const C: usize>(
        &self,
        j: usize,
        packed: bool,
        left: &[f32],
        scratch: &mut [f32],
        finish: &impl Finish,
    ) {
        let wide = C * V::LANES;
        let (panel, sums) = scratch.split_at_mut(wide * self.depth);
        promise(left.len() == self.rows * self.depth && sums.len() >= (GROUP + GRADIENT_ROWS) * wide);
        let sums = &mut sums[..(GROUP + GRADIENT_ROWS) * wide];
        let (right, right_step) = self.direct(j, wide).unwrap_or_else(|| {
            // SAFETY: `run` has checked the product, and the panel has room for the whole depth.
            unsafe { self.right.pack::<V, C>(j, 0, self.depth, panel.as_mut_ptr()) };
            (panel.as_ptr(), wide)
        });
        let mut tile = Tile {
            left: left.as_ptr(),
            left_step: self.left.step,
            right,
            right_step,
            depth: self.depth,
            first: true,
            last: true,
            kept: std::ptr::null_mut(),
            width: wide,
            index: 0,
            column: 0,
        };
        let store = Store(Place::new(sums, sums.len()));
        let (mut i, mut begun) = (0, 0);
        while i < self.rows {
            let rows = gradient_rows(self.rows - i);
            if packed {
                (tile.left, tile.left_step) = (left[i * self.depth..].as_ptr(), rows);
            } else {
                tile.left = self.left.values.as_ptr().wrapping_add(i);
            }
            tile.index = (i - begun) * wide;
            // SAFETY: the sides are there for all rows and the whole depth; the sums have room for the rows of a group and a tile.
            unsafe { add_tile::<V, C>(rows, &tile, &store) };
            i += rows;
            if i - begun >= GROUP || i == self.rows {
                finish_all::<V>(j * self.rows + begun * wide, &sums[..(i - begun) * wide], finish);
                begun = i;
            }
        }
    }
}

/// Hands over sums, `index` being the first one's among the outputs; two vectors at a time, which share their addresses.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn finish_all<V: Vector>(index: usize, sums: &[f32], finish: &impl Finish) {
    let (mut at, from) = (0, sums.as_ptr());
    // SAFETY: the sums are there, and so are the outputs, which is the product's own promise.
    unsafe {
        let held = finish.hold::<V>(0);
        while at + 2 * V::LANES <= sums.len() {
            let second = V::load(from.add(at + V::LANES));
            finish.finish(held, index + at, V::load(from.add(at)));
            finish.finish(held, index + at + V::LANES, second);
            at += 2 * V::LANES;
        }
        let held = finish.hold::<Quad>(0);
        while at < sums.len() {
            finish.finish(held, index + at, Quad::load(from.add(at)));
            at += Quad::LANES;
        }
    }
}
