//! What a config says of distillation: the part `distillation`, and its fields.

use crate::field::{Field, Kind, SMOOTHING, field, number};
use serde::{Deserialize, Serialize};

/// How the teacher's answers reach the distilled student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Distillation {
    /// The way to distil.
    pub method: MethodName,
    /// Divides the logits of both before the softmax, while training.
    pub temperature: f64,
    /// Weight of the soft term; the hard labels' term has `1 - alpha`.
    pub alpha: f64,
    /// The `label_smoothing` method's share.
    pub label_smoothing: f64,
}

/// The ways to distil, and controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MethodName {
    /// Hinton, Vinyals and Dean 2015.
    SoftTargets,
    /// Ba and Caruana 2014.
    LogitMatching,
    /// Control: the teacher's arg-max as label.
    HardTeacher,
    /// Control: smoothed labels, no teacher.
    LabelSmoothing,
    /// The notebook's loss, bugs and all.
    NotebookAsWritten,
}

const FIELDS: &[Field] = &[
    field(
        "distillation.method",
        Kind::Choice {
            choices: &[
                "soft_targets",
                "logit_matching",
                "hard_teacher",
                "label_smoothing",
                "notebook_as_written",
            ],
        },
        "What the distilled student learns from.",
    )
    .common()
    .address("method"),
    field(
        "distillation.temperature",
        number(0.1, 100.0),
        "Divides the logits of teacher and student before the softmax.",
    )
    .common()
    .address("T")
    .log(),
    field(
        "distillation.alpha",
        number(0.0, 1.0),
        "Weight of the soft term; the hard labels weigh 1 - alpha.",
    )
    .common()
    .address("alpha"),
    field(
        "distillation.label_smoothing",
        SMOOTHING,
        "Share smoothed by the method label_smoothing, a control.",
    ),
];

/// The fields of `distillation`, in the order in which a config is written.
pub fn fields() -> Vec<Field> {
    FIELDS.to_vec()
}
