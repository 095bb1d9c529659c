//! What an optimiser does to one vector of parameters, written over the vector type: fused to the end of the weights' gradients.

use super::vector::Vector;

/// Adam's numbers of one step.
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    /// Decay of the mean, `b1`.
    pub beta1: f32,
    /// Decay of the mean square, `b2`.
    pub beta2: f32,
    /// `lr / (1 - b1^k)`.
    pub rate: f32,
    /// `1 / sqrt(1 - b2^k)`.
    pub scale2: f32,
    /// Added to the root.
    pub epsilon: f32,
    /// `1 - lr wd`; 1 without weight decay.
    pub keep: f32,
}

impl AdamStep {
    /// The numbers in vectors.
    #[inline(always)]
    pub(super) fn hold<V: Vector>(&self) -> AdamVectors<V> {
        AdamVectors {
            beta1: V::splat(self.beta1),
            rest1: V::splat(1.0 - self.beta1),
            beta2: V::splat(self.beta2),
            rest2: V::splat(1.0 - self.beta2),
            rate: V::splat(self.rate),
            scale2: V::splat(self.scale2),
            epsilon: V::splat(self.epsilon),
            keep: V::splat(self.keep),
        }
    }
}

/// [`AdamStep`] in vectors, so that a tile takes them into registers once.
#[derive(Clone, Copy)]
pub(super) struct AdamVectors<V> {
    beta1: V,
    rest1: V,
    beta2: V,
    rest2: V,
    rate: V,
    scale2: V,
    epsilon: V,
    keep: V,
}

impl<V: Vector> AdamVectors<V> {
    /// `(p, m, v)` after the step, from those before it and the gradient `g`:
    /// `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) (g g)`, `p = keep p - rate m / (sqrt(v) scale2 + eps)`.
    #[inline(always)]
    pub(super) fn apply(&self, p: V, g: V, m: V, v: V) -> (V, V, V) {
        let m = self.beta1.mul(m).add(self.rest1.mul(g));
        let v = self.beta2.mul(v).add(self.rest2.mul(g.mul(g)));
        let root = v.sqrt().mul(self.scale2).add(self.epsilon);
        let p = self.keep.mul(p).sub(self.rate.mul(m).div(root));
        (p, m, v)
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

/// An optimiser's step and its state for one layer.
#[derive(Debug)]
pub enum Update<'a> {
    /// Adam or AdamW.
    Adam {
        /// Numbers of the step.
        step: AdamStep,
        /// Means of the gradients.
        m: &'a mut [f32],
        /// Means of their squares.
        v: &'a mut [f32],
    },
    /// Stochastic gradient descent.
    Sgd {
        /// Numbers of the step.
        step: SgdStep,
        /// Velocities.
        velocity: &'a mut [f32],
    },
}
