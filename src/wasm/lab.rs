//! One experiment, in slices of time.

use super::{Thrown, config, now, object, read, thrown};
use crate::Error;
use crate::answers::{self, Prepared, Progress, Query, Slice};
use crate::experiment::{Experiment, SpeedTest};
use crate::refusal::Allowed;
use crate::slices::{Sliceable, Slicer};
use wasm_bindgen::prelude::*;

/// One experiment.
#[wasm_bindgen]
pub struct Lab {
    experiment: Experiment,
    slicer: Slicer,
    speed: Option<SpeedTest>,
}

#[wasm_bindgen]
impl Lab {
    /// The experiment of a config; as text it may be partial.
    ///
    /// # Errors
    /// As [`Config::with`] and [`Experiment::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "engine.Config | string")] from: JsValue,
    ) -> Result<Lab, Thrown> {
        let mut experiment = Experiment::new(config(from)?).map_err(thrown)?;
        experiment.keep_checkpoints();
        Ok(Self { experiment, slicer: Slicer::new(), speed: None })
    }

    /// Facts about it, before it has begun.
    #[wasm_bindgen(unchecked_return_type = "engine.Prepared")]
    pub fn prepared(&self) -> JsValue {
        object(&Prepared::of(&self.experiment))
    }

    /// Training steps done.
    pub fn steps_done(&self) -> usize {
        self.experiment.steps_done()
    }

    /// Whether nothing is left to do.
    pub fn done(&self) -> bool {
        self.experiment.done()
    }

    /// Works for about `ms` milliseconds, for `steps` training steps at most where a number is given.
    ///
    /// # Errors
    /// A loss that is not finite.
    #[wasm_bindgen(unchecked_return_type = "engine.Slice")]
    pub fn run_for(&mut self, ms: f64, steps: Option<usize>) -> Result<JsValue, Thrown> {
        let before = self.experiment.steps_done();
        let ms = match steps {
            None => self.slicer.slice(&mut Freely(&mut self.experiment), ms, now),
            Some(left) => {
                let experiment = &mut self.experiment;
                self.slicer.slice(&mut Stepwise { experiment, left }, ms, now)
            }
        };
        Ok(object(&Slice {
            ms: ms.map_err(thrown)?,
            steps: self.experiment.steps_done() - before,
            done: self.experiment.done(),
        }))
    }

    /// Where it is, and the points of its curves since the last call.
    #[wasm_bindgen(unchecked_return_type = "engine.Progress")]
    pub fn progress(&mut self) -> JsValue {
        object(&Progress::take(&mut self.experiment))
    }

    /// What it ended with.
    ///
    /// # Errors
    /// An experiment that is not done.
    #[wasm_bindgen(unchecked_return_type = "engine.Result")]
    pub fn result(&self) -> Result<JsValue, Thrown> {
        let unfinished = || Error::new("not_done", "", (), Allowed::Done);
        let outcome = self.experiment.outcome().ok_or_else(unfinished);
        outcome.map(|o| object(&o)).map_err(thrown)
    }

    /// Takes the next reading of the speed of the networks that it ended with; returns the speed after the last one. See [`SpeedTest`].
    ///
    /// # Errors
    /// As [`SpeedTest::new`] and [`SpeedTest::advance`].
    #[wasm_bindgen(unchecked_return_type = "engine.Speed | null")]
    pub fn measure_speed(&mut self) -> Result<JsValue, Thrown> {
        let mut test = match self.speed.take() {
            Some(begun) => begun,
            None => SpeedTest::new(&self.experiment).map_err(thrown)?,
        };
        let speed = test.advance(&mut now).map_err(thrown)?;
        if speed.is_none() {
            self.speed = Some(test);
        }
        Ok(object(&speed))
    }

    /// The answer to a question; see [`answers::answer`].
    ///
    /// # Errors
    /// As [`answers::answer`]; no question at all.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub fn ask(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "engine.Query")] query: JsValue,
    ) -> Result<JsValue, Thrown> {
        let query: Query = read("query", query)?;
        let answer = answers::answer(&mut self.experiment, query);
        answer.map(|a| object(&a)).map_err(thrown)
    }

    /// Goes to the checkpoint before the state of `n` steps ago; returns the steps to be replayed from there.
    pub fn rewind(&mut self, n: usize) -> usize {
        self.speed = None;
        self.experiment.rewind(n)
    }
}

/// At full speed: a chunk ends with its phase at the latest, for the next phase has another network.
struct Freely<'a>(&'a mut Experiment);

impl Sliceable for Freely<'_> {
    fn kind(&self) -> u8 {
        self.0.phase() as u8
    }
    fn most(&self) -> usize {
        let (done, due) = self.0.phase_steps();
        due - done
    }
    fn work(&mut self, units: usize) -> Result<usize, Error> {
        self.0.advance(units)
    }
}

/// Whole training steps, which are another kind of unit.
struct Stepwise<'a> {
    experiment: &'a mut Experiment,
    left: usize,
}

impl Sliceable for Stepwise<'_> {
    fn kind(&self) -> u8 {
        !(self.experiment.phase() as u8)
    }
    fn most(&self) -> usize {
        let (done, due) = self.experiment.phase_steps();
        self.left.min(due - done)
    }
    fn work(&mut self, units: usize) -> Result<usize, Error> {
        if self.left == 0 {
            return Ok(0);
        }
        let done = self.experiment.step(units.min(self.left))?;
        self.left -= done;
        Ok(done)
    }
}
