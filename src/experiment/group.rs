//! Learners that train in lockstep: a step of the group is a step of each, so that their curves grow side by side.

use super::batches::Batches;
use super::curve::{ModelName, is_evaluated};
use super::learner::{Gathered, Learner, Snapshot, SoftTargets};
use crate::Error;
use crate::data::Samples;

/// What a group learns from.
pub(super) struct Material<'a> {
    pub samples: &'a Samples,
    /// A label for each sample, -1 where it is withheld.
    pub labels: &'a [i32],
    pub soft: Option<&'a SoftTargets>,
    pub test: &'a Samples,
    /// Whether to evaluate during the training (see [`is_evaluated`]), or at its end alone.
    pub curves: bool,
}

/// What a unit of work was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A training step of every learner.
    Step,
    /// A part of an evaluation.
    Part,
    /// The last part: every learner's test logits are new.
    Evaluated,
}

#[derive(Debug)]
pub(super) struct Group {
    pub learners: Vec<Learner>,
    pub models: &'static [ModelName],
    /// One for all learners, or one for each; the last one's epochs are the group's.
    batches: Vec<Batches>,
    gathered: Gathered,
    pub steps: usize,
    pub steps_done: usize,
    /// Where an evaluation has come to: learner and test sample.
    evaluating: Option<(usize, usize)>,
}

impl Group {
    pub(super) fn new(
        learners: Vec<Learner>,
        models: &'static [ModelName],
        batches: Vec<Batches>,
        gathered: Gathered,
        steps: usize,
    ) -> Self {
        let evaluating = (steps == 0).then_some((0, 0));
        Self { learners, models, batches, gathered, steps, steps_done: 0, evaluating }
    }

    pub(super) fn done(&self) -> bool {
        self.steps_done == self.steps && self.evaluating.is_none()
    }

    /// Whether training steps are due before anything else.
    pub(super) fn step_is_next(&self) -> bool {
        self.evaluating.is_none() && self.steps_done < self.steps
    }

    /// One unit of work; not to be called when [`Group::done`].
    pub(super) fn advance(&mut self, on: &Material) -> Result<Unit, Error> {
        if let Some((learner, row)) = self.evaluating {
            let row = self.learners[learner].evaluate(on.test, row);
            self.evaluating = if row < on.test.len() {
                Some((learner, row))
            } else if learner + 1 < self.learners.len() {
                Some((learner + 1, 0))
            } else {
                None
            };
            return Ok(if self.evaluating.is_some() { Unit::Part } else { Unit::Evaluated });
        }
        let shared = self.batches.len() == 1;
        for (i, learner) in self.learners.iter_mut().enumerate() {
            if i == 0 || !shared {
                self.gathered.fill(on.samples, on.labels, on.soft, self.batches[i].next_batch());
            }
            learner.step(&self.gathered, self.models[i.min(self.models.len() - 1)])?;
        }
        self.steps_done += 1;
        let epoch = self.batches.last().map_or(1, Batches::epoch);
        if self.steps_done == self.steps || on.curves && is_evaluated(self.steps_done, self.steps, epoch) {
            self.evaluating = Some((0, 0));
        }
        Ok(Unit::Step)
    }

    /// Where the group stands between two steps.
    pub(super) fn snapshot(&self) -> GroupSnapshot {
        GroupSnapshot {
            learners: self.learners.iter().map(Learner::snapshot).collect(),
            batches: self.batches.clone(),
            steps_done: self.steps_done,
        }
    }

    /// Returns to a snapshot of a group of the same plan.
    pub(super) fn restore(&mut self, snapshot: &GroupSnapshot) {
        for (learner, snapshot) in self.learners.iter_mut().zip(&snapshot.learners) {
            learner.restore(snapshot);
        }
        self.batches.clone_from(&snapshot.batches);
        self.steps_done = snapshot.steps_done;
        self.evaluating = None;
    }

    /// The samples, by index, that a learner's next step will meet.
    pub(super) fn next_indices(&self, learner: usize) -> Vec<u32> {
        let mut batches = self.batches[learner.min(self.batches.len() - 1)].clone();
        batches.next_batch().to_vec()
    }
}

/// What the steps of a group change; the rest follows from the config.
#[derive(Debug)]
pub(super) struct GroupSnapshot {
    learners: Vec<Snapshot>,
    batches: Vec<Batches>,
    steps_done: usize,
}
