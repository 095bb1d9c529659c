//! The workloads as a worker sees them.

use super::{WORKLOADS, Workload};
use distill_lab::kernels;
use wasm_bindgen::prelude::*;

/// A workload by its name.
#[wasm_bindgen]
pub struct Bench(Workload);

#[wasm_bindgen]
impl Bench {
    /// The workload called `name`.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str) -> Bench {
        Bench(Workload::new(name).expect_throw("no such workload"))
    }
    /// Names, with commas between them.
    pub fn names() -> String {
        WORKLOADS.map(|(name, ..)| name).join(",")
    }
    /// Counted operations of a step.
    pub fn operations(&self) -> usize {
        self.0.operations()
    }
    /// `n` steps.
    pub fn steps(&mut self, n: usize) -> f64 {
        self.0.steps(n)
    }
    /// `n` times a step's products by plain loops.
    pub fn plain_products(&mut self, n: usize) {
        self.0.plain_products(n);
    }
}

/// Operations done by `iterations` of the peak's loop.
#[wasm_bindgen]
pub fn peak(iterations: usize) -> f64 {
    std::hint::black_box(kernels::peak_loop(iterations, 0.999, 0.001));
    (iterations * kernels::PEAK_LOOP_OPERATIONS) as f64
}

/// Operations done by `iterations` of the loop of multiplications and additions apart.
#[wasm_bindgen]
pub fn apart(iterations: usize) -> f64 {
    std::hint::black_box(kernels::apart_loop(iterations, 1.0, std::hint::black_box(0.0)));
    (iterations * kernels::APART_LOOP_OPERATIONS) as f64
}

/// The notebook's whole job.
#[wasm_bindgen]
pub fn notebook_whole(seed: u32) -> String {
    super::notebook_whole(seed.into())
}
