//! Handwritten digits, 8 x 8: the first 1,000 rows of data/digits.csv train, the other 797 test; `x / 16`.
//!
//! Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository 1998,
//! doi 10.24432/C50P49, CC BY 4.0.

use super::squeeze::{self, Reader, Row};
use super::{Samples, Shape, names};
use std::sync::OnceLock;

const PIXELS: usize = 64;
const TRAIN: usize = 1000;
const TEST: usize = 797;
/// Packed by build.rs; see [`squeeze`].
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/digits.bin"));

/// All rows, unpacked when they are first asked for.
fn unpacked() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows = vec![[0; 1 + PIXELS]; TRAIN + TEST];
        squeeze::pass(&mut rows, &mut Reader::new(PACKED));
        rows
    })
}

pub(super) fn shape() -> Shape {
    Shape {
        features: PIXELS,
        classes: names(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        image: Some((8, 8)),
        most: Some((TRAIN, TEST)),
    }
}

pub(super) fn load(train: usize, test: usize) -> (Samples, Samples) {
    (rows(0, train), rows(TRAIN, test))
}

fn rows(from: usize, len: usize) -> Samples {
    let mut samples = Samples::with_capacity(len, PIXELS);
    for row in &unpacked()[from..from + len] {
        let pixels: [f32; PIXELS] = std::array::from_fn(|p| f32::from(row[1 + p]) / 16.0);
        samples.push(&pixels, i32::from(row[0]));
    }
    samples
}
