//! Laying a partial config over a complete one, with every check.

use super::fields::{self, Kind};
use super::{
    CONFIG_VERSION, Config, MAX_PARAMETERS, Optimizer, TeacherSees, Training, Transfer, follow, presets,
};
use crate::data::{self, own_points};
use crate::refusal::{Allowed, Counted, Refusal};
use serde::Serialize;
use serde_json::{Map, Value};

/// `base` with `partial` over it; see [`Config::with`].
pub(super) fn lay_over(base: &Config, partial: &Value) -> Result<Config, Refusal> {
    let partial = object(partial, "")?;
    if let Some(version) = partial.get("version")
        && version.as_f64() != Some(CONFIG_VERSION as f64)
    {
        let allowed = Allowed::Version { version: CONFIG_VERSION };
        return Err(Refusal::new("out_of_range", "version", version.clone(), allowed));
    }
    let named = match partial.get("preset") {
        Some(Value::String(name)) => &presets::find(name)?.config,
        Some(other) => {
            let allowed = Kind::Choice { choices: presets::names() };
            return Err(Refusal::new("wrong_type", "preset", other.clone(), allowed));
        }
        None => base,
    };
    let mut merged = plain(named);
    lay_object(&mut merged, partial, "")?;
    let mut config: Config =
        serde_json::from_value(merged).expect("every leaf was complete and has been checked");

    // Another number of samples where all had their label means labelled samples.
    let transfer = partial.get("transfer");
    let asks = |key: &str| transfer.is_some_and(|t| t.get(key).is_some());
    if asks("size") && !asks("labelled") && named.transfer.labelled == named.transfer.size {
        config.transfer.labelled = config.transfer.size;
    }
    follow::follow(&mut config, partial, named);
    check_together(&config)?;
    Ok(config)
}

fn plain(data: &impl Serialize) -> Value {
    serde_json::to_value(data).expect("plain data has a JSON form")
}

fn lay_object(base: &mut Value, partial: &Map<String, Value>, path: &str) -> Result<(), Refusal> {
    if path.ends_with("optimizer") {
        change_optimizer(base, partial, path)?;
    }
    let base = base.as_object_mut().expect("called on objects");
    for (key, value) in partial {
        let here = below(path, key);
        if here == "version" {
            continue; // looked at before everything else
        }
        let Some(slot) = base.get_mut(key) else {
            let mut keys: Vec<String> = base.keys().cloned().collect();
            if path.is_empty() {
                keys.push("version".into());
            }
            return Err(Refusal::new("unknown_key", here, value.clone(), Allowed::Keys { keys }));
        };
        if here == "preset" {
            *slot = value.as_str().into(); // a preset that was found
        } else if slot.is_object() {
            lay_object(slot, object(value, &here)?, &here)?;
        } else {
            let field = fields::find(&here).expect("the table holds every leaf");
            *slot = checked(value, &here, &field.kind)?;
        }
    }
    Ok(())
}

/// The path of `key` in the object at `path`. A key without a letter is shown as JSON has it: an error has to name something.
pub(super) fn below(path: &str, key: &str) -> String {
    let key = if key.is_empty() { "\"\"" } else { key };
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{key}")
}

/// Another optimiser has other keys: they start from its own defaults.
fn change_optimizer(base: &mut Value, partial: &Map<String, Value>, path: &str) -> Result<(), Refusal> {
    let Some(name) = partial.get("name") else {
        return Ok(());
    };
    let here = format!("{path}.name");
    let field = fields::find(&here).expect("the table holds every leaf");
    if checked(name, &here, &field.kind)? != base["name"] {
        *base = plain(&Optimizer::defaults(name.as_str().expect("a choice is a string")));
    }
    Ok(())
}

fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, Refusal> {
    value.as_object().ok_or_else(|| Refusal::new("wrong_type", path, value.clone(), Allowed::Object))
}

