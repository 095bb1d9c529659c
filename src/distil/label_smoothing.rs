//! `CE(r)`, `r = (1 - eps) onehot(y) + eps / K`: labels softened without a teacher, as a control.
//!
//! Source: Szegedy et al. 2016, arXiv:1512.00567, section 7. Formula and gradient: [`crate::loss::cross_entropy`].

use super::{Answer, Method, MethodOption, Term, Weight, Words};
use crate::field::{SMOOTHING, python};
use crate::loss::CrossEntropy;
use std::sync::Arc;

pub(super) const METHOD: Method = Method {
    name: "label_smoothing",
    title: Words { en: "Smoothed labels (control)", de: "Geglättete Klassen (Kontrolle)" },
    helps: Words {
        en: "Shows what softness alone is worth: every wrong class gets the same share, and no teacher is asked.",
        de: "Zeigt, was Weichheit allein wert ist: Jede falsche Klasse bekommt denselben Anteil, und kein Lehrer wird gefragt.",
    },
    source: "Szegedy et al. 2016, arXiv:1512.00567, section 7",
    options: &[MethodOption::new(
        "distillation.label_smoothing",
        "ε",
        SMOOTHING,
        0.1,
        Words {
            en: "Share smoothed by the method label_smoothing, a control.",
            de: "Geglätteter Anteil bei der Methode label_smoothing, einer Kontrolle.",
        },
    )],
    teacher: Answer::Nothing,
    terms: &[Term {
        weight: Weight::One,
        formula: "CE",
        loss: |s| Arc::new(CrossEntropy { label_smoothing: s.option("label_smoothing") as f32 }),
    }],
    snippet: python!("label_smoothing.py"),
};
