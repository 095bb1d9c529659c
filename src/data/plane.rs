//! Points in the plane, two classes, for boundaries that can be seen. Coordinates lie about `[-1, 1]`.

use super::own_points::PlanePoint;
use super::spec::{Data, DataName};
use super::{Samples, Shape, names};
use crate::rng::{Purpose, Stream, stream};
use core::f64::consts::PI;

pub(super) fn shape() -> Shape {
    Shape {
        features: 2,
        classes: names(&["A", "B"]),
        image: None,
        most: None,
    }
}

pub(super) fn load(config: &Data, seed: u64) -> (Samples, Samples) {
    let draw = |len, purpose| {
        let mut rng = stream(seed, purpose);
        let mut samples = Samples::with_capacity(len, 2);
        for i in 0..len {
            let class = i % 2; // equally many of each
            let (x, y) = point(config.name, class, &mut rng);
            let spread = config.noise as f32;
            samples.push(
                &[x + spread * rng.normal(), y + spread * rng.normal()],
                class as i32,
            );
        }
        samples
    };
    (
        draw(config.train, Purpose::TrainData),
        draw(config.test, Purpose::TestData),
    )
}

/// Whether the point at `index` of one's own points is a test: every fourth.
pub fn held_out(index: usize) -> bool {
    index % 4 == 3
}

/// Points of one's own, those for training and those held out, each in the order in which they are given.
pub(super) fn own(points: &[PlanePoint]) -> (Samples, Samples) {
    let (mut train, mut test) = (Samples::default(), Samples::default());
    for (i, &PlanePoint(x, y, class)) in points.iter().enumerate() {
        let samples = if held_out(i) { &mut test } else { &mut train };
        samples.push(&[x as f32, y as f32], i32::from(class));
    }
    (train, test)
}

/// A point of a class, before noise.
fn point(name: DataName, class: usize, rng: &mut Stream) -> (f32, f32) {
    let u = f64::from(rng.uniform());
    let side = if class == 0 { 1.0 } else { -1.0 };
    let at = |radius: f64, angle: f64| {
        let (sin, cos) = libm::sincos(angle);
        (radius * cos, radius * sin)
    };
    let (x, y) = match name {
        // An arm of one and a half turns; the other is the same turned by half a turn. The root keeps density even.
        DataName::Spirals => {
            let r = 0.1 + 0.9 * libm::sqrt(u);
            let (x, y) = at(r, 3.0 * PI * r);
            (side * x, side * y)
        }
        // Upper half circle, and a lower one pushed into it.
        DataName::Moons => {
            let (x, y) = at(0.65, PI * u);
            if class == 0 {
                (x - 0.325, y - 0.16)
            } else {
                (0.325 - x, 0.16 - y)
            }
        }
        DataName::Circles => at(if class == 0 { 0.9 } else { 0.4 }, 2.0 * PI * u),
        DataName::Gaussians => (0.4 * side, 0.4 * side),
        DataName::Digits
        | DataName::Notebook
        | DataName::Planted
        | DataName::Points
        | DataName::Table
        | DataName::Mnist10k
        | DataName::Mnist1d => {
            unreachable!("not drawn by a rule of the plane")
        }
    };
    (x as f32, y as f32)
}
