//! `merge`: shards of one repetition, put together as if one machine had run them all.

use super::run::{Runs, text};
use super::{output, seeds};
use distill_lab::Error;
use distill_lab::experiment::summary::{Figures, summarise};
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
    Error::said("not_mergeable", what)
}

/// The seed, the engine's version and the figures of a result.
fn read(run: &RawValue) -> Option<(u64, String, Figures)> {
    let result: Value = serde_json::from_str(run.get()).ok()?;
    let seed = result.get("config")?.get("seed")?.as_u64()?;
    let version = result.get("engine_version")?.as_str()?;
    Some((seed, version.into(), Figures::read(&result)?))
}

/// Merges the files and prints the whole.
pub fn merge(arguments: &Arguments) -> Result<(), Error> {
    let mut whole: Option<(Box<RawValue>, (u64, u64), String)> = None;
    let mut runs: BTreeMap<u64, (Figures, Box<RawValue>)> = BTreeMap::new();
    for file in &arguments.files {
        let name = file.display();
        let content =
            std::fs::read_to_string(file).map_err(|e| refuse(format!("{name}: cannot be read: {e}")))?;
        let shard: Shard = serde_json::from_str(&content).map_err(|e| {
            refuse(format!("{name}: {e}; allowed: the output of `run --json --seeds A..B --shard I/N`"))
        })?;
        if !seeds::is_allowed(&(shard.seeds.0..shard.seeds.1)) {
            let (from, to) = shard.seeds;
            return Err(refuse(format!("{name}: seeds: got {from}..{to}; {}", seeds::allowed())));
        }
        for run in shard.runs {
            let (seed, version, figures) = read(&run)
                .ok_or_else(|| refuse(format!("{name}: `runs` holds no results; allowed: result objects")))?;
            let (config, range, engine) =
                whole.get_or_insert_with(|| (shard.config.clone(), shard.seeds, version.clone()));
            if config.get() != shard.config.get() || *range != shard.seeds || *engine != version {
                return Err(refuse(format!(
                    "{name}: its config, seeds or engine version differ from those of the files before"
                )));
            }
            if runs.insert(seed, (figures, run)).is_some() {
                return Err(refuse(format!("{name}: seed {seed} is there twice; allowed: each seed once")));
            }
        }
    }
    let (config, seeds, _) =
        whole.ok_or_else(|| refuse("the files hold no run; allowed: at least one".into()))?;
    let missing: Vec<u64> = (seeds.0..seeds.1).filter(|seed| !runs.contains_key(seed)).collect();
    if !missing.is_empty() {
        return Err(refuse(format!(
            "seeds {missing:?} of {}..{} are in none of the files",
            seeds.0, seeds.1
        )));
    }
    let (figures, runs): (Vec<Figures>, Vec<Box<RawValue>>) = runs.into_values().unzip();
    let summary = Some(summarise(&figures));
    output::print_line(text(&Runs { config, seeds, shard: None, runs, summary }))
}
