//! `alpha T^2 KL(p || q) + (1 - alpha) CE(y)`: the teacher's softened output as a target beside the label.
//!
//! Source: Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2. Formula and gradient: [`crate::loss::kl`].

use super::{Answer, Method, Term, Weight, Words};
use crate::field::python;
use crate::loss::{Batch, Gradients, LogitRow, Loss, Scratch, exact_kl, scaled_kl};
use std::sync::Arc;

/// `T^2 KL(p || q)`.
#[derive(Clone, Copy)]
pub struct SoftTargets {
    /// T.
    pub temperature: f32,
}

crate::loss::named!(SoftTargets);

impl Loss for SoftTargets {
    fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, gradients: &mut Gradients) -> f64 {
        scaled_kl(batch, self.temperature, scratch, gradients.logits)
    }

    fn exact(&self, row: &LogitRow) -> Option<f64> {
        let t = f64::from(self.temperature);
        Some(t * t * exact_kl(row, t))
    }
}

/// The term of soft targets, for methods that add to it.
pub(super) const SOFT: Term = Term {
    weight: Weight::Alpha,
    formula: "T² · KL",
    loss: |s| Arc::new(SoftTargets { temperature: s.temperature() }),
};

pub(super) const METHOD: Method = Method {
    name: "soft_targets",
    title: Words { en: "Soft targets", de: "Weiche Ziele" },
    helps: Words {
        en: "Helps where labelled samples are few: each of the teacher's outputs says how alike the classes are.",
        de: "Hilft, wo es wenige Beispiele mit Klasse gibt: Jede Ausgabe des Lehrers sagt, wie ähnlich sich die Klassen sind.",
    },
    source: "Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2",
    options: &[],
    teacher: Answer::SoftTargets,
    terms: &[SOFT, Term::HARD],
    snippet: python!("soft_targets.py"),
};
