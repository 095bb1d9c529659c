//! Decoupled distillation: `alpha T^2 (TCKD + beta NCKD) + (1 - alpha) CE(y)`.
//!
//! With y the label, `TCKD = KL([p_y, 1 - p_y] || [q_y, 1 - q_y])` says how sure to be of the label's class, and
//! `NCKD = KL(p' || q')`, `p'` and `q'` the softmax at T over the classes other than y, how to share out the rest. Soft targets
//! weigh the second by `1 - p_y`; here it has a weight of its own. Two classes leave NCKD = 0. The paper's weights (1 for CE and
//! TCKD, beta for NCKD) are those of `alpha = 1/2`, all doubled.
//!
//! A row whose label is withheld has no class to take out, and contributes `KL(p || q)`, which is `TCKD + (1 - p_y) NCKD` whatever y is.
//! The teacher's arg-max is not put in the label's place: where the teacher is wrong, it would weigh NCKD by a wrong class.
//!
//! Everything is done in log space with class y taken out of the sums: `ln(1 - p_y)` is the log-sum-exp of the others.
//! Shapes: logits `[n, padded(K)]`. Sums in `f64`.
//! Source: Zhao, Cui, Song, Qiu and Liang, CVPR 2022, arXiv:2203.08679, equation 7.

use super::{Answer, Method, MethodOption, Term, Weight, Words};
use crate::field::{number, python};
use crate::kernels::padded;
use crate::loss::{Batch, Gradients, Loss, Scratch};
use std::sync::Arc;

pub(super) const METHOD: Method = Method {
    name: "decoupled",
    title: Words { en: "Decoupled", de: "Entkoppelt" },
    helps: Words {
        en: "Helps where the teacher is sure: what it says of the wrong classes then weighs next to nothing in soft targets.",
        de: "Hilft, wo der Lehrer sich sicher ist: Was er über die falschen Klassen sagt, wiegt in weichen Zielen dann fast nichts.",
    },
    source: "Zhao, Cui, Song, Qiu and Liang 2022, arXiv:2203.08679, equation 7",
    options: &[MethodOption::new(
        "distillation.beta",
        "β",
        number(0.0, 100.0),
        8.0,
        Words {
            en: "Weight of the other classes' part in the method decoupled; the label's part weighs 1.",
            de: "Gewicht des Teils der anderen Klassen bei der Methode decoupled; der Teil der eigenen Klasse wiegt 1.",
        },
    )],
    teacher: Answer::Logits,
    terms: &[
        Term {
            weight: Weight::Alpha,
            formula: "T² · (TCKD + β · NCKD)",
            loss: |s| {
                Arc::new(Decoupled {
                    temperature: s.temperature(),
                    alpha: 1.0,
                    beta: s.option("beta") as f32,
                })
            },
        },
        Term::HARD,
    ],
    snippet: python!("decoupled.py"),
};

/// `T^2 (alpha TCKD + beta NCKD)`, and `T^2 KL` of the rows whose label is withheld.
#[derive(Clone, Copy, PartialEq)]
pub struct Decoupled {
    /// The temperature, T.
    pub temperature: f32,
    /// Weight of the target part.
    pub alpha: f32,
    /// Weight of the non-target part.
    pub beta: f32,
}

/// Means over the batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecoupledValue {
    /// Target part of the labelled rows, without T^2.
    pub tckd: f64,
    /// Their non-target part, without T^2.
    pub nckd: f64,
    /// KL divergence of the others, without T^2.
    pub kl: f64,
    /// `T^2 (alpha tckd + beta nckd + kl)`.
    pub loss: f64,
}

crate::loss::named!(Decoupled);

impl Loss for Decoupled {
    fn forward_backward(&self, batch: &Batch, _: &mut Scratch, gradients: &mut Gradients) -> f64 {
        self.parts(batch, gradients.logits).loss
    }
}

/// `ln sum_k exp(z_k / T)` over the classes other than `but`.
fn log_sum_exp(z: &[f32], t: f64, but: Option<usize>) -> f64 {
    let others = || z.iter().enumerate().filter(|(k, _)| Some(*k) != but).map(|(_, &v)| f64::from(v));
    let max = others().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = others().map(|v| libm::exp((v - max) / t)).sum();
    max / t + libm::log(sum)
}

