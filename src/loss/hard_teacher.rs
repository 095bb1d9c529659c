//! Cross-entropy against the teacher's arg-max, on every sample, labelled or not.
//!
//! The control that tells pseudo-labels from soft targets: the same teacher, with everything it says about the other classes
//! taken away. Shapes and gradient as in `cross_entropy`.

use super::{Batch, Scratch, cross_entropy};

/// The mean loss; writes its gradient.
pub fn hard_teacher(batch: &Batch, scratch: &mut Scratch, d_logits: &mut [f32]) -> f64 {
    cross_entropy(batch, batch.teacher.arg_max, 0.0, scratch, d_logits)
}
