//! The oracle: every kernel as plain loops, in the documented order of operations.

use super::activation::{self, Activation};
use super::math;
use super::softmax::LEAST;
use super::update::{AdamStep, SgdStep};

/// `e^x`.
pub fn exp(x: f32) -> f32 {
    math::exp(x)
}

/// Natural logarithm of a positive normal number.
pub fn ln(x: f32) -> f32 {
    math::ln(x)
}

/// Hyperbolic tangent.
pub fn tanh(x: f32) -> f32 {
    math::tanh(x)
}

/// `z = x w + b`, `a = activation(z)`.
///
/// Shapes: `x [rows, x_stride]` of which the first `k` columns count, `w [k, n]`, `b [n]`, `z` and `a [rows, n]`;
/// `n` is a padded width, of which the first `n_used` columns count: the others of `w` are zero. `z` is written for GELU alone, whose derivative needs it; otherwise it may be empty.
#[allow(clippy::too_many_arguments)]
pub fn dense_forward(
    rows: usize,
    k: usize,
    n: usize,
    _n_used: usize,
    x: &[f32],
    x_stride: usize,
    w: &[f32],
    b: &[f32],
    activation: Activation,
    z: &mut [f32],
    a: &mut [f32],
) {
    for i in 0..rows {
        for j in 0..n {
            let mut sum = 0.0f32;
            for l in 0..k {
                sum += x[i * x_stride + l] * w[l * n + j];
            }
            let pre = sum + b[j];
            if activation == Activation::Gelu {
                z[i * n + j] = pre;
            }
            a[i * n + j] = activation::activate(activation, pre);
        }
    }
}

/// `dw = x^T dy` and `db = column sums of dy`, over the rows in order.
///
/// Shapes as in [`dense_forward`]: `x [rows, x_stride]`, `dy [rows, n]`, `dw [k, n]`, `db [n]`.
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
    for l in 0..k {
        for j in 0..n {
            let mut sum = 0.0f32;
            for i in 0..rows {
                sum += x[i * x_stride + l] * dy[i * n + j];
            }
            dw[l * n + j] = sum;
        }
    }
    for j in 0..n {
        let mut sum = 0.0f32;
        for i in 0..rows {
            sum += dy[i * n + j];
        }
        db[j] = sum;
    }
}

/// `dx = (dy w^T) * activation'(z)`: the gradient by the pre-activations of the layer before.
///
/// Shapes: `dy [rows, n]` of which the first `n_used` columns count, `w [k, n]`, `z` (GELU alone) and `a [rows, k_stride]` of
/// the layer before, `dx [rows, k_stride]` (padding columns `k..k_stride` are written as zero); `scratch` holds
/// at least `n * k_stride` elements, for `w` transposed.
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
    _scratch: &mut [f32],
) {
    for i in 0..rows {
        for l in 0..k_stride {
            let mut sum = 0.0f32;
            if l < k {
                for j in 0..n_used {
                    sum += dy[i * n + j] * w[l * n + j];
                }
                let pre = if activation == Activation::Gelu {
                    z[i * k_stride + l]
                } else {
                    0.0
                };
                let a = a[i * k_stride + l];
                if activation == Activation::Relu {
                    // Closed, a ReLU passes nothing on, not even a sign or an infinity.
                    sum = if a > 0.0 { sum } else { 0.0 };
                } else {
                    sum *= activation::activation_gradient(activation, pre, a);
                }
            }
            dx[i * k_stride + l] = sum;
        }
    }
}

/// Sum of a row in four lanes: lane `l` takes the elements `l, l + 4, ...`; then `(l0 + l1) + (l2 + l3)`.
pub fn row_sum(row: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 4];
    for (i, v) in row.iter().enumerate() {
        lanes[i % 4] += v;
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

/// `log_p = log_softmax(z * inverse_temperature)` and `p = exp(log_p)`'s exact counterpart `e / sum(e)`, for each row.
///
/// Shapes: `z`, `log_p`, `p` are `[rows, stride]` of which the first `classes` columns count; the padding of `p` and of
/// `log_p` is written as zero. The maximum is subtracted first, so no finite logit overflows; a class more than 69 below it, by
/// its softened logit, has `p = 0` (see [`LEAST`]).
pub fn softmax_rows(
    rows: usize,
    classes: usize,
    stride: usize,
    z: &[f32],
    inverse_temperature: f32,
    p: &mut [f32],
    log_p: &mut [f32],
) {
    for i in 0..rows {
        let z = &z[i * stride..i * stride + classes];
        let p = &mut p[i * stride..(i + 1) * stride];
        let log_p = &mut log_p[i * stride..(i + 1) * stride];
        let max = z
            .iter()
            .fold(f32::NEG_INFINITY, |m, &v| if v > m { v } else { m })
            // A negative zero becomes a positive one, so that it does not matter which of two zeros came first.
            + 0.0;
        for j in 0..stride {
            // Softened after the maximum is taken off: large logits that lie close together keep their difference.
            log_p[j] = if j < classes {
                (z[j] - max) * inverse_temperature
            } else {
                0.0
            };
            p[j] = if j >= classes || log_p[j] < LEAST {
                0.0
            } else {
                exp(log_p[j])
            };
        }
        let sum = row_sum(p);
        let (log_sum, inverse_sum) = (ln(sum), 1.0 / sum);
        for j in 0..classes {
            log_p[j] -= log_sum;
            p[j] *= inverse_sum;
        }
    }
}

/// `sum p (ln p - ln q)` in `f64`, and `d = scale (q - p)`. All slices have one length, a multiple of four, or are longer than
/// `d`; the sum goes in four lanes like [`row_sum`].
pub fn soft_target_kl(p: &[f32], log_p: &[f32], q: &[f32], log_q: &[f32], scale: f32, d: &mut [f32]) -> f64 {
    let mut lanes = [0.0f64; 4];
    for i in 0..d.len() {
        lanes[i % 4] += f64::from(p[i]) * (f64::from(log_p[i]) - f64::from(log_q[i]));
        d[i] = scale * (q[i] - p[i]);
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

/// Adam: `p = keep p`, `u = b1 u + g`, `s = b2 s + g^2`, `p -= rate u / (sqrt(s) + eps)`; see [`AdamStep`] for the numbers.
///
/// Source: Kingma and Ba 2015, algorithm 1; decay as in Loshchilov and Hutter 2019, algorithm 2. All slices have one length.
pub fn adam(step: &AdamStep, p: &mut [f32], g: &[f32], u: &mut [f32], s: &mut [f32]) {
    for i in 0..p.len() {
        p[i] *= step.keep;
        u[i] = step.beta1 * u[i] + g[i];
        s[i] = step.beta2 * s[i] + g[i] * g[i];
        p[i] -= step.rate * u[i] / (s[i].sqrt() + step.epsilon);
    }
}

/// SGD with momentum: `v = mu v + g`; `p -= lr v`, or with Nesterov `p -= lr (g + mu v)`.
///
/// Source: Sutskever et al. 2013, section 2. All slices have one length.
pub fn sgd(s: &SgdStep, p: &mut [f32], g: &[f32], velocity: &mut [f32]) {
    for i in 0..p.len() {
        velocity[i] = s.momentum * velocity[i] + g[i];
        let d = if s.nesterov {
            g[i] + s.momentum * velocity[i]
        } else {
            velocity[i]
        };
        p[i] -= s.learning_rate * d;
    }
}
