//! What a learner minimises: the trait of a loss, their weighed sum, and the mathematics that several methods share.
//!
//! Notation: n samples, K classes, `z_s` the student's logits, `z_t` the teacher's, T the temperature,
//! `p = softmax(z_t / T)`, `q = softmax(z_s / T)`, y the label (-1 where it is withheld), natural logarithms. Losses are means over
//! all n samples, gradients are of that mean; the teacher is constant. Logits are `[n, padded(K)]` and the padding of
//! every gradient is zero. Sums over samples that are only reported go in `f64`, in order.
//!
//! A method's own loss is in its file in [`crate::distil`].

/// Lets a loss be named in messages, without its numbers: a trait object keeps the code that would write them, whether anything
/// does or not.
macro_rules! named {
    ($loss:ident) => {
        impl std::fmt::Debug for $loss {
            fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str(stringify!($loss))
            }
        }
    };
}
pub(crate) use named;

mod cross_entropy;
mod kl;
mod objective;
mod softmax;

pub use cross_entropy::{CrossEntropy, cross_entropy};
pub use kl::{exact_kl, kl, scaled_kl, softened};
pub use objective::{
    Batch, Gradients, Hidden, LogitRow, Loss, LossValue, Objective, Scratch, TeacherRows, Weighed,
};
pub use softmax::{entropy, log_softmax, softmax};
