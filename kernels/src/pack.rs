//! Packing: copies the two sides of a product into the order in which the micro-kernel reads them.
//!
//! A product reads each packed value many times. One copy beforehand makes all these reads consecutive, and keeps them from evicting
//! each other from the cache, which reads at a stride of a power of two would do.
//!
//! Source: Goto and van de Geijn 2008, doi:10.1145/1356052.1356053, on packing.

use super::arch::{self, Quad};
use super::panels::Panels;
use super::tile::{GRADIENT_MR, MR};
use super::vector::Vector;

/// The left side of a product: `left(i, l)` is `values[i * row + l * step]`, where `row` or `step` is 1. The same matrix serves as
/// itself and, with the two exchanged, as its transpose.
#[derive(Clone, Copy)]
pub(super) struct Left<'a> {
    pub values: &'a [f32],
    /// Distance from one row to the next.
    pub row: usize,
    /// Distance from one step of the depth to the next.
    pub step: usize,
}

impl Left<'_> {
    /// Whether `values` has `rows` rows of `depth` steps that can be read four at a time.
    pub(super) fn contains(&self, rows: usize, depth: usize) -> bool {
        let values = self.values.len();
        if self.row == 1 {
            depth == 0 || (depth - 1) * self.step + rows <= values
        } else {
            let whole = self.row.is_multiple_of(4) && depth <= self.row && rows * self.row <= values;
            self.step == 1 && (rows == 0 || whole)
        }
    }

    /// Packs the `rows` rows of one tile, from row `i` on, as `(depth, rows)`.
    ///
    /// # Safety
    /// [`Left::contains`] must be true of these rows and the depth, and `to` must have room for `rows * depth` values.
    pub(super) unsafe fn pack(&self, i: usize, rows: usize, depth: usize, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe {
            let from = self.values.as_ptr().add(i * self.row);
            if rows != MR && rows != GRADIENT_MR {
                for r in 0..rows {
                    for l in 0..depth {
                        *to.add(l * rows + r) = *from.add(r * self.row + l * self.step);
                    }
                }
            } else if self.row == 1 {
                for l in 0..depth {
                    let (from, to) = (from.add(l * self.step), to.add(l * rows));
                    Quad::load(from).store(to);
                    if rows == GRADIENT_MR {
                        *to.add(MR) = *from.add(MR);
                    }
                }
            } else {
                let four_rows = FourRows { values: from, present: 4, stride: self.row, next_panel: 0 };
                four_rows.transpose(depth, to, rows);
                for l in (0..depth).take_while(|_| rows == GRADIENT_MR) {
                    *to.add(l * rows + MR) = *from.add(MR * self.row + l);
                }
            }
        }
    }

    /// Packs all rows, tile after tile; the tile from row `i` on begins at `i * depth`. `tile_rows` says how many rows the next tile has,
    /// given how many are left.
    #[inline(always)]
    pub(super) fn pack_all(
        &self,
        rows: usize,
        depth: usize,
        tile_rows: impl Fn(usize) -> usize,
        to: &mut [f32],
    ) {
        assert!(self.contains(rows, depth) && to.len() >= rows * depth);
        let mut i = 0;
        while i < rows {
            let next = tile_rows(rows - i);
            // SAFETY: the rows and the room have just been checked.
            unsafe { self.pack(i, next, depth, to.as_mut_ptr().add(i * depth)) };
            i += next;
        }
    }
}

