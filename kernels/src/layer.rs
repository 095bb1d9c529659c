//! The products of a dense layer, each with its epilogue fused.
//!
//! Shapes use three letters: `B` samples of a batch, `K` inputs and `N` outputs of the layer. Gradients are named `d` and the tensor.
//! [`super::naive`] has the formulas and computes the same bits.

use super::activation::{Activation, activate, activation_gradient};
use super::arch::{Quad, run};
use super::dense::{ByColumns, ByPanels, ColumnSums, MAX_SMALL_DEPTH, Product, SmallDepth, Transposed};
use super::epilogue::{BiasRelu, Buffer, Epilogue, OptimizerStep, ReluMask, Store};
use super::pack::{Left, Right};
use super::panels::{MAX_NARROW, Panels};
use super::update::{Step, Update};
use super::vector::Vector;
use super::{LANES, padded};

/// The size of a layer and of the batch that it works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Samples, `B`.
    pub rows: usize,
    /// Inputs of the layer, `K`.
    pub inputs: usize,
    /// Outputs of the layer, `N`.
    pub outputs: usize,
}

impl Shape {
    /// Values of scratch that every kernel of such a layer needs; less suffices for fewer rows.
    pub fn scratch_len(&self) -> usize {
        type Columns<'a> = ByColumns<'a, Store>;
        type Narrow<'a> = Transposed<'a, Store>;
        let (rows, k, n) = (self.rows, padded(self.inputs), padded(self.outputs));
        let forward_and_weights = if n <= MAX_NARROW {
            Narrow::scratch_len(n, k, padded(rows)).max(Narrow::scratch_len(n, rows, k))
        } else {
            Columns::scratch_len(rows, k).max(ByPanels::<Store>::scratch_len(k, rows))
        };
        forward_and_weights.max(Columns::scratch_len(rows, n))
    }
}

/// The operands of [`dense_forward`].
#[derive(Debug)]
pub struct DenseForward<'a> {
    /// `B`, `K` and `N`.
    pub shape: Shape,
    /// `(B, padded(K))`: the samples, or the outputs of the layer before.
    pub x: &'a [f32],
    /// `(K, padded(N))`, weights in [`Panels`]; those of padding outputs are zero.
    pub w: &'a [f32],
    /// `(padded(N))`, biases; those of padding outputs are zero.
    pub b: &'a [f32],
    /// What follows the sum.
    pub activation: Activation,
    /// `(B, padded(N))`, written: `x w + b`. Written for GELU alone, whose derivative reads it; otherwise it may be empty.
    pub z: &'a mut [f32],
    /// `(B, padded(N))`, written: `activation(x w + b)`.
    pub a: &'a mut [f32],
    /// At least [`Shape::scratch_len`] values.
    pub scratch: &'a mut [f32],
}

/// The operands of [`dense_weight_gradients`] and [`dense_weight_update`].
#[derive(Debug)]
pub struct WeightGradients<'a> {
    /// `B`, `K` and `N`.
    pub shape: Shape,
    /// `(B, padded(K))`: the layer's inputs.
    pub x: &'a [f32],
    /// `(B, padded(N))`: gradient of the loss by the layer's pre-activations; its padding is zero.
    pub dz: &'a [f32],
    /// At least [`Shape::scratch_len`] values.
    pub scratch: &'a mut [f32],
}

/// The operands of [`dense_input_gradients`]. The layer before is the one whose outputs are this layer's inputs.
#[derive(Debug)]
pub struct InputGradients<'a> {
    /// `B`, `K` and `N`.
    pub shape: Shape,
    /// `(B, padded(N))`: gradient of the loss by this layer's pre-activations.
    pub dz: &'a [f32],
    /// `(K, padded(N))`: this layer's weights, in [`Panels`].
    pub w: &'a [f32],
    /// The activation of the layer before.
    pub activation: Activation,
    /// `(B, padded(K))`: pre-activations of the layer before. Read for GELU alone; otherwise it may be empty.
    pub z: &'a [f32],
    /// `(B, padded(K))`: outputs of the layer before.
    pub a: &'a [f32],
    /// `(B, padded(K))`, written: gradient of the loss by the pre-activations of the layer before; its padding is zero.
    pub dx: &'a mut [f32],
    /// At least [`Shape::scratch_len`] values.
    pub scratch: &'a mut [f32],
}

/// `a = activation(x w + b)`: [`super::naive::dense_forward`], bit for bit.
pub fn dense_forward(of: DenseForward) {
    let DenseForward { shape, x, activation, a, scratch, .. } = of;
    let (rows, k, n) = (shape.rows, shape.inputs, padded(shape.outputs));
    let epilogue = &BiasRelu {
        bias: Buffer::read_only(of.b, n),
        relu: activation == Activation::Relu,
        a: Buffer::new(a, rows * n),
    };
    if n <= MAX_NARROW {
        // a^T = w^T x^T, lanes across samples.
        let product = Product {
            rows: shape.outputs,
            depth: k,
            left: Left { values: of.w, row: 1, step: n },
            right: Right::Transposed { values: x, panels: Panels::row_major(rows, padded(k)) },
            width: rows.next_multiple_of(LANES),
        };
        run(Transposed { product, len: rows, n, scratch, epilogue });
    } else {
        let product = Product {
            rows,
            depth: k,
            left: Left { values: x, row: padded(k), step: 1 },
            right: Right::Panels { values: of.w },
            width: n,
        };
        run(ByColumns { product, scratch, epilogue });
    }
    if activation == Activation::Gelu {
        of.z[..rows * n].copy_from_slice(&a[..rows * n]);
    }
    if matches!(activation, Activation::Tanh | Activation::Gelu) {
        activate_all(activation, &mut a[..rows * n]);
    }
}

