//! What one training step does: its batch, its loss in terms, and by layer its gradient, its update and the weights.
//!
//! A step is recorded on copies, by the kernels that make it, so that the run is not touched and the numbers are its own. Norms of
//! a layer: `|g|`, `|after - before|`, `|after|`, Euclidean and greatest, for weights and biases apart.

use super::checkpoints::first_model;
use super::learner::Gathered;
use super::{Experiment, Phase, material};
use crate::Error;
use crate::kernels::padded;
use crate::loss::Objective;
use crate::nn::Layer;
use crate::train::Anatomy;

/// The sizes of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Norms {
    /// Euclidean norm.
    pub l2: f64,
    /// Greatest absolute value.
    pub max: f64,
}

/// A layer in a step; each pair is `[weights, biases]`.
#[derive(Clone, Debug)]
pub struct LayerNorms {
    /// Inputs and outputs.
    pub shape: (usize, usize),
    /// Gradient of the loss.
    pub gradient: [Norms; 2],
    /// What the optimiser added.
    pub update: [Norms; 2],
    /// The parameters after the step.
    pub parameters: [Norms; 2],
}

/// A step of one model.
#[derive(Clone, Debug)]
pub struct Record {
    /// The phase it belongs to.
    pub phase: Phase,
    /// The model, as in [`super::Point`].
    pub model: usize,
    /// The step, counted from 1 over all phases.
    pub step: usize,
    /// The same within the phase.
    pub phase_step: usize,
    /// Indices of the batch's samples: in the training set (teacher) or in the transfer set.
    pub indices: Vec<u32>,
    /// Their labels; -1 where withheld.
    pub labels: Vec<i32>,
    /// Their features `[rows, features]`.
    pub features: Vec<f32>,
    /// The mean loss of the batch, before the step, as it is minimised.
    pub loss: f64,
    /// The soft term's part of it, with its weight (and `T^2`); 0 where there is none.
    pub soft_term: f64,
    /// The rest.
    pub hard_term: f64,
    /// Labelled samples, and those that the model had right before the step.
    pub labelled: usize,
    /// See `labelled`.
    pub correct: usize,
    /// Every layer, from the input on.
    pub layers: Vec<LayerNorms>,
    /// Which of them the matrices are of.
    pub layer: usize,
    /// Weights after the step, `[inputs, outputs]`.
    pub weights: Vec<f32>,
    /// What the step added to them.
    pub update: Vec<f32>,
}

impl Experiment {
    /// The step that was made last, or with `next` the one that comes next, if one does; `None` before the first. Of two students
    /// that learn in lockstep the one `alone` or the distilled one; of several teachers the first. `layer` counts from the
    /// input on; a network with fewer gives its last.
    ///
    /// # Errors
    /// As [`Experiment::advance`], of the replay.
    #[cold]
    pub fn record(&self, next: bool, alone: bool, layer: usize) -> Result<Option<Record>, Error> {
        if next && self.group.as_ref().is_some_and(|g| g.steps_done < g.steps) {
            return Ok(self.record_next(alone, layer));
        }
        let Some(before) = self.steps_done.checked_sub(1) else {
            return Ok(None);
        };
        let mut past = self.past(before);
        past.step(before - past.steps_done)?;
        Ok(past.record_next(alone, layer))
    }

    fn record_next(&self, alone: bool, layer: usize) -> Option<Record> {
        let group = self.group.as_ref()?;
        let of_two = self.phase == Phase::Students && !alone;
        let learner = if of_two { group.learners.len() - 1 } else { 0 };
        let model = first_model(self.phase, group) + learner;
        let on = material(
            self.phase,
            &self.data,
            &self.transfer,
            self.soft.as_deref(),
            self.curves,
        );
        let indices = group.next_indices(learner);
        let (features, classes) = (self.data.shape.features, self.data.shape.classes.len());
        let mut batch = Gathered::new(indices.len(), features, classes);
        batch.fill(on.samples, on.labels, on.soft, &indices);
        let d = &self.config.distillation;
        let soft = self.soft_objective(d.temperature).filter(|_| model == 2);
        let weighed = |objective: Objective| (objective, d.alpha);
        let took = group.learners[learner].anatomy(&batch, soft.filter(|_| d.alpha > 0.0).map(weighed));
        let layers = took.before.layers();
        let layer = layer.min(layers.len() - 1);
        let of = &layers[layer];
        let update: Vec<f32> = took
            .after
            .iter()
            .zip(&took.before.parameters)
            .map(|(after, before)| after - before)
            .collect();
        Some(Record {
            phase: self.phase,
            model,
            step: self.steps_done + 1,
            phase_step: group.steps_done + 1,
            features: unpadded(&batch.x, features),
            labels: batch.labels,
            indices,
            loss: took.value.loss,
            soft_term: took.soft_term,
            hard_term: took.value.loss - took.soft_term,
            labelled: took.value.labelled,
            correct: took.value.correct,
            layers: layers.iter().map(|l| norms_of(l, &took, &update)).collect(),
            layer,
            weights: unpadded(&took.after[of.weights.clone()], of.outputs),
            update: unpadded(&update[of.weights.clone()], of.outputs),
        })
    }
}

/// Padding is zero in all of them, so that it adds nothing.
fn norms_of(layer: &Layer, took: &Anatomy, update: &[f32]) -> LayerNorms {
    let both = |values: &[f32]| {
        [
            norms(&values[layer.weights.clone()]),
            norms(&values[layer.biases.clone()]),
        ]
    };
    LayerNorms {
        shape: (layer.inputs, layer.outputs),
        gradient: both(&took.gradients),
        update: both(update),
        parameters: both(&took.after),
    }
}

fn norms(values: &[f32]) -> Norms {
    let (mut squares, mut max) = (0.0, 0.0f64);
    for &v in values {
        let v = f64::from(v);
        squares += v * v;
        max = max.max(v.abs());
    }
    Norms {
        l2: squares.sqrt(),
        max,
    }
}

/// Rows of `width` values, without their padding.
fn unpadded(values: &[f32], width: usize) -> Vec<f32> {
    let rows = values.chunks_exact(padded(width));
    rows.flat_map(|row| &row[..width]).copied().collect()
}
