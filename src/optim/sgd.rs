//! `v = mu v + g`; `p -= lr v`, or with Nesterov's momentum `p -= lr (g + mu v)` with the new v.
//!
//! Source: Sutskever et al. 2013, section 2.

use crate::kernels::{SgdStep, Update};
use std::ops::Range;

#[derive(Clone, Debug)]
pub(super) struct Sgd {
    step: SgdStep,
    velocity: Vec<f32>,
}

impl Sgd {
    pub(super) fn new(learning_rate: f64, momentum: f64, nesterov: bool, len: usize) -> Self {
        Self {
            step: SgdStep { learning_rate: learning_rate as f32, momentum: momentum as f32, nesterov },
            velocity: vec![0.0; len],
        }
    }

    pub(super) fn velocity(&self) -> &[f32] {
        &self.velocity
    }

    pub(super) fn update(&mut self, range: Range<usize>) -> Update<'_> {
        Update::Sgd { step: self.step, velocity: &mut self.velocity[range] }
    }
}
