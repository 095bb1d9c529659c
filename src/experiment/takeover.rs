//! What the student took over from the teacher, on the test set: predictions side by side, calibration, and what the
//! teacher holds to be alike.

use super::inspect::{PerModel, check_temperature};
use super::{Experiment, ensemble};
use crate::Error;
use crate::kernels::padded;
use crate::metrics;
use ndarray::Array2;

/// A bin of a reliability diagram, a row of [`metrics::reliability`].
pub type Bin = [f64; 3];

/// Classes of the test samples, a column for each source.
#[derive(Clone, Debug, Default)]
pub struct Predictions {
    /// The true class.
    pub label: Vec<u8>,
    /// What the teacher takes the sample for.
    pub teacher: Vec<u8>,
    /// What the student alone takes it for.
    pub student_alone: Vec<u8>,
    /// What the distilled student takes it for.
    pub student_distilled: Vec<u8>,
}

/// What a student takes over shows in these; each is `None` before the models that it needs have been trained.
#[derive(Clone, Debug)]
pub struct Takeover {
    /// The bins of the reliability diagram, at a temperature of 1.
    pub reliability: PerModel<Vec<Bin>>,
    /// Every test sample, once all three models have been trained.
    pub predictions: Option<Predictions>,
    /// `[classes, classes]`: mean of the teacher's `softmax(logits / T)` over the test samples of a true class; NaN in the
    /// rows of a class without samples.
    pub similarity: Option<Array2<f64>>,
}

impl Experiment {
    /// The comparison, with the teacher's outputs softened at `temperature`.
    ///
    /// # Errors
    /// A temperature out of range.
    pub fn takeover(&self, temperature: f64) -> Result<Takeover, Error> {
        check_temperature(temperature)?;
        let (labels, classes) = (&self.data.test.labels, self.data.shape.classes.len());
        let logits = PerModel {
            teacher: self.teacher.as_ref().map(|t| t.test_logits.as_slice()),
            student_alone: self.alone.as_ref().map(|s| s.test_logits.as_slice()),
            student_distilled: self.distilled.as_ref().map(|s| s.test_logits.as_slice()),
        };
        let reliability = logits.map(|z| bins(z, classes, labels));
        let said = |z: &[f32]| -> Vec<u8> {
            let rows = z.chunks_exact(padded(classes));
            rows.map(|row| metrics::arg_max(&row[..classes]) as u8).collect()
        };
        let said = logits.map(|z| said(z));
        let predictions = match (said.teacher, said.student_alone, said.student_distilled) {
            (Some(teacher), Some(student_alone), Some(student_distilled)) => Some(Predictions {
                label: labels.iter().map(|&label| label as u8).collect(),
                teacher,
                student_alone,
                student_distilled,
            }),
            _ => None,
        };
        Ok(Takeover { reliability, predictions, similarity: self.similarity(temperature) })
    }

    fn similarity(&self, temperature: f64) -> Option<Array2<f64>> {
        let teacher = self.teacher.as_ref()?;
        let (labels, classes) = (&self.data.test.labels, self.data.shape.classes.len());
        let members: Vec<&[f32]> = teacher.members.iter().map(|m| m.test_logits.as_slice()).collect();
        let (p, _) = ensemble::soften(&members, classes, temperature);
        let mut means = Array2::zeros((classes, classes));
        let mut counts = vec![0usize; classes];
        for (p, &label) in metrics::unpadded(&p, classes).rows().into_iter().zip(labels) {
            counts[label as usize] += 1;
            let mut sums = means.row_mut(label as usize);
            sums.zip_mut_with(&p, |sum, &p| *sum += f64::from(p));
        }
        for (mut sums, count) in means.rows_mut().into_iter().zip(counts) {
            sums.map_inplace(|sum| *sum /= count as f64);
        }
        Some(means)
    }
}

fn bins(logits: &[f32], classes: usize, labels: &[i32]) -> Vec<Bin> {
    let (p, _) = ensemble::soften(&[logits], classes, 1.0);
    let bins = metrics::reliability(metrics::unpadded(&p, classes), labels.into());
    bins.rows().into_iter().map(|bin| [bin[0], bin[1], bin[2]]).collect()
}
