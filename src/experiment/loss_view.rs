//! The distilled student's loss on one transfer sample, taken apart: its terms, and their gradient by each logit.
//!
//! Terms that have an exact value ([`Loss::exact`](crate::loss::Loss::exact)) are shown in `f64`, from the logits: at a high T a
//! divergence of `f32` logarithms keeps three digits. Gradients are those that the training uses.

use super::Experiment;
use super::ensemble;
use super::inspect::{check_alpha, check_index, check_temperature, slices};
use super::learner::SoftTargets;
use crate::Error;
use crate::config::{Distillation, MethodName};
use crate::distil::{Kind, Setting};
use crate::kernels::padded;
use crate::loss::{Batch, Gradients, Hidden, LogitRow, Objective, Scratch, TeacherRows, exact_kl, softened};
use crate::nn::Mlp;
use serde::Serialize;

/// Most samples that a term which relates samples is shown over: it may cost their number's third power.
const MOST_RELATED: usize = 64;

/// The distilled student's loss on one transfer sample, taken apart.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LossView {
    /// The method whose loss it is.
    pub method: MethodName,
    /// T.
    pub temperature: f64,
    /// Weight of the soft term.
    pub alpha: f64,
    /// -1 where it is withheld.
    pub label: i32,
    /// `KL(p || q)` at T in nats, without T^2; in `f64`, from the logits.
    pub kl: f64,
    /// Cross-entropy of the label at a temperature of 1, likewise; 0 where the label is withheld.
    pub cross_entropy: f64,
    /// `alpha` times the soft loss (for soft targets `alpha T^2 KL`); 0 for a method without a soft term.
    pub soft_term: f64,
    /// `(1 - alpha) CE`; the whole loss for a method without a soft term.
    pub hard_term: f64,
    /// What the method adds to the two, with its weight: its parameters are those that have been learned.
    pub own_term: f64,
    /// Samples that `own_term` is taken over: where it relates samples those of a batch, from this one on; else 1.
    pub own_samples: usize,
    /// Their sum.
    pub loss: f64,
    /// Euclidean norm of the soft term's gradient by the logits.
    pub soft_gradient: f64,
    /// The same, divided by T^2.
    pub soft_gradient_without_t2: f64,
    /// Euclidean norm of the hard term's gradient by the logits.
    pub hard_gradient: f64,
    /// Euclidean norm of the gradient of what the method adds, by the hidden layer's activations of its samples.
    pub own_gradient: f64,
    /// By class.
    pub logits: Vec<LogitView>,
}

/// One logit of the student.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LogitView {
    /// The teacher's softened output, `softmax(z_t / T)`.
    pub p: f64,
    /// The student's, `softmax(z_s / T)`.
    pub q: f64,
    /// The soft term's gradient by the logit.
    pub soft_gradient: f64,
    /// The hard term's.
    pub hard_gradient: f64,
    /// The whole loss's.
    pub gradient: f64,
}

impl Experiment {
    /// The distilled student's loss on a transfer sample at another temperature and weight; `None` before there is one.
    ///
    /// # Errors
    /// An index past the set's end; a temperature that is not positive; a weight outside `[0, 1]`.
    pub fn loss(&self, index: usize, temperature: f64, alpha: f64) -> Result<Option<LossView>, Error> {
        let size = self.transfer.labels.len();
        check_index("index", index, size)?;
        check_temperature(temperature)?;
        check_alpha(alpha)?;
        let distillation = Distillation { temperature, alpha, ..self.config.distillation.clone() };
        let setting = Setting { distillation: &distillation, ..self.config.method_setting() };
        let Some(sample) = self.rows(index..index + 1, &setting) else {
            return Ok(None);
        };
        let classes = self.data.shape.classes.len();
        let members: Vec<&[f32]> = sample.members.iter().map(|z| &z[..classes]).collect();
        let row = LogitRow { members: &members, logits: &sample.logits[..classes], label: sample.labels[0] };
        let (log_p, log_q) = softened(&row, temperature);
        let logit = |(&log_p, &log_q): (&f64, &f64)| LogitView {
            p: libm::exp(log_p),
            q: libm::exp(log_q),
            ..LogitView::default()
        };
        let cross_entropy = Objective::cross_entropy(setting.label_smoothing);
        let mut view = LossView {
            method: distillation.method,
            temperature,
            alpha,
            label: row.label,
            kl: exact_kl(&row, temperature),
            cross_entropy: cross_entropy.exact(&row).unwrap_or_default(),
            soft_term: 0.0,
            hard_term: 0.0,
            own_term: 0.0,
            own_samples: 1,
            loss: 0.0,
            soft_gradient: 0.0,
            soft_gradient_without_t2: 0.0,
            hard_gradient: 0.0,
            own_gradient: 0.0,
            logits: log_p.iter().zip(&log_q).map(logit).collect(),
        };
        // A method has at most one term of a kind.
        for term in distillation.method.terms {
            let (kind, objective) = (term.kind(), setting.objective_of(term));
            let mut related = None;
            if objective.relates_rows() {
                let samples = self.config.student.batch_size.min(MOST_RELATED).min(size);
                view.own_samples = samples;
                related = self.rows(index..index + samples, &setting);
            }
            let (loss, by_logits, norm) = related.as_ref().unwrap_or(&sample).value(self, &objective);
            let (term_of, norm_of) = match kind {
                Kind::Soft => (&mut view.soft_term, &mut view.soft_gradient),
                Kind::Hard => (&mut view.hard_term, &mut view.hard_gradient),
                Kind::Own => (&mut view.own_term, &mut view.own_gradient),
            };
            *term_of = objective.exact(&row).unwrap_or(loss);
            *norm_of = norm;
            view.loss += *term_of;
            for (logit, d) in view.logits.iter_mut().zip(by_logits) {
                let d = f64::from(d);
                logit.gradient += d;
                match kind {
                    Kind::Soft => logit.soft_gradient = d,
                    Kind::Hard => logit.hard_gradient = d,
                    Kind::Own => {}
                }
            }
        }
        view.soft_gradient_without_t2 = view.soft_gradient / (temperature * temperature);
        Ok(Some(view))
    }

