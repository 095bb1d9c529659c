//! `run`: one experiment, or one a seed on all cores.

use super::own_table::OwnTable;
use super::{named, output, seeds, table};
use distill_lab::Error;
use distill_lab::config::Config;
use distill_lab::experiment::{Experiment, Outcome, summary, summary::Figures, summary::Summary};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use std::ops::Range;
use std::time::Instant;

/// Training steps between two looks at the progress bar.
const SLICE: usize = 200;

/// A config, and how many threads work on it.
#[derive(clap::Args)]
pub struct Which {
    /// A preset's name, or a JSON file (`-` reads standard input).
    config: String,
    /// Set a field, such as `distillation.temperature=4`; may be given several times.
    #[arg(long = "set", value_name = "a.b=VALUE")]
    sets: Vec<String>,
    /// Multiply the students' steps; short for `--set budget=N`.
    #[arg(long, value_name = "N")]
    budget: Option<u64>,
    /// Threads to use; all cores unless given.
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<usize>,
    #[command(flatten)]
    own: OwnTable,
}

/// `run CONFIG`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Print the result object.
    #[arg(long)]
    json: bool,
    /// Measure what the networks cost on this machine, too: microseconds a sample.
    #[arg(long, conflicts_with = "seeds")]
    speed: bool,
    /// Repeat under the seeds A, A + 1, ..., B - 1.
    #[arg(long, value_name = "A..B", value_parser = seeds::range)]
    seeds: Option<Range<u64>>,
    /// Run every N-th seed only, from the I-th on (I counts from 0).
    #[arg(long, value_name = "I/N", requires = "seeds", value_parser = shard)]
    shard: Option<(u64, u64)>,
}

/// Several runs in one object. `shard` is there until `merge` takes it away.
#[derive(Serialize)]
pub struct Runs {
    /// The config that all runs share but for the seed.
    pub config: Box<RawValue>,
    /// The first seed, and the one after the last.
    pub seeds: (u64, u64),
    /// I and N.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<(u64, u64)>,
    /// Results in the order of their seeds.
    pub runs: Vec<Box<RawValue>>,
    /// Means and intervals.
    pub summary: Option<Summary>,
}

/// Most threads; what a machine has more of is of no use to a run.
const MAX_THREADS: usize = 1024;

fn threads(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|n| (1..=MAX_THREADS).contains(n));
    number.ok_or_else(|| format!("allowed: a whole number from 1 to {MAX_THREADS}"))
}

fn shard(text: &str) -> Result<(u64, u64), String> {
    let refuse = || "allowed: I/N with whole numbers, 0 <= I < N, such as 0/4".to_string();
    let (i, n) = text.split_once('/').ok_or_else(refuse)?;
    let (i, n): (u64, u64) = (i.parse().map_err(|_| refuse())?, n.parse().map_err(|_| refuse())?);
    if i < n { Ok((i, n)) } else { Err(refuse()) }
}

impl Which {
    /// The config that the arguments name, with every `--set` laid over it, and `--budget` at last.
    pub fn config(&self) -> Result<Config, Error> {
        self.config_and_recipe().map(|(config, _)| config)
    }

    /// That config, and how its table was read; empty where none was given.
    pub fn config_and_recipe(&self) -> Result<(Config, String), Error> {
        self.config_of(&self.config)
    }

    /// Likewise of another config that the same arguments are for.
    pub fn config_of(&self, name: &str) -> Result<(Config, String), Error> {
        let (config, recipe) = self.own.lay_over(named::config(name)?)?;
        let config = with_fields(config, "--set", &self.sets)?;
        match self.budget {
            Some(budget) => Ok((config.with_field("budget", budget.into())?, recipe)),
            None => Ok((config, recipe)),
        }
    }

    /// Takes as many threads as are asked for, once, before any work.
    pub fn use_threads(&self) -> Result<(), Error> {
        let Some(threads) = self.threads else {
            return Ok(());
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        pool.map_err(|e| Error::said("unreadable", format!("--threads: {e}")))
    }
}

/// `config` with each of `sets`, `distillation.temperature=4`, which the flag `flag` gave.
pub fn with_fields(mut config: Config, flag: &str, sets: &[String]) -> Result<Config, Error> {
    for set in sets {
        let typed = set.split_once('=').filter(|(path, _)| !path.is_empty());
        let (path, text) = typed.ok_or_else(|| {
            let allowed = "FIELD=VALUE, such as distillation.temperature=4";
            Error::said("wrong_type", format!("{flag}: got `{set}`; allowed: {allowed}"))
        })?;
        config = config.with_field(path, value(text))?;
    }
    Ok(config)
}

/// What somebody typed as a value; what is no JSON is a word: `tanh`.
pub fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.into()))
}

/// A bar on standard error, where that is a terminal.
pub fn bar(steps: usize) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{wide_bar} {pos}/{len} steps, {eta} left").expect("a valid template");
    ProgressBar::new(steps as u64).with_style(style)
}

fn finished(config: Config, bar: &ProgressBar) -> Result<Experiment, Error> {
    let mut experiment = Experiment::new(config)?;
    while !experiment.done() {
        bar.inc(experiment.step(SLICE)? as u64);
    }
    Ok(experiment)
}

fn outcome(experiment: &Experiment) -> Outcome {
    experiment.outcome().expect("a finished experiment has an outcome")
}

/// Runs what the arguments ask for and prints it.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let config = arguments.which.config()?;
    arguments.which.use_threads()?;
    let steps = Experiment::new(config.clone())?.total_steps();
    let Some(range) = arguments.seeds.clone() else {
        let bar = bar(steps);
        let experiment = finished(config, &bar)?;
        bar.finish_and_clear();
        let mut outcome = outcome(&experiment);
        if arguments.speed {
            let begin = Instant::now();
            outcome.speed = Some(experiment.speed(&mut || 1000.0 * begin.elapsed().as_secs_f64())?);
        }
        if arguments.json {
            return output::print_line(text(&outcome));
        }
        return output::print(table::one(&outcome));
    };
    let (i, n) = arguments.shard.unwrap_or((0, 1));
    let mine: Vec<u64> = range.clone().filter(|seed| (seed - range.start) % n == i).collect();
    let bar = bar(steps * mine.len());
    let run = |&seed: &u64| Ok(outcome(&finished(Config { seed, ..config.clone() }, &bar)?));
    let outcomes = mine.par_iter().map(run).collect::<Result<Vec<_>, Error>>()?;
    bar.finish_and_clear();
    if arguments.json {
        let raw = |value: &dyn Fn() -> serde_json::Result<Box<RawValue>>| value().expect("plain data");
        let runs = Runs {
            config: raw(&|| to_raw_value(&config)),
            seeds: (range.start, range.end),
            shard: arguments.shard,
            runs: outcomes.iter().map(|o| raw(&|| to_raw_value(o))).collect(),
            summary: (!outcomes.is_empty())
                .then(|| summary::summarise(&outcomes.iter().map(Figures::from).collect::<Vec<_>>())),
        };
        output::print_line(text(&runs))
    } else {
        output::print(table::several(&outcomes))
    }
}

/// JSON text of plain data.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data")
}