/// The right side of a product.
#[derive(Clone, Copy)]
pub(super) enum Right<'a> {
    /// `right(l, j)` is `values[l * stride + j]`.
    Rows { values: &'a [f32], stride: usize },
    /// Packed already, in [`Panels`] for the machine's widest vectors.
    Panels { values: &'a [f32] },
    /// `right(l, j)` is row `j`, column `l` of a matrix in [`Panels`]; zero from its last row on.
    Transposed { values: &'a [f32], panels: Panels },
}

impl Right<'_> {
    /// Whether `values` has `depth` steps of `width` columns.
    pub(super) fn contains(&self, depth: usize, width: usize) -> bool {
        match *self {
            Right::Rows { values, stride } => depth == 0 || (depth - 1) * stride + width <= values.len(),
            Right::Panels { values } => depth * width <= values.len(),
            Right::Transposed { values, panels } => panels.len() <= values.len() && panels.columns() >= depth,
        }
    }

    /// Packs `C` vectors of columns from `j` on, `depth` steps from `from` on, as `(depth, C * LANES)`.
    ///
    /// # Safety
    /// [`Right::contains`] must be true of the steps and the columns, and `to` must have room for them.
    #[inline(always)]
    pub(super) unsafe fn pack<V: Vector, const C: usize>(
        &self,
        j: usize,
        from: usize,
        depth: usize,
        to: *mut f32,
    ) {
        let width = C * V::LANES;
        // SAFETY: as the caller promises; rows are padded, so four values can be read wherever one of them counts.
        unsafe {
            match *self {
                Right::Rows { values, stride } => {
                    let (mut row, mut to) = (values.as_ptr().add(from * stride + j), to);
                    for _ in 0..depth {
                        for c in 0..C {
                            V::load(row.add(c * V::LANES)).store(to.add(c * V::LANES));
                        }
                        (row, to) = (row.wrapping_add(stride), to.add(width));
                    }
                }
                // The micro-kernel reads these where they lie.
                Right::Panels { .. } => {}
                Right::Transposed { values, panels } => {
                    let (mut l, end) = (from, from + depth);
                    while l < end {
                        let (first, stride) = panels.panel_of(l);
                        let steps = panels.end_of_run(first).min(end) - l;
                        let values = values.as_ptr().wrapping_add(first * panels.rows() + (l - first));
                        let to = to.add((l - from) * width);
                        for c in (0..width).step_by(4) {
                            let four_rows = FourRows {
                                values: values.wrapping_add((j + c) * stride),
                                present: panels.rows().saturating_sub(j + c).min(4),
                                stride,
                                next_panel: stride * panels.rows(),
                            };
                            four_rows.transpose(steps, to.add(c), width);
                        }
                        l += steps;
                    }
                }
            }
        }
    }
}

/// Four rows of a matrix, in one panel or in several equally wide ones.
struct FourRows {
    /// The first value of the first row.
    values: *const f32,
    /// How many of the rows exist; the others count as zeros.
    present: usize,
    /// Distance from one row to the next, which is the panel's width.
    stride: usize,
    /// Distance from one panel to the next.
    next_panel: usize,
}

impl FourRows {
    /// Writes `depth` values of each row as columns: value `l` of row `r` goes to `[l * step + r]`.
    ///
    /// # Safety
    /// The rows must be readable up to the next multiple of four values, and `to` must have room for `depth` columns.
    unsafe fn transpose(mut self, mut depth: usize, mut to: *mut f32, step: usize) {
        // SAFETY: as the caller promises.
        unsafe {
            while depth > 0 {
                let (from, steps) = (self.values, self.stride.min(depth));
                if self.present == 4 {
                    let rows: [*const f32; 4] = std::array::from_fn(|r| from.wrapping_add(r * self.stride));
                    store_columns(steps, to, step, |l| rows.map(|row| Quad::load(row.add(l))));
                } else {
                    let row = |r: usize, l: usize| {
                        if r < self.present {
                            Quad::load(from.add(r * self.stride + l))
                        } else {
                            Quad::splat(0.0)
                        }
                    };
                    store_columns(steps, to, step, |l| std::array::from_fn(|r| row(r, l)));
                }
                self.values = from.wrapping_add(self.next_panel);
                to = to.wrapping_add(steps * step);
                depth -= steps;
            }
        }
    }
}

/// Writes four rows as columns, `step` values apart; `block(l)` loads four values of each row, from value `l` on.
///
/// # Safety
/// `to` must have room for `depth` columns.
#[inline(always)]
unsafe fn store_columns(depth: usize, mut to: *mut f32, step: usize, block: impl Fn(usize) -> [Quad; 4]) {
    let mut l = 0;
    // SAFETY: as the caller promises.
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
