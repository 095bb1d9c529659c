//! The product at the heart of a dense layer, tiled in registers: `out[i, j] = sum_l left(i, l) right[l, j]`.
//!
//! Lanes lie across `j`; every output adds its terms over `l` in order from `+0.0`, so that neither the tile's size nor the
//! vector's width shows in the result.

use super::vector::Vector;

/// `left(i, l)` is `left[i * left_row + l * left_step]`: one matrix serves as itself and as its transpose.
#[derive(Clone, Copy)]
pub(super) struct Product<'a> {
    pub rows: usize,
    pub depth: usize,
    pub left: &'a [f32],
    pub left_row: usize,
    pub left_step: usize,
    /// `[depth, width]`, `width` a multiple of four.
    pub right: &'a [f32],
    pub width: usize,
}

impl Product<'_> {
    /// Calls `finish(index, sum)` for every vector of outputs, `index` being `i * width + j`.
    #[inline(always)]
    pub(super) fn run<V: Vector>(&self, finish: &mut impl Finish) {
        if self.rows == 0 || self.width == 0 {
            return;
        }
        if self.depth > 0 {
            let last = (self.rows - 1) * self.left_row + (self.depth - 1) * self.left_step;
            assert!(last < self.left.len() && self.depth * self.width <= self.right.len());
        }
        self.columns::<V>(0, finish);
    }

    #[inline(always)]
    fn columns<V: Vector>(&self, mut j: usize, finish: &mut impl Finish) {
        while j + 2 * V::LANES <= self.width {
            self.block::<V, 2>(j, finish);
            j += 2 * V::LANES;
        }
        while j + V::LANES <= self.width {
            self.block::<V, 1>(j, finish);
            j += V::LANES;
        }
        if j < self.width {
            self.columns::<V::Narrow>(j, finish);
        }
    }

    #[inline(always)]
    fn block<V: Vector, const C: usize>(&self, j: usize, finish: &mut impl Finish) {
        let mut i = 0;
        while i + 4 <= self.rows {
            self.tile::<V, 4, C>(i, j, finish);
            i += 4;
        }
        while i < self.rows {
            self.tile::<V, 1, C>(i, j, finish);
            i += 1;
        }
    }

    #[inline(always)]
    fn tile<V: Vector, const R: usize, const C: usize>(&self, i: usize, j: usize, finish: &mut impl Finish) {
        let mut sums = [[V::splat(0.0); C]; R];
        for l in 0..self.depth {
            // SAFETY: `run` has checked the largest index of either side.
            unsafe {
                let right = self.right.as_ptr().add(l * self.width + j);
                let right: [V; C] = std::array::from_fn(|c| V::load(right.add(c * V::LANES)));
                for (r, sums) in sums.iter_mut().enumerate() {
                    let x = V::splat(
                        *self
                            .left
                            .get_unchecked((i + r) * self.left_row + l * self.left_step),
                    );
                    for (sum, w) in sums.iter_mut().zip(right) {
                        *sum = sum.add(x.mul(w));
                    }
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            for (c, sum) in sums.into_iter().enumerate() {
                finish.finish((i + r) * self.width + j + c * V::LANES, j + c * V::LANES, sum);
            }
        }
    }
}

/// What becomes of the sums: bias and activation, a derivative, or nothing.
pub(super) trait Finish {
    /// Takes the outputs from flat `index` on, whose first column is `column`.
    fn finish<V: Vector>(&mut self, index: usize, column: usize, sum: V);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::arch;

    struct Collect(Vec<u32>);
    impl Finish for Collect {
        fn finish<V: Vector>(&mut self, index: usize, _: usize, sum: V) {
            let mut lanes = vec![0.0f32; V::LANES];
            // SAFETY: there is room for every lane.
            unsafe { sum.store(lanes.as_mut_ptr()) };
            for (to, from) in self.0[index..].iter_mut().zip(lanes) {
                *to = from.to_bits();
            }
        }
    }

    fn bits<V: Vector>(product: &Product) -> Vec<u32> {
        let mut out = Collect(vec![u32::MAX; product.rows * product.width]);
        product.run::<V>(&mut out);
        out.0
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
        ] {
            let draw = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 331.0 - 1.5;
            let left: Vec<f32> = (0..rows * depth).map(draw).collect();
            let right: Vec<f32> = (0..depth * width).map(|i| draw(i + 500)).collect();
            let product = Product {
                rows,
                depth,
                left: &left,
                left_row: depth,
                left_step: 1,
                right: &right,
                width,
            };
            let want = bits::<f32>(&product);
            assert_eq!(bits::<arch::Portable>(&product), want, "portable");
            assert_eq!(bits::<arch::Quad>(&product), want, "four lanes");
            #[cfg(target_arch = "x86_64")]
            {
                if is_x86_feature_detected!("avx2") {
                    assert_eq!(bits::<arch::Avx2>(&product), want, "AVX2");
                }
                if is_x86_feature_detected!("avx512f") {
                    assert_eq!(bits::<arch::Avx512>(&product), want, "AVX-512");
                }
            }
        }
    }
}
