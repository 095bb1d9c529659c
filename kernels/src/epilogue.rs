//! Epilogues: what a product does with each sum while it is still in a register.
//!
//! Fusing the bias, the activation or the optimiser's step to the end of a product saves a pass over memory. The term is that of
//! NVIDIA's CUTLASS, "Efficient GEMM", section "Epilogue".

use super::update::{AdamVectors, Step};
use super::vector::Vector;

/// What a product does with its sums.
pub(super) trait Epilogue {
    /// The values that every row of some columns shares, loaded into registers once.
    type Columns<V: Vector>: Copy;

    /// Loads the shared values of the columns from `column` on.
    ///
    /// # Safety
    /// The columns must lie within the product for which the implementation was made.
    unsafe fn load_columns<V: Vector>(&self, column: usize) -> Self::Columns<V>;

    /// Takes the sums of the outputs from flat `index` on.
    ///
    /// # Safety
    /// The outputs must lie within the product for which the implementation was made.
    unsafe fn apply<V: Vector>(&self, columns: Self::Columns<V>, index: usize, sum: V);
}

/// A slice as a pointer: its length is checked once, when it is made, instead of at every vector.
#[derive(Clone, Copy)]
pub(super) struct Buffer(*mut f32);

impl Buffer {
    /// A buffer that is read and written, of at least `len` values.
    pub(super) fn new(values: &mut [f32], len: usize) -> Self {
        assert!(values.len() >= len, "an output buffer is too short");
        Self(values.as_mut_ptr())
    }

    /// A buffer that is only read, of at least `len` values.
    pub(super) fn read_only(values: &[f32], len: usize) -> Self {
        assert!(values.len() >= len, "an input buffer is too short");
        Self(values.as_ptr().cast_mut())
    }

    #[inline(always)]
    unsafe fn load<V: Vector>(self, index: usize) -> V {
        // SAFETY: the caller keeps `index` within the checked length.
        unsafe { V::load(self.0.add(index)) }
    }

    #[inline(always)]
    unsafe fn store<V: Vector>(self, index: usize, value: V) {
        // SAFETY: the caller keeps `index` within the checked length, and stores only to a buffer made of a mutable slice.
        unsafe { value.store(self.0.add(index)) }
    }
}

/// Forward pass: `a = sum + b`, then ReLU if asked for. Tanh and GELU follow in a pass of their own: their exponential would need the
/// registers that hold the sums.
pub(super) struct BiasRelu {
    pub bias: Buffer,
    pub relu: bool,
    pub a: Buffer,
}

impl Epilogue for BiasRelu {
    /// The biases.
    type Columns<V: Vector> = V;

    #[inline(always)]
    unsafe fn load_columns<V: Vector>(&self, column: usize) -> V {
        // SAFETY: the caller's promise on columns; there is a bias for each.
        unsafe { self.bias.load(column) }
    }

    #[inline(always)]
    unsafe fn apply<V: Vector>(&self, bias: V, index: usize, sum: V) {
        let pre = sum.add(bias);
        // SAFETY: the caller's promise on outputs.
        unsafe { self.a.store(index, if self.relu { pre.positive() } else { pre }) }
    }
}

/// Stores the sums as they are.
pub(super) struct Store(pub Buffer);

impl Epilogue for Store {
    type Columns<V: Vector> = ();

    #[inline(always)]
    unsafe fn load_columns<V: Vector>(&self, _: usize) {}

    #[inline(always)]
    unsafe fn apply<V: Vector>(&self, (): (), index: usize, sum: V) {
        // SAFETY: the caller's promise on outputs.
        unsafe { self.0.store(index, sum) }
    }
}

/// Backward pass through a ReLU: `dx = sum` where its output `a > 0`, and `+0` elsewhere.
pub(super) struct ReluMask {
    pub a: Buffer,
    pub dx: Buffer,
}

impl Epilogue for ReluMask {
    type Columns<V: Vector> = ();

    #[inline(always)]
    unsafe fn load_columns<V: Vector>(&self, _: usize) {}

    #[inline(always)]
    unsafe fn apply<V: Vector>(&self, (): (), index: usize, sum: V) {
        // SAFETY: the caller's promise on outputs.
        unsafe {
            self.dx.store(index, sum.where_positive(self.a.load(index)));
        }
    }
}

/// An optimiser's step on the parameters, taken as soon as a tile has their gradients. The gradients are never stored.
pub(super) struct OptimizerStep<'a> {
    pub step: &'a Step,
    /// The parameters.
    pub p: Buffer,
    /// Adam's sums of gradients, SGD's velocities.
    pub u: Buffer,
    /// Adam's sums of squares; unused by SGD.
    pub s: Buffer,
}

impl Epilogue for OptimizerStep<'_> {
    /// Adam's numbers; `None` for SGD.
    type Columns<V: Vector> = Option<AdamVectors<V>>;

    #[inline(always)]
    unsafe fn load_columns<V: Vector>(&self, _: usize) -> Option<AdamVectors<V>> {
        match self.step {
            Step::Adam(step) => Some(step.splat()),
            Step::Sgd(_) => None,
        }
    }

    #[inline(always)]
    unsafe fn apply<V: Vector>(&self, adam: Option<AdamVectors<V>>, index: usize, sum: V) {
        // SAFETY: the caller's promise on outputs.
        unsafe {
            let (p, u) = (self.p.load(index), self.u.load(index));
            if let Some(adam) = adam {
                let (p, u, s) = adam.apply(p, sum, u, self.s.load(index));
                self.p.store(index, p);
                self.u.store(index, u);
                self.s.store(index, s);
            } else if let Step::Sgd(step) = self.step {
                let (p, u) = step.apply::<V>(p, sum, u);
                self.p.store(index, p);
                self.u.store(index, u);
            }
        }
    }
}
