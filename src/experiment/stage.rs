//! A run as it stands, to be drawn: every network, a sample through it, and what it reads of the test set. All is read off the
//! weights; a student that has not begun is as the seed draws it.

use super::curve::ModelName;
use super::inspect::{SampleSet, check_index, check_temperature, slices};
use super::learner::{Learner, Trained, evaluation_rows, network};
use super::{Experiment, Phase, arrays, ensemble};
use crate::kernels::padded;
use crate::metrics::arg_max;
use crate::nn::{Layer, Mlp, Workspace};
use crate::rng::{Purpose, nth_stream};
use crate::{Error, apart};
use ndarray::{Axis, aview1};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// A sample that is asked about.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(untagged))]
pub enum StageAsk {
    /// One of a set.
    Kept {
        /// The set.
        set: SampleSet,
        /// Where it is there.
        index: usize,
    },
    /// One that is in none.
    Drawn {
        /// Its features.
        input: Vec<f64>,
    },
}

impl<'de> Deserialize<'de> for StageAsk {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut object = apart::Object::deserialize(from)?;
        Ok(if object.contains_key("input") {
            Self::Drawn { input: apart::take(&mut object, "input")? }
        } else {
            Self::Kept { set: apart::take(&mut object, "set")?, index: apart::take(&mut object, "index")? }
        })
    }
}

/// What a sample is to the students.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StageRole {
    /// One of the transfer set, which they learn from.
    Taught,
    /// One of the test set.
    Exam,
    /// An input from outside.
    Drawn,
}

/// A sample on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageSample {
    /// What it is to the students.
    pub role: StageRole,
    /// Where it is in its set.
    pub index: Option<usize>,
    /// Its features.
    pub features: Vec<f32>,
    /// Its class, whether the students see it or not; -1: none.
    pub label: i32,
    /// Whether the students see its label.
    pub labelled: bool,
}

/// The first units of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct StageLayer {
    /// Inputs.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
    /// How many units, the first ones, all below is of.
    pub shown: usize,
    /// `[inputs, shown]`.
    pub weights: Vec<f32>,
    /// `[shown]`.
    pub biases: Vec<f32>,
    /// `[shown]`, of the sample; those of the last layer are its logits.
    pub activations: Vec<f32>,
}

/// A network as it stands. Of a teacher of several members the layers are its first member's; what it says is the answer of all.
#[derive(Clone, Debug, PartialEq)]
pub struct StageModel {
    /// Training steps behind it; 0: as it was drawn.
    pub trained: usize,
    /// From the input on.
    pub layers: Vec<StageLayer>,
    /// `softmax(logits / T)`, by class.
    pub softened: Vec<f32>,
    /// The same at a temperature of 1.
    pub plain: Vec<f32>,
    /// The class that it reads.
    pub says: usize,
    /// The class that it reads, for each sample of the [`super::Wall`].
    pub wall: Vec<u32>,
    /// Samples of the whole test set that it reads right.
    pub correct: usize,
    /// Trainable parameters, of all members.
    pub parameters: usize,
    /// Multiply-adds for one sample, of all members.
    pub macs: usize,
}

/// A run as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StageView {
    /// Where it is.
    pub phase: Phase,
    /// Training steps of the whole run, a teacher that was taken over included.
    pub step: usize,
    /// Training steps of the phase; at the end, of the last one.
    pub phase_step: usize,
    /// That the answers are softened at.
    pub temperature: f64,
    /// What the networks are shown.
    pub sample: StageSample,
    /// The teacher.
    pub teacher: StageModel,
    /// The student that has hard labels alone.
    pub student_alone: StageModel,
    /// The student that has the teacher's help, as it was refined where the run has come to that.
    pub student_distilled: StageModel,
}

/// What a network reads on the test set, as far as that has been found out.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Its training steps: they say which network it was.
    trained: Option<usize>,
    /// A class for each sample, from the first one on.
    said: Vec<u16>,
}

/// A model's networks as they stand.
struct Standing<'a> {
    trained: usize,
    members: Vec<Cow<'a, Mlp>>,
    /// Joint logits on the test set, where its training is over.
    test_logits: Option<&'a [f32]>,
}

impl<'a> Standing<'a> {
    fn trained(steps: usize, model: &'a Trained) -> Self {
        let test_logits = Some(model.test_logits.as_slice());
        Self { trained: steps, members: vec![Cow::Borrowed(&model.net)], test_logits }
    }

    fn learning(steps: usize, learners: &'a [Learner]) -> Self {
        let members = learners.iter().map(|l| Cow::Borrowed(l.net())).collect();
        Self { trained: steps, members, test_logits: None }
    }
}

