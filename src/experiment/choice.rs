//! Samples of a finished run that are worth looking at, by a rule, since its numbers change with its config and with the engine.
//! T is the run's temperature.
//!
//! - *Opening*, a test sample whose doubts can be read: the first one that the teacher reads right with a largest probability at T
//!   from 0.4 to 0.6 and two further classes (one, of two) above 0.05, and that only the distilled of the two students reads right; else the first
//!   one without regard to the students; else the one that the teacher reads right whose largest probability at T is nearest 0.5.
//! - *Exam*, three test samples: first those that only the distilled of the two students reads right, then others that the two
//!   read differently, each time the one first that the student alone is surest of; then those that the teacher doubts
//!   most at T. Among equals of these three kinds a class that is not there yet comes first.
//! - *Taught*, three transfer samples that the teacher doubts most at T, a class that is not there yet first.
//!
//! Doubt is the entropy of the teacher's softened answer; sureness the largest probability at a temperature of 1.

use super::ensemble::{self, TrainedTeacher};
use super::learner::Trained;
use super::{Experiment, SampleSet};
use crate::Error;
use crate::kernels::padded;
use crate::loss::entropy;
use crate::metrics::arg_max;
use crate::refusal::Allowed;

/// Samples of each kind.
const EACH: usize = 3;
/// Largest probability of an answer whose doubts can be read, and the least of those beside it.
const READABLE: std::ops::RangeInclusive<f32> = 0.4..=0.6;
const BESIDE: f32 = 0.05;

/// Samples that are worth looking at.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Index of a test sample.
    pub opening: usize,
    /// Indices of test samples.
    pub exam: Vec<usize>,
    /// Indices of transfer samples.
    pub taught: Vec<usize>,
}

/// What makes a sample come first: its kind, whether its class is new, and how much of what is looked for it has.
type Rank = (usize, bool, f64);

impl Experiment {
    /// Samples of this run that are worth looking at.
    ///
    /// # Errors
    /// `not_done` before its end.
    pub fn choice(&self) -> Result<Choice, Error> {
        match (&self.teacher, &self.alone) {
            (Some(teacher), Some(alone)) if self.done() => self.choice_beside(teacher, alone),
            _ => Err(not_done()),
        }
    }

    /// The same, with a teacher and a student alone that may be another experiment's.
    pub(super) fn choice_beside(&self, teacher: &TrainedTeacher, alone: &Trained) -> Result<Choice, Error> {
        let (Some(soft), Some(distilled)) = (&self.soft, self.refined.as_ref().or(self.distilled.as_ref()))
        else {
            return Err(not_done());
        };
        let classes = self.data.shape.classes.len();
        let row = |of: &'_ [f32], i: usize| of[i * padded(classes)..][..classes].to_vec();
        let reads = |logits: &[f32], i| arg_max(&row(logits, i));
        let members: Vec<&[f32]> = teacher.members.iter().map(|m| m.test_logits.as_slice()).collect();
        let (p, log_p) = ensemble::soften(&members, classes, self.config.distillation.temperature);
        let (sure, _) = ensemble::soften(&[&alone.test_logits], classes, 1.0);
        let labels = &self.data.test.labels;
        let largest = |p: &[f32]| p.iter().copied().fold(0.0, f32::max);

        // 2: only the distilled student is right; 1: they differ otherwise; 0: they agree.
        let apart = |i: usize| {
            let (alone, distilled) = (reads(&alone.test_logits, i), reads(&distilled.test_logits, i));
            usize::from(alone != distilled)
                + usize::from(alone != distilled && distilled == labels[i] as usize)
        };
        let exam = |i: usize, new: bool| match apart(i) {
            0 => (0, new, entropy(&row(&p, i), &row(&log_p, i))),
            kind => (kind, new, f64::from(largest(&row(&sure, i)))),
        };
        let opening = |i: usize, _: bool| {
            let says = row(&p, i);
            let most = largest(&says);
            let beside = says.iter().filter(|p| **p > BESIDE).count() > 2.min(classes - 1);
            if reads(&teacher.test_logits, i) != labels[i] as usize {
                (0, false, 0.0)
            } else if beside && READABLE.contains(&most) {
                (2 + usize::from(apart(i) == 2), false, 0.0)
            } else {
                (1, false, -f64::from((most - 0.5).abs()))
            }
        };
        let taught = |i: usize, new: bool| (0, new, entropy(&row(&soft.p, i), &row(&soft.log_p, i)));
        Ok(Choice {
            opening: first(1, labels, &opening)[0],
            exam: first(EACH, labels, &exam),
            taught: first(EACH, &self.set(SampleSet::Transfer).labels, &taught),
        })
    }
}

pub(super) fn not_done() -> Error {
    Error::new("not_done", "", (), Allowed::Done)
}

/// The `most` samples that rank first, one after another; the first of equals.
fn first(most: usize, labels: &[i32], rank: &dyn Fn(usize, bool) -> Rank) -> Vec<usize> {
    let mut picked: Vec<usize> = Vec::new();
    while picked.len() < most.min(labels.len()) {
        let mut best: Option<(Rank, usize)> = None;
        for i in (0..labels.len()).filter(|i| !picked.contains(i)) {
            let of = rank(i, picked.iter().all(|&other| labels[other] != labels[i]));
            if best.is_none_or(|(most, _)| of > most) {
                best = Some((of, i));
            }
        }
        picked.extend(best.map(|(_, i)| i));
    }
    picked
}
