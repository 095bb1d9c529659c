//! Presets: experiments worth running, each with the figures expected of it. A preset is a JSON file in this folder and
//! one line in `FILES`.

use super::{Config, DEFAULT_PRESET, overlay};
use crate::field::Kind;
use crate::refusal::Refusal;
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;
use std::sync::LazyLock;

/// In the order in which they are offered; the first is the default and has a complete config, which the others are laid over.
const FILES: &[&str] = &[
    include_str!("fifty-digits.json"),
    include_str!("unseen-digit.json"),
    include_str!("unlabelled.json"),
    include_str!("all-labels.json"),
    include_str!("tiny-student.json"),
    include_str!("smoothed-teacher.json"),
    include_str!("short-training.json"),
    include_str!("notebook-as-written.json"),
    include_str!("notebook-repaired.json"),
    include_str!("spirals.json"),
    include_str!("mnist10k.json"),
    include_str!("mnist10k-unseen-digit.json"),
    include_str!("mnist10k-all-labels.json"),
    include_str!("mnist1d.json"),
];

/// The seeds `A..B` (B excluded) of every preset's figures: those that a page's twelve repeats take.
pub const SEEDS: (u64, u64) = (1, 13);

/// An experiment worth running.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Its name in configs and addresses.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// One sentence: why it is worth running.
    pub why: String,
    /// What comes of it where the students train ten times as long; the sentence goes on from "Ten times the steps:".
    pub longer: String,
    /// Its complete config.
    #[serde(deserialize_with = "over_the_first")]
    pub config: Config,
    /// The figures that it has over the seeds [`SEEDS`], as this engine measures them.
    pub expected: Vec<Expected>,
}

/// A figure of a preset.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// A line for people.
    pub label: String,
    /// What is measured: `gain`, `student_alone.accuracy`, `curves.teacher.train_loss.last`, ...
    pub measure: String,
    /// Mean over seeds.
    pub mean: f64,
    /// Half width of its 95 % interval.
    pub ci95: f64,
    /// Partial config laid over the preset.
    #[cfg_attr(test, ts(type = "PartialConfig"))]
    pub set: Value,
    /// Laid over the preset too: what is measured there is subtracted, seed by seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "PartialConfig"))]
    pub minus: Option<Value>,
}

/// Every preset; the first is the default.
pub fn presets() -> &'static [Preset] {
    static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
        let read = |text: &&str| -> Preset {
            let file: Value = serde_json::from_str(text).expect("a preset's file is JSON");
            let mut preset: Preset = serde_json::from_value(file).expect("a preset's file holds a preset");
            preset.config.preset.clone_from(&preset.name);
            preset
        };
        FILES.iter().map(read).collect()
    });
    &PRESETS
}

/// Their names.
pub fn names() -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| presets().iter().map(|p| p.name.as_str()).collect());
    &NAMES
}

/// The preset called `name`.
///
/// # Errors
/// A name that no preset has; the message lists those there are.
pub fn find(name: &str) -> Result<&'static Preset, Refusal> {
    presets()
        .iter()
        .find(|p| p.name == name)
        .ok_or_else(|| Refusal::new("unknown_preset", "preset", name, Kind::Choice { choices: names() }))
}

/// The config of a file, laid over that of the first.
fn over_the_first<'de, D: Deserializer<'de>>(from: D) -> Result<Config, D::Error> {
    static FIRST: LazyLock<Config> = LazyLock::new(|| {
        let mut file: Value = serde_json::from_str(FILES[0]).expect("a preset's file is JSON");
        file["config"]["preset"] = DEFAULT_PRESET.into();
        serde_json::from_value(file["config"].take()).expect("the first preset's config is complete")
    });
    overlay::lay_over(&FIRST, &Value::deserialize(from)?).map_err(de::Error::custom)
}
