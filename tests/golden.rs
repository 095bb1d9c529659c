//! Numbers of another implementation (JAX, float64): every file in `tests/golden`, within the tolerances of its README.

use distill_lab::distil::{Decoupled, Distillation, Hint, LogitMatching, Relational, Setting, SoftTargets};
use distill_lab::kernels::{Activation, padded};
use distill_lab::loss::{self, Batch, Gradients, Hidden, Loss, Objective, Scratch, TeacherRows, Weighed};
use distill_lab::metrics;
use distill_lab::nn::{Mlp, Workspace};
use distill_lab::optim::{Optimizer, Rule};
use distill_lab::rng::{Purpose, stream};
use ndarray::{Array1, Array2};
use serde_json::Value;
use std::sync::Arc;

const FAMILIES: [&str; 11] = [
    "softmax_temperature",
    "cross_entropy",
    "soft_targets",
    "logit_matching",
    "decoupled",
    "hint",
    "relational",
    "optimizers",
    "mlp_step",
    "metrics",
    "method",
];

/// One case, and what it has found wrong.
struct Case<'a> {
    name: String,
    kind: &'a str,
    family: &'a str,
    inputs: &'a Value,
    expected: &'a Value,
    wrong: Vec<String>,
    fields: usize,
}

/// All numbers of nested lists, in order.
fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        Value::Number(n) => vec![n.as_f64().unwrap()],
        other => panic!("a number or list was expected, not {other}"),
    }
}

fn floats(value: &Value) -> Vec<f32> {
    flat(value).into_iter().map(|v| v as f32).collect()
}

/// Width of a matrix's rows.
fn width(value: &Value) -> usize {
    value[0].as_array().unwrap().len()
}

/// Rows with zeros up to the stride, as the engine lays them out.
fn pad(values: &[f32], width: usize) -> Vec<f32> {
    values
        .chunks_exact(width)
        .flat_map(|r| {
            r.iter()
                .copied()
                .chain(std::iter::repeat_n(0.0, padded(width) - width))
        })
        .collect()
}

fn unpad(values: &[f32], width: usize) -> Vec<f64> {
    values
        .chunks_exact(padded(width))
        .flat_map(|r| r[..width].iter().map(|&v| f64::from(v)))
        .collect()
}

impl Case<'_> {
    fn number(&self, key: &str) -> f64 {
        self.inputs[key]
            .as_f64()
            .unwrap_or_else(|| panic!("{}: {key}", self.name))
    }

    fn labels(&self) -> Vec<i32> {
        flat(&self.inputs["labels"])
            .into_iter()
            .map(|v| v as i32)
            .collect()
    }

    /// Compares one field by the rule of its family.
    fn check(&mut self, field: &str, got: &[f64]) {
        let want = flat(&self.expected[field]);
        self.compare(field, got, &want);
    }

    fn compare(&mut self, field: &str, got: &[f64], want: &[f64]) {
        self.fields += 1;
        assert_eq!(got.len(), want.len(), "{}: {field}", self.name);
        let largest = want.iter().fold(0.0f64, |m, v| m.max(v.abs()));
        let element_wise = [
            "softmax_temperature",
            "cross_entropy",
            "soft_targets",
            "logit_matching",
            "hint",
            "optimizers",
        ];
        for (i, (g, w)) in got.iter().zip(want).enumerate() {
            let allowed = if element_wise.contains(&self.family) {
                let relative = if self.kind.starts_with("large_") {
                    2e-3
                } else if self.kind == "high_temperature" && ["loss", "kl"].contains(&field) {
                    2e-4
                } else if self.family == "optimizers" {
                    1e-4
                } else {
                    2e-5
                };
                relative * w.abs().max(largest.max(1e-2))
            } else {
                let mut size = largest.max(1.0);
                if field.starts_with("grad_student_") && self.family == "relational" {
                    let student = flat(&self.inputs["student"])
                        .into_iter()
                        .fold(0.0f64, |m, v| m.max(v.abs()));
                    size = largest.max(1.0 / student);
                }
                let weight = |key: &str| {
                    let own = &self.inputs["options"][key];
                    self.inputs[key].as_f64().or(own.as_f64()).unwrap_or(0.0)
                };
                let (w, t) = (weight("alpha") + weight("beta"), weight("temperature"));
                let losses = ["loss", "tckd", "nckd"].contains(&field);
                64.0 * 2f64.powi(-24) * (size + if losses { w * t * t } else { w * t })
            };
            if !(g - w).abs().le(&allowed) {
                self.wrong.push(format!(
                    "{} {field}[{i}]: got {g:e}, want {w:e} ± {allowed:e}",
                    self.name
                ));
            }
        }
    }
}

