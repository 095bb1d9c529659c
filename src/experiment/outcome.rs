//! What an experiment ends with: a figure for every question, the curves, and a digest of every bit of every weight.

use crate::config::Config;
use crate::fnv::Fnv;
use crate::metrics;
use crate::nn::Mlp;
use serde::{Serialize, Serializer};

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
    /// A curve for each model; `None` where they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub curves: Option<Curves>,
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
        let (parameters, macs) = nets.fold((0, 0), |(p, m), net| {
            (p + net.parameter_count(), m + net.multiply_adds())
        });
        Self {
            accuracy: metrics::accuracy(logits, classes, labels),
            nll: metrics::nll_from_logits(logits, classes, labels),
            ece: metrics::ece_from_logits(logits, classes, labels),
            per_class_accuracy: metrics::per_class_accuracy(logits, classes, labels),
            confusion: metrics::confusion(logits, classes, labels),
            parameters,
            macs,
            bytes: 4 * parameters,
            agreement: teacher.map(|t| metrics::agreement(logits, t, classes)),
            kl_to_teacher: teacher.map(|t| metrics::kl_to_teacher(logits, t, classes)),
        }
    }
}

/// A curve for each model.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)] // named as in [`Outcome`]
pub struct Curves {
    pub teacher: Curve,
    pub student_alone: Curve,
    pub student_distilled: Curve,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub student_refined: Option<Curve>,
}

/// Points at the end of every epoch and of the training, one column for each quantity.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Curve {
    /// Optimiser steps done.
    pub step: Vec<u32>,
    /// Mean over the batches since the point before, weighted by their size.
    pub train_loss: Vec<f64>,
    /// Likewise, over labelled samples; NaN (JSON: null) where none was met.
    #[serde(serialize_with = "null_for_nan")]
    #[cfg_attr(test, ts(type = "(number | null)[]"))]
    pub train_accuracy: Vec<f64>,
    /// Mean negative log likelihood on the test set.
    pub test_loss: Vec<f64>,
    /// Accuracy on the test set.
    pub test_accuracy: Vec<f64>,
}

/// What JSON makes of NaN, in every other form too.
fn null_for_nan<S: Serializer>(values: &[f64], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(values.iter().map(|v| (!v.is_nan()).then_some(v)))
}

impl Curve {
    /// A copy, by one function for all curves: five columns each would be written out every time.
    #[inline(never)]
    pub(super) fn copied(&self) -> Self {
        self.clone()
    }

    /// Adds a point: step, train loss, train accuracy, test loss, test accuracy.
    pub(super) fn push(&mut self, point: [f64; 5]) {
        self.step.push(point[0] as u32);
        self.train_loss.push(point[1]);
        self.train_accuracy.push(point[2]);
        self.test_loss.push(point[3]);
        self.test_accuracy.push(point[4]);
    }
}

/// FNV-1a, 64 bits, over the little-endian bytes of weights.
///
/// Order: teacher (member by member), student alone, distilled, refined; within a network layer by layer from the input on,
/// the weights `[inputs, outputs]` row by row, then the biases.
#[derive(Clone, Copy, Debug, Default)]
pub struct Digest(Fnv);

impl Digest {
    /// Takes in every parameter of `net`.
    pub fn add(&mut self, net: &Mlp) {
        self.0.add(net.logical_parameters().flat_map(f32::to_le_bytes));
    }

    /// 16 hexadecimal digits.
    pub fn hex(self) -> String {
        self.0.hex()
    }
}
