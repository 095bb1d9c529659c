//! Presets: experiments worth running, each with the figures expected of it. A preset is a JSON file in this folder and
//! one line in `FILES`.

use super::{
    ActivationName, Config, DEFAULT_PRESET, Data, DataName, Distillation, MethodName, Optimizer, Refine,
    Teacher, Training, Transfer, overlay,
};
use crate::{Error, json};
use serde::Serialize;
use serde_json::Value;
use std::sync::OnceLock;

/// In the order in which they are offered; the first is the default.
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

/// An experiment worth running.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Preset {
    /// Its name in configs and addresses.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// One sentence: why it is worth running.
    pub why: String,
    /// Its complete config.
    pub config: Config,
    /// What made the expected figures.
    pub source: String,
    /// Seeds `A..B` (B excluded) at which the figures are checked.
    #[cfg_attr(test, ts(type = "[number, number]"))]
    pub seeds: (u64, u64),
    /// The figures expected of it.
    pub expected: Vec<Expected>,
}

/// A figure that a preset must show.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
    /// Who found it, where that is not the preset's `source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub source: Option<String>,
    /// Where this engine is known to give another figure: which, and why. The page shows this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub known_difference: Option<KnownDifference>,
}

/// A figure of this engine that lies outside the interval expected of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct KnownDifference {
    /// This engine's mean over the preset's seeds.
    pub mean: f64,
    /// Half the width of its 95 % interval.
    pub ci95: f64,
    /// What is known of the cause.
    pub why: String,
}

/// Every preset; the first is the default.
pub fn presets() -> &'static [Preset] {
    static PRESETS: OnceLock<Vec<Preset>> = OnceLock::new();
    PRESETS.get_or_init(|| {
        let read = |text: &&str| read(text).expect("a preset's file is checked by a test");
        FILES.iter().map(read).collect()
    })
}

/// `None` where a file is not as it should be.
fn read(text: &str) -> Option<Preset> {
    let mut file = json::parse(text).ok()?;
    let mut config = overlay::lay_over(&ground(), &file["config"]).ok()?;
    config.preset = text_at(&file, "name")?;
    Some(Preset {
        name: config.preset.clone(),
        title: text_at(&file, "title")?,
        why: text_at(&file, "why")?,
        config,
        source: text_at(&file, "source")?,
        seeds: (file["seeds"][0].as_u64()?, file["seeds"][1].as_u64()?),
        expected: file
            .get_mut("expected")?
            .as_array_mut()?
            .iter_mut()
            .map(expected)
            .collect(),
    })
}

fn text_at(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(Into::into)
}

fn expected(value: &mut Value) -> Expected {
    let number = |of: &Value, key: &str| of[key].as_f64().unwrap_or(f64::NAN);
    Expected {
        label: text_at(value, "label").unwrap_or_default(),
        measure: text_at(value, "measure").unwrap_or_default(),
        mean: number(value, "mean"),
        ci95: number(value, "ci95"),
        set: value.get_mut("set").map(Value::take).unwrap_or_default(),
        source: text_at(value, "source"),
        known_difference: value.get("known_difference").map(|known| KnownDifference {
            mean: number(known, "mean"),
            ci95: number(known, "ci95"),
            why: text_at(known, "why").unwrap_or_default(),
        }),
    }
}

/// The preset called `name`.
///
/// # Errors
/// A name that no preset has; the message lists those there are.
pub fn find(name: &str) -> Result<&'static Preset, Error> {
    presets().iter().find(|p| p.name == name).ok_or_else(|| {
        let names: Vec<&str> = presets().iter().map(|p| p.name.as_str()).collect();
        let mut shown: String = name.chars().take(40).collect();
        if shown.len() < name.len() {
            shown.push_str("...");
        }
        let message = format!(
            "preset: got {}; allowed: one of {}",
            json::text(&shown),
            names.join(", ")
        );
        Error::at("unknown_preset", "preset", message)
    })
}

/// What presets are laid over: `fifty-digits`.
fn ground() -> Config {
    let training = |hidden: &[usize], steps| Training {
        hidden: hidden.to_vec(),
        activation: ActivationName::Relu,
        steps,
        batch_size: 32,
        optimizer: Optimizer::Adam {
            learning_rate: 0.001,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-7,
        },
        label_smoothing: 0.0,
    };
    Config {
        preset: DEFAULT_PRESET.into(),
        seed: 1,
        data: Data {
            name: DataName::Digits,
            train: 1000,
            test: 797,
            label_noise: 0.0,
            noise: 0.1,
            points: vec![],
            table: Default::default(),
        },
        teacher: Teacher {
            training: training(&[128, 128], 900),
            members: 1,
        },
        transfer: Transfer {
            size: 50,
            labelled: 50,
            omit_classes: vec![],
        },
        student: training(&[32], 2000),
        distillation: Distillation {
            method: MethodName::SoftTargets,
            temperature: 20.0,
            alpha: 0.9,
            label_smoothing: 0.1,
        },
        refine: Refine { steps: 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files are read by hand: what they hold must come out again, and nothing else may stand in them.
    #[test]
    fn files_hold_what_presets_say_and_nothing_else() {
        for (text, preset) in FILES.iter().zip(presets()) {
            let file: Value = serde_json::from_str(text).unwrap();
            let mut said = serde_json::to_value(preset).unwrap();
            said["config"] = file["config"].clone();
            assert_eq!(said, file, "{}", preset.name);
        }
    }
}
