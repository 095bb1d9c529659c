//! What an experiment ends with: a figure for every question, the curves, and a digest of every bit of every weight.

use super::curve::{Curve, Curves, ModelName};
use super::learner::Trained;
use super::speed::Speed;
use super::{Experiment, Validation};
use crate::config::Config;
use crate::data::Samples;
use crate::metrics;
use crate::nn::Mlp;
use fnv::FnvHasher;
use ndarray::{ArrayView1, ArrayView2};
use serde::Serialize;
use std::borrow::Cow;
use std::hash::Hasher;

/// The engine's version: the same config and version give the same digest everywhere.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The result of an experiment. Its JSON form is the same in the browser and on the command line.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Result"))]
pub struct Outcome {
    /// Complete and normalised.
    pub config: Config,
    /// [`ENGINE_VERSION`].
    pub engine_version: String,
    /// [`Digest`] of every model, in the order of the fields below, as 16 hexadecimal digits.
    pub digest: String,
    /// The teacher on the test set.
    pub teacher: Report,
    /// The student that had hard labels alone.
    pub student_alone: Report,
    /// The student that had the teacher's help.
    pub student_distilled: Report,
    /// The distilled student after its refinement, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub student_refined: Option<Report>,
    /// What the students' validation accuracies are of; `None` where no sample is left to choose by.
    pub validation: Option<Validation>,
    /// A curve for each model; `None` where they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub curves: Option<Curves>,
    /// What its networks cost on the machine that made it; `None` where that was not asked for. Apart from all above, which is the
    /// same on every machine: no digest covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub speed: Option<Speed>,
}

impl Outcome {
    /// Accuracy of the distilled student minus that of the student alone.
    pub fn gain(&self) -> f64 {
        self.student_distilled.accuracy - self.student_alone.accuracy
    }
}

/// What a model is like on the test set, at a temperature of 1.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Report {
    /// Share of samples whose largest logit is the label's; ties go to the lowest class.
    pub accuracy: f64,
    /// Mean negative log likelihood, in nats.
    pub nll: f64,
    /// Expected calibration error, 15 bins (Guo et al. 2017, equation 3).
    pub ece: f64,
    /// Accuracy by true class; `None` for a class without test samples.
    pub per_class_accuracy: Vec<Option<f64>>,
    /// `confusion[true][predicted]`, counts.
    pub confusion: Vec<Vec<u32>>,
    /// Trainable parameters.
    pub parameters: usize,
    /// Multiply-adds for one sample.
    pub macs: usize,
    /// Size of the parameters in `f32`.
    pub bytes: usize,
    /// Students: share of samples on which it predicts what the teacher predicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub agreement: Option<f64>,
    /// Students: mean KL divergence from the teacher's probabilities to its own, in nats.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub kl_to_teacher: Option<f64>,
    /// Students: accuracy on the outcome's `validation` samples, where it has some.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub validation_accuracy: Option<f64>,
    /// Which test samples it has right, a bit each: hexadecimal digits, four samples in one, the first sample its highest bit.
    pub correct: String,
}

impl Report {
    /// The report on networks (one, or an ensemble) with joint `logits [test, padded(classes)]`.
    pub(super) fn new<'a>(
        nets: impl Iterator<Item = &'a Mlp>,
        logits: &[f32],
        classes: usize,
        labels: &[i32],
        teacher: Option<&[f32]>,
    ) -> Self {
        let (parameters, macs) =
            nets.fold((0, 0), |(p, m), net| (p + net.parameter_count(), m + net.multiply_adds()));
        let (logits, labels) = (metrics::unpadded(logits, classes), ArrayView1::from(labels));
        let teacher = teacher.map(|t| metrics::unpadded(t, classes));
        let confusion = metrics::confusion(logits, labels);
        Self {
            accuracy: metrics::accuracy(logits, labels),
            nll: metrics::nll_from_logits(logits, labels),
            ece: metrics::ece_from_logits(logits, labels),
            per_class_accuracy: metrics::per_class_accuracy(logits, labels),
            confusion: confusion.rows().into_iter().map(|row| row.to_vec()).collect(),
            parameters,
            macs,
            bytes: 4 * parameters,
            agreement: teacher.map(|t| metrics::agreement(logits, t)),
            kl_to_teacher: teacher.map(|t| metrics::kl_to_teacher(logits, t)),
            validation_accuracy: None,
            correct: correct(logits, labels),
        }
    }
}

