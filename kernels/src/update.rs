//! What an optimiser does to one vector of parameters, written over the vector type: fused to the end of the weights' gradients.

use super::vector::Vector;

/// Adam's numbers of one step.
///
/// The state is kept as plain sums, `u = m / (1 - b1)` and `s = v / (1 - b2)`, and the factors go into the numbers of the step:
/// five roundings and four multiplications fewer for each parameter than the paper's form, with the same value.
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    /// Decay of the sum of gradients, `b1`.
    pub beta1: f32,
    /// Decay of the sum of their squares, `b2`.
    pub beta2: f32,
    /// `lr (1 - b1) / (1 - b1^k) / c`, `c = sqrt((1 - b2) / (1 - b2^k))`.
    pub rate: f32,
    /// `eps / c`, added to the root.
    pub epsilon: f32,
    /// `1 - lr wd`: what weight decay leaves of a parameter before the update; 1 without.
    pub keep: f32,
}

impl AdamStep {
    /// The numbers in vectors.
    #[inline(always)]
    pub(super) fn hold<V: Vector>(&self) -> AdamVectors<V> {
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

/// [`AdamStep`] in vectors, so that they are taken into registers once.
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

/// SGD's numbers.
#[derive(Clone, Copy, Debug)]
pub struct SgdStep {
    /// Learning rate.
    pub learning_rate: f32,
    /// Share of the velocity that stays.
    pub momentum: f32,
    /// Whether to look ahead (Sutskever et al. 2013, equations 3 and 4, as commonly rearranged).
    pub nesterov: bool,
}

impl SgdStep {
    /// `(p, u)` after the step: `u = momentum u + g`, `p -= lr u`, or `p -= lr (g + momentum u)` with Nesterov's.
    #[inline(always)]
    pub(super) fn apply<V: Vector>(&self, p: V, g: V, u: V) -> (V, V) {
        let momentum = V::splat(self.momentum);
        let u = momentum.mul(u).add(g);
        let d = if self.nesterov { g.add(momentum.mul(u)) } else { u };
        (p.sub(V::splat(self.learning_rate).mul(d)), u)
    }
}

/// The numbers of a step.
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
