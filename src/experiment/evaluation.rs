//! Evaluations: the points that a group's fresh test logits give.

use super::curve::{CurvePoint, ModelName, NewPoints};
use super::learner::Learner;
use super::{Experiment, Phase, ensemble};
use crate::metrics;

impl Experiment {
    /// Points of curves since the last call; see [`super::MAX_POINTS`].
    pub fn take_points(&mut self) -> NewPoints {
        self.drawn.take_new()
    }

    /// A point for every learner of the group, from its fresh test logits.
    pub(super) fn add_points(&mut self) {
        if !self.curves {
            return;
        }
        let group = self.group.as_mut().expect("only a group evaluates");
        let (labels, classes) = (self.data.test.labels(), self.data.shape.classes.len());
        let point = |step: usize, training: (f64, f64), logits: &[f32]| CurvePoint {
            step: step as u32,
            train_loss: training.0,
            train_accuracy: training.1,
            test_loss: metrics::nll_from_logits(metrics::unpadded(logits, classes), labels),
            test_accuracy: metrics::accuracy(metrics::unpadded(logits, classes), labels),
        };
        let means: Vec<(f64, f64)> = group.learners.iter_mut().map(Learner::take_training_means).collect();
        if self.phase == Phase::Teacher {
            // Members share one curve: the mean of their training figures, and their joint answer on the test set.
            let share = 1.0 / means.len() as f64;
            let mean = means.iter().fold((0.0, 0.0), |sum, m| (sum.0 + m.0 * share, sum.1 + m.1 * share));
            let logits: Vec<&[f32]> = group.learners.iter().map(|l| l.test_logits.as_slice()).collect();
            let joint = ensemble::joint_logits(&logits, classes);
            self.drawn.add(ModelName::Teacher, point(group.steps_done, mean, &joint));
            return;
        }
        for ((learner, &model), mean) in group.learners.iter().zip(group.models).zip(means) {
            self.drawn.add(model, point(learner.steps, mean, &learner.test_logits));
        }
    }
}
