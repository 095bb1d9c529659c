//! The presets' figures to their last digit, and another implementation's by their intervals.

use super::outcomes::Measured;
use distill_lab::config::presets;
use distill_lab::config::presets::figures::{Figure, SEEDS, figures};
use distill_lab::experiment::summary::Interval;
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write;
use std::sync::LazyLock;

/// The figures of another implementation, over its seeds 0 to 11.
#[derive(Deserialize)]
struct Others {
    preset: String,
    source: String,
    figures: Vec<Other>,
}

#[derive(Deserialize)]
struct Other {
    label: String,
    measure: String,
    set: Value,
    mean: f64,
    ci95: f64,
    known_difference: Option<Known>,
}

/// A figure of this engine that lies outside the other one's interval, and what is known of the cause.
#[derive(Deserialize)]
struct Known {
    mean: f64,
    why: String,
}

static OTHERS: LazyLock<Vec<Others>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("other_implementation.json")).expect("a list of figures")
});

fn of_preset<'a>(preset: &'a str, e: &'a Figure) -> Measured<'a> {
    Measured { preset, set: &e.set, minus: e.minus.as_ref(), measure: &e.measure, budget: 1 }
}

fn of_other<'a>(preset: &'a str, o: &'a Other) -> Measured<'a> {
    Measured { preset, set: &o.set, minus: None, measure: &o.measure, budget: 1 }
}

/// The gain of a preset as it is.
fn plain_gain(preset: &str) -> Measured<'_> {
    static NOTHING: LazyLock<Value> = LazyLock::new(|| Value::Object(serde_json::Map::new()));
    Measured { preset, set: &NOTHING, minus: None, measure: "gain", budget: 1 }
}

/// Every figure that the tests of this file ask for.
pub fn all() -> Vec<Measured<'static>> {
    let ours = figures().iter().map(|(preset, e)| of_preset(preset, e));
    let others = OTHERS.iter().flat_map(|o| o.figures.iter().map(|f| of_other(&o.preset, f)));
    let plain = presets().iter().map(|p| plain_gain(&p.name));
    ours.chain(others).chain(plain).collect()
}

fn updates() -> bool {
    std::env::var_os("UPDATE_FIGURES").is_some()
}

/// Writes a mean and its interval into a preset's figures, into the one called `label`.
fn update(preset: &str, label: &str, got: &Interval) {
    let path = format!("{}/src/config/presets/figures/{preset}.json", env!("CARGO_MANIFEST_DIR"));
    let mut text = std::fs::read_to_string(&path).unwrap();
    let entry = text.find(&format!("\"label\": {label:?}")).unwrap();
    for (key, value) in [("mean", got.mean), ("ci95", got.ci95.unwrap())] {
        let at = entry + text[entry..].find(&format!("\"{key}\": ")).unwrap() + key.len() + 4;
        let end = at + text[at..].find([',', '\n']).unwrap();
        text.replace_range(at..end, &format!("{:?}", (value * 1e6).round() / 1e6));
    }
    std::fs::write(&path, text).unwrap();
}

#[test]
#[ignore = "slow: npm run test:effects"]
fn every_figure_of_a_preset_is_measured_again_to_the_last_digit() {
    let mut failures = 0;
    for (preset, e) in figures() {
        let got = of_preset(preset, e).over(SEEDS.0..SEEDS.1);
        // Kept to six digits, so that a figure is rounded once, where it is shown.
        let pinned = |a: f64, b: f64| (a - b).abs() < 1e-6;
        if updates() {
            update(preset, &e.label, &got);
        } else if !(pinned(got.mean, e.mean) && pinned(got.ci95.unwrap(), e.ci95)) {
            failures += 1;
            println!("{preset} / {}: {} ± {}, measured {got:?}", e.label, e.mean, e.ci95);
        }
    }
    assert_eq!(failures, 0, "UPDATE_FIGURES=1 npm run test:effects writes the figures that were measured");
}

#[test]
#[ignore = "slow: npm run test:effects"]
fn the_figures_of_another_implementation_meet_ours() {
    let mut failures = 0;
    let mut table = String::from(
        "# Figures reproduced\n\n<!-- Written by `UPDATE_FIGURES=1 npm run test:effects`; do not edit. -->\n\nWhat another implementation measured, and this engine over the same \
         seeds, 0 to 11: means and half widths of their\n95 % intervals. Two figures meet where the intervals overlap. The random numbers of the two are their own.\n\n\
         | preset | figure | with it, also | another implementation | this engine | |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for others in OTHERS.iter() {
        for other in &others.figures {
            let got = of_other(&others.preset, other).over(0..12);
            let width = got.ci95.unwrap();
            let overlaps = (got.mean - other.mean).abs() <= width + other.ci95 + 1e-9;
            let (holds, verdict) = match &other.known_difference {
                None if overlaps => (true, "they meet"),
                None => (false, "THEY DO NOT MEET"),
                // A difference that has gone is to be taken out, and one that has moved is a new one.
                Some(_) if overlaps => (false, "THE KNOWN DIFFERENCE IS GONE"),
                Some(known) if (got.mean - known.mean).abs() < 1e-4 => (true, known.why.as_str()),
                Some(_) => (false, "NOT THE KNOWN DIFFERENCE"),
            };
            failures += usize::from(!holds);
            let _ = writeln!(
                table,
                "| {} | {} | `{}` | {:.4} ± {:.4} | {:.4} ± {width:.4} | {verdict} |",
                others.preset, other.label, other.set, other.mean, other.ci95, got.mean
            );
        }
    }
    let mut sources: Vec<&str> = OTHERS.iter().map(|o| o.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    let _ = write!(table, "\nThe other implementations: {}.\n", sources.join("; "));
    let path = format!("{}/docs/reproduced.md", env!("CARGO_MANIFEST_DIR"));
    if updates() {
        std::fs::write(&path, &table).unwrap();
    }
    println!("{table}");
    assert_eq!(failures, 0, "figures outside the intervals of another implementation; see the table");
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == table, "docs/reproduced.md is out of date");
}

/// The first of [`SEEDS`] whose gain is neither in the luckier quarter nor in the unluckier one: within 0.6745 standard deviations of
/// their mean, as the middle half of a normal distribution is.
#[test]
#[ignore = "slow: npm run test:effects"]
fn a_presets_own_seed_is_a_typical_one_by_a_rule() {
    for preset in presets() {
        let gain = |seed: u64| plain_gain(&preset.name).over(seed..seed + 1).mean;
        let gains: Vec<f64> = (SEEDS.0..SEEDS.1).map(gain).collect();
        let mean = gains.iter().sum::<f64>() / gains.len() as f64;
        let variance = gains.iter().map(|g| (g - mean) * (g - mean)).sum::<f64>() / (gains.len() - 1) as f64;
        let typical = gains.iter().position(|g| (g - mean).abs() <= 0.6745 * variance.sqrt());
        assert_eq!(Some(preset.config.seed), typical.map(|i| i as u64 + SEEDS.0), "{}", preset.name);
    }
}
