//! A training step taken apart.

use super::Column;
use crate::experiment::{self, ModelName, Phase};
use ndarray::Array2;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// A training step of one model, taken apart.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordedStep {
    phase: Phase,
    model: ModelName,
    /// Counted from 1 over all phases.
    step: usize,
    /// Counted from 1 within the phase.
    phase_step: usize,
    /// The batch.
    samples: Vec<RecordedSample>,
    /// `[samples, features]`.
    features: Column<f32>,
    /// Samples that the model had right before the step.
    correct: usize,
    /// The loss as it is minimised, before the step: the mean over the batch.
    loss: f64,
    /// The soft term's part of it, with its weight.
    soft_term: f64,
    /// What the method adds to the two, likewise.
    own_term: f64,
    /// The rest.
    hard_term: f64,
    /// From the input on.
    layers: Vec<RecordedLayer>,
    /// The layer that the matrices are of.
    layer: usize,
    /// Weights after the step, `[inputs, outputs]`.
    weights: Column<f32>,
    /// What the step added to them.
    update: Column<f32>,
    histograms: Histograms,
}

/// A sample of a recorded batch.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct RecordedSample {
    /// Where it is in the training set (teacher) or the transfer set.
    index: u32,
    /// -1 where withheld.
    label: i32,
}

/// A layer in a recorded step.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct RecordedLayer {
    inputs: usize,
    outputs: usize,
    gradient: Sizes,
    /// What the optimiser added.
    update: Sizes,
    /// After the step.
    parameters: Sizes,
    /// Size of the weights' update as a share of the weights'; null where there are none but zeros.
    ratio: Option<f64>,
}

/// Sizes of a layer's weights and of its biases.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Sizes {
    weights: experiment::Norms,
    biases: experiment::Norms,
}

/// Histograms of the matrices of a recorded step.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Histograms {
    weights: Histogram,
    update: Histogram,
}

/// Counts in equal bins from `-edge` to `edge`, which is the greatest absolute value.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Histogram {
    edge: f64,
    counts: Vec<u32>,
}

impl Histogram {
    const BINS: usize = 32;

    fn of(values: impl Iterator<Item = f32> + Clone) -> Self {
        let edge = f64::from(values.clone().fold(0.0f32, |most, v| most.max(v.abs())));
        let mut counts = vec![0; Self::BINS];
        for value in values {
            // From 0 to 1; the greatest value belongs to the last bin.
            let place = if edge > 0.0 { (f64::from(value) / edge + 1.0) / 2.0 } else { 0.5 };
            counts[((Self::BINS as f64 * place) as usize).min(Self::BINS - 1)] += 1;
        }
        Self { edge, counts }
    }
}

impl From<experiment::Record> for RecordedStep {
    fn from(r: experiment::Record) -> Self {
        let sizes = |[weights, biases]: [experiment::Norms; 2]| Sizes { weights, biases };
        let layers = r.layers.iter().map(|l| RecordedLayer {
            inputs: l.shape.0,
            outputs: l.shape.1,
            gradient: sizes(l.gradient),
            update: sizes(l.update),
            parameters: sizes(l.parameters),
            ratio: (l.parameters[0].l2 > 0.0).then(|| l.update[0].l2 / l.parameters[0].l2),
        });
        let samples = r.indices.iter().zip(&r.labels);
        let column = |matrix: Array2<f32>| Column(matrix.iter().copied().collect());
        Self {
            phase: r.phase,
            model: r.model,
            step: r.step,
            phase_step: r.phase_step,
            samples: samples.map(|(&index, &label)| RecordedSample { index, label }).collect(),
            correct: r.correct,
            loss: r.loss,
            soft_term: r.soft_term,
            own_term: r.own_term,
            hard_term: r.hard_term,
            layers: layers.collect(),
            layer: r.layer,
            histograms: Histograms {
                weights: Histogram::of(r.weights.iter().copied()),
                update: Histogram::of(r.update.iter().copied()),
            },
            features: column(r.features),
            weights: column(r.weights),
            update: column(r.update),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_is_even_around_zero_and_holds_its_greatest_value() {
        let histogram = Histogram::of([-2.0, -0.01, 0.01, 1.99, 2.0].into_iter());
        assert_eq!(histogram.edge, 2.0);
        let at = |bin: usize| histogram.counts[bin];
        assert_eq!([at(0), at(15), at(16), at(31)], [1, 1, 1, 2]);
        assert_eq!(histogram.counts.iter().sum::<u32>(), 5);
    }

    #[test]
    fn zeros_alone_are_in_the_middle_of_a_histogram_and_nothing_is_in_none_of_its_bins() {
        let zeros = Histogram::of([0.0; 3].into_iter());
        assert_eq!((zeros.edge, zeros.counts[Histogram::BINS / 2]), (0.0, 3));
        assert!(Histogram::of([].into_iter()).counts.iter().all(|&count| count == 0));
    }
}
