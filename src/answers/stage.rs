//! A run as the stage draws it: the networks as they stand, a sample through them, and what they read.

use super::Column;
use crate::apart;
use crate::experiment::{Phase, SampleSet};
use serde::{Deserialize, Deserializer, Serialize};
#[cfg(test)]
use ts_rs::TS;

/// The sample that the stage is asked about: one of a set, or an input that is in none.
#[derive(Debug)]
#[cfg_attr(test, derive(TS), ts(untagged))]
pub(crate) enum StageAsk {
    Kept { set: SampleSet, index: usize },
    Drawn { input: Vec<f64> },
}

impl<'de> Deserialize<'de> for StageAsk {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut object = apart::Object::deserialize(from)?;
        Ok(if object.contains_key("input") {
            Self::Drawn { input: apart::take(&mut object, "input")? }
        } else {
            Self::Kept { set: apart::take(&mut object, "set")?, index: apart::take(&mut object, "index")? }
        })
    }
}

/// What a sample is to the students: one of the transfer set, one of the test set, an input from outside.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "snake_case")]
pub(crate) enum StageRole {
    Taught,
    Exam,
    Drawn,
}

/// The sample on the stage.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct StageSample {
    pub role: StageRole,
    /// Where it is in its set; null for an input from outside.
    pub index: Option<usize>,
    pub features: Column<f32>,
    /// Its class, whether the students see it or not; -1: none.
    pub label: i32,
    /// Whether the students see its label.
    pub labelled: bool,
}

/// The first `shown` units of a layer.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct StageLayer {
    pub inputs: usize,
    pub outputs: usize,
    pub shown: usize,
    /// `[inputs, shown]`: the weight of input i to unit u is at `i * shown + u`.
    pub weights: Column<f32>,
    /// `[shown]`.
    pub biases: Column<f32>,
    /// `[shown]`, of the sample; those of the last layer are its logits.
    pub activations: Column<f32>,
}

/// A network as it stands. Of a teacher of several members the layers are its first member's; what it says is the answer of
/// all.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct StageModel {
    /// Training steps behind it; 0: as it was drawn.
    pub trained: usize,
    /// From the input on.
    pub layers: Vec<StageLayer>,
    /// `softmax(logits / T)`, by class.
    pub softened: Column<f32>,
    /// The same at T = 1.
    pub plain: Column<f32>,
    /// The class that it reads.
    pub says: usize,
    /// The class that it reads, for each sample of the wall.
    pub wall: Column<u32>,
    /// Samples of the whole test set that it reads right.
    pub correct: usize,
    /// Trainable parameters, of all members.
    pub parameters: usize,
    /// Multiply-adds for one sample, of all members.
    pub macs: usize,
}

/// A run as it stands.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct StageView {
    pub phase: Phase,
    /// Training steps of the run, a teacher that was taken over included.
    pub step: usize,
    /// Training steps of the phase.
    #[serde(rename = "phaseStep")]
    pub phase_step: usize,
    /// That the answers are softened at.
    pub temperature: f64,
    pub sample: StageSample,
    pub teacher: StageModel,
    pub student_alone: StageModel,
    /// As it was refined, where the run has come to that.
    pub student_distilled: StageModel,
}

/// What stays the same over a run.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct StageFacts {
    /// Samples of the test set.
    pub test: usize,
    pub wall: StageWall,
}

/// Test samples that are shown one by one, class after class, a row a class.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct StageWall {
    /// Where they are in the test set.
    pub index: Column<u32>,
    /// Their classes, which grow.
    pub label: Column<u32>,
    /// `[samples, features]`.
    pub features: Column<f32>,
    /// Samples in the longest row.
    #[serde(rename = "perClass")]
    pub per_class: usize,
}

/// Samples of a finished run that are worth looking at.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct StageChoice {
    /// A test sample whose doubts can be read.
    pub opening: usize,
    /// Test samples that tell the students apart.
    pub exam: Vec<usize>,
    /// Transfer samples that the teacher doubts.
    pub taught: Vec<usize>,
}

/// A whole layer.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct LayerWeights {
    pub inputs: usize,
    pub outputs: usize,
    /// `[inputs, outputs]`.
    pub weights: Column<f32>,
    /// `[outputs]`.
    pub biases: Column<f32>,
}
