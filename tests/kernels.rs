//! Kernels against their oracle, bit for bit, and `exp`, `ln`, `tanh` against `f64`.

use distill_lab::kernels::{self, Activation, AdamStep, Gradients, Panels, SgdStep, Update, naive, padded};
use proptest::prelude::*;

const SIZES: [usize; 13] = [0, 1, 2, 3, 4, 5, 8, 17, 31, 63, 65, 129, 300];
const ACTIVATIONS: [Activation; 4] = [
    Activation::Identity,
    Activation::Relu,
    Activation::Tanh,
    Activation::Gelu,
];

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|v| v.to_bits()).collect()
}

/// A matrix `[rows, stride]` whose padding is zero; a quarter of its elements are zero, some negative zero.
fn matrix(rows: usize, width: usize, stride: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12345);
    let mut draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let x = (state >> 8) as f32 / 8_388_608.0 - 1.0;
        if x.abs() < 0.25 { x * 0.0 } else { 3.0 * x }
    };
    (0..rows * stride)
        .map(|i| if i % stride.max(1) < width { draw() } else { 0.0 })
        .collect()
}

/// Rows of weights `[k, n]`, and whatever follows them, as the kernels keep them.
fn to_panels(k: usize, n: usize, rows: &[f32]) -> Vec<f32> {
    let (panels, mut out) = (Panels::of_weights(k, n), rows.to_vec());
    (0..k * n).for_each(|i| out[panels.at(i / n, i % n)] = rows[i]);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_dense_layers_products_equal_the_plain_loops_bit_for_bit(
        rows in prop::sample::select(&SIZES[..]), k in prop::sample::select(&SIZES[1..]),
        used in prop::sample::select(&SIZES[1..]), which in 0..4usize, seed in any::<u32>(),
    ) {
        let (activation, n, k_stride) = (ACTIVATIONS[which], padded(used), padded(k));
        let x = matrix(rows, k, k_stride, seed);
        let (w, b) = (matrix(k, used, n, seed ^ 1), matrix(1, used, n, seed ^ 2));
        let dy = matrix(rows, used, n, seed ^ 3);
        let kept = to_panels(k, n, &w);

        let room = || vec![f32::NAN; kernels::scratch_len(rows, k_stride, n)];
        let of = Gradients { rows, k, n, n_used: used, x: &x, x_stride: k_stride, dy: &dy };
        let forward = |f: &dyn Fn(&mut [f32], &mut [f32])| {
            let (mut z, mut a) = (vec![0.0; rows * n], vec![7.0; rows * n]);
            f(&mut z, &mut a);
            (bits(&z), bits(&a))
        };
        prop_assert_eq!(
            forward(&|z, a| kernels::dense_forward(rows, k, n, used, &x, k_stride, &kept, &b, activation, z, a, &mut room())),
            forward(&|z, a| naive::dense_forward(rows, k, n, used, &x, k_stride, &w, &b, activation, z, a))
        );

        let weights = |f: &dyn Fn(&mut [f32], &mut [f32])| {
            let (mut dw, mut db) = (vec![7.0; k * n], vec![7.0; n]);
            f(&mut dw, &mut db);
            (bits(&dw), bits(&db))
        };
        prop_assert_eq!(
            weights(&|dw, db| kernels::dense_weight_gradients(&of, dw, db, &mut room())),
            weights(&|dw, db| {
                naive::dense_weight_gradients(rows, k, n, &x, k_stride, &dy, dw, db);
                dw.copy_from_slice(&to_panels(k, n, dw));
            })
        );

        let (z, a) = (matrix(rows, k, k_stride, seed ^ 4), matrix(rows, k, k_stride, seed ^ 5));
        let inputs = |f: &dyn Fn(&mut [f32], &mut [f32])| {
            let (mut dx, mut scratch) = (vec![7.0; rows * k_stride], vec![f32::NAN; kernels::scratch_len(rows, k_stride, n)]);
            f(&mut dx, &mut scratch);
            bits(&dx)
        };
        prop_assert_eq!(
            inputs(&|dx, s| kernels::dense_input_gradients(rows, k, k_stride, n, used, &dy, &kept, activation, &z, &a, dx, s)),
            inputs(&|dx, s| naive::dense_input_gradients(rows, k, k_stride, n, used, &dy, &w, activation, &z, &a, dx, s))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn an_update_fused_to_its_gradient_equals_both_apart_bit_for_bit(
        rows in prop::sample::select(&SIZES[..]), k in prop::sample::select(&SIZES[1..]),
        used in prop::sample::select(&SIZES[1..]), adam in any::<bool>(), nesterov in any::<bool>(), seed in any::<u32>(),
    ) {
        let (n, k_stride) = (padded(used), padded(k));
        let (x, dy) = (matrix(rows, k, k_stride, seed), matrix(rows, used, n, seed ^ 3));
        let len = k * n + n;
        let start = matrix(k + 1, used, n, seed ^ 1);
        let square: Vec<f32> = matrix(k + 1, used, n, seed ^ 2).iter().map(|v| v * v).collect();
        let mut g = vec![0.0; len];
        let (dw, db) = g.split_at_mut(k * n);
        naive::dense_weight_gradients(rows, k, n, &x, k_stride, &dy, dw, db);
        let (mut p, mut m, mut v) = (start.clone(), start.clone(), square.clone());
        let [mut p2, mut m2, mut v2] = [&start, &start, &square].map(|v| to_panels(k, n, v));
        let mut scratch = vec![f32::NAN; kernels::scratch_len(rows, k_stride, n)];
        let step = AdamStep { beta1: 0.9, beta2: 0.999, rate: 0.01, epsilon: 1e-7, keep: 0.99 };
        let sgd = SgdStep { learning_rate: 0.1, momentum: 0.9, nesterov };
        let update = if adam {
            naive::adam(&step, &mut p, &g, &mut m, &mut v);
            Update::Adam { step, u: &mut m2, s: &mut v2 }
        } else {
            naive::sgd(&sgd, &mut p, &g, &mut m);
            Update::Sgd { step: sgd, velocity: &mut m2 }
        };
        let of = Gradients { rows, k, n, n_used: used, x: &x, x_stride: k_stride, dy: &dy };
        kernels::dense_weight_update(&of, &mut p2, update, &mut scratch);
        let [p, m, v] = [p, m, v].map(|v| bits(&to_panels(k, n, &v)));
        prop_assert_eq!((p, m, v), (bits(&p2), bits(&m2), bits(&v2)));
    }

    #[test]
    fn the_soft_term_and_its_gradient_equal_the_plain_loops_bit_for_bit(quads in 0usize..40, seed in any::<u32>()) {
        let len = 4 * quads;
        let [p, log_p, q, log_q] = [0, 1, 2, 3].map(|i| matrix(1, len, len, seed ^ i));
        let (mut d, mut d2) = (vec![7.0; len], vec![7.0; len]);
        let kl = kernels::soft_target_kl(&p, &log_p, &q, &log_q, 0.3, &mut d);
        let kl2 = naive::soft_target_kl(&p, &log_p, &q, &log_q, 0.3, &mut d2);
        prop_assert_eq!((kl.to_bits(), bits(&d)), (kl2.to_bits(), bits(&d2)));
    }

    #[test]
    fn softmax_equals_the_plain_loops_bit_for_bit(
        rows in 0usize..6, classes in 1usize..40, seed in any::<u32>(), temperature in 0.1f32..50.0, sure in any::<bool>(),
    ) {
        let stride = padded(classes);
        // Of a network that is sure of itself, some probabilities are next to nothing.
        let temperature = if sure { 0.01 * temperature } else { temperature };
        let z = matrix(rows, classes, stride, seed);
        let softmax = |f: &dyn Fn(&mut [f32], &mut [f32])| {
            let (mut p, mut log_p) = (vec![7.0; rows * stride], vec![7.0; rows * stride]);
            f(&mut p, &mut log_p);
            (bits(&p), bits(&log_p))
        };
        prop_assert_eq!(
            softmax(&|p, l| kernels::softmax_rows(rows, classes, stride, &z, 1.0 / temperature, p, l)),
            softmax(&|p, l| naive::softmax_rows(rows, classes, stride, &z, 1.0 / temperature, p, l))
        );
    }
}

#[test]
fn a_probability_of_next_to_nothing_is_none_and_its_logarithm_stays() {
    let z = [0.0, -68.9, -69.1, -90.0, -120.0, -3e38, f32::NAN, 0.0];
    let softmax = |classes: usize| {
        let (mut p, mut log_p) = ([7.0; 8], [7.0; 8]);
        kernels::softmax_rows(1, classes, 8, &z, 1.0, &mut p, &mut log_p);
        (p, log_p)
    };
    let (p, log_p) = softmax(6);
    assert!(p[1] > 1e-30 && p[1] < 2e-30, "{p:?}");
    assert_eq!(p[2..6], [0.0; 4]);
    assert_eq!(log_p[..6], z[..6]);
    // Nothing that is computed from them is so small that a processor takes its time over it.
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
    assert!(
        exp <= 2.0 && ln <= 2.0 && tanh <= 2.0,
        "exp {exp}, ln {ln}, tanh {tanh}"
    );
}

#[test]
fn exp_and_tanh_keep_their_ends() {
    assert_eq!(kernels::exp(0.0), 1.0);
    assert_eq!(kernels::exp(f32::NEG_INFINITY), 0.0);
    assert_eq!(kernels::exp(-200.0), 0.0);
    assert_eq!(kernels::exp(f32::INFINITY), f32::INFINITY);
    assert!(kernels::exp(f32::NAN).is_nan() && kernels::tanh(f32::NAN).is_nan());
    assert_eq!(kernels::tanh(f32::INFINITY), 1.0);
    assert_eq!(kernels::tanh(-50.0), -1.0);
    assert_eq!(kernels::tanh(0.0), 0.0);
}
