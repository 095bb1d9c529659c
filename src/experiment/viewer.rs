//! A run of any config as it stands after any step, with as little trained as it takes: what a hand looks at that drags a setting,
//! or goes to and fro in a run. It is apart from the run itself, which it never disturbs.
//!
//! Three experiments answer, each for what the ones before it do not train:
//!
//! | experiment | answers for | kept until |
//! | --- | --- | --- |
//! | ground | teacher, both students | the config's teacher is another |
//! | students | both students | the config's student alone is another, too |
//! | distilled | the distilled student alone | the config's distilled student is another, too |
//!
//! Each has checkpoints. Every network has the bits that it has in a run of its own: a part of two configs that is equal leads to equal
//! bits (see [`super::Cache`]), and a student that is trained alone meets the batches that it meets beside another.

use super::cache::{same_alone, same_distilled, same_teacher};
use super::choice::not_done;
use super::curve::{ModelName, NewPoints};
use super::inspect::{PerModel, check_temperature};
use super::regions::{Regions, Window};
use super::stage::{StageAsk, StageView};
use super::transfer::TransferSet;
use super::{Cache, Choice, Experiment, StageLayer};
use crate::Error;
use crate::config::Config;
use serde::Serialize;
use std::sync::Arc;

/// What the experiment trains that answers for a config's distilled student; the rest is another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Trains {
    /// Everything.
    All,
    /// Both students.
    Students,
    /// The distilled student alone.
    Distilled,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    /// An experiment was made before there was a teacher to take over.
    Remake(usize),
    /// An experiment is on its way.
    Train(usize),
    /// What a model reads on the test set is not known yet.
    Read(ModelName),
}

/// The models, and places of the experiments that answer for them.
const MODELS: [ModelName; 3] = [ModelName::Teacher, ModelName::StudentAlone, ModelName::StudentDistilled];
const GROUND: usize = 0;
const STUDENTS: usize = 1;
const DISTILLED: usize = 2;

/// Looks at the run of one config after another.
///
/// ```
/// use distill_lab::config::Config;
/// use distill_lab::experiment::{SampleSet, StageAsk, Trains, Viewer};
/// let config = Config::from_json(r#"{ "teacher": {"steps": 30}, "student": {"steps": 20} }"#)?;
/// let warmer = config.with_json(r#"{ "distillation": {"temperature": 8} }"#)?;
/// let mut viewer = Viewer::new(config, false)?;
/// let first = StageAsk::Kept { set: SampleSet::Test, index: 0 };
/// viewer.to(40)?;
/// let at = viewer.view(&first, 4.0, 128)?;
/// assert_eq!(viewer.aim(warmer, false)?, Trains::Distilled);
/// viewer.to(40)?;
/// let then = viewer.view(&first, 4.0, 128)?;
/// assert_eq!(at.student_alone, then.student_alone);
/// assert_ne!(at.student_distilled, then.student_distilled);
/// # Ok::<(), distill_lab::Error>(())
/// ```
#[derive(Debug)]
pub struct Viewer {
    config: Config,
    /// Training steps of the whole run after which it is looked at.
    step: usize,
    curves: bool,
    /// By place; the ground is always there.
    experiments: [Option<Experiment>; 3],
}

impl Viewer {
    /// Looks at the beginning of the run of `config`; with `curves` they are drawn on the way.
    ///
    /// # Errors
    /// As [`Experiment::new`].
    pub fn new(config: Config, curves: bool) -> Result<Self, Error> {
        let experiments = [Some(ground(&config, curves)?), None, None];
        Ok(Self { config, step: 0, curves, experiments })
    }

    /// Turns to the run of `config`, with `curves` to one that draws them; it is looked at after the same step as before.
    ///
    /// # Errors
    /// As [`Experiment::new`]; the viewer is unchanged then.
    pub fn aim(&mut self, config: Config, curves: bool) -> Result<Trains, Error> {
        if !fits(&self.experiments[GROUND], &config, curves, same_teacher) {
            self.experiments = [Some(ground(&config, curves)?), None, None];
        }
        let fit = |of: &[Option<Experiment>], rule| of.iter().any(|one| fits(one, &config, curves, rule));
        if !fit(&self.experiments[..=STUDENTS], same_alone) {
            self.experiments[STUDENTS] = Some(self.ground().beside(&config, curves, false)?);
        }
        if !fit(&self.experiments, same_distilled) {
            self.experiments[DISTILLED] = Some(self.ground().beside(&config, curves, true)?);
        }
        (self.config, self.curves) = (config, curves);
        self.look(self.step);
        Ok([Trains::All, Trains::Students, Trains::Distilled][self.places()[DISTILLED]])
    }

