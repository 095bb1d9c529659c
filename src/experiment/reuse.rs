//! What experiments may take over from one another.

use super::learner::Trained;
use super::outcome::Curve;
use crate::config::Config;
use crate::data::Dataset;
use crate::nn::Mlp;
use serde::Serialize;
use std::rc::Rc;

/// What experiments may share: parts of their configs that are equal were trained to equal bits.
#[derive(Clone, Debug, Default)]
pub struct Reuse {
    pub(super) data: Option<(String, Rc<Dataset>)>,
    pub(super) teacher: Option<(String, Rc<TrainedTeacher>)>,
    pub(super) alone: Option<(String, Trained)>,
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
    crate::json::text(part)
}
