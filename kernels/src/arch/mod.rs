//! The vectors of each processor, and the choice among them when the program runs.
//!
//! Four lanes are the narrowest that kernels use: rows are padded to four. `f32` itself is a vector of one lane, for the oracle.

mod scalar;
#[cfg(test)]
pub(crate) use scalar::Portable;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use simd128::{Simd128 as Quad, transpose};

#[cfg(target_arch = "x86_64")]
mod x86;
#[cfg(target_arch = "x86_64")]
pub(crate) use x86::{Avx2, Avx512, Sse2 as Quad, transpose};

#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "aarch64")]
pub(crate) use neon::{Neon as Quad, transpose};

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    target_arch = "x86_64",
    target_arch = "aarch64"
)))]
pub(crate) use scalar::{Portable as Quad, transpose};

use super::vector::{Kernel, Vector};

/// Whether the processor has AVX-512, and AVX2 for the narrower rest of a row.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx2")
}

/// Lanes of the processor's widest vectors; [`run`] uses these.
#[inline(always)]
pub(crate) fn widest_lanes() -> usize {
    #[cfg(target_arch = "x86_64")]
    if has_avx512() {
        return Avx512::LANES;
    } else if is_x86_feature_detected!("avx2") {
        return Avx2::LANES;
    }
    Quad::LANES
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2(kernel: impl Kernel) {
    kernel.run::<Avx2>();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx2")]
fn run_avx512(kernel: impl Kernel) {
    kernel.run::<Avx512>();
}

/// Runs a kernel with the processor's widest vectors.
pub(crate) fn run(kernel: impl Kernel) {
    #[cfg(target_arch = "x86_64")]
    if has_avx512() {
        // SAFETY: the processor has both features.
        return unsafe { run_avx512(kernel) };
    } else if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the feature.
        return unsafe { run_avx2(kernel) };
    }
    kernel.run::<Quad>();
}
