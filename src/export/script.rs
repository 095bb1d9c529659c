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
//! #[include load]                                            the data set's own part, see [`crate::data::DataSet::python`]
//! #[include method.keras]                                    the part `keras` of the method's own file, which begins after a line
//!                                                            `#[part keras]`
//! ```
//!
//! A path in quotes, `{{'data.table.file'}}`, stands for the value as JSON: a string or a list of strings in JSON is one in
//! Python too. Paths that begin with `recipe` are about how a user's table was read, which is no part of the config, and those that begin with
//! `method` about the layers that a method looks at, counted from 0: `method.hidden` says whether it does.
//!
//! So what is in a script is what is in the config: there is no second list of settings that could fall behind.

use crate::Error;
use crate::config::Config;
use crate::data::Origin;
use crate::experiment::ENGINE_VERSION;
use crate::refusal::Allowed;
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
    /// `load`: the data set's own file, [`crate::data::DataSet::python`].
    pub load: &'a str,
    /// `method`: the method's own file, [`crate::distil::Method::snippet`].
    pub method: &'a str,
}

/// Keras 3, any backend, for what `config` names.
#[cfg(not(target_arch = "wasm32"))]
pub fn keras(config: &Config) -> Template<'static> {
    Template {
        main: include_str!("templates/keras.py"),
        data: include_str!("templates/data.py"),
        process: include_str!("templates/process.py"),
        load: config.data.name.python.text,
        method: config.distillation.method.snippet.text,
    }
}

/// PyTorch, for what `config` names.
#[cfg(not(target_arch = "wasm32"))]
pub fn pytorch(config: &Config) -> Template<'static> {
    Template { main: include_str!("templates/pytorch.py"), ..keras(config) }
}

/// The script of `config`; `link` leads to the same experiment on the page and may be empty. `recipe`: for the data set
/// `table`, how it was read, as the reader of tables tells it (the JSON of its `Recipe`); else empty.
///
/// # Errors
/// `no_script` where the recipe is lacking, or is another table's. A template that names a field which the config does not have, or whose marks do not match: `bad_template`, with the line.
pub fn fill(template: &Template, config: &Config, link: &str, recipe: &str) -> Result<String, Error> {
    let mut fields = serde_json::to_value(config).expect("plain data has a JSON form");
    if config.data.name.origin == Origin::Table {
        let recipe = serde_json::from_str(recipe).unwrap_or(Value::Null);
        let hash = recipe.get("hash").and_then(Value::as_str);
        if hash != Some(config.data.table.hash.as_str()) {
            // How a file was read is not in the config: a script that guessed would train on something else.
            return Err(Error::new("no_script", "data.table", (), Allowed::TableRead));
        }
        if let Some(all) = fields.as_object_mut() {
            all.insert("recipe".into(), recipe);
        }
    }
    let setting = config.method_setting();
    let layers = [setting.student_layer(), setting.teacher_layer()];
    if let Some(all) = fields.as_object_mut() {
        let method = serde_json::json!({
            "hidden": layers[0].is_some(), "student_layer": layers[0], "teacher_layer": layers[1],
        });
        all.insert("method".into(), method);
    }
    let mut script =
        Script { template, fields, config: config.to_json(), link, text: String::new(), open: Vec::new() };
    script.add_all(template.main)?;
    if script.open.is_empty() { Ok(script.text) } else { Err(bad("an #[if] without an #[end]")) }
}

fn bad(line: &str) -> Error {
    Error::new("bad_template", "", line, Allowed::TemplateLine)
}

/// What is before `mark` in `text`, and what is after it. Lines, words and paths are all taken apart by this one function.
pub(super) fn cut<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = (0..text.len()).find(|&i| text.as_bytes()[i..].starts_with(mark.as_bytes()))?;
    // A mark begins and ends between two characters; an index would bring along what prints where it does not.
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// What stands in a method's file between `#[part NAME]` and the next part.
fn part_of<'t>(file: &'t str, name: &str) -> Option<&'t str> {
    let mut parts = file.split("#[part ").filter_map(|part| cut(part, "]\n"));
    parts.find(|(own, _)| *own == name).map(|(_, text)| text)
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
    fn add_all(&mut self, mut part: &str) -> Result<(), Error> {
        while !part.is_empty() {
            let (line, after) = cut(part, "\n").unwrap_or((part, ""));
            part = after;
            match line {
                "#[include load]" => self.add_all(self.template.load)?,
                "#[include data]" => self.add_all(self.template.data)?,
                "#[include process]" => self.add_all(self.template.process)?,
                _ => match line.strip_prefix("#[include method.").and_then(|l| l.strip_suffix(']')) {
                    Some(name) => {
                        self.add_all(part_of(self.template.method, name).ok_or_else(|| bad(line))?)?
                    }
                    None => self.add(line).ok_or_else(|| bad(line))?,
                },
            }
        }
        Ok(())
    }

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
        let quoted = path.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let path = quoted.unwrap_or(path);
        let (mut value, mut path) = (&self.fields, path);
        while let Some((key, after)) = cut(path, ".") {
            (value, path) = (value.get(key)?, after);
        }
        let value = value.get(path)?;
        Some(if quoted.is_some() { value.to_string() } else { text(value) })
    }
}

