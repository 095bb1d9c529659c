//! Experiments of one seed in slices of time: of a sweep, or of two settings that are compared.

use super::taken::PageHandover;
use super::{Thrown, config, now, object, read, thrown};
use crate::answers::{SweepGift, SweepProgress};
use crate::comparison::{self, Plan, Score, Sides};
use crate::config::{Config, DEFAULT_PRESET};
use crate::refusal::{Allowed, Refusal, number};
use crate::slices::{Sliceable, Slicer};
use crate::{Error, experiment, sweep};
use serde_json::Value;
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

/// The configs of a sweep; see [`sweep::configs`]. A point is a value, or a list of one for each field.
///
/// # Errors
/// As [`sweep::configs`].
#[wasm_bindgen(unchecked_return_type = "engine.Config[]")]
pub fn sweep_configs(
    #[wasm_bindgen(unchecked_param_type = "engine.Config")] from: JsValue,
    over: Vec<String>,
    #[wasm_bindgen(unchecked_param_type = "readonly SweepValue[]")] points: JsValue,
) -> Result<JsValue, Thrown> {
    let over: Vec<&str> = over.iter().map(String::as_str).collect();
    let values_of = |point: Value| match point {
        Value::Array(values) => values,
        value => vec![value],
    };
    let points: Vec<Vec<Value>> = read::<Vec<Value>>("values", points)?.into_iter().map(values_of).collect();
    let configs = sweep::configs(&config(from)?, &over, &points);
    configs.map(|configs| object(&configs)).map_err(thrown)
}

/// Two settings over the seeds that both are trained under; see [`comparison::compare`]. `scores` holds for each seed the pair of
/// results, A's and B's. `null` where there is no seed yet.
///
/// # Errors
/// As [`comparison::Plan::new`]; results that lack the models compared.
#[wasm_bindgen(unchecked_return_type = "engine.Comparison | null")]
pub fn compare(
    #[wasm_bindgen(unchecked_param_type = "engine.ComparisonPlan")] plan: JsValue,
    seeds: &[f64],
    #[wasm_bindgen(unchecked_param_type = "readonly (readonly [engine.Result, engine.Result])[]")]
    results: JsValue,
) -> Result<JsValue, Thrown> {
    let plan = Plan::read(&read("plan", plan)?).map_err(thrown)?;
    let seeds: Vec<u64> = seeds.iter().map(|&seed| seed as u64).collect();
    let pairs: Vec<Value> = read("results", results)?;
    let score = |pair: &Value| {
        Some(Sides { a: Score::read(&pair[0], plan.models.a)?, b: Score::read(&pair[1], plan.models.b)? })
    };
    match pairs.iter().map(score).collect::<Option<Vec<_>>>() {
        Some(scores) if scores.len() == seeds.len() => {
            Ok(object(&comparison::compare(&plan, &seeds, &scores)))
        }
        _ => Err(thrown(Refusal::new("wrong_type", "results", pairs.len(), Allowed::Results))),
    }
}

/// What somebody asks to have compared: see [`Plan::over`]. `a` and `b` are texts, `models` the names of the models.
///
/// # Errors
/// As [`Plan::over`].
#[wasm_bindgen(unchecked_return_type = "engine.ComparisonPlan")]
pub fn comparison_plan(
    #[wasm_bindgen(unchecked_param_type = "engine.Config")] base: JsValue,
    a: &str,
    b: &str,
    model_a: &str,
    model_b: &str,
) -> Result<JsValue, Thrown> {
    let models = Sides { a: model_a, b: model_b };
    Plan::over(&config(base)?, a, b, models).map(|plan| object(&plan)).map_err(thrown)
}

/// Experiments of one seed.
#[wasm_bindgen]
pub struct SweepJob {
    job: sweep::SweepJob,
    slicer: Slicer,
}

#[wasm_bindgen]
impl SweepJob {
    /// The job that trains each of `configs` under `seed`.
    ///
    /// # Errors
    /// What is no config.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "readonly engine.Config[]")] configs: JsValue,
        seed: f64,
    ) -> Result<SweepJob, Thrown> {
        let ground = Config::preset(DEFAULT_PRESET).map_err(thrown)?;
        let under_seed = |config: Value| ground.with(&config)?.with_field("seed", number(seed));
        let configs = read::<Vec<Value>>("configs", configs)?.into_iter().map(under_seed);
        let configs = configs.collect::<Result<_, _>>().map_err(thrown)?;
        Ok(Self { job: sweep::SweepJob::new(configs), slicer: Slicer::new() })
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
