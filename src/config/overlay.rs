//! Laying a partial config over a complete one, with every check.

use super::fields::{self, Kind};
use super::{CONFIG_VERSION, Config, MAX_PARAMETERS, Optimizer, Training, Transfer, follow, presets};
use crate::data::{own_points, own_table};
use crate::error::{Error, refuse, shown};
use crate::{data, json};
use serde_json::{Map, Value};

/// In words, since who meets it has a config of another version at hand.
const VERSIONS: &str = "1; a later version is read by a newer distill-lab";

/// `base` with `partial` over it; see [`Config::with`].
pub(super) fn lay_over(base: &Config, partial: &Value) -> Result<Config, Error> {
    let partial = object(partial, "")?;
    if let Some(version) = partial.get("version")
        && version.as_f64() != Some(CONFIG_VERSION)
    {
        return Err(refuse("out_of_range", "version", version, VERSIONS));
    }
    let named = match partial.get("preset") {
        Some(Value::String(name)) => &presets::find(name)?.config,
        Some(other) => return Err(refuse("wrong_type", "preset", other, "the name of a preset")),
        None => base,
    };
    let mut merged = json::value(named);
    lay_object(&mut merged, partial, "")?;
    let mut config = Config::read(&merged).expect("every leaf was complete and has been checked");

    // Who asks for another number of samples where all had their label means labelled samples.
    let transfer = partial.get("transfer");
    let asks = |key: &str| transfer.is_some_and(|t| t.get(key).is_some());
    if asks("size") && !asks("labelled") && named.transfer.labelled == named.transfer.size {
        config.transfer.labelled = config.transfer.size;
    }
    follow::follow(&mut config, partial, named);
    check_together(&config)?;
    Ok(config)
}

fn lay_object(base: &mut Value, partial: &Map<String, Value>, path: &str) -> Result<(), Error> {
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
            let mut known: Vec<&str> = base.keys().map(String::as_str).collect();
            if path.is_empty() {
                known.push("version");
            }
            return Err(unknown(&here, value, &known.join(", ")));
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

#[cold]
fn unknown(path: &str, got: &Value, known: &str) -> Error {
    let message = format!("{path}: unknown key; got {}; allowed here: {known}", shown(got));
    Error::at("unknown_key", path, message)
}

/// Another optimiser has other keys: they start from its own defaults.
fn change_optimizer(base: &mut Value, partial: &Map<String, Value>, path: &str) -> Result<(), Error> {
    let Some(name) = partial.get("name") else {
        return Ok(());
    };
    let here = format!("{path}.name");
    let field = fields::find(&here).expect("the table holds every leaf");
    if checked(name, &here, &field.kind)? != base["name"] {
        let fresh = Optimizer::defaults(name.as_str().expect("a choice is a string"));
        *base = json::value(&fresh);
    }
    Ok(())
}

fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, Error> {
    value
        .as_object()
        .ok_or_else(|| refuse("wrong_type", path, value, "an object"))
}

/// `value`, normalised, where the kind allows it.
fn checked(value: &Value, path: &str, kind: &Kind) -> Result<Value, Error> {
    let whole = |v: &Value, min: u64, max: u64| -> Result<Value, &'static str> {
        // 1000.0 and 1e3 are whole numbers too, to a person and to JSON.
        let n = v.as_f64().ok_or("wrong_type")?;
        if libm::trunc(n) != n {
            return Err("wrong_type");
        }
        if n < min as f64 || n > max as f64 {
            return Err("out_of_range");
        }
        Ok(Value::from(n as u64))
    };
    if matches!(kind, Kind::Points { .. }) {
        return own_points::checked(value, path);
    }
    let result = match *kind {
        Kind::Integer { min, max } => whole(value, min, max),
        Kind::Number { min, max } => match value.as_f64() {
            None => Err("wrong_type"),
            Some(n) if n >= min && n <= max => Ok(Value::from(n + 0.0)), // -0 becomes 0
            Some(_) => Err("out_of_range"),
        },
        Kind::Boolean => value.as_bool().map(Value::from).ok_or("wrong_type"),
        Kind::Choice { choices } => match value.as_str() {
            None => Err("wrong_type"),
            Some(word) if choices.contains(&word) => Ok(word.into()),
            Some(_) => Err("out_of_range"),
        },
        Kind::Integers { min, max, max_items } => match value.as_array() {
            None => Err("wrong_type"),
            Some(items) if items.len() > max_items => Err("out_of_range"),
            Some(items) => items
                .iter()
                .map(|v| whole(v, min, max))
                .collect::<Result<Vec<_>, _>>()
                .map(Value::from),
        },
        Kind::Text { .. } if own_table::is_text(value) => Ok(value.clone()),
        Kind::Text { .. } => Err("wrong_type"),
        Kind::Points { .. } => unreachable!("checked above"),
    };
    result.map_err(|code| refuse(code, path, value, &allowed(kind)))
}

