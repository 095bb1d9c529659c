//! The two sides of a product, laid out in the order in which its tiles read them.

use super::arch::{self, Quad};
use super::promise;
use super::tile::{ROWS, batch_rows};
use super::vector::Vector;

/// The left side: `left(i, l)` is `values[i * row + l * step]`, where `row` or `step` is 1. One matrix serves as itself and as
/// its transpose.
#[derive(Clone, Copy)]
pub(super) struct Left<'a> {
    pub values: &'a [f32],
    pub row: usize,
    pub step: usize,
}

impl Left<'_> {
    /// Whether every value of `rows` rows and `depth` steps is there, and rows begin where four values fit.
    pub(super) fn holds(&self, rows: usize, depth: usize) -> bool {
        let values = self.values.len();
        if self.row == 1 {
            depth == 0 || (depth - 1) * self.step + rows <= values
        } else {
            self.step == 1 && whole_rows(rows, depth, self.row, values)
        }
    }

    /// Writes `rows` rows of one tile from `i` on as `[depth, rows]`.
    ///
    /// # Safety
    /// [`Left::holds`] must be true of the rows and the depth, and `to` have room.
    pub(super) unsafe fn pack(&self, i: usize, rows: usize, depth: usize, to: *mut f32) {
        // SAFETY: the caller's.
        unsafe {
            let from = self.values.as_ptr().add(i * self.row);
            if rows < ROWS {
                for r in 0..rows {
                    for l in 0..depth {
                        *to.add(l * rows + r) = *from.add(r * self.row + l * self.step);
                    }
                }
            } else if self.row == 1 {
                for l in 0..depth {
                    Quad::load(from.add(l * self.step)).store(to.add(l * ROWS));
                }
            } else {
                transpose(from, self.row, 4, depth, to, ROWS);
            }
        }
    }

    /// Packs all rows, tile after tile: those of the tile from row `i` on begin at `i * depth`.
    pub(super) fn pack_all(&self, rows: usize, depth: usize, to: &mut [f32]) {
        promise(self.holds(rows, depth) && to.len() >= rows * depth);
        let mut i = 0;
        while i < rows {
            let tile = batch_rows(rows - i);
            // SAFETY: just checked.
            unsafe { self.pack(i, tile, depth, to.as_mut_ptr().add(i * depth)) };
            i += tile;
        }
    }
}

/// Whether `rows` rows `stride` apart, of which `depth` values count, may be read four at a time.
fn whole_rows(rows: usize, depth: usize, stride: usize, values: usize) -> bool {
    rows == 0 || stride.is_multiple_of(4) && depth <= stride && rows * stride <= values
}

/// The right side of a product.
#[derive(Clone, Copy)]
pub(super) enum Right<'a> {
    /// `right(l, j)` is `values[l * stride + j]`.
    Rows { values: &'a [f32], stride: usize },
    /// `right(l, j)` is `values[j * stride + l]`, zero from row `used` on.
    Transposed {
        values: &'a [f32],
        stride: usize,
        used: usize,
    },
}

impl Right<'_> {
    /// Whether every value of `depth` steps and `width` columns is there.
    pub(super) fn holds(&self, depth: usize, width: usize) -> bool {
        match *self {
            Right::Rows { values, stride } => depth == 0 || (depth - 1) * stride + width <= values.len(),
            Right::Transposed { values, stride, used } => whole_rows(used, depth, stride, values.len()),
        }
    }

    /// Writes `C` vectors of columns from `j` on, the steps from `from` on, as `[depth, C * LANES]`.
    ///
    /// # Safety
    /// [`Right::holds`] must be true of the steps and the columns, and `to` have room.
    #[inline(always)]
    pub(super) unsafe fn pack<V: Vector, const C: usize>(
        &self,
        j: usize,
        from: usize,
        depth: usize,
        to: *mut f32,
    ) {
        let wide = C * V::LANES;
        // SAFETY: the caller's; a row that is there has four values wherever one of them counts.
        unsafe {
            match *self {
                Right::Rows { values, stride } => {
                    let (mut row, mut to) = (values.as_ptr().add(from * stride + j), to);
                    for _ in 0..depth {
                        for c in 0..C {
                            V::load(row.add(c * V::LANES)).store(to.add(c * V::LANES));
                        }
                        (row, to) = (row.wrapping_add(stride), to.add(wide));
                    }
                }
                Right::Transposed { values, stride, used } => {
                    for c in (0..wide).step_by(4) {
                        let row = j + c;
                        let there = used.saturating_sub(row).min(4);
                        let first = values.as_ptr().wrapping_add(row * stride + from);
                        transpose(first, stride, there, depth, to.add(c), wide);
                    }
                }
            }
        }
    }
}

/// Writes four rows of `depth` values, `stride` apart, as columns: value `l` of row `r` to `[l * step + r]`. Only `there` rows
/// are there; the others stand for zeros.
///
/// # Safety
/// The rows must be readable up to the next multiple of four values, and `to` have room for `depth` columns.
#[cfg_attr(target_arch = "wasm32", inline(never))]
unsafe fn transpose(from: *const f32, stride: usize, there: usize, depth: usize, to: *mut f32, step: usize) {
    // SAFETY: the caller's.
    unsafe {
        if there == 4 {
            let rows: [*const f32; 4] = std::array::from_fn(|r| from.wrapping_add(r * stride));
            columns(depth, to, step, |l| rows.map(|row| Quad::load(row.add(l))));
        } else {
            let row = |r: usize, l: usize| {
                if r < there {
                    Quad::load(from.add(r * stride + l))
                } else {
                    Quad::splat(0.0)
                }
            };
            columns(depth, to, step, |l| std::array::from_fn(|r| row(r, l)));
        }
    }
}

/// Writes blocks of four steps of four rows, each given by `block`, as columns.
///
/// # Safety
/// `to` must have room for `depth` columns.
#[inline(always)]
unsafe fn columns(depth: usize, mut to: *mut f32, step: usize, block: impl Fn(usize) -> [Quad; 4]) {
    let mut l = 0;
    // SAFETY: the caller's.
    unsafe {
        while l + 4 <= depth {
            for column in arch::transpose(block(l)) {
                column.store(to);
                to = to.wrapping_add(step);
            }
            l += 4;
        }
        if l < depth {
            for column in arch::transpose(block(l)).into_iter().take(depth - l) {
                column.store(to);
                to = to.wrapping_add(step);
            }
        }
    }
}
