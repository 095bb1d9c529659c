//! Code that repeats an experiment elsewhere, made from a template and a config.
//!
//! A template is a Python file with marks in it. `{{teacher.hidden}}` stands for that field's value, as Python writes it. Lines
//! that begin with `#[` are instructions to [`fill`] and are left out:
//!
//! ```text
//! #[if distillation.method = soft_targets|logit_matching]    the field is one of these
//! #[if refine.steps]                                         the field is there, and not 0, false, "" or []
//! #[else]
//! #[end]
//! #[include data]                                            the part of that name
//! ```
//!
//! So what is in a script is what is in the config: there is no second list of settings that could fall behind.

use crate::Error;
use crate::config::Config;
use crate::experiment::ENGINE_VERSION;
use serde_json::Value;

/// A template with the parts that it includes.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// The file that says how a framework does it.
    pub main: &'a str,
    /// `data`: the data set, batches.
    pub data: &'a str,
    /// `process`: teacher, transfer set, students, refinement.
    pub process: &'a str,
}

/// Keras 3, any backend.
#[cfg(not(target_arch = "wasm32"))]
pub const KERAS: Template = Template {
    main: include_str!("templates/keras.py"),
    data: include_str!("templates/data.py"),
    process: include_str!("templates/process.py"),
};

/// PyTorch.
#[cfg(not(target_arch = "wasm32"))]
pub const PYTORCH: Template = Template {
    main: include_str!("templates/pytorch.py"),
    ..KERAS
};

/// The script of `config`; `link` leads to the same experiment on the page and may be empty.
///
/// # Errors
/// A template that names a field which the config does not have, or whose marks do not match: `bad_template`, with the line.
pub fn fill(template: &Template, config: &Config, link: &str) -> Result<String, Error> {
    let mut fields: Value = serde_json::to_value(config).expect("a config is plain data");
    fields["config"] = config.to_json().into();
    fields["engine_version"] = ENGINE_VERSION.into();
    fields["link"] = link.into();
    let mut script = Script {
        fields,
        text: String::new(),
        open: Vec::new(),
    };
    for line in template.main.lines() {
        match line.strip_prefix("#[include ").and_then(|l| l.strip_suffix(']')) {
            Some("data") => script.add_all(template.data)?,
            Some("process") => script.add_all(template.process)?,
            _ => script.add(line)?,
        }
    }
    if script.open.is_empty() {
        Ok(script.text)
    } else {
        Err(bad("an #[if] without an #[end]"))
    }
}

fn bad(line: &str) -> Error {
    Error::at("bad_template", "", format!("template: cannot read `{line}`"))
}

struct Script {
    fields: Value,
    text: String,
    /// For each `#[if]` around the line at hand, whether its lines are in the script.
    open: Vec<bool>,
}

impl Script {
    /// Whether lines are in the script, as things stand.
    fn shown(&self) -> bool {
        self.open.iter().all(|&shown| shown)
    }

    fn add_all(&mut self, part: &str) -> Result<(), Error> {
        part.lines().try_for_each(|line| self.add(line))
    }

    fn add(&mut self, line: &str) -> Result<(), Error> {
        if let Some(mark) = line.strip_prefix("#[").and_then(|l| l.strip_suffix(']')) {
            return self.obey(mark).ok_or_else(|| bad(line));
        }
        if self.shown() {
            self.write(line).ok_or_else(|| bad(line))?;
            self.text.push('\n');
        }
        Ok(())
    }

    fn obey(&mut self, mark: &str) -> Option<()> {
        if mark == "end" {
            self.open.pop()?;
        } else if mark == "else" {
            let last = self.open.last_mut()?;
            *last = !*last;
        } else {
            let condition = mark.strip_prefix("if ")?;
            let shown = match condition.split_once(" = ") {
                // Within what is left out, a field need not be there.
                _ if !self.shown() => false,
                Some((path, words)) => {
                    let value = text(self.field(path)?);
                    words.split('|').any(|word| word == value)
                }
                None => match self.field(condition)? {
                    Value::Number(n) => n.as_f64() != Some(0.0),
                    Value::Array(items) => !items.is_empty(),
                    Value::String(s) => !s.is_empty(),
                    other => *other == Value::Bool(true),
                },
            };
            self.open.push(shown);
        }
        Some(())
    }

    /// A line with the values of the fields that it names.
    fn write(&mut self, line: &str) -> Option<()> {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("{{") {
            let (path, after) = after.split_once("}}")?;
            let value = text(self.field(path)?);
            self.text.push_str(before);
            self.text.push_str(&value);
            rest = after;
        }
        self.text.push_str(rest);
        Some(())
    }

    fn field(&self, path: &str) -> Option<&Value> {
        path.split('.')
            .try_fold(&self.fields, |value, key| value.get(key))
    }
}

/// A value as Python writes it; a string without quotes.
fn text(value: &Value) -> String {
    match value {
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::String(s) => s.clone(),
        Value::Array(_) => value.to_string().replace(',', ", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(main: &str) -> Result<String, Error> {
        let template = Template {
            main,
            data: "d = {{data.train}}",
            process: "",
        };
        fill(&template, &Config::preset("fifty-digits").unwrap(), "")
    }

    #[test]
    fn fields_conditions_and_parts_are_followed() {
        let text = filled(concat!(
            "h = {{teacher.hidden}}, {{distillation.alpha}}\n",
            "#[if distillation.method = hard_teacher|soft_targets]\nsoft\n#[if refine.steps]\nrefine\n#[else]\nno refine\n#[end]\n",
            "#[else]\nother\n#[end]\n#[if transfer.omit_classes]\nomits\n#[end]\n#[if link]\nlink\n#[end]\n#[include data]\n",
        ));
        assert_eq!(text.unwrap(), "h = [128, 128], 0.9\nsoft\nno refine\nd = 1000\n");
    }

    #[test]
    fn a_mark_that_cannot_be_obeyed_is_an_error_that_shows_it() {
        for line in [
            "{{teacher.width}}",
            "#[if teacher.width]",
            "#[end]",
            "#[unless x]",
            "{{seed",
        ] {
            assert!(filled(line).unwrap_err().message.contains(line), "{line}");
        }
        assert!(filled("#[if seed]\nx").is_err());
    }
}
