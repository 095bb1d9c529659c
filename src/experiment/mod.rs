//! An experiment is a value: a [`Config`] goes in, it is stepped, and points of curves and an [`Outcome`] come out.
//!
//! ```text
//! teacher -> soft targets -> student alone | student distilled (in lockstep) -> refine -> done
//! ```
//!
//! Work comes in small units (a training step, a part of an evaluation), so that whoever drives it can pause between any
//! two of them; how the units are sliced never changes a bit of the result.

mod batches;
mod checkpoints;
pub mod contrast;
mod ensemble;
mod group;
mod handover;
mod inspect;
mod learner;
mod measure;
mod outcome;
mod plan;
mod record;
mod regions;
mod reuse;
mod shelf;
pub mod summary;
mod takeover;
mod transfer;

use crate::Error;
use crate::config::Config;
use crate::data::{self, Dataset};
use crate::kernels::padded;
use crate::nn::Mlp;
use checkpoints::Checkpoints;
use group::{Group, Material, Unit};
use learner::{Learner, SoftTargets, Trained};
use reuse::{Keys, TrainedTeacher, kept};
use serde::Serialize;
use std::sync::Arc;
use transfer::TransferSet;

pub use handover::Handover;
pub use inspect::{DataInfo, LossView, PerModel, SampleSet, SampleView};
pub use measure::measure;
pub use outcome::{Curve, Curves, Digest, ENGINE_VERSION, Outcome, Report};
pub use record::{LayerNorms, Norms, Record};
pub use regions::{Regions, Window};
pub use reuse::Reuse;
pub use shelf::Shelf;
pub use takeover::{Prediction, Takeover};

/// Where an experiment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The teacher learns from all labels.
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

/// A point of a curve as it is drawn: model (0 teacher, 1 alone, 2 distilled, 3 refined), step, train loss, train accuracy,
/// test loss, test accuracy.
pub type Point = [f64; 6];

/// A running experiment.
#[derive(Debug)]
pub struct Experiment {
    config: Config,
    keys: Keys,
    data: Arc<Dataset>,
    transfer: Arc<TransferSet>,
    curves: bool,
    phase: Phase,
    /// The learners of the current phase.
    group: Option<Group>,
    teacher: Option<Arc<TrainedTeacher>>,
    teacher_reused: bool,
    soft: Option<Arc<SoftTargets>>,
    alone: Option<Trained>,
    alone_reused: bool,
    distilled: Option<Trained>,
    refined: Option<Trained>,
    steps_done: usize,
    /// Every point so far, and how many of them were taken.
    points: Vec<Point>,
    told: usize,
    checkpoints: Checkpoints,
}

impl Experiment {
    /// The experiment of a config, with curves.
    ///
    /// # Errors
    /// A config that [`Config::with`] accepts but whose seed leaves the transfer set empty; `data_needed` where its data has to
    /// be supplied first ([`data::supplied`]).
    pub fn new(config: Config) -> Result<Self, Error> {
        Self::reusing(config, &Reuse::default(), true)
    }

    /// The experiment of a config, which takes over what is equal in `reuse`. Without `curves` it evaluates each model once,
    /// at the end; no bit of the weights depends on either.
    ///
    /// # Errors
    /// As [`Experiment::new`].
    pub fn reusing(config: Config, reuse: &Reuse, curves: bool) -> Result<Self, Error> {
        let keys = Keys::of(&config);
        let data = match kept(&reuse.data, &keys.data) {
            Some(data) => data.clone(),
            None => Arc::new(data::load(&config.data, config.seed)?),
        };
        let transfer = Arc::new(TransferSet::draw(&config, &data)?);
        let usable = |curve: &Curve| !curves || !curve.step.is_empty();
        let teacher = kept(&reuse.teacher, &keys.teacher)
            .filter(|t| usable(&t.curve))
            .cloned();
        let alone = kept(&reuse.alone, &keys.alone)
            .filter(|a| usable(&a.curve))
            .cloned();
        let mut experiment = Self {
            config,
            keys,
            data,
            transfer,
            curves,
            phase: Phase::Teacher,
            group: None,
            teacher_reused: teacher.is_some(),
            teacher,
            soft: None,
            alone_reused: alone.is_some(),
            alone,
            distilled: None,
            refined: None,
            steps_done: 0,
            points: Vec::new(),
            told: 0,
            checkpoints: Checkpoints::default(),
        };
        if let Some(teacher) = experiment.teacher.clone() {
            experiment.replay(0, &teacher.curve);
            experiment.phase = Phase::SoftTargets;
        } else {
            experiment.group = Some(experiment.teacher_group());
        }
        Ok(experiment)
    }

    /// Runs to the end.
    ///
    /// # Errors
    /// A loss that is not finite.
    pub fn run(mut self) -> Result<Outcome, Error> {
        while !self.done() {
            self.advance(usize::MAX)?;
        }
        Ok(self.outcome().expect("a finished experiment has an outcome"))
    }

