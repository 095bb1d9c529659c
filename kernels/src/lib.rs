//! The arithmetic of distill-lab: products of dense layers, activations, softmax, optimisers, with the same bits on every machine.
//!
//! This crate alone decides the order of floating-point operations. Two rules make every result independent of the machine:
//!
//! 1. Products are vectorised **across outputs**. Each output adds its terms in order, from `+0.0`, with one rounded multiplication and
//!    one rounded addition for each (no fused multiply-add). So the number of lanes cannot matter.
//! 2. Sums along a row go in four lanes: lane `l` adds the elements `l, l + 4, l + 8, ...` in order, and the lanes are combined as
//!    `(l0 + l1) + (l2 + l3)`, whatever the machine's vectors.
//!
//! # Layout
//!
//! Numbers are `f32`. Matrices are row-major, and every row is [`padded`] to a multiple of [`LANES`] values, so that vectors need no special
//! case at its end; the padding is zero and stays zero. Weights are stored in [`Panels`] of columns, in the order in which products read
//! them.
//!
//! # Map
//!
//! | file | what it has |
//! |---|---|
//! | `naive.rs` | all of distillation in plain loops: the page to begin with, and the oracle of the tests |
//! | `layer.rs` | the three products of a dense layer: forward, gradients of weights (with the optimiser's step), gradients of inputs |
//! | `dense/` | four ways to compute a product, each the loops around the micro-kernel |
//! | `tile.rs` | the micro-kernel: a tile of sums in registers |
//! | `gather.rs` | rows of a matrix, gathered into a batch |
//! | `pack.rs`, `panels.rs` | how operands are laid out for it |
//! | `epilogue.rs`, `update.rs` | what happens to a sum before it leaves its register: bias, ReLU, an optimiser's step |
//! | `activation.rs`, `softmax.rs`, `kl.rs`, `math.rs` | functions of single values and rows |
//! | `vector.rs`, `arch/` | the vector type that all of these are written over, and its implementation for each processor |
//! | `peak.rs` | the machine's limit, for the benchmark |
//!
//! # Example
//!
//! ```
//! use distill_lab_kernels::{Activation, DenseForward, Panels, Shape, dense_forward, naive, padded};
//! // A batch of two samples with three features, and a layer of two outputs.
//! let shape = Shape { rows: 2, inputs: 3, outputs: 2 };
//! let x = [1.0, 2.0, 3.0, 0.0, -1.0, 0.5, 2.0, 0.0]; // (2, padded(3)): each row ends in a zero
//! let (w, b) = ([1.0, -1.0, 0.5, 0.0, 2.0, 1.0], [0.25, -4.0]); // (3, 2) and (2)
//!
//! // The kernels read weights in panels, and biases padded.
//! let panels = Panels::of_weights(shape.inputs, shape.outputs);
//! let mut packed = vec![0.0; shape.inputs * padded(shape.outputs)];
//! for (i, &w) in w.iter().enumerate() {
//!     packed[panels.at(i / shape.outputs, i % shape.outputs)] = w;
//! }
//! let mut a = vec![0.0; shape.rows * padded(shape.outputs)];
//! dense_forward(DenseForward {
//!     shape,
//!     x: &x,
//!     w: &packed,
//!     b: &[b[0], b[1], 0.0, 0.0],
//!     activation: Activation::Relu,
//!     z: &mut [],
//!     a: &mut a,
//!     scratch: &mut vec![0.0; shape.scratch_len()],
//! });
//! assert_eq!(a, [8.25, 0.0, 0.0, 0.0, 3.5, 0.0, 0.0, 0.0]);
//!
//! // The plain loops, which know no padding, compute the same bits.
//! let (_, plain) = naive::dense_forward(&[1.0, 2.0, 3.0, -1.0, 0.5, 2.0], &w, &b, Activation::Relu);
//! assert_eq!(plain, [a[0], a[1], a[4], a[5]]);
//! ```
#![deny(missing_docs)]

mod activation;
mod arch;
mod dense;
mod epilogue;
mod gather;
mod kl;
mod layer;
mod math;
pub mod naive;
mod pack;
mod panels;
mod peak;
mod softmax;
mod tile;
mod update;
mod vector;

pub use activation::Activation;
pub use gather::gather_rows;
pub use kl::soft_target_kl;
pub use layer::{
    DenseForward, InputGradients, Shape, WeightGradients, dense_forward, dense_input_gradients,
    dense_weight_gradients, dense_weight_update,
};
pub use naive::adam;
pub use panels::Panels;
pub use peak::{APART_LOOP_OPERATIONS, PEAK_LOOP_OPERATIONS, apart_loop, peak_loop};
pub use softmax::softmax_rows;
pub use update::{AdamStep, SgdStep, Update, sgd};

/// Lanes of the narrowest vector type, and the multiple to which every row is padded.
pub const LANES: usize = 4;

/// The length of a row of `width` values with its padding: the distance from one row to the next.
pub const fn padded(width: usize) -> usize {
    width.next_multiple_of(LANES)
}

/// `e^x`, within 2 ulp: 0 below -104, infinity above 88.73, NaN for NaN.
pub fn exp(x: f32) -> f32 {
    math::exp(x)
}

/// The natural logarithm of a positive normal number, within 2 ulp.
pub fn ln(x: f32) -> f32 {
    math::ln(x)
}

/// The hyperbolic tangent, within 2 ulp.
pub fn tanh(x: f32) -> f32 {
    math::tanh(x)
}