/// What a kind allows, in words.
pub(crate) fn allowed(kind: &Kind) -> String {
    match kind {
        Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
        Kind::Number { min, max } => {
            format!("a number from {} to {}", json::number(*min), json::number(*max))
        }
        Kind::Boolean => "true or false".into(),
        Kind::Choice { choices } => format!("one of {}", choices.join(", ")),
        Kind::Integers { min, max, max_items } => {
            format!("a list of at most {max_items} whole numbers from {min} to {max}")
        }
        Kind::Points { .. } => own_points::ALLOWED.into(),
        Kind::Text { .. } => own_table::TEXT.into(),
    }
}

/// Values that are fine by themselves may not go together.
fn check_together(config: &Config) -> Result<(), Error> {
    let out = |path: &str, got: usize, allowed: String| {
        Err(Error::at(
            "out_of_range",
            path,
            format!("{path}: got {got}; allowed: {allowed}"),
        ))
    };
    own_points::check(&config.data)?;
    own_table::check(&config.data)?;
    let shape = data::shape(&config.data);
    if let Some((train, test)) = shape.most {
        if config.data.train > train {
            return out(
                "data.train",
                config.data.train,
                format!("at most {train}, which is all that this data set has"),
            );
        }
        if config.data.test > test {
            return out(
                "data.test",
                config.data.test,
                format!("at most {test}, which is all that this data set has"),
            );
        }
    }
    let Transfer {
        size,
        labelled,
        omit_classes,
    } = &config.transfer;
    if *size > config.data.train {
        return out(
            "transfer.size",
            *size,
            format!("at most {} (data.train)", config.data.train),
        );
    }
    if labelled > size {
        return out(
            "transfer.labelled",
            *labelled,
            format!("at most {size} (transfer.size)"),
        );
    }
    let classes = shape.classes.len();
    if let Some(&class) = omit_classes.iter().find(|&&c| c >= classes) {
        return out(
            "transfer.omit_classes",
            class,
            format!("classes from 0 to {}", classes - 1),
        );
    }
    let twice = (1..omit_classes.len()).any(|i| omit_classes[..i].contains(&omit_classes[i]));
    if twice || omit_classes.len() == classes {
        let allowed = format!("each class once, and at most {} of the {classes}", classes - 1);
        let got = Value::from(omit_classes.as_slice());
        return Err(refuse("out_of_range", "transfer.omit_classes", &got, &allowed));
    }
    for (path, training, members) in [
        ("teacher.hidden", &config.teacher.training, config.teacher.members),
        ("student.hidden", &config.student, 1),
    ] {
        let parameters = members * parameters(training, shape.features, classes);
        if parameters > MAX_PARAMETERS {
            let message = format!(
                "{path}: got a network of {parameters} parameters; allowed: at most {MAX_PARAMETERS}"
            );
            return Err(Error::at("too_large", path, message));
        }
    }
    config.method_setting().check()
}

fn parameters(training: &Training, features: usize, classes: usize) -> usize {
    let widths = std::iter::once(features)
        .chain(training.hidden.iter().copied())
        .chain([classes]);
    let widths: Vec<usize> = widths.collect();
    widths.windows(2).map(|w| (w[0] + 1) * w[1]).sum()
}

impl Optimizer {
    /// The defaults of the optimiser called `name` (`adam`, `adamw` or `sgd`); those of Adam are Keras's.
    pub(super) fn defaults(name: &str) -> Self {
        let (learning_rate, beta1, beta2, epsilon) = (0.001, 0.9, 0.999, 1e-7);
        match name {
            "sgd" => Self::Sgd {
                learning_rate: 0.05,
                momentum: 0.9,
                nesterov: false,
            },
            "adamw" => Self::AdamW {
                learning_rate,
                beta1,
                beta2,
                epsilon,
                weight_decay: 0.01,
            },
            _ => Self::Adam {
                learning_rate,
                beta1,
                beta2,
                epsilon,
            },
        }
    }
}
