//! The product at the heart of a dense layer, tiled in registers: `out[i, j] = sum_l left(i, l) right(l, j)`.
//!
//! Lanes lie across `j`; every output adds its terms over `l` in order from `+0.0`, so that neither the tile's size nor the
//! vector's width nor packing shows in the result.

use super::arch;
use super::ends::Finish;
use super::tile::{Columns, Left, MOST, Part, ROWS, VECTORS, WIDEST, add_part};
use super::vector::Vector;

/// Steps of the depth for which a packed panel stays in the first-level cache.
const DEEPEST: usize = 256;
/// A right side larger than this (in values) is packed: its columns then lie in one cache line after another.
const PACKED_FROM: usize = 4096;
/// Fewer rows than this do not pay for packing the right side, fewer columns not for packing the left one.
const PACKED_ROWS: usize = 16;
const PACKED_WIDTH: usize = 16;

/// `left(i, l)` is `left[i * left_row + l * left_step]`: one matrix serves as itself and as its transpose.
pub(super) struct Product<'a> {
    pub rows: usize,
    pub depth: usize,
    pub left: &'a [f32],
    pub left_row: usize,
    pub left_step: usize,
    pub right: Right<'a>,
    /// Columns, a multiple of four.
    pub width: usize,
    /// Room for what is packed: [`scratch_len`], or nothing where nothing is.
    pub scratch: &'a mut [f32],
}

/// The right side of a product.
#[derive(Clone, Copy)]
pub(super) enum Right<'a> {
    /// `right(l, j)` is `[l * width + j]`.
    Rows(&'a [f32]),
    /// `right(l, j)` is `[j * stride + l]`, zero from row `used` on; always packed.
    Transposed {
        matrix: &'a [f32],
        stride: usize,
        used: usize,
    },
}

/// Values of scratch for a product of this size: the packed left side, a panel of the right one, sums of a part.
pub(super) const fn scratch_len(rows: usize, depth: usize) -> usize {
    rows * depth + WIDEST * (DEEPEST + rows)
}