    /// Transfer samples `range`, which goes on from the first after the last, through teacher and distilled student; `None` before
    /// there are both.
    fn rows(&self, range: std::ops::Range<usize>, setting: &Setting) -> Option<Rows> {
        let nets = self.nets();
        let (teacher, student) = (nets.teacher?, nets.student_distilled?);
        let size = self.transfer.labels.len();
        let indices: Vec<usize> = range.map(|i| i % size).collect();
        let x = || indices.iter().map(|&i| self.row(&self.transfer.samples, i));
        let mut members = vec![Vec::new(); teacher.len()];
        let mut logits = Vec::new();
        for x in x() {
            let of = self.row_logits(x);
            for (all, row) in members.iter_mut().zip(of.teacher.unwrap_or_default()) {
                all.extend(row);
            }
            logits.extend(of.student_distilled.unwrap_or_default().concat());
        }
        let classes = self.data.shape.classes.len();
        let hidden_of = |nets: &[&Mlp], layer: Option<usize>| match layer {
            Some(layer) => ensemble::hidden_of(nets, x(), layer),
            None => (Vec::new(), 0),
        };
        let mut soft = ensemble::soft_targets(&slices(&members), classes, setting.distillation.temperature);
        (soft.hidden, soft.hidden_units) = hidden_of(&teacher, setting.teacher_layer());
        let (hidden, units) = hidden_of(&student, setting.objective().hidden_layer());
        let labels = indices.iter().map(|&i| self.transfer.labels[i]).collect();
        Some(Rows { members, logits, labels, soft, hidden, units })
    }

    /// The parameters of the distilled student's objective, trained as far as it is.
    fn own_parameters(&self) -> &[f32] {
        match (&self.distilled, &self.group) {
            (Some(trained), _) => &trained.own,
            (None, Some(group)) => group.learners.last().map_or(&[], |l| &l.trainer.own.parameters),
            (None, None) => &[],
        }
    }
}

/// Samples with what teacher and student make of them; rows padded.
struct Rows {
    /// Logits of each of the teacher's members.
    members: Vec<Vec<f32>>,
    /// The student's.
    logits: Vec<f32>,
    labels: Vec<i32>,
    soft: SoftTargets,
    /// Activations of the student's layer that the method looks at.
    hidden: Vec<f32>,
    units: usize,
}

