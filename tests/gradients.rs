//! Every backward pass against central differences of its own forward pass, on random shapes.
//!
//! Losses are sums in `f64` of `f32` terms: a step of 1/64 and fourth-order differences leave an error well under the tolerance.

use distill_lab::kernels::{Activation, padded};
use distill_lab::loss::{self, Batch, Decoupled, Embeddings, Hint, Objective, Scratch, TeacherRows};
use distill_lab::metrics::arg_max;
use distill_lab::nn::{Mlp, Workspace};
use distill_lab::rng::{Purpose, stream};
use proptest::prelude::*;

const STEP: f32 = 1.0 / 64.0;

/// `dL/dx_i` for every `i` in `at`.
fn differences(
    x: &[f32],
    at: impl Iterator<Item = usize>,
    mut loss: impl FnMut(&[f32]) -> f64,
) -> Vec<(usize, f64)> {
    let mut moved = x.to_vec();
    at.map(|i| {
        let mut by = |h: f32| {
            moved[i] = x[i] + h;
            let value = loss(&moved);
            moved[i] = x[i];
            value
        };
        let slope = 8.0 * (by(STEP) - by(-STEP)) - (by(2.0 * STEP) - by(-2.0 * STEP));
        (i, slope / (12.0 * f64::from(STEP)))
    })
    .collect()
}

fn close(want: &[(usize, f64)], got: &[f32]) -> Result<(), TestCaseError> {
    let scale = want.iter().fold(0.05f64, |m, (_, w)| m.max(w.abs()));
    for &(i, w) in want {
        let g = f64::from(got[i]);
        prop_assert!(
            (g - w).abs() <= 3e-3 * scale,
            "gradient {i}: {g:e}, by differences {w:e}"
        );
    }
    Ok(())
}

/// Indices of the columns that count.
fn used(rows: usize, width: usize) -> impl Iterator<Item = usize> {
    (0..rows * padded(width)).filter(move |i| i % padded(width) < width)
}

fn padded_rows(values: &[f32], rows: usize, width: usize) -> Vec<f32> {
    let mut all = vec![0.0; rows * padded(width)];
    for (to, from) in used(rows, width).zip(values) {
        all[to] = *from;
    }
    all
}

