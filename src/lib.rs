//! Knowledge distillation, computed exactly: a teacher, its soft targets, and two students that are compared fairly.
#![deny(missing_docs)]

pub mod kernels;
