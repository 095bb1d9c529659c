//! `v = mu v + g`; `p -= lr v`, or with Nesterov's momentum `p -= lr (g + mu v)` with the new v.
//!
//! Source: Sutskever et al. 2013, section 2.

use crate::kernels;

#[derive(Clone, Debug)]
pub(super) struct Sgd {
    learning_rate: f32,
    momentum: f32,
    nesterov: bool,
    velocity: Vec<f32>,
}

impl Sgd {
    pub(super) fn new(learning_rate: f64, momentum: f64, nesterov: bool, len: usize) -> Self {
        Self {
            learning_rate: learning_rate as f32,
            momentum: momentum as f32,
            nesterov,
            velocity: vec![0.0; len],
        }
    }

    pub(super) fn step(&mut self, parameters: &mut [f32], gradients: &[f32]) {
        kernels::sgd(
            self.learning_rate,
            self.momentum,
            self.nesterov,
            parameters,
            gradients,
            &mut self.velocity,
        );
    }
}
