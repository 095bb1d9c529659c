//! Questions about a running experiment: one sample through its models, the loss taken apart, its networks.
//! Answers change nothing, and are read off the weights as they are between two units of work.

use super::learner::Learner;
use super::{Experiment, Phase, ensemble};
use crate::Error;
use crate::config::{Distillation, MethodName};
use crate::data::Samples;
use crate::distil::{Kind, Setting};
use crate::field::{integer, number};
use crate::kernels::padded;
use crate::loss::{self, Batch, Gradients, Hidden, Objective, Scratch, TeacherRows, entropy};
use crate::nn::{Mlp, Workspace};
use crate::refusal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Facts about the data that a config leads to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DataInfo {
    /// Names of the classes.
    pub classes: Vec<Cow<'static, str>>,
    /// Features of a sample.
    pub features: usize,
    /// Height and width where samples are images; a height of 1 is a line, drawn as one.
    pub image: Option<(usize, usize)>,
    /// Training samples.
    pub train: usize,
    /// Transfer samples, after omissions.
    pub transfer: usize,
    /// Transfer samples that kept their label.
    pub labelled: usize,
    /// Test samples.
    pub test: usize,
}

/// Which samples an index counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SampleSet {
    /// Never trained on.
    Test,
    /// What the students see.
    Transfer,
}

/// One value for each model; `None` for a model that has not begun.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)] // named as in `Outcome`
pub struct PerModel<T> {
    pub teacher: Option<T>,
    pub student_alone: Option<T>,
    pub student_distilled: Option<T>,
}

impl<T> PerModel<T> {
    /// The same of each value.
    pub fn map<U>(&self, f: impl Fn(&T) -> U) -> PerModel<U> {
        PerModel {
            teacher: self.teacher.as_ref().map(&f),
            student_alone: self.student_alone.as_ref().map(&f),
            student_distilled: self.student_distilled.as_ref().map(&f),
        }
    }
}

/// One sample seen through the models.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SampleView {
    /// Where it is in its set.
    pub index: usize,
    /// Its features.
    pub features: Vec<f32>,
    /// Its true class, whether the students see it or not.
    pub label: i32,
    /// Logits, by class.
    pub logits: PerModel<Vec<f32>>,
    /// `softmax(logits / T)`, by class.
    pub softened: PerModel<Vec<f32>>,
    /// Entropy of the softened output, in nats.
    pub entropy: PerModel<f64>,
}

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
    /// `KL(p || q)` at T, without T^2.
    pub kl: f64,
    /// Cross-entropy of the label at a temperature of 1; 0 where it is withheld.
    pub cross_entropy: f64,
    /// `alpha` times the soft loss (for soft targets `alpha T^2 KL`); 0 for a method without a soft term.
    pub soft_term: f64,
    /// `(1 - alpha) CE`; the whole loss for a method without a soft term.
    pub hard_term: f64,
    /// What the method adds to the two, with its weight: its parameters are those that have been learned. Relations between samples
    /// are 0, as there is one sample.
    pub own_term: f64,
    /// Their sum, as the engine trains on it.
    pub loss: f64,
    /// Euclidean norm of the soft term's gradient by the logits.
    pub soft_gradient: f64,
    /// The same, divided by T^2.
    pub soft_gradient_without_t2: f64,
    /// Euclidean norm of the hard term's gradient by the logits.
    pub hard_gradient: f64,
    /// Euclidean norm of the gradient of what the method adds, by the hidden layer's activations.
    pub own_gradient: f64,
}

impl Experiment {
    /// Facts about the data.
    pub fn data_info(&self) -> DataInfo {
        let shape = &self.data.shape;
        DataInfo {
            classes: shape.classes.clone(),
            features: shape.features,
            image: shape.image,
            train: self.data.train.len(),
            transfer: self.transfer.labels.len(),
            labelled: self.transfer.labels.iter().filter(|&&l| l >= 0).count(),
            test: self.data.test.len(),
        }
    }

