//! One network in training: its optimiser, and what it learns from.

use super::curve::ModelName;
use crate::Error;
use crate::config::{ActivationName, Optimizer as OptimizerConfig, Training};
use crate::data;
use crate::kernels::{Activation, gather_rows, padded};
use crate::loss::{Hidden, Objective, TeacherRows};
use crate::nn::Mlp;
use crate::optim::{Optimizer, Rule};
use crate::refusal::{self, Allowed};
use crate::rng::Stream;
use crate::train::{Own, Samples, Trainer};
use std::sync::Arc;

/// A batch gathered from a set, so that kernels read rows one after another. Rows are padded.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub rows: usize,
    pub x: Vec<f32>,
    pub labels: Vec<i32>,
    pub logits: Vec<f32>,
    pub p: Vec<f32>,
    pub log_p: Vec<f32>,
    pub arg_max: Vec<i32>,
    pub hidden: Vec<f32>,
    hidden_units: usize,
}

/// What a teacher says of each transfer sample, softened at the run's temperature; rows padded.
#[derive(Debug, Default)]
pub(super) struct SoftTargets {
    pub logits: Vec<f32>,
    pub p: Vec<f32>,
    pub log_p: Vec<f32>,
    pub arg_max: Vec<i32>,
    /// Activations `[samples, padded(hidden_units)]` of the hidden layer that the method looks at, if it does.
    pub hidden: Vec<f32>,
    pub hidden_units: usize,
}

impl Gathered {
    /// Room for `rows` samples.
    pub(super) fn new(rows: usize, features: usize, classes: usize) -> Self {
        let wide = || Vec::with_capacity(rows * padded(classes));
        Self {
            rows: 0,
            x: Vec::with_capacity(rows * padded(features)),
            labels: Vec::with_capacity(rows),
            logits: wide(),
            p: wide(),
            log_p: wide(),
            arg_max: Vec::with_capacity(rows),
            hidden: Vec::new(),
            hidden_units: 0,
        }
    }

    /// Copies the samples `indices` of a set with `labels`, and the teacher's rows where there are any. Allocates nothing.
    pub(super) fn fill(
        &mut self,
        samples: &data::Samples,
        labels: &[i32],
        soft: Option<&SoftTargets>,
        indices: &[u32],
    ) {
        let features = samples.x.len() / samples.len();
        gather_rows(&mut self.x, &samples.x, features, indices);
        gather_rows(&mut self.labels, labels, 1, indices);
        if let Some(soft) = soft {
            let classes = soft.logits.len() / samples.len();
            gather_rows(&mut self.logits, &soft.logits, classes, indices);
            gather_rows(&mut self.p, &soft.p, classes, indices);
            gather_rows(&mut self.log_p, &soft.log_p, classes, indices);
            gather_rows(&mut self.arg_max, &soft.arg_max, 1, indices);
            self.hidden_units = soft.hidden_units;
            gather_rows(&mut self.hidden, &soft.hidden, padded(soft.hidden_units), indices);
        }
        self.rows = indices.len();
    }

    /// The batch as a trainer takes it.
    pub(super) fn samples(&self) -> Samples<'_> {
        Samples {
            rows: self.rows,
            x: &self.x,
            labels: &self.labels,
            teacher: TeacherRows {
                logits: &self.logits,
                p: &self.p,
                log_p: &self.log_p,
                arg_max: &self.arg_max,
                hidden: Hidden { units: self.hidden_units, rows: &self.hidden },
            },
        }
    }
}

/// Sums over the batches since the last point of the curve.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    loss: f64,
    rows: usize,
    correct: usize,
    labelled: usize,
}

/// Where a learner's training stands: what its steps change. Buffers are left out, since every step fills them, and so are test
/// logits, since an evaluation makes them.
#[derive(Debug)]
pub(super) struct Snapshot {
    parameters: Vec<f32>,
    optimizer: Optimizer,
    own: Own,
    sums: Sums,
    steps: usize,
}

/// A network in training.
#[derive(Debug)]
pub(super) struct Learner {
    pub trainer: Trainer,
    sums: Sums,
    pub steps: usize,
    /// Logits on the whole test set, `[test, padded(classes)]`, as of the last evaluation.
    pub test_logits: Vec<f32>,
}

/// Rows that one unit of an evaluation takes: a unit must stay short, so that pausing is prompt.
pub(super) fn evaluation_rows(net: &Mlp) -> usize {
    (4_000_000 / net.multiply_adds().max(1)).clamp(8, 128)
}

impl Learner {
    /// A network of `training`'s shape with weights from `rng`, to learn by `objective`.
    pub(super) fn new(
        training: &Training,
        features: usize,
        classes: usize,
        test: usize,
        objective: Objective,
        rng: &mut Stream,
    ) -> Self {
        Self::of(network(training, features, classes, rng), training, test, objective)
    }

