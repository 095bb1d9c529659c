//! Single networks, without an experiment around them: a [`Network`] is fitted to samples and becomes a [`Classifier`], which may
//! teach another one.
//!
//! The steps are those of an [`super::Experiment`]: with its seed, its settings and its samples the same bits come out.

use super::arrays::{self, pad};
use super::batches::Batches;
use super::curve::ModelName;
use super::ensemble;
use super::inspect::{check_alpha, check_temperature};
use super::learner::{Gathered, Learner, SoftTargets};
use crate::Error;
use crate::config::{Config, DEFAULT_PRESET, Optimizer, Training};
use crate::data::{Dataset, Samples};
use crate::distil::{Setting, spec::Distillation};
use crate::field::integer;
use crate::loss::Objective;
use crate::metrics::{self, unpadded};
use crate::nn::{Layer, Mlp};
use crate::refusal::{Allowed, Counted};
use crate::rng::{Purpose, stream};
use ndarray::{Array1, Array2, ArrayView2, Axis};
use std::sync::Arc;

/// A network that is not trained yet, and how to train it.
///
/// ```
/// use distill_lab::prelude::*;
/// use ndarray::array;
/// let x = array![[0.0, 0.1], [0.9, 1.0], [0.1, 0.0], [1.0, 0.9]];
/// let data = Dataset::from_arrays(x.view(), array![0, 1, 0, 1].view())?;
/// let model = Network::teacher(&[8]).steps(300).fit(&data)?;
/// assert_eq!(model.predict(x.view()), array![0, 1, 0, 1]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Network {
    /// Its hidden layers, and how it is trained.
    pub training: Training,
    /// Keys every random draw.
    pub seed: u64,
    model: ModelName,
}

impl Network {
    /// A teacher with so many hidden units in each layer, from the input on; trained as the teacher of the default preset is.
    pub fn teacher(hidden: &[usize]) -> Self {
        Self::of(ModelName::Teacher, preset().teacher.training, hidden)
    }

    /// A student, likewise. It differs from a teacher in its random draws: with the same seed the two begin apart.
    pub fn student(hidden: &[usize]) -> Self {
        Self::of(ModelName::StudentDistilled, preset().student, hidden)
    }

    fn of(model: ModelName, training: Training, hidden: &[usize]) -> Self {
        let hidden = hidden.to_vec();
        Self { training: Training { hidden, ..training }, seed: 1, model }
    }

    /// Trained for so many steps.
    pub fn steps(mut self, steps: usize) -> Self {
        self.training.steps = steps;
        self
    }

    /// Trained on so many samples a step.
    pub fn batch_size(mut self, batch_size: usize) -> Self {
        self.training.batch_size = batch_size;
        self
    }

    /// Trained by another optimiser.
    pub fn optimizer(mut self, optimizer: Optimizer) -> Self {
        self.training.optimizer = optimizer;
        self
    }

    /// With other random draws.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Trains on the labels of `data.train` by cross-entropy. Samples whose label is withheld (-1) are left out.
    ///
    /// # Errors
    /// `not_finite`: a loss that is not. `out_of_range`: no label at all, a label that is no class, no unit in a layer, no sample
    /// in a batch.
    pub fn fit(&self, data: &Dataset) -> Result<Classifier, Error> {
        let labels = data.train.labels();
        let known: Vec<usize> = (0..labels.len()).filter(|&i| labels[i] >= 0).collect();
        if known.is_empty() {
            return Err(wrong_count("labels", 0, 1, labels.len()));
        }
        let objective = Objective::cross_entropy(self.training.label_smoothing);
        if known.len() == labels.len() {
            return self.train(data, &data.train, objective, None);
        }
        let (x, labels) = (data.train.x().select(Axis(0), &known), labels.select(Axis(0), &known));
        let labelled = Samples::new(x.view(), labels.view())?;
        self.train(data, &labelled, objective, None)
    }