    /// A sample through every model that has begun, softened at `temperature`.
    ///
    /// # Errors
    /// An index past the set's end; a temperature that is not positive.
    pub fn sample(&self, set: SampleSet, index: usize, temperature: f64) -> Result<SampleView, Error> {
        let samples = self.set(set);
        check_index(index, samples.len())?;
        check_temperature(temperature)?;
        let x = self.row(samples, index);
        let classes = self.data.shape.classes.len();
        let members = self.row_logits(x);
        let joined = members.map(|m| ensemble::joint_logits(&slices(m), classes));
        let softened = members.map(|m| ensemble::soften(&slices(m), classes, temperature));
        Ok(SampleView {
            index,
            features: x[..self.data.shape.features].to_vec(),
            label: samples.labels[index],
            logits: joined.map(|z| z[..classes].to_vec()),
            softened: softened.map(|(p, _)| p[..classes].to_vec()),
            entropy: softened.map(|(p, log_p)| entropy(p, log_p)),
        })
    }

    /// The distilled student's loss on a transfer sample at another temperature and weight; `None` before there is one.
    ///
    /// # Errors
    /// An index past the set's end; a temperature that is not positive; a weight outside `[0, 1]`.
    pub fn loss(&self, index: usize, temperature: f64, alpha: f64) -> Result<Option<LossView>, Error> {
        check_index(index, self.transfer.labels.len())?;
        check_temperature(temperature)?;
        check_alpha(alpha)?;
        let classes = self.data.shape.classes.len();
        let x = self.row(&self.transfer.samples, index);
        let members = self.row_logits(x);
        let (Some(teacher), Some(student)) = (&members.teacher, &members.student_distilled) else {
            return Ok(None);
        };
        let soft = ensemble::soft_targets(&slices(teacher), classes, temperature);
        let labels = [self.transfer.labels[index]];
        let distillation = Distillation { temperature, alpha, ..self.config.distillation.clone() };
        let setting = Setting { distillation: &distillation, ..self.config.method_setting() };
        let hidden_of = |nets: Option<Vec<&Mlp>>, layer: Option<usize>| match (nets, layer) {
            (Some(nets), Some(layer)) => ensemble::hidden_of(&nets, std::iter::once(x), layer),
            _ => (Vec::new(), 0),
        };
        let nets = self.nets();
        let (teacher_hidden, teacher_units) = hidden_of(nets.teacher, setting.teacher_layer());
        let (hidden, units) = hidden_of(nets.student_distilled, setting.objective().hidden_layer());
        let batch = Batch {
            rows: 1,
            classes,
            logits: &student[0],
            labels: &labels,
            teacher: TeacherRows {
                logits: &soft.logits,
                p: &soft.p,
                log_p: &soft.log_p,
                arg_max: &soft.arg_max,
                hidden: Hidden { units: teacher_units, rows: &teacher_hidden },
            },
            hidden: Hidden { units, rows: &hidden },
            parameters: self.own_parameters(),
        };
        let (mut d, mut d_hidden) = (vec![0.0f32; padded(classes)], vec![0.0f32; hidden.len()]);
        let mut d_parameters = vec![0.0f32; batch.parameters.len()];
        let mut value = |objective: &Objective| {
            let mut gradients =
                Gradients { logits: &mut d, hidden: &mut d_hidden, parameters: &mut d_parameters };
            let mut scratch = Scratch::new(objective, 1, classes);
            let loss = objective.forward_backward(&batch, &mut scratch, &mut gradients).loss;
            let by = if objective.hidden_layer().is_some() { &d_hidden } else { &d };
            (loss, by.iter().map(|&v| f64::from(v) * f64::from(v)).sum::<f64>().sqrt())
        };
        let (cross_entropy, _) = value(&Objective::cross_entropy(setting.label_smoothing));
        let kl = loss::kl(
            &batch,
            temperature as f32,
            &mut Scratch::new(&setting.objective(), 1, classes),
            &mut vec![0.0; batch.logits.len()],
        );
        let mut view = LossView {
            method: distillation.method,
            temperature,
            alpha,
            label: labels[0],
            kl,
            cross_entropy,
            soft_term: 0.0,
            hard_term: 0.0,
            own_term: 0.0,
            loss: 0.0,
            soft_gradient: 0.0,
            soft_gradient_without_t2: 0.0,
            hard_gradient: 0.0,
            own_gradient: 0.0,
        };
        // A method has at most one term of a kind.
        for term in distillation.method.terms {
            let (term_of, gradient_of) = match term.kind() {
                Kind::Soft => (&mut view.soft_term, &mut view.soft_gradient),
                Kind::Hard => (&mut view.hard_term, &mut view.hard_gradient),
                Kind::Own => (&mut view.own_term, &mut view.own_gradient),
            };
            (*term_of, *gradient_of) = value(&setting.objective_of(term));
            view.loss += *term_of;
        }
        view.soft_gradient_without_t2 = view.soft_gradient / (temperature * temperature);
        Ok(Some(view))
    }

