//! Questions about a running experiment: its data, one sample through its models, its networks.
//! Answers change nothing, and are read off the weights as they are between two units of work.

use super::learner::Learner;
use super::{Experiment, Phase, ensemble};
use crate::Error;
use crate::data::Samples;
use crate::field::{integer, number};
use crate::kernels::padded;
use crate::loss::entropy;
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
        check_index("index", index, samples.len())?;
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

    pub(super) fn row<'a>(&self, samples: &'a Samples, index: usize) -> &'a [f32] {
        let width = padded(self.data.shape.features);
        &samples.x[index * width..(index + 1) * width]
    }

    /// Logits of one padded row, by member, for every model that has begun.
    pub(super) fn row_logits(&self, x: &[f32]) -> PerModel<Vec<Vec<f32>>> {
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

pub(super) fn check_index(path: &str, index: usize, len: usize) -> Result<(), Error> {
    if index < len {
        return Ok(());
    }
    Err(Error::new("out_of_range", path, index, integer(0, len as u64 - 1)))
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
