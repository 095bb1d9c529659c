//! The kernels and the engine's training steps against plain loops, bit for bit; `exp`, `ln`, `tanh` against `f64`.

use distill_lab::distil::SoftTargets;
use distill_lab::kernels::{
    self, Activation, AdamStep, DenseForward, InputGradients, Panels, SgdStep, Shape, Update,
    WeightGradients, naive, padded,
};
use distill_lab::loss::{CrossEntropy, Loss, Objective, TeacherRows, Weighed};
use distill_lab::nn::Mlp;
use distill_lab::optim::Rule;
use distill_lab::rng::{self, Purpose};
use distill_lab::train::{Samples, Trainer};
use proptest::prelude::*;
use std::sync::Arc;

const SIZES: [usize; 13] = [0, 1, 2, 3, 4, 5, 8, 17, 31, 63, 65, 129, 300];
const ACTIVATIONS: [Activation; 4] =
    [Activation::Identity, Activation::Relu, Activation::Tanh, Activation::Gelu];

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|v| v.to_bits()).collect()
}

/// A matrix `(rows, width)`; a quarter of its elements are zero, some negative zero.
fn matrix(rows: usize, width: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12345);
    let mut draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let x = (state >> 8) as f32 / 8_388_608.0 - 1.0;
        if x.abs() < 0.25 { x * 0.0 } else { 3.0 * x }
    };
    (0..rows * width).map(|_| draw()).collect()
}

/// A matrix `(rows, width)` as the kernels read it, `(rows, padded(width))` with padding of zeros.
fn pad(width: usize, values: &[f32]) -> Vec<f32> {
    let pad_row =
        |row: &[f32]| (0..padded(width)).map(|j| row.get(j).copied().unwrap_or(0.0)).collect::<Vec<_>>();
    values.chunks_exact(width).flat_map(pad_row).collect()
}

