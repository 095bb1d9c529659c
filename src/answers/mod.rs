//! What is asked of a running experiment, and the answers in the form in which they leave the engine: numbers in bulk as named
//! columns, which JavaScript sees as typed arrays, everything else as named fields. Nothing is told by its position.
//!
//! Pure code, so that it is tested natively; [`crate::wasm`] hands it over, and [`crate::typescript`] writes its types.

mod handover;
mod insights;
mod progress;
mod stage;
mod step;

use crate::apart::{self, optional, take};
use crate::config::{Config, DEFAULT_PRESET};
use crate::experiment::{
    Experiment, LossView, ModelName, PerModel, SampleSet, SampleView, StageAsk, Viewer, Window,
};
use crate::field::Python;
use crate::refusal::Allowed;
use crate::{Error, export};
use ndarray::{Axis, aview1};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
#[cfg(test)]
use ts_rs::TS;

pub(crate) use handover::*;
pub(crate) use insights::*;
pub(crate) use progress::*;
pub(crate) use stage::*;
pub(crate) use step::*;

/// Numbers of one kind, in bulk: a typed array in JavaScript.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column<T>(pub Vec<T>);

#[cfg(not(target_arch = "wasm32"))]
impl<T: Serialize> Serialize for Column<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

/// What may be asked between two slices of work.
#[derive(Debug)]
#[cfg_attr(test, derive(TS), ts(tag = "kind", rename_all = "snake_case"))]
pub(crate) enum Query {
    /// A sample through every model, softened at `temperature`.
    Sample { set: SampleSet, index: usize, temperature: f64 },
    /// The loss of a transfer sample, taken apart.
    Loss { index: usize, temperature: f64, alpha: f64 },
    /// Probabilities for an input that is in no data set, softened at `temperature`, 1 where none is given.
    Predict {
        input: Vec<f64>,
        #[cfg_attr(test, ts(optional))]
        temperature: Option<f64>,
    },
    /// A finished run as a file: its curves, its result, its weights.
    Export { format: RunFormat },
    /// Softened probabilities on a grid of the plane; one cell asks about one point.
    Regions { bounds: Bounds, columns: usize, rows: usize, temperature: f64 },
    /// The points of a data set in the plane; those that the config holds in its order.
    Points {},
    /// What the student took over, with the teacher's answers softened at `temperature`.
    Takeover { temperature: f64 },
    /// Features of test samples.
    Features { indices: Vec<usize> },
    /// The last training step taken apart, or the one that comes next, which costs no replay. Of both students the one
    /// `alone` or the distilled one; `layer` counts from the input on.
    Record {
        alone: bool,
        layer: usize,
        #[cfg_attr(test, ts(as = "Option<bool>", optional))]
        next: bool,
    },
    /// The run as it stands, with a sample through its networks: its answers softened at `temperature`, at most `units` units of a
    /// layer.
    Stage { sample: StageAsk, temperature: f64, units: usize },
    /// What stays the same over a run.
    StageFacts {},
    /// Samples of a finished run that are worth looking at.
    StageChoice {},
    /// A whole layer, counted from the input on, of a network as it stands; a refined student is the distilled one.
    Weights { model: ModelName, layer: usize },
}

