//! An optimiser's step on one vector of parameters, written over the vector type; [`super::epilogue::OptimizerStep`] applies it.

use super::vector::Vector;

/// The numbers of one step of Adam.
///
/// The state holds plain decayed sums, `u = m / (1 - b1)` and `s = v / (1 - b2)`, and the factors are part of the step's numbers.
/// This has the value of the paper's form (Kingma and Ba 2015, algorithm 1) with five roundings and four multiplications fewer for
/// each parameter. [`super::naive::adam_step`] has the derivation.
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    /// Decay of the sum of gradients, `b1`.
    pub beta1: f32,
    /// Decay of the sum of their squares, `b2`.
    pub beta2: f32,
    /// `lr (1 - b1) / (1 - b1^t) / c` with `c = sqrt((1 - b2) / (1 - b2^t))`.
    pub rate: f32,
    /// `eps / c`, added to the root.
    pub epsilon: f32,
    /// The factor of weight decay, `1 - lr wd`, by which a parameter is multiplied before the update; 1 for plain Adam.
    pub keep: f32,
}

impl AdamStep {
    /// The numbers as vectors.
    #[inline(always)]
    pub(super) fn splat<V: Vector>(&self) -> AdamVectors<V> {
        AdamVectors {
            beta1: V::splat(self.beta1),
            beta2: V::splat(self.beta2),
            rate: V::splat(self.rate),
            epsilon: V::splat(self.epsilon),
        }
    }

    /// Weight decay, before the update.
    pub(super) fn decay(&self, parameters: &mut [f32]) {
        if self.keep != 1.0 {
            parameters.iter_mut().for_each(|p| *p *= self.keep);
        }
    }
}

/// [`AdamStep`] as vectors, so that a loop loads them into registers once.
#[derive(Clone, Copy)]
pub(super) struct AdamVectors<V> {
    beta1: V,
    beta2: V,
    rate: V,
    epsilon: V,
}

impl<V: Vector> AdamVectors<V> {
    /// `(p, u, s)` after the step, from those before it and the gradient `g`:
    /// `u = b1 u + g`, `s = b2 s + g g`, `p = p - rate u / (sqrt(s) + eps)`.
    #[inline(always)]
    pub(super) fn apply(&self, p: V, g: V, u: V, s: V) -> (V, V, V) {
        let u = self.beta1.mul(u).add(g);
        let s = self.beta2.mul(s).add(g.mul(g));
        let p = p.sub(self.rate.mul(u).div(s.sqrt().add(self.epsilon)));
        (p, u, s)
    }
}

/// The numbers of one step of SGD.
#[derive(Clone, Copy, Debug)]
pub struct SgdStep {
    /// Learning rate.
    pub learning_rate: f32,
    /// Decay of the velocity.
    pub momentum: f32,
    /// Whether the momentum is Nesterov's (Sutskever et al. 2013, equations 3 and 4, as commonly rearranged).
    pub nesterov: bool,
}

impl SgdStep {
    /// `(p, u)` after the step: `u = momentum u + g`, then `p -= lr u`, or with Nesterov's momentum `p -= lr (g + momentum u)`.
    #[inline(always)]
    pub(super) fn apply<V: Vector>(&self, p: V, g: V, u: V) -> (V, V) {
        let momentum = V::splat(self.momentum);
        let u = momentum.mul(u).add(g);
        let d = if self.nesterov { g.add(momentum.mul(u)) } else { u };
        (p.sub(V::splat(self.learning_rate).mul(d)), u)
    }
}

/// The numbers of a step of either optimiser.
pub(super) enum Step {
    Adam(AdamStep),
    Sgd(SgdStep),
}

/// An optimiser's step and its state for one layer.
#[derive(Debug)]
pub enum Update<'a> {
    /// Adam or AdamW.
    Adam {
        /// Numbers of the step.
        step: AdamStep,
        /// Decayed sums of the gradients.
        u: &'a mut [f32],
        /// Decayed sums of their squares.
        s: &'a mut [f32],
    },
    /// Stochastic gradient descent.
    Sgd {
        /// Numbers of the step.
        step: SgdStep,
        /// Velocities.
        velocity: &'a mut [f32],
    },
}

/// Stochastic gradient descent with momentum, in a plain loop: `v = mu v + g`; `p -= lr v`, or with Nesterov's momentum `p -= lr (g + mu v)`.
///
/// Source: Sutskever et al. 2013, section 2. All slices have one length; `v`, the velocity, starts at zero.
pub fn sgd(step: &SgdStep, p: &mut [f32], g: &[f32], v: &mut [f32]) {
    for i in 0..p.len() {
        v[i] = step.momentum * v[i] + g[i];
        let direction = if step.nesterov { g[i] + step.momentum * v[i] } else { v[i] };
        p[i] -= step.learning_rate * direction;
    }
}
