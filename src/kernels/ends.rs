//! What becomes of a product's sums before they leave the registers: bias and activation, a derivative, an optimiser's step.

use super::update::{AdamStep, AdamVectors, SgdStep};
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
        assert!(values.len() >= len);
        Self(values.as_mut_ptr())
    }

    pub(super) fn read_only(values: &[f32], len: usize) -> Self {
        assert!(values.len() >= len);
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

/// Adam on the gradients as they come out of the tiles.
pub(super) struct AdamFinish<'a> {
    pub step: &'a AdamStep,
    pub p: Place,
    pub u: Place,
    pub s: Place,
}

impl Finish for AdamFinish<'_> {
    type Held<V: Vector> = AdamVectors<V>;

    #[inline(always)]
    unsafe fn hold<V: Vector>(&self, _: usize) -> AdamVectors<V> {
        self.step.hold()
    }

    #[inline(always)]
    unsafe fn finish<V: Vector>(&self, held: AdamVectors<V>, index: usize, sum: V) {
        // SAFETY: the caller's.
        unsafe {
            let (p, u, s) = (self.p.load(index), self.u.load(index), self.s.load(index));
            let (p, u, s) = held.apply(p, sum, u, s);
            self.p.store(index, p);
            self.u.store(index, u);
            self.s.store(index, s);
        }
    }
}

/// SGD likewise.
pub(super) struct SgdFinish {
    pub step: SgdStep,
    pub p: Place,
    pub velocity: Place,
}

impl Finish for SgdFinish {
    type Held<V: Vector> = ();

    #[inline(always)]
    unsafe fn hold<V: Vector>(&self, _: usize) {}

    #[inline(always)]
    unsafe fn finish<V: Vector>(&self, (): (), index: usize, sum: V) {
        // SAFETY: the caller's.
        unsafe {
            let (p, u) = self
                .step
                .apply::<V>(self.p.load(index), sum, self.velocity.load(index));
            self.p.store(index, p);
            self.velocity.store(index, u);
        }
    }
}