/// The bits of [`Report::correct`].
fn correct(logits: ArrayView2<f32>, labels: ArrayView1<i32>) -> String {
    let mut digits = vec![0u8; labels.len().div_ceil(4)];
    for (sample, (row, &label)) in logits.rows().into_iter().zip(labels).enumerate() {
        let is_correct = metrics::arg_max(row) == label as usize;
        digits[sample / 4] |= u8::from(is_correct) << (3 - sample % 4);
    }
    digits.into_iter().map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])).collect()
}

/// FNV-1a, 64 bits, over the little-endian bytes of weights.
///
/// Order: teacher (member by member), student alone, distilled, refined; within a network layer by layer from the input on,
/// the weights `[inputs, outputs]` row by row, then the biases.
#[derive(Default)]
pub struct Digest(FnvHasher);

impl Digest {
    /// Takes in every parameter of `net`.
    pub fn add(&mut self, net: &Mlp) {
        net.logical_parameters().for_each(|weight| self.0.write(&weight.to_le_bytes()));
    }

    /// 16 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

impl Experiment {
    /// The outcome, once it is done.
    pub fn outcome(&self) -> Option<Outcome> {
        let (teacher, alone, distilled) =
            (self.teacher.as_ref()?, self.alone.as_ref()?, self.distilled.as_ref()?);
        if !self.done() {
            return None;
        }
        let (classes, labels) = (self.data.shape.classes.len(), &self.data.test.labels);
        let validation = self.validation();
        let student = |trained: &Trained| {
            let net = std::iter::once(&*trained.net);
            let accuracy = |(samples, _): &(Cow<Samples>, _)| self.validation_accuracy(&trained.net, samples);
            Report {
                validation_accuracy: validation.as_ref().map(accuracy),
                ..Report::new(net, &trained.test_logits, classes, labels, Some(&teacher.test_logits))
            }
        };
        Some(Outcome {
            config: self.config.clone(),
            engine_version: ENGINE_VERSION.into(),
            digest: self.digest()?,
            teacher: Report::new(teacher.nets(), &teacher.test_logits, classes, labels, None),
            student_alone: student(alone),
            student_distilled: student(distilled),
            student_refined: self.refined.as_ref().map(student),
            validation: validation.as_ref().map(|(_, of)| *of),
            curves: self.drawn_curves(),
            speed: None,
        })
    }

    /// Every network trained to its end so far, in the order of the digest: `teacher` (several members: `teacher_0`, ...),
    /// `student_alone`, `student_distilled`, `student_refined`.
    pub fn networks(&self) -> Vec<(String, &Mlp)> {
        let mut networks: Vec<(String, &Mlp)> = Vec::new();
        if let Some(teacher) = &self.teacher {
            let several = teacher.members.len() > 1;
            for (m, net) in teacher.nets().enumerate() {
                let name = if several { format!("teacher_{m}") } else { "teacher".into() };
                networks.push((name, net));
            }
        }
        for (name, trained) in [
            ("student_alone", &self.alone),
            ("student_distilled", &self.distilled),
            ("student_refined", &self.refined),
        ] {
            if let Some(trained) = trained {
                networks.push((name.into(), &trained.net));
            }
        }
        networks
    }

    /// The digest of every final weight, once it is done.
    pub fn digest(&self) -> Option<String> {
        let mut digest = Digest::default();
        for (_, net) in self.networks() {
            digest.add(net);
        }
        self.done().then(|| digest.hex())
    }

    /// The curves drawn, once it is done; `None` where they were not asked for.
    pub fn drawn_curves(&self) -> Option<Curves> {
        if !self.done() || !self.curves {
            return None;
        }
        let curve = |model| Curve::clone(self.drawn.of(model));
        Some(Curves {
            teacher: curve(ModelName::Teacher),
            student_alone: curve(ModelName::StudentAlone),
            student_distilled: curve(ModelName::StudentDistilled),
            student_refined: self.refined.as_ref().map(|_| curve(ModelName::StudentRefined)),
        })
    }
}
