//! Adam: `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g^2`,
//! `p -= lr (m / (1 - b1^k)) / (sqrt(v / (1 - b2^k)) + eps)`; AdamW also `p -= lr wd p`, with p from before the step.
//!
//! Sources: Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2.

use crate::kernels::{AdamStep, Update};
use std::ops::Range;

#[derive(Clone, Debug)]
pub(super) struct Adam {
    learning_rate: f64,
    beta1: f64,
    beta2: f64,
    epsilon: f64,
    /// `1 - lr wd`.
    keep: f64,
    /// `b1^k` and `b2^k`, multiplied by `b1` and `b2` at each step: a power function has other bits on another machine.
    powers: (f64, f64),
    /// `m / (1 - b1)` and `v / (1 - b2)`: see [`AdamStep`].
    u: Vec<f32>,
    s: Vec<f32>,
}

impl Adam {
    pub(super) fn new(
        learning_rate: f64,
        beta1: f64,
        beta2: f64,
        epsilon: f64,
        weight_decay: f64,
        len: usize,
    ) -> Self {
        let keep = 1.0 - learning_rate * weight_decay;
        Self {
            learning_rate,
            beta1,
            beta2,
            epsilon,
            keep,
            powers: (1.0, 1.0),
            u: vec![0.0; len],
            s: vec![0.0; len],
        }
    }

    /// Counts a step, `k`.
    pub(super) fn begin(&mut self) {
        self.powers = (self.powers.0 * self.beta1, self.powers.1 * self.beta2);
    }

    pub(super) fn update(&mut self, range: Range<usize>) -> Update<'_> {
        let scale = ((1.0 - self.beta2) / (1.0 - self.powers.1)).sqrt();
        let step = AdamStep {
            beta1: self.beta1 as f32,
            beta2: self.beta2 as f32,
            rate: (self.learning_rate * (1.0 - self.beta1) / (1.0 - self.powers.0) / scale) as f32,
            epsilon: (self.epsilon / scale) as f32,
            keep: self.keep as f32,
        };
        Update::Adam { step, u: &mut self.u[range.clone()], s: &mut self.s[range] }
    }
}
