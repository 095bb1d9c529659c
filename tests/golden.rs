//! Numbers of another implementation (JAX, float64): every file in `tests/golden`, within the tolerances of its README.

#[path = "golden/losses.rs"]
mod losses;
#[path = "golden/networks.rs"]
mod networks;

use distill_lab::kernels::padded;
use distill_lab::loss;
use distill_lab::metrics;
use distill_lab::optim::Optimizer;
use ndarray::{Array1, Array2};
use serde_json::Value;

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
        .flat_map(|r| r.iter().copied().chain(std::iter::repeat_n(0.0, padded(width) - width)))
        .collect()
}

fn unpad(values: &[f32], width: usize) -> Vec<f64> {
    values.chunks_exact(padded(width)).flat_map(|r| r[..width].iter().map(|&v| f64::from(v))).collect()
}

impl Case<'_> {
    fn number(&self, key: &str) -> f64 {
        self.inputs[key].as_f64().unwrap_or_else(|| panic!("{}: {key}", self.name))
    }

    fn labels(&self) -> Vec<i32> {
        flat(&self.inputs["labels"]).into_iter().map(|v| v as i32).collect()
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
        let element_wise =
            ["softmax_temperature", "cross_entropy", "soft_targets", "logit_matching", "hint", "optimizers"];
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
                    let student =
                        flat(&self.inputs["student"]).into_iter().fold(0.0f64, |m, v| m.max(v.abs()));
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
                self.wrong.push(format!("{} {field}[{i}]: got {g:e}, want {w:e} ± {allowed:e}", self.name));
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
            let rows = p.chunks_exact(padded(classes)).zip(log_p.chunks_exact(padded(classes)));
            let entropies: Vec<f64> =
                rows.map(|(p, log_p)| loss::entropy(&p[..classes], &log_p[..classes])).collect();
            case.check("entropy", &entropies);
        }
        "cross_entropy" | "soft_targets" | "logit_matching" | "decoupled" => losses::logits(case),
        "hint" | "relational" | "method" => losses::deep_family(case),
        "optimizers" => {
            let mut parameters = floats(&case.inputs["parameters"]);
            let mut optimizer = Optimizer::new(networks::rule(case, "optimizer"), parameters.len());
            let gradients = case.inputs["gradients"].as_array().unwrap().clone();
            for (k, g) in gradients.iter().enumerate() {
                optimizer.step(&mut parameters, &floats(g));
                let want = flat(&case.expected["parameters_after_step"][k]);
                let got: Vec<f64> = parameters.iter().map(|&v| f64::from(v)).collect();
                case.compare(&format!("step {}", k + 1), &got, &want);
            }
        }
        "mlp_step" => networks::mlp(case),
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
            assert_eq!(confusion, flat(&case.expected["confusion"]), "{}: counts are exact", case.name);
        }
        _ => unreachable!("families are looked up before"),
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
    assert!(wrong.is_empty(), "{} numbers differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
