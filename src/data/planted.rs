//! The notebook's features, labelled by a rule: a random network of two layers, another for each seed.

use super::data_set::INSIDE;
use super::notebook::{self, FEATURES, features};
use super::{Data, DataSet, Origin, Samples};
use crate::field::{Words, python};
use crate::kernels::{padded, tanh};
use crate::rng::{Purpose, stream};

const RULE_UNITS: usize = 8;

pub(super) const DATA_SET: DataSet = DataSet {
    name: "planted",
    title: Words { en: "A planted rule", de: "Eine verborgene Regel" },
    about: Words {
        en: "The notebook's ten features, labelled by a random network of two layers: there is something to learn.",
        de: "Die zehn Merkmale des Notebooks, mit Klassen nach einem zufälligen Netz aus zwei Schichten: Es gibt etwas zu lernen.",
    },
    source: "drawn by this engine",
    origin: Origin::Generated,
    features: Some(FEATURES),
    options: &[],
    shape: notebook::shape,
    load: |config, seed| Ok(load(config, seed)),
    outside: INSIDE,
    python: python!("planted.py"),
};

/// Labels by one rule for both parts. The features of a seed are the notebook's.
fn load(config: &Data, seed: u64) -> (Samples, Samples) {
    let rule = Rule::draw(seed);
    let (mut train, mut test) = notebook::load(config, seed);
    for part in [&mut train, &mut test] {
        for (row, label) in part.x.chunks_exact(padded(FEATURES)).zip(&mut part.labels) {
            *label = i32::from(rule.score(row) > rule.threshold);
        }
    }
    (train, test)
}

/// `v . tanh(W (2x - 1))`, thresholded so that the classes are equally frequent.
struct Rule {
    w: [[f32; FEATURES]; RULE_UNITS],
    v: [f32; RULE_UNITS],
    threshold: f32,
}

impl Rule {
    fn draw(seed: u64) -> Self {
        let mut rng = stream(seed, Purpose::PlantedRule);
        let mut rule = Self {
            w: std::array::from_fn(|_| std::array::from_fn(|_| rng.normal())),
            v: std::array::from_fn(|_| rng.normal()),
            threshold: 0.0,
        };
        let mut scores: [f32; 1001] = std::array::from_fn(|_| rule.score(&features(&mut rng)));
        let middle = scores.len() / 2;
        let (_, median, _) = scores.select_nth_unstable_by(middle, f32::total_cmp);
        rule.threshold = *median;
        rule
    }

    fn score(&self, x: &[f32]) -> f32 {
        let unit = |w: &[f32; FEATURES]| tanh(w.iter().zip(x).map(|(w, x)| w * (2.0 * x - 1.0)).sum());
        self.w.iter().zip(&self.v).map(|(w, v)| v * unit(w)).sum()
    }
}
