//! Handwritten digits, 8 x 8: the first 1,000 rows of data/digits.csv train, the other 797 test; `x / 16`.
//!
//! Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository 1998,
//! doi 10.24432/C50P49, CC BY 4.0.

use super::squeeze::{self, Reader, Row};
use super::{Samples, Shape, names};
use crate::Error;
#[cfg(target_arch = "wasm32")]
use crate::refusal::Allowed;
use std::sync::OnceLock;

const PIXELS: usize = 64;
const TRAIN: usize = 1000;
const TEST: usize = 797;

/// Packed when the engine is built; see [`squeeze`]. The browser's engine is handed them, so that a new engine does not bring them anew.
static PACKED: OnceLock<Vec<u8>> = OnceLock::new();

/// Hands the packed digits to an engine that was built without them.
#[cold]
pub fn supply(packed: Vec<u8>) {
    // The second time they are there already.
    let _ = PACKED.set(packed);
}

#[cfg(target_arch = "wasm32")]
fn packed() -> Result<&'static [u8], Error> {
    PACKED.get().map(Vec::as_slice).ok_or_else(|| {
        let allowed = Allowed::Needed {
            name: "digits".into(),
            hash: None,
        };
        Error::new("data_needed", "data.name", (), allowed)
    })
}

#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::unnecessary_wraps)] // as where they have to be handed over
fn packed() -> Result<&'static [u8], Error> {
    Ok(PACKED.get().map_or(
        include_bytes!(concat!(env!("OUT_DIR"), "/digits.bin")).as_slice(),
        Vec::as_slice,
    ))
}

/// All rows, unpacked when they are first asked for.
fn unpacked() -> Result<&'static [Row], Error> {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    let packed = packed()?;
    Ok(ROWS.get_or_init(|| {
        let mut rows = vec![[0; 1 + PIXELS]; TRAIN + TEST];
        squeeze::pass(&mut rows, &mut Reader::new(packed));
        rows
    }))
}

pub(super) fn shape() -> Shape {
    Shape {
        features: PIXELS,
        classes: names(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        image: Some((8, 8)),
        most: Some((TRAIN, TEST)),
    }
}

pub(super) fn load(train: usize, test: usize) -> Result<(Samples, Samples), Error> {
    let all = unpacked()?;
    Ok((rows(&all[..train]), rows(&all[TRAIN..TRAIN + test])))
}

fn rows(of: &[Row]) -> Samples {
    let mut samples = Samples::with_capacity(of.len(), PIXELS);
    for row in of {
        let pixels: [f32; PIXELS] = std::array::from_fn(|p| f32::from(row[1 + p]) / 16.0);
        samples.push(&pixels, i32::from(row[0]));
    }
    samples
}
