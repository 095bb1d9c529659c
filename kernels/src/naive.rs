//! Knowledge distillation in plain loops, to be read from top to bottom.
//!
//! A large network, the teacher, learns from labels. A small one, the student, learns from the labels and from the teacher's
//! probabilities, which also say how similar the teacher finds the wrong classes (Hinton, Vinyals and Dean 2015, arXiv:1503.02531). The
//! page goes the way of a training step: (1) a layer, (2) probabilities, (3) losses, (4) gradients, (5) the optimiser, (6) the step itself.
//!
//! Shapes: `B` samples, `K` inputs and `N` outputs of a layer, `C` classes. Matrices are row-major: element `(i, j)` of a `(B, N)` is
//! `[i * N + j]`. Every gradient is that of the mean loss over the batch and is named `d_` and the tensor; `z` is a value before, `a` after
//! an activation. Numbers are `f32`; losses, which are only reported, are summed in `f64`.
//!
//! The page is also the oracle of the fast kernels: for every output they do the same operations in the same order, so their results, which
//! are padded and packed, are the same bit for bit.
//!
//! ```
//! use distill_lab_kernels::{Activation, naive};
//! // Three arms of a spiral, thirty points each: the arm is the class.
//! let (mut x, mut labels) = (vec![], vec![]);
//! for i in 0..90 {
//!     let (class, radius) = (i % 3, i as f32 / 90.0);
//!     let angle = 2.1 * class as f32 + 2.0 * radius;
//!     x.extend([radius * angle.cos(), radius * angle.sin()]);
//!     labels.push(class);
//! }
//! let mut teacher = naive::Network::new(&[2, 24, 3], Activation::Tanh, 0.03, 1);
//! let teacher_losses: Vec<f64> = (0..150).map(|_| naive::train_step(&mut teacher, &x, &labels)).collect();
//! assert!(teacher_losses[149] < 0.2 * teacher_losses[0]);
//!
//! // The student is smaller, and two of three labels are withheld from it; the teacher is asked about every sample.
//! let labels: Vec<i32> = labels.iter().enumerate().map(|(i, &y)| if i % 9 < 3 { y } else { -1 }).collect();
//! let teacher_logits = naive::logits(&teacher, &x);
//! let mut student = naive::Network::new(&[2, 6, 3], Activation::Tanh, 0.03, 2);
//! let student_losses: Vec<f64> = (0..150)
//!     .map(|_| naive::distil_step(&mut student, &x, &labels, &teacher_logits, 2.0, 0.9)) // T, alpha
//!     .collect();
//! assert!(student_losses[149] < 0.3 * student_losses[0]);
//! ```

use super::softmax::MIN_SOFTENED;
use super::{Activation, AdamStep, exp, ln, tanh};

// ---- 1. A layer's forward pass --------------------------------------------------------------------------------------------------------

/// `activation(z)`, which lets layers compute more than one matrix product could.
/// GELU is the tanh form of Hendrycks and Gimpel 2016, section 2: `0.5 z (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3)))`.
pub fn activate(activation: Activation, z: f32) -> f32 {
    match activation {
        Activation::Identity => z,
        Activation::Relu if z > 0.0 => z,
        Activation::Relu => 0.0,
        Activation::Tanh => tanh(z),
        Activation::Gelu => 0.5 * z * (1.0 + gelu_gate(z)),
    }
}

/// `tanh(sqrt(2/pi) (z + 0.044715 z^3))`.
fn gelu_gate(z: f32) -> f32 {
    tanh(0.797_884_6 * (z + 0.044_715 * z * z * z))
}

