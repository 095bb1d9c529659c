//! The engine as the worker sees it: the only file that knows the browser.
//!
//! Configs, results and answers cross as JSON text, the same that the command line reads and writes; points of curves as typed
//! arrays. Every error is thrown as an `Error` whose message is the JSON of [`crate::Error`]; a panic as one whose message
//! starts with `panic: `, after which the instance is of no more use.

mod record;
mod supply;

use crate::config::{Config, DEFAULT_PRESET, fields as all_fields, presets as all_presets};
use crate::experiment::contrast::contrast as contrast_of;
use crate::experiment::summary::{Figures, summarise as summarise_figures};
use crate::experiment::{self, Experiment, SampleSet};
use crate::export;
use crate::field::Kind;
use crate::refusal::{Allowed, Counted, Refusal};
use crate::sweep;
use serde::Serialize;
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| {
        wasm_bindgen::throw_str(&format!("panic: {info}"))
    }));
}

type Thrown = JsError;

fn thrown(error: Refusal) -> Thrown {
    JsError::new(&json(&error))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data has a JSON form")
}

/// The engine's version.
#[wasm_bindgen]
pub fn version() -> String {
    experiment::ENGINE_VERSION.into()
}

/// JSON of every preset.
#[wasm_bindgen]
pub fn presets() -> String {
    json(&all_presets())
}

/// JSON of every field of the config.
#[wasm_bindgen]
pub fn fields() -> String {
    json(&all_fields::fields())
}

/// JSON of every method: [`crate::distil::descriptions`].
#[wasm_bindgen]
pub fn methods() -> String {
    json(&crate::distil::descriptions())
}

/// JSON of every data set.
#[wasm_bindgen]
pub fn data_sets() -> String {
    json(&crate::data::DATA_SETS)
}

/// The complete text of `base` with `partial` laid over it; `base` may be empty, for the default preset.
///
/// # Errors
/// As [`Config::with`].
#[wasm_bindgen]
pub fn normalise(base: &str, partial: &str) -> Result<String, Thrown> {
    let base = if base.is_empty() {
        Config::preset(DEFAULT_PRESET)
    } else {
        Config::from_json(base)
    };
    base.and_then(|b| b.with_json(partial))
        .map(|c| c.to_json())
        .map_err(thrown)
}

/// JSON of the summary of results (JSON, an array; curves are not needed).
///
/// # Errors
/// Text that is not an array of at least one result.
#[wasm_bindgen]
pub fn summarise(results: &str) -> Result<String, Thrown> {
    let refuse = || thrown(Refusal::new("wrong_type", "results", results, Allowed::Results));
    let value: serde_json::Value = serde_json::from_str(results).map_err(|_| refuse())?;
    let figures: Option<Vec<Figures>> = value
        .as_array()
        .and_then(|list| list.iter().map(Figures::read).collect());
    match figures {
        Some(figures) if !figures.is_empty() => Ok(json(&summarise_figures(&figures))),
        _ => Err(refuse()),
    }
}

/// How the points of a sweep compare; see [`experiment::contrast::contrast`]. `accuracies` holds `[points, seeds, 2]`: student
/// alone and distilled, NaN where a training is missing; compared is the distilled student's accuracy, or the `gain`.
///
/// The leader's index (-1: no result yet), 1 where it is clearly best, then for each point three numbers: paired seeds, mean
/// and half width (NaN: none) of how far it is behind.
#[wasm_bindgen]
pub fn contrast(accuracies: &[f64], seeds: usize, gain: bool) -> Vec<f64> {
    let mut scores = Vec::with_capacity(accuracies.len() / 2);
    for pair in accuracies.chunks_exact(2) {
        scores.push(if gain { pair[1] - pair[0] } else { pair[1] });
    }
    let Some(found) = contrast_of(&scores, seeds) else {
        return vec![-1.0];
    };
    let mut out = vec![found.leader as f64, f64::from(u8::from(found.clear))];
    for behind in found.behind {
        let (seeds, by) = behind.map_or((0, None), |b| (b.seeds, Some(b.by)));
        out.push(seeds as f64);
        out.push(by.map_or(f64::NAN, |by| by.mean));
        out.push(by.and_then(|by| by.ci95).unwrap_or(f64::NAN));
    }
    out
}

/// A seed from the browser's own randomness, small enough to read aloud.
#[wasm_bindgen]
pub fn fresh_seed() -> u32 {
    getrandom::u32().map_or(1, |n| n % 100_000)
}

/// One experiment.
#[wasm_bindgen]
pub struct Lab {
    experiment: Experiment,
}

