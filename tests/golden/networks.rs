//! Whole networks and optimisers.

use super::losses::softened;
use super::{Case, flat, floats, pad, unpad};
use distill_lab::kernels::{Activation, padded};
use distill_lab::loss::{self, Batch, Gradients, Scratch, TeacherRows};
use distill_lab::nn::{Mlp, Workspace};
use distill_lab::optim::{Optimizer, Rule};
use distill_lab::rng::{Purpose, stream};

pub fn rule(case: &Case, key: &str) -> Rule {
    let (lr, get) = (case.number("lr"), |k: &str| case.inputs[k].as_f64().unwrap_or(0.0));
    match case.inputs[key].as_str().unwrap() {
        "adam" | "adamw" => Rule::Adam {
            learning_rate: lr,
            beta1: get("beta1"),
            beta2: get("beta2"),
            epsilon: get("eps"),
            weight_decay: get("weight_decay"),
        },
        name @ ("sgd" | "momentum" | "nesterov") => {
            Rule::Sgd { learning_rate: lr, momentum: get("momentum"), nesterov: name == "nesterov" }
        }
        other => panic!("{}: an unknown optimiser {other}", case.name),
    }
}

/// Forward, backward and three full-batch steps of a whole network.
pub fn mlp(case: &mut Case) {
    let layers = case.inputs["layers"].as_array().unwrap().clone();
    let widths: Vec<usize> = std::iter::once(layers[0]["w"].as_array().unwrap().len())
        .chain(layers.iter().map(|l| l["b"].as_array().unwrap().len()))
        .collect();
    let activation = match case.inputs["activation"].as_str().unwrap() {
        "relu" => Activation::Relu,
        "tanh" => Activation::Tanh,
        "gelu" => Activation::Gelu,
        other => panic!("{}: an unknown activation {other}", case.name),
    };
    let mut net = Mlp::new(&widths, activation, &mut stream(0, Purpose::TeacherWeights));
    for (at, layer) in net.layers().to_vec().iter().zip(&layers) {
        for (i, w) in floats(&layer["w"]).into_iter().enumerate() {
            net.parameters[at.weights.start + at.panels().at(i / at.outputs, i % at.outputs)] = w;
        }
        net.parameters[at.biases.clone()].copy_from_slice(&pad(&floats(&layer["b"]), at.outputs));
    }
    let classes = net.classes();
    let x = pad(&floats(&case.inputs["x"]), widths[0]);
    let rows = x.len() / padded(widths[0]);
    let labels = case.labels();
    let teacher = pad(&floats(&case.inputs["teacher_logits"]), classes);
    let (p, log_p) = loss::softmax(&teacher, classes, case.number("temperature"));
    let objective = softened(case.number("temperature") as f32, case.number("alpha"));
    let mut scratch = Scratch::new(&objective, rows, classes);
    let mut workspace = Workspace::new(&net, rows);
    let mut gradients = vec![0.0; net.parameters.len()];
    let mut optimizer = Optimizer::new(rule(case, "optimizer"), gradients.len());
    for step in 0..case.number("steps") as usize {
        net.forward(rows, &x, &mut workspace);
        let passed = workspace.passed(rows);
        let batch = Batch {
            rows,
            classes,
            logits: passed.logits,
            labels: &labels,
            teacher: TeacherRows { logits: &teacher, p: &p, log_p: &log_p, ..TeacherRows::default() },
            ..Batch::default()
        };
        let value = objective.forward_backward(&batch, &mut scratch, &mut Gradients::of(passed.d_logits));
        let logits = passed.logits;
        let logits = unpad(&logits[..rows * padded(classes)], classes);
        net.backward(rows, &x, &mut workspace, &mut gradients);
        if step == 0 {
            case.check("logits", &logits);
            case.check("loss", &[value.loss]);
            compare_layers(case, &net, &gradients, "grads");
        }
        optimizer.step(&mut net.parameters, &gradients);
    }
    compare_layers(case, &net, &net.parameters, "layers_after_steps");
}

fn compare_layers(case: &mut Case, net: &Mlp, values: &[f32], field: &str) {
    for (i, at) in net.layers().iter().enumerate() {
        let (panels, n) = (at.panels(), at.outputs);
        let w = (0..at.inputs * n).map(|i| values[at.weights.start + panels.at(i / n, i % n)]).map(f64::from);
        let b = values[at.biases.start..at.biases.start + n].iter().copied().map(f64::from);
        for (part, values) in [("w", w.collect()), ("b", b.collect::<Vec<_>>())] {
            let want = flat(&case.expected[field][i][part]);
            case.compare(&format!("{field} {i} {part}"), &values, &want);
        }
    }
}