/// Weights `(inputs, outputs)` and what follows them, as the kernels keep them: padded, and the weights in panels.
fn pack(inputs: usize, outputs: usize, values: &[f32]) -> Vec<f32> {
    let (panels, padded_values, n) =
        (Panels::of_weights(inputs, outputs), pad(outputs, values), padded(outputs));
    let mut out = padded_values.clone();
    (0..inputs * n).for_each(|i| out[panels.at(i / n, i % n)] = padded_values[i]);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_dense_layers_products_equal_the_plain_loops_bit_for_bit(
        rows in prop::sample::select(&SIZES[..]), inputs in prop::sample::select(&SIZES[1..]),
        outputs in prop::sample::select(&SIZES[1..]), which in 0..4usize, seed in any::<u32>(),
    ) {
        let activation = ACTIVATIONS[which];
        let shape = Shape { rows, inputs, outputs };
        let (k, n) = (padded(inputs), padded(outputs));
        let (x, dz) = (matrix(rows, inputs, seed), matrix(rows, outputs, seed ^ 3));
        let (w, b) = (matrix(inputs, outputs, seed ^ 1), matrix(1, outputs, seed ^ 2));
        let (padded_x, padded_dz, packed_w) = (&pad(inputs, &x), &pad(outputs, &dz), &pack(inputs, outputs, &w));
        let scratch = &mut vec![f32::NAN; shape.scratch_len()];

        let (mut z, mut a) = (vec![0.0; rows * n], vec![7.0; rows * n]);
        kernels::dense_forward(DenseForward {
            shape, x: padded_x, w: packed_w, b: &pad(outputs, &b), activation, z: &mut z, a: &mut a, scratch,
        });
        let (plain_z, plain_a) = naive::dense_forward(&x, &w, &b, activation);
        prop_assert_eq!(bits(&a), bits(&pad(outputs, &plain_a)));
        if activation == Activation::Gelu {
            prop_assert_eq!(bits(&z), bits(&pad(outputs, &plain_z)));
        }

        let (mut dw, mut db) = (vec![7.0; inputs * n], vec![7.0; n]);
        let of = WeightGradients { shape, x: padded_x, dz: padded_dz, scratch };
        kernels::dense_weight_gradients(of, &mut dw, &mut db);
        let (plain_dw, plain_db) = naive::dense_weight_gradients(&x, &dz, inputs, outputs);
        prop_assert_eq!(bits(&dw), bits(&pack(inputs, outputs, &plain_dw)));
        prop_assert_eq!(bits(&db), bits(&pad(outputs, &plain_db)));

        // Pre-activations and outputs of the layer before need not belong together here.
        let (z, a) = (matrix(rows, inputs, seed ^ 4), matrix(rows, inputs, seed ^ 5));
        let mut dx = vec![7.0; rows * k];
        kernels::dense_input_gradients(InputGradients {
            shape, dz: padded_dz, w: packed_w, activation, z: &pad(inputs, &z), a: &pad(inputs, &a), dx: &mut dx, scratch,
        });
        let plain_dx = naive::dense_input_gradients(&dz, &w, outputs, activation, &z, &a);
        prop_assert_eq!(bits(&dx), bits(&pad(inputs, &plain_dx)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn an_update_fused_to_its_gradient_equals_both_apart_bit_for_bit(
        rows in prop::sample::select(&SIZES[..]), inputs in prop::sample::select(&SIZES[1..]),
        outputs in prop::sample::select(&SIZES[1..]), adam in any::<bool>(), nesterov in any::<bool>(), seed in any::<u32>(),
    ) {
        let shape = Shape { rows, inputs, outputs };
        let (x, dz) = (matrix(rows, inputs, seed), matrix(rows, outputs, seed ^ 3));
        // Weights and, as one more row, biases.
        let start = matrix(inputs + 1, outputs, seed ^ 1);
        let square: Vec<f32> = matrix(inputs + 1, outputs, seed ^ 2).iter().map(|v| v * v).collect();
        let (dw, db) = naive::dense_weight_gradients(&x, &dz, inputs, outputs);
        let gradients = [dw, db].concat();
        let (mut p, mut u, mut s) = (start.clone(), start.clone(), square.clone());
        let [mut p2, mut u2, mut s2] = [&start, &start, &square].map(|v| pack(inputs, outputs, v));
        let step = AdamStep { beta1: 0.9, beta2: 0.999, rate: 0.01, epsilon: 1e-7, keep: 0.99 };
        let sgd = SgdStep { learning_rate: 0.1, momentum: 0.9, nesterov };
        let update = if adam {
            naive::adam(&step, &mut p, &gradients, &mut u, &mut s);
            Update::Adam { step, u: &mut u2, s: &mut s2 }
        } else {
            kernels::sgd(&sgd, &mut p, &gradients, &mut u);
            Update::Sgd { step: sgd, velocity: &mut u2 }
        };
        let scratch = &mut vec![f32::NAN; shape.scratch_len()];
        let of = WeightGradients { shape, x: &pad(inputs, &x), dz: &pad(outputs, &dz), scratch };
        kernels::dense_weight_update(of, &mut p2, update);
        let [p, u, s] = [p, u, s].map(|v| bits(&pack(inputs, outputs, &v)));
        prop_assert_eq!((p, u, s), (bits(&p2), bits(&u2), bits(&s2)));
    }

    #[test]
    fn softmax_and_the_losses_equal_the_plain_loops_bit_for_bit(
        rows in 1usize..6, classes in 1usize..40, seed in any::<u32>(), temperature in 0.1f32..50.0, confident in any::<bool>(),
    ) {
        // A confident network has some probabilities next to zero.
        let temperature = if confident { 0.01 * temperature } else { temperature };
        let len = rows * padded(classes);
        let logits = [matrix(rows, classes, seed), matrix(rows, classes, seed ^ 1)];
        let [(q, log_q), (p, log_p)] = [0, 1].map(|i| {
            let (mut p, mut log_p) = (vec![7.0; len], vec![7.0; len]);
            let z = pad(classes, &logits[i]);
            kernels::softmax_rows(rows, classes, &z, 1.0 / temperature, &mut p, &mut log_p);
            let (plain_p, plain_log_p) = naive::softmax(&logits[i], classes, temperature);
            assert_eq!(bits(&p), bits(&pad(classes, &plain_p)));
            assert_eq!(bits(&log_p), bits(&pad(classes, &plain_log_p)));
            (p, log_p)
        });

        let mut d = vec![7.0; len];
        let kl = kernels::soft_target_kl(&p, &log_p, &q, &log_q, temperature / rows as f32, &mut d);
        let soft = f64::from(temperature) * f64::from(temperature) * (kl / rows as f64);
        let (plain_soft, plain_d) = naive::soft_targets(&logits[0], &logits[1], classes, temperature);
        prop_assert_eq!((soft.to_bits(), bits(&d)), (plain_soft.to_bits(), bits(&pad(classes, &plain_d))));
    }
}

/// The page of plain loops claims to be all of distillation; so the engine's own steps must have its bits.
#[test]
fn training_steps_of_teacher_and_student_equal_the_plain_loops_bit_for_bit() {
    let (rows, features, classes) = (21, 5, 3);
    let x = matrix(rows, features, 1);
    let all_labels: Vec<i32> = (0..rows as i32).map(|i| i * i % 3).collect();
    let some_labels: Vec<i32> =
        all_labels.iter().enumerate().map(|(i, &y)| if i % 4 == 0 { -1 } else { y }).collect();
    let (learning_rate, temperature, alpha) = (0.01, 3.0, 0.7);
    let rule = Rule::Adam { learning_rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weight_decay: 0.0 };
    // The engine's network, with the weights of the plain one.
    let trainer = |plain: &naive::Network, widths: &[usize], activation, objective| {
        let mut net = Mlp::new(widths, activation, &mut rng::stream(1, Purpose::TeacherWeights));
        for (layer, plain) in net.layers().to_vec().iter().zip(&plain.layers) {
            let packed = pack(plain.inputs, plain.outputs, &plain.parameters);
            net.parameters[layer.weights.start..layer.biases.end].copy_from_slice(&packed);
        }
        Trainer::new(net, objective, rule, rows, rows)
    };
    let equal = |trainer: &Trainer, plain: &naive::Network| {
        let plain: Vec<f32> = plain.layers.iter().flat_map(|l| l.parameters.clone()).collect();
        let ours: Vec<f32> = trainer.net.logical_parameters().collect();
        assert_eq!(bits(&ours), bits(&plain));
    };
    for activation in [Activation::Relu, Activation::Tanh, Activation::Gelu] {
        let widths = [features, 33, 9, classes];
        let mut plain_teacher = naive::Network::new(&widths, activation, learning_rate, 1);
        let mut teacher = trainer(&plain_teacher, &widths, activation, Objective::cross_entropy(0.0));
        let padded_x = pad(features, &x);
        let mut on = Samples { rows, x: &padded_x, labels: &all_labels, teacher: TeacherRows::default() };
        for _ in 0..12 {
            let loss = naive::train_step(&mut plain_teacher, &x, &all_labels);
            assert_eq!(teacher.step(&on).loss.to_bits(), loss.to_bits());
        }
        equal(&teacher, &plain_teacher);

        let widths = [features, 6, classes];
        let mut plain_student = naive::Network::new(&widths, activation, learning_rate, 2);
        let weighed = |weight: f64, loss: Arc<dyn Loss>| Weighed { weight, loss };
        let objective = Objective::sum(vec![
            weighed(f64::from(alpha), Arc::new(SoftTargets { temperature })),
            weighed(1.0 - f64::from(alpha), Arc::new(CrossEntropy { label_smoothing: 0.0 })),
        ]);
        let mut student = trainer(&plain_student, &widths, activation, objective);
        let teacher_logits = naive::logits(&plain_teacher, &x);
        let (p, log_p) = naive::softmax(&teacher_logits, classes, temperature);
        let (p, log_p) = (pad(classes, &p), pad(classes, &log_p));
        on.labels = &some_labels;
        on.teacher = TeacherRows { p: &p, log_p: &log_p, ..TeacherRows::default() };
        for _ in 0..12 {
            let loss =
                naive::distil_step(&mut plain_student, &x, &some_labels, &teacher_logits, temperature, alpha);
            assert_eq!(student.step(&on).loss.to_bits(), loss.to_bits());
        }
        equal(&student, &plain_student);
    }
}

#[test]
fn a_tiny_probability_becomes_zero_and_its_logarithm_stays_exact() {
    let z = [0.0, -68.9, -69.1, -90.0, -120.0, -3e38, f32::NAN, 0.0];
    let softmax = |classes: usize| {
        let (mut p, mut log_p) = ([7.0; 8], [7.0; 8]);
        kernels::softmax_rows(1, classes, &z, 1.0, &mut p, &mut log_p);
        (p, log_p)
    };
    let (p, log_p) = softmax(6);
    assert!(p[1] > 1e-30 && p[1] < 2e-30, "{p:?}");
    assert_eq!(p[2..6], [0.0; 4]);
    assert_eq!(log_p[..6], z[..6]);
    // No probability is so small that products with it would be subnormal and slow.
    assert!(p.iter().all(|&p| p == 0.0 || p > 1e-31));
    let (p, log_p) = softmax(7);
    assert!(p[6].is_nan() && log_p[6].is_nan(), "{p:?} {log_p:?}");
}

/// The largest error in units of the last place of the true value, over `points` values from `low` to `high`.
fn worst(low: f64, high: f64, points: u32, f: impl Fn(f32) -> f32, truth: impl Fn(f64) -> f64) -> f64 {
    (0..=points)
        .map(|i| {
            let x = (low + (high - low) * f64::from(i) / f64::from(points)) as f32;
            let want = truth(f64::from(x));
            let nearest = (want as f32).abs();
            let ulp = f64::from(f32::from_bits(nearest.to_bits() + 1)) - f64::from(nearest);
            (f64::from(f(x)) - want).abs() / ulp
        })
        .fold(0.0, f64::max)
}

#[test]
fn exp_ln_and_tanh_stay_within_two_ulp() {
    let exp = worst(-87.0, 88.7, 4_000_000, kernels::exp, f64::exp);
    let ln = worst(0.01, 4.0, 4_000_000, kernels::ln, f64::ln).max(worst(
        4.0,
        1e6,
        1_000_000,
        kernels::ln,
        f64::ln,
    ));
    let tanh = worst(-12.0, 12.0, 4_000_000, kernels::tanh, f64::tanh);
    println!("largest error in ulp: exp {exp:.2}, ln {ln:.2}, tanh {tanh:.2}");
    assert!(exp <= 2.0 && ln <= 2.0 && tanh <= 2.0, "exp {exp}, ln {ln}, tanh {tanh}");
}

#[test]
fn exp_and_tanh_have_the_right_values_at_zero_infinity_and_nan() {
    assert_eq!(kernels::exp(0.0), 1.0);
    assert_eq!(kernels::exp(f32::NEG_INFINITY), 0.0);
    assert_eq!(kernels::exp(-200.0), 0.0);
    assert_eq!(kernels::exp(f32::INFINITY), f32::INFINITY);
    assert!(kernels::exp(f32::NAN).is_nan() && kernels::tanh(f32::NAN).is_nan());
    assert_eq!(kernels::tanh(f32::INFINITY), 1.0);
    assert_eq!(kernels::tanh(-50.0), -1.0);
    assert_eq!(kernels::tanh(0.0), 0.0);
}
