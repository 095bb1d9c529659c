//! The table of every field: kind, range, meaning. Validation, docs/config.md, the JSON Schema and the page's
//! controls are all read off it, so that they cannot disagree; a test holds it against the types.
//!
//! Data sets and methods bring their own fields ([`crate::data::spec`], [`crate::distil::spec`]).

use crate::data::table::{MAX_CLASSES, MAX_ROWS};
pub use crate::field::{Field, Kind};
use crate::field::{SMOOTHING, field, integer, number};
use crate::{data, distil};
use std::sync::LazyLock;

const HIDDEN: Kind = Kind::Integers { min: 1, max: 2048, max_items: 6 };
const ACTIVATIONS: Kind = Kind::Choice { choices: &["relu", "tanh", "gelu"] };
const SEES: Kind = Kind::Choice { choices: &["train", "transfer"] };
/// Names of the optimisers.
pub const OPTIMIZERS: &[&str] = &["adam", "adamw", "sgd"];
const OPTIMIZER: Kind = Kind::Choice { choices: OPTIMIZERS };
const STEPS: Kind = integer(0, MAX_STEPS);
/// Most steps of one training, before the budget.
const MAX_STEPS: u64 = 100_000;
/// Most times that the students' steps are multiplied. A curve counts steps in `f32`-exact whole numbers, and a million steps of
/// the smallest student are minutes already.
const MAX_BUDGET: u64 = 10;
const BATCH: Kind = integer(1, 1024);
const RATE: Kind = number(1e-6, 10.0);
const BETA: Kind = number(0.0, 0.9999);

const SEED: &[Field] =
    &[field("seed", integer(0, (1 << 53) - 1), "Keys every random draw: the same seed gives the same bits.")
        .common()
        .address("seed")];

const BUDGET: &[Field] = &[field(
    "budget",
    integer(1, MAX_BUDGET),
    "Multiplies the students' steps: 10 trains both students ten times as long.",
)
.address("budget")];

const TRAINING: &[Field] = &[
    field("teacher.hidden", HIDDEN, "Hidden units of the teacher, layer by layer.")
        .common()
        .address("teacher"),
    field("teacher.activation", ACTIVATIONS, "Activation of the teacher's hidden layers."),
    field("teacher.steps", STEPS, "Optimiser steps of the teacher."),
    field("teacher.batch_size", BATCH, "Samples in one step of the teacher."),
    field("teacher.optimizer.name", OPTIMIZER, "The teacher's optimiser."),
    field("teacher.optimizer.learning_rate", RATE, "The teacher's learning rate.").log(),
    field("teacher.optimizer.beta1", BETA, "Adam: decay of the mean gradient."),
    field("teacher.optimizer.beta2", BETA, "Adam: decay of the mean squared gradient."),
    field(
        "teacher.optimizer.epsilon",
        number(1e-12, 1.0),
        "Adam: added to the root, against division by zero.",
    )
    .log(),
    field("teacher.optimizer.weight_decay", number(0.0, 1.0), "AdamW: decoupled weight decay."),
    field("teacher.optimizer.momentum", number(0.0, 0.9999), "SGD: momentum."),
    field("teacher.optimizer.nesterov", Kind::Boolean, "SGD: Nesterov's momentum."),
    field(
        "teacher.label_smoothing",
        SMOOTHING,
        "Share of each label that the teacher learns as spread over all classes.",
    ),
    field(
        "teacher.members",
        integer(1, 8),
        "Networks in the teacher; the softened outputs of several are averaged.",
    ),
    field(
        "teacher.sees",
        SEES,
        "What the teacher is trained on: train, every training sample; transfer, the labelled samples of the transfer set alone.",
    ),
    field("transfer.size", integer(1, MAX_ROWS as u64), "Samples that both students may see.").common().log(),
    field("transfer.labelled", integer(0, MAX_ROWS as u64), "How many of them keep their label.")
        .common()
        .log(),
    field(
        "transfer.omit_classes",
        Kind::Integers { min: 0, max: MAX_CLASSES as u64 - 1, max_items: 9 },
        "Classes left out of the transfer set, so that only the teacher has met them.",
    ),
    field("student.hidden", HIDDEN, "Hidden units of the student, layer by layer.")
        .common()
        .address("student"),
    field("student.activation", ACTIVATIONS, "Activation of the student's hidden layers."),
    field("student.steps", STEPS, "Optimiser steps of each student.").common().log(),
    field("student.batch_size", BATCH, "Samples in one step of the students."),
    field("student.optimizer.name", OPTIMIZER, "The students' optimiser."),
    field("student.optimizer.learning_rate", RATE, "The students' learning rate.").log(),
    field("student.optimizer.beta1", BETA, "Adam: decay of the mean gradient."),
    field("student.optimizer.beta2", BETA, "Adam: decay of the mean squared gradient."),
    field(
        "student.optimizer.epsilon",
        number(1e-12, 1.0),
        "Adam: added to the root, against division by zero.",
    )
    .log(),
    field("student.optimizer.weight_decay", number(0.0, 1.0), "AdamW: decoupled weight decay."),
    field("student.optimizer.momentum", number(0.0, 0.9999), "SGD: momentum."),
    field("student.optimizer.nesterov", Kind::Boolean, "SGD: Nesterov's momentum."),
    field(
        "student.label_smoothing",
        SMOOTHING,
        "Share of each hard label that both students learn as spread over all classes.",
    ),
];

const REFINE: &[Field] = &[field(
    "refine.steps",
    STEPS,
    "Steps in which the distilled student goes on with hard labels alone; 0 for none.",
)
.common()];

/// Every field, in the order in which a config is written.
pub fn fields() -> &'static [Field] {
    static ALL: LazyLock<Vec<Field>> = LazyLock::new(|| {
        [SEED, BUDGET, &data::spec::fields(), TRAINING, &distil::spec::fields(), REFINE].concat()
    });
    &ALL
}

/// The field at `path`.
pub fn find(path: &str) -> Option<&'static Field> {
    fields().iter().find(|f| f.path == path)
}