#[wasm_bindgen]
impl Lab {
    /// The experiment of a config, which may be partial.
    ///
    /// # Errors
    /// As [`Config::from_json`] and [`Experiment::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Result<Lab, Thrown> {
        let mut experiment = Config::from_json(config)
            .and_then(Experiment::new)
            .map_err(thrown)?;
        experiment.keep_checkpoints();
        Ok(Self { experiment })
    }

    /// The complete config.
    pub fn config(&self) -> String {
        self.experiment.config().to_json()
    }

    /// JSON of facts about the data.
    pub fn data_info(&self) -> String {
        json(&self.experiment.data_info())
    }

    /// Training steps of all phases.
    pub fn total_steps(&self) -> usize {
        self.experiment.total_steps()
    }

    /// Training steps done.
    pub fn steps_done(&self) -> usize {
        self.experiment.steps_done()
    }

    /// Index of the phase.
    pub fn phase(&self) -> u8 {
        self.experiment.phase() as u8
    }

    /// Training steps done in the phase.
    pub fn phase_steps_done(&self) -> usize {
        self.experiment.phase_steps().0
    }

    /// Training steps of the phase.
    pub fn phase_steps(&self) -> usize {
        self.experiment.phase_steps().1
    }

    /// Up to `units` units of work; returns how many were done.
    ///
    /// # Errors
    /// A loss that is not finite.
    pub fn advance(&mut self, units: usize) -> Result<usize, Thrown> {
        self.experiment.advance(units).map_err(thrown)
    }

    /// `n` training steps and the evaluations due after them; returns the steps done.
    ///
    /// # Errors
    /// A loss that is not finite.
    pub fn step(&mut self, n: usize) -> Result<usize, Thrown> {
        self.experiment.step(n).map_err(thrown)
    }

    /// Whether nothing is left to do.
    pub fn done(&self) -> bool {
        self.experiment.done()
    }

    /// Points since the last call, six numbers each.
    pub fn take_points(&mut self) -> Vec<f64> {
        let new = self.experiment.take_points();
        let mut out = Vec::with_capacity(6 * new.model.len());
        for (&model, p) in new.model.iter().zip(new.points.points()) {
            let step = f64::from(p.step);
            out.extend([
                f64::from(model),
                step,
                p.train_loss,
                p.train_accuracy,
                p.test_loss,
                p.test_accuracy,
            ]);
        }
        out
    }

    /// JSON of the outcome.
    ///
    /// # Errors
    /// An experiment that is not done.
    pub fn result(&self) -> Result<String, Thrown> {
        let unfinished = || thrown(Refusal::new("not_done", "", (), Allowed::Done));
        self.experiment.outcome().map(|o| json(&o)).ok_or_else(unfinished)
    }

    /// JSON of a sample of the set `test` or `transfer`, softened at `temperature`.
    ///
    /// # Errors
    /// As [`Experiment::sample`]; a set of another name.
    pub fn sample(&self, set: &str, index: usize, temperature: f64) -> Result<String, Thrown> {
        let set = match set {
            "test" => SampleSet::Test,
            "transfer" => SampleSet::Transfer,
            other => {
                let allowed = Kind::Choice {
                    choices: &["test", "transfer"],
                };
                return Err(thrown(Refusal::new("out_of_range", "set", other, allowed)));
            }
        };
        self.experiment
            .sample(set, index, temperature)
            .map(|view| json(&view))
            .map_err(thrown)
    }

    /// JSON of the loss of a transfer sample, or `null`.
    ///
    /// # Errors
    /// As [`Experiment::loss`].
    pub fn loss(&self, index: usize, temperature: f64, alpha: f64) -> Result<String, Thrown> {
        self.experiment
            .loss(index, temperature, alpha)
            .map(|view| json(&view))
            .map_err(thrown)
    }

    /// JSON of each model's probabilities for an input, softened at `temperature`.
    ///
    /// # Errors
    /// As [`Experiment::predict`].
    pub fn predict(&self, input: &[f64], temperature: f64) -> Result<String, Thrown> {
        let input: Vec<f32> = input.iter().map(|&v| v as f32).collect();
        let input = ndarray::aview1(&input).insert_axis(ndarray::Axis(0));
        self.experiment
            .predict(input, temperature)
            .map(|p| json(&p.map(|p| p.iter().copied().collect::<Vec<f32>>())))
            .map_err(thrown)
    }
}

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

    /// Keeps models that another worker has trained: the parts of a [`SweepGift`].
    ///
    /// # Errors
    /// As [`experiment::Cache::accept`].
    pub fn accept(&mut self, config: String, numbers: &[f32], alone: bool) -> Result<(), Thrown> {
        let mut rest = numbers;
        let mut next = |len: usize| -> Vec<f32> {
            let (part, after) = rest.split_at(len.min(rest.len()));
            rest = after;
            part.to_vec()
        };
        let mut models = Vec::new();
        while let [parameters, logits] = next(2)[..] {
            models.push(experiment::PlainModel {
                parameters: next(parameters as usize),
                test_logits: next(logits as usize),
            });
        }
        let student_alone = if alone { models.pop() } else { None };
        let handover = experiment::Handover {
            config,
            teacher: models,
            student_alone,
        };
        self.0.accept(&handover).map_err(thrown)
    }
}

