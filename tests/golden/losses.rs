//! Losses of the logits, and of a hidden layer.

use super::{Case, floats, pad, unpad, width};
use distill_lab::distil::{Decoupled, Distillation, Hint, LogitMatching, Relational, Setting, SoftTargets};
use distill_lab::kernels::padded;
use distill_lab::loss::{self, Batch, Gradients, Hidden, Loss, Objective, Scratch, TeacherRows, Weighed};
use distill_lab::metrics;
use std::sync::Arc;

/// Families that may look at a hidden layer.
pub fn deep_family(case: &mut Case) {
    match case.family {
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
                let relational = Relational { layer: 0, distance, angle };
                let (loss, gradient) = (format!("loss_{part}"), format!("grad_student_{part}"));
                deep(case, &Objective::of(relational), ["student", "teacher"], &loss, &gradient);
            }
        }
        _ => {
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
    let labels = if case.inputs.get("labels").is_some() { case.labels() } else { vec![-1; rows] };
    let temperature = case.inputs["temperature"].as_f64().unwrap_or(1.0);
    let (p, log_p) = loss::softmax(&teacher, classes, temperature);
    let arg_max = teacher.chunks_exact(padded(classes));
    let arg_max: Vec<i32> = arg_max.map(|row| metrics::arg_max(&row[..classes]) as i32).collect();
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
            hidden: Hidden { units: teacher_units, rows: &theirs },
        },
        hidden: Hidden { units, rows: &mine },
        parameters: &parameters,
    };
    let (mut d, mut d_hidden) = (vec![9.0; z.len()], vec![9.0; mine.len()]);
    let mut d_parameters = vec![9.0; parameters.len()];
    let mut gradients = Gradients { logits: &mut d, hidden: &mut d_hidden, parameters: &mut d_parameters };
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

/// `alpha T^2 KL + (1 - alpha) CE`.
pub fn softened(temperature: f32, alpha: f64) -> Objective {
    let (soft, hard) = (SoftTargets { temperature }, loss::CrossEntropy { label_smoothing: 0.0 });
    let alpha = f64::from(alpha as f32);
    Objective::sum(vec![
        Weighed { weight: alpha, loss: Arc::new(soft) },
        Weighed { weight: 1.0 - alpha, loss: Arc::new(hard) },
    ])
}

/// Families that are losses of logits.
pub fn logits(case: &mut Case) {
    let key = if case.family == "cross_entropy" { "logits" } else { "student_logits" };
    let classes = width(&case.inputs[key]);
    let z = pad(&floats(&case.inputs[key]), classes);
    let rows = z.len() / padded(classes);
    let teacher =
        if key == "logits" { Vec::new() } else { pad(&floats(&case.inputs["teacher_logits"]), classes) };
    let temperature = case.inputs["temperature"].as_f64().unwrap_or(1.0);
    let (p, log_p) = loss::softmax(&teacher, classes, temperature);
    let labels = if case.inputs.get("labels").is_some() { case.labels() } else { vec![0; rows] };
    let teacher = TeacherRows { logits: &teacher, p: &p, log_p: &log_p, ..TeacherRows::default() };
    let batch = Batch { rows, classes, logits: &z, labels: &labels, teacher, ..Batch::default() };
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
