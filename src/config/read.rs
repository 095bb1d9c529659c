//! From a complete JSON value, whose leaves have been checked, to the typed config.
//!
//! By hand, where a derive would do: what serde derives for tagged and flattened types is a quarter of the engine's download.

use super::{
    ActivationName, Config, Data, DataName, Distillation, Optimizer, Refine, Teacher, Training, Transfer,
};
use crate::data::own_points;
use crate::data::own_table::OwnTable;
use serde::Deserialize;
use serde_json::Value;

impl Config {
    /// The config that `value` holds; `None` where a key is missing or of another type.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let at = |key| value.get(key).map(Node);
        let (data, transfer, distillation) = (at("data")?, at("transfer")?, at("distillation")?);
        let teacher = at("teacher")?;
        Some(Self {
            preset: value.get("preset")?.as_str()?.into(),
            seed: value.get("seed")?.as_u64()?,
            data: Data {
                name: data.word(
                    &[
                        ("digits", DataName::Digits),
                        ("notebook", DataName::Notebook),
                        ("planted", DataName::Planted),
                        ("spirals", DataName::Spirals),
                        ("moons", DataName::Moons),
                        ("circles", DataName::Circles),
                        ("gaussians", DataName::Gaussians),
                        ("points", DataName::Points),
                        ("mnist10k", DataName::Mnist10k),
                        ("mnist1d", DataName::Mnist1d),
                        ("table", DataName::Table),
                    ],
                    "name",
                )?,
                train: data.whole("train")?,
                test: data.whole("test")?,
                label_noise: data.number("label_noise")?,
                noise: data.number("noise")?,
                points: own_points::read_all(data.0.get("points")?)?,
                table: OwnTable::read(data.0.get("table")?)?,
            },
            teacher: Teacher {
                training: teacher.training()?,
                members: teacher.whole("members")?,
            },
            transfer: Transfer {
                size: transfer.whole("size")?,
                labelled: transfer.whole("labelled")?,
                omit_classes: transfer.list("omit_classes")?,
            },
            student: at("student")?.training()?,
            distillation: Distillation::deserialize(distillation.0).ok()?,
            refine: Refine {
                steps: at("refine")?.whole("steps")?,
            },
        })
    }
}

/// An object of the config.
#[derive(Clone, Copy)]
struct Node<'a>(&'a Value);

impl Node<'_> {
    fn whole(self, key: &str) -> Option<usize> {
        self.0.get(key)?.as_u64()?.try_into().ok()
    }

    fn number(self, key: &str) -> Option<f64> {
        self.0.get(key)?.as_f64()
    }

    fn list(self, key: &str) -> Option<Vec<usize>> {
        let items = self.0.get(key)?.as_array()?;
        items.iter().map(|v| v.as_u64()?.try_into().ok()).collect()
    }

    fn word<T: Copy>(self, words: &[(&str, T)], key: &str) -> Option<T> {
        let word = self.0.get(key)?.as_str()?;
        words.iter().find(|(w, _)| *w == word).map(|(_, t)| *t)
    }

    fn training(self) -> Option<Training> {
        Some(Training {
            hidden: self.list("hidden")?,
            activation: self.word(
                &[
                    ("relu", ActivationName::Relu),
                    ("tanh", ActivationName::Tanh),
                    ("gelu", ActivationName::Gelu),
                ],
                "activation",
            )?,
            steps: self.whole("steps")?,
            batch_size: self.whole("batch_size")?,
            optimizer: Node(self.0.get("optimizer")?).optimizer()?,
            label_smoothing: self.number("label_smoothing")?,
        })
    }

    fn optimizer(self) -> Option<Optimizer> {
        let learning_rate = self.number("learning_rate")?;
        if self.0.get("name")?.as_str()? == "sgd" {
            return Some(Optimizer::Sgd {
                learning_rate,
                momentum: self.number("momentum")?,
                nesterov: self.0.get("nesterov")?.as_bool()?,
            });
        }
        let (beta1, beta2, epsilon) = (
            self.number("beta1")?,
            self.number("beta2")?,
            self.number("epsilon")?,
        );
        match self.0.get("name")?.as_str()? {
            "adam" => Some(Optimizer::Adam {
                learning_rate,
                beta1,
                beta2,
                epsilon,
            }),
            "adamw" => Some(Optimizer::AdamW {
                learning_rate,
                beta1,
                beta2,
                epsilon,
                weight_decay: self.number("weight_decay")?,
            }),
            _ => None,
        }
    }
}
