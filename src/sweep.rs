//! One seed, many points, each a value of one field or of two: what the points have in common (the teacher, usually the
//! student alone) is trained once, without changing a bit of any result.

use crate::Error;
use crate::config::{Config, fields};
use crate::experiment::cache::{Cache, Handover, same_teacher};
use crate::experiment::{Experiment, Outcome, Phase};
use crate::refusal::{Allowed, Counted};
use serde_json::Value;
use std::collections::VecDeque;

/// Most points of one sweep.
pub const MAX_POINTS: usize = 200;

/// Most fields that a sweep varies at once.
pub const MAX_AXES: usize = 2;

/// The configs of a sweep: `base` with the fields `over` at each of `points`, which has a value for each field. Every one is
/// validated.
///
/// The width of a model, `teacher.hidden` or `student.hidden`, counts as a number: every hidden layer gets that many units,
/// and a model without one gets one.
///
/// ```
/// use distill_lab::{config::Config, sweep::configs};
/// let base = Config::preset("fifty-digits")?;
/// let methods = configs(&base, &["distillation.method"], &[vec!["soft_targets".into()], vec!["hint".into()]])?;
/// assert_eq!(methods[1].to_json().matches("\"hint\"").count(), 1);
/// # Ok::<(), distill_lab::Error>(())
/// ```
///
/// # Errors
/// No field, more than [`MAX_AXES`] or one twice; a field that holds neither a number nor a word nor a switch; no points or more
/// than [`MAX_POINTS`]; a value that the field does not allow.
pub fn configs(base: &Config, over: &[&str], points: &[Vec<Value>]) -> Result<Vec<Config>, Error> {
    if over.is_empty() || over.len() > MAX_AXES || (over.len() == 2 && over[0] == over[1]) {
        return Err(Error::new("out_of_range", "over", over, Allowed::Axes));
    }
    for path in over {
        if fields::find(path).filter(sweepable).is_none() {
            let all = fields::fields().iter();
            let fields = all.filter(sweepable).map(|f| f.path).collect();
            return Err(Error::new("out_of_range", "over", *path, Allowed::SweptField { fields }));
        }
    }
    if points.is_empty() || points.len() > MAX_POINTS || points.iter().any(|p| p.len() != over.len()) {
        let allowed = Allowed::Count { of: Counted::Values, min: 1, max: MAX_POINTS };
        return Err(Error::new("out_of_range", "values", points.len(), allowed));
    }
    let mut configs = Vec::with_capacity(points.len());
    for point in points {
        // Two values may go together though one of them does not go with the other field's own: the order in which they
        // do is a larger set first, or fewer labels first, or the optimiser whose field the other one is.
        configs.push(match at(base, over, point, 0) {
            Err(_) if over.len() > 1 => at(base, over, point, 1)?,
            config => config?,
        });
    }
    Ok(configs)
}

/// Whether a sweep may vary the field.
fn sweepable(field: &&fields::Field) -> bool {
    match field.kind {
        fields::Kind::Integer { .. }
        | fields::Kind::Number { .. }
        | fields::Kind::Choice { .. }
        | fields::Kind::Boolean => true,
        fields::Kind::Integers { .. } => field.path.ends_with(".hidden"),
        _ => false,
    }
}

/// `base` with each field at its value, from the one at index `first` on; a width goes to all layers.
fn at(base: &Config, over: &[&str], values: &[Value], first: usize) -> Result<Config, Error> {
    let mut config = base.clone();
    for i in 0..over.len() {
        let i = (first + i) % over.len();
        let layers = match over[i] {
            "teacher.hidden" => config.teacher.training.hidden.len().max(1),
            "student.hidden" => config.student.hidden.len().max(1),
            _ => 0,
        };
        let value = match layers {
            0 => values[i].clone(),
            _ => Value::Array(vec![values[i].clone(); layers]),
        };
        config = config.with_field(over[i], value)?;
    }
    Ok(config)
}

/// A value's outcome, or why there is none.
pub type Finished = (usize, Result<Outcome, Error>);

