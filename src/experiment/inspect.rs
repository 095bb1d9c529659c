//! Questions about a running experiment: one sample through its models, the loss taken apart, an input of one's own.
//! Answers change nothing, and are read off the weights as they are between two units of work.

use super::learner::Learner;
use super::{Experiment, Phase, ensemble};
use crate::config::MethodName;
use crate::data::Samples;
use crate::kernels::padded;
use crate::loss::{self, Batch, Objective, Scratch, TeacherRows, entropy};
use crate::nn::{Mlp, Workspace};
use crate::{Error, json};
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
    pub(crate) fn map<U>(&self, f: impl Fn(&T) -> U) -> PerModel<U> {
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
    /// Their sum, as the engine trains on it.
    pub loss: f64,
    /// Euclidean norm of the soft term's gradient by the logits.
    pub soft_gradient: f64,
    /// The same, divided by T^2.
    pub soft_gradient_without_t2: f64,
    /// Euclidean norm of the hard term's gradient by the logits.
    pub hard_gradient: f64,
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
        let samples = match set {
            SampleSet::Test => &self.data.test,
            SampleSet::Transfer => &self.transfer.samples,
        };
        check_index(index, samples.len())?;
        check_temperature(temperature)?;
        let x = self.row(samples, index);
        let classes = self.data.shape.classes.len();
        let members = self.logits(x);
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
        if !(0.0..=1.0).contains(&alpha) {
            let message = format!(
                "alpha: got {}; allowed: a number from 0 to 1",
                json::number(alpha)
            );
            return Err(Error::at("out_of_range", "alpha", message));
        }
        let classes = self.data.shape.classes.len();
        let members = self.logits(self.row(&self.transfer.samples, index));
        let (Some(teacher), Some(student)) = (&members.teacher, &members.student_distilled) else {
            return Ok(None);
        };
        let soft = ensemble::soft_targets(&slices(teacher), classes, temperature);
        let labels = [self.transfer.labels[index]];
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
            },
        };
        let mut scratch = Scratch::new(1, classes);
        let mut d = vec![0.0f32; self.stride()];
        let label_smoothing = self.config.student.label_smoothing as f32;
        let mut value = |objective: Objective| {
            let loss = objective.forward_backward(&batch, &mut scratch, &mut d).loss;
            (
                loss,
                d.iter().map(|&v| f64::from(v) * f64::from(v)).sum::<f64>().sqrt(),
            )
        };
        let t = temperature as f32;
        let method = self.config.distillation.method;
        let soft_objective = self.soft_objective(temperature);
        let (cross_entropy, _) = value(Objective::CrossEntropy { label_smoothing });
        let (soft_term, soft_gradient, hard_term, hard_gradient) = match soft_objective {
            Some(objective) => {
                let (soft, d_soft) = value(objective);
                let (hard, d_hard) = value(Objective::CrossEntropy { label_smoothing });
                (
                    alpha * soft,
                    alpha * d_soft,
                    (1.0 - alpha) * hard,
                    (1.0 - alpha) * d_hard,
                )
            }
            None => {
                let whole = if method == MethodName::NotebookAsWritten {
                    Objective::NotebookAsWritten { temperature: t }
                } else {
                    Objective::CrossEntropy {
                        label_smoothing: self.config.distillation.label_smoothing as f32,
                    }
                };
                let (hard, d_hard) = value(whole);
                (0.0, 0.0, hard, d_hard)
            }
        };
        let kl = loss::soft_targets_kl(&batch, t, &mut scratch, &mut vec![0.0; batch.logits.len()]);
        Ok(Some(LossView {
            method,
            temperature,
            alpha,
            label: labels[0],
            kl,
            cross_entropy,
            soft_term,
            hard_term,
            loss: soft_term + hard_term,
            soft_gradient,
            soft_gradient_without_t2: soft_gradient / (temperature * temperature),
            hard_gradient,
        }))
    }

    /// The method's soft term by itself, as an objective with all the weight on it; `None` for a method without one.
    pub(super) fn soft_objective(&self, temperature: f64) -> Option<Objective> {
        let temperature = temperature as f32;
        let label_smoothing = self.config.student.label_smoothing as f32;
        let alpha = 1.0;
        match self.config.distillation.method {
            MethodName::SoftTargets => Some(Objective::SoftTargets {
                temperature,
                alpha,
                label_smoothing,
            }),
            MethodName::LogitMatching => Some(Objective::LogitMatching {
                alpha,
                label_smoothing,
            }),
            MethodName::HardTeacher => Some(Objective::HardTeacher {
                alpha,
                label_smoothing,
            }),
            MethodName::LabelSmoothing | MethodName::NotebookAsWritten => None,
        }
    }

    /// Each model's `softmax(logits / T)`, by class, for an input of one's own; models are used at a temperature of 1.
    ///
    /// # Errors
    /// Another number of features than the data has; a feature that is not finite; a temperature out of range.
    pub fn predict(&self, input: &[f64], temperature: f64) -> Result<PerModel<Vec<f32>>, Error> {
        check_temperature(temperature)?;
        let features = self.data.shape.features;
        if input.len() != features {
            let message = format!(
                "input: got {} numbers; allowed: {features}, one for each feature",
                input.len()
            );
            return Err(Error::at("out_of_range", "input", message));
        }
        if let Some(i) = input.iter().position(|v| !v.is_finite() || v.abs() > 1e6) {
            let message = format!(
                "input.{i}: got {}; allowed: a number from -1000000 to 1000000",
                json::number(input[i])
            );
            return Err(Error::at("out_of_range", format!("input.{i}"), message));
        }
        let mut x: Vec<f32> = input.iter().map(|&v| v as f32).collect();
        x.resize(padded(features), 0.0);
        let classes = self.data.shape.classes.len();
        Ok(self
            .logits(&x)
            .map(|m| ensemble::soften(&slices(m), classes, temperature).0[..classes].to_vec()))
    }

    fn row<'a>(&self, samples: &'a Samples, index: usize) -> &'a [f32] {
        let width = padded(self.data.shape.features);
        &samples.x[index * width..(index + 1) * width]
    }

    /// Logits of one padded row, by member, for every model that has begun.
    fn logits(&self, x: &[f32]) -> PerModel<Vec<Vec<f32>>> {
        let of = |net: &&Mlp| net.forward(1, x, &mut Workspace::new(net, 1)).to_vec();
        self.nets().map(|members| members.iter().map(of).collect())
    }

    /// The networks, by member, of every model that has begun.
    pub(super) fn nets(&self) -> PerModel<Vec<&Mlp>> {
        let learning = |phase: Phase| {
            self.group
                .as_ref()
                .filter(|g| self.phase == phase && g.steps_done > 0)
        };
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
    let message = format!(
        "index: got {index}; allowed: a whole number from 0 to {}",
        len - 1
    );
    Err(Error::at("out_of_range", "index", message))
}

pub(super) fn check_temperature(temperature: f64) -> Result<(), Error> {
    if temperature.is_finite() && (0.1..=100.0).contains(&temperature) {
        return Ok(());
    }
    let message = format!(
        "temperature: got {}; allowed: a number from 0.1 to 100",
        json::number(temperature)
    );
    Err(Error::at("out_of_range", "temperature", message))
}
