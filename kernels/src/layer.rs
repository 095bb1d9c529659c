//! The three products of a dense layer, each with what follows it fused to its end, on the widest vectors at hand.

use super::LANES;
use super::activation::{Activation, activate, activation_gradient};
use super::arch;
use super::dense::{ByColumns, ByPanels, ColumnSums, FEW, FewTerms, Product, Turned, Work};
use super::ends::{Finish, Forward, Open, Place, Store, UpdateFinish};
use super::pack::{Left, Right};
use super::panels::{NARROW, Panels};
use super::update::{Step, Update};
use super::vector::Vector;

/// `a = activation(a)` for the first `len` values, a multiple of four.
fn activate_all(activation: Activation, len: usize, a: &mut [f32]) {
    for a in a[..len].chunks_exact_mut(arch::Quad::LANES) {
        // SAFETY: a chunk has four values.
        unsafe { activate(activation, arch::Quad::load(a.as_ptr())).store(a.as_mut_ptr()) }
    }
}

/// `dx = dx * activation'` for the first `len` values, a multiple of four.
fn derive_all(activation: Activation, len: usize, z: &[f32], a: &[f32], dx: &mut [f32]) {
    type Quad = arch::Quad;
    let z = if activation == Activation::Gelu { z } else { a };
    let lanes = dx[..len]
        .chunks_exact_mut(4)
        .zip(z.chunks_exact(4).zip(a.chunks_exact(4)));
    for (dx, (z, a)) in lanes {
        // SAFETY: each chunk has four values.
        unsafe {
            let slope = activation_gradient(activation, Quad::load(z.as_ptr()), Quad::load(a.as_ptr()));
            Quad::load(dx.as_ptr()).mul(slope).store(dx.as_mut_ptr());
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{Work, arch};

    #[target_feature(enable = "avx2")]
    pub(super) fn avx2(work: impl Work) {
        work.run::<arch::Avx2>();
    }
    #[target_feature(enable = "avx512f,avx2")]
    pub(super) fn avx512(work: impl Work) {
        work.run::<arch::Avx512>();
    }
}

/// Does the work on the widest vectors of the processor at hand.
fn run(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just said that it can.
            return unsafe { wide::avx512(work) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: as above.
            return unsafe { wide::avx2(work) };
        }
    }
    work.run::<arch::Quad>();
}

/// As [`super::naive::dense_forward`], bit for bit, with `w` in [`Panels`]. `scratch` has [`scratch_len`] values.
#[allow(clippy::too_many_arguments)]
pub fn dense_forward(
    rows: usize,
    k: usize,
    n: usize,
    n_used: usize,
    x: &[f32],
    x_stride: usize,
    w: &[f32],
    b: &[f32],
    activation: Activation,
    z: &mut [f32],
    a: &mut [f32],
    scratch: &mut [f32],
) {
    let finish = &Forward {
        bias: Place::read_only(b, n),
        relu: activation == Activation::Relu,
        a: Place::new(a, rows * n),
    };
    if n <= NARROW {
        let product = Product {
            rows: n_used,
            depth: k,
            left: Left {
                values: w,
                row: 1,
                step: n,
            },
            right: Right::Transposed {
                values: x,
                panels: Panels::row_major(rows, x_stride),
            },
            width: rows.next_multiple_of(LANES),
        };
        run(Turned {
            product,
            len: rows,
            n,
            scratch,
            finish,
        });
    } else {
        let product = Product {
            rows,
            depth: k,
            left: Left {
                values: x,
                row: x_stride,
                step: 1,
            },
            right: Right::Panels { values: w },
            width: n,
        };
        run(ByColumns {
            product,
            scratch,
            finish,
        });
    }
    if activation == Activation::Gelu {
        z[..rows * n].copy_from_slice(&a[..rows * n]);
    }
    if matches!(activation, Activation::Tanh | Activation::Gelu) {
        activate_all(activation, rows * n, a);
    }
}

/// The samples and the gradients by their outputs, from which a layer's own gradients come.
#[derive(Clone, Copy, Debug)]
pub struct Gradients<'a> {
    /// Samples.
    pub rows: usize,
    /// Inputs.
    pub k: usize,
    /// Outputs, padded.
    pub n: usize,
    /// Outputs that count; the columns of `dy` after them are zero.
    pub n_used: usize,
    /// `[rows, x_stride]`.
    pub x: &'a [f32],
    /// `k`, padded.
    pub x_stride: usize,
    /// `[rows, n]`.
    pub dy: &'a [f32],
}