    /// Trains on `data.train` with a teacher's help. Samples whose label is withheld (-1) are learned from the teacher alone.
    ///
    /// # Errors
    /// As [`Network::fit`]; `out_of_range`: a temperature or a weight out of range, a hidden layer that the method looks at and a
    /// network lacks, logits that are not `[samples, classes]`.
    pub fn distil<'a>(
        &self,
        data: &Dataset,
        teacher: impl Into<Teacher<'a>>,
        distillation: &Distillation,
    ) -> Result<Classifier, Error> {
        check_alpha(distillation.alpha)?;
        let teacher = teacher.into();
        let setting = Setting {
            distillation,
            label_smoothing: self.training.label_smoothing,
            student: &self.training.hidden,
            teacher: &teacher.hidden(),
            members: 1,
            seed: self.seed,
        };
        setting.check()?;
        let soft = teacher.answers(data, distillation.temperature, setting.teacher_layer())?;
        self.train(data, &data.train, setting.objective(), Some(&soft))
    }

    /// Trains by any objective, such as a loss of your own ([`crate::loss::Loss`]). It sees the teacher's logits, and its output
    /// softened at `temperature`.
    ///
    /// # Errors
    /// As [`Network::distil`].
    pub fn distil_by<'a>(
        &self,
        data: &Dataset,
        teacher: impl Into<Teacher<'a>>,
        temperature: f64,
        objective: Objective,
    ) -> Result<Classifier, Error> {
        let layers = self.training.hidden.len();
        if let Some(layer) = objective.hidden_layer().filter(|&layer| layer >= layers) {
            let allowed = Allowed::HiddenLayer { network: "student", layer: layer + 1, layers };
            return Err(Error::new("out_of_range", "objective", (), allowed));
        }
        let soft = teacher.into().answers(data, temperature, None)?;
        self.train(data, &data.train, objective, Some(&soft))
    }

    /// Trains on `samples`, which are some of `data`'s or all.
    fn train(
        &self,
        data: &Dataset,
        samples: &Samples,
        objective: Objective,
        soft: Option<&SoftTargets>,
    ) -> Result<Classifier, Error> {
        let batch_size = self.training.batch_size;
        let units = self.training.hidden.iter().copied().min();
        for (path, least) in [("batch_size", batch_size), ("hidden", units.unwrap_or(1))] {
            if least == 0 {
                return Err(Error::new("out_of_range", path, 0, integer(1, u64::from(u32::MAX))));
            }
        }
        let (features, classes) = (data.shape.features, data.shape.classes.len());
        if let Some(&label) = samples.labels.iter().find(|&&label| label >= classes as i32) {
            return Err(Error::new("out_of_range", "labels", label, Allowed::Classes { classes }));
        }
        let (weights, batches) = match self.model {
            ModelName::Teacher => (Purpose::TeacherWeights, Purpose::TeacherBatches),
            _ => (Purpose::StudentWeights, Purpose::StudentBatches),
        };
        let mut rng = stream(self.seed, weights);
        let mut learner = Learner::new(&self.training, features, classes, 0, objective, &mut rng);
        let mut batches = Batches::new(samples.len(), batch_size, stream(self.seed, batches));
        let mut batch = Gathered::new(batch_size, features, classes);
        for _ in 0..self.training.steps {
            batch.fill(samples, &samples.labels, soft, batches.next_batch());
            learner.step(&batch, self.model)?;
        }
        let net = learner.into_trained().net;
        Ok(Classifier { net })
    }
}

fn preset() -> Config {
    Config::preset(DEFAULT_PRESET).expect("the default preset exists")
}

fn wrong_count(path: &str, got: usize, min: usize, max: usize) -> Error {
    let of = Counted::Values;
    Error::new("out_of_range", path, got, Allowed::Count { of, min, max })
}

/// What a student is taught by.
#[derive(Clone, Copy, Debug)]
pub enum Teacher<'a> {
    /// A network that was trained here.
    Network(&'a Classifier),
    /// Logits `[samples, classes]` on the training samples, of any model, trained anywhere.
    Logits(ArrayView2<'a, f32>),
}

impl<'a> From<&'a Classifier> for Teacher<'a> {
    fn from(network: &'a Classifier) -> Self {
        Self::Network(network)
    }
}

impl<'a> From<ArrayView2<'a, f32>> for Teacher<'a> {
    fn from(logits: ArrayView2<'a, f32>) -> Self {
        Self::Logits(logits)
    }
}

