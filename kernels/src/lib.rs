//! Arithmetic: the only place where the order of floating-point operations is decided.
//!
//! Matrices are `f32`, row-major (weights: in [`Panels`]) with a *stride* (elements from one row to the next) that is a multiple of
//! [`LANES`]; the columns from the logical width up to the stride are zero and stay zero.
//!
//! Two rules make every result the same on every machine:
//!
//! 1. Products are vectorised **across outputs**; each output accumulates over `k` in order, from `+0.0`,
//!    one multiply rounded, then one add rounded (no fused multiply-add). So lane count cannot matter.
//! 2. Sums along a row go in four lanes: lane `l` adds the elements `l, l + 4, l + 8, ...` in order and the
//!    lanes are combined as `(l0 + l1) + (l2 + l3)`, whatever the machine's vectors.
//!
//! [`naive`] is the oracle: plain loops that say what each kernel computes, bit for bit.
//!
//! A crate of its own, so that it can be compiled for speed where all else of the download is compiled for size.
#![deny(missing_docs)]

mod activation;
mod arch;
mod dense;
mod ends;
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
pub use kl::soft_target_kl;
pub use layer::{
    Gradients, dense_forward, dense_input_gradients, dense_weight_gradients, dense_weight_update, scratch_len,
};
pub use naive::{adam, exp, ln, row_sum, sgd, tanh};
pub use panels::Panels;
pub use peak::{APART_LOOP_OPERATIONS, PEAK_LOOP_OPERATIONS, apart_loop, peak_loop};
pub use softmax::softmax_rows;
pub use update::{AdamStep, SgdStep, Update};

/// Ends where the room or the shape that a kernel relies on is not there. One message for all: each of its own would be text to
/// download, and which it was the trace tells.
#[inline(always)]
fn promise(holds: bool) {
    if !holds {
        broken();
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn broken() -> ! {
    panic!("a kernel was given too little room, or shapes that do not fit");
}

/// Lanes of the narrowest vector type, and the multiple to which every row is padded.
pub const LANES: usize = 4;

/// The stride, in elements, of a row with `width` columns.
pub const fn padded(width: usize) -> usize {
    width.next_multiple_of(LANES)
}
