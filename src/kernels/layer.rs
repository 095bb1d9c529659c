//! The three products of a dense layer, each with what follows it fused to its end, on the widest vectors at hand.

use super::activation::{Activation, activate, activation_gradient};
use super::arch;
use super::dense::{Finish, Product};
use super::vector::Vector;

struct Forward<'a> {
    bias: &'a [f32],
    activation: Activation,
    z: &'a mut [f32],
    a: &'a mut [f32],
}

impl Finish for Forward<'_> {
    #[inline(always)]
    fn finish<V: Vector>(&mut self, index: usize, column: usize, sum: V) {
        // SAFETY: the slices are cut to lengths that hold every vector of the product.
        unsafe {
            let pre = sum.add(V::load(self.bias[column..column + V::LANES].as_ptr()));
            if self.activation == Activation::Gelu {
                pre.store(self.z[index..index + V::LANES].as_mut_ptr());
            }
            activate(self.activation, pre).store(self.a[index..index + V::LANES].as_mut_ptr());
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

struct Derive<'a> {
    activation: Activation,
    z: &'a [f32],
    a: &'a [f32],
    dx: &'a mut [f32],
}

impl Finish for Derive<'_> {
    #[inline(always)]
    fn finish<V: Vector>(&mut self, index: usize, _: usize, sum: V) {
        let range = index..index + V::LANES;
        // SAFETY: each slice has `LANES` values.
        unsafe {
            let a = V::load(self.a[range.clone()].as_ptr());
            let z = if self.activation == Activation::Gelu {
                V::load(self.z[range.clone()].as_ptr())
            } else {
                a
            };
            sum.mul(activation_gradient(self.activation, z, a))
                .store(self.dx[range].as_mut_ptr());
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
    run(
        &product,
        &mut Forward {
            bias: b,
            activation,
            z,
            a,
        },
    );
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
    run(&product, &mut Derive { activation, z, a, dx });
    // The padding's derivative may be NaN or -0 where the sum is: it is zero by the layout's rule.
    if k < k_stride {
        for row in dx[..rows * k_stride].chunks_exact_mut(k_stride) {
            row[k..].fill(0.0);
        }
    }
}
