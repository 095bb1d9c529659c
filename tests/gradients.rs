//! Every backward pass against central differences of its own forward pass, on random shapes.
//!
//! Losses are sums in `f64` of `f32` terms: a step of 1/64 and fourth-order differences leave an error well under the tolerance.

use distill_lab::config::Config;
use distill_lab::distil::{Hint, LogitMatching, METHODS, Setting, SoftTargets};
use distill_lab::kernels::{Activation, padded};
use distill_lab::loss::{self, Batch, Gradients, Hidden, Loss, Objective, Scratch, TeacherRows};
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
        prop_assert!((g - w).abs() <= 3e-3 * scale, "gradient {i}: {g:e}, by differences {w:e}");
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
        (Just(rows), Just(classes), logits(), logits(), labels, 0.8..8.0f32, 0.0..1.0f32)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// By the logits, by the hidden layer where the method looks at one, and by its own parameters.
    #[test]
    fn of_every_method(
        (rows, classes, s, t, labels, temperature, alpha) in batches(),
        label_smoothing in 0.0..0.5f32,
        (k, m) in (1..5usize, 1..7usize),
        draws in prop::collection::vec(-2.0..2.0f32, 5 * 4 + 5 * 6),
    ) {
        let (z, t) = (padded_rows(&s, rows, classes), padded_rows(&t, rows, classes));
        let (h, h_t) = (padded_rows(&draws[..rows * k], rows, k), padded_rows(&draws[20..20 + rows * m], rows, m));
        let (p, log_p) = loss::softmax(&t, classes, f64::from(temperature));
        let sure: Vec<i32> = t.chunks_exact(padded(classes)).map(|row| arg_max(&row[..classes]) as i32).collect();
        let teacher = TeacherRows { logits: &t, p: &p, log_p: &log_p, arg_max: &sure, hidden: Hidden { units: m, rows: &h_t } };
        for method in METHODS {
            let mut distillation = Config::preset("fifty-digits").unwrap().with_field("distillation.method", method.name.into()).unwrap().distillation;
            (distillation.temperature, distillation.alpha) = (f64::from(temperature), f64::from(alpha));
            let setting = Setting {
                distillation: &distillation,
                label_smoothing: f64::from(label_smoothing),
                student: &[k],
                teacher: &[m],
                members: 1,
                seed: 1,
            };
            let objective = setting.objective();
            // Rows that nearly coincide have curved distances.
            if objective.hidden_layer().is_some() && !(apart(&h, rows, k) && apart(&h_t, rows, m)) {
                continue;
            }
            let parameters = objective.parameters();
            let mut scratch = Scratch::new(&objective, rows, classes);
            let mut forward = |z: &[f32], h: &[f32], parameters: &[f32], d: &mut [Vec<f32>; 3]| {
                let hidden = Hidden { units: k, rows: h };
                let batch = Batch { rows, classes, logits: z, labels: &labels, teacher, hidden, parameters };
                let [logits, hidden, parameters] = d;
                objective.forward_backward(&batch, &mut scratch, &mut Gradients { logits, hidden, parameters }).loss
            };
            let mut d = [vec![9.0; z.len()], vec![9.0; h.len()], vec![9.0; parameters.len()]];
            let mut unused = d.clone();
            forward(&z, &h, &parameters, &mut d);
            let mut all = vec![(differences(&z, used(rows, classes), |z| forward(z, &h, &parameters, &mut unused)), &d[0])];
            if objective.hidden_layer().is_some() {
                all.push((differences(&h, used(rows, k), |h| forward(&z, h, &parameters, &mut unused)), &d[1]));
                let at = used(parameters.len() / padded(m), m);
                all.push((differences(&parameters, at, |w| forward(&z, &h, w, &mut unused)), &d[2]));
            }
            for (want, got) in all {
                close(&want, got).map_err(|e| TestCaseError::fail(format!("{}: {e}", method.name)))?;
            }
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
        network_gradients(&mut net, rows, &x, &labels, &Objective::cross_entropy(0.1), Hidden::default())?;
        // A loss that looks at the last hidden layer, and at nothing else.
        let units = widths[last - 1];
        if last > 1 {
            let wanted: Vec<f32> = (0..rows * 3).map(|_| draws.symmetric(1.0)).collect();
            let hint = Hint { layer: last - 2, student_units: units, teacher_units: 3, seed };
            let hidden = Hidden { units: 3, rows: &padded_rows(&wanted, rows, 3) };
            network_gradients(&mut net, rows, &x, &labels, &Objective::of(hint), hidden)?;
        }
    }
}

