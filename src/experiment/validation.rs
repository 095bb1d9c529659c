//! Samples to choose by, so that the test set is left to report on: neither student has seen them.

use super::{Experiment, ensemble, transfer::TransferSet};
use crate::data::Samples;
use crate::metrics;
use crate::nn::Mlp;
use serde::Serialize;
use std::borrow::Cow;

/// Fewest training samples outside the transfer set that are worth choosing by.
const MIN_OUTSIDE: usize = 200;

/// Most of them that are looked at: more cost time and hardly make the choice surer.
const MAX_OUTSIDE: usize = 1000;

/// What a run's validation accuracies are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Validation {
    /// How many samples.
    pub samples: usize,
    /// Whether the teacher has learned from them: it has, where they are training samples outside the transfer set.
    pub seen_by_teacher: bool,
}

/// Of the training samples in the order in which the transfer set was drawn, those after its `size`, as many as are looked at; none
/// where too few remain.
pub(super) fn outside(order: &[usize], size: usize) -> Vec<usize> {
    let rest = order.get(size..).unwrap_or_default();
    if rest.len() < MIN_OUTSIDE { Vec::new() } else { rest[..rest.len().min(MAX_OUTSIDE)].to_vec() }
}

impl Experiment {
    /// The samples, and what is to be said of them: those that `data.validation` holds out, else training samples outside the transfer
    /// set. `None` where there are none.
    pub(super) fn validation(&self) -> Option<(Cow<'_, Samples>, Validation)> {
        let (held_out, TransferSet { outside, .. }) = (&self.data.validation, &*self.transfer);
        let (samples, seen_by_teacher) = if !held_out.is_empty() {
            (Cow::Borrowed(held_out), false)
        } else if !outside.is_empty() {
            (Cow::Owned(self.data.train.select(outside)), true)
        } else {
            return None;
        };
        let of = Validation { samples: samples.len(), seen_by_teacher };
        Some((samples, of))
    }

    /// Accuracy of `net` on such samples.
    pub(super) fn validation_accuracy(&self, net: &Mlp, samples: &Samples) -> f64 {
        let logits = ensemble::logits_of(net, samples);
        metrics::accuracy(metrics::unpadded(&logits, self.data.shape.classes.len()), samples.labels())
    }
}
