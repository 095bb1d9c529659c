//! Products of few steps: gradients behind two classes.

use super::super::ends::Finish;
use super::super::promise;
use super::super::vector::Vector;
use super::{Product, Work};

/// A product of few steps, whose sums are made row by row under a few vectors of the right side: a tile would be more beginning
/// and end than middle.
pub(crate) struct FewTerms<'a, F> {
    pub product: Product<'a>,
    pub scratch: &'a mut [f32],
    pub finish: &'a F,
}

/// Most steps of [`FewTerms`].
pub(crate) const FEW: usize = 2;

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
