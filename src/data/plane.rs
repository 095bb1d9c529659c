//! Points in the plane, two classes, for boundaries that can be seen. Coordinates lie about `[-1, 1]`.
//!
//! Each data set is a rule for a point before noise: from its class and a number `u` that is uniform in `[0, 1)`.

use super::data_set::INSIDE;
use super::{Data, DataSet, Origin, Samples, Shape, names};
use crate::Error;
use crate::field::{Words, python};
use crate::rng::{Purpose, stream};
use core::f64::consts::PI;

pub(super) const SPIRALS: DataSet = DataSet {
    name: "spirals",
    title: Words { en: "Spirals", de: "Spiralen" },
    about: Words {
        en: "Points of the plane on two arms wound around each other.",
        de: "Punkte der Ebene auf zwei umeinander gewundenen Armen.",
    },
    load: |config, seed| load(config, seed, spiral),
    ..GAUSSIANS
};

pub(super) const MOONS: DataSet = DataSet {
    name: "moons",
    title: Words { en: "Moons", de: "Monde" },
    about: Words {
        en: "Points of the plane on two half circles pushed into each other.",
        de: "Punkte der Ebene auf zwei ineinander geschobenen Halbkreisen.",
    },
    load: |config, seed| load(config, seed, moon),
    ..GAUSSIANS
};

pub(super) const CIRCLES: DataSet = DataSet {
    name: "circles",
    title: Words { en: "Circles", de: "Kreise" },
    about: Words {
        en: "Points of the plane on a circle and on one within it.",
        de: "Punkte der Ebene auf einem Kreis und auf einem in ihm.",
    },
    load: |config, seed| load(config, seed, circle),
    ..GAUSSIANS
};

pub(super) const GAUSSIANS: DataSet = DataSet {
    name: "gaussians",
    title: Words { en: "Gaussians", de: "Wolken" },
    about: Words {
        en: "Points of the plane in two round clouds.",
        de: "Punkte der Ebene in zwei runden Wolken.",
    },
    source: "drawn by this engine",
    origin: Origin::Generated,
    features: Some(2),
    options: &["data.noise"],
    shape,
    load: |config, seed| load(config, seed, |class, _| (0.4 * side(class), 0.4 * side(class))),
    outside: INSIDE,
    python: python!("plane.py"),
};

pub(super) fn shape(_: &Data) -> Shape {
    Shape { features: 2, classes: names(&["A", "B"]), image: None, most: None }
}

fn load(
    config: &Data,
    seed: u64,
    point: fn(class: usize, u: f64) -> (f64, f64),
) -> Result<(Samples, Samples), Error> {
    let draw = |len, purpose| {
        let mut rng = stream(seed, purpose);
        let mut samples = Samples::with_capacity(len, 2);
        for i in 0..len {
            let class = i % 2; // equally many of each
            let (x, y) = point(class, f64::from(rng.uniform()));
            let noise = [(); 2].map(|()| config.noise as f32 * rng.normal());
            samples.push(&[x as f32 + noise[0], y as f32 + noise[1]], class as i32);
        }
        samples
    };
    Ok((draw(config.train, Purpose::TrainData), draw(config.test, Purpose::TestData)))
}

/// 1 for the first class, -1 for the second.
fn side(class: usize) -> f64 {
    if class == 0 { 1.0 } else { -1.0 }
}

/// The point at `radius` and `angle` from the middle.
fn at(radius: f64, angle: f64) -> (f64, f64) {
    let (sin, cos) = libm::sincos(angle);
    (radius * cos, radius * sin)
}

/// An arm of one and a half turns; the other is the same turned by half a turn. The root keeps density even.
fn spiral(class: usize, u: f64) -> (f64, f64) {
    let r = 0.1 + 0.9 * libm::sqrt(u);
    let (x, y) = at(r, 3.0 * PI * r);
    (side(class) * x, side(class) * y)
}

/// Upper half circle, and a lower one pushed into it.
fn moon(class: usize, u: f64) -> (f64, f64) {
    let (x, y) = at(0.65, PI * u);
    (side(class) * (x - 0.325), side(class) * (y - 0.16))
}

fn circle(class: usize, u: f64) -> (f64, f64) {
    at(if class == 0 { 0.9 } else { 0.4 }, 2.0 * PI * u)
}