impl Teacher<'_> {
    /// Hidden units of each layer, as far as they are known.
    fn hidden(&self) -> Vec<usize> {
        match self {
            Self::Network(of) => of.hidden(),
            Self::Logits(_) => Vec::new(),
        }
    }

    /// What it says of the training samples, and the activations of its hidden layer `layer` if that is asked for.
    fn answers(&self, data: &Dataset, temperature: f64, layer: Option<usize>) -> Result<SoftTargets, Error> {
        check_temperature(temperature)?;
        let (samples, classes) = (data.train.len(), data.shape.classes.len());
        let (logits, got) = match self {
            Self::Network(of) => {
                let inputs = of.net.layers()[0].inputs;
                if inputs != data.shape.features {
                    return Err(wrong_count("teacher.features", data.shape.features, inputs, inputs));
                }
                (ensemble::logits_of(&of.net, &data.train), (samples, of.net.classes()))
            }
            Self::Logits(logits) => (pad(*logits), logits.dim()),
        };
        for (path, got, wanted) in [("teacher.samples", got.0, samples), ("teacher.classes", got.1, classes)]
        {
            if got != wanted {
                return Err(wrong_count(path, got, wanted, wanted));
            }
        }
        let mut soft = ensemble::soft_targets(&[&logits], classes, temperature);
        if let (Self::Network(of), Some(layer)) = (self, layer) {
            let samples = data.train.x.chunks_exact(data.train.x.len() / samples);
            (soft.hidden, soft.hidden_units) = ensemble::hidden_of(&[&*of.net], samples, layer);
        }
        Ok(soft)
    }
}

/// A trained network.
#[derive(Clone, Debug)]
pub struct Classifier {
    net: Arc<Mlp>,
}

impl Classifier {
    /// Logits `[samples, classes]` of `x [samples, features]`.
    ///
    /// # Panics
    /// Where `x` has another number of features than the network.
    pub fn logits(&self, x: ArrayView2<f32>) -> Array2<f32> {
        let features = self.net.layers()[0].inputs;
        assert_eq!(x.ncols(), features, "x has as many columns as the network has inputs");
        let logits = ensemble::logits_of(&self.net, &arrays::samples(x, vec![-1; x.nrows()]));
        unpadded(&logits, self.net.classes()).to_owned()
    }

    /// `softmax(logits / T)`, `[samples, classes]`: what a student learns from, at a temperature of 1 the probabilities.
    ///
    /// # Panics
    /// As [`Classifier::logits`].
    pub fn soft_targets(&self, x: ArrayView2<f32>, temperature: f64) -> Array2<f32> {
        let (logits, classes) = (self.logits(x), self.net.classes());
        unpadded(&ensemble::soften(&[&pad(logits.view())], classes, temperature).0, classes).to_owned()
    }

    /// The class of each sample's largest logit, `[samples]`.
    ///
    /// # Panics
    /// As [`Classifier::logits`].
    pub fn predict(&self, x: ArrayView2<f32>) -> Array1<usize> {
        self.logits(x).rows().into_iter().map(metrics::arg_max).collect()
    }

    /// Share of samples whose label is predicted.
    ///
    /// # Panics
    /// As [`Classifier::logits`].
    pub fn accuracy(&self, samples: &Samples) -> f64 {
        metrics::accuracy(self.logits(samples.x()).view(), samples.labels())
    }

    /// `[true class, predicted class]`, counts.
    ///
    /// # Panics
    /// As [`Classifier::logits`]; where a label is withheld or is no class of the network.
    pub fn confusion_matrix(&self, samples: &Samples) -> Array2<u32> {
        metrics::confusion(self.logits(samples.x()).view(), samples.labels())
    }

    /// Weights `[inputs, outputs]` and biases `[outputs]` of each layer, from the input on.
    pub fn weights(&self) -> Vec<(Array2<f32>, Array1<f32>)> {
        let of = |layer: &Layer| {
            let biases = &self.net.parameters[layer.biases.start..][..layer.outputs];
            let weights = arrays::weights(layer, &self.net.parameters);
            (weights, Array1::from(biases.to_vec()))
        };
        self.net.layers().iter().map(of).collect()
    }

    /// The network itself.
    pub fn network(&self) -> &Mlp {
        &self.net
    }

    fn hidden(&self) -> Vec<usize> {
        let layers = self.net.layers();
        layers[..layers.len() - 1].iter().map(|layer| layer.outputs).collect()
    }
}
