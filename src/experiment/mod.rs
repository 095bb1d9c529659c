//! An experiment is a value: a [`Config`] goes in, it is stepped, and points of curves and an [`Outcome`] come out.
//!
//! ```text
//! teacher -> soft targets -> student alone | student distilled (in lockstep) -> refine -> done
//! ```
//!
//! Work comes in small units (a training step, a part of an evaluation), so that the caller can pause between any two of them;
//! how the units are sliced never changes a bit of the result.
//!
//! | file | holds |
//! | --- | --- |
//! | `phases` | the state machine: what a unit does, what follows a phase |
//! | `plan` | who trains in each phase, on what, by which loss |
//! | `group`, `learner`, `batches` | networks in training, step by step |
//! | `curve`, `evaluation` | when the test set is evaluated, and the points that come of it |
//! | `ensemble`, `transfer` | the teacher's answers, and the samples that students see |
//! | `outcome`, `measure`, `summary`, `contrast` | what came out, of one run and of several |
//! | `validation` | samples to choose by |
//! | `cache` | what experiments take over from one another |
//! | `checkpoints`, `record` | going back, and a single step in full |
//! | `network` | a single network, fitted to samples or taught by another |
//! | `speed` | how long a sample takes on the machine at hand |
//! | `stage`, `wall`, `choice` | a run as it stands, to be drawn |
//! | `viewer` | any config at any step, training as little as it takes |
//! | `inspect`, `loss_view`, `arrays`, `regions`, `takeover` | questions to a run, answered in arrays |

mod arrays;
mod batches;
pub mod cache;
mod checkpoints;
mod choice;
pub mod contrast;
mod curve;
mod ensemble;
mod evaluation;
mod group;
mod inspect;
mod learner;
mod loss_view;
mod measure;
mod network;
mod outcome;
mod phases;
mod plan;
mod record;
mod regions;
mod speed;
mod stage;
pub mod summary;
mod takeover;
mod transfer;
mod validation;
mod viewer;
mod wall;

use crate::Error;
use crate::config::Config;
use crate::data::{self, Dataset};
use checkpoints::Checkpoints;
use curve::Drawn;
use ensemble::TrainedTeacher;
use group::Group;
use learner::{SoftTargets, Trained};
use stage::Reading;
use std::sync::Arc;
use transfer::TransferSet;

pub use cache::{Cache, Handover, PlainModel};
pub use choice::Choice;
pub use curve::{Curve, CurvePoint, Curves, MAX_POINTS, ModelName, NewPoints, is_evaluated};
pub use inspect::{DataInfo, PerModel, SampleSet, SampleView};
pub use loss_view::{LogitView, LossView};
pub use measure::measure;
pub use network::{Classifier, Network, Teacher};
pub use outcome::{Digest, ENGINE_VERSION, Outcome, Report};
pub use phases::Phase;
pub use record::{LayerNorms, Norms, Record};
pub use regions::{PlanePoints, Regions, Role, Window};
pub use speed::{NetworkSpeed, Speed, SpeedRatio, SpeedTest};
pub use stage::{StageAsk, StageLayer, StageModel, StageRole, StageSample, StageView};
pub use takeover::{Predictions, Takeover};
pub use validation::Validation;
pub use viewer::{Trains, Viewer};
pub use wall::Wall;

/// A running experiment.
#[derive(Debug)]
pub struct Experiment {
    config: Config,
    data: Arc<Dataset>,
    transfer: Arc<TransferSet>,
    /// Whether points are drawn.
    curves: bool,
    drawn: Drawn,
    phase: Phase,
    /// The learners of the current phase.
    group: Option<Group>,
    teacher: Option<Arc<TrainedTeacher>>,
    teacher_reused: bool,
    soft: Option<Arc<SoftTargets>>,
    alone: Option<Trained>,
    /// The curve of a student alone that was taken over; it is shown when the students begin.
    alone_reused: Option<Arc<Curve>>,
    /// Whether the student alone is another experiment's, which is asked for it: see [`Viewer`].
    alone_elsewhere: bool,
    distilled: Option<Trained>,
    refined: Option<Trained>,
    steps_done: usize,
    checkpoints: Checkpoints,
    /// What the teacher and the two students read, as far as that was asked for.
    readings: [Reading; 3],
}

impl Experiment {
    /// The experiment of a config, with curves.
    ///
    /// # Errors
    /// A config that [`Config::with`] accepts but whose seed leaves the transfer set empty; `data_needed` where its data has to
    /// be supplied first ([`data::supplied`]).
    pub fn new(config: Config) -> Result<Self, Error> {
        Self::with_cache(config, &Cache::new(0), true)
    }

    /// The experiment of a config, which takes over from `cache` what is equal. Without `curves` it evaluates each model once,
    /// at the end; no bit of the weights depends on either.
    ///
    /// # Errors
    /// As [`Experiment::new`].
    pub fn with_cache(config: Config, cache: &Cache, curves: bool) -> Result<Self, Error> {
        let data = match cache.data(&config) {
            Some(data) => data,
            None => Arc::new(data::load(&config.data, config.seed)?),
        };
        let transfer = Arc::new(TransferSet::draw(&config, &data)?);
        let is_usable = |curve: &Arc<Curve>| !curves || !curve.is_empty();
        let teacher = cache.teacher(&config).filter(|(_, curve)| is_usable(curve));
        let alone = cache.alone(&config).filter(|(_, curve)| is_usable(curve));
        let mut experiment = Self::of(config, data, transfer, curves);
        (experiment.alone, experiment.alone_reused) = alone.unzip();
        if let Some((teacher, curve)) = teacher {
            experiment.take_over_teacher(teacher);
            experiment.drawn.take_over(ModelName::Teacher, &curve);
        } else {
            experiment.group = Some(experiment.teacher_group());
        }
        Ok(experiment)
    }

    /// An experiment that has nothing to do yet.
    fn of(config: Config, data: Arc<Dataset>, transfer: Arc<TransferSet>, curves: bool) -> Self {
        Self {
            config,
            data,
            transfer,
            curves,
            drawn: Drawn::default(),
            phase: Phase::Teacher,
            group: None,
            teacher: None,
            teacher_reused: false,
            soft: None,
            alone: None,
            alone_reused: None,
            alone_elsewhere: false,
            distilled: None,
            refined: None,
            steps_done: 0,
            checkpoints: Checkpoints::default(),
            readings: Default::default(),
        }
    }

    fn take_over_teacher(&mut self, teacher: Arc<TrainedTeacher>) {
        self.teacher = Some(teacher);
        self.teacher_reused = true;
        self.phase = Phase::SoftTargets;
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
        self.config.steps() - self.steps_saved()
    }

    /// Training steps that reuse saves.
    fn steps_saved(&self) -> usize {
        if self.teacher_reused { self.config.teacher.training.steps } else { 0 }
    }

    /// Training steps done and due in the current phase.
    pub fn phase_steps(&self) -> (usize, usize) {
        self.group.as_ref().map_or((0, 0), |g| (g.steps_done, g.steps))
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
}
