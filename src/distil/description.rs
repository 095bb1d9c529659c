//! The methods as plain data, for the page and for documents.

use super::soft_targets::SOFT;
use super::{Kind, METHODS, Method, Term, Weight, Words};
use crate::refusal::english;
use serde::Serialize;

/// A method, as a page shows it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "MethodInfo"))]
pub struct Description {
    /// Its name in configs.
    pub name: &'static str,
    /// Its name for people.
    pub title: Words,
    /// When it helps.
    pub helps: Words,
    /// Where it comes from.
    pub source: &'static str,
    /// The whole loss: `α · T² · KL + (1 − α) · CE`.
    pub formula: String,
    /// Its terms, in the formula's order.
    pub terms: Vec<TermDescription>,
    /// Whether the soft term is `T² · KL`, which a loss panel can show in its factors.
    pub softened: bool,
    /// Its own settings.
    pub options: Vec<OptionDescription>,
}

/// A term of a method's loss.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TermDescription {
    /// Which row of a loss panel it belongs to.
    pub kind: Kind,
    /// With its weight.
    pub formula: String,
}

/// A method's own setting.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OptionDescription {
    /// The field's path.
    pub path: &'static str,
    /// How formulas write it.
    pub symbol: &'static str,
    /// What it is.
    pub doc: Words,
}

/// Every method, in the order in which they are offered.
pub fn descriptions() -> Vec<Description> {
    METHODS.iter().map(|method| method.description()).collect()
}

/// Whether the field at `path` is a method's own.
pub fn is_option(path: &str) -> bool {
    METHODS.iter().flat_map(|m| m.options).any(|option| option.field.path == path)
}

/// The part of docs/config.md about methods and their options.
pub fn markdown() -> String {
    let mut out = String::from(
        "\n## Methods\n\nThe choices of `distillation.method`. `α` is `distillation.alpha`, T `distillation.temperature`. A sample without a label adds\n\
         nothing to CE and counts in the mean.\n\n| name | title | loss | helps | source |\n| --- | --- | --- | --- | --- |\n",
    );
    for d in descriptions() {
        let formula = d.formula.replace('|', "\\|");
        out += &format!("| `{}` | {} | {formula} | {} | {} |\n", d.name, d.title.en, d.helps.en, d.source);
    }
    out += "\nOptions of single methods; a config may set any of them, and its method reads its own.\n\n\
            | field | allowed | default | in formulas | meaning |\n| --- | --- | --- | --- | --- |\n";
    for option in METHODS.iter().flat_map(|m| m.options) {
        out += &format!(
            "| `{}` | {} | `{}` | {} | {} |\n",
            option.field.path,
            english::of_kind(&option.field.kind),
            english::number(option.default),
            option.symbol,
            option.field.doc
        );
    }
    out
}

impl Method {
    fn description(&self) -> Description {
        let terms: Vec<TermDescription> = self.terms.iter().map(|term| self.term(term)).collect();
        let formulas: Vec<&str> = terms.iter().map(|term| term.formula.as_str()).collect();
        Description {
            name: self.name,
            title: self.title,
            helps: self.helps,
            source: self.source,
            formula: formulas.join(" + "),
            softened: self.terms.iter().any(|term| term.formula == SOFT.formula),
            options: self
                .options
                .iter()
                .map(|option| OptionDescription {
                    path: option.field.path,
                    symbol: option.symbol,
                    doc: Words { en: option.field.doc, de: option.german },
                })
                .collect(),
            terms,
        }
    }

    fn term(&self, term: &Term) -> TermDescription {
        let weight = match term.weight {
            Weight::Alpha => "α · ".into(),
            Weight::Rest => "(1 − α) · ".into(),
            Weight::One | Weight::Own => String::new(),
            Weight::Option(path) => {
                let option = self.options.iter().find(|option| option.key() == path);
                format!("{} · ", option.expect("a method weighs by its own options").symbol)
            }
        };
        TermDescription { kind: term.kind(), formula: format!("{weight}{}", term.formula) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::export::script;

    #[test]
    fn a_formula_is_its_terms_with_their_weights() {
        let formula = |name: &str| {
            let all = descriptions();
            all.into_iter().find(|d| d.name == name).map(|d| d.formula).unwrap()
        };
        assert_eq!(formula("soft_targets"), "α · T² · KL + (1 − α) · CE");
        assert_eq!(formula("hint"), "α · T² · KL + (1 − α) · CE + β · ½ |hW + b − hₜ|² / m");
        assert_eq!(formula("label_smoothing"), "CE");
    }

    /// What holds of every method in the list, also of one that is added.
    #[test]
    fn every_method_says_all_of_itself() {
        for method in METHODS {
            let name = method.name;
            for words in [method.title, method.helps] {
                assert!(!words.en.is_empty() && !words.de.is_empty() && words.en != words.de, "{name}");
            }
            assert!(method.helps.en.ends_with('.') && method.helps.de.ends_with('.'), "{name}");
            assert!(!method.source.is_empty(), "{name}");
            for kind in [Kind::Soft, Kind::Hard, Kind::Own] {
                assert!(
                    method.terms.iter().filter(|t| t.kind() == kind).count() <= 1,
                    "{name}: two terms of a kind"
                );
            }
            for part in ["keras", "pytorch", "targets"] {
                assert_eq!(
                    method.snippet.text.matches(&format!("#[part {part}]\n")).count(),
                    1,
                    "{name}.py: {part}"
                );
            }
            let config = Config::preset("fifty-digits")
                .unwrap()
                .with_field("distillation.method", name.into())
                .unwrap();
            for template in [script::keras, script::pytorch] {
                let text = script::fill(&template(&config), &config, "", "").unwrap();
                assert!(text.contains("distillation_loss") && !text.contains("\n#["), "{name}");
            }
            for option in method.options {
                let config = config.with_field(option.field.path, option.default.into()).unwrap();
                assert_eq!(config.distillation.options.get(option.key()), option.default, "{name}");
            }
        }
    }

    /// A short run of every method: the loss falls to something finite, and its bits are the same twice.
    #[test]
    fn every_method_trains() {
        use crate::experiment::Experiment;
        for method in METHODS {
            let config = serde_json::json!({
                "data": { "name": "moons", "train": 60, "test": 40 }, "teacher": { "hidden": [8, 6], "steps": 30, "members": 2 },
                "transfer": { "size": 40, "labelled": 25 }, "student": { "hidden": [4], "steps": 30 },
                "distillation": { "method": method.name },
            });
            let config = Config::preset("fifty-digits").unwrap().with(&config).unwrap();
            let digest = || Experiment::new(config.clone()).unwrap().run().unwrap().digest;
            assert_eq!(digest(), digest(), "{}", method.name);
        }
    }
}