/// `a = activation(a)`; the length is a multiple of four.
fn activate_all(activation: Activation, a: &mut [f32]) {
    for a in a.chunks_exact_mut(Quad::LANES) {
        // SAFETY: a chunk has four values.
        unsafe { activate(activation, Quad::load(a.as_ptr())).store(a.as_mut_ptr()) }
    }
}

/// `dw = x^T dz` and `db` the column sums of `dz`: [`super::naive::dense_weight_gradients`], bit for bit.
///
/// Shapes: `dw (K, padded(N))` in [`Panels`], `db (padded(N))`.
pub fn dense_weight_gradients(of: WeightGradients, dw: &mut [f32], db: &mut [f32]) {
    let n = padded(of.shape.outputs);
    let (dw, db) = (Buffer::new(dw, of.shape.inputs * n), Buffer::new(db, n));
    of.compute(&Store(dw), &Store(db));
}

/// [`dense_weight_gradients`] and then the optimiser's step, bit for bit. The gradients go into the step straight from registers.
///
/// `parameters` holds the layer's weights `(K, padded(N))` in [`Panels`] and its biases `(padded(N))` after them; the update's state has
/// the same layout.
pub fn dense_weight_update(of: WeightGradients, parameters: &mut [f32], update: Update) {
    let n = padded(of.shape.outputs);
    let weights = of.shape.inputs * n;
    let buffers = |values: &mut [f32]| {
        let (w, b) = values.split_at_mut(weights);
        (Buffer::new(w, weights), Buffer::new(b, n))
    };
    let ((u, ub), (s, sb), step) = match update {
        Update::Adam { step, u, s } => {
            step.decay(parameters);
            (buffers(u), buffers(s), Step::Adam(step))
        }
        Update::Sgd { step, velocity } => {
            let velocity = buffers(velocity);
            (velocity, velocity, Step::Sgd(step))
        }
    };
    let ((p, pb), step) = (buffers(parameters), &step);
    let biases = OptimizerStep { step, p: pb, u: ub, s: sb };
    of.compute(&OptimizerStep { step, p, u, s }, &biases);
}

impl WeightGradients<'_> {
    /// Computes the gradients of weights and biases and hands each to its epilogue.
    fn compute(self, weights: &impl Epilogue, biases: &impl Epilogue) {
        let Self { shape, x, dz, scratch } = self;
        let (rows, k, n) = (shape.rows, shape.inputs, padded(shape.outputs));
        if n <= MAX_NARROW {
            // dw^T = dz^T x, lanes across inputs.
            let product = Product {
                rows: shape.outputs,
                depth: rows,
                left: Left { values: dz, row: 1, step: n },
                right: Right::Rows { values: x, stride: padded(k) },
                width: padded(k),
            };
            run(Transposed { product, len: k, n, scratch, epilogue: weights });
        } else {
            let product = Product {
                rows: k,
                depth: rows,
                left: Left { values: x, row: 1, step: padded(k) },
                right: Right::Rows { values: dz, stride: n },
                width: n,
            };
            run(ByPanels { product, scratch, epilogue: weights });
        }
        run(ColumnSums { rows, width: n, values: dz, epilogue: biases });
    }
}

/// `dx = (dz w^T) * activation'(z)`: [`super::naive::dense_input_gradients`], bit for bit.
pub fn dense_input_gradients(of: InputGradients) {
    let InputGradients { shape, activation, a, dx, scratch, .. } = of;
    let (rows, k, n) = (shape.rows, shape.inputs, padded(shape.outputs));
    let k_stride = padded(k);
    let len = rows * k_stride;
    let product = Product {
        rows,
        depth: shape.outputs,
        left: Left { values: of.dz, row: n, step: 1 },
        right: Right::Transposed { values: of.w, panels: Panels::of_weights(k, n) },
        width: k_stride,
    };
    if activation == Activation::Relu {
        let epilogue = &ReluMask { a: Buffer::read_only(a, len), dx: Buffer::new(dx, len) };
        if (1..=MAX_SMALL_DEPTH).contains(&shape.outputs) {
            run(SmallDepth { product, scratch, epilogue });
        } else {
            run(ByColumns { product, scratch, epilogue });
        }
    } else {
        let epilogue = &Store(Buffer::new(dx, len));
        run(ByColumns { product, scratch, epilogue });
        multiply_by_derivative(activation, of.z, a, &mut dx[..len]);
    }
    // The derivative of padding may be NaN or -0; padding must be zero.
    if k < k_stride {
        for row in dx[..len].chunks_exact_mut(k_stride) {
            row[k..].fill(0.0);
        }
    }
}

/// `dx = dx * activation'(z)`; the length is a multiple of four.
fn multiply_by_derivative(activation: Activation, z: &[f32], a: &[f32], dx: &mut [f32]) {
    let z = if activation == Activation::Gelu { z } else { a };
    let lanes = dx.chunks_exact_mut(4).zip(z.chunks_exact(4).zip(a.chunks_exact(4)));
    for (dx, (z, a)) in lanes {
        // SAFETY: each chunk has four values.
        unsafe {
            let slope = activation_gradient(activation, Quad::load(z.as_ptr()), Quad::load(a.as_ptr()));
            Quad::load(dx.as_ptr()).mul(slope).store(dx.as_mut_ptr());
        }
    }
}