fn run(case: &mut Case) {
    let family = case.family;
    match family {
        "softmax_temperature" => {
            let classes = width(&case.inputs["logits"]);
            let z = pad(&floats(&case.inputs["logits"]), classes);
            let (p, log_p) = loss::softmax(&z, classes, case.number("temperature"));
            case.check("probabilities", &unpad(&p, classes));
            let rows = p
                .chunks_exact(padded(classes))
                .zip(log_p.chunks_exact(padded(classes)));
            let entropies: Vec<f64> = rows
                .map(|(p, log_p)| loss::entropy(&p[..classes], &log_p[..classes]))
                .collect();
            case.check("entropy", &entropies);
        }
        "cross_entropy" | "soft_targets" | "logit_matching" | "decoupled" => logits(case),
        "hint" => {
            let hint = Hint {
                layer: 0,
                student_units: width(&case.inputs["student_hidden"]),
                teacher_units: width(&case.inputs["teacher_hidden"]),
                seed: 1,
            };
            deep(
                case,
                &Objective::of(hint),
                ["student_hidden", "teacher_hidden"],
                "loss",
                "grad_student_hidden",
            );
        }
        "relational" => {
            for (part, distance, angle) in [("distance", 1.0, 0.0), ("angle", 0.0, 1.0)] {
                let relational = Relational {
                    layer: 0,
                    distance,
                    angle,
                };
                let (loss, gradient) = (format!("loss_{part}"), format!("grad_student_{part}"));
                deep(
                    case,
                    &Objective::of(relational),
                    ["student", "teacher"],
                    &loss,
                    &gradient,
                );
            }
        }
        "method" => {
            let mut distillation = case.inputs["options"].clone();
            for key in ["method", "temperature", "alpha"] {
                distillation[key] = case.inputs[key].clone();
            }
            let distillation: Distillation = serde_json::from_value(distillation).unwrap();
            let setting = Setting {
                distillation: &distillation,
                label_smoothing: case.number("label_smoothing"),
                student: &[width(&case.inputs["student_hidden"])],
                teacher: &[width(&case.inputs["teacher_hidden"])],
                members: 1,
                seed: 1,
            };
            let keys = ["student_hidden", "teacher_hidden"];
            deep(case, &setting.objective(), keys, "loss", "grad_student_hidden");
        }
        "optimizers" => {
            let mut parameters = floats(&case.inputs["parameters"]);
            let mut optimizer = Optimizer::new(rule(case, "optimizer"), parameters.len());
            let gradients = case.inputs["gradients"].as_array().unwrap().clone();
            for (k, g) in gradients.iter().enumerate() {
                optimizer.step(&mut parameters, &floats(g));
                let want = flat(&case.expected["parameters_after_step"][k]);
                let got: Vec<f64> = parameters.iter().map(|&v| f64::from(v)).collect();
                case.compare(&format!("step {}", k + 1), &got, &want);
            }
        }
        "mlp_step" => mlp(case),
        "metrics" => {
            let classes = width(&case.inputs["probabilities"]);
            let labels = Array1::from(case.labels());
            let rows = |key: &str| {
                let values = floats(&case.inputs[key]);
                Array2::from_shape_vec((labels.len(), classes), values).unwrap()
            };
            let (p, others) = (rows("probabilities"), rows("other_probabilities"));
            let (p, others, y) = (p.view(), others.view(), labels.view());
            case.check("accuracy", &[metrics::accuracy(p, y)]);
            case.check("nll", &[metrics::nll(p, y)]);
            case.check("brier", &[metrics::brier(p, y)]);
            case.check("ece", &[metrics::ece(p, y)]);
            case.check("agreement", &[metrics::agreement(p, others)]);
            let confusion: Vec<f64> = metrics::confusion(p, y).mapv(f64::from).into_iter().collect();
            assert_eq!(
                confusion,
                flat(&case.expected["confusion"]),
                "{}: counts are exact",
                case.name
            );
        }
        _ => unreachable!("families are looked up before"),
    }
}

