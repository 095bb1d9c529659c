//! What experiments may take over from one another.

use super::learner::Trained;
use super::outcome::Curve;
use crate::config::Config;
use crate::data::Dataset;
use crate::nn::Mlp;
use serde::Serialize;
use std::sync::Arc;

/// What experiments may share: parts of their configs that are equal were trained to equal bits.
#[derive(Clone, Debug, Default)]
pub struct Reuse {
    pub(super) data: Option<(String, Arc<Dataset>)>,
    pub(super) teacher: Option<(String, Arc<TrainedTeacher>)>,
    pub(super) alone: Option<(String, Trained)>,
}

impl Reuse {
    /// Whether the teacher of `config` is there, trained.
    pub fn has_teacher(&self, config: &Config) -> bool {
        kept(&self.teacher, &Keys::of(config).teacher).is_some()
    }
}

/// What `slot` holds, if it belongs to `key`.
pub(super) fn kept<'a, T>(slot: &'a Option<(String, T)>, key: &str) -> Option<&'a T> {
    slot.as_ref().filter(|(k, _)| k == key).map(|(_, part)| part)
}

#[derive(Debug)]
pub(super) struct TrainedTeacher {
    pub members: Vec<Trained>,
    pub curve: Curve,
    /// Joint logits on the test set.
    pub test_logits: Vec<f32>,
}

impl TrainedTeacher {
    pub(super) fn nets(&self) -> impl Iterator<Item = &Mlp> {
        self.members.iter().map(|m| &*m.net)
    }
}

/// Text of the parts of a config that decide what can be reused.
#[derive(Debug)]
pub(super) struct Keys {
    pub data: String,
    pub teacher: String,
    pub alone: String,
}

impl Keys {
    pub(super) fn of(config: &Config) -> Self {
        let data = format!("{}{}", config.seed, text(&config.data));
        let teacher = format!("{data}{}", text(&config.teacher));
        let alone = format!("{data}{}{}", text(&config.transfer), text(&config.student));
        Self { data, teacher, alone }
    }
}

fn text(part: &impl Serialize) -> String {
    serde_json::to_string(part).expect("plain data has a JSON form")
}
