//! What an experiment is made from: one value, validated once.
//!
//! A config arrives as JSON text, usually partial. It is laid over its preset's complete config, key by key, and
//! each value is checked against the table in [`fields`]; an error names the field, what it got and what is allowed.
//!
//! ```
//! use distill_lab::config::Config;
//! let config = Config::from_json(r#"{"preset": "fifty-digits", "distillation": {"temperature": 4}}"#).unwrap();
//! assert_eq!(config.distillation.temperature, 4.0);
//! let error = Config::from_json(r#"{"distillation": {"temperature": 0}}"#).unwrap_err();
//! assert_eq!(error.path, "distillation.temperature");
//! ```

#[cfg(not(target_arch = "wasm32"))]
mod docs;
pub mod fields;
mod follow;
mod overlay;
pub mod presets;
mod text;

use crate::apart;
pub use crate::data::spec::{Data, DataName};
use crate::distil::Setting;
pub use crate::distil::spec::{Distillation, MethodName};
use crate::refusal::Refusal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

#[cfg(not(target_arch = "wasm32"))]
pub use docs::{json_schema, markdown};
pub use presets::{Preset, presets};

/// The preset a config starts from when it names none.
pub const DEFAULT_PRESET: &str = "fifty-digits";

/// The version of how configs are written, for the optional key `version`. It changes when a field takes another name or meaning,
/// and then a config of an older version, or of none, is still read; a new field changes nothing, since it has a default.
pub const CONFIG_VERSION: u64 = 1;

/// Longest config text that is read, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;

/// Most trainable parameters of one network: what a page can hold four times over, with Adam's two moments.
pub const MAX_PARAMETERS: usize = 4_000_000;

/// A whole experiment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Config {
    /// Name of the preset that missing keys were taken from.
    pub preset: String,
    /// Keys every random draw.
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
    /// The students' steps are so many times `student.steps`.
    pub budget: usize,
    /// The data set.
    pub data: Data,
    /// The larger network.
    pub teacher: Teacher,
    /// What the students may see.
    pub transfer: Transfer,
    /// The smaller network, trained twice.
    pub student: Training,
    /// How the teacher's answers reach the distilled student.
    pub distillation: Distillation,
    /// Training on hard labels alone, afterwards.
    pub refine: Refine,
}

crate::apart::from_object!(Config: preset, seed, budget, data, teacher, transfer, student, distillation, refine);

/// A network and how it is trained.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Training {
    /// Hidden units of each layer, from the input on; empty for a linear model.
    pub hidden: Vec<usize>,
    /// Activation of the hidden layers.
    pub activation: ActivationName,
    /// Optimiser steps.
    pub steps: usize,
    /// Samples a step; the last batch of an epoch may be shorter.
    pub batch_size: usize,
    /// The optimiser.
    pub optimizer: Optimizer,
    /// Share of each hard label spread evenly over all classes.
    pub label_smoothing: f64,
}

crate::apart::from_object!(Training: hidden, activation, steps, batch_size, optimizer, label_smoothing);

/// [`Training`], for one or several members.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Teacher {
    /// Network and training of every member.
    #[serde(flatten)]
    pub training: Training,
    /// Networks whose softened outputs are averaged.
    pub members: usize,
    /// Which training samples it learns from.
    pub sees: TeacherSees,
}

impl<'de> Deserialize<'de> for Teacher {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut object = apart::Object::deserialize(from)?;
        Ok(Self {
            members: apart::take(&mut object, "members")?,
            sees: apart::take(&mut object, "sees")?,
            training: apart::rest(object)?,
        })
    }
}

/// What a teacher is trained on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TeacherSees {
    /// Every training sample.
    Train,
    /// The samples of the transfer set that keep their label: what the student alone learns from.
    Transfer,
}

/// Activations of hidden layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ActivationName {
    /// `max(z, 0)`.
    Relu,
    /// Hyperbolic tangent.
    Tanh,
    /// Gaussian error linear unit, tanh form.
    Gelu,
}

