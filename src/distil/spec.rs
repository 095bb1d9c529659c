//! What a config says of distillation: the part `distillation`, and its fields.

use super::{METHODS, Method, NAMES};
use crate::apart;
use crate::field::{Field, Kind, field, number};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Deref;

/// How the teacher's answers reach the distilled student.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Distillation {
    /// The way to distil.
    pub method: MethodName,
    /// Divides the logits of both before the softmax, while training.
    pub temperature: f64,
    /// Weight of the soft term; the hard labels' term has `1 - alpha`.
    pub alpha: f64,
    /// What each method may be told besides; a method reads its own.
    #[serde(flatten)]
    pub options: Options,
}

impl<'de> Deserialize<'de> for Distillation {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut object = apart::Object::deserialize(from)?;
        Ok(Self {
            method: apart::take(&mut object, "method")?,
            temperature: apart::take(&mut object, "temperature")?,
            alpha: apart::take(&mut object, "alpha")?,
            options: apart::rest(object)?,
        })
    }
}

impl Default for Distillation {
    /// The first method, with the weights of the preset `fifty-digits`.
    fn default() -> Self {
        Self { method: MethodName(METHODS[0]), temperature: 20.0, alpha: 0.9, options: Options::default() }
    }
}

/// A method, as a config names it.
#[derive(Clone, Copy)]
pub struct MethodName(&'static Method);

impl MethodName {
    /// The method called `name`.
    pub fn find(name: &str) -> Option<Self> {
        METHODS.iter().find(|m| m.name == name).map(|m| Self(m))
    }
}

impl Deref for MethodName {
    type Target = Method;

    fn deref(&self) -> &Method {
        self.0
    }
}

impl PartialEq for MethodName {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for MethodName {}

impl std::fmt::Debug for MethodName {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Serialize for MethodName {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name)
    }
}

impl<'de> Deserialize<'de> for MethodName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::find(&name).ok_or_else(|| D::Error::unknown_variant(&name, &NAMES))
    }
}

/// A value for every option of every method, in the order of [`METHODS`]: numbers, all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Options(Vec<f64>);

impl Default for Options {
    fn default() -> Self {
        Self(options().map(|o| o.default).collect())
    }
}

/// The options of all methods.
fn options() -> impl Iterator<Item = &'static super::MethodOption> {
    METHODS.iter().flat_map(|m| m.options)
}

impl Options {
    fn place(key: &str) -> usize {
        let place = options().position(|o| o.key() == key);
        place.unwrap_or_else(|| panic!("no method has an option {key}"))
    }

    /// The value of `key`, the last part of the option's path.
    ///
    /// # Panics
    /// Where no method has an option of that name.
    pub fn get(&self, key: &str) -> f64 {
        self.0[Self::place(key)]
    }

    /// Sets the value of `key`.
    ///
    /// # Panics
    /// As [`Options::get`].
    pub fn set(&mut self, key: &str, value: f64) {
        self.0[Self::place(key)] = value;
    }
}

impl Serialize for Options {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(options().zip(&self.0).map(|(option, &value)| {
            let whole = matches!(option.field.kind, Kind::Integer { .. });
            let number = if whole { Number::Whole(value as u64) } else { Number::Real(value) };
            (option.key(), number)
        }))
    }
}

/// A number as JSON writes it: `1` where it is a whole one by its kind.
#[derive(Serialize)]
#[serde(untagged)]
enum Number {
    Whole(u64),
    Real(f64),
}

impl<'de> Deserialize<'de> for Options {
    /// Options that are missing have their defaults: a config from before a method was added says what it said.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let given = BTreeMap::<String, f64>::deserialize(from)?;
        let value = |o: &super::MethodOption| given.get(o.key()).copied().unwrap_or(o.default);
        Ok(Self(options().map(value).collect()))
    }
}

const FIELDS: &[Field] = &[
    field("distillation.method", Kind::Choice { choices: &NAMES }, "What the distilled student learns from.")
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
];

/// The fields of `distillation`, in the order in which a config is written.
pub fn fields() -> Vec<Field> {
    let own = options().map(|option| option.field.clone());
    FIELDS.iter().cloned().chain(own).collect()
}

/// The types that the page sees: a union of the names, and a number for each option, which a partial config may lack.
#[cfg(test)]
mod types {
    use super::{MethodName, NAMES, Options, options};
    use ts_rs::{Config, TS};

    impl TS for MethodName {
        type WithoutGenerics = Self;
        type OptionInnerType = Self;

        fn name(_: &Config) -> String {
            "MethodName".into()
        }

        fn inline(_: &Config) -> String {
            NAMES.map(|name| format!("{name:?}")).join(" | ")
        }

        fn decl(config: &Config) -> String {
            format!("type MethodName = {};", Self::inline(config))
        }

        fn decl_concrete(config: &Config) -> String {
            Self::decl(config)
        }

        fn output_path() -> Option<std::path::PathBuf> {
            Some("MethodName.ts".into())
        }
    }

    impl TS for Options {
        type WithoutGenerics = Self;
        type OptionInnerType = Self;

        fn name(_: &Config) -> String {
            "Options".into()
        }

        fn inline(config: &Config) -> String {
            format!("{{ {} }}", Self::inline_flattened(config))
        }

        fn inline_flattened(_: &Config) -> String {
            let keys = options().map(|option| format!("{}?: number", option.key()));
            format!("{{ {}, }}", keys.collect::<Vec<_>>().join(", "))
        }
    }
}
