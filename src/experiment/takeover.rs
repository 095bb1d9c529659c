//! What the student took over from the teacher, on the test set: predictions side by side, calibration, and what the
//! teacher holds to be alike. Kept small rather than fast, as [`super::regions`] is.

use super::inspect::{PerModel, check_temperature};
use super::{Experiment, ensemble};
use crate::Error;
use crate::kernels::padded;
use crate::metrics;

/// A bin of a reliability diagram, a row of [`metrics::reliability`].
pub type Bin = [f64; 3];

/// Label, and what teacher, student alone and student distilled take the sample for.
pub type Prediction = [u8; 4];

/// What a student takes over shows in these; each is empty or `None` before the models it needs have been trained.
#[derive(Clone, Debug)]
pub struct Takeover {
    /// The bins of the reliability diagram, at a temperature of 1.
    pub reliability: PerModel<Vec<Bin>>,
    /// Every test sample, once all three models have been trained.
    pub predictions: Vec<Prediction>,
    /// `[classes, classes]`: mean of the teacher's `softmax(logits / T)` over the test samples of a true class; NaN in the
    /// rows of a class without samples.
    pub similarity: Vec<f64>,
}

impl Experiment {
    /// The comparison, with the teacher's outputs softened at `temperature`.
    ///
    /// # Errors
    /// A temperature out of range.
    #[cold]
    #[inline(never)]
    pub fn takeover(&self, temperature: f64) -> Result<Takeover, Error> {
        check_temperature(temperature)?;
        let (labels, classes) = (&self.data.test.labels, self.data.shape.classes.len());
        let logits = PerModel {
            teacher: self.teacher.as_ref().map(|t| t.test_logits.as_slice()),
            student_alone: self.alone.as_ref().map(|s| s.test_logits.as_slice()),
            student_distilled: self.distilled.as_ref().map(|s| s.test_logits.as_slice()),
        };
        let reliability = logits.map(|z| bins(z, classes, labels));
        let mut predictions = Vec::new();
        if let (Some(teacher), Some(alone), Some(distilled)) =
            (logits.teacher, logits.student_alone, logits.student_distilled)
        {
            for (i, &label) in labels.iter().enumerate() {
                let said = |z: &[f32]| said(z, i, classes);
                predictions.push([label as u8, said(teacher), said(alone), said(distilled)]);
            }
        }
        Ok(Takeover {
            reliability,
            predictions,
            similarity: self.similarity(temperature),
        })
    }

    #[cold]
    #[inline(never)]
    fn similarity(&self, temperature: f64) -> Vec<f64> {
        let Some(teacher) = &self.teacher else {
            return Vec::new();
        };
        let (labels, classes) = (&self.data.test.labels, self.data.shape.classes.len());
        let members: Vec<&[f32]> = teacher.members.iter().map(|m| m.test_logits.as_slice()).collect();
        let (p, _) = ensemble::soften(&members, classes, temperature);
        let mut sums = vec![0.0f64; classes * classes];
        let mut counts = vec![0usize; classes];
        for (i, &label) in labels.iter().enumerate() {
            let label = label as usize;
            counts[label] += 1;
            for k in 0..classes {
                sums[label * classes + k] += f64::from(p[i * padded(classes) + k]);
            }
        }
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum /= counts[i / classes] as f64;
        }
        sums
    }
}

#[cold]
#[inline(never)]
fn bins(logits: &[f32], classes: usize, labels: &[i32]) -> Vec<Bin> {
    let (p, _) = ensemble::soften(&[logits], classes, 1.0);
    let bins = metrics::reliability(metrics::unpadded(&p, classes), labels.into());
    bins.rows()
        .into_iter()
        .map(|bin| [bin[0], bin[1], bin[2]])
        .collect()
}

/// The class that row `i` of logits takes a sample for.
#[cold]
#[inline(never)]
fn said(logits: &[f32], i: usize, classes: usize) -> u8 {
    metrics::arg_max(&logits[i * padded(classes)..][..classes]) as u8
}
