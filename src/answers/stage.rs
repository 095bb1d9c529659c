//! A run as the stage draws it: the networks as they stand, a sample through them, and what they read.

use super::Column;
use crate::experiment::{self, Phase, StageRole};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

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

impl From<experiment::StageView> for StageView {
    fn from(view: experiment::StageView) -> Self {
        let sample = view.sample;
        let model = |of: experiment::StageModel| StageModel {
            trained: of.trained,
            layers: of.layers.into_iter().map(Into::into).collect(),
            softened: Column(of.softened),
            plain: Column(of.plain),
            says: of.says,
            wall: Column(of.wall),
            correct: of.correct,
            parameters: of.parameters,
            macs: of.macs,
        };
        Self {
            phase: view.phase,
            step: view.step,
            phase_step: view.phase_step,
            temperature: view.temperature,
            sample: StageSample {
                role: sample.role,
                index: sample.index,
                features: Column(sample.features),
                label: sample.label,
                labelled: sample.labelled,
            },
            teacher: model(view.teacher),
            student_alone: model(view.student_alone),
            student_distilled: model(view.student_distilled),
        }
    }
}

impl From<experiment::StageLayer> for StageLayer {
    fn from(of: experiment::StageLayer) -> Self {
        Self {
            inputs: of.inputs,
            outputs: of.outputs,
            shown: of.shown,
            weights: Column(of.weights),
            biases: Column(of.biases),
            activations: Column(of.activations),
        }
    }
}

impl StageFacts {
    pub(super) fn new(test: usize, wall: experiment::Wall) -> Self {
        Self {
            test,
            wall: StageWall {
                index: Column(wall.index),
                label: Column(wall.label),
                features: Column(wall.features),
                per_class: wall.per_class,
            },
        }
    }
}

impl From<experiment::Choice> for StageChoice {
    fn from(of: experiment::Choice) -> Self {
        Self { opening: of.opening, exam: of.exam, taught: of.taught }
    }
}

impl From<experiment::StageLayer> for LayerWeights {
    fn from(of: experiment::StageLayer) -> Self {
        Self {
            inputs: of.inputs,
            outputs: of.outputs,
            weights: Column(of.weights),
            biases: Column(of.biases),
        }
    }
}
