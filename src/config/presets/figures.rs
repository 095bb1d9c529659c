//! What the presets show: figures that the lesson and the documents quote. The page brings them along with the lesson; its engine is
//! without them.

use super::FILES;
use super::presets;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::LazyLock;

/// The seeds `A..B` (B excluded) of every figure: those that a page's twelve repeats take.
pub const SEEDS: (u64, u64) = (1, 13);

/// A figure of a preset over the seeds [`SEEDS`], as this engine measures it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Figure {
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

/// Every figure, with the name of its preset, in the presets' order.
pub fn figures() -> &'static [(&'static str, Figure)] {
    static FIGURES: LazyLock<Vec<(&str, Figure)>> = LazyLock::new(|| {
        let of = |(file, preset): (&super::File, &'static super::Preset)| {
            let figures: Vec<Figure> =
                serde_json::from_str(file.figures).expect("a list of figures in a preset's file of them");
            figures.into_iter().map(|figure| (preset.name.as_str(), figure))
        };
        FILES.iter().zip(presets()).flat_map(of).collect()
    });
    &FIGURES
}
