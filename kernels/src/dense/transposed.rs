//! Products with few columns, computed as their transpose.

use super::super::arch::{self, Quad};
use super::super::epilogue::{Buffer, Epilogue, Store};
use super::super::tile::{LONG_VECTORS, MR, NR_VECTORS, Tile, run_long_tile, run_tile, tile_rows};
use super::super::vector::{Kernel, Vector};
use super::{MAX_UNPACKED, Product};

/// `out (len, n)`, computed as `out^T`: `product` has at most `n` rows, and `len` columns, padded. Its lanes lie across the many rows of
/// `out`, not across the few columns. The sums of `out^T` wait in scratch, and four by four are transposed for the epilogue, whose index is
/// `i * n + j`.
pub(crate) struct Transposed<'a, E> {
    pub product: Product<'a>,
    /// Rows of `out`.
    pub len: usize,
    /// Columns of `out`, a multiple of four; those that `product` lacks are zero.
    pub n: usize,
    pub scratch: &'a mut [f32],
    pub epilogue: &'a E,
}

impl<E> Transposed<'_, E> {
    /// Values of scratch that such a product needs.
    pub(crate) const fn scratch_len(rows: usize, depth: usize, width: usize) -> usize {
        rows.next_multiple_of(4) * width + (width + MR) * depth
    }
}

impl<E: Epilogue> Kernel for Transposed<'_, E> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        let stride = p.width;
        assert!(self.len <= stride && p.rows <= self.n);
        let (sums, rest) = self.scratch.split_at_mut(self.n * stride);
        sums[p.rows * stride..].fill(0.0);
        let (panels, left) = rest.split_at_mut(p.depth * stride);
        p.pack_panels::<V>(panels);
        let mut i = 0;
        while i < p.rows {
            let rows = tile_rows(p.rows - i);
            p.row_of_tiles::<V>(i, rows, panels, left, &mut sums[i * stride..]);
            i += rows;
        }
        apply_transposed(self.len, self.n, stride, sums, self.epilogue);
    }
}

/// Hands `sums (n, stride)` to the epilogue as `(len, n)`.
#[inline(always)]
fn apply_transposed(len: usize, n: usize, stride: usize, sums: &[f32], epilogue: &impl Epilogue) {
    assert!(sums.len() >= n * stride && stride >= len.next_multiple_of(4) && n.is_multiple_of(4));
    for j in (0..n).step_by(4) {
        // SAFETY: just checked: each of four rows of sums from `j` on has four values from `i` on. The outputs lie within the product.
        unsafe {
            let columns = epilogue.load_columns::<Quad>(j);
            for i in (0..len).step_by(4) {
                let from = sums.as_ptr().add(j * stride + i);
                let block = arch::transpose(std::array::from_fn(|r| Quad::load(from.add(r * stride))));
                for (r, sum) in block.into_iter().enumerate().take(len - i) {
                    epilogue.apply(columns, (i + r) * n + j, sum);
                }
            }
        }
    }
}

impl Product<'_> {
    /// Packs every panel of the right side, unless it is read without packing; the one from column `j` on begins at `j * depth`.
    #[inline(always)]
    fn pack_panels<V: Vector>(&self, to: &mut [f32]) {
        assert!(to.len() >= self.depth * self.width);
        if self.unpacked_right(0, 0).is_none() {
            self.pack_panels_from::<V>(0, to.as_mut_ptr());
        }
    }

    #[inline(always)]
    fn pack_panels_from<V: Vector>(&self, mut j: usize, to: *mut f32) {
        while j < self.width {
            let width = tile_width::<V>(self.width - j, self.tile_vectors(self.rows));
            let panel = to.wrapping_add(j * self.depth);
            // SAFETY: `run` has checked the product, and `pack_panels` the room.
            unsafe {
                match width / V::LANES {
                    0 => return self.pack_panels_from::<V::Narrow>(j, to),
                    1 => self.right.pack::<V, 1>(j, 0, self.depth, panel),
                    NR_VECTORS => self.right.pack::<V, NR_VECTORS>(j, 0, self.depth, panel),
                    _ => self.right.pack::<V, LONG_VECTORS>(j, 0, self.depth, panel),
                }
            }
            j += width;
        }
    }

    /// Vectors of columns in a tile of `rows` rows. One or two rows take long tiles, unless the panels are packed for tiles of four rows.
    #[inline(always)]
    fn tile_vectors(&self, rows: usize) -> usize {
        if rows <= 2 && (self.rows <= 2 || self.unpacked_right(0, 0).is_some()) {
            LONG_VECTORS
        } else {
            NR_VECTORS
        }
    }

    /// Computes `rows` rows from `i` on, all columns, into `sums (rows, width)`. `scratch` has room for the packed left side of a tile.
    #[inline(always)]
    fn row_of_tiles<V: Vector>(
        &self,
        i: usize,
        rows: usize,
        panels: &[f32],
        scratch: &mut [f32],
        sums: &mut [f32],
    ) {
        assert!(sums.len() >= rows * self.width && scratch.len() >= MR * self.depth);
        let (left, left_step) = if self.left.row == 1 && self.depth * self.left.step <= MAX_UNPACKED {
            (self.left.values.as_ptr().wrapping_add(i), self.left.step)
        } else {
            // SAFETY: `run` has checked the product, and `scratch` has room for four rows.
            unsafe { self.left.pack(i, rows, self.depth, scratch.as_mut_ptr()) };
            (scratch.as_ptr(), rows)
        };
        let tile = Tile {
            left,
            left_step,
            right: panels.as_ptr(),
            right_step: 0,
            depth: self.depth,
            first: true,
            last: true,
            partial_sums: std::ptr::null_mut(),
            width: self.width,
            index: 0,
            column: 0,
        };
        self.tiles_from::<V>(0, rows, tile, &Store(Buffer::new(sums, rows * self.width)));
    }

    #[inline(always)]
    fn tiles_from<V: Vector>(&self, mut j: usize, rows: usize, mut tile: Tile, store: &Store) {
        let (unpacked, panels) = (self.unpacked_right(0, 0), tile.right);
        while j < self.width {
            let width = tile_width::<V>(self.width - j, self.tile_vectors(rows));
            (tile.right, tile.right_step) = match unpacked {
                Some((values, stride)) => (values.wrapping_add(j), stride),
                None => (panels.wrapping_add(j * self.depth), width),
            };
            tile.index = j;
            // SAFETY: `run` has checked the product, whose sides are packed for this depth or read where they lie.
            unsafe {
                match width / V::LANES {
                    0 => {
                        tile.right = panels;
                        return self.tiles_from::<V::Narrow>(j, rows, tile, store);
                    }
                    1 => run_tile::<V, 1>(rows, &tile, store),
                    NR_VECTORS => run_tile::<V, NR_VECTORS>(rows, &tile, store),
                    _ => run_long_tile::<V>(rows, &tile, store),
                }
            }
            j += width;
        }
    }
}

/// Columns of the next tile, of at most `max_vectors` vectors, where `left` columns are left; 0 where the vector is too wide.
#[inline(always)]
const fn tile_width<V: Vector>(left: usize, max_vectors: usize) -> usize {
    if left >= max_vectors * V::LANES {
        max_vectors * V::LANES
    } else if left >= NR_VECTORS * V::LANES {
        NR_VECTORS * V::LANES
    } else if left >= V::LANES {
        V::LANES
    } else {
        0
    }
}
