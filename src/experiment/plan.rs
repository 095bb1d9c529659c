//! Who trains in each phase, on what, towards what: built from the config.

use super::Experiment;
use super::batches::Batches;
use super::curve::ModelName;
use super::group::Group;
use super::learner::{Gathered, Learner};
use crate::config::{TeacherSees, Training};
use crate::loss::Objective;
use crate::rng::{Purpose, nth_stream, stream};

const TEACHER: &[ModelName] = &[ModelName::Teacher];
const STUDENTS: &[ModelName] = &[ModelName::StudentAlone, ModelName::StudentDistilled];
const DISTILLED: &[ModelName] = &[ModelName::StudentDistilled];
const REFINED: &[ModelName] = &[ModelName::StudentRefined];

impl Experiment {
    fn gathered(&self, training: &Training) -> Gathered {
        Gathered::new(training.batch_size, self.data.shape.features, self.data.shape.classes.len())
    }

    fn learner(&self, training: &Training, objective: Objective, purpose: Purpose, n: u64) -> Learner {
        let (features, classes) = (self.data.shape.features, self.data.shape.classes.len());
        let mut rng = nth_stream(self.config.seed, purpose, n);
        Learner::new(training, features, classes, self.data.test.len(), objective, &mut rng)
    }

    pub(super) fn teacher_group(&self) -> Group {
        let training = &self.config.teacher.training;
        let objective = Objective::cross_entropy(training.label_smoothing);
        let members = 0..self.config.teacher.members as u64;
        let samples = match self.config.teacher.sees {
            TeacherSees::Train => self.data.train.len(),
            TeacherSees::Transfer => self.transfer.labelled(),
        };
        let learners =
            members.clone().map(|m| self.learner(training, objective.clone(), Purpose::TeacherWeights, m));
        let batches = members.clone().map(|m| {
            let rng = nth_stream(self.config.seed, Purpose::TeacherBatches, m);
            // Labelled samples of the transfer set come first.
            Batches::new(samples, training.batch_size, rng)
        });
        Group::new(learners.collect(), TEACHER, batches.collect(), self.gathered(training), training.steps)
    }

    /// Both students: the same initial weights, the same optimiser and, where every sample keeps its label, the same
    /// batches. Where some labels are withheld, the student alone draws its batches from the labelled samples: a batch
    /// without a label would teach it nothing, and it must not seem weak for that.
    pub(super) fn student_group(&self) -> Group {
        let training = &self.config.student;
        let steps = self.config.student_steps();
        let hard = Objective::cross_entropy(training.label_smoothing);
        let batches =
            |len| Batches::new(len, training.batch_size, stream(self.config.seed, Purpose::StudentBatches));
        let size = self.transfer.labels.len();
        let labelled = self.transfer.labelled();
        let distilled =
            self.learner(training, self.config.method_setting().objective(), Purpose::StudentWeights, 0);
        if self.alone.is_some() || self.alone_elsewhere {
            return Group::new(
                vec![distilled],
                DISTILLED,
                vec![batches(size)],
                self.gathered(training),
                steps,
            );
        }
        let alone = self.learner(training, hard, Purpose::StudentWeights, 0);
        let orders = if labelled == 0 || labelled == size {
            vec![batches(size)]
        } else {
            vec![batches(labelled), batches(size)]
        };
        Group::new(vec![alone, distilled], STUDENTS, orders, self.gathered(training), steps)
    }

    pub(super) fn refine_group(&self) -> Group {
        let training = &self.config.student;
        let hard = Objective::cross_entropy(training.label_smoothing);
        let net = (*self.distilled.as_ref().expect("refining follows distilling").net).clone();
        let learner = Learner::of(net, training, self.data.test.len(), hard);
        let rng = stream(self.config.seed, Purpose::RefineBatches);
        let batches = vec![Batches::new(self.transfer.labels.len(), training.batch_size, rng)];
        Group::new(vec![learner], REFINED, batches, self.gathered(training), self.config.refine.steps)
    }
}
