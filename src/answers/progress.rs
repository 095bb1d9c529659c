//! How far a run is, a job of a sweep is, and what came of them since they were asked last.

use super::{Column, Handover};
use crate::experiment::{DataInfo, Experiment, NewPoints, Outcome, Phase};
use crate::{Error, sweep};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// Facts about an experiment that has just been made.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Prepared {
    /// About its data.
    data: DataInfo,
    /// Training steps of all phases.
    steps: usize,
}

impl Prepared {
    pub(crate) fn of(experiment: &Experiment) -> Self {
        Self { data: experiment.data_info(), steps: experiment.total_steps() }
    }
}

/// A slice of work that was done.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Slice {
    /// Milliseconds that the engine worked.
    pub ms: f64,
    /// Training steps that it did.
    pub steps: usize,
    /// Whether nothing is left to do.
    pub done: bool,
}

/// Where a run is, and the points of its curves since the question before.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Progress {
    phase: Phase,
    /// Training steps done, of all phases.
    step: usize,
    /// Training steps done since the phase began.
    phase_step: usize,
    /// Training steps of the phase.
    phase_steps: usize,
    /// New points.
    points: PointColumns,
}

impl Progress {
    pub(crate) fn take(experiment: &mut Experiment) -> Self {
        let (phase_step, phase_steps) = experiment.phase_steps();
        Self {
            phase: experiment.phase(),
            step: experiment.steps_done(),
            phase_step,
            phase_steps,
            points: experiment.take_points().into(),
        }
    }
}

/// Points of curves, a column for each quantity, all of one length.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct PointColumns {
    /// Index in `MODELS`.
    model: Column<u8>,
    /// Training steps of the model.
    step: Column<u32>,
    /// Means over the batches since the point before.
    train_loss: Column<f32>,
    /// Likewise; NaN where no labelled sample was met.
    train_accuracy: Column<f32>,
    /// On the whole test set.
    test_loss: Column<f32>,
    /// On the whole test set.
    test_accuracy: Column<f32>,
}

impl From<NewPoints> for PointColumns {
    fn from(new: NewPoints) -> Self {
        let column = |values: Vec<f64>| Column(values.into_iter().map(|v| v as f32).collect());
        let points = new.points;
        Self {
            model: Column(new.model),
            step: Column(points.step),
            train_loss: column(points.train_loss),
            train_accuracy: column(points.train_accuracy),
            test_loss: column(points.test_loss),
            test_accuracy: column(points.test_accuracy),
        }
    }
}

/// Where a job of a sweep is, and what it has finished since the slice before.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct SweepProgress {
    /// Training steps done, of the whole job.
    pub step: usize,
    /// Training steps of the whole job, as far as they are known.
    pub steps: usize,
    /// Values that are finished.
    pub rows: Vec<SweepRow>,
    /// Whether every value is.
    pub done: bool,
}

/// A value of a sweep that is finished: with a result, or with an error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct SweepRow {
    /// Its index.
    value: usize,
    result: Option<Outcome>,
    error: Option<Error>,
}

impl From<sweep::Finished> for SweepRow {
    fn from((value, finished): sweep::Finished) -> Self {
        let (result, error) = match finished {
            Ok(outcome) => (Some(outcome), None),
            Err(error) => (None, Some(error)),
        };
        Self { value, result, error }
    }
}

/// Values that a job gives away.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct SweepGift {
    /// Their indices.
    pub values: Vec<usize>,
    /// What was trained for them.
    pub from: Handover,
}
