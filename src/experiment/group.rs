//! Learners that train in lockstep: a step of the group is a step of each, so that their curves grow side by side.

use super::batches::Batches;
use super::learner::{Gathered, Learner, Mark, SoftTargets};
use crate::Error;
use crate::data::Samples;

/// What a group learns from.
pub(super) struct Material<'a> {
    pub samples: &'a Samples,
    /// A label for each sample, -1 where it is withheld.
    pub labels: &'a [i32],
    pub soft: Option<&'a SoftTargets>,
    pub test: &'a Samples,
    /// Whether to evaluate at every epoch's end, or at the end of the training alone.
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
    names: &'static [&'static str],
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
        names: &'static [&'static str],
        batches: Vec<Batches>,
        gathered: Gathered,
        steps: usize,
    ) -> Self {
        let evaluating = (steps == 0).then_some((0, 0));
        Self {
            learners,
            names,
            batches,
            gathered,
            steps,
            steps_done: 0,
            evaluating,
        }
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
            return Ok(if self.evaluating.is_some() {
                Unit::Part
            } else {
                Unit::Evaluated
            });
        }
        let shared = self.batches.len() == 1;
        for (i, learner) in self.learners.iter_mut().enumerate() {
            if i == 0 || !shared {
                self.gathered
                    .fill(on.samples, on.labels, on.soft, self.batches[i].next_batch());
            }
            learner.step(&self.gathered, self.names[i.min(self.names.len() - 1)])?;
        }
        self.steps_done += 1;
        if self.steps_done == self.steps || on.curves && self.batches.last().is_some_and(Batches::epoch_ended)
        {
            self.evaluating = Some((0, 0));
        }
        Ok(Unit::Step)
    }

    /// Where the group stands between two steps.
    pub(super) fn mark(&self) -> GroupMark {
        GroupMark {
            learners: self.learners.iter().map(Learner::mark).collect(),
            batches: self.batches.iter().map(Batches::copied).collect(),
            steps_done: self.steps_done,
        }
    }

    /// Takes a group of the same plan to a mark.
    pub(super) fn go_to(&mut self, mark: &GroupMark) {
        for (learner, mark) in self.learners.iter_mut().zip(&mark.learners) {
            learner.go_to(mark);
        }
        for (batches, mark) in self.batches.iter_mut().zip(&mark.batches) {
            *batches = mark.copied();
        }
        self.steps_done = mark.steps_done;
        self.evaluating = None;
    }

    /// The samples, by index, that a learner's next step will meet.
    pub(super) fn next_indices(&self, learner: usize) -> Vec<u32> {
        let mut batches = self.batches[learner.min(self.batches.len() - 1)].copied();
        batches.next_batch().to_vec()
    }
}

/// What the steps of a group change; the rest follows from the config.
#[derive(Debug)]
pub(super) struct GroupMark {
    learners: Vec<Mark>,
    batches: Vec<Batches>,
    steps_done: usize,
}
