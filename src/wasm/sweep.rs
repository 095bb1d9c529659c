//! One seed of a sweep, in slices of time.

use super::taken::PageHandover;
use super::{Thrown, config, now, object, thrown};
use crate::answers::{SweepGift, SweepProgress};
use crate::slices::{Sliceable, Slicer};
use crate::{Error, experiment, sweep};
use wasm_bindgen::prelude::*;

/// Teachers and students alone that the sweeps of this worker have trained.
#[wasm_bindgen]
pub struct Cache(experiment::Cache);

#[wasm_bindgen]
impl Cache {
    /// An empty cache.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // JavaScript has no defaults
    pub fn new() -> Cache {
        Self(experiment::Cache::default())
    }

    /// Keeps models that another worker has trained.
    ///
    /// # Errors
    /// As [`experiment::Cache::accept`].
    pub fn accept(&mut self, from: &PageHandover) -> Result<(), Thrown> {
        self.0.accept(&from.into()).map_err(thrown)
    }
}

/// One seed of a sweep.
#[wasm_bindgen]
pub struct SweepJob {
    job: sweep::SweepJob,
    slicer: Slicer,
}

#[wasm_bindgen]
impl SweepJob {
    /// The job of one seed, over one field or two; `values` holds the points one after another, a value for each field.
    ///
    /// # Errors
    /// As [`sweep::SweepJob::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "engine.Config | string")] from: JsValue,
        over: Vec<String>,
        values: &[f64],
        seed: f64,
    ) -> Result<SweepJob, Thrown> {
        let over: Vec<&str> = over.iter().map(String::as_str).collect();
        let job = sweep::SweepJob::new(&config(from)?, &over, values, seed as u64);
        Ok(Self { job: job.map_err(thrown)?, slicer: Slicer::new() })
    }

    /// Half of the values not begun, for another worker; `null` while their teacher is being trained.
    #[wasm_bindgen(unchecked_return_type = "engine.SweepGift | null")]
    pub fn split_off(&mut self, cache: &mut Cache) -> JsValue {
        let gift =
            self.job.split_off(&mut cache.0).map(|(values, from)| SweepGift { values, from: from.into() });
        object(&gift)
    }

    /// Works for about `ms` milliseconds.
    ///
    /// # Errors
    /// None: what goes wrong is a value's own.
    #[wasm_bindgen(unchecked_return_type = "engine.SweepProgress")]
    pub fn run_for(&mut self, ms: f64, cache: &mut Cache) -> Result<JsValue, Thrown> {
        let mut whole = Whole { job: &mut self.job, cache: &mut cache.0, finished: Vec::new() };
        self.slicer.slice(&mut whole, ms, now).map_err(thrown)?;
        let rows = whole.finished.into_iter().map(Into::into).collect();
        Ok(object(&SweepProgress {
            step: self.job.steps_done(),
            steps: self.job.total_steps(&cache.0),
            rows,
            done: self.job.done(),
        }))
    }
}

/// A job of a sweep. No curve of it is drawn: its units may differ, for slices only let a message in.
struct Whole<'a> {
    job: &'a mut sweep::SweepJob,
    cache: &'a mut experiment::Cache,
    finished: Vec<sweep::Finished>,
}

impl Sliceable for Whole<'_> {
    fn kind(&self) -> u8 {
        0
    }
    fn most(&self) -> usize {
        usize::MAX
    }
    fn work(&mut self, units: usize) -> Result<usize, Error> {
        let (done, finished) = self.job.advance(units, self.cache);
        self.finished.extend(finished);
        Ok(done)
    }
}
