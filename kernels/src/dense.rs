//! The product at the heart of a dense layer, tiled in registers: `out[i, j] = sum_l left(i, l) right(l, j)`.
//!
//! Lanes lie across `j`; every output adds its terms over `l` in order from `+0.0`, so that neither the tile's size nor the
//! vector's width nor packing shows in the result. There are four ways through a product, each with the same bits:
//!
//! * [`ByColumns`]: a panel of the right side stays in the first-level cache while all rows pass by, and what follows the
//!   product (bias, activation) is done tile by tile.
//! * [`ByRows`]: whole rows of sums are made and then finished from end to end. An optimiser reads and writes three more
//!   arrays there, and the memory likes them in one sweep.
//! * [`Turned`]: few columns, whose lanes would stay empty: the lanes lie across `i` instead.
//! * [`FewTerms`]: few steps.

use super::arch::{self, Quad};
use super::ends::{Finish, Place, Store};
use super::pack::{Left, Right};
use super::promise;
use super::tile::{
    LONG, ROWS, Tile, VECTORS, WIDEST, add_batch_tile, add_long_tile, add_tile, batch_rows, tile_rows,
};
use super::vector::Vector;

/// Steps of the depth for which a packed panel stays in the first-level cache.
const DEEPEST: usize = 256;
/// A side of at most as many values is read where it is: its columns do not drive each other out of the cache.
const DIRECT: usize = 2048;

/// What is to be multiplied.
#[derive(Clone, Copy)]
pub(super) struct Product<'a> {
    pub rows: usize,
    pub depth: usize,
    pub left: Left<'a>,
    pub right: Right<'a>,
    /// Columns, a multiple of four.
    pub width: usize,
}

impl Product<'_> {
    fn check(&self) {
        promise(self.width.is_multiple_of(4));
        promise(self.left.holds(self.rows, self.depth) && self.right.holds(self.depth, self.width));
    }
}

/// Work that is written over the vector type.
pub(super) trait Work {
    /// Does it with vectors of type `V`.
    fn run<V: Vector>(self);
}

/// A panel of the right side after another, and each tile finished as it is made.
pub(super) struct ByColumns<'a, F> {
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    /// Called for every vector of outputs with `(index, sum)`, `index` being `i * width + j`.
    pub finish: &'a F,
}

impl<F> ByColumns<'_, F> {
    /// Values of scratch that such a product takes.
    pub(super) const fn scratch_len(rows: usize, depth: usize) -> usize {
        rows * depth + WIDEST * (DEEPEST + rows)
    }
}

impl<F: Finish> Work for ByColumns<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        let (left, rest) = self.scratch.split_at_mut(p.rows * p.depth);
        p.left.pack_all(p.rows, p.depth, left);
        p.columns::<V>(0, left, rest, self.finish);
    }
}