    /// `net`, to be trained further from a fresh optimiser.
    pub(super) fn of(net: Mlp, training: &Training, test: usize, objective: Objective) -> Self {
        let rows = evaluation_rows(&net);
        let classes = net.classes();
        let rule = rule(&training.optimizer);
        Self {
            trainer: Trainer::new(net, objective, rule, training.batch_size, rows),
            sums: Sums::default(),
            steps: 0,
            test_logits: vec![0.0; test * padded(classes)],
        }
    }

    pub(super) fn net(&self) -> &Mlp {
        &self.trainer.net
    }

    /// One optimiser step on `batch`: forward, loss, backward, update.
    ///
    /// # Errors
    /// A loss that is not finite; `model` says whose.
    pub(super) fn step(&mut self, batch: &Gathered, model: ModelName) -> Result<(), Error> {
        let value = self.trainer.step(&batch.samples());
        self.steps += 1;
        if !value.loss.is_finite() {
            let allowed = Allowed::Finite { model: model.as_str().into(), step: self.steps };
            return Err(Error::new("not_finite", "", refusal::number(value.loss), allowed));
        }
        self.sums.loss += value.loss * batch.rows as f64;
        self.sums.rows += batch.rows;
        self.sums.correct += value.correct;
        self.sums.labelled += value.labelled;
        Ok(())
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            parameters: self.trainer.net.parameters.clone(),
            optimizer: self.trainer.optimizer.clone(),
            own: self.trainer.own.clone(),
            sums: self.sums,
            steps: self.steps,
        }
    }

    /// Returns to a snapshot of a learner of the same plan.
    pub(super) fn restore(&mut self, snapshot: &Snapshot) {
        self.trainer.net.parameters.copy_from_slice(&snapshot.parameters);
        self.trainer.optimizer.clone_from(&snapshot.optimizer);
        self.trainer.own.clone_from(&snapshot.own);
        self.sums = snapshot.sums;
        self.steps = snapshot.steps;
    }

    /// Evaluates the test samples from `row` on, as many as a unit takes; returns the row after them.
    pub(super) fn evaluate(&mut self, test: &data::Samples, row: usize) -> usize {
        let end = (row + evaluation_rows(self.net())).min(test.len());
        let (k, n) = (test.x.len() / test.len(), padded(self.net().classes()));
        let logits = self.trainer.logits(end - row, &test.x[row * k..end * k]);
        self.test_logits[row * n..end * n].copy_from_slice(logits);
        end
    }

    /// Means over the batches since the call before, which it ends: loss, and accuracy on labelled samples (NaN where none was met).
    pub(super) fn take_training_means(&mut self) -> (f64, f64) {
        let Sums { loss, rows, correct, labelled } = std::mem::take(&mut self.sums);
        (loss / rows as f64, correct as f64 / labelled as f64)
    }

    /// The parts that stay when training is over.
    pub(super) fn into_trained(self) -> Trained {
        Trained {
            net: Arc::new(self.trainer.net),
            test_logits: self.test_logits,
            own: self.trainer.own.parameters,
        }
    }
}

/// A network whose training is over, shared between experiments that would train it alike.
#[derive(Clone, Debug)]
pub(super) struct Trained {
    pub net: Arc<Mlp>,
    /// `[test, padded(classes)]`.
    pub test_logits: Vec<f32>,
    /// Parameters of its objective, by which a loss is shown when training is over.
    pub own: Vec<f32>,
}

/// A network of `training`'s shape with weights from `rng`.
pub(super) fn network(training: &Training, features: usize, classes: usize, rng: &mut Stream) -> Mlp {
    let widths: Vec<usize> =
        std::iter::once(features).chain(training.hidden.iter().copied()).chain([classes]).collect();
    let activation = match training.activation {
        ActivationName::Relu => Activation::Relu,
        ActivationName::Tanh => Activation::Tanh,
        ActivationName::Gelu => Activation::Gelu,
    };
    Mlp::new(&widths, activation, rng)
}

fn rule(config: &OptimizerConfig) -> Rule {
    match *config {
        OptimizerConfig::Adam { learning_rate, beta1, beta2, epsilon } => {
            Rule::Adam { learning_rate, beta1, beta2, epsilon, weight_decay: 0.0 }
        }
        OptimizerConfig::AdamW { learning_rate, beta1, beta2, epsilon, weight_decay } => {
            Rule::Adam { learning_rate, beta1, beta2, epsilon, weight_decay }
        }
        OptimizerConfig::Sgd { learning_rate, momentum, nesterov } => {
            Rule::Sgd { learning_rate, momentum, nesterov }
        }
    }
}
