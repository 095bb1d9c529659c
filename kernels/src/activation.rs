//! Activations and their derivatives, written over the vector type.

use super::math::tanh;
use super::vector::Vector;

/// The function that a layer applies to its pre-activations `z = x w + b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `z`: the output layer, whose results are the logits.
    Identity,
    /// `max(z, 0)`.
    Relu,
    /// `tanh(z)`.
    Tanh,
    /// `0.5 z (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3)))`, the tanh form of Hendrycks and Gimpel 2016, section 2.
    Gelu,
}

impl Activation {
    /// Derivative by the pre-activation `z` (GELU alone needs it), given `a = activation(z)`: one value, for what is not in a kernel.
    pub fn slope(self, z: f32, a: f32) -> f32 {
        activation_gradient(self, z, a)
    }
}

const GELU_SCALE: f32 = 0.797_884_6; // sqrt(2 / pi)
const GELU_CUBIC: f32 = 0.044_715;

/// `tanh(sqrt(2/pi) (z + 0.044715 z^3))`.
#[inline(always)]
fn gelu_gate<V: Vector>(z: V) -> V {
    let cubic = V::splat(GELU_CUBIC).mul(z).mul(z).mul(z);
    tanh(V::splat(GELU_SCALE).mul(z.add(cubic)))
}

/// `activation(z)`.
#[inline(always)]
pub(super) fn activate<V: Vector>(activation: Activation, z: V) -> V {
    let zero = V::splat(0.0);
    match activation {
        Activation::Identity => z,
        Activation::Relu => z.if_greater(zero, z, zero),
        Activation::Tanh => tanh(z),
        Activation::Gelu => V::splat(0.5).mul(z).mul(V::splat(1.0).add(gelu_gate(z))),
    }
}

/// `d activation / dz`, given `z` and `a = activation(z)`. Only GELU reads `z`. The derivative of a ReLU at 0 is 0.
#[inline(always)]
pub(super) fn activation_gradient<V: Vector>(activation: Activation, z: V, a: V) -> V {
    let (zero, half, one) = (V::splat(0.0), V::splat(0.5), V::splat(1.0));
    match activation {
        Activation::Identity => one,
        Activation::Relu => a.if_greater(zero, one, zero),
        Activation::Tanh => one.sub(a.mul(a)),
        Activation::Gelu => {
            let gate = gelu_gate(z);
            let inner = V::splat(GELU_SCALE).mul(one.add(V::splat(3.0 * GELU_CUBIC).mul(z).mul(z)));
            let slope = half.mul(z).mul(one.sub(gate.mul(gate))).mul(inner);
            half.mul(one.add(gate)).add(slope)
        }
    }
}
