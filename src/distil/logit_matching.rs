//! `LM = 1/(2K) sum_k (d_k - mean d)^2`, `d = z_s - z_t`: what T^2 KL tends to as T grows.
//!
//! Shapes: `[n, padded(K)]`; `d/dz_s = (d_k - mean d) / (K n)`. Centred, since a softmax does not see a shift of all logits.
//! Source: Ba and Caruana 2014; Hinton, Vinyals and Dean 2015, section 2.1.

use super::{Answer, Method, Term, Weight, Words};
use crate::field::python;
use crate::kernels::padded;
use crate::loss::{Batch, Gradients, Loss, Scratch};
use std::sync::Arc;

/// See the module.
#[derive(Clone, Copy, Debug)]
pub struct LogitMatching;

impl Loss for LogitMatching {
    fn forward_backward(&self, batch: &Batch, _: &mut Scratch, gradients: &mut Gradients) -> f64 {
        logit_matching(batch, gradients.logits)
    }
}

pub(super) const METHOD: Method = Method {
    name: "logit_matching",
    title: Words { en: "Logit matching", de: "Gleiche Logits" },
    helps: Words {
        en: "Helps where soft targets do, without a temperature to choose: it is what they tend to as T grows.",
        de: "Hilft, wo weiche Ziele helfen, ohne dass eine Temperatur zu wählen ist: Dorthin streben sie, wenn T wächst.",
    },
    source: "Ba and Caruana 2014, arXiv:1312.6184; Hinton, Vinyals and Dean 2015, section 2.1",
    options: &[],
    teacher: Answer::Logits,
    terms: &[
        Term { weight: Weight::Alpha, formula: "½ |Δz|²", loss: |_| Arc::new(LogitMatching) },
        Term::HARD,
    ],
    snippet: python!("logit_matching.py"),
};

/// The mean loss; writes its gradient.
fn logit_matching(batch: &Batch, d_logits: &mut [f32]) -> f64 {
    let (rows, classes, stride) = (batch.rows, batch.classes, padded(batch.classes));
    let scale = 1.0 / (classes * rows) as f32;
    let mut loss = 0.0f64;
    for i in 0..rows {
        let row = i * stride..(i + 1) * stride;
        let (s, t, d) = (&batch.logits[row.clone()], &batch.teacher.logits[row.clone()], &mut d_logits[row]);
        let mean = (0..classes).map(|k| f64::from(s[k]) - f64::from(t[k])).sum::<f64>() / classes as f64;
        d.fill(0.0);
        for k in 0..classes {
            let centred = f64::from(s[k]) - f64::from(t[k]) - mean;
            loss += 0.5 * centred * centred / classes as f64;
            d[k] = centred as f32 * scale;
        }
    }
    loss / rows as f64
}
