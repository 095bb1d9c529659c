//! Ten shapes drawn as lines of 40 values: MNIST-1D, generated from the seed.
//!
//! A class's template of 12 values is lengthened by zeros, scaled, moved along the line, set in smooth noise, roughened a
//! little, tilted and read off at 40 places. Source: S. Greydanus and D. Kobak, Scaling down deep learning with MNIST-1D,
//! ICML 2024 (arXiv:2011.14439, 2020), whose constants and templates these are; the draws are this engine's.

use super::data_set::INSIDE;
use super::{DataSet, Origin, Samples, Shape, digits};
use crate::field::{Words, python};
use crate::rng::{Purpose, Stream, stream};

pub(super) const DATA_SET: DataSet = DataSet {
    name: "mnist1d",
    title: Words { en: "MNIST-1D", de: "MNIST-1D" },
    about: Words {
        en: "Ten shapes drawn as lines of 40 values, moved, scaled, tilted and roughened at random.",
        de: "Zehn Formen als Linien aus 40 Werten, zufällig verschoben, gestreckt, gekippt und aufgeraut.",
    },
    source: "S. Greydanus and D. Kobak, Scaling down deep learning with MNIST-1D, ICML 2024, arXiv:2011.14439; drawn by this engine",
    origin: Origin::Generated,
    features: Some(LENGTH),
    options: &[],
    shape: |_| shape(),
    load: |config, seed| Ok(load(config.train, config.test, seed)),
    outside: INSIDE,
    python: python!("mnist1d.py"),
};

/// Values of a sample.
const LENGTH: usize = 40;
const TEMPLATE: usize = 12;
/// Fewest and most zeros behind a template.
const ZEROS: (u32, u32) = (36, 60);
/// Values of the line on which the shape is moved about.
const LINE: usize = TEMPLATE + ZEROS.1 as usize;
const SCALE: f32 = 0.4;
const SHIFT: u32 = 48;
const SMOOTH_NOISE: f32 = 0.25;
/// Standard deviation of the kernel that smooths the noise, in values of the line, and where it is cut off.
const SMOOTHNESS: f64 = 2.0;
const REACH: usize = 8;
const ROUGH_NOISE: f32 = 0.02;
const TILT: f32 = 0.75;

/// The paper's templates, twenty times as large; each is brought to mean 0, deviation 1 and start 0 all the same.
const TEMPLATES: [[u8; TEMPLATE]; 10] = [
    [100, 120, 130, 135, 140, 140, 140, 140, 135, 130, 120, 100],
    [100, 60, 60, 68, 76, 84, 92, 100, 108, 116, 100, 100],
    [100, 120, 130, 130, 120, 105, 95, 80, 70, 70, 80, 100],
    [100, 120, 130, 130, 120, 100, 100, 120, 130, 130, 120, 100],
    [100, 88, 76, 64, 52, 52, 100, 100, 100, 100, 100, 100],
    [100, 60, 60, 60, 60, 100, 120, 130, 130, 120, 90, 100],
    [100, 80, 70, 65, 60, 60, 60, 60, 65, 70, 80, 100],
    [100, 140, 140, 132, 124, 116, 108, 100, 92, 84, 100, 100],
    [100, 80, 70, 70, 80, 100, 100, 80, 70, 70, 80, 100],
    [100, 80, 70, 70, 80, 100, 100, 100, 100, 94, 86, 100],
];

fn shape() -> Shape {
    Shape { features: LENGTH, image: Some((1, LENGTH)), most: None, ..digits::shape() }
}

fn load(train: usize, test: usize, seed: u64) -> (Samples, Samples) {
    let kernel = kernel();
    let templates = TEMPLATES.map(normalised);
    let draw = |len, purpose| {
        let mut rng = stream(seed, purpose);
        let mut samples = Samples::with_capacity(len, LENGTH);
        for i in 0..len {
            let class = i % templates.len(); // equally many of each
            samples.push(&sample(&templates[class], &kernel, &mut rng), class as i32);
        }
        samples
    };
    (draw(train, Purpose::TrainData), draw(test, Purpose::TestData))
}

/// Mean 0 and deviation 1, then begun at 0 and divided by 6.
fn normalised(template: [u8; TEMPLATE]) -> [f32; TEMPLATE] {
    let values = template.map(f64::from);
    let n = TEMPLATE as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
    let unit = 6.0 * libm::sqrt(variance);
    values.map(|v| ((v - values[0]) / unit) as f32)
}

