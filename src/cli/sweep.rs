//! `sweep`: the values of a field under several seeds, on all cores; the same object as the page's.

use super::run::{self, text};
use super::table;
use distill_lab::Error;
use distill_lab::config::Config;
use distill_lab::experiment::summary::{Figures, Summary, summarise};
use distill_lab::experiment::{Experiment, Outcome, Reuse};
use distill_lab::sweep::{configs, number};
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
    /// The numeric field to vary, such as `distillation.temperature`.
    #[arg(long, value_name = "a.b")]
    over: String,
    /// Its values.
    #[arg(
        long,
        value_name = "V,V,...",
        value_delimiter = ',',
        required = true,
        allow_negative_numbers = true
    )]
    values: Vec<f64>,
    /// The seeds A, A + 1, ..., B - 1; the config's own unless given.
    #[arg(long, value_name = "A..B", value_parser = run::seeds)]
    seeds: Option<Range<u64>>,
    /// Print the sweep's object.
    #[arg(long)]
    json: bool,
}

/// A sweep's result.
#[derive(Serialize)]
struct Sweep {
    over: String,
    values: Vec<Value>,
    seeds: Vec<u64>,
    /// What all trainings share but for the seed and the value.
    config: Config,
    points: Vec<Point>,
}

/// What came out at one value.
#[derive(Serialize)]
struct Point {
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
    let jobs = seeds
        .iter()
        .map(|&seed| configs(&config, &arguments.over, &arguments.values, seed))
        .collect::<Result<Vec<_>, _>>()?;
    let bar = run::bar(
        jobs.iter()
            .flatten()
            .map(|c| c.student.steps + c.refine.steps)
            .sum(),
    );
    let by_seed = jobs
        .into_par_iter()
        .map(|configs| one_seed(configs, &bar))
        .collect::<Vec<_>>();
    bar.finish_and_clear();
    // The first error in the order of seeds and values, whichever thread met one first.
    let by_seed = by_seed.into_iter().collect::<Result<Vec<_>, _>>()?;
    let points: Vec<Point> = arguments
        .values
        .iter()
        .enumerate()
        .map(|(i, &value)| Point {
            value: number(value),
            seeds: seeds.len(),
            summary: summarise(&by_seed.iter().map(|of| of[i].clone()).collect::<Vec<_>>()),
        })
        .collect();
    if arguments.json {
        println!(
            "{}",
            text(&Sweep {
                over: arguments.over.clone(),
                values: arguments.values.iter().map(|&v| number(v)).collect(),
                seeds,
                config,
                points,
            })
        );
    } else {
        let rows = points.iter().map(|p| (p.value.to_string(), &p.summary));
        print!("{}", table::sweep(&arguments.over, seeds.len(), rows));
    }
    Ok(())
}

/// Every value of a seed: the first trains what they have in common, then idle cores take of the others.
fn one_seed(configs: Vec<Config>, bar: &ProgressBar) -> Result<Vec<Figures>, Error> {
    let (first, shared) = one(&configs[0], &Reuse::default(), bar)?;
    let rest = configs[1..]
        .par_iter()
        .map(|config| one(config, &shared, bar).map(|(outcome, _)| outcome))
        .collect::<Vec<_>>();
    std::iter::once(Ok(first))
        .chain(rest)
        .map(|outcome| outcome.map(|o| Figures::from(&o)))
        .collect()
}

fn one(config: &Config, reuse: &Reuse, bar: &ProgressBar) -> Result<(Outcome, Reuse), Error> {
    let outcome_of = |mut experiment: Experiment| {
        while !experiment.done() {
            experiment.advance(usize::MAX)?;
        }
        let outcome = experiment
            .outcome()
            .expect("a finished experiment has an outcome");
        Ok((outcome, experiment.reuse()))
    };
    let done = outcome_of(Experiment::reusing(config.clone(), reuse, false)?);
    bar.inc((config.student.steps + config.refine.steps) as u64);
    done
}
