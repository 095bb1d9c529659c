//! The notebook's data: ten features uniform in `[0, 1)`, two classes. As written, its labels are drawn at random, so that
//! nothing can be learned; planted, they follow a rule: a random network of two layers.

use super::{Samples, Shape, names};
use crate::kernels::tanh;
use crate::rng::{Purpose, Stream, stream};

const FEATURES: usize = 10;
const RULE_UNITS: usize = 8;

pub(super) fn shape() -> Shape {
    Shape {
        features: FEATURES,
        classes: names(&["0", "1"]),
        image: None,
        most: None,
    }
}

/// Labels drawn at random, in training and test alike.
pub(super) fn random(train: usize, test: usize, seed: u64) -> (Samples, Samples) {
    let draw = |len, purpose| {
        let mut rng = stream(seed, purpose);
        let mut samples = Samples::with_capacity(len, FEATURES);
        for _ in 0..len {
            let x = features(&mut rng);
            samples.push(&x, rng.below(2) as i32);
        }
        samples
    };
    (draw(train, Purpose::TrainData), draw(test, Purpose::TestData))
}

/// Labels by one rule for both parts. The features of a seed are those of [`random`].
pub(super) fn planted(train: usize, test: usize, seed: u64) -> (Samples, Samples) {
    let rule = Rule::draw(seed);
    let (mut train, mut test) = random(train, test, seed);
    for part in [&mut train, &mut test] {
        let stride = part.x.len() / part.labels.len();
        for (row, label) in part.x.chunks_exact(stride).zip(&mut part.labels) {
            *label = i32::from(rule.score(row) > rule.threshold);
        }
    }
    (train, test)
}

fn features(rng: &mut Stream) -> [f32; FEATURES] {
    std::array::from_fn(|_| rng.uniform())
}

/// The middle one of an odd number of values. By counting: a sort is a kilobyte of the download, for this alone.
fn median(values: &[f32]) -> f32 {
    let middle = values.len() / 2;
    let is_middle = |v: &&f32| {
        let below = values.iter().filter(|w| w < v).count();
        let equal = values.iter().filter(|w| w == v).count();
        (below..below + equal).contains(&middle)
    };
    *values
        .iter()
        .find(is_middle)
        .expect("finite values have a middle")
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
        let scores: [f32; 1001] = std::array::from_fn(|_| rule.score(&features(&mut rng)));
        rule.threshold = median(&scores);
        rule
    }

    fn score(&self, x: &[f32]) -> f32 {
        let unit = |w: &[f32; FEATURES]| tanh(w.iter().zip(x).map(|(w, x)| w * (2.0 * x - 1.0)).sum());
        self.w.iter().zip(&self.v).map(|(w, v)| v * unit(w)).sum()
    }
}
