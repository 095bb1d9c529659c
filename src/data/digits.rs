//! Handwritten digits, 8 x 8: the first 1,000 rows of data/digits.csv train, the other 797 test; `x / 16`.
//!
//! Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository 1998,
//! doi 10.24432/C50P49, CC BY 4.0.

use super::{Samples, Shape};

const PIXELS: usize = 64;
const TRAIN: usize = 1000;
const TEST: usize = 797;
const LEN: usize = TRAIN + TEST;

/// Labels, then a plane for each pixel; see build.rs.
static PACKED: &[u8; LEN * (1 + PIXELS)] = include_bytes!(concat!(env!("OUT_DIR"), "/digits.bin"));

pub(super) fn shape() -> Shape {
    Shape {
        features: PIXELS,
        classes: &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        image: Some((8, 8)),
        most: Some((TRAIN, TEST)),
    }
}

pub(super) fn load(train: usize, test: usize) -> (Samples, Samples) {
    (rows(0, train), rows(TRAIN, test))
}

fn rows(from: usize, len: usize) -> Samples {
    let mut samples = Samples::with_capacity(len, PIXELS);
    for row in from..from + len {
        let pixels: [f32; PIXELS] = std::array::from_fn(|p| f32::from(PACKED[(1 + p) * LEN + row]) / 16.0);
        samples.push(&pixels, i32::from(PACKED[row]));
    }
    samples
}
