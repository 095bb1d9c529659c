//! The one vector type that every kernel is written over.
//!
//! An implementation says how many lanes it has and how it does a single operation; it never decides an order of operations. Each
//! arithmetic operation is rounded once, as IEEE 754 says, so all implementations agree in every bit.

/// `LANES` values of `f32`, on which one instruction works at once.
///
/// # Safety
/// Implementations may be used only where the processor has the instructions they stand for.
pub(super) unsafe trait Vector: Copy {
    /// Values in one vector.
    const LANES: usize;
    /// The next narrower vector, for the rest of a row; the narrowest names itself.
    type Narrow: Vector;

    /// `x` in every lane.
    fn splat(x: f32) -> Self;
    /// Reads `LANES` values.
    ///
    /// # Safety
    /// `from` must be valid for reading `LANES` values; it need not be aligned to a vector.
    unsafe fn load(from: *const f32) -> Self;
    /// Writes `LANES` values.
    ///
    /// # Safety
    /// `to` must be valid for writing `LANES` values; it need not be aligned to a vector.
    unsafe fn store(self, to: *mut f32);
    /// `self + o`.
    fn add(self, o: Self) -> Self;
    /// `self - o`.
    fn sub(self, o: Self) -> Self;
    /// `self * o`.
    fn mul(self, o: Self) -> Self;
    /// `self / o`.
    fn div(self, o: Self) -> Self;
    /// The square root, correctly rounded.
    fn sqrt(self) -> Self;
    /// `self > o ? then : otherwise`, lane by lane; a NaN compares false.
    fn if_greater(self, o: Self, then: Self, otherwise: Self) -> Self;
    /// `self > 0 ? self : +0`; a NaN becomes `+0`.
    #[inline(always)]
    fn positive(self) -> Self {
        let zero = Self::splat(0.0);
        self.if_greater(zero, self, zero)
    }
    /// `o > 0 ? self : +0`, lane by lane.
    #[inline(always)]
    fn where_positive(self, o: Self) -> Self {
        let zero = Self::splat(0.0);
        o.if_greater(zero, self, zero)
    }
    /// Bitwise and with `bits` in every lane.
    fn and_bits(self, bits: u32) -> Self;
    /// Bitwise or with `bits` in every lane.
    fn or_bits(self, bits: u32) -> Self;
    /// Bitwise or.
    fn or(self, o: Self) -> Self;
    /// The bits shifted left by 23: an integer becomes an exponent.
    fn exponent_from_bits(self) -> Self;
    /// The bits shifted right by 23: an exponent becomes an integer.
    fn exponent_to_bits(self) -> Self;
}

/// A computation written once over the vector type; [`super::arch::run`] chooses the vectors.
pub(super) trait Kernel {
    /// Computes with vectors of type `V`.
    fn run<V: Vector>(self);
}