/// An objective that may look at a hidden layer: its loss, and all its gradients for which the case has numbers.
fn deep(case: &mut Case, objective: &Objective, [own, teachers]: [&str; 2], loss: &str, gradient: &str) {
    let hidden = |case: &Case, key: &str| {
        let units = width(&case.inputs[key]);
        (units, pad(&floats(&case.inputs[key]), units))
    };
    let ((units, mine), (teacher_units, theirs)) = (hidden(case, own), hidden(case, teachers));
    let rows = mine.len() / padded(units);
    let classes = case.inputs.get("student_logits").map_or(2, width);
    let logits = |key: &str| match case.inputs.get(key) {
        Some(z) => pad(&floats(z), classes),
        None => vec![0.0; rows * padded(classes)],
    };
    let (z, teacher) = (logits("student_logits"), logits("teacher_logits"));
    let labels = if case.inputs.get("labels").is_some() {
        case.labels()
    } else {
        vec![-1; rows]
    };
    let temperature = case.inputs["temperature"].as_f64().unwrap_or(1.0);
    let (p, log_p) = loss::softmax(&teacher, classes, temperature);
    let arg_max = teacher.chunks_exact(padded(classes));
    let arg_max: Vec<i32> = arg_max
        .map(|row| metrics::arg_max(&row[..classes]) as i32)
        .collect();
    // A loss without parameters is given none.
    let mut parameters = Vec::new();
    if !objective.parameters().is_empty() {
        parameters = pad(&floats(&case.inputs["w"]), teacher_units);
        parameters.extend(pad(&floats(&case.inputs["b"]), teacher_units));
    }
    let batch = Batch {
        rows,
        classes,
        logits: &z,
        labels: &labels,
        teacher: TeacherRows {
            logits: &teacher,
            p: &p,
            log_p: &log_p,
            arg_max: &arg_max,
            hidden: Hidden {
                units: teacher_units,
                rows: &theirs,
            },
        },
        hidden: Hidden { units, rows: &mine },
        parameters: &parameters,
    };
    let (mut d, mut d_hidden) = (vec![9.0; z.len()], vec![9.0; mine.len()]);
    let mut d_parameters = vec![9.0; parameters.len()];
    let mut gradients = Gradients {
        logits: &mut d,
        hidden: &mut d_hidden,
        parameters: &mut d_parameters,
    };
    let mut scratch = Scratch::new(objective, rows, classes);
    let value = objective.forward_backward(&batch, &mut scratch, &mut gradients);
    case.check(loss, &[value.loss]);
    if case.expected.get("grad_student_logits").is_some() {
        case.check("grad_student_logits", &unpad(&d, classes));
    }
    if objective.hidden_layer().is_some() {
        case.check(gradient, &unpad(&d_hidden, units));
    }
    if !parameters.is_empty() {
        let (d_w, d_b) = d_parameters.split_at(units * padded(teacher_units));
        case.check("grad_w", &unpad(d_w, teacher_units));
        case.check("grad_b", &unpad(d_b, teacher_units));
    }
}

fn rule(case: &Case, key: &str) -> Rule {
    let (lr, get) = (case.number("lr"), |k: &str| {
        case.inputs[k].as_f64().unwrap_or(0.0)
    });
    match case.inputs[key].as_str().unwrap() {
        "adam" | "adamw" => Rule::Adam {
            learning_rate: lr,
            beta1: get("beta1"),
            beta2: get("beta2"),
            epsilon: get("eps"),
            weight_decay: get("weight_decay"),
        },
        name @ ("sgd" | "momentum" | "nesterov") => Rule::Sgd {
            learning_rate: lr,
            momentum: get("momentum"),
            nesterov: name == "nesterov",
        },
        other => panic!("{}: an unknown optimiser {other}", case.name),
    }
}

/// `alpha T^2 KL + (1 - alpha) CE`.
fn softened(temperature: f32, alpha: f64) -> Objective {
    let (soft, hard) = (
        SoftTargets { temperature },
        loss::CrossEntropy { label_smoothing: 0.0 },
    );
    let alpha = f64::from(alpha as f32);
    Objective::sum(vec![
        Weighed {
            weight: alpha,
            loss: Arc::new(soft),
        },
        Weighed {
            weight: 1.0 - alpha,
            loss: Arc::new(hard),
        },
    ])
}