/// Whether rows are so far apart, and their differences so long, that distances are nearly straight between them.
fn apart(rows: &[f32], n: usize, width: usize) -> bool {
    let row = |i: usize| &rows[i * padded(width)..][..width];
    let square = |i: usize, j: usize| row(i).iter().zip(row(j)).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
    // In one dimension an angle is 0 or 180 degrees, and jumps.
    (0..n).all(|i| (0..i).all(|j| square(i, j) > 1.0))
}

fn network_gradients(
    net: &mut Mlp,
    rows: usize,
    x: &[f32],
    labels: &[i32],
    objective: &Objective,
    teacher: Hidden,
) -> Result<(), TestCaseError> {
    let mut workspace = Workspace::new(net, rows);
    if let Some(layer) = objective.hidden_layer() {
        workspace.watch(net, layer, rows);
    }
    let mut scratch = Scratch::new(objective, rows, net.classes());
    let (own, mut gradients) = (objective.parameters(), vec![9.0; net.parameters.len()]);
    let mut forward = |net: &Mlp, gradients: Option<&mut [f32]>| {
        net.forward(rows, x, &mut workspace);
        let passed = workspace.passed(rows);
        let batch = Batch {
            rows,
            classes: net.classes(),
            logits: passed.logits,
            labels,
            teacher: TeacherRows { hidden: teacher, ..TeacherRows::default() },
            hidden: Hidden { units: passed.units, rows: passed.hidden },
            parameters: &own,
        };
        let mut written = Gradients {
            logits: passed.d_logits,
            hidden: passed.d_hidden,
            parameters: &mut vec![0.0; own.len()],
        };
        let value = objective.forward_backward(&batch, &mut scratch, &mut written).loss;
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
    let mut net = Mlp::new(&[2, 2, 2], Activation::Relu, &mut stream(1, Purpose::TeacherWeights));
    let first = net.layers()[0].clone();
    net.parameters[first.weights].copy_from_slice(&[1.0, -1.0, 0.0, 0.0, 0.5, -0.5, 0.0, 0.0]);
    net.parameters[first.biases].copy_from_slice(&[0.5, -0.5, 0.0, 0.0]);
    let x = [1.0, 0.5, 0.0, 0.0, 0.25, 2.0, 0.0, 0.0, 2.0, 1.0, 0.0, 0.0];
    let objective = Objective::cross_entropy(0.1);
    network_gradients(&mut net, 3, &x, &[0, 1, 1], &objective, Hidden::default()).unwrap();
}

#[test]
fn logit_matching_is_the_limit_of_soft_targets_at_a_high_temperature() {
    // Hinton et al. 2015, section 2.1: T^2 KL tends to half the mean square of the centred differences.
    let (s, t) = ([1.0, -0.5, 0.25, 0.0f32], [0.5, 1.5, -1.0, 0.0f32]);
    let gradients = |temperature: f32| {
        let (p, log_p) = loss::softmax(&t, 3, f64::from(temperature));
        let teacher = TeacherRows { logits: &t, p: &p, log_p: &log_p, ..TeacherRows::default() };
        let batch = Batch { rows: 1, classes: 3, logits: &s, labels: &[0], teacher, ..Batch::default() };
        let of = |loss: &dyn Loss| {
            let mut d = [0.0; 4];
            let mut scratch = Scratch::new(&Objective::cross_entropy(0.0), 1, 3);
            loss.forward_backward(&batch, &mut scratch, &mut Gradients::of(&mut d));
            d
        };
        let (soft, matching) = (of(&SoftTargets { temperature }), of(&LogitMatching));
        soft.iter().zip(matching).map(|(a, b)| (a - b).abs()).fold(0.0f32, f32::max)
    };
    let errors: Vec<f32> = [10.0, 40.0, 160.0].map(gradients).to_vec();
    assert!(errors[0] > 3.0 * errors[1] && errors[1] > 3.0 * errors[2] && errors[2] < 0.005, "{errors:?}");
}