/// A dense layer: `z = x w + b`, `a = activation(z)`. Returns `(z, a)`.
/// Shapes: `x (B, K)`, `w (K, N)`, `b (N)`, `z` and `a (B, N)`.
pub fn dense_forward(x: &[f32], w: &[f32], b: &[f32], activation: Activation) -> (Vec<f32>, Vec<f32>) {
    let (inputs, outputs) = (w.len() / b.len(), b.len());
    let rows = x.len() / inputs;
    let (mut z, mut a) = (vec![0.0; rows * outputs], vec![0.0; rows * outputs]);
    for i in 0..rows {
        for j in 0..outputs {
            let mut sum = 0.0;
            for l in 0..inputs {
                sum += x[i * inputs + l] * w[l * outputs + j];
            }
            z[i * outputs + j] = sum + b[j];
            a[i * outputs + j] = activate(activation, sum + b[j]);
        }
    }
    (z, a)
}

// ---- 2. From logits to probabilities --------------------------------------------------------------------------------------------------

/// Softmax with a temperature: `p_k = e^(z_k / T) / sum_j e^(z_j / T)` for each row. Returns `(p, ln p)`.
/// At `T = 1` these are the network's probabilities. A higher `T` brings them closer to each other, so that the small ones, by which the
/// teacher tells which classes it finds similar, count in the loss (Hinton, Vinyals and Dean 2015, equation 1).
/// Shapes: `z`, `p`, `ln p` `(B, C)`. Subtracting the row's maximum changes no probability and keeps `e^x` finite. Below e^-69 times the
/// greatest one, a probability is 0, since numbers so small are slow to compute with.
pub fn softmax(z: &[f32], classes: usize, temperature: f32) -> (Vec<f32>, Vec<f32>) {
    let inverse_temperature = 1.0 / temperature;
    let (mut p, mut log_p) = (vec![0.0; z.len()], vec![0.0; z.len()]);
    for i in 0..z.len() / classes {
        let row = i * classes..(i + 1) * classes;
        let (z, p, log_p) = (&z[row.clone()], &mut p[row.clone()], &mut log_p[row]);
        let mut max = f32::NEG_INFINITY;
        for &z in z {
            max = if z > max { z } else { max };
        }
        max += 0.0; // -0 becomes +0, so that the order of two zeros does not matter
        for k in 0..classes {
            log_p[k] = (z[k] - max) * inverse_temperature;
            p[k] = exp(log_p[k]);
            if log_p[k] < MIN_SOFTENED {
                p[k] = 0.0;
            }
        }
        // Four lanes, which one instruction can add; every machine adds in this order.
        let mut lanes = [0.0; 4];
        for k in 0..classes {
            lanes[k % 4] += p[k];
        }
        let sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        let (log_sum, inverse_sum) = (ln(sum), 1.0 / sum);
        for k in 0..classes {
            log_p[k] -= log_sum;
            p[k] *= inverse_sum;
        }
    }
    (p, log_p)
}

// ---- 3. Losses and their gradients by the student's logits ----------------------------------------------------------------------------

/// The hard loss: cross-entropy of the labels, `CE = -1/B sum_i ln q_(i, y_i)` with `q = softmax(z)`, and
/// `dCE/dz_(i, k) = (q_(i, k) - [k = y_i]) / B`. Returns both.
/// Shapes: `logits` and gradient `(B, C)`, `labels (B)`. A label of -1 is withheld: its row adds nothing, but counts in `B`.
pub fn cross_entropy(logits: &[f32], labels: &[i32]) -> (f64, Vec<f32>) {
    let classes = logits.len() / labels.len();
    let (q, log_q) = softmax(logits, classes, 1.0);
    let share = 1.0 / labels.len() as f32;
    let (mut loss, mut d_logits) = (0.0, vec![0.0; logits.len()]);
    for (i, &label) in labels.iter().enumerate() {
        if label < 0 {
            continue;
        }
        for k in 0..classes {
            let target = if k == label as usize { 1.0 } else { 0.0 };
            d_logits[i * classes + k] = (q[i * classes + k] - target) * share;
        }
        loss -= f64::from(log_q[i * classes + label as usize]);
    }
    (loss / labels.len() as f64, d_logits)
}

