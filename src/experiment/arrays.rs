//! What an experiment computes, as arrays. Buffers of the engine are padded to whole vectors; a view leaves the padding out and
//! copies nothing.

use super::Experiment;
use super::ensemble;
use super::inspect::{PerModel, SampleSet, check_temperature, slices};
use crate::Error;
use crate::data::Samples;
use crate::field::number;
use crate::kernels::padded;
use crate::metrics::unpadded;
use crate::nn::{Layer, Mlp};
use crate::refusal::{self, Allowed, Counted};
use ndarray::{Array2, ArrayView1, ArrayView2};

/// Largest absolute value of a feature that a model is asked about.
const MAX_FEATURE: f32 = 1e6;

/// `values [n, width]` as `[n, padded(width)]`, row by row.
pub(super) fn pad(values: ArrayView2<f32>) -> Vec<f32> {
    let mut out = vec![0.0; values.nrows() * padded(values.ncols())];
    for (to, from) in out.chunks_exact_mut(padded(values.ncols())).zip(values.rows()) {
        to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    }
    out
}

/// Samples with the features `x [samples, features]`.
pub(super) fn samples(x: ArrayView2<f32>, labels: Vec<i32>) -> Samples {
    Samples { x: pad(x), labels, features: x.ncols() }
}

/// The weights of `layer`, `[inputs, outputs]`, out of `values` that lie as a network's parameters do.
pub(super) fn weights(layer: &Layer, values: &[f32]) -> Array2<f32> {
    Array2::from_shape_vec((layer.inputs, layer.outputs), layer.weights_of(values).collect())
        .expect("a layer has inputs times outputs weights")
}

impl Experiment {
    /// Features `[samples, features]` of a set, and a label for each sample as the students see it: -1 where it is withheld.
    pub fn samples(&self, set: SampleSet) -> (ArrayView2<'_, f32>, ArrayView1<'_, i32>) {
        let labels = match set {
            SampleSet::Test => &self.data.test.labels,
            SampleSet::Transfer => &self.transfer.labels,
        };
        let features = unpadded(&self.set(set).x, self.data.shape.features);
        (features, ArrayView1::from(labels.as_slice()))
    }

    /// The teacher's `softmax(logits / T)` on the transfer set at the config's temperature, `[samples, classes]`: what the
    /// distilled student learns from. `None` before the teacher is trained.
    pub fn soft_targets(&self) -> Option<ArrayView2<'_, f32>> {
        let classes = self.data.shape.classes.len();
        self.soft.as_ref().map(|soft| unpadded(&soft.p, classes))
    }

    /// The logits `[samples, classes]` of every model that has begun, on a set; of several teachers the logits whose softmax is
    /// their mean answer.
    pub fn logits(&self, set: SampleSet) -> PerModel<Array2<f32>> {
        let (samples, classes) = (self.set(set), self.data.shape.classes.len());
        self.nets().map(|nets| {
            let logits: Vec<Vec<f32>> = nets.iter().map(|net| ensemble::logits_of(net, samples)).collect();
            unpadded(&ensemble::joint_logits(&slices(&logits), classes), classes).to_owned()
        })
    }

    /// Each model's `softmax(logits / T)`, `[inputs, classes]`, for inputs `[inputs, features]`; `None` for a model that has not
    /// begun. Models are used at a temperature of 1.
    ///
    /// # Errors
    /// Another number of features than the data has; a feature that is not finite, or beyond a million (the path counts features
    /// row by row); a temperature out of range.
    pub fn predict(&self, inputs: ArrayView2<f32>, temperature: f64) -> Result<PerModel<Array2<f32>>, Error> {
        check_temperature(temperature)?;
        let samples = self.asked(inputs)?;
        Ok(self.nets().map(|nets| self.softened(nets, &samples, temperature)))
    }

    /// Inputs `[inputs, features]` from outside, as samples without labels.
    ///
    /// # Errors
    /// As [`Experiment::predict`].
    pub(super) fn asked(&self, inputs: ArrayView2<f32>) -> Result<Samples, Error> {
        let features = self.data.shape.features;
        if inputs.ncols() != features {
            let allowed = Allowed::Count { of: Counted::Numbers, min: features, max: features };
            return Err(Error::new("out_of_range", "input", inputs.ncols(), allowed));
        }
        let is_bad = |v: &f32| !v.is_finite() || v.abs() > MAX_FEATURE;
        if let Some((i, &bad)) = inputs.iter().enumerate().find(|(_, v)| is_bad(v)) {
            let (path, got) = (format!("input.{i}"), refusal::number(f64::from(bad)));
            let allowed = number(-f64::from(MAX_FEATURE), f64::from(MAX_FEATURE));
            return Err(Error::new("out_of_range", path, got, allowed));
        }
        Ok(samples(inputs, vec![-1; inputs.nrows()]))
    }

    /// The softened answers `[samples, classes]` of a model's members.
    pub(super) fn softened(&self, nets: &[&Mlp], samples: &Samples, temperature: f64) -> Array2<f32> {
        let classes = self.data.shape.classes.len();
        let logits: Vec<Vec<f32>> = nets.iter().map(|net| ensemble::logits_of(net, samples)).collect();
        let (p, _) = ensemble::soften(&slices(&logits), classes, temperature);
        unpadded(&p, classes).to_owned()
    }

    pub(super) fn set(&self, set: SampleSet) -> &Samples {
        match set {
            SampleSet::Test => &self.data.test,
            SampleSet::Transfer => &self.transfer.samples,
        }
    }
}
