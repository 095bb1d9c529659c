//! The three products of a dense layer, each with what follows it fused to its end, on the widest vectors at hand.

use super::activation::{Activation, activate, activation_gradient};
use super::arch;
use super::dense::{Product, Right};
use super::ends::{AdamFinish, Finish, Forward, Open, Place, SgdFinish, Store};
use super::update::Update;
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
    use super::*;
    #[target_feature(enable = "avx2")]
    pub(super) fn avx2(product: &mut Product, finish: &impl Finish) {
        product.run::<arch::Avx2>(finish);
    }
    #[target_feature(enable = "avx512f,avx2")]
    pub(super) fn avx512(product: &mut Product, finish: &impl Finish) {
        product.run::<arch::Avx512>(finish);
    }
}

fn run(product: &mut Product, finish: &impl Finish) {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just said that it can.
            return unsafe { wide::avx512(product, finish) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: as above.
            return unsafe { wide::avx2(product, finish) };
        }
    }
    product.run::<arch::Quad>(finish);
}

/// As [`super::naive::dense_forward`], bit for bit. `scratch` has [`scratch_len`] values, or none.
#[allow(clippy::too_many_arguments)]
pub fn dense_forward(
    rows: usize,
    k: usize,
    n: usize,
    x: &[f32],
    x_stride: usize,
    w: &[f32],
    b: &[f32],
    activation: Activation,
    z: &mut [f32],
    a: &mut [f32],
    scratch: &mut [f32],
) {
    let mut product = Product {
        rows,
        depth: k,
        left: x,
        left_row: x_stride,
        left_step: 1,
        right: Right::Rows(w),
        width: n,
        scratch,
    };
    let relu = activation == Activation::Relu;
    run(
        &mut product,
        &Forward {
            bias: Place::read_only(b, n),
            relu,
            a: Place::new(a, rows * n),
        },
    );
    if activation == Activation::Gelu {
        z[..rows * n].copy_from_slice(&a[..rows * n]);
    }
    if matches!(activation, Activation::Tanh | Activation::Gelu) {
        activate_all(activation, rows * n, a);
    }
}

/// The products that give a layer's gradients, each handed to what becomes of it.
#[allow(clippy::too_many_arguments)]
fn weight_gradients(
    rows: usize,
    k: usize,
    n: usize,
    x: &[f32],
    x_stride: usize,
    dy: &[f32],
    scratch: &mut [f32],
    weights: &impl Finish,
    biases: &impl Finish,
) {
    let mut product = Product {
        rows: k,
        depth: rows,
        left: x,
        left_row: 1,
        left_step: x_stride,
        right: Right::Rows(&dy[..rows * n]),
        width: n,
        scratch,
    };
    run(&mut product, weights);
    // Sums of columns are a product with a row of ones: multiplying by 1 is exact.
    let mut ones = Product {
        rows: 1,
        depth: rows,
        left: &[1.0],
        left_row: 1,
        left_step: 0,
        right: Right::Rows(&dy[..rows * n]),
        width: n,
        scratch: &mut [],
    };
    run(&mut ones, biases);
}

/// As [`super::naive::dense_weight_gradients`], bit for bit. `scratch` has [`scratch_len`] values, or none.
#[allow(clippy::too_many_arguments)]
pub fn dense_weight_gradients(
    rows: usize,
    k: usize,
    n: usize,
    x: &[f32],
    x_stride: usize,
    dy: &[f32],
    dw: &mut [f32],
    db: &mut [f32],
    scratch: &mut [f32],
) {
    weight_gradients(
        rows,
        k,
        n,
        x,
        x_stride,
        dy,
        scratch,
        &Store(Place::new(dw, k * n)),
        &Store(Place::new(db, n)),
    );
}

/// As [`super::naive::dense_weight_gradients`] and then the optimiser's step, bit for bit; a gradient goes from its tile's
/// registers into the update and is never kept.
///
/// `parameters` are the layer's weights `[k, n]` and its biases `[n]` after them; the update's state lies alike.
#[allow(clippy::too_many_arguments)]
pub fn dense_weight_update(
    rows: usize,
    k: usize,
    n: usize,
    x: &[f32],
    x_stride: usize,
    dy: &[f32],
    parameters: &mut [f32],
    update: Update,
    scratch: &mut [f32],
) {
    let (p, pb) = parameters.split_at_mut(k * n);
    let (p, pb) = (Place::new(p, k * n), Place::new(pb, n));
    match update {
        Update::Adam { step, m, v } => {
            let ((m, mb), (v, vb)) = (m.split_at_mut(k * n), v.split_at_mut(k * n));
            let step = &step;
            let w = AdamFinish {
                step,
                p,
                m: Place::new(m, k * n),
                v: Place::new(v, k * n),
            };
            let b = AdamFinish {
                step,
                p: pb,
                m: Place::new(mb, n),
                v: Place::new(vb, n),
            };
            weight_gradients(rows, k, n, x, x_stride, dy, scratch, &w, &b);
        }
        Update::Sgd { step, velocity } => {
            let (u, ub) = velocity.split_at_mut(k * n);
            let w = SgdFinish {
                step,
                p,
                velocity: Place::new(u, k * n),
            };
            let b = SgdFinish {
                step,
                p: pb,
                velocity: Place::new(ub, n),
            };
            weight_gradients(rows, k, n, x, x_stride, dy, scratch, &w, &b);
        }
    }
}

/// As [`super::naive::dense_input_gradients`], bit for bit. `scratch` has [`scratch_len`] values.
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
    let mut product = Product {
        rows,
        depth: n_used,
        left: dy,
        left_row: n,
        left_step: 1,
        right: Right::Transposed {
            matrix: w,
            stride: n,
            used: k,
        },
        width: k_stride,
        scratch,
    };
    let len = rows * k_stride;
    match activation {
        Activation::Identity => run(&mut product, &Store(Place::new(dx, len))),
        Activation::Relu => run(
            &mut product,
            &Open {
                a: Place::read_only(a, len),
                dx: Place::new(dx, len),
            },
        ),
        Activation::Tanh | Activation::Gelu => {
            run(&mut product, &Store(Place::new(dx, len)));
            derive_all(activation, rows * k_stride, z, a, dx);
        }
    }
    // The padding's derivative may be NaN or -0 where the sum is: it is zero by the layout's rule.
    if k < k_stride {
        for row in dx[..rows * k_stride].chunks_exact_mut(k_stride) {
            row[k..].fill(0.0);
        }
    }
}

/// Values of scratch that a layer's products take, for a layer `[k, n]` and batches of `rows`.
pub fn scratch_len(rows: usize, k: usize, n: usize) -> usize {
    let deepest = k.max(n);
    super::dense::scratch_len(rows, deepest).max(super::dense::scratch_len(deepest, rows))
}
