//! Going back: what the steps so far have changed is kept now and then, and the steps after it are replayed.
//!
//! An experiment is a function of its config, so that a phase's beginning needs no checkpoint, and a replay ends in the same bits.
//! Checkpoints lie evenly over the run, at most [`MOST`] of them and at most [`MOST_BYTES`] together.

use super::group::{Group, GroupMark};
use super::outcome::Curve;
use super::reuse::Keys;
use super::{Experiment, Phase};
use crate::Error;
use std::mem;

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
    pub fn rewind(&mut self, steps: usize) -> usize {
        let target = self.steps_done.saturating_sub(steps);
        let mut past = self.past(target);
        past.checkpoints = mem::take(&mut self.checkpoints);
        *self = past;
        for model in 0..4 {
            if let Some(curve) = self.curve(model).map(Curve::copied) {
                self.replay(model, &curve);
            }
        }
        target - self.steps_done
    }

    /// The experiment as it was at its last known state with at most `target` steps done, without points or checkpoints.
    pub(super) fn past(&self, target: usize) -> Self {
        let taught = self.total_steps() - self.config.student.steps - self.config.refine.steps;
        let phases = [
            (Phase::Refine, taught + self.config.student.steps),
            (Phase::Students, taught),
            (Phase::Teacher, 0),
        ];
        let begun = |&(phase, start): &(Phase, usize)| {
            let reached = self.phase >= phase && (phase != Phase::Refine || self.config.refine.steps > 0);
            reached && start <= target
        };
        let (phase, start) = phases.into_iter().find(begun).unwrap_or((Phase::Teacher, 0));
        let mut past = Self {
            config: self.config.clone(),
            keys: Keys::of(&self.config),
            data: self.data.clone(),
            transfer: self.transfer.clone(),
            curves: self.curves,
            phase,
            group: None,
            teacher: self
                .teacher
                .clone()
                .filter(|_| phase > Phase::Teacher || self.teacher_reused),
            teacher_reused: self.teacher_reused,
            soft: self.soft.clone().filter(|_| phase > Phase::Teacher),
            alone: self
                .alone
                .clone()
                .filter(|_| phase == Phase::Refine || self.alone_reused),
            alone_reused: self.alone_reused,
            distilled: self.distilled.clone().filter(|_| phase == Phase::Refine),
            refined: None,
            steps_done: start,
            points: Vec::new(),
            checkpoints: Checkpoints::default(),
        };
        if phase == Phase::Teacher && self.teacher_reused {
            // A teacher taken over was never trained here: its soft targets come first.
            past.phase = Phase::SoftTargets;
            return past;
        }
        let mut group = match phase {
            Phase::Teacher => past.teacher_group(),
            Phase::Refine => past.refine_group(),
            _ => past.student_group(),
        };
        let kept = self.checkpoints.kept.iter().rev();
        let mut usable = kept.filter(|(steps, _)| (start + 1..=target).contains(steps));
        if let Some((steps, mark)) = usable.next() {
            group.go_to(mark);
            past.steps_done = *steps;
        }
        let first = first_model(phase, &group);
        let of_models = if phase == Phase::Teacher { 1 } else { usize::MAX };
        for (i, learner) in group.learners.iter_mut().enumerate().take(of_models) {
            if let Some(curve) = self.curve(first + i) {
                learner.curve = curve.until(learner.steps);
            }
        }
        past.group = Some(group);
        past
    }

    /// The curve of a model (as in [`super::Point`]) so far.
    fn curve(&self, model: usize) -> Option<&Curve> {
        if let Some(group) = &self.group {
            let first = first_model(self.phase, group);
            let within = model >= first && (self.phase != Phase::Teacher || model == 0);
            if let Some(learner) = group.learners.get(model - first.min(model)).filter(|_| within) {
                return Some(&learner.curve);
            }
        }
        match model {
            0 => self.teacher.as_ref().map(|t| &t.curve),
            1 if self.phase < Phase::Students => None,
            1 => self.alone.as_ref().map(|t| &t.curve),
            2 => self.distilled.as_ref().map(|t| &t.curve),
            _ => self.refined.as_ref().map(|t| &t.curve),
        }
    }
}

/// The model of a group's first learner.
pub(super) fn first_model(phase: Phase, group: &Group) -> usize {
    match phase {
        Phase::Teacher => 0,
        Phase::Refine => 3,
        _ => 3 - group.learners.len(),
    }
}
