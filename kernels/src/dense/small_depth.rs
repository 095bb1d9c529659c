//! Products of one or two steps: gradients of the layer before two classes.

use super::super::epilogue::Epilogue;
use super::super::vector::{Kernel, Vector};
use super::Product;

/// `out (rows, width)` of at most [`MAX_SMALL_DEPTH`] steps, computed row by row under one vector of columns. A register tile would spend
/// more time to begin and end its loop than within it.
pub(crate) struct SmallDepth<'a, E> {
    /// Its left side has `step == 1`.
    pub product: Product<'a>,
    /// Room for one vector of each step.
    pub scratch: &'a mut [f32],
    pub epilogue: &'a E,
}

/// Most steps of [`SmallDepth`].
pub(crate) const MAX_SMALL_DEPTH: usize = 2;

impl<E: Epilogue> Kernel for SmallDepth<'_, E> {
    #[inline(always)]
    fn run<V: Vector>(self) {
        let p = &self.product;
        p.check();
        assert!((1..=MAX_SMALL_DEPTH).contains(&p.depth) && p.left.step == 1);
        assert!(self.scratch.len() >= p.depth * V::LANES);
        self.columns_from::<V>(0);
    }
}

impl<E: Epilogue> SmallDepth<'_, E> {
    #[inline(always)]
    fn columns_from<V: Vector>(self, mut j: usize) {
        let p = &self.product;
        let panel = self.scratch.as_mut_ptr();
        while j + V::LANES <= p.width {
            // SAFETY: `run` has checked the product, and that scratch has room for one vector of each step.
            unsafe {
                p.right.pack::<V, 1>(j, 0, p.depth, panel);
                let columns = self.epilogue.load_columns::<V>(j);
                let w: [V; MAX_SMALL_DEPTH] =
                    std::array::from_fn(|l| V::load(panel.wrapping_add(l.min(p.depth - 1) * V::LANES)));
                let (mut left, mut index) = (p.left.values.as_ptr(), j);
                for _ in 0..p.rows {
                    let mut sum = V::splat(0.0).add(V::splat(*left).mul(w[0]));
                    if p.depth == MAX_SMALL_DEPTH {
                        sum = sum.add(V::splat(*left.add(1)).mul(w[1]));
                    }
                    self.epilogue.apply(columns, index, sum);
                    (left, index) = (left.wrapping_add(p.left.row), index + p.width);
                }
            }
            j += V::LANES;
        }
        if j < p.width {
            self.columns_from::<V::Narrow>(j);
        }
    }
}
