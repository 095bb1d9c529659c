//! What a learner minimises on a batch: a weighed sum of losses, each of them anything that implements [`Loss`].

use super::CrossEntropy;
use crate::kernels::padded;
use crate::metrics::arg_max;
use std::fmt::Debug;
use std::sync::Arc;

/// A loss of a batch, with its gradient: implement it to train by a loss that is not here.
///
/// ```
/// use distill_lab::kernels::padded;
/// use distill_lab::loss::{Batch, Gradients, Loss, Objective, Scratch};
///
/// /// Half the mean square of the logits: it draws them all to zero.
/// #[derive(Debug)]
/// struct Small;
///
/// impl Loss for Small {
///     fn forward_backward(&self, batch: &Batch, _: &mut Scratch, gradients: &mut Gradients) -> f64 {
///         let mut loss = 0.0;
///         for (d, &z) in gradients.logits.iter_mut().zip(batch.logits) {
///             loss += 0.5 * f64::from(z * z);
///             *d = z / batch.rows as f32;
///         }
///         loss / batch.rows as f64
///     }
/// }
///
/// let batch = Batch { rows: 1, classes: 2, logits: &[1.0, -2.0, 0.0, 0.0], labels: &[-1], ..Batch::default() };
/// let mut d_logits = [0.0; 4];
/// let objective = Objective::of(Small);
/// let value = objective.forward_backward(&batch, &mut Scratch::new(&objective, 1, 2), &mut Gradients::of(&mut d_logits));
/// assert_eq!((value.loss, d_logits), (2.5, [1.0, -2.0, 0.0, 0.0]));
/// ```
pub trait Loss: Debug + Send + Sync {
    /// The mean loss of a batch over all its rows, labelled or not; writes its gradient by the logits, and, where the loss looks
    /// at a hidden layer or has parameters, the gradients by these. Called once for a batch; allocates nothing.
    fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, gradients: &mut Gradients) -> f64;

    /// Which of the student's hidden layers the loss looks at, counted from 0; `None` where the logits are all it needs.
    fn hidden_layer(&self) -> Option<usize> {
        None
    }

    /// Initial values of the loss's own parameters, which are trained with the network, by the same rule.
    fn parameters(&self) -> Vec<f32> {
        Vec::new()
    }

    /// Whether a row's loss depends on the batch's other rows; a batch of one has none then.
    fn relates_rows(&self) -> bool {
        false
    }

    /// The loss of one row in `f64`, to be read beside the numbers that it follows from; `None` where the batch's own value, of `f32`
    /// logarithms, is all there is.
    fn exact(&self, row: &LogitRow) -> Option<f64> {
        let _ = row;
        None
    }

    /// How many numbers of [`Scratch::wide`] a batch of `rows` samples takes.
    fn wide(&self, rows: usize) -> usize {
        let _ = rows;
        0
    }
}

/// Logits of one sample, without padding.
#[derive(Clone, Copy, Debug)]
pub struct LogitRow<'a> {
    /// Those of each of the teacher's members.
    pub members: &'a [&'a [f32]],
    /// The student's.
    pub logits: &'a [f32],
    /// The class, -1 where it is withheld.
    pub label: i32,
}

/// A batch, its rows one after another.
#[derive(Clone, Copy, Debug, Default)]
pub struct Batch<'a> {
    /// Samples.
    pub rows: usize,
    /// Classes, K.
    pub classes: usize,
    /// The student's logits `[rows, padded(K)]`.
    pub logits: &'a [f32],
    /// A class for each row, -1 where the label is withheld.
    pub labels: &'a [i32],
    /// What the teacher says of the same rows.
    pub teacher: TeacherRows<'a>,
    /// The student's hidden layer that the objective looks at.
    pub hidden: Hidden<'a>,
    /// The objective's own parameters.
    pub parameters: &'a [f32],
}

/// What the teacher says of a batch's rows; empty slices where an objective does not ask for them.
#[derive(Clone, Copy, Debug, Default)]
pub struct TeacherRows<'a> {
    /// `z_t [rows, padded(K)]`.
    pub logits: &'a [f32],
    /// `p [rows, padded(K)]`, softened at the objective's temperature.
    pub p: &'a [f32],
    /// `ln p [rows, padded(K)]`.
    pub log_p: &'a [f32],
    /// Its largest logit's class, for each row.
    pub arg_max: &'a [i32],
    /// Its hidden layer that the method names.
    pub hidden: Hidden<'a>,
}

/// Activations of a hidden layer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hidden<'a> {
    /// Units, m.
    pub units: usize,
    /// `[rows, padded(m)]`.
    pub rows: &'a [f32],
}

/// Where a loss writes its gradients.
#[derive(Debug)]
pub struct Gradients<'a> {
    /// By the logits `[rows, padded(K)]`: always written in full.
    pub logits: &'a mut [f32],
    /// By the hidden layer's activations `[rows, padded(m)]`.
    pub hidden: &'a mut [f32],
    /// By the loss's own parameters.
    pub parameters: &'a mut [f32],
}

impl<'a> Gradients<'a> {
    /// Of a loss that looks at logits alone.
    pub fn of(logits: &'a mut [f32]) -> Self {
        Self { logits, hidden: &mut [], parameters: &mut [] }
    }
}

/// Buffers of an objective, sized once.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// `[rows, padded(K)]`, free for any loss.
    pub q: Vec<f32>,
    /// Likewise.
    pub log_q: Vec<f32>,
    /// Likewise.
    pub r: Vec<f32>,
    /// As many numbers as the greediest loss of the objective asks for by [`Loss::wide`].
    pub wide: Vec<f64>,
    /// The gradient of a term after the first, before it is added.
    d_logits: Vec<f32>,
}