impl Product<'_> {
    #[inline(always)]
    fn columns<V: Vector>(&self, mut j: usize, left: &[f32], scratch: &mut [f32], finish: &impl Finish) {
        while j + VECTORS * V::LANES <= self.width {
            self.block::<V, VECTORS>(j, left, scratch, finish);
            j += VECTORS * V::LANES;
        }
        while j + V::LANES <= self.width {
            self.block::<V, 1>(j, left, scratch, finish);
            j += V::LANES;
        }
        if j < self.width {
            self.columns::<V::Narrow>(j, left, scratch, finish);
        }
    }

    /// All rows of `C` vectors of columns from `j` on, a part of the depth after another.
    #[inline(always)]
    fn block<V: Vector, const C: usize>(
        &self,
        j: usize,
        left: &[f32],
        scratch: &mut [f32],
        finish: &impl Finish,
    ) {
        let wide = C * V::LANES;
        let (panel, sums) = scratch.split_at_mut(wide * DEEPEST);
        promise(left.len() == self.rows * self.depth && sums.len() >= wide * self.rows);
        let mut from = 0;
        loop {
            let depth = DEEPEST.min(self.depth - from);
            let last = from + depth == self.depth;
            let (right, right_step) = match self.right {
                Right::Rows { values, stride } if self.depth * stride <= DIRECT => {
                    (values.as_ptr().wrapping_add(from * stride + j), stride)
                }
                _ => {
                    // SAFETY: `run` has checked the product, and a panel has room for the deepest part.
                    unsafe { self.right.pack::<V, C>(j, from, depth, panel.as_mut_ptr()) };
                    (panel.as_ptr(), wide)
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
                kept: sums.as_mut_ptr(),
                width: self.width,
                index: j,
                column: j,
            };
            let mut i = 0;
            while i < self.rows {
                let rows = batch_rows(self.rows - i);
                tile.left = left[i * self.depth + from * rows..].as_ptr();
                tile.left_step = rows;
                // SAFETY: the sides are there for all rows and this depth; the sums have room for every row.
                unsafe { add_batch_tile::<V, C>(rows, &tile, finish) };
                tile.kept = tile.kept.wrapping_add(rows * wide);
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

/// Whole rows of sums, finished from the first column to the last, without regard to where a row ends.
pub(super) struct ByRows<'a, F> {
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    /// Called for every vector of outputs, in order; it must do without the columns (it is told 0).
    pub finish: &'a F,
}

impl<F> ByRows<'_, F> {
    /// Values of scratch that such a product takes.
    pub(super) const fn scratch_len(depth: usize, width: usize) -> usize {
        (ROWS + width) * depth + ROWS * width
    }
}

impl<F: Finish> Work for ByRows<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        let (panels, rest) = self.scratch.split_at_mut(p.depth * p.width);
        let (group, sums) = rest.split_at_mut(ROWS * p.depth);
        let sums = &mut sums[..ROWS * p.width];
        p.pack_panels::<V>(panels);
        let mut i = 0;
        while i < p.rows {
            let rows = tile_rows(p.rows - i);
            p.tiles::<V>(i, rows, panels, group, sums);
            finish_all::<V>(i * p.width, &sums[..rows * p.width], self.finish);
            i += rows;
        }
    }
}

/// Hands over sums, `index` being the first one's among the outputs; two vectors at a time, which share their addresses.
#[inline(always)]
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

impl Product<'_> {
    /// Packs every panel of the right side, unless it is read where it is: that of the columns from `j` on begins at `j * depth`.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn pack_panels<V: Vector>(&self, to: &mut [f32]) {
        promise(to.len() >= self.depth * self.width);
        if self.direct().is_none() {
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
        if rows <= 2 && (self.rows <= 2 || self.direct().is_some()) {
            LONG
        } else {
            VECTORS
        }
    }

    /// A right side that is read where it is.
    fn direct(&self) -> Option<(*const f32, usize)> {
        match self.right {
            Right::Rows { values, stride } if self.depth * stride <= DIRECT => {
                Some((values.as_ptr(), stride))
            }
            _ => None,
        }
    }

    /// Sums of `rows` rows from `i` on, all columns, to `sums [rows, width]`.
    ///
    /// A function of its own on WebAssembly, where every end shares it.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn tiles<V: Vector>(&self, i: usize, rows: usize, panels: &[f32], group: &mut [f32], sums: &mut [f32]) {
        promise(sums.len() == ROWS * self.width && group.len() >= ROWS * self.depth);
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
        let (direct, panels) = (self.direct(), tile.right);
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

/// A product `out [len, n]` of few columns, done as `out^T`: `product` has `n` rows at most and as many columns as `len`, padded.
pub(super) struct Turned<'a, F> {
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
    pub(super) const fn scratch_len(rows: usize, depth: usize, width: usize) -> usize {
        rows.next_multiple_of(4) * width + ByRows::<F>::scratch_len(depth, width)
    }
}

impl<F: Finish> Work for Turned<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = self.product;
        let stride = p.width;
        promise(self.len <= stride && p.rows <= self.n);
        let (sums, scratch) = self.scratch.split_at_mut(self.n * stride);
        sums[p.rows * stride..].fill(0.0);
        let finish = &Store(Place::new(sums, p.rows * stride));
        ByRows {
            product: p,
            scratch,
            finish,
        }
        .run::<V>();
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

