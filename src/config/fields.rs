//! The table of every field: kind, range, meaning. Validation, docs/config.md, the JSON Schema and the page's
//! controls are all read off it, so that they cannot disagree; a test holds it against the types.

use super::{points, table};
use serde::Serialize;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // bounds are inclusive; their names say the rest
pub enum Kind {
    /// A whole number.
    Integer { min: u64, max: u64 },
    /// A finite number.
    Number { min: f64, max: f64 },
    /// `true` or `false`.
    Boolean,
    /// One of some words.
    Choice { choices: &'static [&'static str] },
    /// A list of whole numbers, each within the bounds.
    Integers { min: u64, max: u64, max_items: usize },
    /// A list of points `[x, y, class]`, coordinates within the bounds.
    Points { min: f64, max: f64, max_items: usize },
    /// A short text.
    Text { max_length: usize },
}

/// One settable field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Where it is: `distillation.temperature`.
    pub path: &'static str,
    /// What it holds.
    #[serde(flatten)]
    pub kind: Kind,
    /// One sentence for people.
    pub doc: &'static str,
    /// Whether most people want to see it.
    pub common: bool,
    /// Its short key in the page's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<&'static str>,
    /// Whether a logarithmic slider suits it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub log: bool,
}

const fn field(path: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field {
        path,
        kind,
        doc,
        common: false,
        address: None,
        log: false,
    }
}

impl Field {
    const fn common(mut self) -> Self {
        self.common = true;
        self
    }
    const fn address(mut self, key: &'static str) -> Self {
        self.address = Some(key);
        self
    }
    const fn log(mut self) -> Self {
        self.log = true;
        self
    }
}

const fn integer(min: u64, max: u64) -> Kind {
    Kind::Integer { min, max }
}
const fn number(min: f64, max: f64) -> Kind {
    Kind::Number { min, max }
}
const HIDDEN: Kind = Kind::Integers {
    min: 1,
    max: 2048,
    max_items: 6,
};
const ACTIVATIONS: Kind = Kind::Choice {
    choices: &["relu", "tanh", "gelu"],
};
/// Names of the optimisers.
pub const OPTIMIZERS: &[&str] = &["adam", "adamw", "sgd"];
const OPTIMIZER: Kind = Kind::Choice { choices: OPTIMIZERS };
const TEXT: Kind = Kind::Text {
    max_length: table::MOST_TEXT,
};
const STEPS: Kind = integer(0, 100_000);
const BATCH: Kind = integer(1, 1024);
const RATE: Kind = number(1e-6, 10.0);
const BETA: Kind = number(0.0, 0.9999);
const SMOOTHING: Kind = number(0.0, 0.9);

