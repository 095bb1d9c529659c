//! `exp`, `ln` and `tanh`, with the same bits on every machine and in every lane; a platform's own functions differ in the last bit.
//!
//! They are written once over the vector type; a single value is a vector of one lane. Each stays within 2 ulp of the true value over its
//! range, which `tests/kernels.rs` measures densely. The argument is reduced to a small interval as in Cody and Waite 1980, "Software
//! Manual for the Elementary Functions"; the coefficients are those of the minimax polynomials in Moshier's Cephes library (`expf.c`,
//! `logf.c`, `tanhf.c`), evaluated by Horner's rule.

use super::vector::Vector;

/// Adding and subtracting `1.5 * 2^23` rounds to the nearest integer, ties to even.
const ROUND: f32 = 12_582_912.0;
// ln 2 in two parts: products of the first one with small integers are exact.
const LN2_HIGH: f32 = 0.693_359_4;
const LN2_LOW: f32 = -2.121_944_4e-4;

/// The polynomial with these coefficients, the highest power's first.
#[inline(always)]
fn polynomial<V: Vector>(x: V, coefficients: &[f32]) -> V {
    let mut sum = V::splat(coefficients[0]);
    for &c in &coefficients[1..] {
        sum = sum.mul(x).add(V::splat(c));
    }
    sum
}

/// `2^n` for an integral `n` in -126..=127.
#[inline(always)]
fn power_of_two<V: Vector>(n: V) -> V {
    // 2^23 + 127 + n has the biased exponent in its lowest bits; the shift drops the rest.
    n.add(V::splat(8_388_608.0 + 127.0)).exponent_from_bits()
}

/// `e^x`: 0 below -104, infinity above 88.73, NaN for NaN.
#[inline(always)]
pub(super) fn exp<V: Vector>(x: V) -> V {
    let (low, high) = (V::splat(-104.0), V::splat(89.0));
    // A NaN fails both comparisons and so stays a NaN.
    let t = low.if_greater(x, low, x);
    let t = t.if_greater(high, high, t);
    let n = t.mul(V::splat(std::f32::consts::LOG2_E)).add(V::splat(ROUND)).sub(V::splat(ROUND));
    let r = t.sub(n.mul(V::splat(LN2_HIGH))).sub(n.mul(V::splat(LN2_LOW)));
    let p =
        polynomial(r, &[1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1]);
    let e = p.mul(r.mul(r)).add(r).add(V::splat(1.0));
    // Two factors, since 2^128 and the powers below 2^-126 are no normal numbers.
    let half = n.mul(V::splat(0.5)).add(V::splat(ROUND)).sub(V::splat(ROUND));
    e.mul(power_of_two(half)).mul(power_of_two(n.sub(half)))
}

/// Natural logarithm of a positive normal number.
#[inline(always)]
pub(super) fn ln<V: Vector>(x: V) -> V {
    // x = m 2^e with m in [sqrt(1/2), sqrt(2)).
    let exponent = x.exponent_to_bits().or_bits(0x4b00_0000).sub(V::splat(8_388_608.0 + 126.0));
    let mantissa = x.and_bits(0x007f_ffff).or_bits(0x3f00_0000);
    let one = V::splat(1.0);
    let root = V::splat(std::f32::consts::FRAC_1_SQRT_2);
    let f = root.if_greater(mantissa, mantissa.add(mantissa).sub(one), mantissa.sub(one));
    let e = root.if_greater(mantissa, exponent.sub(one), exponent);
    let square = f.mul(f);
    let p = polynomial(
        f,
        &[
            7.037_683_6e-2,
            -1.151_461e-1,
            1.167_699_9e-1,
            -1.242_014_1e-1,
            1.424_932_3e-1,
            -1.666_805_7e-1,
            2.000_071_5e-1,
            -2.499_999_4e-1,
            3.333_333e-1,
        ],
    );
    let y = p.mul(f).mul(square).add(e.mul(V::splat(LN2_LOW))).sub(square.mul(V::splat(0.5)));
    f.add(y).add(e.mul(V::splat(LN2_HIGH)))
}

/// Hyperbolic tangent.
#[inline(always)]
pub(super) fn tanh<V: Vector>(x: V) -> V {
    let sign = x.and_bits(0x8000_0000);
    let size = x.and_bits(0x7fff_ffff);
    let one = V::splat(1.0);
    let square = x.mul(x);
    let small =
        polynomial(square, &[-5.704_988e-3, 2.063_909e-2, -5.373_971_6e-2, 1.333_144_2e-1, -3.333_328e-1]);
    let small = small.mul(square).mul(x).add(x);
    let large = one.sub(V::splat(2.0).div(exp(size.add(size)).add(one))).or(sign);
    size.if_greater(V::splat(0.625), large, small)
}