impl Scratch {
    /// Buffers for `objective` and batches of at most `rows` samples.
    pub fn new(objective: &Objective, rows: usize, classes: usize) -> Self {
        let buffer = || vec![0.0; rows * padded(classes)];
        let wide = objective.terms.iter().map(|term| term.loss.wide(rows)).max();
        Self {
            q: buffer(),
            log_q: buffer(),
            r: buffer(),
            wide: vec![0.0; wide.unwrap_or(0)],
            d_logits: buffer(),
        }
    }
}

/// What a batch showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossValue {
    /// Mean loss over all rows.
    pub loss: f64,
    /// Labelled rows whose largest logit is the label's.
    pub correct: usize,
    /// Labelled rows.
    pub labelled: usize,
}

/// A loss and its weight in a sum.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The weight.
    pub weight: f64,
    /// The loss.
    pub loss: Arc<dyn Loss>,
}

impl Weighed {
    fn looks_deeper(&self) -> bool {
        self.loss.hidden_layer().is_some() || !self.loss.parameters().is_empty()
    }
}

/// What is minimised: `sum_i w_i L_i`.
#[derive(Clone, Debug)]
pub struct Objective {
    terms: Vec<Weighed>,
}

impl Objective {
    /// A single loss.
    pub fn of(loss: impl Loss + 'static) -> Self {
        Self::sum(vec![Weighed { weight: 1.0, loss: Arc::new(loss) }])
    }

    /// A weighed sum. Terms of weight 0 are left out.
    ///
    /// # Panics
    /// Where more than one term looks at a hidden layer or has parameters of its own: they would write over each other's gradients.
    pub fn sum(terms: Vec<Weighed>) -> Self {
        let terms: Vec<_> = terms.into_iter().filter(|term| term.weight != 0.0).collect();
        let deep = terms.iter().filter(|term| term.looks_deeper()).count();
        assert!(deep <= 1, "one term of an objective may look at a hidden layer, not {deep}");
        Self { terms }
    }

    /// `CE(y)`.
    pub fn cross_entropy(label_smoothing: f64) -> Self {
        Self::of(CrossEntropy { label_smoothing: label_smoothing as f32 })
    }

    /// See [`Loss::hidden_layer`].
    pub fn hidden_layer(&self) -> Option<usize> {
        self.terms.iter().find_map(|term| term.loss.hidden_layer())
    }

    /// See [`Loss::parameters`].
    pub fn parameters(&self) -> Vec<f32> {
        self.terms.iter().flat_map(|term| term.loss.parameters()).collect()
    }

    /// See [`Loss::relates_rows`].
    pub fn relates_rows(&self) -> bool {
        self.terms.iter().any(|term| term.loss.relates_rows())
    }

    /// See [`Loss::exact`]; `None` where one of its losses says nothing.
    pub fn exact(&self, row: &LogitRow) -> Option<f64> {
        self.terms.iter().map(|term| Some(term.weight * term.loss.exact(row)?)).sum()
    }

    /// The loss of a batch; writes its gradients. Allocates nothing.
    ///
    /// ```
    /// use distill_lab::loss::{Batch, Gradients, Objective, Scratch};
    /// let batch = Batch { rows: 1, classes: 2, logits: &[0.0; 4], labels: &[1], ..Batch::default() };
    /// let (objective, mut d_logits) = (Objective::cross_entropy(0.0), [0.0; 4]);
    /// let mut scratch = Scratch::new(&objective, 1, 2);
    /// let value = objective.forward_backward(&batch, &mut scratch, &mut Gradients::of(&mut d_logits));
    /// assert!((value.loss - 2f64.ln()).abs() < 1e-6);
    /// assert_eq!(d_logits, [0.5, -0.5, 0.0, 0.0]);
    /// ```
    pub fn forward_backward(
        &self,
        batch: &Batch,
        scratch: &mut Scratch,
        gradients: &mut Gradients,
    ) -> LossValue {
        let Gradients { logits, hidden, parameters } = gradients;
        let logits = &mut logits[..batch.rows * padded(batch.classes)];
        let mut d_logits = std::mem::take(&mut scratch.d_logits);
        let mut loss = 0.0;
        for (i, Weighed { weight, loss: term }) in self.terms.iter().enumerate() {
            // The first term writes where the others are added.
            let to = if i == 0 { &mut *logits } else { &mut d_logits[..logits.len()] };
            let mut of_term = Gradients { logits: to, hidden, parameters };
            loss += weight * term.forward_backward(batch, scratch, &mut of_term);
            let share = *weight as f32;
            if i > 0 {
                let both = logits.iter_mut().zip(&d_logits);
                both.for_each(|(d, of_term)| *d += share * of_term);
            } else {
                scale(logits, share);
            }
            if term.hidden_layer().is_some() {
                scale(hidden, share);
                scale(parameters, share);
            }
        }
        scratch.d_logits = d_logits;
        if self.terms.is_empty() {
            logits.fill(0.0);
        }
        let (mut correct, mut labelled) = (0, 0);
        for (row, &label) in batch.logits.chunks_exact(padded(batch.classes)).zip(&batch.labels[..batch.rows])
        {
            if label >= 0 {
                labelled += 1;
                correct += usize::from(arg_max(&row[..batch.classes]) == label as usize);
            }
        }
        LossValue { loss, correct, labelled }
    }
}

fn scale(values: &mut [f32], by: f32) {
    if by != 1.0 {
        values.iter_mut().for_each(|v| *v *= by);
    }
}
