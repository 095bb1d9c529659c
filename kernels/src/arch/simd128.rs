//! WebAssembly's 128-bit vectors.

use crate::vector::Vector;
use std::arch::wasm32::*;

/// Four lanes.
#[derive(Clone, Copy)]
pub(crate) struct Simd128(v128);

// SAFETY: compiled only where the target has simd128.
unsafe impl Vector for Simd128 {
    const LANES: usize = 4;
    type Narrow = Self;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        Self(f32x4_splat(x))
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: as the caller promises.
        unsafe { Self(v128_load(from.cast())) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe { v128_store(to.cast(), self.0) }
    }
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        Self(f32x4_add(self.0, o.0))
    }
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        Self(f32x4_sub(self.0, o.0))
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        Self(f32x4_mul(self.0, o.0))
    }
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        Self(f32x4_div(self.0, o.0))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(f32x4_sqrt(self.0))
    }
    #[inline(always)]
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self {
        Self(v128_bitselect(then.0, otherwise.0, f32x4_gt(self.0, o.0)))
    }
    #[inline(always)]
    fn positive(self) -> Self {
        // `0 < self ? self : 0` in one instruction.
        Self(f32x4_pmax(f32x4_splat(0.0), self.0))
    }
    #[inline(always)]
    fn where_positive(self, o: Self) -> Self {
        Self(v128_and(self.0, f32x4_gt(o.0, f32x4_splat(0.0))))
    }
    #[inline(always)]
    fn and_bits(self, bits: u32) -> Self {
        Self(v128_and(self.0, u32x4_splat(bits)))
    }
    #[inline(always)]
    fn or_bits(self, bits: u32) -> Self {
        Self(v128_or(self.0, u32x4_splat(bits)))
    }
    #[inline(always)]
    fn or(self, o: Self) -> Self {
        Self(v128_or(self.0, o.0))
    }
    #[inline(always)]
    fn exponent_from_bits(self) -> Self {
        Self(u32x4_shl(self.0, 23))
    }
    #[inline(always)]
    fn exponent_to_bits(self) -> Self {
        Self(u32x4_shr(self.0, 23))
    }
}

/// Transposes a block of four rows by four columns.
#[inline(always)]
pub(crate) fn transpose([a, b, c, d]: [Simd128; 4]) -> [Simd128; 4] {
    let ab = i32x4_shuffle::<0, 4, 1, 5>(a.0, b.0);
    let ab_high = i32x4_shuffle::<2, 6, 3, 7>(a.0, b.0);
    let cd = i32x4_shuffle::<0, 4, 1, 5>(c.0, d.0);
    let cd_high = i32x4_shuffle::<2, 6, 3, 7>(c.0, d.0);
    [
        Simd128(i64x2_shuffle::<0, 2>(ab, cd)),
        Simd128(i64x2_shuffle::<1, 3>(ab, cd)),
        Simd128(i64x2_shuffle::<0, 2>(ab_high, cd_high)),
        Simd128(i64x2_shuffle::<1, 3>(ab_high, cd_high)),
    ]
}