impl Experiment {
    /// The run as it stands, with a sample through its networks: answers softened at `temperature`, at most `units` units of a
    /// layer. A student alone that was taken over stands at its end.
    ///
    /// # Errors
    /// As [`Experiment::sample`] and [`Experiment::predict`].
    pub fn stage(&mut self, ask: &StageAsk, temperature: f64, units: usize) -> Result<StageView, Error> {
        check_temperature(temperature)?;
        let (sample, x) = self.stage_sample(ask)?;
        let [teacher, student_alone, student_distilled] =
            [ModelName::Teacher, ModelName::StudentAlone, ModelName::StudentDistilled]
                .map(|model| self.stage_model(model, &x, temperature, units));
        let (step, phase_step) = self.stage_steps();
        let phase = self.phase;
        Ok(StageView {
            phase,
            step,
            phase_step,
            temperature,
            sample,
            teacher,
            student_alone,
            student_distilled,
        })
    }

    /// A whole layer, counted from the input on, of a model as it stands: of several teachers the first one's. `activations` are
    /// empty.
    ///
    /// # Errors
    /// A layer that the network has not.
    pub fn weights(&self, model: ModelName, layer: usize) -> Result<StageLayer, Error> {
        let standing = self.standing(model);
        let net = &standing.members[0];
        check_index("layer", layer, net.layers().len())?;
        Ok(stage_layer(net, &net.layers()[layer], usize::MAX, &[]))
    }

    /// Training steps of the whole run, and of the phase.
    pub(super) fn stage_steps(&self) -> (usize, usize) {
        let step = self.steps_saved() + self.steps_done;
        let refines = self.config.refine.steps > 0;
        let taught = self.config.teacher.training.steps;
        let start = match self.phase {
            Phase::Teacher => 0,
            Phase::Refine => taught + self.config.student_steps(),
            Phase::Done if refines => taught + self.config.student_steps(),
            _ => taught,
        };
        (step, step - start)
    }

    /// What is asked about, and its features in a padded row.
    pub(super) fn stage_sample(&self, ask: &StageAsk) -> Result<(StageSample, Vec<f32>), Error> {
        let (x, role, index, label, labelled) = match ask {
            &StageAsk::Kept { set, index } => {
                let samples = self.set(set);
                check_index("index", index, samples.len())?;
                let role = if set == SampleSet::Test { StageRole::Exam } else { StageRole::Taught };
                let labelled = role == StageRole::Taught && self.transfer.labels[index] >= 0;
                (self.row(samples, index).to_vec(), role, Some(index), samples.labels[index], labelled)
            }
            StageAsk::Drawn { input } => {
                let input: Vec<f32> = input.iter().map(|&v| v as f32).collect();
                let samples = self.asked(aview1(&input).insert_axis(Axis(0)))?;
                (samples.x, StageRole::Drawn, None, -1, false)
            }
        };
        let features = x[..self.data.shape.features].to_vec();
        Ok((StageSample { role, index, features, label, labelled }, x))
    }

    /// A model with the padded row `x` through it.
    pub(super) fn stage_model(
        &mut self,
        model: ModelName,
        x: &[f32],
        temperature: f64,
        units: usize,
    ) -> StageModel {
        self.read_tests(model, usize::MAX);
        let said = &self.readings[place(model)].said;
        let correct =
            said.iter().zip(&self.data.test.labels).filter(|(said, label)| **said as i32 == **label);
        let classes = self.data.shape.classes.len();
        let standing = self.standing(model);
        let mut spaces: Vec<Workspace> = standing.members.iter().map(|net| Workspace::new(net, 1)).collect();
        let members = standing.members.iter().zip(&mut spaces);
        let logits: Vec<Vec<f32>> = members.map(|(net, space)| net.forward(1, x, space).to_vec()).collect();
        let logits = slices(&logits);
        let at = |temperature| {
            let (mut p, _) = ensemble::soften(&logits, classes, temperature);
            p.truncate(classes);
            p
        };
        let (first, space) = (&standing.members[0], &spaces[0]);
        let layers = first.layers().iter().enumerate();
        StageModel {
            trained: standing.trained,
            layers: layers.map(|(l, layer)| stage_layer(first, layer, units, space.activations(l))).collect(),
            softened: at(temperature),
            plain: at(1.0),
            says: arg_max(&ensemble::joint_logits(&logits, classes)[..classes]),
            wall: self.wall_indices().into_iter().map(|i| u32::from(said[i as usize])).collect(),
            correct: correct.count(),
            parameters: standing.members.iter().map(|net| net.parameter_count()).sum(),
            macs: standing.members.iter().map(|net| net.multiply_adds()).sum(),
        }
    }

