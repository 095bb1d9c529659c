//! Going back: what the steps so far have changed is kept now and then, and the steps after it are replayed.
//!
//! An experiment is a function of its config, so that a phase's beginning needs no checkpoint, and a replay ends in the same bits.
//! Checkpoints lie evenly over the run, at most [`MOST`] of them and at most [`MOST_BYTES`] together.

use super::group::{Group, GroupMark};
use super::learner::Trained;
use super::{Experiment, Phase};
use crate::Error;

/// Checkpoints of a run.
const MOST: usize = 32;
/// Bytes of all of them together.
const MOST_BYTES: usize = 64 << 20;
/// Steps from one to the next, at least.
const NEAREST: usize = 16;

/// States of a run, in the order of its steps.
#[derive(Debug, Default)]
pub(super) struct Checkpoints {
    /// Steps from one to the next; 0: none is kept.
    every: usize,
    /// Training steps of all phases, and where the group of that time stood.
    kept: Vec<(usize, GroupMark)>,
}

impl Checkpoints {
    /// Keeps the state of `group` where one is due: between two steps of a phase.
    #[inline]
    pub(super) fn take(&mut self, steps_done: usize, group: &Group) {
        if self.every > 0 && steps_done.is_multiple_of(self.every) && group.step_is_next() {
            self.keep(steps_done, group);
        }
    }

    /// Out of the way of the training.
    #[cold]
    fn keep(&mut self, steps_done: usize, group: &Group) {
        // After a way back, those ahead are as they will be.
        let new = self.kept.last().is_none_or(|(last, _)| *last < steps_done);
        if new && group.steps_done > 0 {
            self.kept.push((steps_done, group.mark()));
        }
    }
}

impl Experiment {
    /// Keeps checkpoints from now on, so that going back costs little. Bits do not depend on it.
    pub fn keep_checkpoints(&mut self) {
        let (features, classes) = (self.data.shape.features, self.data.shape.classes.len());
        let size = |hidden: &[usize]| {
            let (mut before, mut sum) = (features, 0);
            for &after in hidden.iter().chain([&classes]) {
                sum += (before + 1) * after;
                before = after;
            }
            sum
        };
        let teacher = self.config.teacher.members * size(&self.config.teacher.training.hidden);
        let largest = teacher.max(2 * size(&self.config.student.hidden));
        // Adam's: the parameter itself and two means.
        let most = (MOST_BYTES / (12 * largest).max(1)).clamp(1, MOST);
        self.checkpoints.every = self.total_steps().div_ceil(most + 1).max(NEAREST);
    }

    /// Goes `steps` training steps back (fewer only at the beginning) and stands as after a [`Experiment::step`] that ends there;
    /// returns the steps gone back. [`Experiment::take_points`] then gives every point of the curves as they were.
    ///
    /// # Errors
    /// As [`Experiment::advance`].
    pub fn back(&mut self, steps: usize) -> Result<usize, Error> {
        let from = self.steps_done;
        let replay = self.rewind(steps);
        self.step(replay)?;
        Ok(from - self.steps_done)
    }

    /// The first half of [`Experiment::back`]: goes to the checkpoint before, and returns how many steps are to be replayed from
    /// there by [`Experiment::step`], which may be done in slices.
    #[cold]
    pub fn rewind(&mut self, steps: usize) -> usize {
        let target = self.steps_done.saturating_sub(steps);
        let taught = self.total_steps() - self.config.student.steps - self.config.refine.steps;
        let refining = taught + self.config.student.steps;

        // What came after is as if it had never been.
        forget(&mut self.refined);
        let start = if self.distilled.is_some() && self.config.refine.steps > 0 && refining <= target {
            self.phase = Phase::Refine;
            refining
        } else {
            forget(&mut self.distilled);
            if !self.alone_reused {
                forget(&mut self.alone);
            }
            if self.soft.is_some() && taught <= target {
                self.phase = Phase::Students;
                taught
            } else {
                self.soft = None;
                self.phase = Phase::SoftTargets;
                if !self.teacher_reused {
                    self.teacher = None;
                    self.phase = Phase::Teacher;
                }
                0
            }
        };
        self.steps_done = start;
        self.group = match self.phase {
            Phase::Teacher => Some(self.teacher_group()),
            Phase::Students => Some(self.student_group()),
            Phase::Refine => Some(self.refine_group()),
            // A teacher taken over was never trained here: its soft targets come first.
            Phase::SoftTargets | Phase::Done => None,
        };
        if let Some(group) = &mut self.group {
            let kept = self.checkpoints.kept.iter().rev();
            let mut usable = kept.filter(|(steps, _)| (start + 1..=target).contains(steps));
            if let Some((steps, mark)) = usable.next() {
                group.go_to(mark);
                self.steps_done = *steps;
            }
        }
        self.withdraw([0, taught, taught, refining]);
        target - self.steps_done
    }

    /// Leaves the points that were drawn up to the steps done, to be told once more; `starts`: the step at which each model begins.
    fn withdraw(&mut self, starts: [usize; 4]) {
        let (done, students) = (self.steps_done, self.phase >= Phase::Students);
        let (teacher, alone) = (self.teacher_reused, self.alone_reused && students);
        self.points.retain(|&[model, step, ..]| {
            let model = model as usize;
            // What was taken over was drawn at once.
            starts[model] + step as usize <= done || model == 0 && teacher || model == 1 && alone
        });
        self.told = 0;
        let Some(group) = &mut self.group else { return };
        let first = first_model(self.phase, group);
        for &[model, step, a, b, c, d] in &self.points {
            let place = (model as usize).wrapping_sub(first);
            if let Some(learner) = group.learners.get_mut(place) {
                learner.curve.push([step, a, b, c, d]);
            }
        }
    }
}

#[inline(never)]
fn forget(trained: &mut Option<Trained>) {
    *trained = None;
}

/// The model of a group's first learner.
pub(super) fn first_model(phase: Phase, group: &Group) -> usize {
    match phase {
        Phase::Teacher => 0,
        Phase::Refine => 3,
        _ => 3 - group.learners.len(),
    }
}
