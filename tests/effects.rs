//! What distillation does, over paired seeds: every figure of every preset, every figure of another implementation, and every
//! sentence of the lesson that says a direction.
//!
//! Slow: run by `npm run test:effects`. `UPDATE_FIGURES=1 npm run test:effects` writes this engine's figures into the presets'
//! files, and all figures of another implementation beside ours into docs/reproduced.md.

mod effects {
    pub mod figures;
    pub mod outcomes;
    pub mod sentences;
}
