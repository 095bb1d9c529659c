//! One seed, many values of one field: what the values have in common (the teacher, usually the student alone) is trained
//! once, without changing a bit of any result.

use crate::config::{Config, fields};
use crate::experiment::{Experiment, Outcome, Reuse};
use crate::{Error, json};
use serde_json::Value;

/// Most values of one sweep.
pub const MAX_VALUES: usize = 200;

/// The experiments of one seed, one for each value, made and stepped one after another.
#[derive(Debug)]
pub struct SweepJob {
    configs: Vec<Config>,
    next: usize,
    running: Option<Experiment>,
    reuse: Reuse,
    steps_done: usize,
}

impl SweepJob {
    /// The job that runs `base` with the field `over` at each of `values`, under `seed`. Every value is validated first.
    ///
    /// # Errors
    /// A field that is not a number, no values or more than [`MAX_VALUES`], a value that the field does not allow.
    pub fn new(base: &Config, over: &str, values: &[f64], seed: u64) -> Result<Self, Error> {
        if !matches!(
            fields::find(over).map(|f| f.kind),
            Some(fields::Kind::Integer { .. } | fields::Kind::Number { .. })
        ) {
            let numeric = |f: &&fields::Field| {
                matches!(f.kind, fields::Kind::Integer { .. } | fields::Kind::Number { .. })
            };
            let names: Vec<&str> = fields::FIELDS.iter().filter(numeric).map(|f| f.path).collect();
            let message = format!(
                "over: got {}; allowed: a numeric field: {}",
                json::text(&over),
                names.join(", ")
            );
            return Err(Error::at("out_of_range", "over", message));
        }
        if values.is_empty() || values.len() > MAX_VALUES {
            let message = format!("values: got {} values; allowed: 1 to {MAX_VALUES}", values.len());
            return Err(Error::at("out_of_range", "values", message));
        }
        let base = base.with_field("seed", seed.into())?;
        let configs = values
            .iter()
            .map(|&v| base.with_field(over, number(v)))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            configs,
            next: 0,
            running: None,
            reuse: Reuse::default(),
            steps_done: 0,
        })
    }

    /// Training steps of the whole job, as far as they are known before it has run.
    pub fn total_steps(&self) -> usize {
        let mut total = 0;
        let mut before: Option<&Config> = None;
        for config in &self.configs {
            let same = before.is_some_and(|b| {
                b.seed == config.seed && b.data == config.data && b.teacher == config.teacher
            });
            total += if same { 0 } else { config.teacher.training.steps };
            total += config.student.steps + config.refine.steps;
            before = Some(config);
        }
        total
    }

    /// Training steps done.
    pub fn steps_done(&self) -> usize {
        self.steps_done + self.running.as_ref().map_or(0, Experiment::steps_done)
    }

    /// Whether every value has its outcome.
    pub fn done(&self) -> bool {
        self.next == self.configs.len()
    }

    /// Up to `units` units of work; returns how many were done and the outcomes that they finished, by value.
    ///
    /// # Errors
    /// As [`Experiment::advance`].
    pub fn advance(&mut self, units: usize) -> Result<(usize, Vec<(usize, Outcome)>), Error> {
        let (mut done, mut finished) = (0, Vec::new());
        while done < units && !self.done() {
            let experiment = match &mut self.running {
                Some(experiment) => experiment,
                empty => empty.insert(Experiment::reusing(
                    self.configs[self.next].clone(),
                    &self.reuse,
                    false,
                )?),
            };
            done += experiment.advance(units - done)?;
            if experiment.done() {
                let outcome = experiment
                    .outcome()
                    .expect("a finished experiment has an outcome");
                self.reuse = experiment.reuse();
                self.steps_done += experiment.steps_done();
                self.running = None;
                finished.push((self.next, outcome));
                self.next += 1;
            }
        }
        Ok((done, finished))
    }
}

/// A whole number stays one, so that integer fields accept it.
fn number(value: f64) -> Value {
    // JSON has no NaN: its name, as text, is what the error then shows.
    serde_json::Number::from_f64(value).map_or_else(|| Value::from(json::number(value)), Value::Number)
}