    /// The complete config.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Where it is.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether nothing is left to do.
    pub fn done(&self) -> bool {
        self.phase == Phase::Done
    }

    /// Training steps done, of all phases; a step of both students is one.
    pub fn steps_done(&self) -> usize {
        self.steps_done
    }

    /// Training steps of all phases, without those that reuse saves.
    pub fn total_steps(&self) -> usize {
        let teacher = if self.teacher_reused {
            0
        } else {
            self.config.teacher.training.steps
        };
        teacher + self.config.student.steps + self.config.refine.steps
    }

    /// Training steps done and due in the current phase.
    pub fn phase_steps(&self) -> (usize, usize) {
        self.group.as_ref().map_or((0, 0), |g| (g.steps_done, g.steps))
    }

    /// Points of curves since the last call.
    pub fn take_points(&mut self) -> Vec<Point> {
        let new = self.points[self.told..].to_vec();
        self.told = self.points.len();
        new
    }

    /// Up to `units` units of work; returns how many were done, fewer only at the end.
    ///
    /// # Errors
    /// A loss that is not finite. The experiment stays where it was.
    pub fn advance(&mut self, units: usize) -> Result<usize, Error> {
        let mut done = 0;
        while done < units && !self.done() {
            self.unit()?;
            done += 1;
        }
        Ok(done)
    }

    /// `steps` training steps and the evaluations that are due after them; returns the steps done, fewer only at the end.
    ///
    /// # Errors
    /// As [`Experiment::advance`].
    pub fn step(&mut self, steps: usize) -> Result<usize, Error> {
        let until = self.steps_done + steps;
        let from = self.steps_done;
        while !self.done() {
            let step_is_next = self.group.as_ref().is_some_and(Group::step_is_next);
            if self.steps_done == until && step_is_next {
                break;
            }
            self.unit()?;
        }
        Ok(self.steps_done - from)
    }

    /// The outcome, once it is done.
    pub fn outcome(&self) -> Option<Outcome> {
        let (teacher, alone, distilled) = (
            self.teacher.as_ref()?,
            self.alone.as_ref()?,
            self.distilled.as_ref()?,
        );
        if !self.done() {
            return None;
        }
        let (classes, labels) = (self.data.shape.classes.len(), &self.data.test.labels);
        let student = |trained: &Trained| {
            let net = std::iter::once(&*trained.net);
            Report::new(
                net,
                &trained.test_logits,
                classes,
                labels,
                Some(&teacher.test_logits),
            )
        };
        Some(Outcome {
            config: self.config.clone(),
            engine_version: ENGINE_VERSION.into(),
            digest: self.digest()?,
            teacher: Report::new(teacher.nets(), &teacher.test_logits, classes, labels, None),
            student_alone: student(alone),
            student_distilled: student(distilled),
            student_refined: self.refined.as_ref().map(student),
            curves: self.curves.then(|| self.drawn_curves()).flatten(),
        })
    }

    /// What another experiment may take over from this one so far.
    pub fn reuse(&self) -> Reuse {
        Reuse {
            data: Some((self.keys.data.clone(), self.data.clone())),
            teacher: self.teacher.clone().map(|t| (self.keys.teacher.clone(), t)),
            alone: self.alone.clone().map(|a| (self.keys.alone.clone(), a)),
        }
    }

    /// Every network trained to its end so far, in the order of the digest: `teacher` (several members: `teacher_0`, ...),
    /// `student_alone`, `student_distilled`, `student_refined`.
    #[cold]
    pub fn networks(&self) -> Vec<(String, &Mlp)> {
        let mut networks: Vec<(String, &Mlp)> = Vec::new();
        if let Some(teacher) = &self.teacher {
            let several = teacher.members.len() > 1;
            for (m, net) in teacher.nets().enumerate() {
                let name = if several {
                    format!("teacher_{m}")
                } else {
                    "teacher".into()
                };
                networks.push((name, net));
            }
        }
        for (name, trained) in [
            ("student_alone", &self.alone),
            ("student_distilled", &self.distilled),
            ("student_refined", &self.refined),
        ] {
            if let Some(trained) = trained {
                networks.push((name.into(), &trained.net));
            }
        }
        networks
    }

    /// The digest of every final weight, once it is done.
    #[cold]
    pub fn digest(&self) -> Option<String> {
        let mut digest = Digest::default();
        for (_, net) in self.networks() {
            digest.add(net);
        }
        self.done().then(|| digest.hex())
    }

