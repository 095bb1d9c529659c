//! The two sides of a product, laid out in the order in which its tiles read them.

use super::arch::{self, Quad};
use super::panels::Panels;
use super::promise;
use super::tile::{GRADIENT_ROWS, ROWS};
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
            if rows != ROWS && rows != GRADIENT_ROWS {
                for r in 0..rows {
                    for l in 0..depth {
                        *to.add(l * rows + r) = *from.add(r * self.row + l * self.step);
                    }
                }
            } else if self.row == 1 {
                for l in 0..depth {
                    let (from, to) = (from.add(l * self.step), to.add(l * rows));
                    Quad::load(from).store(to);
                    if rows == GRADIENT_ROWS {
                        *to.add(ROWS) = *from.add(ROWS);
                    }
                }
            } else {
                transpose(from, self.row, 0, 4, depth, to, rows);
                for l in (0..depth).take_while(|_| rows == GRADIENT_ROWS) {
                    *to.add(l * rows + ROWS) = *from.add(ROWS * self.row + l);
                }
            }
        }
    }

    /// Packs all rows, tile after tile: those of the tile from row `i` on begin at `i * depth`. `group` says how many rows the next
    /// tile has of those that are left.
    #[inline(always)]
    pub(super) fn pack_all(&self, rows: usize, depth: usize, group: impl Fn(usize) -> usize, to: &mut [f32]) {
        promise(self.holds(rows, depth) && to.len() >= rows * depth);
        let mut i = 0;
        while i < rows {
            let tile = group(rows - i);
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
    /// As the weights of a layer lie, for tiles of the machine's widest vectors.
    Panels { values: &'a [f32] },
    /// `right(l, j)` is row `j`, column `l` of a matrix in panels; zero from its last row on.
    Transposed { values: &'a [f32], panels: Panels },
}

impl Right<'_> {
    /// Whether every value of `depth` steps and `width` columns is there.
    pub(super) fn holds(&self, depth: usize, width: usize) -> bool {
        match *self {
            Right::Rows { values, stride } => depth == 0 || (depth - 1) * stride + width <= values.len(),
            Right::Panels { values } => depth * width <= values.len(),
            Right::Transposed { values, panels } => panels.len() <= values.len() && panels.columns() >= depth,
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
                // Read where they lie.
                Right::Panels { .. } => {}
                Right::Transposed { values, panels } => {
                    let (mut l, end) = (from, from + depth);
                    while l < end {
                        let (first, stride) = panels.holding(l);
                        let steps = panels.alike(first).min(end) - l;
                        let values = values.as_ptr().wrapping_add(first * panels.k() + (l - first));
                        let to = to.add((l - from) * wide);
                        let jump = stride * panels.k();
                        for c in (0..wide).step_by(4) {
                            let there = panels.k().saturating_sub(j + c).min(4);
                            let row = values.wrapping_add((j + c) * stride);
                            transpose(row, stride, jump, there, steps, to.add(c), wide);
                        }
                        l += steps;
                    }
                }
            }
        }
    }
}

/// Writes four rows of `depth` values, `stride` apart, as columns: value `l` of row `r` to `[l * step + r]`. Where rows are longer than
/// `stride`, they go on in the next panel, `jump` values further. Only `there` rows are there; the others stand for zeros.
///
/// # Safety
/// The rows must be readable up to the next multiple of four values, and `to` have room for `depth` columns.
#[cfg_attr(target_arch = "wasm32", inline(never))]
unsafe fn transpose(
    mut from: *const f32,
    stride: usize,
    jump: usize,
    there: usize,
    mut depth: usize,
    mut to: *mut f32,
    step: usize,
) {
    // SAFETY: the caller's.
    unsafe {
        while depth > 0 {
            let steps = stride.min(depth);
            if there == 4 {
                let rows: [*const f32; 4] = std::array::from_fn(|r| from.wrapping_add(r * stride));
                columns(steps, to, step, |l| rows.map(|row| Quad::load(row.add(l))));
            } else {
                let row = |r: usize, l: usize| {
                    if r < there {
                        Quad::load(from.add(r * stride + l))
                    } else {
                        Quad::splat(0.0)
                    }
                };
                columns(steps, to, step, |l| std::array::from_fn(|r| row(r, l)));
            }
            (from, to) = (from.wrapping_add(jump), to.wrapping_add(steps * step));
            depth -= steps;
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
