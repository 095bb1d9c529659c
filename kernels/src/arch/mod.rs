//! Vectors of each processor. The narrowest that a row's padding allows has four lanes; scalars serve the oracle.

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

/// Lanes of the widest vectors of the machine at hand.
#[inline(always)]
pub(crate) fn widest() -> usize {
    use super::vector::Vector;
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return if is_x86_feature_detected!("avx512f") {
            Avx512::LANES
        } else {
            Avx2::LANES
        };
    }
    Quad::LANES
}
