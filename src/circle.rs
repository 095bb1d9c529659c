//! Sine and cosine of up to one and a half turns, in `f64`: the same bits as `libm`'s, without its reduction of huge angles, which is
//! 1.5 KB to download and which nothing here needs.
//!
//! An angle `x` is taken to the nearest quarter, `x = n pi/2 + r + tail`, after Cody and Waite 1980: pi/2 in pieces of 33 bits, whose
//! products with a small `n` are exact. On `[-pi/4, pi/4]` follow the minimax polynomials of Sun's fdlibm 5.3 (`__kernel_sin`,
//! `__kernel_cos`), the ones that `libm` has, in the same order of operations.

/// pi/2: its first 33 bits, the next 33, and the rest.
const HALF_PI: [f64; 3] = [
    f64::from_bits(0x3FF9_21FB_5440_0000),
    f64::from_bits(0x3DD0_B461_1A60_0000),
    f64::from_bits(0x3BA3_198A_2E03_7073),
];
/// pi/2 less its first 33 bits.
const REST: f64 = f64::from_bits(0x3DD0_B461_1A62_6331);
/// The largest upper halves of the angles whose nearest multiple of pi/2 is the 0th, 1st, ..., 4th.
const LAST: [u32; 5] = [0x3FE9_21FB, 0x4002_D97C, 0x400F_6A7A, 0x4015_FDBC, 0x401C_463B];
/// The upper halves of pi/2, pi, 3 pi/2, 2 pi: angles that begin with one may lose most digits.
const MULTIPLES: [u32; 4] = [0x3FF9_21FB, 0x4009_21FB, 0x4012_D97C, 0x4019_21FB];

fn exponent(x: f64) -> u64 {
    x.to_bits() >> 52 & 0x7FF
}

/// `(n, r, tail)` of `x`, from 0 to 3 pi.
fn reduce(x: f64) -> (u32, f64, f64) {
    let upper = (x.to_bits() >> 32) as u32;
    let quarter = LAST.iter().filter(|&&last| upper > last).count();
    let far = quarter == LAST.len();
    let n = if far {
        (x / core::f64::consts::FRAC_PI_2 + 0.5) as u32
    } else {
        quarter as u32
    };
    if n == 0 {
        return (0, x, 0.0);
    }
    let times = f64::from(n);
    let mut from = x - times * HALF_PI[0];
    let mut less = times * REST;
    let mut r = from - less;
    if (far || MULTIPLES.contains(&upper)) && exponent(x) > exponent(r) + 16 {
        let whole = from;
        let second = times * HALF_PI[1];
        from = whole - second;
        less = times * HALF_PI[2] - ((whole - from) - second);
        r = from - less;
    }
    (n, r, (from - r) - less)
}

/// The cosine of `r + tail`, at most pi/4.
fn cos_near_zero(r: f64, tail: f64) -> f64 {
    const C: [f64; 6] = [
        f64::from_bits(0x3FA5_5555_5555_554C),
        f64::from_bits(0xBF56_C16C_16C1_5177),
        f64::from_bits(0x3EFA_01A0_19CB_1590),
        f64::from_bits(0xBE92_7E4F_809C_52AD),
        f64::from_bits(0x3E21_EE9E_BDB4_B1C4),
        f64::from_bits(0xBDA8_FAE9_BE88_38D4),
    ];
    let square = r * r;
    let fourth = square * square;
    let low = square * (C[0] + square * (C[1] + square * C[2]));
    let series = low + fourth * fourth * (C[3] + square * (C[4] + square * C[5]));
    let half = 0.5 * square;
    let most = 1.0 - half;
    most + (((1.0 - most) - half) + (square * series - r * tail))
}

/// The sine of `r + tail`, at most pi/4; `reduced` says that the tail counts.
fn sin_near_zero(r: f64, tail: f64, reduced: bool) -> f64 {
    const S: [f64; 6] = [
        f64::from_bits(0xBFC5_5555_5555_5549),
        f64::from_bits(0x3F81_1111_1110_F8A6),
        f64::from_bits(0xBF2A_01A0_19C1_61D5),
        f64::from_bits(0x3EC7_1DE3_57B1_FE7D),
        f64::from_bits(0xBE5A_E5E6_8A2B_9CEB),
        f64::from_bits(0x3DE5_D93A_5ACF_D57C),
    ];
    let square = r * r;
    let cube = square * r;
    let series = S[1] + square * (S[2] + square * S[3]) + square * (square * square) * (S[4] + square * S[5]);
    if reduced {
        r - ((square * (0.5 * tail - cube * series) - tail) - cube * S[0])
    } else {
        r + cube * (S[0] + square * series)
    }
}

/// `(sin x, cos x)` of an angle from 0 to 3 pi.
pub(crate) fn sin_cos(x: f64) -> (f64, f64) {
    let (n, r, tail) = reduce(x);
    let (sin, cos) = (sin_near_zero(r, tail, n > 0), cos_near_zero(r, tail));
    match n % 4 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::f64::consts::PI;

    /// Every angle that a data set or a normal number can ask for: `uniform()` has 2^24 values.
    #[test]
    fn the_bits_are_libms_for_every_angle_that_is_ever_asked_for() {
        let angles: [fn(f64) -> f64; 3] = [
            |u| 2.0 * PI * u,                           // normal numbers, circles
            |u| PI * u,                                 // moons
            |u| 3.0 * PI * (0.1 + 0.9 * libm::sqrt(u)), // spirals
        ];
        for of in angles {
            for k in 0..1u32 << 24 {
                let x = of(f64::from(k) / f64::from(1 << 24));
                let ours = sin_cos(x);
                assert_eq!(
                    (ours.0.to_bits(), ours.1.to_bits()),
                    (libm::sin(x).to_bits(), libm::cos(x).to_bits()),
                    "{x}"
                );
            }
        }
    }
}
