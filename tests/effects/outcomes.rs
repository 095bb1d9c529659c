//! Outcomes of configs over seeds, each trained once for all tests that ask for it.

use distill_lab::config::presets::figures::SEEDS;
use distill_lab::config::{Config, presets};
use distill_lab::experiment::{Cache, Experiment, Outcome, measure, summary::Interval};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Every seed that some test asks for: another implementation's figures are over 0 to 11, ours over [`SEEDS`].
const ALL: Range<u64> = 0..SEEDS.1;

/// What is measured: a figure of a preset with a partial config laid over it, less the same with another one.
#[derive(Clone, Debug)]
pub struct Measured<'a> {
    pub preset: &'a str,
    pub set: &'a Value,
    pub minus: Option<&'a Value>,
    pub measure: &'a str,
    /// Multiplies the students' steps.
    pub budget: u64,
}

impl Measured<'_> {
    fn configs(&self) -> impl Iterator<Item = Config> {
        let ground = Config::preset(self.preset).expect("a preset's name");
        let budget = self.budget;
        [Some(self.set), self.minus].into_iter().flatten().map(move |set| {
            let config = ground.with(set).expect("a partial config");
            // A figure that names a budget keeps it.
            if budget == 1 { config } else { config.with(&json!({ "budget": budget })).expect("a budget") }
        })
    }

    /// Mean and interval over `seeds`, paired where something is subtracted.
    pub fn over(&self, seeds: Range<u64>) -> Interval {
        let arms: Vec<&Vec<Outcome>> = self.configs().map(|config| &OUTCOMES[&key(&config)]).collect();
        let of = |arm: &Vec<Outcome>, seed: u64| {
            measure(&arm[seed as usize], self.measure).expect("a figure of an outcome")
        };
        let values: Vec<f64> =
            seeds.map(|seed| of(arms[0], seed) - arms.get(1).map_or(0.0, |arm| of(arm, seed))).collect();
        Interval::of(&values)
    }
}

/// Every outcome that [`Measured::over`] is asked for, by config, over [`ALL`].
static OUTCOMES: LazyLock<HashMap<String, Vec<Outcome>>> = LazyLock::new(|| {
    let figures = super::figures::all().into_iter().chain(super::sentences::all());
    let mut configs: Vec<(Config, bool)> = Vec::new();
    for figure in figures {
        let curves = figure.measure.starts_with("curves");
        for config in figure.configs() {
            match configs.iter_mut().find(|(other, _)| *other == config) {
                Some((_, drawn)) => *drawn |= curves,
                None => configs.push((config, curves)),
            }
        }
    }
    // Presets one after another, so that a seed's experiments find their teacher in the cache.
    let place = |config: &Config| presets().iter().position(|p| p.name == config.preset);
    configs.sort_by_key(|(config, _)| place(config));
    let by_seed: Vec<Vec<Outcome>> = ALL
        .into_par_iter()
        .map(|seed| {
            let mut cache = Cache::default();
            let run = |(config, curves): &(Config, bool)| {
                let config = Config { seed, ..config.clone() };
                let mut experiment = Experiment::with_cache(config, &cache, *curves).unwrap();
                while !experiment.done() {
                    experiment.advance(usize::MAX).unwrap();
                }
                cache.keep(&experiment);
                experiment.outcome().unwrap()
            };
            configs.iter().map(run).collect()
        })
        .collect();
    let outcomes = |i: usize| by_seed.iter().map(|of| of[i].clone()).collect();
    configs.iter().enumerate().map(|(i, (config, _))| (key(config), outcomes(i))).collect()
});

/// A config, its seed apart.
fn key(config: &Config) -> String {
    Config { seed: 0, ..config.clone() }.to_json()
}