impl Gradients<'_> {
    /// The product that gives the weights' gradients and the sums that give the biases', each handed to what becomes of it.
    fn finish(&self, scratch: &mut [f32], weights: &impl Finish, biases: &impl Finish) {
        let &Self {
            rows,
            k,
            n,
            n_used,
            x,
            x_stride,
            dy,
        } = self;
        if n <= NARROW {
            let product = Product {
                rows: n_used,
                depth: rows,
                left: Left {
                    values: dy,
                    row: 1,
                    step: n,
                },
                right: Right::Rows {
                    values: x,
                    stride: x_stride,
                },
                width: x_stride,
            };
            run(Turned {
                product,
                len: k,
                n,
                scratch,
                finish: weights,
            });
        } else {
            let product = Product {
                rows: k,
                depth: rows,
                left: Left {
                    values: x,
                    row: 1,
                    step: x_stride,
                },
                right: Right::Rows {
                    values: dy,
                    stride: n,
                },
                width: n,
            };
            run(ByPanels {
                product,
                scratch,
                finish: weights,
            });
        }
        run(ColumnSums {
            rows,
            n,
            values: dy,
            finish: biases,
        });
    }
}

/// As [`super::naive::dense_weight_gradients`], bit for bit, with `dw` in [`Panels`]. `scratch` has [`scratch_len`] values.
pub fn dense_weight_gradients(of: &Gradients, dw: &mut [f32], db: &mut [f32], scratch: &mut [f32]) {
    let (dw, db) = (Place::new(dw, of.k * of.n), Place::new(db, of.n));
    of.finish(scratch, &Store(dw), &Store(db));
}

/// As [`super::naive::dense_weight_gradients`] and then the optimiser's step, bit for bit; a gradient is used while it is at
/// hand and never kept.
///
/// `parameters` are the layer's weights `[k, n]` in [`Panels`] and its biases `[n]` after them; the update's state lies alike.
pub fn dense_weight_update(of: &Gradients, parameters: &mut [f32], update: Update, scratch: &mut [f32]) {
    let (weights, n) = (of.k * of.n, of.n);
    let places = |values: &mut [f32]| {
        let (w, b) = values.split_at_mut(weights);
        (Place::new(w, weights), Place::new(b, n))
    };
    let ((u, ub), (s, sb), step) = match update {
        Update::Adam { step, u, s } => {
            step.decay(parameters);
            (places(u), places(s), Step::Adam(step))
        }
        Update::Sgd { step, velocity } => {
            let velocity = places(velocity);
            (velocity, velocity, Step::Sgd(step))
        }
    };
    let ((p, pb), step) = (places(parameters), &step);
    let biases = UpdateFinish {
        step,
        p: pb,
        u: ub,
        s: sb,
    };
    of.finish(scratch, &UpdateFinish { step, p, u, s }, &biases);
}

/// As [`super::naive::dense_input_gradients`], bit for bit, with `w` in [`Panels`]. `scratch` has [`scratch_len`] values.
#[allow(clippy::too_many_arguments)]
pub fn dense_input_gradients(
    rows: usize,
    k: usize,
    k_stride: usize,
    n: usize,
    n_used: usize,
    dy: &[f32],
    w: &[f32],
    activation: Activation,
    z: &[f32],
    a: &[f32],
    dx: &mut [f32],
    scratch: &mut [f32],
) {
    let product = Product {
        rows,
        depth: n_used,
        left: Left {
            values: dy,
            row: n,
            step: 1,
        },
        right: Right::Transposed {
            values: w,
            panels: Panels::of_weights(k, n),
        },
        width: k_stride,
    };
    let len = rows * k_stride;
    if activation == Activation::Relu {
        let finish = &Open {
            a: Place::read_only(a, len),
            dx: Place::new(dx, len),
        };
        if (1..=FEW).contains(&n_used) {
            run(FewTerms {
                product,
                scratch,
                finish,
            });
        } else {
            run(ByColumns {
                product,
                scratch,
                finish,
            });
        }
    } else {
        let finish = &Store(Place::new(dx, len));
        run(ByColumns {
            product,
            scratch,
            finish,
        });
        derive_all(activation, len, z, a, dx);
    }
    // The padding's derivative may be NaN or -0 where the sum is: it is zero by the layout's rule.
    if k < k_stride {
        for row in dx[..rows * k_stride].chunks_exact_mut(k_stride) {
            row[k..].fill(0.0);
        }
    }
}

/// Values of scratch that a layer's products take, for a layer `[k, n]` (both padded) and batches of `rows`.
pub fn scratch_len(rows: usize, k: usize, n: usize) -> usize {
    type Columns<'a> = ByColumns<'a, Store>;
    type Few<'a> = Turned<'a, Store>;
    let wide = rows.next_multiple_of(LANES);
    let own = if n <= NARROW {
        Few::scratch_len(n, k, wide).max(Few::scratch_len(n, rows, k))
    } else {
        Columns::scratch_len(rows, k).max(ByPanels::<Store>::scratch_len(k, rows))
    };
    own.max(Columns::scratch_len(rows, n))
}
