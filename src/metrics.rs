//! What a model is like on a set: from logits or probabilities `[samples, classes]` and labels `[samples]`, at a temperature of 1.
//!
//! Sums over samples go in `f64`, in order. Ties of an arg-max go to the lowest class.
//!
//! ```
//! use distill_lab::metrics;
//! use ndarray::array;
//! let (logits, labels) = (array![[2.0, 1.0], [0.0, 3.0], [1.0, 0.0]], array![0, 1, 1]);
//! assert_eq!(metrics::accuracy(logits.view(), labels.view()), 2.0 / 3.0);
//! assert_eq!(metrics::confusion(logits.view(), labels.view()), array![[1, 0], [1, 1]]);
//! ```

use crate::kernels::padded;
use crate::loss::softmax;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis, s};

/// Bins of the calibration error.
pub const BINS: usize = 15;

/// Class of the largest value; the lowest of those that tie.
pub fn arg_max<'a>(row: impl IntoIterator<Item = &'a f32>) -> usize {
    let (mut best, mut max) = (0, f32::NEG_INFINITY);
    for (k, &v) in row.into_iter().enumerate() {
        if v > max {
            (best, max) = (k, v);
        }
    }
    best
}

/// `values [n, padded(classes)]`, as kernels write them, without their padding.
pub(crate) fn unpadded(values: &[f32], classes: usize) -> ArrayView2<'_, f32> {
    let stride = padded(classes);
    ArrayView2::from_shape((values.len() / stride, stride), values)
        .expect("kernels write whole rows")
        .slice_move(s![.., ..classes])
}

/// Softmax and log-softmax of logits, in padded rows: [`unpadded`] shows them.
fn probabilities(logits: ArrayView2<f32>) -> (Vec<f32>, Vec<f32>) {
    let (n, classes) = logits.dim();
    let mut rows = Array2::zeros((n, padded(classes)));
    rows.slice_mut(s![.., ..classes]).assign(&logits);
    softmax(rows.as_slice().expect("it is new"), classes, 1.0)
}

/// The mean of a figure over samples, each with its label.
fn mean(
    values: ArrayView2<f32>,
    labels: ArrayView1<i32>,
    figure: impl Fn(ArrayView1<f32>, usize) -> f64,
) -> f64 {
    let of_samples = values.rows().into_iter().zip(labels);
    of_samples.map(|(row, &y)| figure(row, y as usize)).sum::<f64>() / labels.len() as f64
}

/// Share of rows (logits or probabilities) whose largest value is the label's.
pub fn accuracy(values: ArrayView2<f32>, labels: ArrayView1<i32>) -> f64 {
    mean(values, labels, |row, y| f64::from(u8::from(arg_max(row) == y)))
}

/// Mean negative log likelihood of logits, by log-softmax, in nats.
pub fn nll_from_logits(logits: ArrayView2<f32>, labels: ArrayView1<i32>) -> f64 {
    let (_, log_p) = probabilities(logits);
    -mean(unpadded(&log_p, logits.ncols()), labels, |row, y| f64::from(row[y]))
}

/// Mean negative log likelihood of probabilities, each at least 1e-12.
pub fn nll(probabilities: ArrayView2<f32>, labels: ArrayView1<i32>) -> f64 {
    -mean(probabilities, labels, |row, y| libm::log(f64::from(row[y]).max(1e-12)))
}

/// Mean squared distance of probabilities from the one-hot label (Brier 1950).
pub fn brier(probabilities: ArrayView2<f32>, labels: ArrayView1<i32>) -> f64 {
    mean(probabilities, labels, |row, y| {
        let distance = |(k, &p)| (f64::from(p) - f64::from(u8::from(k == y))).powi(2);
        row.iter().enumerate().map(distance).sum()
    })
}

/// The bins of a reliability diagram, `[BINS, 3]`: samples, their mean largest probability, and the share whose label has it (0 of 0
/// is 0). Bin `b` holds largest probabilities in `(b/15, (b+1)/15]` (Guo et al. 2017, figure 1).
pub fn reliability(probabilities: ArrayView2<f32>, labels: ArrayView1<i32>) -> Array2<f64> {
    let mut bins = Array2::<f64>::zeros((BINS, 3));
    for (row, &y) in probabilities.rows().into_iter().zip(labels) {
        let predicted = arg_max(row);
        let confidence = f64::from(row[predicted]);
        let bin = (libm::ceil(confidence * BINS as f64) as usize).clamp(1, BINS) - 1;
        bins[[bin, 0]] += 1.0;
        bins[[bin, 1]] += confidence;
        bins[[bin, 2]] += f64::from(u8::from(predicted == y as usize));
    }
    for mut bin in bins.rows_mut() {
        let samples = bin[0].max(1.0);
        bin[1] /= samples;
        bin[2] /= samples;
    }
    bins
}

/// Expected calibration error of probabilities: `sum |share - mean| samples / n` over the bins of [`reliability`] (Guo et al. 2017,
/// equation 3).
pub fn ece(probabilities: ArrayView2<f32>, labels: ArrayView1<i32>) -> f64 {
    let bins = reliability(probabilities, labels);
    let gap = |bin: ArrayView1<f64>| (bin[2] - bin[1]).abs() * bin[0];
    bins.rows().into_iter().map(gap).sum::<f64>() / labels.len() as f64
}

/// [`ece`] of the softmax of logits.
pub fn ece_from_logits(logits: ArrayView2<f32>, labels: ArrayView1<i32>) -> f64 {
    let (p, _) = probabilities(logits);
    ece(unpadded(&p, logits.ncols()), labels)
}

/// `confusion[[true, predicted]]`, counts.
pub fn confusion(values: ArrayView2<f32>, labels: ArrayView1<i32>) -> Array2<u32> {
    let classes = values.ncols();
    let mut counts = Array2::zeros((classes, classes));
    for (row, &y) in values.rows().into_iter().zip(labels) {
        counts[[y as usize, arg_max(row)]] += 1;
    }
    counts
}

/// Accuracy by true class; `None` where a class has no sample.
pub fn per_class_accuracy(values: ArrayView2<f32>, labels: ArrayView1<i32>) -> Vec<Option<f64>> {
    let counts = confusion(values, labels);
    let (right, all) = (counts.diag(), counts.sum_axis(Axis(1)));
    let share = |(&right, &all)| (all > 0).then(|| f64::from(right) / f64::from(all));
    right.iter().zip(&all).map(share).collect()
}

/// Share of rows on which two models predict the same class.
pub fn agreement(values: ArrayView2<f32>, others: ArrayView2<f32>) -> f64 {
    let pairs = values.rows().into_iter().zip(others.rows());
    pairs.filter(|(a, b)| arg_max(a) == arg_max(b)).count() as f64 / values.nrows() as f64
}

/// Mean `KL(teacher || student)` of two models' logits, in nats.
pub fn kl_to_teacher(logits: ArrayView2<f32>, teacher: ArrayView2<f32>) -> f64 {
    let classes = logits.ncols();
    let (_, log_q) = probabilities(logits);
    let (p, log_p) = probabilities(teacher);
    let mut sum = 0.0;
    let [p, log_p, log_q] = [&p, &log_p, &log_q].map(|values| unpadded(values, classes));
    for ((&p, &log_p), &log_q) in p.iter().zip(&log_p).zip(&log_q) {
        sum += f64::from(p) * (f64::from(log_p) - f64::from(log_q));
    }
    sum / logits.nrows() as f64
}
