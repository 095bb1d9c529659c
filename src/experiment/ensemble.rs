//! Several networks that answer as one: the mean of their softened outputs (Hinton, Vinyals and Dean 2015, section 5).
//! A single network answers with its own logits, to the bit.

use super::learner::{SoftTargets, Trained};
use crate::data::Samples;
use crate::kernels::{self, padded};
use crate::metrics;
use crate::nn::{Mlp, Workspace};

/// A teacher whose training is over.
#[derive(Debug)]
pub(super) struct TrainedTeacher {
    pub members: Vec<Trained>,
    /// Joint logits on the test set, `[test, padded(classes)]`.
    pub test_logits: Vec<f32>,
}

impl TrainedTeacher {
    pub(super) fn new(members: Vec<Trained>, classes: usize) -> Self {
        let logits: Vec<&[f32]> = members.iter().map(|m| m.test_logits.as_slice()).collect();
        let test_logits = joint_logits(&logits, classes);
        Self { members, test_logits }
    }

    pub(super) fn nets(&self) -> impl Iterator<Item = &Mlp> {
        self.members.iter().map(|m| &*m.net)
    }
}

/// `p`, the mean over members of `softmax(logits / T)`, and `log_p = ln p`.
///
/// Shapes: each member's `logits [rows, padded(classes)]`, the results likewise.
pub(super) fn soften(members: &[&[f32]], classes: usize, temperature: f64) -> (Vec<f32>, Vec<f32>) {
    let stride = padded(classes);
    let len = members[0].len();
    let (mut p, mut log_p) = (vec![0.0; len], vec![0.0; len]);
    let inverse = (1.0 / temperature) as f32;
    kernels::softmax_rows(len / stride, classes, members[0], inverse, &mut p, &mut log_p);
    if members.len() == 1 {
        return (p, log_p);
    }
    let (mut one, mut unused) = (vec![0.0; len], vec![0.0; len]);
    for member in &members[1..] {
        kernels::softmax_rows(len / stride, classes, member, inverse, &mut one, &mut unused);
        p.iter_mut().zip(&one).for_each(|(sum, v)| *sum += v);
    }
    let share = 1.0 / members.len() as f32;
    for (row, log_row) in p.chunks_exact_mut(stride).zip(log_p.chunks_exact_mut(stride)) {
        for (v, log_v) in row.iter_mut().zip(log_row).take(classes) {
            *v *= share;
            // A class that underflows in every member keeps a finite logarithm.
            *log_v = kernels::ln(v.max(f32::MIN_POSITIVE));
        }
    }
    (p, log_p)
}

/// Logits whose softmax is the ensemble's answer at a temperature of 1.
pub(super) fn joint_logits(members: &[&[f32]], classes: usize) -> Vec<f32> {
    if members.len() == 1 { members[0].to_vec() } else { soften(members, classes, 1.0).1 }
}

/// The logits of `net` on `samples`, `[len, padded(classes)]`.
pub(super) fn logits_of(net: &Mlp, samples: &Samples) -> Vec<f32> {
    const ROWS: usize = 64;
    let width = samples.x.len() / samples.len();
    let mut workspace = Workspace::new(net, ROWS);
    let chunks = samples.x.chunks(ROWS * width);
    chunks.flat_map(|x| net.forward(x.len() / width, x, &mut workspace).to_vec()).collect()
}

/// The activations of hidden layer `layer` for padded `rows` of features, `[rows, padded(units)]`, and the units. Those of several
/// members stand side by side in a row: what an ensemble sees is what each of its members sees.
pub(super) fn hidden_of<'a>(
    members: &[&Mlp],
    rows: impl ExactSizeIterator<Item = &'a [f32]>,
    layer: usize,
) -> (Vec<f32>, usize) {
    let units = members.iter().map(|net| net.layers()[layer].outputs).sum();
    let mut workspaces: Vec<_> = members.iter().map(|net| Workspace::new(net, 1)).collect();
    let mut all = Vec::with_capacity(rows.len() * padded(units));
    for (i, x) in rows.enumerate() {
        for (net, workspace) in members.iter().zip(&mut workspaces) {
            net.forward(1, x, workspace);
            all.extend_from_slice(&workspace.activations(layer)[..net.layers()[layer].outputs]);
        }
        all.resize((i + 1) * padded(units), 0.0);
    }
    (all, units)
}

/// What the teacher says of every sample, given each member's logits on them.
pub(super) fn soft_targets(members: &[&[f32]], classes: usize, temperature: f64) -> SoftTargets {
    let (p, log_p) = soften(members, classes, temperature);
    let joint = joint_logits(members, classes);
    let arg_max =
        joint.chunks_exact(padded(classes)).map(|row| metrics::arg_max(&row[..classes]) as i32).collect();
    // Matching logits is the limit of softened outputs at a high temperature, where their mean is the logits' mean.
    let mut logits = members[0].to_vec();
    for member in &members[1..] {
        logits.iter_mut().zip(*member).for_each(|(sum, v)| *sum += v);
    }
    if members.len() > 1 {
        logits.iter_mut().for_each(|v| *v /= members.len() as f32);
    }
    SoftTargets { logits, p, log_p, arg_max, hidden: Vec::new(), hidden_units: 0 }
}
