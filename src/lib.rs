//! Knowledge distillation, computed exactly: a teacher, its soft targets, and two students that are compared fairly.
//!
//! Your own data, as arrays:
//!
//! ```
//! use distill_lab::prelude::*;
//! use ndarray::{Array1, Array2};
//!
//! // 400 points on two rings, one within the other; the class says which ring.
//! let ring = |i: usize| (0.4 + 0.4 * (i % 2) as f32, i as f32);
//! let x = Array2::from_shape_fn((400, 2), |(i, axis)| ring(i).0 * [ring(i).1.cos(), ring(i).1.sin()][axis]);
//! let labels = Array1::from_shape_fn(400, |i| (i % 2) as i32);
//!
//! let data = Dataset::from_arrays(x.view(), labels.view())?.split(0.25, 1)?;
//! let teacher = Network::teacher(&[32]).steps(400).fit(&data)?;
//! let soft = teacher.soft_targets(data.train.x(), 4.0); // [300 samples, 2 classes]
//! let student = Network::student(&[4]).steps(400);
//! let alone = student.fit(&data)?;
//! let warm = Distillation { temperature: 4.0, ..Distillation::default() };
//! let distilled = student.distil(&data, &teacher, &warm)?;
//! println!("alone {}, distilled {}", alone.accuracy(&data.test), distilled.accuracy(&data.test));
//! println!("{}", distilled.confusion_matrix(&data.test)); // [true class, predicted class]
//! let classes = distilled.predict(data.test.x());
//! # assert_eq!((soft.dim(), classes.len()), ((300, 2), 100));
//! # assert!(teacher.accuracy(&data.test) > 0.9, "{}", teacher.accuracy(&data.test));
//! # Ok::<(), Error>(())
//! ```
//!
//! A whole experiment, in two lines:
//!
//! ```
//! # use distill_lab::prelude::*;
//! let config = Config::from_json(r#"{ "preset": "fifty-digits", "student": {"steps": 400} }"#)?;
//! let outcome = Experiment::new(config)?.run()?;
//! # assert!(outcome.student_distilled.accuracy > outcome.student_alone.accuracy);
//! # Ok::<(), Error>(())
//! ```
//!
//! One idea: an experiment is a value. A [`config::Config`] goes in, an [`experiment::Experiment`] is stepped, and points of
//! curves and an [`experiment::Outcome`] come out. The page, the command line, a sweep and the tests all do just that, and how
//! the steps are sliced never changes the result. [`prelude`] is the same engine for a single network.
//!
//! # Map
//!
//! | module | holds |
//! | --- | --- |
//! | [`prelude`] | what most programs need, in one import |
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
//! | [`stats`] | what several seeds prove: intervals, tests, many comparisons |
//! | [`experiment`] | the state machine, its outcome, and questions about it |
//! | [`export`] | scripts, tables and weights to take home |
//! | [`sweep`] | one seed, many values of a field, with what is equal trained once |
//! | [`comparison`] | two settings over the same seeds: the paired difference, and whether it is one |
#![deny(missing_docs)]

#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(test, allow(dead_code))] // natively its types are written down and its parts are tested
mod answers;
mod apart;
pub mod comparison;
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
pub mod prelude;
pub mod refusal;
pub mod rng;
#[cfg(any(test, target_arch = "wasm32"))]
mod slices;
pub mod stats;
pub mod sweep;
pub mod train;
#[cfg(test)]
mod typescript;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use distill_lab_kernels as kernels;
pub use refusal::{Refusal, Refusal as Error};
