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
    objective: Objective,
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

    /// What a step on these samples would do; nothing of this trainer moves. `soft`: the objective's soft term by itself,
    /// and its weight.
    ///
    /// The numbers are those of the step itself, since its own kernels work them out, on copies: a gradient is what plain
    /// descent from a standstill keeps as its velocity.
    pub fn anatomy(&self, on: &Samples, soft: Option<(Objective, f64)>) -> Anatomy {
        let mut still = self.clone();
        still.optimizer = Optimizer::still(self.net.parameters.len());
        let value = still.step(on);
        let gradients = still.optimizer.velocity().to_vec();
        let soft_term = soft.map_or(0.0, |(objective, weight)| {
            still.objective = objective;
            weight * still.step(on).loss
        });
        let mut after = self.clone();
        after.step(on);
        Anatomy {
            value,
            soft_term,
            gradients,
            before: still.net,
            after: after.net.parameters,
        }
    }
}

/// A step taken apart.
#[derive(Clone, Debug)]
pub struct Anatomy {
    /// The batch's loss, as the step minimises it.
    pub value: LossValue,
    /// The share of the soft term in it; the rest is the hard term's.
    pub soft_term: f64,
    /// Gradient of the loss, laid out as [`Mlp::parameters`].
    pub gradients: Vec<f32>,
    /// The network before the step.
    pub before: Mlp,
    /// Its parameters after the step.
    pub after: Vec<f32>,
}
