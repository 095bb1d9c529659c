//! The product at the heart of a dense layer, tiled in registers: `out[i, j] = sum_l left(i, l) right(l, j)`.
//!
//! Lanes lie across `j`; every output adds its terms over `l` in order from `+0.0`, so that neither the tile's size nor the
//! vector's width nor packing shows in the result.

use super::arch;
use super::vector::Vector;

/// Rows and vectors of a tile: as many sums as sixteen registers hold beside a step's values. Of the shapes tried in Chromium
/// (2 x 4, 2 x 5, 5 x 2, 3 x 3) this one was the fastest on the whole.
const TILE: (usize, usize) = (4, 2);
/// Values in the largest tile: eight vectors of sixteen lanes.
const MOST: usize = 8 * 16;
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

/// Values of scratch for a product of this size.
pub(super) const fn scratch_len(rows: usize, depth: usize) -> usize {
    let widest = 4 * 16;
    widest * (DEEPEST + rows) + rows * depth
}

/// Where the right vectors of a tile lie: those of step `l` at `[l * step]`.
#[derive(Clone, Copy)]
struct Columns {
    from: *const f32,
    step: usize,
}

impl Product<'_> {
    /// Calls `finish(index, column, sum)` for every vector of outputs, `index` being `i * width + j`.
    #[inline(always)]
    pub(super) fn run<V: Vector>(&mut self, finish: &impl Finish) {
        if self.rows == 0 || self.width == 0 {
            return;
        }
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
        let (left, rest) = if self.scratch.is_empty() {
            (&mut [][..], &mut [][..])
        } else {
            std::mem::take(&mut self.scratch).split_at_mut(self.rows * self.depth)
        };
        // Rows in groups of four, step by step: then a tile has one place to read from, and no row a pointer of its own.
        let pack =
            self.width >= PACKED_WIDTH && !left.is_empty() && (self.left_step == 1 || self.left_row == 1);
        if pack {
            self.pack_left(left);
        }
        let packed = if pack { left.as_ptr() } else { std::ptr::null() };
        self.columns::<V>(0, packed, rest, finish);
    }

    fn pack_left(&self, to: &mut [f32]) {
        for (i, to) in (0..self.rows / 4).zip(to.chunks_exact_mut(4 * self.depth)) {
            if self.left_step == 1 {
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
    fn columns<V: Vector>(&self, mut j: usize, left: *const f32, scratch: &mut [f32], finish: &impl Finish) {
        while j + TILE.1 * V::LANES <= self.width {
            self.block::<V, { TILE.0 }, { TILE.1 }>(j, left, scratch, finish);
            j += TILE.1 * V::LANES;
        }
        while j + V::LANES <= self.width {
            self.block::<V, 4, 1>(j, left, scratch, finish);
            j += V::LANES;
        }
        if j < self.width {
            self.columns::<V::Narrow>(j, left, scratch, finish);
        }
    }

    /// All rows of `C` vectors of columns from `j` on, a part of the depth after another.
    #[inline(always)]
    fn block<V: Vector, const R: usize, const C: usize>(
        &self,
        j: usize,
        packed: *const f32,
        scratch: &mut [f32],
        finish: &impl Finish,
    ) {
        let wide = C * V::LANES;
        let mut tile = std::mem::MaybeUninit::<[f32; MOST]>::uninit();
        let in_parts = self.depth > DEEPEST && !scratch.is_empty();
        let (panel, sums) = scratch.split_at_mut(if scratch.is_empty() { 0 } else { wide * DEEPEST });
        let mut from = 0;
        loop {
            let depth = if in_parts {
                DEEPEST.min(self.depth - from)
            } else {
                self.depth
            };
            let part = Part {
                from,
                depth,
                first: from == 0,
                last: from + depth == self.depth,
            };
            let right = self.columns_from(j, wide, part, panel);
            let mut i = 0;
            while i < self.rows {
                let to = if in_parts {
                    sums[i * wide..].as_mut_ptr()
                } else {
                    tile.as_mut_ptr().cast()
                };
                // SAFETY: `run` has checked the largest index of either side; `to` has room for the tile's sums.
                unsafe {
                    if i + R > self.rows {
                        self.row::<V, C>(i, right, part, to);
                        self.finish::<V, 1, C>(i, j, part, to, finish);
                        i += 1;
                        continue;
                    }
                    if !packed.is_null() && i / 4 * 4 + 4 <= self.rows {
                        let group = packed.add(i / 4 * 4 * self.depth + 4 * from + i % 4);
                        across::<V, R, C>(group, 4, right, part, to);
                    } else if self.left_row == 1 {
                        let left = self.left.as_ptr().add(i + from * self.left_step);
                        across::<V, R, C>(left, self.left_step, right, part, to);
                    } else {
                        let left = self.left.as_ptr().add(i * self.left_row + from * self.left_step);
                        along::<V, R, C>(left, self.left_row, self.left_step, right, part, to);
                    }
                    self.finish::<V, R, C>(i, j, part, to, finish);
                }
                i += R;
            }
            if part.last {
                return;
            }
            from += depth;
        }
    }

    /// One row, for those that no tile takes.
    #[inline(always)]
    unsafe fn row<V: Vector, const C: usize>(&self, i: usize, right: Columns, part: Part, to: *mut f32) {
        // SAFETY: the caller's.
        unsafe {
            let left = self
                .left
                .as_ptr()
                .add(i * self.left_row + part.from * self.left_step);
            across::<V, 1, C>(left, self.left_step, right, part, to);
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

/// A part of the depth.
#[derive(Clone, Copy)]
struct Part {
    from: usize,
    depth: usize,
    first: bool,
    last: bool,
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

/// The sums so far: zeros, or those of the parts before.
#[inline(always)]
unsafe fn load_sums<V: Vector, const R: usize, const C: usize>(part: Part, from: *const f32) -> [[V; C]; R] {
    if part.first {
        return [[V::splat(0.0); C]; R];
    }
    // SAFETY: the caller's.
    std::array::from_fn(|r| std::array::from_fn(|c| unsafe { V::load(from.add((r * C + c) * V::LANES)) }))
}

#[inline(always)]
unsafe fn store_sums<V: Vector, const R: usize, const C: usize>(sums: [[V; C]; R], to: *mut f32) {
    for (r, sums) in sums.into_iter().enumerate() {
        for (c, sum) in sums.into_iter().enumerate() {
            // SAFETY: the caller's.
            unsafe { sum.store(to.add((r * C + c) * V::LANES)) };
        }
    }
}

/// A tile whose left values lie one after another across the rows, `step` from one step of the depth to the next.
///
/// A function of its own on WebAssembly, where every product shares it; natively it takes over its caller's instructions.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
unsafe fn across<V: Vector, const R: usize, const C: usize>(
    mut left: *const f32,
    step: usize,
    right: Columns,
    part: Part,
    to: *mut f32,
) {
    // SAFETY: the caller's.
    unsafe {
        let mut sums = load_sums::<V, R, C>(part, to);
        let mut from = right.from;
        for _ in 0..part.depth {
            let w: [V; C] = std::array::from_fn(|c| V::load(from.add(c * V::LANES)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = V::splat(*left.add(r));
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = sum.add(x.mul(w));
                }
            }
            (left, from) = (left.add(step), from.add(right.step));
        }
        store_sums(sums, to);
    }
}

/// A tile whose rows lie anywhere, each read by a pointer of its own.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
unsafe fn along<V: Vector, const R: usize, const C: usize>(
    left: *const f32,
    row: usize,
    step: usize,
    right: Columns,
    part: Part,
    to: *mut f32,
) {
    // SAFETY: the caller's.
    unsafe {
        let mut sums = load_sums::<V, R, C>(part, to);
        let mut from = right.from;
        let mut rows: [*const f32; R] = std::array::from_fn(|r| left.add(r * row));
        for _ in 0..part.depth {
            let w: [V; C] = std::array::from_fn(|c| V::load(from.add(c * V::LANES)));
            for (row, sums) in rows.iter().zip(&mut sums) {
                let x = V::splat(**row);
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = sum.add(x.mul(w));
                }
            }
            from = from.add(right.step);
            rows = rows.map(|row| row.add(step));
        }
        store_sums(sums, to);
    }
}

/// What becomes of the sums: bias and activation, a derivative, or nothing.
pub(super) trait Finish {
    /// What it needs in registers for every vector alike.
    type Held<V: Vector>: Copy;

    /// Takes it there, once a tile.
    fn hold<V: Vector>(&self) -> Self::Held<V>;

    /// Takes the outputs from flat `index` on, whose first column is `column`.
    ///
    /// # Safety
    /// The outputs must lie within the product for which the implementation was made.
    unsafe fn finish<V: Vector>(&self, held: Self::Held<V>, index: usize, column: usize, sum: V);
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