impl Product<'_> {
    /// Calls `finish(index, column, sum)` for every vector of outputs, `index` being `i * width + j`.
    #[inline(always)]
    pub(super) fn run<V: Vector>(&mut self, finish: &impl Finish) {
        if self.rows == 0 || self.width == 0 {
            return;
        }
        assert!(self.left_row == 1 || self.left_step == 1);
        if self.depth > 0 {
            let last = (self.rows - 1) * self.left_row + (self.depth - 1) * self.left_step;
            assert!(last < self.left.len());
            match self.right {
                Right::Rows(right) => assert!(self.depth * self.width <= right.len()),
                Right::Transposed { matrix, stride, used } => {
                    assert!(used == 0 || (used - 1) * stride + self.depth <= matrix.len());
                }
            }
        }
        let scratch = std::mem::take(&mut self.scratch);
        assert!(scratch.is_empty() || scratch.len() >= scratch_len(self.rows, self.depth));
        let (left, rest) = scratch.split_at_mut(if scratch.is_empty() {
            0
        } else {
            self.rows * self.depth
        });
        // Rows in groups of four, step by step: then a tile has one place to read from, and no row a pointer of its own.
        let packed = self.width >= PACKED_WIDTH && !left.is_empty();
        if packed {
            self.pack_left(left);
        }
        self.columns::<V>(0, packed.then_some(&*left), rest, finish);
    }

    fn pack_left(&self, to: &mut [f32]) {
        for (i, to) in (0..self.rows / ROWS).zip(to.chunks_exact_mut(ROWS * self.depth)) {
            if self.left_row != 1 {
                let from = |r: usize| &self.left[(4 * i + r) * self.left_row..][..self.depth];
                transpose_into(from, self.depth, 4, to);
            } else {
                for (l, to) in to.chunks_exact_mut(4).enumerate() {
                    to.copy_from_slice(&self.left[l * self.left_step + 4 * i..][..4]);
                }
            }
        }
    }

    #[inline(always)]
    fn columns<V: Vector>(
        &self,
        mut j: usize,
        packed: Option<&[f32]>,
        scratch: &mut [f32],
        finish: &impl Finish,
    ) {
        while j + VECTORS * V::LANES <= self.width {
            self.block::<V, VECTORS>(j, packed, scratch, finish);
            j += VECTORS * V::LANES;
        }
        while j + V::LANES <= self.width {
            self.block::<V, 1>(j, packed, scratch, finish);
            j += V::LANES;
        }
        if j < self.width {
            self.columns::<V::Narrow>(j, packed, scratch, finish);
        }
    }

    /// All rows of `C` vectors of columns from `j` on, a part of the depth after another.
    #[inline(always)]
    fn block<V: Vector, const C: usize>(
        &self,
        j: usize,
        packed: Option<&[f32]>,
        scratch: &mut [f32],
        finish: &impl Finish,
    ) {
        let wide = C * V::LANES;
        let mut tile = std::mem::MaybeUninit::<[f32; MOST]>::uninit();
        let (panel, sums) = scratch.split_at_mut(if scratch.is_empty() { 0 } else { wide * DEEPEST });
        let deepest = if sums.is_empty() { self.depth } else { DEEPEST };
        let mut from = 0;
        loop {
            let depth = deepest.min(self.depth - from);
            let part = Part {
                from,
                depth,
                first: from == 0,
                last: from + depth == self.depth,
            };
            let right = self.columns_from(j, wide, part, panel);
            let mut i = 0;
            while i < self.rows {
                let whole = i + ROWS <= self.rows;
                let left = self.left_from(i, packed.filter(|_| whole), from);
                // A tile whose parts are interrupted by other tiles leaves its sums behind.
                let to = if part.first && part.last {
                    tile.as_mut_ptr().cast()
                } else {
                    sums[i * wide..].as_mut_ptr()
                };
                // SAFETY: `run` has checked the largest index of either side, and that the sums have room.
                unsafe {
                    if whole {
                        add_part::<V, ROWS, C>(left, right, part, to);
                        self.finish::<V, ROWS, C>(i, j, part, to, finish);
                    } else {
                        add_part::<V, 1, C>(left, right, part, to);
                        self.finish::<V, 1, C>(i, j, part, to, finish);
                    }
                }
                i += if whole { ROWS } else { 1 };
            }
            if part.last {
                return;
            }
            from += depth;
        }
    }

    /// Where the rows from `i` on lie, from step `from` on.
    #[inline(always)]
    fn left_from(&self, i: usize, packed: Option<&[f32]>, from: usize) -> Left {
        match packed {
            Some(packed) => Left {
                from: packed[i * self.depth + ROWS * from..].as_ptr(),
                row: 1,
                step: ROWS,
            },
            None => Left {
                from: self.left[(i * self.left_row + from * self.left_step).min(self.left.len())..].as_ptr(),
                row: self.left_row,
                step: self.left_step,
            },
        }
    }

    /// Hands over a tile's sums when all terms are in them.
    #[inline(always)]
    unsafe fn finish<V: Vector, const R: usize, const C: usize>(
        &self,
        i: usize,
        j: usize,
        part: Part,
        sums: *const f32,
        finish: &impl Finish,
    ) {
        if !part.last {
            return;
        }
        let held = finish.hold::<V>();
        for r in 0..R {
            for c in 0..C {
                // SAFETY: the caller's.
                unsafe {
                    let sum = V::load(sums.add((r * C + c) * V::LANES));
                    let column = j + c * V::LANES;
                    finish.finish(held, (i + r) * self.width + column, column, sum);
                }
            }
        }
    }

    /// Where a part of `wide` columns from `j` on lies.
    #[inline(always)]
    fn columns_from(&self, j: usize, wide: usize, part: Part, panel: &mut [f32]) -> Columns {
        match self.right {
            Right::Rows(right) => {
                let right = &right[part.from * self.width..];
                if self.rows < PACKED_ROWS || self.depth * self.width < PACKED_FROM || panel.is_empty() {
                    return Columns {
                        from: right[j.min(right.len())..].as_ptr(),
                        step: self.width,
                    };
                }
                for (to, from) in panel[..part.depth * wide]
                    .chunks_exact_mut(wide)
                    .zip(right.chunks_exact(self.width))
                {
                    to.copy_from_slice(&from[j..j + wide]);
                }
            }
            Right::Transposed { matrix, stride, used } => {
                let panel = &mut panel[..part.depth * wide];
                for c in (0..wide).step_by(4) {
                    let from = |r: usize| match j + c + r {
                        row if row < used => &matrix[row * stride + part.from..][..part.depth],
                        _ => &[],
                    };
                    transpose_into(from, part.depth, wide, &mut panel[c.min(part.depth * wide)..]);
                }
            }
        }
        Columns {
            from: panel.as_ptr(),
            step: wide,
        }
    }
}

