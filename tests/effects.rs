//! What distillation does, over paired seeds: every figure expected of every preset, measured by this engine.
//!
//! A figure of another implementation holds where our 95 % interval and its own overlap; one of this engine to the digit. The table of all of them is printed.
//! Slow: run by `npm run test:effects`. `UPDATE_FIGURES=1 npm run test:effects` writes this engine's own figures into the presets' files.

use distill_lab::config::{Config, Preset, presets};
use distill_lab::experiment::{Cache, Experiment, Outcome, measure, summary::Interval};
use rayon::prelude::*;

/// An outcome for each figure of the preset, under one seed; what the configs have in common is trained once.
fn outcomes(preset: &Preset, seed: u64) -> Vec<Outcome> {
    let mut cache = Cache::default();
    let run = |expected: &distill_lab::config::presets::Expected| {
        let config = Config { seed, ..preset.config.with(&expected.set).unwrap() };
        let curves = expected.measure.starts_with("curves");
        let mut experiment = Experiment::with_cache(config, &cache, curves).unwrap();
        while !experiment.done() {
            experiment.advance(1000).unwrap();
        }
        cache.keep(&experiment);
        experiment.outcome().unwrap()
    };
    preset.expected.iter().map(run).collect()
}

/// Writes this engine's mean and interval into a preset's file: into the figure called `label`, or into its known difference.
fn update(preset: &str, label: &str, known: bool, got: &Interval) {
    let path = format!("{}/src/config/presets/{preset}.json", env!("CARGO_MANIFEST_DIR"));
    let mut text = std::fs::read_to_string(&path).unwrap();
    let entry = text.find(&format!("\"label\": {label:?}")).unwrap();
    let from = entry + if known { text[entry..].find("\"known_difference\"").unwrap() } else { 0 };
    for (key, value) in [("mean", got.mean), ("ci95", got.ci95.unwrap())] {
        let at = from + text[from..].find(&format!("\"{key}\": ")).unwrap() + key.len() + 4;
        let end = at + text[at..].find([',', '\n']).unwrap();
        text.replace_range(at..end, &format!("{:?}", (value * 1e4).round() / 1e4));
    }
    std::fs::write(&path, text).unwrap();
}

#[test]
#[ignore = "slow: npm run test:effects"]
fn every_preset_shows_the_figures_expected_of_it() {
    println!("| preset | figure | expected | measured | holds |\n| --- | --- | --- | --- | --- |");
    let mut failures = 0;
    for preset in presets() {
        let seeds: Vec<Vec<Outcome>> =
            (preset.seeds.0..preset.seeds.1).into_par_iter().map(|seed| outcomes(preset, seed)).collect();
        for (i, expected) in preset.expected.iter().enumerate() {
            let values: Vec<f64> = seeds.iter().map(|s| measure(&s[i], &expected.measure).unwrap()).collect();
            let got = Interval::of(&values);
            let width = got.ci95.unwrap();
            let overlaps = |mean: f64, ci95: f64| (got.mean - mean).abs() <= width + ci95 + 1e-9;
            let ours = expected.source.as_ref().unwrap_or(&preset.source).starts_with("this engine");
            let pinned = |mean: f64| (got.mean - mean).abs() < 1e-4;
            let holds = match &expected.known_difference {
                // The same seeds give the same bits: a figure of our own stands to its last digit.
                None if ours && pinned(expected.mean) => "yes, to the digit",
                None if !ours && overlaps(expected.mean, expected.ci95) => "yes",
                None => "NO",
                // A difference that has gone must be taken out of the preset, and one that has moved is a new one.
                Some(_) if overlaps(expected.mean, expected.ci95) => "NO: the known difference is gone",
                Some(known) if pinned(known.mean) => "differs, as the preset says",
                Some(_) => "NO: not the known difference",
            };
            let known = expected.known_difference.is_some();
            if (ours || known) && std::env::var_os("UPDATE_FIGURES").is_some() {
                update(&preset.name, &expected.label, known, &got);
            }
            failures += usize::from(holds.starts_with("NO"));
            println!(
                "| {} | {} | {:.4} ± {:.4} | {:.4} ± {width:.4} | {} |",
                preset.name, expected.label, expected.mean, expected.ci95, got.mean, holds
            );
        }
    }
    assert_eq!(failures, 0, "figures outside the intervals expected of them; see the table");
}
