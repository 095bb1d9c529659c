//! Going back and forth: what the steps so far have changed is kept now and then, and the steps after it are replayed.
//!
//! An experiment is a function of its config, so that a phase's beginning needs no checkpoint, and a replay ends in the same bits.
//! Checkpoints lie evenly over a phase, at most [`MAX_CHECKPOINTS`] of them, and those of all phases have at most [`MAX_BYTES`].

use super::curve::{ModelName, Told};
use super::ensemble::TrainedTeacher;
use super::group::{Group, GroupSnapshot};
use super::learner::{SoftTargets, Trained};
use super::{Experiment, Phase};
use crate::Error;
use std::sync::Arc;

/// Checkpoints of a phase: a scrubber's stops, which nobody feels between.
const MAX_CHECKPOINTS: usize = 60;
/// Bytes of all of them together.
const MAX_BYTES: usize = 64 << 20;
/// Steps from one to the next, at least: one takes about as long as a step of a small network, and a run must not become slower by more
/// than three in a hundred.
const MIN_DISTANCE: usize = 48;

/// States of a run, in the order of its steps, and what the phases that have ended leave to those after them.
#[derive(Debug, Default)]
pub(super) struct Checkpoints {
    /// Steps from one to the next, of the teacher, the students, the refinement; 0: none is kept.
    every: [usize; 3],
    /// Training steps of all phases, and where the group of that time stood.
    kept: Vec<(usize, GroupSnapshot)>,
    /// The teacher and what it says, once it has said it.
    pub(super) taught: Option<(Arc<TrainedTeacher>, Arc<SoftTargets>)>,
    /// Both students where they are refined, the one alone where it was trained here.
    pub(super) students: Option<(Option<Trained>, Trained)>,
}

impl Checkpoints {
    /// Keeps the state of `group` where one is due: between two steps of a phase.
    pub(super) fn take(&mut self, phase: Phase, steps_done: usize, group: &Group) {
        let every = match phase {
            Phase::Teacher => self.every[0],
            Phase::Refine => self.every[2],
            _ => self.every[1],
        };
        let due = every > 0 && group.steps_done.is_multiple_of(every) && group.step_is_next();
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
        let student = size(&self.config.student.hidden);
        let phases = [
            (self.config.teacher.training.steps, teacher),
            (self.config.student_steps(), 2 * student),
            (self.config.refine.steps, student),
        ];
        let share = MAX_BYTES / phases.iter().filter(|(steps, _)| *steps > 0).count().max(1);
        self.checkpoints.every = phases.map(|(steps, parameters)| {
            // Adam's: the parameter itself and two means.
            let most = (share / (12 * parameters).max(1)).clamp(1, MAX_CHECKPOINTS);
            steps.div_ceil(most + 1).max(MIN_DISTANCE)
        });
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
        self.approach(target);
        self.withdraw();
        target - self.steps_done
    }

    /// Up to `units` units of the way to the state after `step` training steps of the whole run (of a teacher taken over too; beyond
    /// the end: the end), forwards or backwards, from the nearest checkpoint. Returns how many were done; fewer only where it stands
    /// there. Points of curves that were drawn stay, and none is drawn twice.
    ///
    /// # Errors
    /// As [`Experiment::advance`].
    pub fn toward(&mut self, step: usize, units: usize) -> Result<usize, Error> {
        let target = self.own_steps(step);
        self.approach(target);
        let mut done = 0;
        while done < units && !self.stands_after(target) {
            self.unit()?;
            done += 1;
        }
        Ok(done)
    }

    /// Whether it stands where [`Experiment::toward`] leads.
    pub(super) fn stands_at(&self, step: usize) -> bool {
        self.stands_after(self.own_steps(step))
    }

    /// Training steps of its own after `step` steps of the whole run.
    fn own_steps(&self, step: usize) -> usize {
        step.saturating_sub(self.steps_saved()).min(self.total_steps())
    }

    /// Whether `steps_done` steps are done and all that belongs to them.
    fn stands_after(&self, steps_done: usize) -> bool {
        self.steps_done == steps_done && (self.done() || self.group.as_ref().is_some_and(Group::step_is_next))
    }

    /// The steps at which students and refinement begin.
    fn starts(&self) -> [usize; 2] {
        let refining = self.total_steps() - self.config.refine.steps;
        [refining - self.config.student_steps(), refining]
    }

    /// Goes to the last state at or before `target` that is at hand: where it stands, a checkpoint, a phase's beginning.
    fn approach(&mut self, target: usize) {
        let [taught, refining] = self.starts();
        let refines = self.checkpoints.students.is_some() && refining <= target;
        let studies = self.checkpoints.taught.is_some() && taught <= target;
        let start =
            [(refines, refining), (studies, taught)].iter().find(|(is, _)| *is).map_or(0, |(_, at)| *at);
        let before = self.checkpoints.kept.partition_point(|(steps, _)| *steps <= target);
        let kept = self.checkpoints.kept[..before].last().filter(|(steps, _)| *steps > start);
        let nearest = kept.map_or(start, |(steps, _)| *steps);
        if (nearest..=target).contains(&self.steps_done) {
            return;
        }

        // What comes after is as if it had never been.
        self.refined = None;
        self.distilled = None;
        if self.alone_reused.is_none() {
            self.alone = None;
        }
        if refines {
            let (alone, distilled) = self.checkpoints.students.clone().expect("it is there");
            self.alone = alone.or(self.alone.take());
            self.distilled = Some(distilled);
        }
        if refines || studies {
            let (teacher, soft) = self.checkpoints.taught.clone().expect("students follow a teacher");
            (self.teacher, self.soft) = (Some(teacher), Some(soft));
            self.show_alone_reused();
        } else {
            self.soft = None;
            if !self.teacher_reused {
                self.teacher = None;
            }
        }
        (self.phase, self.group) = if refines {
            (Phase::Refine, Some(self.refine_group()))
        } else if studies {
            (Phase::Students, Some(self.student_group()))
        } else if self.teacher_reused {
            // A teacher taken over was never trained here: its soft targets come first.
            (Phase::SoftTargets, None)
        } else {
            (Phase::Teacher, Some(self.teacher_group()))
        };
        self.steps_done = start;
        if let (Some(group), Some((steps, snapshot))) =
            (&mut self.group, self.checkpoints.kept[..before].last())
            && *steps > start
        {
            group.restore(snapshot);
            self.steps_done = *steps;
        }
    }

    /// Leaves the points that were drawn up to the steps done, to be told once more.
    fn withdraw(&mut self) {
        let [taught, refining] = self.starts();
        let students = self.phase >= Phase::Students;
        for (model, start) in ModelName::ALL.into_iter().zip([0, taught, taught, refining]) {
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