    /// The parameters of the distilled student's objective, trained as far as it is.
    fn own_parameters(&self) -> &[f32] {
        match (&self.distilled, &self.group) {
            (Some(trained), _) => &trained.own,
            (None, Some(group)) => group.learners.last().map_or(&[], |l| &l.trainer.own.parameters),
            (None, None) => &[],
        }
    }

    fn row<'a>(&self, samples: &'a Samples, index: usize) -> &'a [f32] {
        let width = padded(self.data.shape.features);
        &samples.x[index * width..(index + 1) * width]
    }

    /// Logits of one padded row, by member, for every model that has begun.
    fn row_logits(&self, x: &[f32]) -> PerModel<Vec<Vec<f32>>> {
        let of = |net: &&Mlp| net.forward(1, x, &mut Workspace::new(net, 1)).to_vec();
        self.nets().map(|members| members.iter().map(of).collect())
    }

    /// The networks, by member, of every model that has begun.
    pub(super) fn nets(&self) -> PerModel<Vec<&Mlp>> {
        let learning = |phase: Phase| self.group.as_ref().filter(|g| self.phase == phase && g.steps_done > 0);
        let students = learning(Phase::Students).map(|g| g.learners.as_slice());
        PerModel {
            teacher: match (&self.teacher, learning(Phase::Teacher)) {
                (Some(trained), _) => Some(trained.nets().collect()),
                (None, Some(group)) => Some(group.learners.iter().map(Learner::net).collect()),
                (None, None) => None,
            },
            student_alone: match (&self.alone, students) {
                (Some(trained), _) if self.phase >= Phase::Students => Some(vec![&*trained.net]),
                (None, Some([alone, _])) => Some(vec![alone.net()]),
                _ => None,
            },
            student_distilled: match (&self.distilled, students.and_then(<[_]>::last)) {
                (Some(trained), _) => Some(vec![&*trained.net]),
                (None, Some(learner)) => Some(vec![learner.net()]),
                (None, None) => None,
            },
        }
    }
}

pub(super) fn slices(members: &[Vec<f32>]) -> Vec<&[f32]> {
    members.iter().map(Vec::as_slice).collect()
}

pub(super) fn check_index(index: usize, len: usize) -> Result<(), Error> {
    if index < len {
        return Ok(());
    }
    Err(Error::new("out_of_range", "index", index, integer(0, len as u64 - 1)))
}

pub(super) fn check_temperature(temperature: f64) -> Result<(), Error> {
    if temperature.is_finite() && (0.1..=100.0).contains(&temperature) {
        return Ok(());
    }
    let got = refusal::number(temperature);
    Err(Error::new("out_of_range", "temperature", got, number(0.1, 100.0)))
}

pub(super) fn check_alpha(alpha: f64) -> Result<(), Error> {
    if (0.0..=1.0).contains(&alpha) {
        return Ok(());
    }
    let got = refusal::number(alpha);
    Err(Error::new("out_of_range", "alpha", got, number(0.0, 1.0)))
}
