//! Curves: one for each model, each point kept once, and at most [`MAX_POINTS`] of them a phase.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most points of a curve in a phase. Each evaluates the whole test set, which costs more than most epochs do, and a chart of some 600
/// pixels hardly shows more.
pub const MAX_POINTS: usize = 80;

/// The models of an experiment, in the order in which they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // named as in `Outcome`
pub enum ModelName {
    Teacher,
    StudentAlone,
    StudentDistilled,
    StudentRefined,
}

impl ModelName {
    /// Every model; a model's place here is its number in [`NewPoints`].
    pub const ALL: [Self; 4] =
        [Self::Teacher, Self::StudentAlone, Self::StudentDistilled, Self::StudentRefined];

    /// The name as results write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::StudentAlone => "student_alone",
            Self::StudentDistilled => "student_distilled",
            Self::StudentRefined => "student_refined",
        }
    }
}

/// Whether a training of `steps` steps, `epoch` to an epoch, is evaluated after step number `step` (counted from 1).
///
/// A training may be evaluated at the end of every epoch and at its own end. Of these occasions [`MAX_POINTS`] are chosen,
/// the last one always, so that from one to the next it is the same number of epochs or one more; where there are no more
/// than that, all are.
///
/// ```
/// use distill_lab::experiment::is_evaluated;
/// let after = |steps, epoch| (1..=steps).filter(|&step| is_evaluated(step, steps, epoch)).collect::<Vec<_>>();
/// assert_eq!(after(10, 4), [4, 8, 10]);
/// assert_eq!(after(480, 1).len(), 80);
/// ```
pub fn is_evaluated(step: usize, steps: usize, epoch: usize) -> bool {
    if step != steps && !step.is_multiple_of(epoch) {
        return false;
    }
    let occasions = steps.div_ceil(epoch);
    let chosen = occasions.min(MAX_POINTS);
    // The k-th chosen occasion is number ceil(k occasions / chosen): up to number n there are floor(n chosen / occasions).
    let up_to = |n: usize| n * chosen / occasions;
    let n = step.div_ceil(epoch);
    up_to(n) > up_to(n - 1)
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Optimiser steps done.
    pub step: u32,
    /// Mean over the batches since the point before, weighted by their size.
    pub train_loss: f64,
    /// Likewise, over labelled samples; NaN where none was met.
    pub train_accuracy: f64,
    /// Mean negative log likelihood on the test set, in nats.
    pub test_loss: f64,
    /// Accuracy on the test set.
    pub test_accuracy: f64,
}

/// The points of one model, a column for each quantity: see [`CurvePoint`]. NaN is `null` in JSON.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)] // documented in `CurvePoint`
pub struct Curve {
    pub step: Vec<u32>,
    pub train_loss: Vec<f64>,
    #[serde(with = "null_for_nan")]
    #[cfg_attr(test, ts(type = "(number | null)[]"))]
    pub train_accuracy: Vec<f64>,
    pub test_loss: Vec<f64>,
    pub test_accuracy: Vec<f64>,
}

/// What JSON makes of NaN, in every other form too.
mod null_for_nan {
    pub(super) fn serialize<S: serde::Serializer>(values: &[f64], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(values.iter().map(|v| (!v.is_nan()).then_some(v)))
    }
}

impl Curve {
    /// Number of points.
    pub fn len(&self) -> usize {
        self.step.len()
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.step.is_empty()
    }

    /// Adds a point at the end.
    pub fn push(&mut self, point: CurvePoint) {
        self.step.push(point.step);
        self.train_loss.push(point.train_loss);
        self.train_accuracy.push(point.train_accuracy);
        self.test_loss.push(point.test_loss);
        self.test_accuracy.push(point.test_accuracy);
    }

    /// The points in their order.
    pub fn points(&self) -> impl Iterator<Item = CurvePoint> + '_ {
        (0..self.len()).map(|i| CurvePoint {
            step: self.step[i],
            train_loss: self.train_loss[i],
            train_accuracy: self.train_accuracy[i],
            test_loss: self.test_loss[i],
            test_accuracy: self.test_accuracy[i],
        })
    }

    fn truncate(&mut self, len: usize) {
        self.step.truncate(len);
        self.train_loss.truncate(len);
        self.train_accuracy.truncate(len);
        self.test_loss.truncate(len);
        self.test_accuracy.truncate(len);
    }
}

/// A curve for each model.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)] // named as in [`super::Outcome`]
pub struct Curves {
    pub teacher: Curve,
    pub student_alone: Curve,
    pub student_distilled: Curve,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub student_refined: Option<Curve>,
}

/// Points that are new since the last question, a column for each quantity; model by model, each in the order of its steps.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NewPoints {
    /// Whose point it is: a place in [`ModelName::ALL`].
    pub model: Vec<u8>,
    /// The points themselves.
    #[serde(flatten)]
    pub points: Curve,
}

/// The curves of a run, by [`ModelName`], and how many points of each were told already. A curve is shared with the cache.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    curves: [Arc<Curve>; ModelName::ALL.len()],
    told: Told,
}

/// How many points of each curve were told.
pub(super) type Told = [usize; ModelName::ALL.len()];

impl Drawn {
    pub(super) fn of(&self, model: ModelName) -> &Arc<Curve> {
        &self.curves[model as usize]
    }

    /// Adds a point, unless it was drawn already: a replay makes the same points.
    pub(super) fn add(&mut self, model: ModelName, point: CurvePoint) {
        let curve = &mut self.curves[model as usize];
        if curve.step.last().is_none_or(|&last| last < point.step) {
            Arc::make_mut(curve).push(point);
        }
    }

    /// Gives a model the curve of a training that is taken over.
    pub(super) fn take_over(&mut self, model: ModelName, curve: &Arc<Curve>) {
        self.curves[model as usize] = curve.clone();
    }

    /// Leaves the points of the first `steps` steps of a model.
    pub(super) fn cut(&mut self, model: ModelName, steps: usize) {
        let curve = &mut self.curves[model as usize];
        let len = curve.step.partition_point(|&step| step as usize <= steps);
        if len < curve.len() {
            Arc::make_mut(curve).truncate(len);
        }
    }

    pub(super) fn take_new(&mut self) -> NewPoints {
        let mut new = NewPoints::default();
        for (model, curve) in self.curves.iter().enumerate() {
            for point in curve.points().skip(self.told[model]) {
                new.model.push(model as u8);
                new.points.push(point);
            }
            self.told[model] = curve.len();
        }
        new
    }

    pub(super) fn told(&self) -> Told {
        self.told
    }

    /// Tells again what came after `told`.
    pub(super) fn tell_from(&mut self, told: Told) {
        self.told = told;
    }
}
