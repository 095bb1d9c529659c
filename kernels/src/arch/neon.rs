//! AArch64's 128-bit vectors.

use crate::vector::Vector;
use std::arch::aarch64::*;

/// Four lanes.
#[derive(Clone, Copy)]
pub(crate) struct Neon(float32x4_t);

// SAFETY: NEON is part of AArch64.
unsafe impl Vector for Neon {
    const LANES: usize = 4;
    type Narrow = Self;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vdupq_n_f32(x)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: as the caller promises.
        unsafe { Self(vld1q_f32(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe { vst1q_f32(to, self.0) }
    }
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vaddq_f32(self.0, o.0)) }
    }
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vsubq_f32(self.0, o.0)) }
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vmulq_f32(self.0, o.0)) }
    }
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vdivq_f32(self.0, o.0)) }
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vsqrtq_f32(self.0)) }
    }
    #[inline(always)]
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vbslq_f32(vcgtq_f32(self.0, o.0), then.0, otherwise.0)) }
    }
    #[inline(always)]
    fn and_bits(self, bits: u32) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(self.0), vdupq_n_u32(bits)))) }
    }
    #[inline(always)]
    fn or_bits(self, bits: u32) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vreinterpretq_f32_u32(vorrq_u32(vreinterpretq_u32_f32(self.0), vdupq_n_u32(bits)))) }
    }
    #[inline(always)]
    fn or(self, o: Self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe {
            Self(vreinterpretq_f32_u32(vorrq_u32(vreinterpretq_u32_f32(self.0), vreinterpretq_u32_f32(o.0))))
        }
    }
    #[inline(always)]
    fn exponent_from_bits(self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vreinterpretq_f32_u32(vshlq_n_u32::<23>(vreinterpretq_u32_f32(self.0)))) }
    }
    #[inline(always)]
    fn exponent_to_bits(self) -> Self {
        // SAFETY: NEON is part of AArch64.
        unsafe { Self(vreinterpretq_f32_u32(vshrq_n_u32::<23>(vreinterpretq_u32_f32(self.0)))) }
    }
}

/// Transposes a block of four rows by four columns.
#[inline(always)]
pub(crate) fn transpose([a, b, c, d]: [Neon; 4]) -> [Neon; 4] {
    // SAFETY: NEON is part of AArch64.
    unsafe {
        let (ac, ac_high) = (vzip1q_f32(a.0, c.0), vzip2q_f32(a.0, c.0));
        let (bd, bd_high) = (vzip1q_f32(b.0, d.0), vzip2q_f32(b.0, d.0));
        [
            Neon(vzip1q_f32(ac, bd)),
            Neon(vzip2q_f32(ac, bd)),
            Neon(vzip1q_f32(ac_high, bd_high)),
            Neon(vzip2q_f32(ac_high, bd_high)),
        ]
    }
}
