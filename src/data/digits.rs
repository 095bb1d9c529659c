//! Handwritten digits, 8 x 8: the first 1,000 rows of data/digits.csv train, the other 797 test; `x / 16`.
//!
//! Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository 1998,
//! doi 10.24432/C50P49, CC BY 4.0.

use super::data_set::INSIDE;
use super::{DataSet, Origin, Samples, Shape, names};
use crate::Error;
use crate::field::{Words, python};
#[cfg(target_arch = "wasm32")]
use crate::refusal::Allowed;
use std::sync::OnceLock;

const PIXELS: usize = 64;
const TRAIN: usize = 1000;
const TEST: usize = 797;

pub(super) const DATA_SET: DataSet = DataSet {
    name: "digits",
    title: Words { en: "Handwritten digits", de: "Handgeschriebene Ziffern" },
    about: Words {
        en: "1,797 images of 8 x 8 pixels, ten classes; 1,000 are for training, 797 for testing.",
        de: "1.797 Bilder mit 8 x 8 Pixeln, zehn Klassen; 1.000 zum Trainieren, 797 zum Testen.",
    },
    source: "E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository 1998, \
             doi 10.24432/C50P49, CC BY 4.0",
    origin: Origin::Bundled,
    features: Some(PIXELS),
    options: &[],
    shape: |_| shape(),
    load,
    outside: INSIDE,
    python: python!("digits.py"),
};

/// For each row its label, then its pixels from 0 to 16. In the browser they are a file beside the engine, which hands it in, so that
/// a new engine does not bring them again.
static BYTES: OnceLock<Vec<u8>> = OnceLock::new();

/// Hands the digits to an engine that was built without them.
pub fn supply(bytes: Vec<u8>) {
    // The second time they are there already.
    let _ = BYTES.set(bytes);
}

#[cfg(target_arch = "wasm32")]
fn bytes() -> Result<&'static [u8], Error> {
    BYTES.get().map(Vec::as_slice).ok_or_else(|| {
        let allowed = Allowed::Needed { name: "digits".into(), hash: None };
        Error::new("data_needed", "data.name", (), allowed)
    })
}

#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::unnecessary_wraps)] // as where they have to be handed over
fn bytes() -> Result<&'static [u8], Error> {
    use std::io::Read;
    Ok(BYTES.get_or_init(|| {
        let zipped = include_bytes!(concat!(env!("OUT_DIR"), "/digits.bin.gz")).as_slice();
        let mut bytes = Vec::new();
        let read = flate2::read::GzDecoder::new(zipped).read_to_end(&mut bytes);
        read.expect("build.rs wrote it");
        bytes
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

fn load(config: &super::Data, _: u64) -> Result<(Samples, Samples), Error> {
    let rows: Vec<&[u8]> = bytes()?.chunks_exact(1 + PIXELS).collect();
    let samples = |rows: &[&[u8]]| {
        let mut samples = Samples::with_capacity(rows.len(), PIXELS);
        for row in rows {
            let pixels: [f32; PIXELS] = std::array::from_fn(|p| f32::from(row[1 + p]) / 16.0);
            samples.push(&pixels, i32::from(row[0]));
        }
        samples
    };
    Ok((samples(&rows[..config.train]), samples(&rows[TRAIN..TRAIN + config.test])))
}
