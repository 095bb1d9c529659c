//! `merge`: shards of one repetition, put together as if one machine had run them all.

use super::run::{Runs, text};
use distill_lab::Error;
use distill_lab::experiment::{Outcome, summary};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// `merge FILE...`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Outputs of `run --json --seeds A..B --shard I/N`, in any order.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Shard {
    config: Box<RawValue>,
    seeds: (u64, u64),
    runs: Vec<Box<RawValue>>,
}

fn refuse(what: String) -> Error {
    Error::at("not_mergeable", "", what)
}

/// A result without its curves, which may hold values that JSON writes as null.
fn outcome(run: &RawValue) -> serde_json::Result<Outcome> {
    let mut value: Value = serde_json::from_str(run.get())?;
    if let Some(result) = value.as_object_mut() {
        result.remove("curves");
    }
    serde_json::from_value(value)
}

/// Merges the files and prints the whole.
pub fn merge(arguments: &Arguments) -> Result<(), Error> {
    let mut whole: Option<(Box<RawValue>, (u64, u64), String)> = None;
    let mut runs: BTreeMap<u64, (Outcome, Box<RawValue>)> = BTreeMap::new();
    for file in &arguments.files {
        let name = file.display();
        let content =
            std::fs::read_to_string(file).map_err(|e| refuse(format!("{name}: cannot be read: {e}")))?;
        let shard: Shard = serde_json::from_str(&content).map_err(|e| {
            refuse(format!(
                "{name}: {e}; allowed: the output of `run --json --seeds A..B --shard I/N`"
            ))
        })?;
        for run in shard.runs {
            let outcome = outcome(&run)
                .map_err(|e| refuse(format!("{name}: {e}; allowed: result objects in `runs`")))?;
            let (seed, version) = (outcome.config.seed, outcome.engine_version.clone());
            let (config, range, engine) =
                whole.get_or_insert_with(|| (shard.config.clone(), shard.seeds, version.clone()));
            if config.get() != shard.config.get() || *range != shard.seeds || *engine != version {
                return Err(refuse(format!(
                    "{name}: its config, seeds or engine version differ from those of the files before"
                )));
            }
            if runs.insert(seed, (outcome, run)).is_some() {
                return Err(refuse(format!(
                    "{name}: seed {seed} is there twice; allowed: each seed once"
                )));
            }
        }
    }
    let (config, seeds, _) =
        whole.ok_or_else(|| refuse("the files hold no run; allowed: at least one".into()))?;
    let missing: Vec<u64> = (seeds.0..seeds.1)
        .filter(|seed| !runs.contains_key(seed))
        .collect();
    if !missing.is_empty() {
        return Err(refuse(format!(
            "seeds {missing:?} of {}..{} are in none of the files",
            seeds.0, seeds.1
        )));
    }
    let (outcomes, runs): (Vec<Outcome>, Vec<Box<RawValue>>) = runs.into_values().unzip();
    let summary = Some(summary::summarise(&outcomes));
    println!(
        "{}",
        text(&Runs {
            config,
            seeds,
            shard: None,
            runs,
            summary
        })
    );
    Ok(())
}
