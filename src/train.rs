//! One optimiser step, whole: forward, loss, backward, update. Sized when made; a step allocates nothing.

use crate::loss::{Batch, LossValue, Objective, Scratch, TeacherRows};
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
    scratch: Scratch,
}

impl Trainer {
    /// `net`, to be trained on batches of at most `batch_size` and asked about at most `rows` samples at once.
    pub fn new(net: Mlp, objective: Objective, rule: Rule, batch_size: usize, rows: usize) -> Self {
        let len = net.parameters.len();
        Self {
            workspace: Workspace::new(&net, rows.max(batch_size)),
            optimizer: Optimizer::new(rule, len),
            objective,
            scratch: Scratch::new(batch_size, net.classes()),
            net,
        }
    }

    /// One step. Where the loss is not finite, nothing is updated.
    pub fn step(&mut self, on: &Samples) -> LossValue {
        self.net.forward(on.rows, on.x, &mut self.workspace);
        let (logits, d_logits) = self.workspace.logits_and_gradient();
        let batch = Batch {
            rows: on.rows,
            classes: self.net.classes(),
            logits,
            labels: on.labels,
            teacher: on.teacher,
        };
        let value = self
            .objective
            .forward_backward(&batch, &mut self.scratch, d_logits);
        if value.loss.is_finite() {
            self.net
                .backward_and_update(on.rows, on.x, &mut self.workspace, &mut self.optimizer);
        }
        value
    }

    /// Logits `[rows, padded(classes)]` of `x [rows, padded(features)]`.
    pub fn logits(&mut self, rows: usize, x: &[f32]) -> &[f32] {
        self.net.forward(rows, x, &mut self.workspace)
    }
}
