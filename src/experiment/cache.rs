//! What experiments share. Parts of two configs that are equal lead to equal bits, so that their data, their teacher and their
//! student alone are made once.
//!
//! A [`Cache`] is filled by [`Cache::keep`] and read by [`Experiment::with_cache`]. A [`Handover`] carries trained models to
//! another worker, which shares no memory.
//!
//! ```
//! use distill_lab::{config::Config, experiment::{Cache, Experiment}};
//! let config = Config::from_json(r#"{ "teacher": {"steps": 30}, "student": {"steps": 20} }"#)?;
//! let mut cache = Cache::default();
//! let mut first = Experiment::with_cache(config.clone(), &cache, false)?;
//! first.step(50)?;
//! cache.keep(&first);
//! let warmer = config.with_json(r#"{ "distillation": {"temperature": 8} }"#)?;
//! assert_eq!(Experiment::with_cache(warmer, &cache, false)?.total_steps(), 20); // the teacher is there
//! # Ok::<(), distill_lab::Error>(())
//! ```

use super::Experiment;
use super::curve::{Curve, ModelName};
use super::ensemble::TrainedTeacher;
use super::learner::{Trained, network};
use crate::Error;
use crate::config::{Config, TeacherSees, Training};
use crate::data::{self, Dataset};
use crate::kernels::padded;
use crate::refusal::{Allowed, Counted};
use crate::rng::{Purpose, stream};
use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::Arc;

/// Bytes that a cache keeps unless told otherwise: the teachers of some dozens of seeds of small sets.
pub const MAX_BYTES: usize = 64 << 20;

/// Data, teachers and students alone of the experiments before, up to a number of bytes; what was not used for longest goes
/// first. The parts of the experiment that was kept last always stay.
#[derive(Debug)]
pub struct Cache {
    max_bytes: usize,
    bytes: usize,
    /// The least recently used first. A handful, so that a search needs no index.
    entries: VecDeque<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// A config that leads to the part.
    config: Config,
    bytes: usize,
    part: Part,
}

/// A trained model is kept with the curve of its training, which is empty where none was drawn.
#[derive(Clone, Debug)]
enum Part {
    Data(Arc<Dataset>),
    Teacher(Arc<TrainedTeacher>, Arc<Curve>),
    Alone(Trained, Arc<Curve>),
}

impl Default for Cache {
    fn default() -> Self {
        Self::new(MAX_BYTES)
    }
}

impl Cache {
    /// An empty cache for at most `max_bytes` bytes of weights, logits and samples.
    pub fn new(max_bytes: usize) -> Self {
        Self { max_bytes, bytes: 0, entries: VecDeque::new() }
    }

    /// Bytes kept.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether the teacher of `config` is there, trained.
    pub fn has_teacher(&self, config: &Config) -> bool {
        self.teacher(config).is_some()
    }

    /// Keeps the data of an experiment and what it has trained so far.
    pub fn keep(&mut self, experiment: &Experiment) {
        let curve = |model| experiment.drawn.of(model).clone();
        let data = Some(Part::Data(experiment.data.clone()));
        let teacher = experiment.teacher.clone();
        let alone = experiment.alone.clone();
        self.put(
            &experiment.config,
            [
                data,
                teacher.map(|t| Part::Teacher(t, curve(ModelName::Teacher))),
                alone.map(|a| Part::Alone(a, curve(ModelName::StudentAlone))),
            ],
        );
    }

    /// The trained models of `config` that are here, for another worker's [`Cache::accept`].
    pub fn hand_over(&self, config: &Config) -> Handover {
        let teacher = self.teacher(config);
        Handover {
            config: config.to_json(),
            teacher: teacher.map_or_else(Vec::new, |(t, _)| t.members.iter().map(plain).collect()),
            student_alone: self.alone(config).map(|(alone, _)| plain(&alone)),
        }
    }

    /// Keeps models that another worker has trained.
    ///
    /// # Errors
    /// A config that is none; numbers that are not those of its models.
    pub fn accept(&mut self, handover: &Handover) -> Result<(), Error> {
        let config = Config::from_json(&handover.config)?;
        let members = &handover.teacher;
        if !members.is_empty() && members.len() != config.teacher.members {
            return Err(refuse("teacher", members.len(), config.teacher.members));
        }
        let members = members
            .iter()
            .map(|model| trained(&config, &config.teacher.training, model, "teacher"))
            .collect::<Result<Vec<_>, _>>()?;
        let alone = handover.student_alone.as_ref();
        let alone =
            alone.map(|model| trained(&config, &config.student, model, "student_alone")).transpose()?;
        let classes = data::shape(&config.data).classes.len();
        let teacher = (!members.is_empty()).then(|| Arc::new(TrainedTeacher::new(members, classes)));
        self.put(
            &config,
            [
                None,
                teacher.map(|t| Part::Teacher(t, Arc::default())),
                alone.map(|a| Part::Alone(a, Arc::default())),
            ],
        );
        Ok(())
    }

    pub(super) fn data(&self, config: &Config) -> Option<Arc<Dataset>> {
        self.parts_of(config).find_map(|part| match part {
            Part::Data(data) => Some(data.clone()),
            _ => None,
        })
    }

    pub(super) fn teacher(&self, config: &Config) -> Option<(Arc<TrainedTeacher>, Arc<Curve>)> {
        self.parts_of(config).find_map(|part| match part {
            Part::Teacher(teacher, curve) => Some((teacher.clone(), curve.clone())),
            _ => None,
        })
    }

