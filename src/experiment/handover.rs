//! Trained models as plain numbers, so that another worker, which shares no memory, may go on from them.

use super::learner::{Trained, network};
use super::outcome::Curve;
use super::reuse::{Keys, Reuse, TrainedTeacher, kept};
use crate::Error;
use crate::config::{Config, Training};
use crate::data;
use crate::kernels::padded;
use crate::nn::Mlp;
use crate::refusal::Allowed;
use crate::rng::{Purpose, stream};
use std::sync::Arc;

/// The models of a config, trained, without their curves.
#[derive(Clone, Debug)]
pub struct Handover {
    /// The config whose models these are, complete.
    pub config: String,
    /// Teacher, where trained: for each member its parameters (padded, in the order of [`Mlp::parameters`]) and its test
    /// logits `[test, padded(classes)]`. Then the student alone, where trained, like a member. Then the teacher's joint test logits.
    pub numbers: Vec<f32>,
    /// Whether the teacher is among them, and whether the student alone is.
    pub holds: (bool, bool),
}

impl Handover {
    /// What of `reuse` belongs to `config`.
    pub(crate) fn of(config: &Config, reuse: &Reuse) -> Self {
        let keys = Keys::of(config);
        let (teacher, alone) = (
            kept(&reuse.teacher, &keys.teacher),
            kept(&reuse.alone, &keys.alone),
        );
        let mut numbers = Vec::new();
        let mut add = |trained: &Trained| {
            numbers.extend_from_slice(&trained.net.parameters);
            numbers.extend_from_slice(&trained.test_logits);
        };
        if let Some(teacher) = teacher {
            teacher.members.iter().for_each(&mut add);
        }
        if let Some(alone) = alone {
            add(alone);
        }
        // Last, so that one closure may fill the rest.
        if let Some(teacher) = teacher {
            numbers.extend_from_slice(&teacher.test_logits);
        }
        Self {
            config: config.to_json(),
            numbers,
            holds: (teacher.is_some(), alone.is_some()),
        }
    }

    /// What was handed over, ready for experiments.
    ///
    /// # Errors
    /// A config that is none; numbers that are not those of its models.
    pub(crate) fn take(&self) -> Result<Reuse, Error> {
        let config = Config::from_json(&self.config)?;
        let keys = Keys::of(&config);
        let shape = data::shape(&config.data);
        let logits = config.data.test * padded(shape.classes.len());
        let refuse = || Error::new("wrong_type", "numbers", self.numbers.len(), Allowed::ModelNumbers);
        let mut rest = self.numbers.as_slice();
        let mut next = |len: usize| -> Result<&[f32], Error> {
            let (part, after) = rest.split_at_checked(len).ok_or_else(refuse)?;
            rest = after;
            Ok(part)
        };
        // Its weights are those handed over; the draw is for the shape alone.
        let blank = |training: &Training| -> Mlp {
            let mut rng = stream(0, Purpose::StudentWeights);
            network(training, shape.features, shape.classes.len(), &mut rng)
        };
        let mut trained = |training: &Training| -> Result<Trained, Error> {
            let mut net = blank(training);
            let len = net.parameters.len();
            net.parameters.copy_from_slice(next(len)?);
            Ok(Trained {
                net: Arc::new(net),
                curve: Curve::default(),
                test_logits: next(logits)?.to_vec(),
            })
        };
        let members = if self.holds.0 { config.teacher.members } else { 0 };
        let members = (0..members)
            .map(|_| trained(&config.teacher.training))
            .collect::<Result<Vec<_>, _>>()?;
        let alone = self.holds.1.then(|| trained(&config.student)).transpose()?;
        let teacher = if self.holds.0 {
            let teacher = TrainedTeacher {
                members,
                curve: Curve::default(),
                test_logits: next(logits)?.to_vec(),
            };
            Some((keys.teacher, Arc::new(teacher)))
        } else {
            None
        };
        if !rest.is_empty() {
            return Err(refuse());
        }
        Ok(Reuse {
            data: None,
            teacher,
            alone: alone.map(|a| (keys.alone, a)),
        })
    }
}