impl<'de> Deserialize<'de> for Query {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut of = apart::Object::deserialize(from)?;
        let kind: String = take(&mut of, "kind")?;
        Ok(match kind.as_str() {
            "sample" => Self::Sample {
                set: take(&mut of, "set")?,
                index: take(&mut of, "index")?,
                temperature: take(&mut of, "temperature")?,
            },
            "loss" => Self::Loss {
                index: take(&mut of, "index")?,
                temperature: take(&mut of, "temperature")?,
                alpha: take(&mut of, "alpha")?,
            },
            "predict" => Self::Predict {
                input: take(&mut of, "input")?,
                temperature: optional(&mut of, "temperature")?,
            },
            "export" => Self::Export { format: take(&mut of, "format")? },
            "regions" => Self::Regions {
                bounds: take(&mut of, "bounds")?,
                columns: take(&mut of, "columns")?,
                rows: take(&mut of, "rows")?,
                temperature: take(&mut of, "temperature")?,
            },
            "points" => Self::Points {},
            "takeover" => Self::Takeover { temperature: take(&mut of, "temperature")? },
            "features" => Self::Features { indices: take(&mut of, "indices")? },
            "record" => Self::Record {
                alone: take(&mut of, "alone")?,
                layer: take(&mut of, "layer")?,
                next: optional(&mut of, "next")?.unwrap_or(false),
            },
            "stage" => Self::Stage {
                sample: take(&mut of, "sample")?,
                temperature: take(&mut of, "temperature")?,
                units: take(&mut of, "units")?,
            },
            "stage_facts" => Self::StageFacts {},
            "stage_choice" => Self::StageChoice {},
            "weights" => Self::Weights { model: take(&mut of, "model")?, layer: take(&mut of, "layer")? },
            _ => return Err(D::Error::custom(format_args!("no question is called {kind}"))),
        })
    }
}

/// Formats that hold what a run gave.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "snake_case")]
pub(crate) enum RunFormat {
    Csv,
    Json,
    Safetensors,
}

/// Part of the plane: x from, x to, y from, y to.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Bounds(f64, f64, f64, f64);

impl Bounds {
    fn window(&self, columns: usize, rows: usize) -> Window {
        Window { x: (self.0, self.1), y: (self.2, self.3), columns, rows }
    }
}

/// An answer, in the form that its question asks for.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    Sample(SampleView),
    Loss(Option<LossView>),
    Predict(PerModel<Vec<f32>>),
    Text(String),
    Bytes(Column<u8>),
    Regions(Regions),
    Points(Vec<WorldPoint>),
    Takeover(Takeover),
    Features(Vec<Vec<f32>>),
    Record(Option<Box<RecordedStep>>),
    Stage(Box<StageView>),
    StageFacts(StageFacts),
    StageChoice(StageChoice),
    Weights(LayerWeights),
}

/// Answers a question; nothing that the run will do depends on it.
///
/// # Errors
/// As the experiment's own questions; `not_done` for a file of a run that is not finished.
pub(crate) fn answer(experiment: &mut Experiment, query: Query) -> Result<Answer, Error> {
    Ok(match query {
        Query::Sample { set, index, temperature } => {
            Answer::Sample(experiment.sample(set, index, temperature)?)
        }
        Query::Loss { index, temperature, alpha } => {
            Answer::Loss(experiment.loss(index, temperature, alpha)?)
        }
        Query::Predict { input, temperature } => {
            let input: Vec<f32> = input.iter().map(|&v| v as f32).collect();
            let rows = aview1(&input).insert_axis(Axis(0));
            let answers = experiment.predict(rows, temperature.unwrap_or(1.0))?;
            Answer::Predict(answers.map(|p| p.iter().copied().collect()))
        }
        Query::Export { format } => exported(experiment, format)?,
        Query::Regions { bounds, columns, rows, temperature } => {
            let window = bounds.window(columns, rows);
            Answer::Regions(Regions::new(&window, experiment.regions(&window, temperature)?))
        }
        Query::Points {} => Answer::Points(WorldPoint::all(&experiment.points()?)),
        Query::Takeover { temperature } => Answer::Takeover(experiment.takeover(temperature)?.into()),
        Query::Features { indices } => {
            let features = |index| experiment.sample(SampleSet::Test, index, 1.0).map(|s| s.features);
            Answer::Features(indices.into_iter().map(features).collect::<Result<_, _>>()?)
        }
        Query::Record { alone, layer, next } => {
            let record = experiment.record(next, alone, layer)?;
            Answer::Record(record.map(|record| Box::new(record.into())))
        }
        Query::Stage { sample, temperature, units } => {
            Answer::Stage(Box::new(experiment.stage(&sample, temperature, units)?.into()))
        }
        Query::StageFacts {} => Answer::StageFacts(facts(experiment)),
        Query::StageChoice {} => Answer::StageChoice(experiment.choice()?.into()),
        Query::Weights { model, layer } => Answer::Weights(experiment.weights(model, layer)?.into()),
    })
}

