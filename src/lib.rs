//! Knowledge distillation, computed exactly: a teacher, its soft targets, and two students that are compared fairly.
//!
//! One idea: an experiment is a value. A [`config::Config`] goes in, an [`experiment::Experiment`] is stepped, and points of
//! curves and an [`experiment::Outcome`] come out. The page, the command line, a sweep and the tests all do just that.
//!
//! ```
//! use distill_lab::{config::Config, experiment::Experiment};
//!
//! let config = Config::from_json(
//!     r#"{ "preset": "fifty-digits", "teacher": {"steps": 200}, "student": {"steps": 400} }"#,
//! )?;
//! let mut experiment = Experiment::new(config)?;
//! while !experiment.done() {
//!     experiment.advance(100)?; // a hundred units of work; how they are sliced never changes the result
//! }
//! let outcome = experiment.outcome().unwrap();
//! assert!(outcome.student_distilled.accuracy > outcome.student_alone.accuracy);
//! # Ok::<(), distill_lab::Error>(())
//! ```
//!
//! # Map
//!
//! | module | holds |
//! | --- | --- |
//! | [`config`] | what an experiment is made from: types, ranges, presets |
//! | [`field`] | what a settable field is |
//! | [`refusal`] | what is refused: code, path, what was given, what is allowed |
//! | [`data`] | a file for each data set |
//! | [`distil`] | a file for each method |
//! | [`rng`] | random streams keyed by (seed, purpose) |
//! | [`kernels`] | arithmetic, and the order of its operations |
//! | [`nn`] | multi-layer perceptrons: forward, backward |
//! | [`loss`] | a file for each loss: formula, source, forward and gradient |
//! | [`optim`] | Adam, AdamW, SGD |
//! | [`train`] | one optimiser step, whole |
//! | [`metrics`] | what a model is like on a set |
//! | [`experiment`] | the state machine, its outcome, and questions about it |
//! | [`export`] | scripts, tables and weights to take home |
//! | [`sweep`] | one seed, many values of a field, with what is equal trained once |
#![deny(missing_docs)]

#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(test, allow(dead_code))] // natively its types are written down and its parts are tested
mod answers;
pub mod config;
pub mod data;
pub mod distil;
pub mod experiment;
pub mod export;
pub mod field;
pub mod loss;
pub mod metrics;
pub mod nn;
pub mod optim;
pub mod refusal;
pub mod rng;
#[cfg(any(test, target_arch = "wasm32"))]
mod slices;
pub mod sweep;
pub mod train;
#[cfg(test)]
mod typescript;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use distill_lab_kernels as kernels;
pub use refusal::{Refusal, Refusal as Error};
