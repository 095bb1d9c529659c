//! What goes from one worker to another by way of the page: trained models, and data that is not part of the engine.

use super::Column;
use crate::experiment::{self, PlainModel};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// Models that one worker has trained, for another to go on from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Handover {
    /// The config whose models these are, as text.
    config: String,
    /// The teacher's members; none where it is not trained.
    teacher: Vec<ModelColumns>,
    student_alone: Option<ModelColumns>,
}

/// A trained network as numbers; see [`PlainModel`].
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct ModelColumns {
    parameters: Column<f32>,
    test_logits: Column<f32>,
}

impl From<experiment::Handover> for Handover {
    fn from(handover: experiment::Handover) -> Self {
        let columns = |model: PlainModel| ModelColumns {
            parameters: Column(model.parameters),
            test_logits: Column(model.test_logits),
        };
        Self {
            config: handover.config,
            teacher: handover.teacher.into_iter().map(columns).collect(),
            student_alone: handover.student_alone.map(columns),
        }
    }
}

/// Data that is not part of the engine: what the page gives for a [`crate::data::supplied::Table`].
#[cfg(test)]
#[derive(TS)]
#[allow(dead_code)] // a type of the page
pub(crate) struct SuppliedTable {
    /// Names the content.
    pub hash: String,
    /// How many of the features, the first ones, are numbers; the others are categories.
    numbers: usize,
    /// Features of a sample.
    features: usize,
    /// Row by row: a byte each, or the four of an f32, the lowest first, where `wide`.
    values: Column<u8>,
    wide: bool,
    /// A byte for each sample.
    labels: Column<u8>,
    /// Names of the classes, by label.
    classes: Vec<String>,
}
