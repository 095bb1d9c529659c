//! Numbers of another implementation (JAX, float64): every file in `tests/golden`, within the tolerances of its README.

use distill_lab::kernels::{Activation, padded};
use distill_lab::loss::{self, Batch, Decoupled, Embeddings, Hint, Objective, Scratch, TeacherRows};
use distill_lab::metrics;
use distill_lab::nn::{Mlp, Workspace};
use distill_lab::optim::{Optimizer, Rule};
use distill_lab::rng::{Purpose, stream};
use ndarray::{Array1, Array2};
use serde_json::Value;

const FAMILIES: [&str; 10] = [
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
                let weight = |key: &str| self.inputs[key].as_f64().unwrap_or(0.0);
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
            let [h, w, b, t] =
                ["student_hidden", "w", "b", "teacher_hidden"].map(|k| floats(&case.inputs[k]));
            let of = Hint {
                rows: case.inputs["student_hidden"].as_array().unwrap().len(),
                student_units: width(&case.inputs["student_hidden"]),
                teacher_units: b.len(),
                student: &h,
                weights: &w,
                biases: &b,
                teacher: &t,
            };
            let (mut dh, mut dw, mut db) = (vec![9.0; h.len()], vec![9.0; w.len()], vec![9.0; b.len()]);
            let value = loss::hint(&of, &mut dh, &mut dw, &mut db);
            case.check("loss", &[value]);
            for (field, got) in [("grad_student_hidden", dh), ("grad_w", dw), ("grad_b", db)] {
                case.check(field, &got.iter().map(|&v| f64::from(v)).collect::<Vec<_>>());
            }
        }
        "relational" => {
            let (s, t) = (floats(&case.inputs["student"]), floats(&case.inputs["teacher"]));
            let student = Embeddings {
                width: width(&case.inputs["student"]),
                rows: &s,
            };
            let teacher = Embeddings {
                width: width(&case.inputs["teacher"]),
                rows: &t,
            };
            let mut d = vec![9.0; s.len()];
            let value = loss::relational_distance(&student, &teacher, &mut d);
            case.check("loss_distance", &[value]);
            case.check(
                "grad_student_distance",
                &d.iter().map(|&v| f64::from(v)).collect::<Vec<_>>(),
            );
            let value = loss::relational_angle(&student, &teacher, &mut d);
            case.check("loss_angle", &[value]);
            case.check(
                "grad_student_angle",
                &d.iter().map(|&v| f64::from(v)).collect::<Vec<_>>(),
            );
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
        arg_max: &[],
    };
    let batch = Batch {
        rows,
        classes,
        logits: &z,
        labels: &labels,
        teacher,
    };
    let (mut scratch, mut d) = (Scratch::new(rows, classes), vec![9.0; z.len()]);
    let t = temperature as f32;
    match case.family {
        "cross_entropy" => {
            let label_smoothing = case.number("label_smoothing") as f32;
            let value =
                Objective::CrossEntropy { label_smoothing }.forward_backward(&batch, &mut scratch, &mut d);
            case.check("loss", &[value.loss]);
            case.check("grad_logits", &unpad(&d, classes));
            return;
        }
        "soft_targets" => {
            let objective = Objective::SoftTargets {
                temperature: t,
                alpha: case.number("alpha") as f32,
                label_smoothing: 0.0,
            };
            let value = objective.forward_backward(&batch, &mut scratch, &mut d);
            case.check("loss", &[value.loss]);
            case.check(
                "kl",
                &[loss::soft_targets_kl(
                    &batch,
                    t,
                    &mut scratch,
                    &mut vec![0.0; batch.logits.len()],
                )],
            );
        }
        "logit_matching" => {
            let value = loss::logit_matching(&batch, &mut d);
            case.check("loss", &[value]);
        }
        _ => {
            let weights = Decoupled {
                temperature: t,
                alpha: case.number("alpha") as f32,
                beta: case.number("beta") as f32,
            };
            let value = loss::decoupled(&batch, &weights, &mut d);
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
    let objective = Objective::SoftTargets {
        temperature: case.number("temperature") as f32,
        alpha: case.number("alpha") as f32,
        label_smoothing: 0.0,
    };
    let (mut workspace, mut scratch) = (Workspace::new(&net, rows), Scratch::new(rows, classes));
    let mut gradients = vec![0.0; net.parameters.len()];
    let mut optimizer = Optimizer::new(rule(case, "optimizer"), gradients.len());
    for step in 0..case.number("steps") as usize {
        net.forward(rows, &x, &mut workspace);
        let (logits, d_logits) = workspace.logits_and_gradient();
        let rows_of = TeacherRows {
            logits: &teacher,
            p: &p,
            log_p: &log_p,
            arg_max: &[],
        };
        let batch = Batch {
            rows,
            classes,
            logits,
            labels: &labels,
            teacher: rows_of,
        };
        let value = objective.forward_backward(&batch, &mut scratch, d_logits);
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