/// The soft loss: `T^2 KL(p || q)`, the mean over rows of `T^2 sum_k p_k (ln p_k - ln q_k)`, where `p` and `q` are the teacher's and the
/// student's probabilities at temperature `T`. Its gradient by the student's logits is `T (q - p) / B`. Returns both.
/// The gradient of KL alone is `(q - p) / T`, and at a high `T` the difference `q - p` shrinks like `1/T` as well. The factor `T^2` makes up
/// for both, so that the weight of the soft loss does not depend on `T` (Hinton, Vinyals and Dean 2015, section 2).
/// Shapes: both logits and the gradient `(B, C)`.
pub fn soft_targets(student: &[f32], teacher: &[f32], classes: usize, temperature: f32) -> (f64, Vec<f32>) {
    let (p, log_p) = softmax(teacher, classes, temperature);
    let (q, log_q) = softmax(student, classes, temperature);
    let rows = student.len() / classes;
    let scale = temperature / rows as f32;
    let (mut lanes, mut d_logits) = ([0.0; 4], vec![0.0; student.len()]);
    for i in 0..student.len() {
        let lane = i % classes % 4; // as in `softmax`
        lanes[lane] += f64::from(p[i]) * (f64::from(log_p[i]) - f64::from(log_q[i]));
        d_logits[i] = scale * (q[i] - p[i]);
    }
    let kl = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) / rows as f64;
    (f64::from(temperature) * f64::from(temperature) * kl, d_logits)
}

/// What the student minimises: `alpha * soft + (1 - alpha) * hard`. Returns the loss and its gradient by the student's logits.
pub fn distillation(
    student: &[f32],
    teacher: &[f32],
    labels: &[i32],
    temperature: f32,
    alpha: f32,
) -> (f64, Vec<f32>) {
    let classes = student.len() / labels.len();
    let (soft, d_soft) = soft_targets(student, teacher, classes, temperature);
    let (hard, d_hard) = cross_entropy(student, labels);
    let mut d_logits = vec![0.0; student.len()];
    for i in 0..student.len() {
        d_logits[i] = alpha * d_soft[i] + (1.0 - alpha) * d_hard[i];
    }
    let loss = f64::from(alpha) * soft + (1.0 - f64::from(alpha)) * hard;
    (loss, d_logits)
}

// ---- 4. The backward pass of a layer, by the chain rule -------------------------------------------------------------------------------

/// `d activation / dz`, from `z` and `a = activation(z)`. The derivative of a ReLU at 0 is taken as 0.
pub fn activation_gradient(activation: Activation, z: f32, a: f32) -> f32 {
    match activation {
        Activation::Identity => 1.0,
        Activation::Relu if a > 0.0 => 1.0,
        Activation::Relu => 0.0,
        Activation::Tanh => 1.0 - a * a,
        Activation::Gelu => {
            let gate = gelu_gate(z);
            let inner = 0.797_884_6 * (1.0 + 3.0 * 0.044_715 * z * z);
            0.5 * (1.0 + gate) + 0.5 * z * (1.0 - gate * gate) * inner
        }
    }
}

/// The gradients of a layer's own parameters: `dw = x^T dz` and `db`, the column sums of `dz`. Returns `(dw, db)`.
/// Shapes: `x (B, K)`, `dz (B, N)`, `dw (K, N)`, `db (N)`.
pub fn dense_weight_gradients(x: &[f32], dz: &[f32], inputs: usize, outputs: usize) -> (Vec<f32>, Vec<f32>) {
    let rows = x.len() / inputs;
    let (mut dw, mut db) = (vec![0.0; inputs * outputs], vec![0.0; outputs]);
    for j in 0..outputs {
        for l in 0..inputs {
            let mut sum = 0.0;
            for i in 0..rows {
                sum += x[i * inputs + l] * dz[i * outputs + j];
            }
            dw[l * outputs + j] = sum;
        }
        for i in 0..rows {
            db[j] += dz[i * outputs + j];
        }
    }
    (dw, db)
}