    /// The curves drawn, once it is done.
    #[cold]
    pub fn drawn_curves(&self) -> Option<Curves> {
        if !self.done() {
            return None;
        }
        Some(Curves {
            teacher: self.teacher.as_ref()?.curve.copied(),
            student_alone: self.alone.as_ref()?.curve.copied(),
            student_distilled: self.distilled.as_ref()?.curve.copied(),
            student_refined: self.refined.as_ref().map(|r| r.curve.copied()),
        })
    }

    fn unit(&mut self) -> Result<(), Error> {
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
        self.checkpoints.take(self.steps_done, group);
        let material = material(
            self.phase,
            &self.data,
            &self.transfer,
            self.soft.as_deref(),
            self.curves,
        );
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

    /// A point for every learner of the group, from its fresh test logits.
    fn add_points(&mut self) {
        let group = self.group.as_mut().expect("only a group evaluates");
        let labels = &self.data.test.labels;
        let mut add = |model: usize, point: [f64; 5]| {
            if self.curves {
                self.points
                    .push([model as f64, point[0], point[1], point[2], point[3], point[4]]);
            }
        };
        match self.phase {
            Phase::Teacher => {
                // Members share one curve: the mean of their training figures, and their joint answer on the test set.
                let means: Vec<(f64, f64)> = group
                    .learners
                    .iter_mut()
                    .map(Learner::take_training_means)
                    .collect();
                let share = 1.0 / means.len() as f64;
                let mean = means
                    .iter()
                    .fold((0.0, 0.0), |sum, m| (sum.0 + m.0 * share, sum.1 + m.1 * share));
                let logits: Vec<&[f32]> = group.learners.iter().map(|l| l.test_logits.as_slice()).collect();
                let joint = ensemble::joint_logits(&logits, self.data.shape.classes.len());
                add(0, group.learners[0].add_point(labels, &joint, mean));
            }
            _ => {
                let first = if self.phase == Phase::Refine {
                    3
                } else {
                    3 - group.learners.len()
                };
                for (i, learner) in group.learners.iter_mut().enumerate() {
                    let means = learner.take_training_means();
                    let logits = std::mem::take(&mut learner.test_logits);
                    add(first + i, learner.add_point(labels, &logits, means));
                    learner.test_logits = logits;
                }
            }
        }
    }

    fn end_phase(&mut self) {
        let group = self.group.take().expect("a phase that ends had a group");
        let mut trained: Vec<Trained> = group.learners.into_iter().map(Learner::into_trained).collect();
        match self.phase {
            Phase::Teacher => {
                let logits: Vec<&[f32]> = trained.iter().map(|m| m.test_logits.as_slice()).collect();
                let test_logits = ensemble::joint_logits(&logits, self.data.shape.classes.len());
                let curve = std::mem::take(&mut trained[0].curve);
                self.teacher = Some(Arc::new(TrainedTeacher {
                    members: trained,
                    curve,
                    test_logits,
                }));
                self.phase = Phase::SoftTargets;
            }
            Phase::Students => {
                self.distilled = trained.pop();
                self.alone = trained.pop().or(self.alone.take());
                if self.config.refine.steps > 0 {
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
        let teacher = self
            .teacher
            .as_ref()
            .expect("the teacher is trained before its soft targets are taken");
        let logits: Vec<Vec<f32>> = teacher
            .nets()
            .map(|net| ensemble::logits_of(net, &self.transfer.samples))
            .collect();
        let rows: Vec<&[f32]> = logits.iter().map(Vec::as_slice).collect();
        let classes = self.data.shape.classes.len();
        let soft = ensemble::soft_targets(&rows, classes, self.config.distillation.temperature);
        self.soft = Some(Arc::new(soft));
    }

    fn begin_students(&mut self) {
        let group = self.student_group();
        if let Some(alone) = self.alone.clone() {
            self.replay(1, &alone.curve);
        }
        self.group = Some(group);
        self.phase = Phase::Students;
    }

    /// Gives the points of a curve that was trained before.
    fn replay(&mut self, model: usize, curve: &Curve) {
        if self.curves {
            self.points.extend((0..curve.step.len()).map(|i| {
                let step = f64::from(curve.step[i]);
                [
                    model as f64,
                    step,
                    curve.train_loss[i],
                    curve.train_accuracy[i],
                    curve.test_loss[i],
                    curve.test_accuracy[i],
                ]
            }));
        }
    }

    /// Width of a row of logits.
    fn stride(&self) -> usize {
        padded(self.data.shape.classes.len())
    }
}

/// What the learners of a phase learn from.
fn material<'a>(
    phase: Phase,
    data: &'a Dataset,
    transfer: &'a TransferSet,
    soft: Option<&'a SoftTargets>,
    curves: bool,
) -> Material<'a> {
    let (samples, labels, soft) = if phase == Phase::Teacher {
        (&data.train, &data.train.labels, None)
    } else {
        (&transfer.samples, &transfer.labels, soft)
    };
    Material {
        samples,
        labels,
        soft,
        test: &data.test,
        curves,
    }
}