/// Optimisers with their hyper-parameters.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "name", rename_all = "lowercase")]
#[allow(missing_docs)] // the names are those of the papers, documented in `optim`
pub enum Optimizer {
    /// Kingma and Ba 2015.
    Adam { learning_rate: f64, beta1: f64, beta2: f64, epsilon: f64 },
    /// Loshchilov and Hutter 2019.
    AdamW { learning_rate: f64, beta1: f64, beta2: f64, epsilon: f64, weight_decay: f64 },
    /// With momentum, plain or Nesterov's: Sutskever et al. 2013.
    Sgd { learning_rate: f64, momentum: f64, nesterov: bool },
}

impl<'de> Deserialize<'de> for Optimizer {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut object = apart::Object::deserialize(from)?;
        let name: String = apart::take(&mut object, "name")?;
        let mut own = |key| apart::take::<f64, D::Error>(&mut object, key);
        let learning_rate = own("learning_rate")?;
        if name == "sgd" {
            let momentum = own("momentum")?;
            return Ok(Self::Sgd {
                learning_rate,
                momentum,
                nesterov: apart::take(&mut object, "nesterov")?,
            });
        }
        let (beta1, beta2, epsilon) = (own("beta1")?, own("beta2")?, own("epsilon")?);
        match name.as_str() {
            "adam" => Ok(Self::Adam { learning_rate, beta1, beta2, epsilon }),
            "adamw" => {
                Ok(Self::AdamW { learning_rate, beta1, beta2, epsilon, weight_decay: own("weight_decay")? })
            }
            _ => Err(D::Error::unknown_variant(&name, &["adam", "adamw", "sgd"])),
        }
    }
}

/// The samples both students may see.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Transfer {
    /// Samples, drawn from the training set by the seed, before classes are left out.
    pub size: usize,
    /// How many of them keep their label.
    pub labelled: usize,
    /// Classes left out of the transfer set.
    pub omit_classes: Vec<usize>,
}

crate::apart::from_object!(Transfer: size, labelled, omit_classes);

/// Training of the distilled student on hard labels alone, afterwards.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Refine {
    /// Optimiser steps; 0 for none.
    pub steps: usize,
}

crate::apart::from_object!(Refine: steps);

impl Config {
    /// A complete config from partial JSON text.
    ///
    /// # Errors
    /// Text longer than [`MAX_TEXT`], text that is not a JSON object, and everything [`Config::with`] refuses.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        Self::preset(DEFAULT_PRESET)?.with_json(text)
    }

    /// The config of a preset.
    ///
    /// # Errors
    /// A name that no preset has.
    pub fn preset(name: &str) -> Result<Self, Refusal> {
        presets::find(name).map(|p| p.config.clone())
    }

    /// This config with a partial one laid over it. Where the partial one names a preset, that preset's config is the ground.
    ///
    /// # Errors
    /// An unknown key, a wrong type, a value out of range, or values that do not go together. `self` is unchanged.
    pub fn with(&self, partial: &Value) -> Result<Self, Refusal> {
        overlay::lay_over(self, partial)
    }

    /// This config with one field set, such as `("distillation.temperature", 4)`.
    ///
    /// # Errors
    /// As [`Config::with`].
    pub fn with_field(&self, path: &str, value: Value) -> Result<Self, Refusal> {
        let nested = path.rsplit('.').fold(value, |inner, key| json!({ key: inner }));
        self.with(&nested)
    }

    /// [`Config::with`], from text.
    ///
    /// # Errors
    /// Text longer than [`MAX_TEXT`], text that is not JSON, a key that stands twice, and everything [`Config::with`] refuses.
    pub fn with_json(&self, text: &str) -> Result<Self, Refusal> {
        self.with(&text::read(text)?)
    }

    /// Optimiser steps of each student: `student.steps`, as many times as the budget says.
    pub fn student_steps(&self) -> usize {
        self.student.steps * self.budget
    }

    /// Optimiser steps of a whole run: the teacher's, the students', the refinement's.
    pub fn steps(&self) -> usize {
        self.teacher.training.steps + self.student_steps() + self.refine.steps
    }

    /// What the method's loss is made for; `teacher` holds the widths of an ensemble's layers side by side.
    pub(crate) fn method_setting(&self) -> Setting<'_> {
        Setting {
            distillation: &self.distillation,
            label_smoothing: self.student.label_smoothing,
            student: &self.student.hidden,
            teacher: &self.teacher.training.hidden,
            members: self.teacher.members,
            seed: self.seed,
        }
    }

    /// The complete config as JSON text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain data has a JSON form")
    }
}