    /// Looks at the state after `step` training steps of the whole run; beyond its end: the end.
    pub fn look(&mut self, step: usize) {
        self.step = step.min(self.config.steps());
    }

    /// Up to `units` units of the way to what is looked at; returns how many were done, fewer only where it stands there.
    ///
    /// # Errors
    /// As [`Experiment::advance`].
    pub fn advance(&mut self, units: usize) -> Result<usize, Error> {
        let mut done = 0;
        while done < units {
            let some = match self.next() {
                Some(Work::Remake(place)) => {
                    let alone_elsewhere = place == DISTILLED;
                    let made = self.ground().beside(&self.config, self.curves, alone_elsewhere)?;
                    self.experiments[place] = Some(made);
                    1
                }
                Some(Work::Train(place)) => {
                    let step = self.target(place);
                    self.experiment_mut(place).toward(step, units - done)?
                }
                Some(Work::Read(model)) => {
                    let place = self.places()[model as usize];
                    self.experiment_mut(place).read_tests(model, units - done)
                }
                None => break,
            };
            done += some;
        }
        Ok(done)
    }

    /// Looks at the state after `step` steps and goes there.
    ///
    /// # Errors
    /// As [`Experiment::advance`].
    pub fn to(&mut self, step: usize) -> Result<(), Error> {
        self.look(step);
        self.advance(usize::MAX)?;
        Ok(())
    }

    /// What is looked at, with a sample through its networks; see [`Experiment::stage`].
    ///
    /// # Errors
    /// As [`Experiment::stage`].
    pub fn view(&mut self, ask: &StageAsk, temperature: f64, units: usize) -> Result<StageView, Error> {
        check_temperature(temperature)?;
        let places = self.places();
        let (sample, x) = self.experiment(places[STUDENTS]).stage_sample(ask)?;
        let [teacher, student_alone, student_distilled] = [0, 1, 2].map(|model| {
            self.experiment_mut(places[model]).stage_model(MODELS[model], &x, temperature, units)
        });
        let is_taught = self.step >= self.config.teacher.training.steps;
        let at = self.experiment(if is_taught { places[DISTILLED] } else { GROUND });
        let (phase, (step, phase_step)) = (at.phase(), at.stage_steps());
        Ok(StageView {
            phase,
            step,
            phase_step,
            temperature,
            sample,
            teacher,
            student_alone,
            student_distilled,
        })
    }

    /// A whole layer of a model; see [`Experiment::weights`].
    ///
    /// # Errors
    /// As [`Experiment::weights`].
    pub fn weights(&self, model: ModelName, layer: usize) -> Result<StageLayer, Error> {
        self.experiment(self.places()[(model as usize).min(DISTILLED)]).weights(model, layer)
    }

    /// The fields of the plane; see [`Experiment::regions`].
    ///
    /// # Errors
    /// As [`Experiment::regions`].
    pub fn regions(&self, window: &Window, temperature: f64) -> Result<Regions, Error> {
        let [teacher, alone, distilled] =
            self.places().map(|place| self.experiment(place).regions(window, temperature));
        Ok(Regions::of(PerModel {
            teacher: teacher?.softened.teacher,
            student_alone: alone?.softened.student_alone,
            student_distilled: distilled?.softened.student_distilled,
        }))
    }

    /// Samples of the run that are worth looking at; see [`Experiment::choice`].
    ///
    /// # Errors
    /// `not_done` unless it stands at the end.
    pub fn choice(&self) -> Result<Choice, Error> {
        let [_, alone, distilled] = self.places().map(|place| self.experiment(place));
        match (&self.ground().teacher, &alone.alone) {
            (Some(teacher), Some(alone)) => distilled.choice_beside(teacher, alone),
            _ => Err(not_done()),
        }
    }

