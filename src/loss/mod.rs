//! Losses: a file each, with its formula, shapes, source, forward and gradient.
//!
//! Notation: n samples, K classes, `z_s` the student's logits, `z_t` the teacher's, T the temperature,
//! `p = softmax(z_t / T)`, `q = softmax(z_s / T)`, y the label (-1 where it is withheld), natural logarithms. Losses are means over
//! all n samples, gradients are of that mean; the teacher is constant. Logits are `[n, padded(K)]` and the padding of
//! every gradient is zero. Sums over samples that are only reported go in `f64`, in order.

mod cross_entropy;
mod decoupled;
mod hard_teacher;
mod hint;
mod logit_matching;
mod notebook;
mod objective;
mod relational;
mod soft_targets;
mod softmax;

pub use cross_entropy::cross_entropy;
pub use decoupled::{Decoupled, DecoupledValue, decoupled};
pub use hard_teacher::hard_teacher;
pub use hint::{Hint, hint};
pub use logit_matching::logit_matching;
pub use notebook::notebook_as_written;
pub use objective::{Batch, LossValue, Objective, Scratch, TeacherRows};
pub use relational::{Embeddings, relational_angle, relational_distance};
pub use soft_targets::{soft_targets, soft_targets_kl};
pub use softmax::{entropy, softmax};
