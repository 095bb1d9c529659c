//! Sums of columns: gradients of biases.

use super::super::epilogue::Epilogue;
use super::super::vector::{Kernel, Vector};

/// Sums of the columns of `values (rows, width)`, over the rows in order.
pub(crate) struct ColumnSums<'a, E> {
    pub rows: usize,
    /// A multiple of four.
    pub width: usize,
    pub values: &'a [f32],
    pub epilogue: &'a E,
}

impl<E: Epilogue> Kernel for ColumnSums<'_, E> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        assert!(self.rows * self.width <= self.values.len() && self.width.is_multiple_of(4));
        self.sum_from::<V>(0);
    }
}

impl<E: Epilogue> ColumnSums<'_, E> {
    #[inline(always)]
    fn sum_from<V: Vector>(&self, mut j: usize) {
        // Four independent sums at once: each addition of a single one would wait for the one before.
        while j + 4 * V::LANES <= self.width {
            self.sum::<V, 4>(j);
            j += 4 * V::LANES;
        }
        while j + V::LANES <= self.width {
            self.sum::<V, 1>(j);
            j += V::LANES;
        }
        if j < self.width {
            self.sum_from::<V::Narrow>(j);
        }
    }

    #[inline(always)]
    fn sum<V: Vector, const C: usize>(&self, j: usize) {
        let mut sums = [V::splat(0.0); C];
        // SAFETY: `run` has checked that `values` has all rows, and `sum_from` that they have `C` vectors from `j` on.
        unsafe {
            let mut from = self.values.as_ptr().add(j);
            for _ in 0..self.rows {
                for (c, sum) in sums.iter_mut().enumerate() {
                    *sum = sum.add(V::load(from.add(c * V::LANES)));
                }
                from = from.wrapping_add(self.width);
            }
            for (c, sum) in sums.into_iter().enumerate() {
                let column = j + c * V::LANES;
                self.epilogue.apply(self.epilogue.load_columns(column), column, sum);
            }
        }
    }
}
