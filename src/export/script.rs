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
use crate::config::{Config, DataName};
use crate::experiment::ENGINE_VERSION;
use crate::json;
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
/// The data set `table`: `no_script`. A template that names a field which the config does not have, or whose marks do not match: `bad_template`, with the line.
#[cold]
pub fn fill(template: &Template, config: &Config, link: &str) -> Result<String, Error> {
    if config.data.name == DataName::Table {
        // How a file was read is not in the config: a script that guessed would train on something else.
        let message = "export: no script for a table of one's own, whose reading it could not repeat to the bit; allowed: the \
                       other data sets, or curves, weights and result as files";
        return Err(Error::at("no_script", "data.name", message));
    }
    let mut script = Script {
        template,
        fields: json::value(config),
        config: config.to_json(),
        link,
        text: String::new(),
        open: Vec::new(),
    };
    script.add_all(template.main)?;
    if script.open.is_empty() {
        Ok(script.text)
    } else {
        Err(bad("an #[if] without an #[end]"))
    }
}

fn bad(line: &str) -> Error {
    Error::at("bad_template", "", format!("template: cannot read `{line}`"))
}

/// What is before `mark` in `text`, and what is after it. Lines, words and paths are all taken apart by this one function.
#[cold]
#[inline(never)]
pub(super) fn cut<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = (0..text.len()).find(|&i| text.as_bytes()[i..].starts_with(mark.as_bytes()))?;
    // A mark begins and ends between two characters; an index would bring along what prints where it does not.
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

struct Script<'a> {
    template: &'a Template<'a>,
    fields: Value,
    config: String,
    link: &'a str,
    text: String,
    /// For each `#[if]` around the line at hand, whether its lines are in the script.
    open: Vec<bool>,
}

impl Script<'_> {
    #[cold]
    fn add_all(&mut self, mut part: &str) -> Result<(), Error> {
        while !part.is_empty() {
            let (line, after) = cut(part, "\n").unwrap_or((part, ""));
            part = after;
            match line {
                "#[include data]" => self.add_all(self.template.data)?,
                "#[include process]" => self.add_all(self.template.process)?,
                _ => self.add(line).ok_or_else(|| bad(line))?,
            }
        }
        Ok(())
    }

    #[cold]
    fn add(&mut self, line: &str) -> Option<()> {
        // Within what is left out, a field need not be there.
        let shown = !self.open.contains(&false);
        if line == "#[end]" {
            self.open.pop()?;
        } else if line == "#[else]" {
            let last = self.open.last_mut()?;
            *last = !*last;
        } else if let Some(condition) = line.strip_prefix("#[if ") {
            let holds = shown && self.holds(condition.strip_suffix(']')?)?;
            self.open.push(holds);
        } else if line.starts_with("#[") {
            return None;
        } else if shown {
            self.write(line)?;
        }
        Some(())
    }

    #[cold]
    fn holds(&self, condition: &str) -> Option<bool> {
        let Some((path, words)) = cut(condition, " = ") else {
            let value = self.field(condition)?;
            return Some(!["0", "0.0", "False", "[]", ""].contains(&&*value));
        };
        let value = self.field(path)?;
        let mut words = words;
        while let Some((word, after)) = cut(words, "|") {
            if word == value {
                return Some(true);
            }
            words = after;
        }
        Some(words == value)
    }

    /// A line with the values of the fields that it names.
    #[cold]
    fn write(&mut self, mut line: &str) -> Option<()> {
        while let Some((before, after)) = cut(line, "{{") {
            let (path, after) = cut(after, "}}")?;
            self.text.push_str(before);
            self.text.push_str(&self.field(path)?);
            line = after;
        }
        self.text.push_str(line);
        self.text.push('\n');
        Some(())
    }

    /// A field as Python writes it, or one of the words that are about the whole.
    fn field(&self, path: &str) -> Option<String> {
        match path {
            "config" => return Some(self.config.clone()),
            "engine_version" => return Some(ENGINE_VERSION.into()),
            "link" => return Some(self.link.into()),
            _ => {}
        }
        let (mut value, mut path) = (&self.fields, path);
        while let Some((key, after)) = cut(path, ".") {
            (value, path) = (value.get(key)?, after);
        }
        Some(text(value.get(path)?))
    }
}

/// A value as Python writes it; a string without quotes.
#[cold]
#[inline(never)]
fn text(value: &Value) -> String {
    match value {
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::String(s) => s.clone(),
        Value::Array(items) => {
            let mut list = String::from("[");
            for item in items {
                if list.len() > 1 {
                    list.push_str(", ");
                }
                list.push_str(&text(item));
            }
            list + "]"
        }
        other => json::text(other),
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
