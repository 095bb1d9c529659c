//! Hints: soft targets, and `beta · 0.5 / m |h W + b - h_t|^2`, a hidden layer of the student matched to one of the teacher's.
//!
//! The regressor `W [k, padded(m)]`, `b [padded(m)]` makes up for different widths and is learned with the student, by the same
//! optimiser. Shapes: the student's layer `h [n, padded(k)]`, the teacher's `h_t [n, padded(m)]`, k and m units. The mean is over
//! all n samples: a hint needs no label. The loss is summed in `f64`, all else goes in `f32`, four columns side by side.
//! Source: Romero, Ballas, Kahou, Chassang, Gatta and Bengio, ICLR 2015, arXiv:1412.6550, equation 3; both stages at once.

use super::soft_targets::SOFT;
use super::{Answer, Method, MethodOption, Setting, Term, Weight, Words};
use crate::field::{integer, number, python};
use crate::kernels::{LANES, padded};
use crate::loss::{Batch, Gradients, Loss, Scratch};
use crate::rng::{Purpose, stream};
use std::sync::Arc;

pub(super) const METHOD: Method = Method {
    name: "hint",
    title: Words { en: "Hints", de: "Winke" },
    helps: Words {
        en: "Helps a deep, narrow student to begin: a layer of the teacher's shows what to look for before the answer is learned.",
        de: "Hilft einem tiefen, schmalen Schüler beim Anfang: Eine Schicht des Lehrers zeigt, worauf es ankommt, ehe die Antwort gelernt ist.",
    },
    source: "Romero et al. 2015, arXiv:1412.6550, equation 3",
    options: &[
        MethodOption::new(
            "distillation.hint_weight",
            "β",
            number(0.0, 1000.0),
            10.0,
            Words {
                en: "Weight of the hint in the method hint.",
                de: "Gewicht des Winks bei der Methode hint.",
            },
        ),
        MethodOption::new(
            "distillation.hint_layer",
            "l",
            integer(1, 6),
            1.0,
            Words {
                en: "The student's hidden layer that is given the hint, counted from the input.",
                de: "Die verdeckte Schicht des Schülers, die den Wink bekommt, vom Eingang an gezählt.",
            },
        ),
        MethodOption::new(
            "distillation.teacher_layer",
            "lₜ",
            integer(1, 6),
            1.0,
            Words {
                en: "The teacher's hidden layer that is the hint, counted from the input.",
                de: "Die verdeckte Schicht des Lehrers, die der Wink ist, vom Eingang an gezählt.",
            },
        ),
    ],
    teacher: Answer::Hidden { student: |s| layer(s, "hint_layer"), teacher: |s| layer(s, "teacher_layer") },
    terms: &[
        SOFT,
        Term::HARD,
        Term {
            weight: Weight::Option("hint_weight"),
            formula: "½ |hW + b − hₜ|² / m",
            loss: |s| Arc::new(Hint::new(s)),
        },
    ],
    snippet: python!("hint.py"),
};

fn layer(setting: &Setting, key: &str) -> Option<usize> {
    (setting.option(key) as usize).checked_sub(1)
}

/// `0.5 / m |h W + b - h_t|^2`.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    /// The student's layer, counted from 0.
    pub layer: usize,
    /// Its units, k.
    pub student_units: usize,
    /// Units of the teacher's layer, m.
    pub teacher_units: usize,
    /// Keys the regressor's initial weights.
    pub seed: u64,
}

impl Hint {
    fn new(setting: &Setting) -> Self {
        let units = |of: &[usize], key| layer(setting, key).and_then(|l| of.get(l)).copied().unwrap_or(0);
        Self {
            layer: layer(setting, "hint_layer").unwrap_or(0),
            student_units: units(setting.student, "hint_layer"),
            teacher_units: units(setting.teacher, "teacher_layer") * setting.members,
            seed: setting.seed,
        }
    }
}

impl Loss for Hint {
    fn hidden_layer(&self) -> Option<usize> {
        Some(self.layer)
    }

