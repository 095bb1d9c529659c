//! Plain Rust: `f32` as a vector of one lane, for single values, and four values in an array, for processors without vectors of their
//! own here.

use crate::vector::Vector;

// SAFETY: needs no instructions beyond the target's own.
unsafe impl Vector for f32 {
    const LANES: usize = 1;
    type Narrow = Self;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        x
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: as the caller promises.
        unsafe { *from }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe { *to = self }
    }
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        self + o
    }
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        self - o
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        self * o
    }
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        self / o
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        f32::sqrt(self)
    }
    #[inline(always)]
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self {
        if self > o { then } else { otherwise }
    }
    #[inline(always)]
    fn and_bits(self, bits: u32) -> Self {
        Self::from_bits(self.to_bits() & bits)
    }
    #[inline(always)]
    fn or_bits(self, bits: u32) -> Self {
        Self::from_bits(self.to_bits() | bits)
    }
    #[inline(always)]
    fn or(self, o: Self) -> Self {
        Self::from_bits(self.to_bits() | o.to_bits())
    }
    #[inline(always)]
    fn exponent_from_bits(self) -> Self {
        Self::from_bits(self.to_bits() << 23)
    }
    #[inline(always)]
    fn exponent_to_bits(self) -> Self {
        Self::from_bits(self.to_bits() >> 23)
    }
}

/// Four values in an array.
#[allow(dead_code)] // unused where the processor's own vectors are known
#[derive(Clone, Copy)]
pub(crate) struct Portable([f32; 4]);

#[allow(dead_code)]
impl Portable {
    #[inline(always)]
    fn map(self, f: impl Fn(f32) -> f32) -> Self {
        Self(self.0.map(f))
    }

    #[inline(always)]
    fn zip(self, o: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Self(std::array::from_fn(|l| f(self.0[l], o.0[l])))
    }
}

// SAFETY: needs no instructions beyond the target's own.
unsafe impl Vector for Portable {
    const LANES: usize = 4;
    type Narrow = Self;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        Self([x; 4])
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: as the caller promises; an array of f32 has the alignment of f32.
        unsafe { Self(*from.cast()) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as the caller promises; an array of f32 has the alignment of f32.
        unsafe { *to.cast() = self.0 }
    }
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        self.zip(o, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        self.zip(o, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        self.zip(o, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        self.zip(o, |a, b| a / b)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.map(f32::sqrt)
    }
    #[inline(always)]
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self {
        Self(std::array::from_fn(|l| if self.0[l] > o.0[l] { then.0[l] } else { otherwise.0[l] }))
    }
    #[inline(always)]
    fn and_bits(self, bits: u32) -> Self {
        self.map(|x| x.and_bits(bits))
    }
    #[inline(always)]
    fn or_bits(self, bits: u32) -> Self {
        self.map(|x| x.or_bits(bits))
    }
    #[inline(always)]
    fn or(self, o: Self) -> Self {
        self.zip(o, |a, b| a.or(b))
    }
    #[inline(always)]
    fn exponent_from_bits(self) -> Self {
        self.map(Vector::exponent_from_bits)
    }
    #[inline(always)]
    fn exponent_to_bits(self) -> Self {
        self.map(Vector::exponent_to_bits)
    }
}

/// Transposes a block of four rows by four columns.
#[allow(dead_code)] // as [`Portable`]
#[inline(always)]
pub(crate) fn transpose(rows: [Portable; 4]) -> [Portable; 4] {
    std::array::from_fn(|c| Portable(std::array::from_fn(|r| rows[r].0[c])))
}