/// One seed of a sweep.
#[wasm_bindgen]
pub struct SweepJob {
    job: sweep::SweepJob,
    rows: VecDeque<sweep::Finished>,
}

/// A value that is done: `text` is its result's JSON, or its error's where it `failed`.
#[wasm_bindgen(getter_with_clone)]
pub struct SweepRow {
    /// Index of the value.
    pub value: usize,
    /// Whether `text` is an error.
    pub failed: bool,
    /// JSON.
    pub text: String,
}

/// Values given away: see [`sweep::SweepJob::split_off`].
#[wasm_bindgen(getter_with_clone)]
pub struct SweepGift {
    /// Indices of the values.
    pub values: Vec<usize>,
    /// The config whose models `numbers` are.
    pub config: String,
    /// The teacher's members, then the student alone: of each two lengths, then so many parameters and test logits.
    pub numbers: Vec<f32>,
    /// Whether the teacher is among them.
    pub teacher: bool,
    /// Whether the student alone is among them.
    pub alone: bool,
}

#[wasm_bindgen]
impl SweepJob {
    /// The job of one seed; `over` names one field, or two with a comma between them.
    ///
    /// # Errors
    /// As [`sweep::SweepJob::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, over: &str, values: &[f64], seed: f64) -> Result<SweepJob, Thrown> {
        let pair: [&str; 2];
        let over = match over.rsplit_once(',') {
            Some((one, other)) => {
                pair = [one, other];
                &pair[..]
            }
            None => std::slice::from_ref(&over),
        };
        let job =
            Config::from_json(config).and_then(|base| sweep::SweepJob::new(&base, over, values, seed as u64));
        Ok(Self {
            job: job.map_err(thrown)?,
            rows: VecDeque::new(),
        })
    }

    /// Half of the values not begun, for another worker; nothing while their teacher is being trained.
    pub fn split_off(&mut self, cache: &mut Cache) -> Option<SweepGift> {
        let (values, handover) = self.job.split_off(&mut cache.0)?;
        let mut numbers = Vec::new();
        for model in handover.teacher.iter().chain(&handover.student_alone) {
            // Lengths are far below 2^24, up to which an f32 holds every whole number.
            numbers.extend([model.parameters.len() as f32, model.test_logits.len() as f32]);
            numbers.extend_from_slice(&model.parameters);
            numbers.extend_from_slice(&model.test_logits);
        }
        Some(SweepGift {
            values,
            config: handover.config,
            numbers,
            teacher: !handover.teacher.is_empty(),
            alone: handover.student_alone.is_some(),
        })
    }

    /// Training steps of the whole job.
    pub fn total_steps(&self, cache: &Cache) -> usize {
        self.job.total_steps(&cache.0)
    }

    /// Training steps done.
    pub fn steps_done(&self) -> usize {
        self.job.steps_done()
    }

    /// Up to `units` units of work; returns how many were done.
    pub fn advance(&mut self, units: usize, cache: &mut Cache) -> usize {
        let (done, finished) = self.job.advance(units, &mut cache.0);
        self.rows.extend(finished);
        done
    }

    /// Whether every value has its result.
    pub fn done(&self) -> bool {
        self.job.done()
    }

    /// The next row that is finished and has not been taken.
    pub fn take_row(&mut self) -> Option<SweepRow> {
        let (value, result) = self.rows.pop_front()?;
        let failed = result.is_err();
        let text = result.map_or_else(|error| json(&error), |outcome| json(&outcome));
        Some(SweepRow { value, failed, text })
    }
}

#[wasm_bindgen]
impl Lab {
    /// The curves as comma-separated values.
    ///
    /// # Errors
    /// An experiment that is not done.
    pub fn csv(&self) -> Result<String, Thrown> {
        let curves = self.experiment.drawn_curves();
        let unfinished = || Refusal::new("not_done", "", (), Allowed::Done);
        curves
            .map(|c| export::csv::csv(&c))
            .ok_or_else(|| thrown(unfinished()))
    }

    /// Every weight, as a safetensors file.
    ///
    /// # Errors
    /// An experiment that is not done.
    pub fn safetensors(&self) -> Result<Vec<u8>, Thrown> {
        export::safetensors::safetensors(&self.experiment).map_err(thrown)
    }

