//! What goes from one worker to another by way of the page: trained models, and data that is not part of the engine.

use super::Column;
use crate::data::supplied;
use crate::experiment::{self, PlainModel};
use serde::{Deserialize, Serialize};
#[cfg(test)]
use ts_rs::TS;

/// Models that one worker has trained, for another to go on from.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Handover {
    /// The config whose models these are, as text.
    config: String,
    /// The teacher's members; none where it is not trained.
    teacher: Vec<ModelColumns>,
    student_alone: Option<ModelColumns>,
}

/// A trained network as numbers; see [`PlainModel`].
#[derive(Debug, Serialize, Deserialize)]
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

impl From<Handover> for experiment::Handover {
    fn from(handover: Handover) -> Self {
        let plain = |model: ModelColumns| PlainModel {
            parameters: model.parameters.0,
            test_logits: model.test_logits.0,
        };
        Self {
            config: handover.config,
            teacher: handover.teacher.into_iter().map(plain).collect(),
            student_alone: handover.student_alone.map(plain),
        }
    }
}

/// Data that is not part of the engine; see [`supplied::Table`].
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(TS))]
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

impl From<SuppliedTable> for supplied::Table {
    fn from(table: SuppliedTable) -> Self {
        Self {
            numbers: table.numbers,
            features: table.features,
            values: table.values.0,
            wide: table.wide,
            labels: table.labels.0,
            classes: table.classes,
        }
    }
}
