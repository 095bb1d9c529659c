//! x86-64: SSE2, which every such processor has, and the wider AVX2 and AVX-512 where they are found at run time.
//!
//! Multiplication and addition stay two instructions, rounded one after the other: no fused multiply-add.

use crate::vector::Vector;
use std::arch::x86_64::*;

/// Four lanes.
#[derive(Clone, Copy)]
pub(crate) struct Sse2(__m128);

// SAFETY: SSE2 is part of x86-64.
unsafe impl Vector for Sse2 {
    const LANES: usize = 4;
    type Narrow = Self;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: called only where the instructions exist.
        unsafe { Self(_mm_set1_ps(x)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: as the caller promises.
        unsafe { Self(_mm_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe { _mm_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_add_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_sub_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_mul_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_div_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_sqrt_ps(self.0)) }
    }
    #[inline(always)]
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            let mask = _mm_cmpgt_ps(self.0, o.0);
            Self(_mm_or_ps(_mm_and_ps(mask, then.0), _mm_andnot_ps(mask, otherwise.0)))
        }
    }
    #[inline(always)]
    fn and_bits(self, bits: u32) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm_castsi128_ps(_mm_and_si128(_mm_castps_si128(self.0), _mm_set1_epi32(bits as i32))))
        }
    }
    #[inline(always)]
    fn or_bits(self, bits: u32) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_castsi128_ps(_mm_or_si128(_mm_castps_si128(self.0), _mm_set1_epi32(bits as i32)))) }
    }
    #[inline(always)]
    fn or(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_castsi128_ps(_mm_or_si128(_mm_castps_si128(self.0), _mm_castps_si128(o.0)))) }
    }
    #[inline(always)]
    fn exponent_from_bits(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_castsi128_ps(_mm_slli_epi32(_mm_castps_si128(self.0), 23))) }
    }
    #[inline(always)]
    fn exponent_to_bits(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm_castsi128_ps(_mm_srli_epi32(_mm_castps_si128(self.0), 23))) }
    }
}

/// Eight lanes.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(__m256);

// SAFETY: the dispatcher asks the processor for AVX2 first.
unsafe impl Vector for Avx2 {
    const LANES: usize = 8;
    type Narrow = Sse2;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: called only where the instructions exist.
        unsafe { Self(_mm256_set1_ps(x)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: as the caller promises.
        unsafe { Self(_mm256_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe { _mm256_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_add_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_sub_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_mul_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_div_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_sqrt_ps(self.0)) }
    }
    #[inline(always)]
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_blendv_ps(otherwise.0, then.0, _mm256_cmp_ps::<_CMP_GT_OQ>(self.0, o.0))) }
    }
    #[inline(always)]
    fn and_bits(self, bits: u32) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm256_castsi256_ps(_mm256_and_si256(
                _mm256_castps_si256(self.0),
                _mm256_set1_epi32(bits as i32),
            )))
        }
    }
    #[inline(always)]
    fn or_bits(self, bits: u32) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm256_castsi256_ps(_mm256_or_si256(
                _mm256_castps_si256(self.0),
                _mm256_set1_epi32(bits as i32),
            )))
        }
    }
    #[inline(always)]
    fn or(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm256_castsi256_ps(_mm256_or_si256(_mm256_castps_si256(self.0), _mm256_castps_si256(o.0))))
        }
    }
    #[inline(always)]
    fn exponent_from_bits(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_castps_si256(self.0), 23))) }
    }
    #[inline(always)]
    fn exponent_to_bits(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm256_castsi256_ps(_mm256_srli_epi32(_mm256_castps_si256(self.0), 23))) }
    }
}

/// Sixteen lanes.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(__m512);

// SAFETY: the dispatcher asks the processor for AVX-512F and AVX2 first.
unsafe impl Vector for Avx512 {
    const LANES: usize = 16;
    type Narrow = Avx2;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: called only where the instructions exist.
        unsafe { Self(_mm512_set1_ps(x)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: as the caller promises.
        unsafe { Self(_mm512_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe { _mm512_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm512_add_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm512_sub_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm512_mul_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm512_div_ps(self.0, o.0)) }
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm512_sqrt_ps(self.0)) }
    }
    #[inline(always)]
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm512_mask_blend_ps(_mm512_cmp_ps_mask::<_CMP_GT_OQ>(self.0, o.0), otherwise.0, then.0))
        }
    }
    #[inline(always)]
    fn and_bits(self, bits: u32) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm512_castsi512_ps(_mm512_and_si512(
                _mm512_castps_si512(self.0),
                _mm512_set1_epi32(bits as i32),
            )))
        }
    }
    #[inline(always)]
    fn or_bits(self, bits: u32) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm512_castsi512_ps(_mm512_or_si512(
                _mm512_castps_si512(self.0),
                _mm512_set1_epi32(bits as i32),
            )))
        }
    }
    #[inline(always)]
    fn or(self, o: Self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe {
            Self(_mm512_castsi512_ps(_mm512_or_si512(_mm512_castps_si512(self.0), _mm512_castps_si512(o.0))))
        }
    }
    #[inline(always)]
    fn exponent_from_bits(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_castps_si512(self.0), 23))) }
    }
    #[inline(always)]
    fn exponent_to_bits(self) -> Self {
        // SAFETY: a value of this type exists only where the instructions do.
        unsafe { Self(_mm512_castsi512_ps(_mm512_srli_epi32(_mm512_castps_si512(self.0), 23))) }
    }
}

/// Transposes a block of four rows by four columns.
#[inline(always)]
pub(crate) fn transpose(rows: [Sse2; 4]) -> [Sse2; 4] {
    let [mut a, mut b, mut c, mut d] = rows.map(|row| row.0);
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _MM_TRANSPOSE4_PS(&mut a, &mut b, &mut c, &mut d) };
    [Sse2(a), Sse2(b), Sse2(c), Sse2(d)]
}