/// Rows, classes, two sets of logits, labels of which some are withheld, temperature, alpha.
fn batches() -> impl Strategy<Value = (usize, usize, Vec<f32>, Vec<f32>, Vec<i32>, f32, f32)> {
    (1..6usize, 2..12usize).prop_flat_map(|(rows, classes)| {
        let logits = || prop::collection::vec(-3.0..3.0f32, rows * classes);
        let labels = prop::collection::vec(-1..classes as i32, rows);
        (
            Just(rows),
            Just(classes),
            logits(),
            logits(),
            labels,
            0.8..8.0f32,
            0.0..1.0f32,
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn of_every_objective((rows, classes, s, t, labels, temperature, alpha) in batches(), label_smoothing in 0.0..0.5f32) {
        let (s, t) = (padded_rows(&s, rows, classes), padded_rows(&t, rows, classes));
        let (p, log_p) = loss::softmax(&t, classes, f64::from(temperature));
        let sure: Vec<i32> = t.chunks_exact(padded(classes)).map(|row| arg_max(&row[..classes]) as i32).collect();
        let teacher = TeacherRows { logits: &t, p: &p, log_p: &log_p, arg_max: &sure };
        let mut objectives = vec![
            Objective::CrossEntropy { label_smoothing },
            Objective::SoftTargets { temperature, alpha, label_smoothing },
            Objective::SoftTargets { temperature, alpha: 1.0, label_smoothing },
            Objective::LogitMatching { alpha, label_smoothing },
            Objective::HardTeacher { alpha, label_smoothing },
        ];
        if labels.iter().all(|&l| l >= 0) {
            objectives.push(Objective::NotebookAsWritten { temperature });
        }
        let mut scratch = Scratch::new(rows, classes);
        for objective in objectives {
            let mut forward = |z: &[f32], d: &mut [f32]| {
                let batch = Batch { rows, classes, logits: z, labels: &labels, teacher };
                objective.forward_backward(&batch, &mut scratch, d).loss
            };
            let (mut d, mut ignored) = (vec![9.0; s.len()], vec![0.0; s.len()]);
            forward(&s, &mut d);
            let want = differences(&s, used(rows, classes), |z| forward(z, &mut ignored));
            close(&want, &d).map_err(|e| TestCaseError::fail(format!("{objective:?}: {e}")))?;
        }
    }

    #[test]
    fn of_the_decoupled_loss((rows, classes, s, t, labels, temperature, alpha) in batches(), beta in 0.0..4.0f32) {
        let (s, t) = (padded_rows(&s, rows, classes), padded_rows(&t, rows, classes));
        let labels: Vec<i32> = labels.iter().map(|&l| l.max(0)).collect();
        let teacher = TeacherRows { logits: &t, ..TeacherRows::default() };
        let forward = |z: &[f32], d: &mut [f32]| {
            let batch = Batch { rows, classes, logits: z, labels: &labels, teacher };
            loss::decoupled(&batch, &Decoupled { temperature, alpha, beta }, d).loss
        };
        let (mut d, mut ignored) = (vec![9.0; s.len()], vec![0.0; s.len()]);
        forward(&s, &mut d);
        close(&differences(&s, used(rows, classes), |z| forward(z, &mut ignored)), &d)?;
    }

    #[test]
    fn of_hints(rows in 1..5usize, k in 1..6usize, m in 1..6usize, all in prop::collection::vec(-2.0..2.0f32, 5 * 6 * 3 + 6)) {
        let (h, w, b, t) = (&all[..rows * k], &all[30..30 + k * m], &all[66..66 + m], &all[72..72 + (rows * m).min(24)]);
        let t: Vec<f32> = t.iter().copied().cycle().take(rows * m).collect();
        let of = |h: &[f32], w: &[f32], b: &[f32], d: [&mut [f32]; 3]| {
            let [dh, dw, db] = d;
            let hint = Hint { rows, student_units: k, teacher_units: m, student: h, weights: w, biases: b, teacher: &t };
            loss::hint(&hint, dh, dw, db)
        };
        let (mut dh, mut dw, mut db) = (vec![9.0; h.len()], vec![9.0; w.len()], vec![9.0; m]);
        of(h, w, b, [&mut dh, &mut dw, &mut db]);
        let (mut xh, mut xw, mut xb) = (dh.clone(), dw.clone(), db.clone());
        close(&differences(h, 0..h.len(), |v| of(v, w, b, [&mut xh, &mut xw, &mut xb])), &dh)?;
        close(&differences(w, 0..w.len(), |v| of(h, v, b, [&mut xh, &mut xw, &mut xb])), &dw)?;
        close(&differences(b, 0..m, |v| of(h, w, v, [&mut xh, &mut xw, &mut xb])), &db)?;
    }

    #[test]
    fn of_relations(n in 2..6usize, s in 1..4usize, t in 1..4usize, all in prop::collection::vec(-4.0..4.0f32, 36)) {
        let (mine, theirs) = (&all[..n * s], &all[18..18 + n * t]);
        let apart = |rows: &[f32], width: usize| (0..n).all(|i| (0..i).all(|j|
            (0..width).map(|c| (rows[i * width + c] - rows[j * width + c]).powi(2)).sum::<f32>() > 1.0));
        // Near-equal rows have curved distances, and differences of one-dimensional angles jump.
        prop_assume!(apart(mine, s) && apart(theirs, t));
        let teacher = Embeddings { width: t, rows: theirs };
        for term in [loss::relational_distance, loss::relational_angle] {
            let (mut d, mut ignored) = (vec![9.0; mine.len()], vec![0.0; mine.len()]);
            term(&Embeddings { width: s, rows: mine }, &teacher, &mut d);
            let want = differences(mine, 0..mine.len(), |rows| term(&Embeddings { width: s, rows }, &teacher, &mut ignored));
            close(&want, &d)?;
        }
    }

    #[test]
    fn of_whole_networks(rows in 1..5usize, widths in prop::collection::vec(1..9usize, 2..5), which in 0..2usize, seed in 0..1000u64) {
        // Smooth activations; a ReLU's kinks would spoil the differences, and its branch is checked below.
        let mut widths = widths;
        let last = widths.len() - 1;
        widths[last] = widths[last].max(2);
        let mut rng = stream(seed, Purpose::TeacherWeights);
        let mut net = Mlp::new(&widths, [Activation::Tanh, Activation::Gelu][which], &mut rng);
        let mut draws = stream(seed, Purpose::Split);
        let x: Vec<f32> = (0..rows * widths[0]).map(|_| draws.symmetric(1.5)).collect();
        let x = padded_rows(&x, rows, widths[0]);
        let labels: Vec<i32> = (0..rows).map(|i| (i % widths[last]) as i32).collect();
        network_gradients(&mut net, rows, &x, &labels)?;
    }
}

fn network_gradients(net: &mut Mlp, rows: usize, x: &[f32], labels: &[i32]) -> Result<(), TestCaseError> {
    let (mut workspace, mut scratch) = (Workspace::new(net, rows), Scratch::new(rows, net.classes()));
    let objective = Objective::CrossEntropy { label_smoothing: 0.1 };
    let mut gradients = vec![9.0; net.parameters.len()];
    let mut forward = |net: &Mlp, gradients: Option<&mut [f32]>| {
        net.forward(rows, x, &mut workspace);
        let (logits, d_logits) = workspace.logits_and_gradient();
        let batch = Batch {
            rows,
            classes: net.classes(),
            logits,
            labels,
            teacher: TeacherRows::default(),
        };
        let value = objective.forward_backward(&batch, &mut scratch, d_logits).loss;
        if let Some(gradients) = gradients {
            net.backward(rows, x, &mut workspace, gradients);
        }
        value
    };
    forward(net, Some(&mut gradients));
    let mut at = Vec::new();
    for layer in net.layers() {
        let (panels, n) = (layer.panels(), layer.outputs);
        at.extend((0..layer.inputs * n).map(|i| layer.weights.start + panels.at(i / n, i % n)));
        at.extend(layer.biases.start..layer.biases.start + n);
    }
    let parameters = net.parameters.clone();
    let want = differences(&parameters, at.into_iter(), |moved| {
        net.parameters.copy_from_slice(moved);
        forward(net, None)
    });
    close(&want, &gradients)
}

#[test]
fn of_a_relu_network_away_from_its_kinks() {
    // One open and one shut unit for every sample: pre-activations of at least 1/2 in size.
    let mut net = Mlp::new(
        &[2, 2, 2],
        Activation::Relu,
        &mut stream(1, Purpose::TeacherWeights),
    );
    let first = net.layers()[0].clone();
    net.parameters[first.weights].copy_from_slice(&[1.0, -1.0, 0.0, 0.0, 0.5, -0.5, 0.0, 0.0]);
    net.parameters[first.biases].copy_from_slice(&[0.5, -0.5, 0.0, 0.0]);
    let x = [1.0, 0.5, 0.0, 0.0, 0.25, 2.0, 0.0, 0.0, 2.0, 1.0, 0.0, 0.0];
    network_gradients(&mut net, 3, &x, &[0, 1, 1]).unwrap();
}

#[test]
fn logit_matching_is_the_limit_of_soft_targets_at_a_high_temperature() {
    // Hinton et al. 2015, section 2.1: T^2 KL tends to half the mean square of the centred differences.
    let (s, t) = ([1.0, -0.5, 0.25, 0.0f32], [0.5, 1.5, -1.0, 0.0f32]);
    let gradients = |temperature: f32| {
        let (p, log_p) = loss::softmax(&t, 3, f64::from(temperature));
        let teacher = TeacherRows {
            logits: &t,
            p: &p,
            log_p: &log_p,
            arg_max: &[],
        };
        let batch = Batch {
            rows: 1,
            classes: 3,
            logits: &s,
            labels: &[0],
            teacher,
        };
        let mut soft = [0.0; 4];
        Objective::SoftTargets {
            temperature,
            alpha: 1.0,
            label_smoothing: 0.0,
        }
        .forward_backward(&batch, &mut Scratch::new(1, 3), &mut soft);
        let mut matching = [0.0; 4];
        loss::logit_matching(&batch, &mut matching);
        soft.iter()
            .zip(matching)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0f32, f32::max)
    };
    let errors: Vec<f32> = [10.0, 40.0, 160.0].map(gradients).to_vec();
    assert!(
        errors[0] > 3.0 * errors[1] && errors[1] > 3.0 * errors[2] && errors[2] < 0.005,
        "{errors:?}"
    );
}