    /// Every point of the run's curves that has been drawn; all of them once it has stood at the end.
    pub fn points(&self) -> NewPoints {
        let mut all = NewPoints::default();
        for model in ModelName::ALL {
            let place = self.places()[(model as usize).min(DISTILLED)];
            for point in self.experiment(place).drawn.of(model).points() {
                all.model.push(model as u8);
                all.points.push(point);
            }
        }
        all
    }

    /// The kind of the work that comes next, whose units cost about the same, and after how many of them at most it changes; nothing
    /// where the viewer stands.
    pub fn ahead(&self) -> Option<(u8, usize)> {
        Some(match self.next()? {
            Work::Remake(_) => (0, 1),
            Work::Read(model) => (1 + model as u8, usize::MAX),
            Work::Train(place) => {
                let one = self.experiment(place);
                let (done, due) = one.phase_steps();
                (16 * (1 + place as u8) + one.phase() as u8, due - done)
            }
        })
    }

    /// The experiment that answers for the distilled student.
    pub fn distilling(&mut self) -> &mut Experiment {
        self.experiment_mut(self.places()[DISTILLED])
    }

    /// What is to be done next; nothing where it stands.
    fn next(&self) -> Option<Work> {
        let places = self.places();
        for place in places {
            let one = self.experiment(place);
            let waits = place > GROUND && one.teacher.is_none();
            if waits && self.step >= self.config.teacher.training.steps {
                return Some(Work::Remake(place));
            }
            if !waits && !self.is_enough(place) {
                return Some(Work::Train(place));
            }
        }
        let unread = |model: &&ModelName| !self.experiment(places[**model as usize]).has_read(**model);
        MODELS.iter().find(unread).copied().map(Work::Read)
    }

    /// Whether the ground is the teacher's alone, and the students are others'.
    fn only_teaches(&self, place: usize) -> bool {
        place == GROUND && self.places()[STUDENTS] > GROUND
    }

    fn target(&self, place: usize) -> usize {
        if self.only_teaches(place) { self.step.min(self.config.teacher.training.steps) } else { self.step }
    }

    fn is_enough(&self, place: usize) -> bool {
        let (one, target) = (self.experiment(place), self.target(place));
        let is_taught = self.step >= self.config.teacher.training.steps && one.teacher.is_some();
        self.only_teaches(place) && is_taught || one.stands_at(target)
    }

    /// For each model the place of the experiment that answers for it.
    fn places(&self) -> [usize; 3] {
        let first = |rule| self.experiments.iter().position(|one| fits(one, &self.config, self.curves, rule));
        [
            GROUND,
            first(same_alone).unwrap_or(STUDENTS).min(STUDENTS),
            first(same_distilled).unwrap_or(DISTILLED),
        ]
    }

    fn ground(&self) -> &Experiment {
        self.experiment(GROUND)
    }

    fn experiment(&self, place: usize) -> &Experiment {
        self.experiments[place].as_ref().expect("an experiment that answers was made")
    }

    fn experiment_mut(&mut self, place: usize) -> &mut Experiment {
        self.experiments[place].as_mut().expect("an experiment that answers was made")
    }
}

/// Whether an experiment trains, by `rule`, what `config` leads to.
fn fits(one: &Option<Experiment>, config: &Config, curves: bool, rule: fn(&Config, &Config) -> bool) -> bool {
    one.as_ref().is_some_and(|one| rule(&one.config, config) && (one.curves || !curves))
}

fn ground(config: &Config, curves: bool) -> Result<Experiment, Error> {
    let mut made = Experiment::with_cache(config.clone(), &Cache::new(0), curves)?;
    made.keep_checkpoints();
    Ok(made)
}

impl Experiment {
    /// The experiment of `config`, which leads to the same teacher and takes it over; before it is trained, one that has nothing to do. It leaves
    /// out the student alone where that is another's.
    fn beside(&self, config: &Config, curves: bool, alone_elsewhere: bool) -> Result<Self, Error> {
        let transfer = if self.config.transfer == config.transfer {
            self.transfer.clone()
        } else {
            Arc::new(TransferSet::draw(config, &self.data)?)
        };
        let mut made = Self::of(config.clone(), self.data.clone(), transfer, curves);
        made.alone_elsewhere = alone_elsewhere;
        if let Some((teacher, _)) = &self.checkpoints.taught {
            made.take_over_teacher(teacher.clone());
        }
        made.keep_checkpoints();
        Ok(made)
    }
}
