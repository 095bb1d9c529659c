//! What most programs need, in one import: `use distill_lab::prelude::*`.
//!
//! Arrays go in and come out; the crate's first page has an example. A loss of your own is a type that implements [`Loss`]:
//!
//! ```
//! use distill_lab::prelude::*;
//! use ndarray::array;
//!
//! /// Half the mean squared distance of the logits from the teacher's.
//! #[derive(Debug)]
//! struct Mimic;
//!
//! impl Loss for Mimic {
//!     fn forward_backward(&self, batch: &Batch, _: &mut Scratch, gradients: &mut Gradients) -> f64 {
//!         let share = 1.0 / batch.rows as f32;
//!         let mut loss = 0.0;
//!         for ((d, z), wanted) in gradients.logits.iter_mut().zip(batch.logits).zip(batch.teacher.logits) {
//!             loss += 0.5 * f64::from(share * (z - wanted) * (z - wanted));
//!             *d = share * (z - wanted);
//!         }
//!         loss
//!     }
//! }
//!
//! let x = array![[0.0, 0.1], [0.9, 1.0], [0.1, 0.0], [1.0, 0.9]];
//! let data = Dataset::from_arrays(x.view(), array![0, 1, 0, 1].view())?;
//! let teachers_logits = array![[2.0, -2.0], [-2.0, 2.0], [2.0, -2.0], [-2.0, 2.0]];
//! let student = Network::student(&[8]).steps(2000);
//! let mimic = student.distil_by(&data, teachers_logits.view(), 1.0, Objective::of(Mimic))?;
//! let far = (mimic.logits(x.view()) - teachers_logits).mapv(f32::abs).into_iter().fold(0.0, f32::max);
//! assert!(far < 0.5, "{far}");
//! # Ok::<(), Error>(())
//! ```

pub use crate::Error;
pub use crate::config::Config;
pub use crate::data::{Dataset, Samples};
pub use crate::distil::spec::{Distillation, MethodName};
pub use crate::experiment::{Classifier, Experiment, Network, Outcome, Teacher};
pub use crate::loss::{Batch, Gradients, Loss, Objective, Scratch, Weighed};
