//! Products of few columns, done as their transpose.

use super::super::arch::{self, Quad};
use super::super::ends::{Finish, Place, Store};
use super::super::promise;
use super::super::tile::{LONG, ROWS, Tile, VECTORS, add_long_tile, add_tile, tile_rows};
use super::super::vector::Vector;
use super::{DIRECT, Product, Work};

/// A product `out [len, n]` of few columns, done as `out^T`: `product` has `n` rows at most and as many columns as `len`, padded.
pub(crate) struct Turned<'a, F> {
    pub product: Product<'a>,
    /// Rows of `out`.
    pub len: usize,
    /// Columns of `out`, a multiple of four; those that `product` lacks are zero.
    pub n: usize,
    pub scratch: &'a mut [f32],
    /// Called for every four outputs with `(index, sum)`, `index` being `i * n + j`.
    pub finish: &'a F,
}

impl<F> Turned<'_, F> {
    /// Values of scratch that such a product takes.
    pub(crate) const fn scratch_len(rows: usize, depth: usize, width: usize) -> usize {
        rows.next_multiple_of(4) * width + (width + ROWS) * depth
    }
}

impl<F: Finish> Work for Turned<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        let stride = p.width;
        promise(self.len <= stride && p.rows <= self.n);
        let (sums, rest) = self.scratch.split_at_mut(self.n * stride);
        sums[p.rows * stride..].fill(0.0);
        let (panels, group) = rest.split_at_mut(p.depth * stride);
        p.pack_panels::<V>(panels);
        let mut i = 0;
        while i < p.rows {
            let rows = tile_rows(p.rows - i);
            p.tiles::<V>(i, rows, panels, group, &mut sums[i * stride..]);
            i += rows;
        }
        turn(self.len, self.n, stride, sums, self.finish);
    }
}

/// Hands over `sums [n, stride]` as `[len, n]`.
#[inline(always)]
fn turn(len: usize, n: usize, stride: usize, sums: &[f32], finish: &impl Finish) {
    promise(sums.len() >= n * stride && stride >= len.next_multiple_of(4) && n.is_multiple_of(4));
    for j in (0..n).step_by(4) {
        // SAFETY: four rows of sums from `j` on have four values from `i` on; the outputs are the product's own promise.
        unsafe {
            let held = finish.hold::<Quad>(j);
            for i in (0..len).step_by(4) {
                let from = sums.as_ptr().add(j * stride + i);
                let block = arch::transpose(std::array::from_fn(|r| Quad::load(from.add(r * stride))));
                for (r, sum) in block.into_iter().enumerate().take(len - i) {
                    finish.finish(held, (i + r) * n + j, sum);
                }
            }
        }
    }
}

impl Product<'_> {
    /// Packs every panel of the right side, unless it is read where it is: that of the columns from `j` on begins at `j * depth`.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn pack_panels<V: Vector>(&self, to: &mut [f32]) {
        promise(to.len() >= self.depth * self.width);
        if self.direct(0, 0).is_none() {
            self.panels_from::<V>(0, to.as_mut_ptr());
        }
    }

    #[inline(always)]
    fn panels_from<V: Vector>(&self, mut j: usize, to: *mut f32) {
        while j < self.width {
            let wide = panel_width::<V>(self.width - j, self.vectors(self.rows));
            let to_panel = to.wrapping_add(j * self.depth);
            // SAFETY: `run` has checked the product, and `pack_panels` the room.
            unsafe {
                match wide / V::LANES {
                    0 => return self.panels_from::<V::Narrow>(j, to),
                    1 => self.right.pack::<V, 1>(j, 0, self.depth, to_panel),
                    VECTORS => self.right.pack::<V, VECTORS>(j, 0, self.depth, to_panel),
                    _ => self.right.pack::<V, LONG>(j, 0, self.depth, to_panel),
                }
            }
            j += wide;
        }
    }

    /// Vectors of columns in a tile of `rows` rows: one or two rows take longer ones, unless the panels are packed for four.
    #[inline(always)]
    fn vectors(&self, rows: usize) -> usize {
        if rows <= 2 && (self.rows <= 2 || self.direct(0, 0).is_some()) {
            LONG
        } else {
            VECTORS
        }
    }

    /// Sums of `rows` rows from `i` on, all columns, to `sums [rows, width]`.
    ///
    /// A function of its own on WebAssembly, where every end shares it.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn tiles<V: Vector>(&self, i: usize, rows: usize, panels: &[f32], group: &mut [f32], sums: &mut [f32]) {
        promise(sums.len() >= rows * self.width && group.len() >= ROWS * self.depth);
        let (left, left_step) = if self.left.row == 1 && self.depth * self.left.step <= DIRECT {
            (self.left.values.as_ptr().wrapping_add(i), self.left.step)
        } else {
            // SAFETY: `run` has checked the product, and the group has room for four rows.
            unsafe { self.left.pack(i, rows, self.depth, group.as_mut_ptr()) };
            (group.as_ptr(), rows)
        };
        let tile = Tile {
            left,
            left_step,
            right: panels.as_ptr(),
            right_step: 0,
            depth: self.depth,
            first: true,
            last: true,
            kept: std::ptr::null_mut(),
            width: self.width,
            index: 0,
            column: 0,
        };
        self.tiles_from::<V>(0, rows, tile, &Store(Place::new(sums, rows * self.width)));
    }

    #[inline(always)]
    fn tiles_from<V: Vector>(&self, mut j: usize, rows: usize, mut tile: Tile, to: &Store) {
        let (direct, panels) = (self.direct(0, 0), tile.right);
        while j < self.width {
            let wide = panel_width::<V>(self.width - j, self.vectors(rows));
            (tile.right, tile.right_step) = match direct {
                Some((values, stride)) => (values.wrapping_add(j), stride),
                None => (panels.wrapping_add(j * self.depth), wide),
            };
            tile.index = j;
            // SAFETY: `run` has checked the product, whose sides are packed for this depth or lie where they are.
            unsafe {
                match wide / V::LANES {
                    0 => {
                        tile.right = panels;
                        return self.tiles_from::<V::Narrow>(j, rows, tile, to);
                    }
                    1 => add_tile::<V, 1>(rows, &tile, to),
                    VECTORS => add_tile::<V, VECTORS>(rows, &tile, to),
                    _ => add_long_tile::<V>(rows, &tile, to),
                }
            }
            j += wide;
        }
    }
}

/// Columns of the next panel of at most `most` vectors where `left` are left; none where the vector is too wide.
#[inline(always)]
const fn panel_width<V: Vector>(left: usize, most: usize) -> usize {
    if left >= most * V::LANES {
        most * V::LANES
    } else if left >= VECTORS * V::LANES {
        VECTORS * V::LANES
    } else if left >= V::LANES {
        V::LANES
    } else {
        0
    }
}
