//! Presets: experiments worth running. A preset is a JSON file in this folder, its figures another in `figures/`, and one line in
//! `FILES`.

#[cfg(not(target_arch = "wasm32"))]
pub mod figures;

use super::{Config, DEFAULT_PRESET, overlay};
use crate::field::Kind;
use crate::refusal::Refusal;
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;
use std::sync::LazyLock;

/// What is known of a preset: its file, and its figures, which the page's engine is without.
struct File {
    preset: &'static str,
    #[cfg(not(target_arch = "wasm32"))]
    figures: &'static str,
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(File {
            preset: include_str!(concat!($name, ".json")),
            #[cfg(not(target_arch = "wasm32"))]
            figures: include_str!(concat!("figures/", $name, ".json")),
        }),*]
    };
}

/// In the order in which they are offered; the first is the default and has a complete config, which the others are laid over.
const FILES: &[File] = files![
    "fifty-digits",
    "unseen-digit",
    "unlabelled",
    "all-labels",
    "tiny-student",
    "smoothed-teacher",
    "short-training",
    "notebook-as-written",
    "notebook-repaired",
    "spirals",
    "mnist10k",
    "mnist10k-unseen-digit",
    "mnist10k-all-labels",
    "mnist1d",
];

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
}

/// Every preset; the first is the default.
pub fn presets() -> &'static [Preset] {
    static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
        let read = |file: &File| -> Preset {
            let file: Value = serde_json::from_str(file.preset).expect("a preset's file is JSON");
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
        let mut file: Value = serde_json::from_str(FILES[0].preset).expect("a preset's file is JSON");
        file["config"]["preset"] = DEFAULT_PRESET.into();
        serde_json::from_value(file["config"].take()).expect("the first preset's config is complete")
    });
    overlay::lay_over(&FIRST, &Value::deserialize(from)?).map_err(de::Error::custom)
}
