//! Single steps: going back, and what one did.

use super::{Lab, Thrown, thrown};
use crate::experiment;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Lab {
    /// Goes to the checkpoint before the state of `n` steps ago; returns the steps to be replayed from there.
    pub fn rewind(&mut self, n: usize) -> usize {
        self.experiment.rewind(n)
    }

    /// A step taken apart, see [`Experiment::record`]; nothing before the first. Thirteen numbers (phase, model, step,
    /// step of the phase, layers, layer of the matrices, samples, features, samples that were right, loss, its soft term, its
    /// hard term, what the method adds); for each layer inputs, outputs, and Euclidean and greatest sizes of gradient, update and parameters, each of
    /// weights and biases; for each sample index and label; features; weights; their update.
    ///
    /// # Errors
    /// As [`Experiment::record`].
    pub fn record(&mut self, next: bool, alone: bool, layer: usize) -> Result<Vec<f32>, Thrown> {
        let record = self.experiment.record(next, alone, layer).map_err(thrown)?;
        Ok(record.map_or_else(Vec::new, |r| flat(&r)))
    }
}

/// See [`Lab::record`].
fn flat(r: &experiment::Record) -> Vec<f32> {
    let mut out = Vec::new();
    put(
        &mut out,
        &[
            r.phase as usize as f64,
            r.model as usize as f64,
            r.step as f64,
            r.phase_step as f64,
            r.layers.len() as f64,
            r.layer as f64,
            r.indices.len() as f64,
            r.features.ncols() as f64,
            r.correct as f64,
            r.loss,
            r.soft_term,
            r.hard_term,
            r.own_term,
        ],
    );
    for l in &r.layers {
        put(&mut out, &[l.shape.0 as f64, l.shape.1 as f64]);
        for n in [l.gradient, l.update, l.parameters].as_flattened() {
            put(&mut out, &[n.l2, n.max]);
        }
    }
    for (&index, &label) in r.indices.iter().zip(&r.labels) {
        put(&mut out, &[f64::from(index), f64::from(label)]);
    }
    for values in [&r.features, &r.weights, &r.update] {
        out.extend(values);
    }
    out
}

/// Once, for all kinds of numbers.
#[inline(never)]
fn put(out: &mut Vec<f32>, values: &[f64]) {
    for &value in values {
        out.push(value as f32);
    }
}