/// A value as Python writes it, a float with its point (Keras refuses a whole number as momentum); a string without quotes.
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
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(main: &str) -> Result<String, Error> {
        let config = Config::preset("fifty-digits").unwrap();
        let template = Template { main, data: "d = {{data.train}}", ..keras(&config) };
        fill(&template, &config, "", "")
    }

    #[test]
    fn a_path_in_quotes_is_a_string_of_python() {
        let text = filled("f = {{'data.name'}}, {{data.name}}, {{'teacher.hidden'}}\n").unwrap();
        assert_eq!(text, "f = \"digits\", digits, [128,128]\n");
    }

    #[test]
    fn a_table_needs_its_own_recipe() {
        let table = serde_json::json!({ "name": "table", "table": {
            "file": "it's \"mine\".csv", "hash": "0123456789abcdef", "shape": [8, 2, 2, 2],
        } });
        let config = Config::preset("fifty-digits").unwrap();
        let config = config.with(&serde_json::json!({ "data": table })).unwrap();
        let template = Template {
            main: "{{'data.table.file'}} {{'recipe.classes'}}\n#[if recipe.header]\nnames\n#[end]\n",
            ..keras(&config)
        };
        for recipe in ["", "{}", r#"{"hash":"0123456789abcdee"}"#] {
            let error = fill(&template, &config, "", recipe).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), ("no_script", "data.table"));
        }
        let recipe = r#"{"hash":"0123456789abcdef","classes":["a","\\b\n"],"header":true}"#;
        let text = fill(&template, &config, "", recipe).unwrap();
        assert_eq!(text, "\"it's \\\"mine\\\".csv\" [\"a\",\"\\\\b\\n\"]\nnames\n");
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
    fn a_methods_own_part_is_included_by_name() {
        let text = filled("#[include method.targets]\n#[if method.hidden]\nlayers\n#[end]\n").unwrap();
        assert!(text.starts_with("targets = ") && !text.contains("layers"), "{text}");
        assert!(filled("#[include method.fortran]\n").is_err());
    }

    #[test]
    fn a_script_multiplies_the_students_steps_and_teaches_the_teacher_what_it_may_see() {
        let script = |partial: serde_json::Value| {
            let config = Config::preset("fifty-digits").unwrap().with(&partial).unwrap();
            [keras(&config), pytorch(&config)].map(|template| fill(&template, &config, "", "").unwrap())
        };
        let plain = script(serde_json::json!({}));
        let other = script(serde_json::json!({ "budget": 3, "teacher": { "sees": "transfer" } }));
        for (plain, other) in plain.iter().zip(&other) {
            for (text, steps, samples) in [
                (plain, "\nSTUDENT_STEPS = 2000\n", "\nx_teacher, y_teacher = x_train, y_train\n"),
                (other, "\nSTUDENT_STEPS = 2000 * 3  # ", "\nx_teacher, y_teacher = x[y >= 0], y[y >= 0]\n"),
            ] {
                assert!(text.contains(steps) && text.contains(samples), "{text}");
                assert_eq!(text.matches("    steps=STUDENT_STEPS,\n").count(), 2, "of both students");
            }
        }
    }

    #[test]
    fn a_mark_that_cannot_be_obeyed_is_an_error_that_shows_it() {
        for line in ["{{teacher.width}}", "#[if teacher.width]", "#[end]", "#[unless x]", "{{seed"] {
            assert!(filled(line).unwrap_err().message.contains(line), "{line}");
        }
        assert!(filled("#[if seed]\nx").is_err());
    }
}
