//! Optimisers: how gradients move parameters. Their state starts at zero; updates are counted from 1.

mod adam;
mod sgd;

use crate::kernels::{self, Update};
use adam::Adam;
use sgd::Sgd;
use std::ops::Range;

/// An optimiser's hyper-parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // the names are those of the papers
pub enum Rule {
    /// Adam; with a weight decay above 0, AdamW.
    Adam { learning_rate: f64, beta1: f64, beta2: f64, epsilon: f64, weight_decay: f64 },
    /// Stochastic gradient descent with momentum, plain or Nesterov's.
    Sgd { learning_rate: f64, momentum: f64, nesterov: bool },
}

/// A rule and its memory of the gradients.
///
/// ```
/// use distill_lab::optim::{Optimizer, Rule};
/// let mut sgd = Optimizer::new(Rule::Sgd { learning_rate: 0.5, momentum: 0.0, nesterov: false }, 4);
/// let mut parameters = [1.0, 1.0, 1.0, 1.0];
/// sgd.step(&mut parameters, &[1.0, 0.0, -1.0, 0.0]);
/// assert_eq!(parameters, [0.5, 1.0, 1.5, 1.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Optimizer(State);

#[derive(Clone, Debug)]
enum State {
    Adam(Adam),
    Sgd(Sgd),
}

impl Optimizer {
    /// An optimiser for `len` parameters.
    pub fn new(rule: Rule, len: usize) -> Self {
        Self(match rule {
            Rule::Adam { learning_rate, beta1, beta2, epsilon, weight_decay } => {
                State::Adam(Adam::new(learning_rate, beta1, beta2, epsilon, weight_decay, len))
            }
            Rule::Sgd { learning_rate, momentum, nesterov } => {
                State::Sgd(Sgd::new(learning_rate, momentum, nesterov, len))
            }
        })
    }

    /// Plain descent at a learning rate of 0: a step moves no parameter and leaves the gradients in [`Optimizer::velocity`].
    pub fn still(len: usize) -> Self {
        Self(State::Sgd(Sgd::new(0.0, 0.0, false, len)))
    }

    /// SGD's velocities; empty for other rules.
    pub fn velocity(&self) -> &[f32] {
        match &self.0 {
            State::Adam(_) => &[],
            State::Sgd(sgd) => sgd.velocity(),
        }
    }

    /// Begins a step: counts it. [`Optimizer::update`] follows for each range of parameters.
    pub fn begin(&mut self) {
        if let State::Adam(adam) = &mut self.0 {
            adam.begin();
        }
    }

    /// The step's update of the parameters in `range`, which the kernels apply.
    pub fn update(&mut self, range: Range<usize>) -> Update<'_> {
        match &mut self.0 {
            State::Adam(adam) => adam.update(range),
            State::Sgd(sgd) => sgd.update(range),
        }
    }

    /// A whole step with stored gradients.
    pub fn step(&mut self, parameters: &mut [f32], gradients: &[f32]) {
        self.begin();
        match self.update(0..parameters.len()) {
            Update::Adam { step, u, s } => kernels::adam(&step, parameters, gradients, u, s),
            Update::Sgd { step, velocity } => kernels::sgd(&step, parameters, gradients, velocity),
        }
    }
}