/// Every field, in the order in which a config is written.
pub const FIELDS: &[Field] = &[
    field(
        "seed",
        integer(0, (1 << 53) - 1),
        "Keys every random draw: the same seed gives the same bits.",
    )
    .common()
    .address("seed"),
    field(
        "data.name",
        Kind::Choice {
            choices: &[
                "digits",
                "notebook",
                "planted",
                "spirals",
                "moons",
                "circles",
                "gaussians",
                "points",
                "mnist10k",
                "mnist1d",
                "table",
            ],
        },
        "The data set.",
    )
    .common()
    .address("data"),
    field(
        "data.train",
        integer(2, 50_000),
        "Training samples; digits has 1,000, mnist10k 8,000.",
    ),
    field(
        "data.test",
        integer(1, 50_000),
        "Test samples, never trained on; digits has 797, mnist10k 2,000.",
    ),
    field(
        "data.label_noise",
        number(0.0, 1.0),
        "Share of the training labels that are replaced by another class.",
    ),
    field(
        "data.noise",
        number(0.0, 1.0),
        "Spread of the points of the 2-D data sets.",
    ),
    field(
        "data.points",
        Kind::Points {
            min: -points::EDGE,
            max: points::EDGE,
            max_items: points::MOST,
        },
        "Points of one's own, 4 at least, for the data set points; every fourth is held out as a test.",
    ),
    field(
        "data.table.file",
        TEXT,
        "The file of the data set table: a table of one's own, which is given to the page or the command line and is in no config.",
    ),
    field(
        "data.table.hash",
        TEXT,
        "What is in that table; another one is another data set.",
    ),
    field(
        "data.table.shape",
        Kind::Integers {
            min: 0,
            max: 50_000,
            max_items: 4,
        },
        "Its rows, features, how many of these are numbers, and classes.",
    ),
    field(
        "teacher.hidden",
        HIDDEN,
        "Hidden units of the teacher, layer by layer.",
    )
    .common()
    .address("teacher"),
    field(
        "teacher.activation",
        ACTIVATIONS,
        "Activation of the teacher's hidden layers.",
    ),
    field("teacher.steps", STEPS, "Optimiser steps of the teacher."),
    field("teacher.batch_size", BATCH, "Samples in one step of the teacher."),
    field("teacher.optimizer.name", OPTIMIZER, "The teacher's optimiser."),
    field(
        "teacher.optimizer.learning_rate",
        RATE,
        "The teacher's learning rate.",
    )
    .log(),
    field(
        "teacher.optimizer.beta1",
        BETA,
        "Adam: decay of the mean gradient.",
    ),
    field(
        "teacher.optimizer.beta2",
        BETA,
        "Adam: decay of the mean squared gradient.",
    ),
    field(
        "teacher.optimizer.epsilon",
        number(1e-12, 1.0),
        "Adam: added to the root, against division by zero.",
    )
    .log(),
    field(
        "teacher.optimizer.weight_decay",
        number(0.0, 1.0),
        "AdamW: decoupled weight decay.",
    ),
    field(
        "teacher.optimizer.momentum",
        number(0.0, 0.9999),
        "SGD: momentum.",
    ),
    field(
        "teacher.optimizer.nesterov",
        Kind::Boolean,
        "SGD: Nesterov's momentum.",
    ),
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
        "transfer.size",
        integer(1, 50_000),
        "Samples that both students may see.",
    )
    .common()
    .log(),
    field(
        "transfer.labelled",
        integer(0, 50_000),
        "How many of them keep their label.",
    )
    .common()
    .log(),
    field(
        "transfer.omit_classes",
        Kind::Integers {
            min: 0,
            max: 99,
            max_items: 9,
        },
        "Classes left out of the transfer set, so that only the teacher has met them.",
    ),
    field(
        "student.hidden",
        HIDDEN,
        "Hidden units of the student, layer by layer.",
    )
    .common()
    .address("student"),
    field(
        "student.activation",
        ACTIVATIONS,
        "Activation of the student's hidden layers.",
    ),
    field("student.steps", STEPS, "Optimiser steps of each student.")
        .common()
        .log(),
    field(
        "student.batch_size",
        BATCH,
        "Samples in one step of the students.",
    ),
    field("student.optimizer.name", OPTIMIZER, "The students' optimiser."),
    field(
        "student.optimizer.learning_rate",
        RATE,
        "The students' learning rate.",
    )
    .log(),
    field(
        "student.optimizer.beta1",
        BETA,
        "Adam: decay of the mean gradient.",
    ),
    field(
        "student.optimizer.beta2",
        BETA,
        "Adam: decay of the mean squared gradient.",
    ),
    field(
        "student.optimizer.epsilon",
        number(1e-12, 1.0),
        "Adam: added to the root, against division by zero.",
    )
    .log(),
    field(
        "student.optimizer.weight_decay",
        number(0.0, 1.0),
        "AdamW: decoupled weight decay.",
    ),
    field(
        "student.optimizer.momentum",
        number(0.0, 0.9999),
        "SGD: momentum.",
    ),
    field(
        "student.optimizer.nesterov",
        Kind::Boolean,
        "SGD: Nesterov's momentum.",
    ),
    field(
        "student.label_smoothing",
        SMOOTHING,
        "Share of each hard label that both students learn as spread over all classes.",
    ),
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
    field(
        "refine.steps",
        STEPS,
        "Steps in which the distilled student goes on with hard labels alone; 0 for none.",
    )
    .common(),
];

/// The field at `path`.
pub fn find(path: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|f| f.path == path)
}