/// `(ln p_y, ln (1 - p_y))` from the label's `z_y / T` and the others' log-sum-exp.
fn target_logs(own: f64, others: f64) -> (f64, f64) {
    // ln sigmoid(d) and ln sigmoid(-d), d the difference.
    let softplus = |x: f64| {
        if x > 0.0 { x + libm::log1p(libm::exp(-x)) } else { libm::log1p(libm::exp(x)) }
    };
    (-softplus(others - own), -softplus(own - others))
}

impl Decoupled {
    /// The loss by its parts; writes its gradient by the student's logits to `d_logits [n, padded(K)]`. Allocates nothing.
    ///
    /// ```
    /// use distill_lab::distil::Decoupled;
    /// use distill_lab::loss::{Batch, TeacherRows};
    /// let z = [1.0, 2.0, 0.5, 0.0];
    /// let teacher = TeacherRows { logits: &z, ..TeacherRows::default() };
    /// let batch = Batch { rows: 1, classes: 3, logits: &z, labels: &[1], teacher, ..Batch::default() };
    /// let mut d_logits = [1.0; 4];
    /// let value = Decoupled { temperature: 4.0, alpha: 1.0, beta: 8.0 }.parts(&batch, &mut d_logits);
    /// assert!(value.loss.abs() < 1e-12); // the student says what the teacher says
    /// ```
    pub fn parts(&self, batch: &Batch, d_logits: &mut [f32]) -> DecoupledValue {
        let (classes, stride) = (batch.classes, padded(batch.classes));
        let t = f64::from(self.temperature);
        let (alpha, beta) = (f64::from(self.alpha), f64::from(self.beta));
        let scale = t / batch.rows as f64;
        let (mut tckd, mut nckd, mut kl) = (0.0f64, 0.0f64, 0.0f64);
        let rows = batch.logits.chunks_exact(stride).zip(batch.teacher.logits.chunks_exact(stride));
        for (((s, z), d), &label) in
            rows.zip(d_logits.chunks_exact_mut(stride)).zip(&batch.labels[..batch.rows])
        {
            let (y, s, z) = (usize::try_from(label).ok(), &s[..classes], &z[..classes]);
            let (rest_s, rest_t) = (log_sum_exp(s, t, y), log_sum_exp(z, t, y));
            d.fill(0.0);
            // Over all classes, or over those other than the label's.
            let mut divergence = 0.0;
            let (mut weight, mut difference) = (1.0, 0.0);
            if let Some(y) = y {
                let (log_q, log_not_q) = target_logs(f64::from(s[y]) / t, rest_s);
                let (log_p, log_not_p) = target_logs(f64::from(z[y]) / t, rest_t);
                let (p, not_p) = (libm::exp(log_p), libm::exp(log_not_p));
                let (q, not_q) = (libm::exp(log_q), libm::exp(log_not_q));
                tckd += p * (log_p - log_q) + not_p * (log_not_p - log_not_q);
                // By the label's logit: (q_y - p_y) / T; by another's: -(q_y - p_y) q'_k / T. The difference comes from whichever
                // pair is small, since 1 - q_y and 1 - p_y keep digits that q_y and p_y have lost.
                difference = alpha * if q > 0.5 { not_p - not_q } else { q - p };
                d[y] = (scale * difference) as f32;
                weight = beta;
            }
            for k in (0..classes).filter(|&k| Some(k) != y) {
                let (log_q, log_p) = (f64::from(s[k]) / t - rest_s, f64::from(z[k]) / t - rest_t);
                let (q, p) = (libm::exp(log_q), libm::exp(log_p));
                divergence += p * (log_p - log_q);
                d[k] = (scale * (weight * (q - p) - difference * q)) as f32;
            }
            *if y.is_some() { &mut nckd } else { &mut kl } += divergence;
        }
        let n = batch.rows as f64;
        let (tckd, nckd, kl) = (tckd / n, nckd / n, kl / n);
        DecoupledValue { tckd, nckd, kl, loss: t * t * (alpha * tckd + beta * nckd + kl) }
    }
}
