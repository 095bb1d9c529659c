//! The workloads as functions for JavaScript.

use super::{WORKLOADS, Workload};
use distill_lab::kernels;
use wasm_bindgen::prelude::*;

/// A workload.
#[wasm_bindgen]
pub struct Bench(Workload);

#[wasm_bindgen]
impl Bench {
    /// The workload called `name`.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str) -> Bench {
        Bench(Workload::new(name).expect_throw("no such workload"))
    }
    /// The names of the workloads, separated by commas.
    pub fn names() -> String {
        WORKLOADS.map(|(name, ..)| name).join(",")
    }
    /// Floating-point operations of a step.
    pub fn operations(&self) -> usize {
        self.0.operations()
    }
    /// Takes `n` steps. Returns the loss of the last one.
    pub fn steps(&mut self, n: usize) -> f64 {
        self.0.steps(n)
    }
    /// Computes the products of a step `n` times in plain loops.
    pub fn plain_products(&mut self, n: usize) {
        self.0.plain_products(n);
    }
}

/// Runs the loop that reaches the machine's limit. Returns its floating-point operations.
#[wasm_bindgen]
pub fn peak(iterations: usize) -> f64 {
    std::hint::black_box(kernels::peak_loop(iterations, 0.999, 0.001));
    (iterations * kernels::PEAK_LOOP_OPERATIONS) as f64
}

/// Runs the loop of independent multiplications and additions. Returns its floating-point operations.
#[wasm_bindgen]
pub fn apart(iterations: usize) -> f64 {
    std::hint::black_box(kernels::apart_loop(iterations, 1.0, std::hint::black_box(0.0)));
    (iterations * kernels::APART_LOOP_OPERATIONS) as f64
}

/// The notebook's whole job. Returns the result's digest.
#[wasm_bindgen]
pub fn notebook_whole(seed: u32) -> String {
    super::notebook_whole(seed.into())
}