/// A Gaussian's values at 0 to `REACH`, such that all `2 REACH + 1` of them sum to 1.
fn kernel() -> [f32; REACH + 1] {
    let bell: [f64; REACH + 1] =
        std::array::from_fn(|i| libm::exp(-((i * i) as f64) / (2.0 * SMOOTHNESS * SMOOTHNESS)));
    let sum = bell[0] + 2.0 * bell[1..].iter().sum::<f64>();
    bell.map(|v| (v / sum) as f32)
}

fn sample(template: &[f32; TEMPLATE], kernel: &[f32; REACH + 1], rng: &mut Stream) -> [f32; LENGTH] {
    let zeros = ZEROS.0 + rng.below(ZEROS.1 - ZEROS.0 + 1);
    let mut padded = [0.0; LINE];
    padded[..TEMPLATE].copy_from_slice(template);
    let stretched: [f32; LINE] = read_off(&padded[..TEMPLATE + zeros as usize]);
    let scale = 1.0 + SCALE * (rng.uniform() - 0.5);
    let shift = rng.below(SHIFT) as usize;
    let noise: [f32; LINE] = std::array::from_fn(|_| SMOOTH_NOISE * rng.normal());
    let tilt = TILT * (rng.uniform() - 0.5);
    let line: [f32; LINE] = std::array::from_fn(|i| {
        let value = scale * stretched[(i + LINE - shift) % LINE];
        // Where nothing is drawn there is smooth noise, so that the shape's ends do not give it away.
        let drawn = if value == 0.0 { smoothed(&noise, kernel, i) } else { value };
        let along = i as f32 / (LINE - 1) as f32 - 0.5;
        drawn + ROUGH_NOISE * rng.normal() - tilt * along
    });
    read_off(&line)
}

/// The noise about place `i`, weighed by the kernel; beyond an end the line goes back the way it came.
fn smoothed(noise: &[f32; LINE], kernel: &[f32; REACH + 1], i: usize) -> f32 {
    let mut sum = kernel[0] * noise[i];
    for (d, weight) in kernel.iter().enumerate().skip(1) {
        let before = if d <= i { i - d } else { d - i - 1 };
        let after = if i + d < LINE { i + d } else { 2 * LINE - 1 - i - d };
        sum += weight * (noise[before] + noise[after]);
    }
    sum
}

/// `N` values at even distances along `line`, from its first to its last, each between its two neighbours in proportion.
fn read_off<const N: usize>(line: &[f32]) -> [f32; N] {
    std::array::from_fn(|i| {
        let place = i * (line.len() - 1);
        let (at, rest) = (place / (N - 1), place % (N - 1));
        let next = (at + 1).min(line.len() - 1);
        line[at] + (line[next] - line[at]) * (rest as f32 / (N - 1) as f32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_begin_at_0_with_a_deviation_of_a_sixth() {
        for template in TEMPLATES.map(normalised) {
            let mean = template.iter().sum::<f32>() / 12.0;
            let deviation = (template.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / 12.0).sqrt();
            assert_eq!(template[0], 0.0);
            assert!((deviation - 1.0 / 6.0).abs() < 1e-6, "{deviation}");
        }
    }

    #[test]
    fn a_line_is_read_off_from_end_to_end() {
        assert_eq!(read_off::<5>(&[0.0, 1.0, 2.0]), [0.0, 0.5, 1.0, 1.5, 2.0]);
        assert_eq!(read_off::<2>(&[3.0, 9.0, 4.0]), [3.0, 4.0]);
    }

    #[test]
    fn smoothing_keeps_what_is_even_and_evens_out_what_is_not() {
        let kernel = kernel();
        for i in [0, 3, 40, LINE - 1] {
            assert!((smoothed(&[0.7; LINE], &kernel, i) - 0.7).abs() < 1e-6);
        }
        let mut spike = [0.0; LINE];
        spike[30] = 1.0;
        // 1 / (2 sqrt(2 pi)), where the bell stands.
        assert!((smoothed(&spike, &kernel, 30) - 0.1995).abs() < 1e-3);
    }

    #[test]
    fn classes_alternate_and_values_are_bounded() {
        let (train, test) = load(200, 50, 3);
        assert_eq!(train.labels[..11], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
        assert!(train.x.iter().chain(&test.x).all(|v| v.abs() < 2.0));
        assert_ne!(train.x[..400], load(200, 50, 4).0.x[..400]);
    }
}
