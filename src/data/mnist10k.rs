//! Handwritten digits, 28 x 28: the test part of MNIST, shuffled once and for all. The first 8,000 train, the other 2,000
//! test; `x / 255`. Too large to be part of the page: it is supplied (natively the program carries it).
//!
//! Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document recognition, 1998; CC BY-SA 3.0.

use super::{Data, DataSet, Origin, Samples, Shape, digits, supplied};
use crate::Error;
use crate::field::{Words, python};
#[cfg(not(target_arch = "wasm32"))]
use crate::refusal::Allowed;
use std::sync::Arc;

/// Hash of the content ([`supplied::Table::hash`]): 784 numbers, the pixels in the file's order, its labels, names 0 to 9.
pub const HASH: &str = "424bd7f1b059a8f1";

const SIDE: usize = 28;
const TRAIN: usize = 8000;
const TEST: usize = 2000;

pub(super) const DATA_SET: DataSet = DataSet {
    name: "mnist10k",
    title: Words { en: "MNIST's test part", de: "Der Testteil von MNIST" },
    about: Words {
        en: "10,000 images of handwritten digits, 28 x 28 pixels; 8,000 are for training, 2,000 for testing.",
        de: "10.000 Bilder handgeschriebener Ziffern mit 28 x 28 Pixeln; 8.000 zum Trainieren, 2.000 zum Testen.",
    },
    source: "Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits, 1998, CC BY-SA 3.0",
    origin: Origin::Supplied,
    features: Some(SIDE * SIDE),
    options: &[],
    shape: |_| shape(),
    load,
    outside: |_| wanted().map(|_| Some(HASH)),
    python: python!("mnist10k.py"),
};

fn shape() -> Shape {
    Shape { features: SIDE * SIDE, image: Some((SIDE, SIDE)), most: Some((TRAIN, TEST)), ..digits::shape() }
}

fn load(config: &Data, _: u64) -> Result<(Samples, Samples), Error> {
    let table = wanted()?;
    let order = order();
    let rows = |indices: &[u16]| {
        let mut samples = Samples::with_capacity(indices.len(), SIDE * SIDE);
        let mut pixels = [0.0; SIDE * SIDE];
        for &row in indices {
            for (p, pixel) in pixels.iter_mut().enumerate() {
                *pixel = table.value(usize::from(row), p) / 255.0;
            }
            samples.push(&pixels, i32::from(table.labels[usize::from(row)]));
        }
        samples
    };
    Ok((rows(&order[..config.train]), rows(&order[TRAIN..TRAIN + config.test])))
}

/// The two files' content.
///
/// # Errors
/// `data_needed` where it has not been supplied.
fn wanted() -> Result<Arc<supplied::Table>, Error> {
    #[cfg(not(target_arch = "wasm32"))]
    carried()?;
    supplied::wanted("data.name", "mnist10k", HASH)
}

/// The one shuffle, by Fisher and Yates from the back; `below(i + 1)` is the upper half of a linear congruential generator's
/// state (Knuth, The Art of Computer Programming 2, section 3.3.4; state 0 at first) modulo `i + 1`. Not the engine's own
/// generator, so that five lines of Python can repeat it.
fn order() -> Vec<u16> {
    let mut order: Vec<u16> = (0..(TRAIN + TEST) as u16).collect();
    let mut state = 0_u64;
    for i in (1..order.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, ((state >> 32) % (i as u64 + 1)) as usize);
    }
    order
}

/// Supplies what the native program carries, once.
#[cfg(not(target_arch = "wasm32"))]
fn carried() -> Result<(), Error> {
    use std::io::Read;
    if supplied::supplied(HASH).is_some() {
        return Ok(());
    }
    let unzipped = |file: &[u8], header: usize| -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let read = flate2::read::GzDecoder::new(file).read_to_end(&mut bytes);
        read.map_err(|_| {
            Error::new("damaged_data", "data.name", (), Allowed::Content { hash: HASH.into() })
        })?;
        Ok(bytes.split_off(header.min(bytes.len())))
    };
    let images = include_bytes!("../../data/mnist10k-images-idx3-ubyte.gz");
    let labels = include_bytes!("../../data/mnist10k-labels-idx1-ubyte.gz");
    let table = supplied::Table {
        numbers: SIDE * SIDE,
        features: SIDE * SIDE,
        values: unzipped(images, 16)?,
        wide: false,
        labels: unzipped(labels, 8)?,
        classes: (0..10).map(|digit| digit.to_string()).collect(),
    };
    supplied::supply(HASH, table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_image_is_used_once_and_pixels_go_from_0_to_1() {
        let mut order = order();
        // Pinned: another order is another data set.
        assert_eq!(order[..4], [7564, 7172, 8029, 3950]);
        order.sort_unstable();
        assert_eq!(order, (0..10_000).collect::<Vec<u16>>());
        let config = crate::config::Config::preset("mnist10k").unwrap();
        let (train, test) = load(&config.data, 1).unwrap();
        assert_eq!((train.len(), test.len()), (TRAIN, TEST));
        let most = train.x.iter().copied().fold(0.0, f32::max);
        assert_eq!(most, 1.0);
        // MNIST's test part has 892 to 1,135 of each digit.
        for digit in 0..10 {
            let count = train.labels.iter().chain(&test.labels).filter(|&&l| l == digit).count();
            assert!((892..=1135).contains(&count), "{digit}: {count}");
        }
    }
}
