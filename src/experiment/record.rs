//! What one training step does: its batch, its loss in terms, and by layer its gradient, its update and the weights.
//!
//! A step is recorded on copies, by the kernels that make it: its numbers are its own, and the run is not touched (a step already
//! made is gone back over and made again, which leaves no trace). A gradient is what plain descent from a standstill keeps as
//! its velocity, so that no kernel is needed for it alone. Norms of a layer: `|g|`, `|after - before|`, `|after|`, Euclidean and greatest, for weights and biases apart.

use super::arrays;
use super::curve::ModelName;
use super::learner::{Gathered, Learner};
use super::phases::material;
use super::{Experiment, Phase};
use crate::Error;
use crate::config::Training;
use crate::distil::{Kind, Term};
use crate::loss::{LossValue, Objective};
use crate::metrics::unpadded;
use crate::nn::Layer;
use crate::optim::Optimizer;
use crate::train::Trainer;
use ndarray::Array2;
use serde::Serialize;

/// The sizes of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Norms {
    /// Euclidean norm.
    pub l2: f64,
    /// Greatest absolute value.
    pub max: f64,
}

/// A layer in a step; each pair is `[weights, biases]`.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The phase it belongs to.
    pub phase: Phase,
    /// Whose step it is; of several teachers the first one's.
    pub model: ModelName,
    /// The step, counted from 1 over all phases.
    pub step: usize,
    /// The same within the phase.
    pub phase_step: usize,
    /// Indices of the batch's samples: in the training set (teacher) or in the transfer set.
    pub indices: Vec<u32>,
    /// Their labels; -1 where withheld.
    pub labels: Vec<i32>,
    /// Their features `[rows, features]`.
    pub features: Array2<f32>,
    /// The mean loss of the batch, before the step, as it is minimised.
    pub loss: f64,
    /// The soft term's part of it, with its weight (and `T^2`); 0 where there is none.
    pub soft_term: f64,
    /// What the method adds to the two, likewise.
    pub own_term: f64,
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
    pub weights: Array2<f32>,
    /// What the step added to them, `[inputs, outputs]`.
    pub update: Array2<f32>,
}

impl Experiment {
    /// The step that was made last, or with `next` the one that comes next, if one does; `None` before the first. Of two students
    /// that learn in lockstep the one `alone` or the distilled one; of several teachers the first. `layer` counts from the
    /// input on; a network with fewer gives its last.
    ///
    /// # Errors
    /// As [`Experiment::advance`], of the replay.
    pub fn record(&mut self, next: bool, alone: bool, layer: usize) -> Result<Option<Record>, Error> {
        if next && self.group.as_ref().is_some_and(|g| g.steps_done < g.steps) {
            return Ok(self.record_next(alone, layer));
        }
        if self.steps_done == 0 {
            return Ok(None);
        }
        // Back before the step, and on to where it was: what has been told already is not told again.
        let told = self.drawn.told();
        let replay = self.rewind(1);
        self.step(replay)?;
        let record = self.record_next(alone, layer);
        self.step(1)?;
        self.drawn.tell_from(told);
        Ok(record)
    }

    fn record_next(&self, alone: bool, layer: usize) -> Option<Record> {
        let group = self.group.as_ref()?;
        let of_two = self.phase == Phase::Students && !alone;
        let place = if of_two { group.learners.len() - 1 } else { 0 };
        let (model, learner) = (group.models[place], &group.learners[place]);
        let sees = self.config.teacher.sees;
        let on = material(self.phase, sees, &self.data, &self.transfer, self.soft.as_deref(), self.curves);
        let indices = group.next_indices(place);
        let (features, classes) = (self.data.shape.features, self.data.shape.classes.len());
        let mut batch = Gathered::new(indices.len(), features, classes);
        batch.fill(on.samples, on.labels, on.soft, &indices);

        let training =
            if self.phase == Phase::Teacher { &self.config.teacher.training } else { &self.config.student };
        let of = Of { learner, training, batch: &batch };
        let objective = &learner.trainer.objective;
        let still = || Optimizer::still(learner.net().parameters.len());
        let (value, before) = of.trial(objective, still());
        // The distilled student's loss by its terms; each is tried alone.
        let setting = self.config.method_setting();
        let terms =
            if model == ModelName::StudentDistilled { self.config.distillation.method.terms } else { &[] };
        let share = |kind: Kind| -> f64 {
            let value = |term: &Term| of.trial(&setting.objective_of(term), still()).0.loss;
            terms.iter().filter(|term| term.kind() == kind).map(value).sum()
        };
        let (soft_term, own_term) = (share(Kind::Soft), share(Kind::Own));
        let after = of.trial(objective, learner.trainer.optimizer.clone()).1;

        let mut update = after.net.parameters.clone();
        for (after, before) in update.iter_mut().zip(&before.net.parameters) {
            *after -= before;
        }
        let of_all = [before.optimizer.velocity(), &update, &after.net.parameters];
        let layers = before.net.layers();
        let layer = layer.min(layers.len() - 1);
        let shown = &layers[layer];
        let norms_of = |l: &Layer| {
            // Row by row, whatever the machine's panels: the order of a sum shows in its bits.
            let [gradient, update, parameters] = of_all.map(|values| {
                let biases = values[l.biases.start..l.biases.start + l.outputs].iter().copied();
                [norms(l.weights_of(values)), norms(biases)]
            });
            LayerNorms { shape: (l.inputs, l.outputs), gradient, update, parameters }
        };
        Some(Record {
            phase: self.phase,
            model,
            step: self.steps_done + 1,
            phase_step: group.steps_done + 1,
            features: unpadded(&batch.x, features).to_owned(),
            labels: batch.labels,
            indices,
            loss: value.loss,
            soft_term,
            own_term,
            hard_term: value.loss - soft_term - own_term,
            labelled: value.labelled,
            correct: value.correct,
            layers: layers.iter().map(norms_of).collect(),
            layer,
            weights: arrays::weights(shown, &after.net.parameters),
            update: arrays::weights(shown, &update),
        })
    }
}

/// A learner and the batch of its next step.
struct Of<'a> {
    learner: &'a Learner,
    training: &'a Training,
    batch: &'a Gathered,
}

impl Of<'_> {
    /// A step on a copy.
    fn trial(&self, objective: &Objective, optimizer: Optimizer) -> (LossValue, Trainer) {
        let mut copy = Learner::of(self.learner.net().clone(), self.training, 0, objective.clone()).trainer;
        copy.optimizer = optimizer;
        if !copy.own.parameters.is_empty() {
            copy.own = self.learner.trainer.own.clone();
        }
        let value = copy.step(&self.batch.samples());
        (value, copy)
    }
}

fn norms(values: impl Iterator<Item = f32>) -> Norms {
    let (mut squares, mut max) = (0.0, 0.0f64);
    for v in values {
        let v = f64::from(v);
        squares += v * v;
        max = max.max(v.abs());
    }
    Norms { l2: squares.sqrt(), max }
}
