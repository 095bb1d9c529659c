//! `compare`: two settings over the same seeds, on all cores; the same object as the page's.

use super::run::{self, text, with_fields};
use super::{output, seeds, sweep, table};
use distill_lab::Error;
use distill_lab::comparison::{self, Plan, Score, Sides};
use distill_lab::config::Config;
use distill_lab::experiment::Outcome;
use rayon::prelude::*;
use std::ops::Range;

/// `compare A [B]`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    a: run::Which,
    /// The config of B, likewise; A's unless given, so that `--set-b` says all that differs.
    b: Option<String>,
    /// Set a field of A alone.
    #[arg(long, visible_alias = "a", value_name = "a.b=VALUE")]
    set_a: Vec<String>,
    /// Set a field of B alone, such as `distillation.method=hard_teacher`.
    #[arg(long, visible_alias = "b", value_name = "a.b=VALUE")]
    set_b: Vec<String>,
    /// Whose score A's is: `teacher`, `student_alone`, `student_distilled` or `student_refined`.
    #[arg(long, value_name = "MODEL", default_value = Plan::DISTILLED.a)]
    model_a: String,
    /// Whose score B's is.
    #[arg(long, value_name = "MODEL", default_value = Plan::DISTILLED.b)]
    model_b: String,
    /// The seeds A, A + 1, ..., B - 1; the one of A's config unless given.
    #[arg(long, value_name = "A..B", value_parser = seeds::range)]
    seeds: Option<Range<u64>>,
    /// Print the comparison's object.
    #[arg(long)]
    json: bool,
}

/// Runs what the arguments ask for and prints it.
pub fn compare(arguments: &Arguments) -> Result<(), Error> {
    let a = arguments.a.config()?;
    let b = match &arguments.b {
        Some(name) => arguments.a.config_of(name)?.0,
        None => a.clone(),
    };
    let models = Sides { a: arguments.model_a.as_str(), b: arguments.model_b.as_str() };
    let plan = Plan::new(
        with_fields(a, "--set-a", &arguments.set_a)?,
        with_fields(b, "--set-b", &arguments.set_b)?,
        models,
    )?;
    arguments.a.use_threads()?;
    let seeds: Vec<u64> = match arguments.seeds.clone() {
        Some(range) => range.collect(),
        None => vec![plan.a.seed],
    };
    // Two models of the same experiment need one training.
    let configs = if plan.a == plan.b { vec![&plan.a] } else { vec![&plan.a, &plan.b] };
    let steps: usize = configs.iter().map(|c| c.student_steps() + c.refine.steps).sum();
    let bar = run::bar(steps * seeds.len());
    let score = |outcome: &Outcome| [plan.models.a, plan.models.b].map(|model| Score::of(outcome, model));
    let one_seed = |&seed: &u64| {
        let under = configs.iter().map(|&config| Config { seed, ..config.clone() }).collect();
        let found = sweep::one_seed(under, &bar, score)?;
        let of =
            |config: usize, side: usize| found[config][side].expect("the plan names a model that is there");
        Ok(Sides { a: of(0, 0), b: of(configs.len() - 1, 1) })
    };
    let results = seeds.par_iter().map(one_seed).collect::<Vec<Result<_, Error>>>();
    bar.finish_and_clear();
    // The first error in the order of the seeds, whichever thread met one first.
    let results = results.into_iter().collect::<Result<Vec<_>, _>>()?;
    let found = comparison::compare(&plan, &seeds, &results).expect("there is a seed");
    if arguments.json { output::print_line(text(&found)) } else { output::print(table::comparison(&found)) }
}
