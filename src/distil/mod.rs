//! The ways to distil: a file for each method, which says everything about it, and the list of them.
//!
//! A method is a [`Method`]: its names, its source, its options, what it wants of the teacher, and the terms of its loss.
//! Config, documents, page and exports read [`METHODS`]; nothing else matches on a method's name. Adding one is a file here, the
//! same in Python beside it for the exports, and a line in [`METHODS`]: `docs/CONTRIBUTING.md` shows it.

mod decoupled;
mod description;
mod hard_teacher;
mod hint;
mod label_smoothing;
mod logit_matching;
mod method;
mod notebook_as_written;
mod relational;
mod soft_targets;
pub mod spec;

pub use decoupled::{Decoupled, DecoupledValue};
pub use description::{Description, OptionDescription, TermDescription, descriptions, is_option, markdown};
pub use hint::Hint;
pub use logit_matching::LogitMatching;
pub use method::{Answer, Kind, Method, MethodOption, Setting, Term, Weight, Words};
pub use relational::Relational;
pub use soft_targets::SoftTargets;
pub use spec::{Distillation, MethodName};

/// Every method, in the order in which they are offered.
pub const METHODS: &[&Method] = &[
    &soft_targets::METHOD,
    &logit_matching::METHOD,
    &hard_teacher::METHOD,
    &label_smoothing::METHOD,
    &notebook_as_written::METHOD,
    &decoupled::METHOD,
    &hint::METHOD,
    &relational::METHOD,
];

/// Their names.
pub const NAMES: [&str; METHODS.len()] = {
    let mut names = [""; METHODS.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = METHODS[i].name;
        i += 1;
    }
    names
};
