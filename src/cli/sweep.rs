//! `sweep`: the values of one field, or of two against each other, under several seeds, on all cores; the same object as
//! the page's.

use super::run::{self, text};
use super::{output, seeds, table};
use distill_lab::Error;
use distill_lab::config::Config;
use distill_lab::experiment::contrast::{Choice, choose};
use distill_lab::experiment::summary::{Figures, Summary, summarise};
use distill_lab::experiment::{Cache, Experiment, Outcome};
use distill_lab::sweep::configs;
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::ops::Range;

/// `sweep CONFIG`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    which: run::Which,
    /// The field to vary, such as `distillation.temperature`, `distillation.method`, or the width of every hidden layer
    /// (`student.hidden`); given twice, each with its values, two fields against each other.
    #[arg(long, value_name = "a.b", required = true)]
    over: Vec<String>,
    /// Its values: numbers, or words such as `soft_targets`.
    #[arg(
        long,
        value_name = "V,V,...",
        value_parser = list,
        required = true,
        allow_hyphen_values = true
    )]
    values: Vec<List>,
    /// The seeds A, A + 1, ..., B - 1; the config's own unless given.
    #[arg(long, value_name = "A..B", value_parser = seeds::range)]
    seeds: Option<Range<u64>>,
    /// Print the sweep's object.
    #[arg(long)]
    json: bool,
}

/// The values of one field.
type List = Box<[Value]>;

/// Whether a field allows its values the engine says.
fn list(text: &str) -> Result<List, String> {
    Ok(text.split(',').map(|value| run::value(value.trim())).collect())
}

/// A sweep's result: of one field a path and its values, of two fields a list of each.
#[derive(Serialize)]
struct Sweep {
    over: Value,
    values: Value,
    seeds: Vec<u64>,
    /// What all trainings share but for the seed and the value.
    config: Config,
    points: Vec<Point>,
    /// Which is best, by the accuracy of the distilled student.
    #[serde(flatten)]
    choice: Choice,
}

/// What came out at one value.
#[derive(Serialize)]
struct Point {
    /// Of two fields a list, in their order.
    value: Value,
    /// How many.
    seeds: usize,
    summary: Summary,
}

/// Runs what the arguments ask for and prints it.
pub fn sweep(arguments: &Arguments) -> Result<(), Error> {
    let config = arguments.which.config()?;
    arguments.which.use_threads()?;
    let seeds: Vec<u64> = match arguments.seeds.clone() {
        Some(range) => range.collect(),
        None => vec![config.seed],
    };
    let Arguments { over, values, .. } = arguments;
    if over.len() != values.len() {
        let message = format!(
            "values: got {} lists for {} fields; allowed: one --values for each --over",
            values.len(),
            over.len()
        );
        return Err(Error::said("out_of_range", message));
    }
    let over: Vec<&str> = over.iter().map(String::as_str).collect();
    let grid = grid(values);
    // What is refused is refused under every seed, and before anything is trained.
    let configs = configs(&config, &over, &grid)?;
    let under = |seed| configs.iter().map(|config| Config { seed, ..config.clone() }).collect();
    let steps: usize = configs.iter().map(|c| c.student_steps() + c.refine.steps).sum();
    let bar = run::bar(steps * seeds.len());
    let figures = |outcome: &Outcome| Figures::from(outcome);
    let by_seed = seeds.par_iter().map(|&seed| one_seed(under(seed), &bar, figures)).collect::<Vec<_>>();
    bar.finish_and_clear();
    // The first error in the order of seeds and values, whichever thread met one first.
    let by_seed = by_seed.into_iter().collect::<Result<Vec<_>, _>>()?;
    let points: Vec<Point> = grid
        .iter()
        .enumerate()
        .map(|(i, point)| Point {
            value: one_or_list(point.clone()),
            seeds: seeds.len(),
            summary: summarise(&by_seed.iter().map(|of| of[i].clone()).collect::<Vec<_>>()),
        })
        .collect();
    let accuracies: Vec<f64> =
        (0..grid.len()).flat_map(|i| by_seed.iter().flat_map(move |of| of[i].students())).collect();
    let choice = choose(&accuracies, seeds.len(), false);
    if arguments.json {
        let lists = values.iter().map(|list| Value::from(list.to_vec()));
        output::print_line(text(&Sweep {
            over: one_or_list(over.into_iter().map(Value::from).collect()),
            values: one_or_list(lists.collect()),
            seeds,
            config,
            points,
            choice,
        }))
    } else {
        let name = |value: &Value| match value {
            Value::Array(values) => table::joined(values),
            one => table::plain(one),
        };
        let names: Vec<String> = points.iter().map(|p| name(&p.value)).collect();
        let rows = names.iter().cloned().zip(points.iter().map(|p| &p.summary));
        let mut said = table::sweep(&over.join(", "), seeds.len(), rows);
        let seen = points.iter().any(|p| p.summary.validation.is_some_and(|v| v.seen_by_teacher));
        said.push_str(&table::choice(&names, &choice, seen));
        said.push_str(&table::tried(names.len()));
        output::print(said)
    }
}

/// Every point of the lists' product, the first list's value changing slowest.
fn grid(lists: &[List]) -> Vec<Vec<Value>> {
    lists.iter().fold(vec![vec![]], |points, list| {
        let with = |point: &[Value], v: &Value| [point, std::slice::from_ref(v)].concat();
        points.iter().flat_map(|point| list.iter().map(move |v| with(point, v))).collect()
    })
}

fn one_or_list(mut values: Vec<Value>) -> Value {
    match values.len() {
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}

/// `of` each of a seed's experiments: the first trains what they have in common, then idle cores take of the others.
pub fn one_seed<T: Send>(
    configs: Vec<Config>,
    bar: &ProgressBar,
    of: impl Fn(&Outcome) -> T + Sync,
) -> Result<Vec<T>, Error> {
    let mut cache = Cache::default();
    let (first, experiment) = one(&configs[0], &cache, bar)?;
    cache.keep(&experiment);
    let rest = configs[1..]
        .par_iter()
        .map(|config| one(config, &cache, bar).map(|(outcome, _)| of(&outcome)))
        .collect::<Vec<_>>();
    std::iter::once(Ok(of(&first))).chain(rest).collect()
}

fn one(config: &Config, cache: &Cache, bar: &ProgressBar) -> Result<(Outcome, Experiment), Error> {
    let mut experiment = Experiment::with_cache(config.clone(), cache, false)?;
    while !experiment.done() {
        experiment.advance(usize::MAX)?;
    }
    bar.inc((config.student_steps() + config.refine.steps) as u64);
    let outcome = experiment.outcome();
    Ok((outcome.expect("a finished experiment has an outcome"), experiment))
}