    pub(super) fn alone(&self, config: &Config) -> Option<(Trained, Arc<Curve>)> {
        self.parts_of(config).find_map(|part| match part {
            Part::Alone(alone, curve) => Some((alone.clone(), curve.clone())),
            _ => None,
        })
    }

    fn parts_of(&self, config: &Config) -> impl Iterator<Item = &Part> {
        let fits = |entry: &&Entry| entry.part.is_of_both(&entry.config, config);
        self.entries.iter().filter(fits).map(|entry| &entry.part)
    }

    /// Puts parts in as the most recently used ones, and drops old ones that no longer fit.
    fn put(&mut self, config: &Config, parts: [Option<Part>; 3]) {
        let mut put = 0;
        for mut part in parts.into_iter().flatten() {
            let alike = |entry: &Entry| {
                discriminant(&entry.part) == discriminant(&part) && part.is_of_both(&entry.config, config)
            };
            // Equal bits, but one of the two may lack the curve.
            if let Some(old) = self.entries.iter().position(alike).and_then(|i| self.entries.remove(i)) {
                self.bytes -= old.bytes;
                if !part.has_curve() {
                    part = old.part;
                }
            }
            let bytes = part.bytes();
            self.bytes += bytes;
            let config = config.clone();
            self.entries.push_back(Entry { config, bytes, part });
            put += 1;
        }
        while self.bytes > self.max_bytes && self.entries.len() > put {
            let oldest = self.entries.pop_front();
            self.bytes -= oldest.map_or(0, |entry| entry.bytes);
        }
    }
}

impl Part {
    /// Whether two configs lead to the same bits of this part.
    fn is_of_both(&self, one: &Config, other: &Config) -> bool {
        match self {
            Self::Data(_) => same_data(one, other),
            Self::Teacher(..) => same_teacher(one, other),
            Self::Alone(..) => same_alone(one, other),
        }
    }

    fn has_curve(&self) -> bool {
        match self {
            Self::Data(_) => false,
            Self::Teacher(_, curve) | Self::Alone(_, curve) => !curve.is_empty(),
        }
    }

    /// Bytes of weights, logits and samples; a curve is small beside them.
    fn bytes(&self) -> usize {
        let model = |trained: &Trained| trained.net.parameters.len() + trained.test_logits.len();
        4 * match self {
            Self::Data(data) => {
                [&data.train, &data.test, &data.validation].iter().map(|s| s.x.len() + s.labels.len()).sum()
            }
            Self::Teacher(teacher, _) => {
                teacher.test_logits.len() + teacher.members.iter().map(model).sum::<usize>()
            }
            Self::Alone(alone, _) => model(alone),
        }
    }
}

fn same_data(one: &Config, other: &Config) -> bool {
    one.seed == other.seed && one.data == other.data
}

/// Whether two configs lead to the same student alone.
pub(super) fn same_alone(one: &Config, other: &Config) -> bool {
    same_data(one, other)
        && one.transfer == other.transfer
        && one.student == other.student
        && one.budget == other.budget
}

/// Whether two configs lead to the same distilled student, refined or not.
pub(super) fn same_distilled(one: &Config, other: &Config) -> bool {
    same_teacher(one, other)
        && same_alone(one, other)
        && one.distillation == other.distillation
        && one.refine == other.refine
}

/// Whether two configs lead to the same teacher.
pub(crate) fn same_teacher(one: &Config, other: &Config) -> bool {
    let same_samples = one.teacher.sees == TeacherSees::Train || one.transfer == other.transfer;
    same_data(one, other) && one.teacher == other.teacher && same_samples
}

/// The models of a config as plain numbers, without their curves.
#[derive(Clone, Debug)]
pub struct Handover {
    /// The config whose models these are, complete.
    pub config: String,
    /// The teacher's members; empty where it is not trained.
    pub teacher: Vec<PlainModel>,
    /// The student alone, where it is trained.
    pub student_alone: Option<PlainModel>,
}

/// A trained network as numbers.
#[derive(Clone, Debug)]
pub struct PlainModel {
    /// Padded, in the order of [`crate::nn::Mlp::parameters`].
    pub parameters: Vec<f32>,
    /// Logits on the test set, `[test, padded(classes)]`.
    pub test_logits: Vec<f32>,
}

fn plain(trained: &Trained) -> PlainModel {
    PlainModel { parameters: trained.net.parameters.clone(), test_logits: trained.test_logits.clone() }
}

/// The model that `plain` holds, if it has the shape that the config gives it; `name` says whose it is.
fn trained(config: &Config, training: &Training, plain: &PlainModel, name: &str) -> Result<Trained, Error> {
    let shape = data::shape(&config.data);
    // Its weights are those handed over; the draw is for the shape alone.
    let mut rng = stream(0, Purpose::StudentWeights);
    let mut net = network(training, shape.features, shape.classes.len(), &mut rng);
    let logits = config.data.test * padded(shape.classes.len());
    for (got, wanted) in [(plain.parameters.len(), net.parameters.len()), (plain.test_logits.len(), logits)] {
        if got != wanted {
            return Err(refuse(name, got, wanted));
        }
    }
    net.parameters.copy_from_slice(&plain.parameters);
    Ok(Trained { net: Arc::new(net), test_logits: plain.test_logits.clone(), own: Vec::new() })
}

/// Refuses `got` numbers or members where the config has `wanted`.
fn refuse(name: &str, got: usize, wanted: usize) -> Error {
    let allowed = Allowed::Count { of: Counted::Numbers, min: wanted, max: wanted };
    Error::new("wrong_type", name, got, allowed)
}