    /// Up to `units` parts of what a model, as it stands, reads on the test set; returns how many were done, fewer only where all has
    /// been read.
    pub(super) fn read_tests(&mut self, model: ModelName, units: usize) -> usize {
        let mut reading = std::mem::take(&mut self.readings[place(model)]);
        let standing = self.standing(model);
        if reading.trained != Some(standing.trained) {
            reading = Reading { trained: Some(standing.trained), said: Vec::new() };
        }
        let (test, classes) = (&self.data.test, self.data.shape.classes.len());
        let mut done = 0;
        while reading.said.len() < test.len() && done < units {
            let logits = match standing.test_logits {
                Some(logits) => Cow::Borrowed(logits),
                None => {
                    let from = reading.said.len();
                    let rows = evaluation_rows(&standing.members[0]).min(test.len() - from);
                    let width = padded(test.features);
                    let x = &test.x[from * width..(from + rows) * width];
                    let of = |net: &Cow<Mlp>| net.forward(rows, x, &mut Workspace::new(net, rows)).to_vec();
                    let logits: Vec<Vec<f32>> = standing.members.iter().map(of).collect();
                    Cow::Owned(ensemble::joint_logits(&slices(&logits), classes))
                }
            };
            let rows = logits.chunks_exact(padded(classes));
            reading.said.extend(rows.map(|row| arg_max(&row[..classes]) as u16));
            done += 1;
        }
        self.readings[place(model)] = reading;
        done
    }

    /// Whether all that a model, as it stands, reads on the test set is known.
    pub(super) fn has_read(&self, model: ModelName) -> bool {
        let (reading, begun) = (&self.readings[place(model)], self.begun(model));
        reading.trained == Some(begun.map_or(0, |b| b.trained)) && reading.said.len() == self.data.test.len()
    }

    fn standing(&self, model: ModelName) -> Standing<'_> {
        self.begun(model).unwrap_or_else(|| {
            let (training, purpose, members) = match model {
                ModelName::Teacher => {
                    let teacher = &self.config.teacher;
                    (&teacher.training, Purpose::TeacherWeights, teacher.members)
                }
                _ => (&self.config.student, Purpose::StudentWeights, 1),
            };
            let (features, classes) = (self.data.shape.features, self.data.shape.classes.len());
            let draw = |n| {
                let mut rng = nth_stream(self.config.seed, purpose, n as u64);
                Cow::Owned(network(training, features, classes, &mut rng))
            };
            Standing { trained: 0, members: (0..members).map(draw).collect(), test_logits: None }
        })
    }

    /// A model that is being trained, or has been.
    fn begun(&self, model: ModelName) -> Option<Standing<'_>> {
        let (steps, group) = (self.config.student_steps(), self.group.as_ref());
        let learning = |phase: Phase| group.filter(|_| self.phase == phase);
        if model == ModelName::Teacher {
            let training = &self.config.teacher.training;
            if let Some(teacher) = &self.teacher {
                let test_logits = Some(teacher.test_logits.as_slice());
                let members = teacher.nets().map(Cow::Borrowed).collect();
                return Some(Standing { trained: training.steps, members, test_logits });
            }
            return learning(Phase::Teacher)
                .map(|group| Standing::learning(group.steps_done, &group.learners));
        }
        let students = learning(Phase::Students).map(|group| (group.steps_done, group.learners.as_slice()));
        if model == ModelName::StudentAlone {
            match (&self.alone, students) {
                (Some(alone), _) if self.phase >= Phase::Students => Some(Standing::trained(steps, alone)),
                (None, Some((steps, [alone, _]))) => {
                    Some(Standing::learning(steps, std::slice::from_ref(alone)))
                }
                _ => None,
            }
        } else if let Some(refined) = &self.refined {
            Some(Standing::trained(steps + self.config.refine.steps, refined))
        } else if let Some(group) = learning(Phase::Refine) {
            Some(Standing::learning(steps + group.steps_done, &group.learners))
        } else if let Some(distilled) = &self.distilled {
            Some(Standing::trained(steps, distilled))
        } else {
            students.map(|(steps, learners)| Standing::learning(steps, &learners[learners.len() - 1..]))
        }
    }
}

/// A model's number in [`Experiment::readings`].
fn place(model: ModelName) -> usize {
    (model as usize).min(ModelName::StudentDistilled as usize)
}

fn stage_layer(net: &Mlp, layer: &Layer, units: usize, activations: &[f32]) -> StageLayer {
    let (inputs, outputs) = (layer.inputs, layer.outputs);
    let shown = units.min(outputs);
    let mut weights = arrays::weights(layer, &net.parameters).into_raw_vec_and_offset().0;
    if shown < outputs {
        weights = weights.chunks_exact(outputs).flat_map(|row| &row[..shown]).copied().collect();
    }
    StageLayer {
        inputs,
        outputs,
        shown,
        weights,
        biases: net.parameters[layer.biases.start..][..shown].to_vec(),
        activations: activations[..shown.min(activations.len())].to_vec(),
    }
}