/// Writes four rows of `len` values as columns: value `l` of row `r` to `[l * step + r]`. An empty row stands for zeros.
fn transpose_into<'a>(row: impl Fn(usize) -> &'a [f32], len: usize, step: usize, to: &mut [f32]) {
    let rows: [&[f32]; 4] = std::array::from_fn(row);
    let whole = if rows.iter().all(|row| row.len() >= len) {
        len / 4 * 4
    } else {
        0
    };
    for l in (0..whole).step_by(4) {
        // SAFETY: four values from `l` on are in every row; the slice below has room for the column's four.
        unsafe {
            let block = arch::transpose(rows.map(|row| arch::Quad::load(row.as_ptr().add(l))));
            for (u, column) in block.into_iter().enumerate() {
                column.store(to[(l + u) * step..][..4].as_mut_ptr());
            }
        }
    }
    for l in whole..len {
        for (r, row) in rows.iter().enumerate() {
            to[l * step + r] = row.get(l).copied().unwrap_or(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Collect(std::cell::RefCell<Vec<u32>>);
    impl Finish for Collect {
        type Held<V: Vector> = ();
        fn hold<V: Vector>(&self) {}
        unsafe fn finish<V: Vector>(&self, (): (), index: usize, _: usize, sum: V) {
            let mut lanes = vec![0.0f32; V::LANES];
            // SAFETY: there is room for every lane.
            unsafe { sum.store(lanes.as_mut_ptr()) };
            for (to, from) in self.0.borrow_mut()[index..].iter_mut().zip(lanes) {
                *to = from.to_bits();
            }
        }
    }

    fn bits<V: Vector>(product: &mut Product) -> Vec<u32> {
        let out = Collect(vec![u32::MAX; product.rows * product.width].into());
        product.run::<V>(&out);
        out.0.into_inner()
    }

    /// The dispatcher takes the widest vectors of the machine at hand; here each one is asked.
    #[test]
    fn vectors_of_every_width_give_the_same_bits() {
        for (rows, depth, width) in [
            (1, 1, 4),
            (3, 5, 12),
            (5, 17, 20),
            (8, 0, 16),
            (9, 33, 60),
            (4, 64, 132),
            (17, 64, 132),
            (7, 300, 44),
            (20, 520, 36),
        ] {
            let draw = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 331.0 - 1.5;
            let left: Vec<f32> = (0..rows * depth).map(draw).collect();
            let right: Vec<f32> = (0..depth * width).map(|i| draw(i + 500)).collect();
            let mut scratch = vec![0.0; scratch_len(rows, depth)];
            let mut product = Product {
                rows,
                depth,
                left: &left,
                left_row: depth,
                left_step: 1,
                right: Right::Rows(&right),
                width,
                scratch: &mut scratch,
            };
            let want = bits::<f32>(&mut product);
            assert_eq!(bits::<arch::Portable>(&mut product), want, "portable");
            assert_eq!(bits::<arch::Quad>(&mut product), want, "four lanes");
            #[cfg(target_arch = "x86_64")]
            {
                if is_x86_feature_detected!("avx2") {
                    assert_eq!(bits::<arch::Avx2>(&mut product), want, "AVX2");
                }
                if is_x86_feature_detected!("avx512f") {
                    assert_eq!(bits::<arch::Avx512>(&mut product), want, "AVX-512");
                }
            }
        }
    }
}
