//! What a model is like on a set: from logits `[n, padded(K)]` and labels `[n]`, at a temperature of 1.
//!
//! Sums over samples go in `f64`, in order. Ties of an arg-max go to the lowest class.

use crate::kernels::padded;
use crate::loss::softmax;

/// Bins of the calibration error.
pub const BINS: usize = 15;

/// Class of the largest value; the lowest of those that tie.
pub fn arg_max(row: &[f32]) -> usize {
    let (mut best, mut max) = (0, f32::NEG_INFINITY);
    for (k, &v) in row.iter().enumerate() {
        if v > max {
            (best, max) = (k, v);
        }
    }
    best
}

fn rows(values: &[f32], classes: usize) -> impl ExactSizeIterator<Item = &[f32]> {
    values
        .chunks_exact(padded(classes))
        .map(move |row| &row[..classes])
}

/// Share of rows (logits or probabilities) whose largest value is the label's.
pub fn accuracy(values: &[f32], classes: usize, labels: &[i32]) -> f64 {
    let correct = rows(values, classes)
        .zip(labels)
        .filter(|(row, y)| arg_max(row) == **y as usize)
        .count();
    correct as f64 / labels.len() as f64
}

/// Mean negative log likelihood of logits, by log-softmax, in nats.
pub fn nll_from_logits(logits: &[f32], classes: usize, labels: &[i32]) -> f64 {
    let (_, log_p) = softmax(logits, classes, 1.0);
    -rows(&log_p, classes)
        .zip(labels)
        .map(|(row, y)| f64::from(row[*y as usize]))
        .sum::<f64>()
        / labels.len() as f64
}

/// Mean negative log likelihood of probabilities, each at least 1e-12.
pub fn nll(probabilities: &[f32], classes: usize, labels: &[i32]) -> f64 {
    let log = |p: f32| libm::log(f64::from(p).max(1e-12));
    -rows(probabilities, classes)
        .zip(labels)
        .map(|(row, y)| log(row[*y as usize]))
        .sum::<f64>()
        / labels.len() as f64
}

/// Mean squared distance of probabilities from the one-hot label (Brier 1950).
pub fn brier(probabilities: &[f32], classes: usize, labels: &[i32]) -> f64 {
    let distance = |(row, y): (&[f32], &i32)| -> f64 {
        row.iter()
            .enumerate()
            .map(|(k, &p)| (f64::from(p) - f64::from(u8::from(k == *y as usize))).powi(2))
            .sum()
    };
    rows(probabilities, classes)
        .zip(labels)
        .map(distance)
        .sum::<f64>()
        / labels.len() as f64
}

/// Expected calibration error of probabilities: 15 bins `(b/15, (b+1)/15]` of the largest one (Guo et al. 2017, equation 3).
pub fn ece(probabilities: &[f32], classes: usize, labels: &[i32]) -> f64 {
    let mut gaps = [0.0f64; BINS];
    for (row, y) in rows(probabilities, classes).zip(labels) {
        let predicted = arg_max(row);
        let confidence = f64::from(row[predicted]);
        gaps[bin_of(confidence)] += f64::from(u8::from(predicted == *y as usize)) - confidence;
    }
    gaps.iter().map(|gap| gap.abs()).sum::<f64>() / labels.len() as f64
}

/// A bin of a reliability diagram: samples, their mean largest probability, and the share whose label has it (0 of 0 is 0).
pub type Bin = [f64; 3];

/// The bins that [`ece`] sums over: `ece = sum |share - mean| samples / n` (Guo et al. 2017, figure 1).
pub fn reliability(probabilities: &[f32], classes: usize, labels: &[i32]) -> Vec<Bin> {
    let mut bins = vec![[0.0f64; 3]; BINS];
    for (row, y) in rows(probabilities, classes).zip(labels) {
        let predicted = arg_max(row);
        let confidence = f64::from(row[predicted]);
        let bin = &mut bins[bin_of(confidence)];
        bin[0] += 1.0;
        bin[1] += confidence;
        bin[2] += f64::from(u8::from(predicted == *y as usize));
    }
    for bin in &mut bins {
        if bin[0] > 0.0 {
            bin[1] /= bin[0];
            bin[2] /= bin[0];
        }
    }
    bins
}

fn bin_of(confidence: f64) -> usize {
    (libm::ceil(confidence * BINS as f64) as usize).clamp(1, BINS) - 1
}

/// [`ece`] of the softmax of logits.
pub fn ece_from_logits(logits: &[f32], classes: usize, labels: &[i32]) -> f64 {
    ece(&softmax(logits, classes, 1.0).0, classes, labels)
}

/// `confusion[true][predicted]`, counts.
pub fn confusion(values: &[f32], classes: usize, labels: &[i32]) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; classes]; classes];
    for (row, y) in rows(values, classes).zip(labels) {
        counts[*y as usize][arg_max(row)] += 1;
    }
    counts
}

/// Accuracy by true class; `None` where a class has no sample.
pub fn per_class_accuracy(values: &[f32], classes: usize, labels: &[i32]) -> Vec<Option<f64>> {
    let share = |(k, row): (usize, &Vec<u32>)| {
        let total: u32 = row.iter().sum();
        (total > 0).then(|| f64::from(row[k]) / f64::from(total))
    };
    confusion(values, classes, labels)
        .iter()
        .enumerate()
        .map(share)
        .collect()
}

/// Share of rows on which two models predict the same class.
pub fn agreement(values: &[f32], others: &[f32], classes: usize) -> f64 {
    let pairs = rows(values, classes).zip(rows(others, classes));
    let len = pairs.len();
    pairs.filter(|(a, b)| arg_max(a) == arg_max(b)).count() as f64 / len as f64
}

/// Mean `KL(teacher || student)` of two models' logits, in nats.
pub fn kl_to_teacher(logits: &[f32], teacher: &[f32], classes: usize) -> f64 {
    let (_, log_q) = softmax(logits, classes, 1.0);
    let (p, log_p) = softmax(teacher, classes, 1.0);
    let sum: f64 = p
        .iter()
        .zip(log_p.iter().zip(&log_q))
        .map(|(&p, (&l, &q))| f64::from(p) * (f64::from(l) - f64::from(q)))
        .sum();
    sum / (logits.len() / padded(classes)) as f64
}