impl Rows {
    /// The mean loss, the first row's gradient by the logits, and the norm of all gradients, by the hidden layer where the objective
    /// looks at one.
    fn value(&self, of: &Experiment, objective: &Objective) -> (f64, Vec<f32>, f64) {
        let (rows, classes) = (self.labels.len(), of.data.shape.classes.len());
        let batch = Batch {
            rows,
            classes,
            logits: &self.logits,
            labels: &self.labels,
            teacher: TeacherRows {
                logits: &self.soft.logits,
                p: &self.soft.p,
                log_p: &self.soft.log_p,
                arg_max: &self.soft.arg_max,
                hidden: Hidden { units: self.soft.hidden_units, rows: &self.soft.hidden },
            },
            hidden: Hidden { units: self.units, rows: &self.hidden },
            parameters: of.own_parameters(),
        };
        let (mut d, mut d_hidden) = (vec![0.0f32; rows * padded(classes)], vec![0.0f32; self.hidden.len()]);
        let mut d_parameters = vec![0.0f32; batch.parameters.len()];
        let mut gradients =
            Gradients { logits: &mut d, hidden: &mut d_hidden, parameters: &mut d_parameters };
        let mut scratch = Scratch::new(objective, rows, classes);
        let loss = objective.forward_backward(&batch, &mut scratch, &mut gradients).loss;
        let by = if objective.hidden_layer().is_some() { &d_hidden } else { &d };
        let norm = by.iter().map(|&v| f64::from(v) * f64::from(v)).sum::<f64>().sqrt();
        d.truncate(classes);
        (loss, d, norm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use serde_json::{Value, json};

    fn finished(config: &Value) -> Experiment {
        let small = json!({ "teacher": { "steps": 200 }, "student": { "steps": 300 } });
        let ground = Config::preset("fifty-digits").unwrap().with(&small).unwrap();
        let mut experiment = Experiment::new(ground.with(config).unwrap()).unwrap();
        experiment.step(10_000).unwrap();
        experiment
    }

    fn near(got: f64, wanted: f64, tolerance: f64) {
        assert!((got - wanted).abs() <= tolerance * wanted.abs(), "{got} {wanted}");
    }

    /// The kernels of the training, which difference logarithms in `f32`, give the fourth digit of KL wrong at T = 20; the view gives
    /// what its own p and q give.
    #[test]
    fn terms_and_gradients_follow_from_p_and_q() {
        for members in [1, 3] {
            let experiment = finished(&json!({ "teacher": { "members": members } }));
            for temperature in [1.0, 4.0, 20.0, 100.0] {
                let view = experiment.loss(7, temperature, 0.9).unwrap().unwrap();
                let kl: f64 = view.logits.iter().map(|l| l.p * (l.p.ln() - l.q.ln())).sum();
                near(view.kl, kl, 1e-9);
                // Weights are f32, as those of the training.
                near(view.soft_term, 0.9 * temperature * temperature * kl, 1e-7);
                near(view.loss, view.soft_term + view.hard_term, 1e-15);
                let of_one = experiment.loss(7, 1.0, 0.9).unwrap().unwrap().logits;
                near(view.cross_entropy, -of_one[view.label as usize].q.ln(), 1e-9);
                near(view.hard_term, 0.1 * view.cross_entropy, 1e-6);
                for (k, (l, one)) in view.logits.iter().zip(of_one).enumerate() {
                    let y = f64::from(u8::from(k as i32 == view.label));
                    assert!((l.soft_gradient - 0.9 * temperature * (l.q - l.p)).abs() < 1e-5 * temperature);
                    assert!((l.hard_gradient - 0.1 * (one.q - y)).abs() < 1e-6);
                    assert_eq!(l.gradient, l.soft_gradient + l.hard_gradient);
                }
                let norm: f64 = view.logits.iter().map(|l| l.soft_gradient * l.soft_gradient).sum();
                near(view.soft_gradient, norm.sqrt(), 1e-6);
            }
        }
    }

    #[test]
    fn relations_are_those_of_a_batch_and_a_hint_is_that_of_its_sample() {
        let of = |method: &str| finished(&json!({ "distillation": { "method": method } }));
        // Fifty transfer samples in batches of 32, so that a batch from 30 on comes to the first again.
        let view = of("relational").loss(30, 20.0, 0.9).unwrap().unwrap();
        assert_eq!(view.own_samples, 32);
        assert!(view.own_term > 0.0 && view.own_gradient > 0.0, "{view:?}");
        near(view.loss, view.soft_term + view.hard_term + view.own_term, 1e-15);
        let view = of("hint").loss(30, 20.0, 0.9).unwrap().unwrap();
        assert_eq!(view.own_samples, 1);
        assert!(view.own_term > 0.0 && view.own_gradient > 0.0, "{view:?}");
        assert!(view.logits.iter().all(|l| l.gradient == l.soft_gradient + l.hard_gradient));
    }

    #[test]
    fn a_withheld_label_has_no_hard_term() {
        let experiment = finished(&json!({ "transfer": { "labelled": 0 } }));
        let view = experiment.loss(3, 4.0, 0.5).unwrap().unwrap();
        assert_eq!((view.label, view.cross_entropy, view.hard_term, view.hard_gradient), (-1, 0.0, 0.0, 0.0));
        assert!(view.logits.iter().all(|l| l.hard_gradient == 0.0 && l.gradient == l.soft_gradient));
    }
}
