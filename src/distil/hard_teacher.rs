//! `alpha CE(arg max z_t) + (1 - alpha) CE(y)`: the teacher's arg-max as if it were a label, on every sample, labelled or not.
//!
//! The control that tells pseudo-labels from soft targets: the same teacher, with everything it says about the other classes
//! taken away. Shapes and gradient as in [`crate::loss::cross_entropy`].

use super::{Answer, Method, Term, Weight, Words};
use crate::field::python;
use crate::loss::{Batch, Gradients, Loss, Scratch, cross_entropy};
use std::sync::Arc;

#[derive(Clone, Copy, Debug)]
struct HardTeacher;

impl Loss for HardTeacher {
    fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, gradients: &mut Gradients) -> f64 {
        cross_entropy(batch, batch.teacher.arg_max, 0.0, scratch, gradients.logits)
    }
}

pub(super) const METHOD: Method = Method {
    name: "hard_teacher",
    title: Words { en: "The teacher's labels (control)", de: "Klassen vom Lehrer (Kontrolle)" },
    helps: Words {
        en: "Helps where many samples have no label: the teacher gives them one, and says nothing of the other classes.",
        de: "Hilft, wo vielen Beispielen die Klasse fehlt: Der Lehrer gibt ihnen eine und sagt nichts über die anderen.",
    },
    source: "Lee 2013, \"Pseudo-label\", ICML workshop, with a teacher in the student's place",
    options: &[],
    teacher: Answer::ArgMax,
    terms: &[
        Term { weight: Weight::Alpha, formula: "CE(arg max zₜ)", loss: |_| Arc::new(HardTeacher) },
        Term::HARD,
    ],
    snippet: python!("hard_teacher.py"),
};
