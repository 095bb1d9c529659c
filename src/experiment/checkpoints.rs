//! Going back: what the steps so far have changed is kept now and then, and the steps after it are replayed.
//!
//! An experiment is a function of its config, so that a phase's beginning needs no checkpoint, and a replay ends in the same bits.
//! Checkpoints lie evenly over the run, at most [`MAX_CHECKPOINTS`] of them and at most [`MAX_BYTES`] together.

use super::curve::{ModelName, Told};
use super::group::{Group, GroupSnapshot};
use super::{Experiment, Phase};
use crate::Error;

/// Checkpoints of a run.
const MAX_CHECKPOINTS: usize = 32;
/// Bytes of all of them together.
const MAX_BYTES: usize = 64 << 20;
/// Steps from one to the next, at least.
const MIN_DISTANCE: usize = 16;

/// States of a run, in the order of its steps.
#[derive(Debug, Default)]
pub(super) struct Checkpoints {
    /// Steps from one to the next; 0: none is kept.
    every: usize,
    /// Training steps of all phases, and where the group of that time stood.
    kept: Vec<(usize, GroupSnapshot)>,
}

impl Checkpoints {
    /// Keeps the state of `group` where one is due: between two steps of a phase.
    pub(super) fn take(&mut self, steps_done: usize, group: &Group) {
        let due = self.every > 0 && steps_done.is_multiple_of(self.every) && group.step_is_next();
        // After a way back, the checkpoints ahead are as they will be.
        let new = || self.kept.last().is_none_or(|(last, _)| *last < steps_done);
        if due && group.steps_done > 0 && new() {
            self.kept.push((steps_done, group.snapshot()));
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
        let most = (MAX_BYTES / (12 * largest).max(1)).clamp(1, MAX_CHECKPOINTS);
        self.checkpoints.every = self.total_steps().div_ceil(most + 1).max(MIN_DISTANCE);
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
    pub fn rewind(&mut self, steps: usize) -> usize {
        let target = self.steps_done.saturating_sub(steps);
        let taught = self.total_steps() - self.config.student_steps() - self.config.refine.steps;
        let refining = taught + self.config.student_steps();

        // What came after is as if it had never been.
        self.refined = None;
        let start = if self.distilled.is_some() && self.config.refine.steps > 0 && refining <= target {
            self.phase = Phase::Refine;
            refining
        } else {
            self.distilled = None;
            if self.alone_reused.is_none() {
                self.alone = None;
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
            if let Some((steps, snapshot)) = usable.next() {
                group.restore(snapshot);
                self.steps_done = *steps;
            }
        }
        self.withdraw([0, taught, taught, refining]);
        target - self.steps_done
    }

    /// Leaves the points that were drawn up to the steps done, to be told once more; `starts`: the step at which each model begins.
    fn withdraw(&mut self, starts: [usize; 4]) {
        let students = self.phase >= Phase::Students;
        for (model, start) in ModelName::ALL.into_iter().zip(starts) {
            let taken_over = match model {
                ModelName::Teacher => self.teacher_reused,
                ModelName::StudentAlone => self.alone_reused.is_some() && students,
                _ => false,
            };
            // What was taken over was drawn at once.
            if !taken_over {
                self.drawn.cut(model, self.steps_done.saturating_sub(start));
            }
        }
        self.drawn.tell_from(Told::default());
    }
}