    /// Two shares of the grid (`[alone, distilled]`, where they agree with the teacher), then each model's softened
    /// probabilities `[rows, columns, classes]`, of teacher, alone, distilled; NaN for what does not exist yet.
    /// `bounds` is `[x from, to, y from, to]`.
    ///
    /// # Errors
    /// As [`Experiment::regions`].
    pub fn regions(
        &self,
        bounds: &[f64],
        columns: usize,
        rows: usize,
        temperature: f64,
    ) -> Result<Vec<f32>, Thrown> {
        let &[x0, x1, y0, y1] = bounds else {
            let allowed = Allowed::Count {
                of: Counted::Numbers,
                min: 4,
                max: 4,
            };
            return Err(thrown(Refusal::new(
                "out_of_range",
                "bounds",
                bounds.len(),
                allowed,
            )));
        };
        let window = experiment::Window {
            x: (x0, x1),
            y: (y0, y1),
            columns,
            rows,
        };
        let regions = self.experiment.regions(&window, temperature).map_err(thrown)?;
        let size = rows * columns * self.experiment.data_info().classes.len();
        let mut out: Vec<f32> = regions
            .agreement
            .map(|a| a.map_or(f32::NAN, |a| a as f32))
            .to_vec();
        let p = regions.softened;
        for model in [p.teacher, p.student_alone, p.student_distilled] {
            append(
                &mut out,
                model.as_ref().and_then(|p| p.as_slice()),
                size,
                f32::NAN,
            );
        }
        Ok(out)
    }

    /// Four numbers for each point of a data set in the plane: x, y, label, role.
    ///
    /// # Errors
    /// As [`Experiment::points`].
    pub fn points(&self) -> Result<Vec<f32>, Thrown> {
        let points = self.experiment.points().map_err(thrown)?;
        let point = |i: usize| {
            let (label, role) = (f32::from(points.label[i]), f32::from(points.role[i]));
            [points.x[i], points.y[i], label, role]
        };
        Ok((0..points.x.len()).flat_map(point).collect())
    }

    /// The matrix of likeness, `[classes, classes]` or nothing; then the bins of the three models' reliability, three
    /// numbers each, NaN for a model that is not trained.
    ///
    /// # Errors
    /// As [`Experiment::takeover`].
    pub fn takeover(&self, temperature: f64) -> Result<Vec<f64>, Thrown> {
        let took = self.experiment.takeover(temperature).map_err(thrown)?;
        let mut out: Vec<f64> = took.similarity.into_iter().flatten().collect();
        let r = took.reliability;
        for model in [&r.teacher, &r.student_alone, &r.student_distilled] {
            let bins = model.as_deref().map(<[_]>::as_flattened);
            append(&mut out, bins, 3 * crate::metrics::BINS, f64::NAN);
        }
        Ok(out)
    }

    /// Four bytes for each test sample: its label, and what teacher, student alone and distilled take it for; none
    /// before all are trained.
    ///
    /// # Errors
    /// As [`Experiment::takeover`].
    pub fn predictions(&self) -> Result<Vec<u8>, Thrown> {
        let took = self.experiment.takeover(1.0).map_err(thrown)?;
        let Some(p) = took.predictions else {
            return Ok(Vec::new());
        };
        let row = |i: usize| {
            [
                p.label[i],
                p.teacher[i],
                p.student_alone[i],
                p.student_distilled[i],
            ]
        };
        Ok((0..p.label.len()).flat_map(row).collect())
    }
}

/// Code that repeats the experiment of a config elsewhere, from a template and its parts; a notebook of it if asked for.
///
/// # Errors
/// As [`Config::from_json`] and [`export::script::fill`].
#[allow(clippy::too_many_arguments)] // plain text is the shortest way over the boundary
#[wasm_bindgen]
pub fn script(
    config: &str,
    link: &str,
    main: &str,
    data: &str,
    process: &str,
    notebook: bool,
    recipe: &str,
) -> Result<String, Thrown> {
    let template = export::script::Template { main, data, process };
    let script = Config::from_json(config).and_then(|c| export::script::fill(&template, &c, link, recipe));
    script
        .map(|s| {
            if notebook {
                export::notebook::notebook(&s)
            } else {
                s
            }
        })
        .map_err(thrown)
}

/// Adds `values`, or `len` times `none` where there are none.
#[inline(never)]
fn append<T: Copy>(out: &mut Vec<T>, values: Option<&[T]>, len: usize, none: T) {
    match values {
        Some(values) => out.extend_from_slice(values),
        None => out.extend(std::iter::repeat_n(none, len)),
    }
}
