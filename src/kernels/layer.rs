//! The three products of a dense layer, each with what follows it fused to its end, on the widest vectors at hand.

use super::activation::{Activation, activate, activation_gradient};
use super::arch;
use super::dense::{Finish, Product};
use super::vector::Vector;

/// Bias and ReLU; what needs an exponential comes in a pass of its own, lest every tile carry a copy of it.
struct Forward<'a> {
    bias: &'a [f32],
    relu: bool,
    a: &'a mut [f32],
}

impl Finish for Forward<'_> {
    #[inline(always)]
    fn finish<V: Vector>(&mut self, index: usize, column: usize, sum: V) {
        // SAFETY: the slices are cut to lengths that hold every vector of the product.
        unsafe {
            let pre = sum.add(V::load(self.bias[column..column + V::LANES].as_ptr()));
            let zero = V::splat(0.0);
            let a = if self.relu {
                pre.if_greater(zero, pre, zero)
            } else {
                pre
            };
            a.store(self.a[index..index + V::LANES].as_mut_ptr());
        }
    }
}

struct Store<'a>(&'a mut [f32]);

impl Finish for Store<'_> {
    #[inline(always)]
    fn finish<V: Vector>(&mut self, index: usize, _: usize, sum: V) {
        // SAFETY: the slice has `LANES` values.
        unsafe { sum.store(self.0[index..index + V::LANES].as_mut_ptr()) }
    }
}

/// Keeps the sum where the ReLU before it was open.
struct Open<'a> {
    a: &'a [f32],
    dx: &'a mut [f32],
}

impl Finish for Open<'_> {
    #[inline(always)]
    fn finish<V: Vector>(&mut self, index: usize, _: usize, sum: V) {
        let range = index..index + V::LANES;
        // SAFETY: each slice has `LANES` values.
        unsafe {
            let (zero, one) = (V::splat(0.0), V::splat(1.0));
            let gate = V::load(self.a[range.clone()].as_ptr()).if_greater(zero, one, zero);
            sum.mul(gate).store(self.dx[range].as_mut_ptr());
        }
    }
}

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
    pub(super) fn avx2(product: &Product, finish: &mut impl Finish) {
        product.run::<arch::Avx2>(finish);
    }
    #[target_feature(enable = "avx512f,avx2")]
    pub(super) fn avx512(product: &Product, finish: &mut impl Finish) {
        product.run::<arch::Avx512>(finish);
    }
}

fn run(product: &Product, finish: &mut impl Finish) {
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

/// As [`super::naive::dense_forward`], bit for bit.
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
) {
    let product = Product {
        rows,
        depth: k,
        left: x,
        left_row: x_stride,
        left_step: 1,
        right: w,
        width: n,
    };
    let relu = activation == Activation::Relu;
    run(&product, &mut Forward { bias: b, relu, a });
    if activation == Activation::Gelu {
        z[..rows * n].copy_from_slice(&a[..rows * n]);
    }
    if matches!(activation, Activation::Tanh | Activation::Gelu) {
        activate_all(activation, rows * n, a);
    }
}

/// As [`super::naive::dense_weight_gradients`], bit for bit.
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
) {
    let product = Product {
        rows: k,
        depth: rows,
        left: x,
        left_row: 1,
        left_step: x_stride,
        right: dy,
        width: n,
    };
    run(&product, &mut Store(dw));
    // Sums of columns are a product with a row of ones: multiplying by 1 is exact.
    let ones = Product {
        rows: 1,
        depth: rows,
        left: &[1.0],
        left_row: 0,
        left_step: 0,
        right: dy,
        width: n,
    };
    run(&ones, &mut Store(db));
}

/// As [`super::naive::dense_input_gradients`], bit for bit.
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
    for j in 0..n_used {
        for l in 0..k_stride {
            scratch[j * k_stride + l] = if l < k { w[l * n + j] } else { 0.0 };
        }
    }
    let right = &scratch[..n_used * k_stride];
    let product = Product {
        rows,
        depth: n_used,
        left: dy,
        left_row: n,
        left_step: 1,
        right,
        width: k_stride,
    };
    match activation {
        Activation::Identity => run(&product, &mut Store(dx)),
        Activation::Relu => run(&product, &mut Open { a, dx }),
        Activation::Tanh | Activation::Gelu => {
            run(&product, &mut Store(dx));
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
