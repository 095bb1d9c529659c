//! One optimiser step, whole: forward, loss, backward, update. Sized when made; a step allocates nothing.

use crate::loss::{Batch, Gradients, Hidden, LossValue, Objective, Scratch, TeacherRows};
use crate::nn::{Mlp, Workspace};
use crate::optim::{Optimizer, Rule};

/// Samples of one step, rows one after another and padded.
#[derive(Clone, Copy, Debug)]
pub struct Samples<'a> {
    /// Samples.
    pub rows: usize,
    /// `[rows, padded(features)]`.
    pub x: &'a [f32],
    /// A class for each row, -1 where the label is withheld.
    pub labels: &'a [i32],
    /// What the teacher says of the same rows.
    pub teacher: TeacherRows<'a>,
}

/// A network, what it minimises, and how.
#[derive(Clone, Debug)]
pub struct Trainer {
    /// The network.
    pub net: Mlp,
    workspace: Workspace,
    pub(crate) optimizer: Optimizer,
    pub(crate) objective: Objective,
    pub(crate) own: Own,
    scratch: Scratch,
}

/// Parameters that belong to the objective and are trained with the network, such as a hint's regressor; mostly none.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub parameters: Vec<f32>,
    gradients: Vec<f32>,
    pub optimizer: Optimizer,
}

impl Trainer {
    /// `net`, to be trained on batches of at most `batch_size` and asked about at most `rows` samples at once.
    ///
    /// # Panics
    /// Where the objective looks at a hidden layer that the network does not have.
    pub fn new(net: Mlp, objective: Objective, rule: Rule, batch_size: usize, rows: usize) -> Self {
        let len = net.parameters.len();
        let mut workspace = Workspace::new(&net, rows.max(batch_size));
        if let Some(layer) = objective.hidden_layer() {
            workspace.watch(&net, layer, batch_size);
        }
        let parameters = objective.parameters();
        Self {
            workspace,
            optimizer: Optimizer::new(rule, len),
            own: Own {
                gradients: vec![0.0; parameters.len()],
                optimizer: Optimizer::new(rule, parameters.len()),
                parameters,
            },
            scratch: Scratch::new(&objective, batch_size, net.classes()),
            objective,
            net,
        }
    }

    /// One step. Where the loss is not finite, nothing is updated.
    pub fn step(&mut self, on: &Samples) -> LossValue {
        self.net.forward(on.rows, on.x, &mut self.workspace);
        let passed = self.workspace.passed(on.rows);
        let batch = Batch {
            rows: on.rows,
            classes: self.net.classes(),
            logits: passed.logits,
            labels: on.labels,
            teacher: on.teacher,
            hidden: Hidden { units: passed.units, rows: passed.hidden },
            parameters: &self.own.parameters,
        };
        let mut gradients = Gradients {
            logits: passed.d_logits,
            hidden: passed.d_hidden,
            parameters: &mut self.own.gradients,
        };
        let value = self.objective.forward_backward(&batch, &mut self.scratch, &mut gradients);
        if value.loss.is_finite() {
            self.net.backward_and_update(on.rows, on.x, &mut self.workspace, &mut self.optimizer);
            let Own { parameters, gradients, optimizer } = &mut self.own;
            if !parameters.is_empty() {
                optimizer.step(parameters, gradients);
            }
        }
        value
    }

    /// Logits `[rows, padded(classes)]` of `x [rows, padded(features)]`.
    pub fn logits(&mut self, rows: usize, x: &[f32]) -> &[f32] {
        self.net.forward(rows, x, &mut self.workspace)
    }
}