/// The gradient by the pre-activations of the layer before, from which the backward pass goes on: `(dz w^T) * activation'(z)`.
/// Shapes: `dz (B, N)` and `w (K, N)` of this layer; `z`, `a` and the result `(B, K)`, which with `activation` are of the layer before.
pub fn dense_input_gradients(
    dz: &[f32],
    w: &[f32],
    outputs: usize,
    activation: Activation,
    z: &[f32],
    a: &[f32],
) -> Vec<f32> {
    let (rows, inputs) = (dz.len() / outputs, w.len() / outputs);
    let mut dx = vec![0.0; rows * inputs];
    for i in 0..rows {
        for l in 0..inputs {
            let mut sum = 0.0;
            for j in 0..outputs {
                sum += dz[i * outputs + j] * w[l * outputs + j];
            }
            let (z, a) = (z[i * inputs + l], a[i * inputs + l]);
            dx[i * inputs + l] = match activation {
                // Not a product with the gradient 0 or 1: that would pass on -0, and NaN where the sum is infinite.
                Activation::Relu if a > 0.0 => sum,
                Activation::Relu => 0.0,
                _ => sum * activation_gradient(activation, z, a),
            };
        }
    }
    dx
}

// ---- 5. The optimiser --------------------------------------------------------------------------------------------------------------------

/// The numbers of Adam's update `t`, counted from 1.
/// The paper keeps `m = b1 m + (1 - b1) g` and `v = b2 v + (1 - b2) g^2` and moves a parameter by
/// `-lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)` (Kingma and Ba 2015, algorithm 1). The denominators correct for the start at zero.
/// With plain sums `u = m / (1 - b1)` and `s = v / (1 - b2)`, and `c = sqrt((1 - b2) / (1 - b2^t))`, this is
/// `-rate u / (sqrt(s) + eps / c)` with `rate = lr (1 - b1) / (1 - b1^t) / c`: less to compute for each parameter.
pub fn adam_step(learning_rate: f64, t: u32) -> AdamStep {
    let (beta1, beta2, epsilon) = (0.9f64, 0.999f64, 1e-7); // the values of Keras
    let (mut power1, mut power2) = (1.0, 1.0);
    for _ in 0..t {
        power1 *= beta1;
        power2 *= beta2;
    }
    let c = ((1.0 - beta2) / (1.0 - power2)).sqrt();
    AdamStep {
        beta1: beta1 as f32,
        beta2: beta2 as f32,
        rate: (learning_rate * (1.0 - beta1) / (1.0 - power1) / c) as f32,
        epsilon: (epsilon / c) as f32,
        keep: 1.0,
    }
}

/// Adam moves the parameters `p` by their gradients `g`: `u = b1 u + g`, `s = b2 s + g^2`, `p -= rate u / (sqrt(s) + eps)`.
///
/// AdamW first multiplies `p` by `keep = 1 - lr wd`, its weight decay (Loshchilov and Hutter 2019, algorithm 2). All slices have one
/// length; `u` and `s` start at zero.
pub fn adam(step: &AdamStep, p: &mut [f32], g: &[f32], u: &mut [f32], s: &mut [f32]) {
    for i in 0..p.len() {
        p[i] *= step.keep;
        u[i] = step.beta1 * u[i] + g[i];
        s[i] = step.beta2 * s[i] + g[i] * g[i];
        p[i] -= step.rate * u[i] / (s[i].sqrt() + step.epsilon);
    }
}

// ---- 6. Networks and their training steps ---------------------------------------------------------------------------------------------

/// A dense layer: weights `(K, N)` and after them biases `(N)`, and Adam's memory of them, `u` and `s` of [`adam`].
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Layer {
    pub inputs: usize,
    pub outputs: usize,
    pub activation: Activation,
    pub parameters: Vec<f32>,
    pub memory: [Vec<f32>; 2],
}

/// A network: its layers from the input to the logits, Adam's learning rate, and how many updates it has had.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Network {
    pub layers: Vec<Layer>,
    pub learning_rate: f64,
    pub updates: u32,
}

