//! What becomes of a product's sums before they leave the registers: bias and activation, a derivative, an optimiser's step.

use super::promise;
use super::update::{AdamVectors, Step};
use super::vector::Vector;

/// What becomes of a product's sums.
pub(super) trait Finish {
    /// What it needs in registers for every row alike.
    type Held<V: Vector>: Copy;

    /// Takes it there, for the columns from `column` on.
    ///
    /// # Safety
    /// The columns must lie within the product for which the implementation was made.
    unsafe fn hold<V: Vector>(&self, column: usize) -> Self::Held<V>;

    /// Takes the outputs from flat `index` on.
    ///
    /// # Safety
    /// The outputs must lie within the product for which the implementation was made.
    unsafe fn finish<V: Vector>(&self, held: Self::Held<V>, index: usize, sum: V);
}

/// Where the values of one kind lie that a product's outputs meet one by one; long enough for all of them, which is checked once.
#[derive(Clone, Copy)]
pub(super) struct Place(*mut f32);

impl Place {
    pub(super) fn new(values: &mut [f32], len: usize) -> Self {
        promise(values.len() >= len);
        Self(values.as_mut_ptr())
    }

    pub(super) fn read_only(values: &[f32], len: usize) -> Self {
        promise(values.len() >= len);
        Self(values.as_ptr().cast_mut())
    }

    #[inline(always)]
    unsafe fn load<V: Vector>(self, index: usize) -> V {
        // SAFETY: the caller's.
        unsafe { V::load(self.0.add(index)) }
    }

    #[inline(always)]
    unsafe fn store<V: Vector>(self, index: usize, value: V) {
        // SAFETY: the caller's; a place that is stored to was made of a mutable slice.
        unsafe { value.store(self.0.add(index)) }
    }
}

/// Bias and ReLU; what needs an exponential comes in a pass of its own, lest every tile carry a copy of it.
pub(super) struct Forward {
    pub bias: Place,
    pub relu: bool,
    pub a: Place,
}

impl Finish for Forward {
    /// The biases.
    type Held<V: Vector> = V;

    #[inline(always)]
    unsafe fn hold<V: Vector>(&self, column: usize) -> V {
        // SAFETY: the caller's.
        unsafe { self.bias.load(column) }
    }

    #[inline(always)]
    unsafe fn finish<V: Vector>(&self, bias: V, index: usize, sum: V) {
        let pre = sum.add(bias);
        // SAFETY: the caller's.
        unsafe { self.a.store(index, if self.relu { pre.positive() } else { pre }) }
    }
}

/// Nothing: the sums are what was asked for.
pub(super) struct Store(pub Place);

impl Finish for Store {
    type Held<V: Vector> = ();

    #[inline(always)]
    unsafe fn hold<V: Vector>(&self, _: usize) {}

    #[inline(always)]
    unsafe fn finish<V: Vector>(&self, (): (), index: usize, sum: V) {
        // SAFETY: the caller's.
        unsafe { self.0.store(index, sum) }
    }
}

/// Keeps the sum where the ReLU before it was open.
pub(super) struct Open {
    pub a: Place,
    pub dx: Place,
}

impl Finish for Open {
    type Held<V: Vector> = ();

    #[inline(always)]
    unsafe fn hold<V: Vector>(&self, _: usize) {}

    #[inline(always)]
    unsafe fn finish<V: Vector>(&self, (): (), index: usize, sum: V) {
        // SAFETY: the caller's.
        unsafe {
            self.dx.store(index, sum.where_positive(self.a.load(index)));
        }
    }
}

/// An optimiser's step on the gradients as they come out of the tiles. One end for all optimisers: each kind of its own would be
/// a copy of every way through a product.
pub(super) struct UpdateFinish<'a> {
    pub step: &'a Step,
    pub p: Place,
    /// Adam's sums of gradients, SGD's velocities.
    pub u: Place,
    /// Adam's sums of squares; unused by SGD.
    pub s: Place,
}

impl Finish for UpdateFinish<'_> {
    /// Adam's numbers; unused by SGD.
    type Held<V: Vector> = Option<AdamVectors<V>>;

    #[inline(always)]
    unsafe fn hold<V: Vector>(&self, _: usize) -> Option<AdamVectors<V>> {
        match self.step {
            Step::Adam(step) => Some(step.hold()),
            Step::Sgd(_) => None,
        }
    }

    #[inline(always)]
    unsafe fn finish<V: Vector>(&self, held: Option<AdamVectors<V>>, index: usize, sum: V) {
        // SAFETY: the caller's.
        unsafe {
            let (p, u) = (self.p.load(index), self.u.load(index));
            match (held, self.step) {
                (Some(adam), _) => {
                    let (p, u, s) = adam.apply(p, sum, u, self.s.load(index));
                    self.p.store(index, p);
                    self.u.store(index, u);
                    self.s.store(index, s);
                }
                (None, Step::Sgd(step)) => {
                    let (p, u) = step.apply::<V>(p, sum, u);
                    self.p.store(index, p);
                    self.u.store(index, u);
                }
                (None, Step::Adam(_)) => {}
            }
        }
    }
}