/// A product of few steps, whose sums are made row by row under a few vectors of the right side: a tile would be more beginning
/// and end than middle.
pub(super) struct FewTerms<'a, F> {
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    pub finish: &'a F,
}

/// Most steps of [`FewTerms`].
pub(super) const FEW: usize = 2;

impl<F: Finish> Work for FewTerms<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        promise((1..=FEW).contains(&p.depth) && p.left.step == 1 && self.scratch.len() >= p.depth * V::LANES);
        self.from::<V>(0);
    }
}

impl<F: Finish> FewTerms<'_, F> {
    #[inline(always)]
    fn from<V: Vector>(self, mut j: usize) {
        let p = &self.product;
        let panel = self.scratch.as_mut_ptr();
        while j + V::LANES <= p.width {
            // SAFETY: `run` has checked the product and the room for one vector of each step.
            unsafe {
                p.right.pack::<V, 1>(j, 0, p.depth, panel);
                let held = self.finish.hold::<V>(j);
                let w: [V; FEW] =
                    std::array::from_fn(|l| V::load(panel.wrapping_add(l.min(p.depth - 1) * V::LANES)));
                let (mut left, mut index) = (p.left.values.as_ptr(), j);
                for _ in 0..p.rows {
                    let mut sum = V::splat(0.0).add(V::splat(*left).mul(w[0]));
                    if p.depth == FEW {
                        sum = sum.add(V::splat(*left.add(1)).mul(w[1]));
                    }
                    self.finish.finish(held, index, sum);
                    (left, index) = (left.wrapping_add(p.left.row), index + p.width);
                }
            }
            j += V::LANES;
        }
        if j < p.width {
            self.from::<V::Narrow>(j);
        }
    }
}

/// Sums of the columns of `values [rows, n]`, over the rows in order.
pub(super) struct ColumnSums<'a, F> {
    pub rows: usize,
    /// A multiple of four.
    pub n: usize,
    pub values: &'a [f32],
    pub finish: &'a F,
}

impl<F: Finish> Work for ColumnSums<'_, F> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        promise(self.rows * self.n <= self.values.len() && self.n.is_multiple_of(4));
        self.from::<V>(0);
    }
}

