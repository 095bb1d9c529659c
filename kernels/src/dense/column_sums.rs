//! Sums of columns: gradients of biases.

use super::super::ends::Finish;
use super::super::promise;
use super::super::vector::Vector;
use super::Work;

/// Sums of the columns of `values [rows, n]`, over the rows in order.
pub(crate) struct ColumnSums<'a, F> {
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