/// `value`, normalised, where the kind allows it.
fn checked(value: &Value, path: &str, kind: &Kind) -> Result<Value, Refusal> {
    let refuse = |code| Refusal::new(code, path, value.clone(), *kind);
    let wrong_type = || refuse("wrong_type");
    let whole = |v: &Value, min: u64, max: u64| -> Result<Value, Refusal> {
        // 1000.0 and 1e3 are whole numbers too, to a person and to JSON.
        match v.as_f64() {
            Some(n) if libm::trunc(n) == n && n >= min as f64 && n <= max as f64 => Ok(Value::from(n as u64)),
            Some(n) if libm::trunc(n) == n => Err(refuse("out_of_range")),
            _ => Err(wrong_type()),
        }
    };
    let items = |max_items: usize| match value.as_array() {
        Some(items) if items.len() <= max_items => Ok(items.iter()),
        Some(_) => Err(refuse("out_of_range")),
        None => Err(wrong_type()),
    };
    match *kind {
        Kind::Integer { min, max } => whole(value, min, max),
        Kind::Number { min, max } => match value.as_f64() {
            Some(n) if n >= min && n <= max => Ok(Value::from(n + 0.0)), // -0 becomes 0
            Some(_) => Err(refuse("out_of_range")),
            None => Err(wrong_type()),
        },
        Kind::Boolean => value.as_bool().map(Value::from).ok_or_else(wrong_type),
        Kind::Choice { choices } => match value.as_str() {
            Some(word) if choices.contains(&word) => Ok(word.into()),
            Some(_) => Err(refuse("out_of_range")),
            None => Err(wrong_type()),
        },
        Kind::Integers { min, max, max_items } => items(max_items)?.map(|v| whole(v, min, max)).collect(),
        Kind::Points { max_items, .. } => items(max_items)?
            .enumerate()
            .map(|(i, item)| own_points::checked(item, &format!("{path}.{i}")))
            .collect(),
        Kind::Text { max_length } => match value.as_str() {
            Some(text) if text.chars().count() <= max_length && !text.chars().any(char::is_control) => {
                Ok(text.into())
            }
            _ => Err(wrong_type()),
        },
    }
}

/// Values that are fine by themselves may not go together.
fn check_together(config: &Config) -> Result<(), Refusal> {
    let out = |path: &str, got: Value, allowed| Err(Refusal::new("out_of_range", path, got, allowed));
    data::spec::check(&config.data)?;
    let Transfer { size, labelled, omit_classes } = &config.transfer;
    let trained = if config.data.validation == 0 { "data.train" } else { "data.train - data.validation" };
    for (path, got, max, field) in [
        ("transfer.size", *size, config.data.learned(), trained),
        ("transfer.labelled", *labelled, *size, "transfer.size"),
    ] {
        if got > max {
            return out(path, got.into(), Allowed::UpTo { max, field });
        }
    }
    if config.teacher.sees == TeacherSees::Transfer && *labelled == 0 {
        return out("teacher.sees", "transfer".into(), Allowed::SomeLabelled);
    }
    let shape = data::shape(&config.data);
    let classes = shape.classes.len();
    if let Some(&class) = omit_classes.iter().find(|&&c| c >= classes) {
        return out("transfer.omit_classes", class.into(), Allowed::Classes { classes });
    }
    let twice = (1..omit_classes.len()).any(|i| omit_classes[..i].contains(&omit_classes[i]));
    if twice || omit_classes.len() == classes {
        let got = omit_classes.as_slice().into();
        return out("transfer.omit_classes", got, Allowed::EachClassOnce { classes });
    }
    for (path, training, members) in [
        ("teacher.hidden", &config.teacher.training, config.teacher.members),
        ("student.hidden", &config.student, 1),
    ] {
        let parameters = members * parameters(training, shape.features, classes);
        if parameters > MAX_PARAMETERS {
            let allowed = Allowed::Count { of: Counted::Parameters, min: 0, max: MAX_PARAMETERS };
            return Err(Refusal::new("too_large", path, parameters, allowed));
        }
    }
    config.method_setting().check()
}

fn parameters(training: &Training, features: usize, classes: usize) -> usize {
    let widths = std::iter::once(features).chain(training.hidden.iter().copied()).chain([classes]);
    let widths: Vec<usize> = widths.collect();
    widths.windows(2).map(|w| (w[0] + 1) * w[1]).sum()
}

impl Optimizer {
    /// The defaults of the optimiser called `name` (`adam`, `adamw` or `sgd`); those of Adam are Keras's.
    pub(super) fn defaults(name: &str) -> Self {
        let (learning_rate, beta1, beta2, epsilon) = (0.001, 0.9, 0.999, 1e-7);
        match name {
            "sgd" => Self::Sgd { learning_rate: 0.05, momentum: 0.9, nesterov: false },
            "adamw" => Self::AdamW { learning_rate, beta1, beta2, epsilon, weight_decay: 0.01 },
            _ => Self::Adam { learning_rate, beta1, beta2, epsilon },
        }
    }
}