/// Answers a question about what a viewer looks at. What is no matter of several experiments goes to the one that answers for the
/// distilled student.
///
/// # Errors
/// As [`answer`].
pub(crate) fn answer_of(viewer: &mut Viewer, query: Query) -> Result<Answer, Error> {
    Ok(match query {
        Query::Stage { sample, temperature, units } => {
            Answer::Stage(Box::new(viewer.view(&sample, temperature, units)?.into()))
        }
        Query::StageChoice {} => Answer::StageChoice(viewer.choice()?.into()),
        Query::Weights { model, layer } => Answer::Weights(viewer.weights(model, layer)?.into()),
        Query::Regions { bounds, columns, rows, temperature } => {
            let window = bounds.window(columns, rows);
            Answer::Regions(Regions::new(&window, viewer.regions(&window, temperature)?))
        }
        other => answer(viewer.distilling(), other)?,
    })
}

fn facts(experiment: &Experiment) -> StageFacts {
    StageFacts::new(experiment.data_info().test, experiment.wall())
}

fn exported(experiment: &Experiment, format: RunFormat) -> Result<Answer, Error> {
    let unfinished = || Error::new("not_done", "", (), Allowed::Done);
    Ok(match format {
        RunFormat::Csv => {
            let curves = experiment.drawn_curves().ok_or_else(unfinished)?;
            Answer::Text(export::csv::csv(&curves))
        }
        RunFormat::Json => Answer::Text(text(&experiment.outcome().ok_or_else(unfinished)?)),
        RunFormat::Safetensors => Answer::Bytes(Column(export::safetensors::safetensors(experiment)?)),
    })
}

fn text(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("plain data has a JSON form")
}

/// A script that is asked for.
#[derive(Debug)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct ScriptRequest {
    /// What the script repeats.
    #[cfg_attr(test, ts(type = "Config"))]
    config: Value,
    /// Leads to the experiment on the page.
    link: String,
    template: ScriptTemplate,
    /// Whether it is to be a notebook.
    notebook: bool,
    /// How a table was read, as its reader told it; null: the config needs none.
    #[cfg_attr(test, ts(type = "object | null"))]
    recipe: Option<Value>,
}

/// A script's template with the parts that it includes; see [`export::script::Template`].
#[derive(Debug)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct ScriptTemplate {
    main: String,
    data: String,
    process: String,
    /// The files of data sets and methods, by their names; there may be more than this script needs.
    own: BTreeMap<String, String>,
}

apart::from_object!(ScriptTemplate: main, data, process, own);

impl<'de> Deserialize<'de> for ScriptRequest {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut of = apart::Object::deserialize(from)?;
        Ok(Self {
            config: take(&mut of, "config")?,
            link: take(&mut of, "link")?,
            template: take(&mut of, "template")?,
            notebook: take(&mut of, "notebook")?,
            recipe: optional(&mut of, "recipe")?,
        })
    }
}

/// Code that repeats the experiment of a config elsewhere.
///
/// # Errors
/// As [`Config::with`] and [`export::script::fill`]; `bad_template` where the data set's file or the method's is not there.
pub(crate) fn script(request: ScriptRequest) -> Result<String, Error> {
    let config = Config::preset(DEFAULT_PRESET)?.with(&request.config)?;
    let ScriptTemplate { main, data, process, own } = &request.template;
    let own = |part: &Python| {
        let lacking = || Error::new("bad_template", "", part.file, Allowed::TemplateLine);
        own.get(part.file).ok_or_else(lacking)
    };
    let (load, method) = (own(&config.data.name.python)?, own(&config.distillation.method.snippet)?);
    let template = export::script::Template { main, data, process, load, method };
    let recipe = request.recipe.map_or_else(String::new, |recipe| text(&recipe));
    let script = export::script::fill(&template, &config, &request.link, &recipe)?;
    Ok(if request.notebook { export::notebook::notebook(&script) } else { script })
}