/// Families that are losses of logits.
fn logits(case: &mut Case) {
    let key = if case.family == "cross_entropy" {
        "logits"
    } else {
        "student_logits"
    };
    let classes = width(&case.inputs[key]);
    let z = pad(&floats(&case.inputs[key]), classes);
    let rows = z.len() / padded(classes);
    let teacher = if key == "logits" {
        Vec::new()
    } else {
        pad(&floats(&case.inputs["teacher_logits"]), classes)
    };
    let temperature = case.inputs["temperature"].as_f64().unwrap_or(1.0);
    let (p, log_p) = loss::softmax(&teacher, classes, temperature);
    let labels = if case.inputs.get("labels").is_some() {
        case.labels()
    } else {
        vec![0; rows]
    };
    let teacher = TeacherRows {
        logits: &teacher,
        p: &p,
        log_p: &log_p,
        ..TeacherRows::default()
    };
    let batch = Batch {
        rows,
        classes,
        logits: &z,
        labels: &labels,
        teacher,
        ..Batch::default()
    };
    let mut d = vec![9.0; z.len()];
    let t = temperature as f32;
    let alone = Objective::cross_entropy(case.inputs["label_smoothing"].as_f64().unwrap_or(0.0));
    let mut scratch = Scratch::new(&alone, rows, classes);
    match case.family {
        "cross_entropy" => {
            let value = alone.forward_backward(&batch, &mut scratch, &mut Gradients::of(&mut d));
            case.check("loss", &[value.loss]);
            case.check("grad_logits", &unpad(&d, classes));
            return;
        }
        "soft_targets" => {
            let objective = softened(t, case.number("alpha"));
            let value = objective.forward_backward(&batch, &mut scratch, &mut Gradients::of(&mut d));
            case.check("loss", &[value.loss]);
            let kl = loss::kl(&batch, t, &mut scratch, &mut vec![0.0; batch.logits.len()]);
            case.check("kl", &[kl]);
        }
        "logit_matching" => {
            let value = LogitMatching.forward_backward(&batch, &mut scratch, &mut Gradients::of(&mut d));
            case.check("loss", &[value]);
        }
        _ => {
            let decoupled = Decoupled {
                temperature: t,
                alpha: case.number("alpha") as f32,
                beta: case.number("beta") as f32,
            };
            let value = decoupled.parts(&batch, &mut d);
            case.check("tckd", &[value.tckd]);
            case.check("nckd", &[value.nckd]);
            case.check("loss", &[value.loss]);
        }
    }
    case.check("grad_student_logits", &unpad(&d, classes));
}

/// Forward, backward and three full-batch steps of a whole network.
fn mlp(case: &mut Case) {
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
            teacher: TeacherRows {
                logits: &teacher,
                p: &p,
                log_p: &log_p,
                ..TeacherRows::default()
            },
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
        let w = (0..at.inputs * n)
            .map(|i| values[at.weights.start + panels.at(i / n, i % n)])
            .map(f64::from);
        let b = values[at.biases.start..at.biases.start + n]
            .iter()
            .copied()
            .map(f64::from);
        for (part, values) in [("w", w.collect()), ("b", b.collect::<Vec<_>>())] {
            let want = flat(&case.expected[field][i][part]);
            case.compare(&format!("{field} {i} {part}"), &values, &want);
        }
    }
}

#[test]
fn every_golden_case_is_met() {
    let mut files: Vec<_> = std::fs::read_dir("tests/golden")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "tests/golden holds no case");
    let mut wrong = Vec::new();
    for path in files {
        let file = path.file_stem().unwrap().to_str().unwrap();
        let family = FAMILIES
            .iter()
            .find(|f| file.starts_with(**f))
            .unwrap_or_else(|| panic!("{file}: an unknown family"));
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let mut fields = 0;
        for value in &cases {
            let mut case = Case {
                name: format!("{file}/{}", value["name"].as_str().unwrap()),
                kind: value["kind"].as_str().unwrap(),
                family,
                inputs: &value["inputs"],
                expected: &value["expected"],
                wrong: Vec::new(),
                fields: 0,
            };
            run(&mut case);
            fields += case.fields;
            wrong.extend(case.wrong);
        }
        assert!(fields > 0, "{file}: nothing was compared");
        println!("{file}: {} cases, {fields} fields compared", cases.len());
    }
    assert!(
        wrong.is_empty(),
        "{} numbers differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}