/// Experiments that have much in common (the points of a sweep under one seed, two settings that are compared), made and stepped
/// one after another. One that fails takes no other with it, so that what is there in the end depends on neither order nor
/// division.
#[derive(Debug)]
pub struct SweepJob {
    configs: Vec<Config>,
    /// Values not begun, in their order.
    waiting: VecDeque<usize>,
    running: Option<(usize, Experiment)>,
    /// The config whose teacher could not be trained, and why: no other value tries the same teacher.
    failed_teacher: Option<(Config, Error)>,
    steps_done: usize,
}

impl SweepJob {
    /// The job that runs each of `configs`; a value is the index of one.
    pub fn new(configs: Vec<Config>) -> Self {
        Self {
            waiting: (0..configs.len()).collect(),
            configs,
            running: None,
            failed_teacher: None,
            steps_done: 0,
        }
    }

    /// Training steps of the whole job, as far as they are known before it has run.
    pub fn total_steps(&self, cache: &Cache) -> usize {
        let running = self.running.as_ref();
        let mut total = self.steps_done + running.map_or(0, |(_, e)| e.total_steps());
        let mut before = running.map(|(_, e)| e.config());
        for config in self.waiting.iter().map(|&i| &self.configs[i]) {
            let trained = match before {
                Some(before) => same_teacher(before, config),
                None => cache.has_teacher(config),
            };
            total += if trained { 0 } else { config.teacher.training.steps };
            total += config.student_steps() + config.refine.steps;
            before = Some(config);
        }
        total
    }

    /// Training steps done.
    pub fn steps_done(&self) -> usize {
        self.steps_done + self.running.as_ref().map_or(0, |(_, e)| e.steps_done())
    }

    /// Whether every value has its outcome.
    pub fn done(&self) -> bool {
        self.running.is_none() && self.waiting.is_empty()
    }

    /// Up to `units` units of work; returns how many were done and the values that they finished. Takes from `cache` what
    /// was trained before, and leaves there what it trains.
    pub fn advance(&mut self, units: usize, cache: &mut Cache) -> (usize, Vec<Finished>) {
        let (mut done, mut finished) = (0, Vec::new());
        while done < units && !self.done() {
            if self.running.is_none()
                && let Some(failed) = self.begin(cache)
            {
                finished.push(failed);
                continue;
            }
            let Some((value, experiment)) = &mut self.running else {
                continue;
            };
            let result = match experiment.advance(units - done) {
                Ok(units) => {
                    done += units;
                    experiment.outcome().map(Ok)
                }
                Err(error) => {
                    if experiment.phase() == Phase::Teacher {
                        self.failed_teacher = Some((experiment.config().clone(), error.clone()));
                    }
                    Some(Err(error))
                }
            };
            if let Some(result) = result {
                finished.push((*value, result));
                self.steps_done += experiment.steps_done();
                cache.keep(experiment);
                self.running = None;
            }
        }
        (done, finished)
    }

    /// Begins the next value; returns it instead where it cannot begin.
    fn begin(&mut self, cache: &Cache) -> Option<Finished> {
        let value = self.waiting.pop_front()?;
        let config = &self.configs[value];
        if let Some((failed, error)) = &self.failed_teacher
            && same_teacher(failed, config)
        {
            return Some((value, Err(error.clone())));
        }
        match Experiment::with_cache(config.clone(), cache, false) {
            Ok(experiment) => self.running = Some((value, experiment)),
            Err(error) => return Some((value, Err(error))),
        }
        None
    }

    /// Splits off half of the values not begun, the last ones, with the models trained so far: another job may run them once its
    /// cache has accepted the models. `None`: the teacher that they need is still being trained here, and would be trained
    /// twice; ask again later.
    pub fn split_off(&mut self, cache: &mut Cache) -> Option<(Vec<usize>, Handover)> {
        let keep = self.waiting.len() / 2;
        let config = match &self.running {
            Some((_, experiment)) => {
                cache.keep(experiment);
                experiment.config()
            }
            None => self.configs.first()?,
        };
        let needs_it = |&value: &usize| same_teacher(config, &self.configs[value]);
        if self.waiting.iter().skip(keep).any(needs_it) && !cache.has_teacher(config) {
            return None;
        }
        let handover = cache.hand_over(config);
        Some((self.waiting.split_off(keep).into(), handover))
    }
}
