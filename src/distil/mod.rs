//! The ways to distil.

pub mod spec;