impl<F: Finish> ColumnSums<'_, F> {
    #[inline(always)]
    fn from<V: Vector>(&self, mut j: usize) {
        // Four chains of additions at once: one would wait for itself.
        while j + 4 * V::LANES <= self.n {
            self.sum::<V, 4>(j);
            j += 4 * V::LANES;
        }
        while j + V::LANES <= self.n {
            self.sum::<V, 1>(j);
            j += V::LANES;
        }
        if j < self.n {
            self.from::<V::Narrow>(j);
        }
    }

    #[inline(always)]
    fn sum<V: Vector, const C: usize>(&self, j: usize) {
        let mut sums = [V::splat(0.0); C];
        // SAFETY: `run` has checked that the values are there.
        unsafe {
            let mut from = self.values.as_ptr().add(j);
            for _ in 0..self.rows {
                for (c, sum) in sums.iter_mut().enumerate() {
                    *sum = sum.add(V::load(from.add(c * V::LANES)));
                }
                from = from.wrapping_add(self.n);
            }
            for (c, sum) in sums.into_iter().enumerate() {
                let column = j + c * V::LANES;
                self.finish.finish(self.finish.hold(column), column, sum);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    struct Collect(RefCell<Vec<u32>>);
    impl Finish for Collect {
        type Held<V: Vector> = ();
        unsafe fn hold<V: Vector>(&self, _: usize) {}
        unsafe fn finish<V: Vector>(&self, (): (), index: usize, sum: V) {
            let mut lanes = vec![0.0f32; V::LANES];
            // SAFETY: there is room for every lane.
            unsafe { sum.store(lanes.as_mut_ptr()) };
            for (to, from) in self.0.borrow_mut()[index..].iter_mut().zip(lanes) {
                *to = from.to_bits();
            }
        }
    }

    fn collect<V: Vector>(len: usize, work: impl FnOnce(&Collect)) -> Vec<u32> {
        let out = Collect(vec![u32::MAX; len].into());
        work(&out);
        out.0.into_inner()
    }

    /// Every way through the product, with vectors of one type.
    fn ways<V: Vector>(product: Product, column_sums: &[f32]) -> [Vec<u32>; 4] {
        let Product {
            rows, depth, width, ..
        } = product;
        let room = |len: usize| vec![f32::NAN; len];
        let mut scratch = room(ByColumns::<Collect>::scratch_len(rows, depth));
        let by_columns = collect::<V>(rows * width, |finish| {
            let scratch = &mut scratch;
            ByColumns {
                product,
                scratch,
                finish,
            }
            .run::<V>();
        });
        scratch = room(ByRows::<Collect>::scratch_len(depth, width));
        let by_rows = collect::<V>(rows * width, |finish| {
            let scratch = &mut scratch;
            ByRows {
                product,
                scratch,
                finish,
            }
            .run::<V>();
        });
        scratch = room(Turned::<Collect>::scratch_len(rows, depth, width));
        let turned = collect::<V>(width * rows.next_multiple_of(4), |finish| {
            let (n, scratch) = (rows.next_multiple_of(4), &mut scratch);
            Turned {
                product,
                len: width,
                n,
                scratch,
                finish,
            }
            .run::<V>();
        });
        let sums = collect::<V>(width, |finish| {
            ColumnSums {
                rows: depth,
                n: width,
                values: column_sums,
                finish,
            }
            .run::<V>();
        });
        [by_columns, by_rows, turned, sums]
    }

    /// The dispatcher takes the widest vectors of the machine at hand; here each one is asked, each way, against plain loops.
    #[test]
    fn vectors_of_every_width_give_the_same_bits_every_way() {
        for (rows, depth, width) in [
            (1usize, 1usize, 4usize),
            (3, 5, 12),
            (5, 17, 20),
            (8, 0, 16),
            (9, 33, 60),
            (4, 64, 132),
            (17, 64, 132),
            (7, 300, 44),
            (22, 520, 36),
        ] {
            let draw = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 331.0 - 1.5;
            let stride = depth.next_multiple_of(4);
            let left: Vec<f32> = (0..rows * stride).map(draw).collect();
            let right: Vec<f32> = (0..depth * width).map(|i| draw(i + 500)).collect();
            let sum = |terms: &mut dyn Iterator<Item = f32>| terms.fold(0.0f32, |sum, t| sum + t).to_bits();
            let at = |i: usize, j: usize| {
                sum(&mut (0..depth).map(|l| left[i * stride + l] * right[l * width + j]))
            };
            let n = rows.next_multiple_of(4);
            let out: Vec<u32> = (0..rows * width).map(|o| at(o / width, o % width)).collect();
            let turned = (0..width * n)
                .map(|o| if o % n < rows { at(o % n, o / n) } else { 0 })
                .collect();
            let sums = (0..width)
                .map(|j| sum(&mut (0..depth).map(|l| right[l * width + j])))
                .collect();
            let want = [out.clone(), out, turned, sums];
            let (side, product) = (
                Left {
                    values: &left,
                    row: stride,
                    step: 1,
                },
                Right::Rows {
                    values: &right,
                    stride: width,
                },
            );
            let product = Product {
                rows,
                depth,
                left: side,
                right: product,
                width,
            };
            assert_eq!(ways::<arch::Portable>(product, &right), want, "portable");
            assert_eq!(ways::<Quad>(product, &right), want, "four lanes");
            #[cfg(target_arch = "x86_64")]
            {
                if is_x86_feature_detected!("avx2") {
                    assert_eq!(ways::<arch::Avx2>(product, &right), want, "AVX2");
                }
                if is_x86_feature_detected!("avx512f") {
                    assert_eq!(ways::<arch::Avx512>(product, &right), want, "AVX-512");
                }
            }
        }
    }
}