impl Network {
    /// A network of these widths (features, hidden units..., classes). Its weights are uniform in `±sqrt(6 / (K + N))`, so that values keep
    /// their size from layer to layer (Glorot and Bengio 2010, equation 16); biases are zero.
    pub fn new(widths: &[usize], activation: Activation, learning_rate: f64, seed: u32) -> Self {
        let (mut random, mut layers) = (seed, Vec::new());
        for l in 1..widths.len() {
            let (inputs, outputs) = (widths[l - 1], widths[l]);
            let bound = (6.0 / (inputs + outputs) as f32).sqrt();
            let zeros = vec![0.0; (inputs + 1) * outputs];
            let mut parameters = zeros.clone();
            for w in &mut parameters[..inputs * outputs] {
                // A linear congruential generator (Press et al., "Numerical Recipes", chapter 7.1).
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *w = bound * (random as f32 / 2_147_483_648.0 - 1.0);
            }
            layers.push(Layer { inputs, outputs, activation, parameters, memory: [zeros.clone(), zeros] });
        }
        layers.last_mut().expect("there are two widths").activation = Activation::Identity;
        Self { layers, learning_rate, updates: 0 }
    }
}

/// The forward pass: `(z, a)` of every layer. The last `a` is the logits `(B, C)`.
pub fn forward(net: &Network, x: &[f32]) -> Vec<(Vec<f32>, Vec<f32>)> {
    let mut values: Vec<(Vec<f32>, Vec<f32>)> = Vec::new();
    for layer in &net.layers {
        let x = values.last().map_or(x, |(_, a)| a);
        let (w, b) = layer.parameters.split_at(layer.inputs * layer.outputs);
        values.push(dense_forward(x, w, b, layer.activation));
    }
    values
}

/// The logits `(B, C)` of the samples `x (B, K)`.
pub fn logits(net: &Network, x: &[f32]) -> Vec<f32> {
    forward(net, x).pop().expect("a network has a layer").1
}

/// The backward pass and Adam's update, from the last layer to the first. `values` are those of [`forward`], `dz` begins as
/// the gradient by the logits.
pub fn backward_and_update(net: &mut Network, x: &[f32], values: &[(Vec<f32>, Vec<f32>)], mut dz: Vec<f32>) {
    net.updates += 1;
    let step = adam_step(net.learning_rate, net.updates);
    for l in (0..net.layers.len()).rev() {
        let (before, rest) = net.layers.split_at_mut(l);
        let layer = &mut rest[0];
        let x = if l == 0 { x } else { &values[l - 1].1 };
        let (dw, db) = dense_weight_gradients(x, &dz, layer.inputs, layer.outputs);
        if let Some(before) = before.last() {
            // Before the update: the chain rule takes the weights that the forward pass used.
            let (w, (z, a)) = (&layer.parameters[..dw.len()], &values[l - 1]);
            dz = dense_input_gradients(&dz, w, layer.outputs, before.activation, z, a);
        }
        let [u, s] = &mut layer.memory;
        adam(&step, &mut layer.parameters, &[dw, db].concat(), u, s);
    }
}

/// A training step on labels alone, as the teacher takes it. Returns the loss before the update.
pub fn train_step(net: &mut Network, x: &[f32], labels: &[i32]) -> f64 {
    let values = forward(net, x);
    let logits = &values[values.len() - 1].1;
    let (loss, d_logits) = cross_entropy(logits, labels);
    backward_and_update(net, x, &values, d_logits);
    loss
}

/// A training step of the distilled student, for which the teacher is constant. Returns the loss before the update.
pub fn distil_step(
    student: &mut Network,
    x: &[f32],
    labels: &[i32],
    teacher_logits: &[f32],
    temperature: f32,
    alpha: f32,
) -> f64 {
    let values = forward(student, x);
    let logits = &values[values.len() - 1].1;
    let (loss, d_logits) = distillation(logits, teacher_logits, labels, temperature, alpha);
    backward_and_update(student, x, &values, d_logits);
    loss
}