    /// `W` uniform in `±sqrt(6 / (k + m))`, as a network's weights, and `b` zero.
    fn parameters(&self) -> Vec<f32> {
        let (k, m, stride) = (self.student_units, self.teacher_units, padded(self.teacher_units));
        let bound = (6.0 / (k + m) as f32).sqrt();
        let mut rng = stream(self.seed, Purpose::RegressorWeights);
        let mut parameters = vec![0.0; (k + 1) * stride];
        for row in parameters.chunks_exact_mut(stride).take(k) {
            row[..m].fill_with(|| rng.symmetric(bound));
        }
        parameters
    }

    fn forward_backward(&self, batch: &Batch, _: &mut Scratch, gradients: &mut Gradients) -> f64 {
        let (k, stride) = (self.student_units, padded(self.teacher_units));
        let scale = 1.0 / (self.teacher_units * batch.rows) as f32;
        let (weights, biases) = batch.parameters.split_at(k * stride);
        gradients.logits.fill(0.0);
        gradients.hidden.fill(0.0);
        gradients.parameters.fill(0.0);
        let (d_weights, d_biases) = gradients.parameters.split_at_mut(k * stride);
        let mut squares = 0.0f64;
        let teacher = batch.teacher.hidden.rows.chunks_exact(stride);
        let student = batch.hidden.rows.chunks_exact(padded(k));
        for ((h_t, h), d_h) in teacher.zip(student).zip(gradients.hidden.chunks_exact_mut(padded(k))) {
            for j in (0..stride).step_by(LANES) {
                let four = |row: &[f32], l: usize| -> [f32; LANES] {
                    std::array::from_fn(|c| row[l * stride + j + c])
                };
                let mut guess = four(biases, 0);
                for (l, h) in h[..k].iter().enumerate() {
                    let w = four(weights, l);
                    (0..LANES).for_each(|c| guess[c] += h * w[c]);
                }
                let wanted = four(h_t, 0);
                let error: [f32; LANES] = std::array::from_fn(|c| guess[c] - wanted[c]);
                squares += error.iter().map(|&e| f64::from(e) * f64::from(e)).sum::<f64>();
                let d = error.map(|e| e * scale);
                (0..LANES).for_each(|c| d_biases[j + c] += d[c]);
                for l in 0..k {
                    let (w, to) = (four(weights, l), &mut d_weights[l * stride + j..][..LANES]);
                    (0..LANES).for_each(|c| to[c] += h[l] * d[c]);
                    d_h[l] += (d[0] * w[0] + d[1] * w[1]) + (d[2] * w[2] + d[3] * w[3]);
                }
            }
        }
        0.5 * squares / (self.teacher_units * batch.rows) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::{Hidden, Objective, TeacherRows};

    #[test]
    fn a_hint_of_one_unit_is_what_the_formula_says() {
        let hint = Hint { layer: 0, student_units: 1, teacher_units: 2, seed: 1 };
        let teacher = TeacherRows {
            hidden: Hidden { units: 2, rows: &[2.0, 0.0, 0.0, 0.0] },
            ..TeacherRows::default()
        };
        let batch = Batch {
            rows: 1,
            classes: 2,
            logits: &[0.0; 4],
            labels: &[-1],
            teacher,
            hidden: Hidden { units: 1, rows: &[2.0, 0.0, 0.0, 0.0] },
            parameters: &[1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        };
        let (mut logits, mut hidden, mut parameters) = ([9.0; 4], [9.0; 4], [9.0; 8]);
        let mut gradients =
            Gradients { logits: &mut logits, hidden: &mut hidden, parameters: &mut parameters };
        let mut scratch = Scratch::new(&Objective::of(hint), 1, 2);
        assert_eq!(hint.forward_backward(&batch, &mut scratch, &mut gradients), 0.25);
        assert_eq!((logits, hidden), ([0.0; 4], [0.25, 0.0, 0.0, 0.0]));
        assert_eq!(parameters, [0.0, 1.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0]);
    }
}
