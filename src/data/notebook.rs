//! The notebook's data: ten features uniform in `[0, 1)`, two classes. As written, its labels are drawn at random, so that nothing
//! can be learned.

use super::data_set::INSIDE;
use super::{Data, DataSet, Origin, Samples, Shape, names};
use crate::field::{Words, python};
use crate::rng::{Purpose, Stream, stream};

pub(super) const FEATURES: usize = 10;

pub(super) const DATA_SET: DataSet = DataSet {
    name: "notebook",
    title: Words { en: "The notebook's noise", de: "Das Rauschen des Notebooks" },
    about: Words {
        en: "Ten features, uniform in [0, 1), and two classes drawn at random: there is nothing to learn.",
        de: "Zehn Merkmale, gleichverteilt in [0, 1), und zwei zufällig gezogene Klassen: Es gibt nichts zu lernen.",
    },
    source: "drawn by this engine",
    origin: Origin::Generated,
    features: Some(FEATURES),
    options: &[],
    shape,
    load: |config, seed| Ok(load(config, seed)),
    outside: INSIDE,
    python: python!("notebook.py"),
};

pub(super) fn shape(_: &Data) -> Shape {
    Shape { features: FEATURES, classes: names(&["0", "1"]), image: None, most: None }
}

/// Labels drawn at random, in training and test alike.
pub(super) fn load(config: &Data, seed: u64) -> (Samples, Samples) {
    let draw = |len, purpose| {
        let mut rng = stream(seed, purpose);
        let mut samples = Samples::with_capacity(len, FEATURES);
        for _ in 0..len {
            let x = features(&mut rng);
            samples.push(&x, rng.below(2) as i32);
        }
        samples
    };
    (draw(config.train, Purpose::TrainData), draw(config.test, Purpose::TestData))
}

pub(super) fn features(rng: &mut Stream) -> [f32; FEATURES] {
    std::array::from_fn(|_| rng.uniform())
}
