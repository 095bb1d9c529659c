//! The state machine: what a unit of work does in each phase, and which phase follows.

use super::Experiment;
use super::curve::ModelName;
use super::ensemble::{self, TrainedTeacher};
use super::group::{Group, Material, Unit};
use super::learner::{Learner, SoftTargets, Trained};
use super::transfer::TransferSet;
use crate::Error;
use crate::config::TeacherSees;
use crate::data::Dataset;
use crate::nn::Mlp;
use serde::Serialize;
use std::sync::Arc;

/// Where an experiment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The teacher learns from labels.
    Teacher,
    /// The teacher's logits on the transfer set are taken down and softened.
    SoftTargets,
    /// Both students learn, in lockstep.
    Students,
    /// The distilled student goes on with hard labels alone.
    Refine,
    /// Nothing is left to do.
    Done,
}

impl Experiment {
    pub(super) fn unit(&mut self) -> Result<(), Error> {
        match self.phase {
            Phase::SoftTargets => {
                self.take_soft_targets();
                self.begin_students();
                return Ok(());
            }
            Phase::Done => return Ok(()),
            Phase::Teacher | Phase::Students | Phase::Refine => {}
        }
        let group = self.group.as_mut().expect("a training phase has a group");
        self.checkpoints.take(self.phase, self.steps_done, group);
        let sees = self.config.teacher.sees;
        let material =
            material(self.phase, sees, &self.data, &self.transfer, self.soft.as_deref(), self.curves);
        match group.advance(&material)? {
            Unit::Step => self.steps_done += 1,
            Unit::Part => {}
            Unit::Evaluated => self.add_points(),
        }
        if self.group.as_ref().is_some_and(Group::done) {
            self.end_phase();
        }
        Ok(())
    }

    fn end_phase(&mut self) {
        let group = self.group.take().expect("a phase that ends had a group");
        let mut trained: Vec<Trained> = group.learners.into_iter().map(Learner::into_trained).collect();
        match self.phase {
            Phase::Teacher => {
                let teacher = TrainedTeacher::new(trained, self.data.shape.classes.len());
                self.teacher = Some(Arc::new(teacher));
                self.phase = Phase::SoftTargets;
            }
            Phase::Students => {
                self.distilled = trained.pop();
                self.alone = trained.pop().or(self.alone.take());
                if self.config.refine.steps > 0 {
                    let alone = self.alone.clone().filter(|_| self.alone_reused.is_none());
                    self.checkpoints.students = self.distilled.clone().map(|distilled| (alone, distilled));
                    self.group = Some(self.refine_group());
                    self.phase = Phase::Refine;
                } else {
                    self.phase = Phase::Done;
                }
            }
            Phase::Refine => {
                self.refined = trained.pop();
                self.phase = Phase::Done;
            }
            Phase::SoftTargets | Phase::Done => unreachable!("these phases train nothing"),
        }
    }

    fn take_soft_targets(&mut self) {
        let teacher =
            self.teacher.as_ref().expect("the teacher is trained before its soft targets are taken");
        let logits: Vec<Vec<f32>> =
            teacher.nets().map(|net| ensemble::logits_of(net, &self.transfer.samples)).collect();
        let rows: Vec<&[f32]> = logits.iter().map(Vec::as_slice).collect();
        let classes = self.data.shape.classes.len();
        let mut soft = ensemble::soft_targets(&rows, classes, self.config.distillation.temperature);
        if let Some(layer) = self.config.method_setting().teacher_layer() {
            let samples = &self.transfer.samples;
            let rows = samples.x.chunks_exact(samples.x.len() / samples.len());
            let nets: Vec<&Mlp> = teacher.nets().collect();
            (soft.hidden, soft.hidden_units) = ensemble::hidden_of(&nets, rows, layer);
        }
        let soft = Arc::new(soft);
        self.checkpoints.taught = Some((teacher.clone(), soft.clone()));
        self.soft = Some(soft);
    }

    fn begin_students(&mut self) {
        self.group = Some(self.student_group());
        self.show_alone_reused();
        self.phase = Phase::Students;
    }

    pub(super) fn show_alone_reused(&mut self) {
        if let Some(curve) = &self.alone_reused {
            self.drawn.take_over(ModelName::StudentAlone, curve);
        }
    }
}

/// What the learners of a phase learn from.
pub(super) fn material<'a>(
    phase: Phase,
    sees: TeacherSees,
    data: &'a Dataset,
    transfer: &'a TransferSet,
    soft: Option<&'a SoftTargets>,
    curves: bool,
) -> Material<'a> {
    let (samples, labels, soft) = match (phase, sees) {
        (Phase::Teacher, TeacherSees::Train) => (&data.train, &data.train.labels, None),
        (Phase::Teacher, TeacherSees::Transfer) => (&transfer.samples, &transfer.labels, None),
        _ => (&transfer.samples, &transfer.labels, soft),
    };
    Material { samples, labels, soft, test: &data.test, curves }
}
