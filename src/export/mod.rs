//! An experiment, taken home: scripts that repeat it elsewhere, its curves as a table, its weights.
//!
//! | module | gives |
//! | --- | --- |
//! | [`script`] | Keras 3 and PyTorch code, from templates that are Python files with marks in them |
//! | [`notebook`] | such code as a Jupyter notebook |
//! | [`csv`] | the curves, a line for each point |
//! | [`safetensors`] | every weight, with config and digest |
//!
//! docs/export.md says the same for users. No Python is in the engine that the page downloads: the page brings it along when
//! somebody asks for a script, and [`script::fill`] is the same there and here.

pub mod csv;
pub mod notebook;
pub mod safetensors;
pub mod script;
