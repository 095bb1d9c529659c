//! What a method says of itself.

use super::spec::Distillation;
use crate::Error;
pub use crate::field::Words;
use crate::field::{self, Field, Python, field};
use crate::loss::{CrossEntropy, Loss, Objective, Weighed};
use crate::refusal::Allowed;
use serde::Serialize;
use std::sync::Arc;

/// A way to distil.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name in configs and addresses: the name of its file.
    pub name: &'static str,
    /// Its name for people.
    pub title: Words,
    /// One sentence: when it helps.
    pub helps: Words,
    /// Where it comes from.
    pub source: &'static str,
    /// Settings of its own.
    pub options: &'static [MethodOption],
    /// What it wants of the teacher.
    pub teacher: Answer,
    /// Its loss, as a sum.
    pub terms: &'static [Term],
    /// The same in Python, for the exports: the parts `keras` and `pytorch` define `distillation_loss(targets, outputs)`, each in its
    /// framework's words, and `targets` makes the array `targets` that it learns from. A method that looks at a hidden layer also defines
    /// `learner(model)`, a model that puts out what the loss needs behind the logits. [`crate::export::script`] says what may stand in it.
    pub snippet: Python,
}

/// A setting that one method has.
#[derive(Clone, Debug)]
pub struct MethodOption {
    /// Its field, under `distillation.`.
    pub field: Field,
    /// The same in German.
    pub german: &'static str,
    /// Its value in a config that does not name it.
    pub default: f64,
    /// How formulas write it.
    pub symbol: &'static str,
}

impl MethodOption {
    /// An option at `path`, explained in both languages; `default` is its value in a config that does not name it.
    pub const fn new(
        path: &'static str,
        symbol: &'static str,
        kind: field::Kind,
        default: f64,
        doc: Words,
    ) -> Self {
        Self { field: field(path, kind, doc.en), german: doc.de, default, symbol }
    }

    /// The key within `distillation`.
    pub fn key(&self) -> &'static str {
        self.field.path.strip_prefix("distillation.").expect("an option is a field of `distillation`")
    }
}

/// What a method wants of the teacher.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// Nothing: a control.
    Nothing,
    /// Its softened output.
    SoftTargets,
    /// Its logits.
    Logits,
    /// The class of its largest logit.
    ArgMax,
    /// Its softened output, and a hidden layer beside one of the student's. Layers are counted from 0; `None` where a network has none.
    Hidden {
        /// The student's layer.
        student: fn(&Setting) -> Option<usize>,
        /// The teacher's.
        teacher: fn(&Setting) -> Option<usize>,
    },
}

/// A term of a method's loss.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// What it weighs.
    pub weight: Weight,
    /// Its formula, without the weight.
    pub formula: &'static str,
    /// The loss for a setting.
    pub loss: fn(&Setting) -> Arc<dyn Loss>,
}

/// What a term weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// `alpha`: the soft term.
    Alpha,
    /// `1 - alpha`: the hard labels' term.
    Rest,
    /// 1: a method without the two.
    One,
    /// The option of that name: what a method adds to the two.
    Option(&'static str),
    /// 1: what a method adds, with weights within its formula.
    Own,
}

/// Which of the loss panel's rows a term belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "TermKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the teacher's output says.
    Soft,
    /// What labels say.
    Hard,
    /// What the method adds.
    Own,
}

impl Term {
    /// `(1 - alpha) CE(y)`, the labels smoothed as the student's training says.
    pub const HARD: Self = Self {
        weight: Weight::Rest,
        formula: "CE",
        loss: |s| Arc::new(CrossEntropy { label_smoothing: s.label_smoothing as f32 }),
    };

    /// Which row it belongs to.
    pub fn kind(&self) -> Kind {
        match self.weight {
            Weight::Alpha => Kind::Soft,
            Weight::Rest | Weight::One => Kind::Hard,
            Weight::Option(_) | Weight::Own => Kind::Own,
        }
    }

    /// Its weight in a config, as the loss takes it.
    pub fn weight(&self, of: &Distillation) -> f64 {
        // Weights are f32, as what they multiply.
        let alpha = f64::from(of.alpha as f32);
        match self.weight {
            Weight::Alpha => alpha,
            Weight::Rest => 1.0 - alpha,
            Weight::One | Weight::Own => 1.0,
            Weight::Option(key) => f64::from(of.options.get(key) as f32),
        }
    }
}

/// What a method's loss is made for.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The config's part.
    pub distillation: &'a Distillation,
    /// Share of each hard label that is spread over all classes.
    pub label_smoothing: f64,
    /// Hidden units of the student, layer by layer.
    pub student: &'a [usize],
    /// Hidden units of each of the teacher's members.
    pub teacher: &'a [usize],
    /// Members of the teacher. The activations of several stand side by side in one row.
    pub members: usize,
    /// Keys the random draws.
    pub seed: u64,
}

impl Setting<'_> {
    /// T.
    pub fn temperature(&self) -> f32 {
        self.distillation.temperature as f32
    }

    /// The value of a method's option.
    pub fn option(&self, key: &str) -> f64 {
        self.distillation.options.get(key)
    }

    /// What the distilled student minimises.
    pub fn objective(&self) -> Objective {
        let terms = self.distillation.method.terms.iter();
        Objective::sum(terms.map(|term| self.weighed(term)).collect())
    }

    /// One term of it, with its weight.
    pub fn objective_of(&self, term: &Term) -> Objective {
        Objective::sum(vec![self.weighed(term)])
    }

    fn weighed(&self, term: &Term) -> Weighed {
        Weighed { weight: term.weight(self.distillation), loss: (term.loss)(self) }
    }
}

impl Setting<'_> {
    /// The teacher's hidden layer that the method looks at, counted from 0.
    pub fn teacher_layer(&self) -> Option<usize> {
        match self.distillation.method.teacher {
            Answer::Hidden { teacher, .. } => teacher(self),
            _ => None,
        }
    }

    /// The student's.
    pub fn student_layer(&self) -> Option<usize> {
        match self.distillation.method.teacher {
            Answer::Hidden { student, .. } => student(self),
            _ => None,
        }
    }

    /// Whether the method finds the hidden layers that it looks at.
    ///
    /// # Errors
    /// `out_of_range`, where a network has no such layer.
    pub fn check(&self) -> Result<(), Error> {
        if !matches!(self.distillation.method.teacher, Answer::Hidden { .. }) {
            return Ok(());
        }
        let name = self.distillation.method.name;
        for (whose, layers, layer) in [
            ("student", self.student.len(), self.student_layer()),
            ("teacher", self.teacher.len(), self.teacher_layer()),
        ] {
            if layer.is_none_or(|layer| layer >= layers) {
                let allowed =
                    Allowed::HiddenLayer { network: whose, layer: layer.map_or(0, |l| l + 1), layers };
                return Err(Error::new("out_of_range", "distillation.method", name, allowed));
            }
        }
        Ok(())
    }
}
