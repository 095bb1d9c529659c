//! Two settings, A and B, over the same seeds: how far they are apart, and whether the seeds can tell.
//!
//! Under one seed both have the same draws wherever their settings are the same: data, initial weights, batches. So they are
//! compared seed by seed, and the verdict is that of the paired t test at 5 %, two-sided: one is better where the 95 % interval of the
//! mean difference leaves out zero.
//!
//! ```
//! use distill_lab::comparison::{Plan, Score, Sides, Verdict, compare};
//! use distill_lab::config::Config;
//! let soft = Config::preset("unlabelled")?;
//! let hard = soft.with_json(r#"{ "distillation": {"method": "hard_teacher"} }"#)?;
//! let plan = Plan::new(soft, hard, Plan::DISTILLED)?;
//! // What a training of each gave under the seeds 1 and 2.
//! let score = |accuracy| Score { accuracy, nll: 0.2 };
//! let results = [Sides { a: score(0.9), b: score(0.8) }, Sides { a: score(0.8), b: score(0.72) }];
//! let found = compare(&plan, &[1, 2], &results).unwrap();
//! assert_eq!(found.settings[0].path, "distillation.method");
//! assert!((found.difference.mean - 0.09).abs() < 1e-12);
//! assert_eq!(found.verdict, Verdict::Undecided); // two seeds prove little
//! # Ok::<(), distill_lab::Error>(())
//! ```

use crate::Error;
use crate::config::Config;
use crate::experiment::summary::Interval;
use crate::experiment::{ModelName, Outcome};
use crate::field::Kind;
use serde::Serialize;
use serde_json::Value;

/// Something of A's, and the same of B's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)]
pub struct Sides<T> {
    pub a: T,
    pub b: T,
}

/// What is to be compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "ComparisonPlan"))]
pub struct Plan {
    /// The settings of the one, complete.
    pub a: Config,
    /// The settings of the other, under A's seed.
    pub b: Config,
    /// Whose scores are compared.
    pub models: Sides<ModelName>,
}

impl Plan {
    /// Names of the models that are compared unless others are named.
    pub const DISTILLED: Sides<&str> = Sides { a: "student_distilled", b: "student_distilled" };

    /// The plan to compare a model of `a` with one of `b`. The seeds are chosen apart: that of `b` counts for nothing.
    ///
    /// # Errors
    /// A name that no model of its settings has: `student_refined` is there where these refine.
    pub fn new(a: Config, mut b: Config, models: Sides<&str>) -> Result<Self, Error> {
        b.seed = a.seed;
        let models = Sides { a: model("models.a", &a, models.a)?, b: model("models.b", &b, models.b)? };
        Ok(Self { a, b, models })
    }

    /// The plan of what somebody asks for, with `a` and `b` as partial configs in JSON over `base`.
    ///
    /// # Errors
    /// As [`Config::with_json`] and [`Plan::new`]; the path says which of the two is to blame, `b.distillation.method`.
    pub fn over(base: &Config, a: &str, b: &str, models: Sides<&str>) -> Result<Self, Error> {
        let side = |name, partial| base.with_json(partial).map_err(|error| of_side(name, error));
        Self::new(side("a", a)?, side("b", b)?, models)
    }

    /// A plan that was serialised.
    ///
    /// # Errors
    /// Whatever is none.
    pub fn read(plan: &Value) -> Result<Self, Error> {
        let base = Config::preset(crate::config::DEFAULT_PRESET)?;
        let models = &plan["models"];
        let named = |side: &str| models[side].as_str().unwrap_or_default();
        let models = Sides { a: named("a"), b: named("b") };
        Self::new(base.with(&plan["a"])?, base.with(&plan["b"])?, models)
    }
}

fn of_side(side: &str, mut error: Error) -> Error {
    let dot = if error.path.is_empty() { ": " } else { "." };
    error.message = format!("{side}{dot}{}", error.message);
    error.path = format!("{side}.{}", error.path).trim_end_matches('.').into();
    error
}

fn model(path: &str, config: &Config, name: &str) -> Result<ModelName, Error> {
    const NAMES: &[&str] = &["teacher", "student_alone", "student_distilled", "student_refined"];
    let there = if config.refine.steps > 0 { NAMES } else { &NAMES[..3] };
    match there.iter().position(|one| *one == name) {
        Some(i) => Ok(ModelName::ALL[i]),
        None => Err(Error::new("out_of_range", path, name, Kind::Choice { choices: there })),
    }
}

/// How good a model is on the test set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Share of the samples whose largest logit is the label's.
    pub accuracy: f64,
    /// Mean negative log likelihood, in nats.
    pub nll: f64,
}

impl Score {
    /// That of a model of `outcome`; `None` where it has no such model.
    pub fn of(outcome: &Outcome, model: ModelName) -> Option<Self> {
        let report = match model {
            ModelName::Teacher => &outcome.teacher,
            ModelName::StudentAlone => &outcome.student_alone,
            ModelName::StudentDistilled => &outcome.student_distilled,
            ModelName::StudentRefined => outcome.student_refined.as_ref()?,
        };
        Some(Self { accuracy: report.accuracy, nll: report.nll })
    }

    /// That of a model of a result in its JSON form.
    pub fn read(result: &Value, model: ModelName) -> Option<Self> {
        let report = &result[model.as_str()];
        Some(Self { accuracy: report["accuracy"].as_f64()?, nll: report["nll"].as_f64()? })
    }
}

/// Scores, one for each seed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)] // named as in [`Score`]
pub struct Scores {
    pub accuracy: Vec<f64>,
    pub nll: Vec<f64>,
}

/// Which of the two is better, as far as the seeds can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A has the higher accuracy, and the interval of the difference leaves out zero.
    A,
    /// Likewise B.
    B,
    /// The interval holds zero.
    Undecided,
    /// One seed allows no verdict.
    OneSeed,
}

/// A setting that A and B do not share.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Difference {
    /// `distillation.temperature`
    pub path: String,
    /// A's value; `null` where A has no such setting.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub a: Value,
    /// Likewise B's.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub b: Value,
}

/// Two settings over the same seeds. Accuracies and their differences are shares: 0.01 is a point.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Comparison {
    /// The settings of the one, complete.
    pub a: Config,
    /// The settings of the other, under A's seed.
    pub b: Config,
    /// Whose scores are compared.
    pub models: Sides<ModelName>,
    /// The seeds that both were trained under.
    pub seeds: Vec<u64>,
    /// Seed by seed.
    pub scores: Sides<Scores>,
    /// A's accuracy minus B's, seed by seed.
    pub by_seed: Vec<f64>,
    /// Mean accuracies.
    pub means: Sides<Interval>,
    /// A's accuracy minus B's, paired by seed.
    pub difference: Interval,
    /// Likewise of the negative log likelihoods, of which the lower is the better.
    pub nll_difference: Interval,
    /// By `difference`.
    pub verdict: Verdict,
    /// The settings in which A and B differ, in the order of a config.
    pub settings: Vec<Difference>,
    /// Whether both are tested on the same samples. Where they are not, a seed makes a pair all the same, of less in common.
    pub same_test_set: bool,
}

/// Compares what came out under each of `seeds`. `None` where there is no seed.
pub fn compare(plan: &Plan, seeds: &[u64], results: &[Sides<Score>]) -> Option<Comparison> {
    if results.is_empty() {
        return None;
    }
    let column = |of: fn(&Sides<Score>) -> f64| results.iter().map(of).collect::<Vec<f64>>();
    let scores = Sides {
        a: Scores { accuracy: column(|r| r.a.accuracy), nll: column(|r| r.a.nll) },
        b: Scores { accuracy: column(|r| r.b.accuracy), nll: column(|r| r.b.nll) },
    };
    let by_seed = column(|r| r.a.accuracy - r.b.accuracy);
    let difference = Interval::of(&by_seed);
    let verdict = match difference.ci95 {
        None => Verdict::OneSeed,
        Some(half) if difference.mean > half => Verdict::A,
        Some(half) if -difference.mean > half => Verdict::B,
        Some(_) => Verdict::Undecided,
    };
    Some(Comparison {
        a: plan.a.clone(),
        b: plan.b.clone(),
        models: plan.models,
        seeds: seeds.to_vec(),
        means: Sides { a: Interval::of(&scores.a.accuracy), b: Interval::of(&scores.b.accuracy) },
        scores,
        by_seed,
        difference,
        nll_difference: Interval::of(&column(|r| r.a.nll - r.b.nll)),
        verdict,
        settings: differences(&plan.a, &plan.b),
        same_test_set: same_test_set(&plan.a, &plan.b),
    })
}

/// Settings that `a` and `b` do not share; a preset's name only says where settings came from.
pub fn differences(a: &Config, b: &Config) -> Vec<Difference> {
    let plain = |config: &Config| serde_json::to_value(config).expect("plain data has a JSON form");
    let mut found = Vec::new();
    differ("", &plain(a), &plain(b), &mut found);
    found
}

fn differ(path: &str, a: &Value, b: &Value, found: &mut Vec<Difference>) {
    if a == b || path == "preset" || path == "seed" {
        return;
    }
    let (Some(of_a), Some(of_b)) = (a.as_object(), b.as_object()) else {
        found.push(Difference { path: path.into(), a: a.clone(), b: b.clone() });
        return;
    };
    let own = of_b.keys().filter(|key| !of_a.contains_key(*key));
    for key in of_a.keys().chain(own) {
        let dot = if path.is_empty() { "" } else { "." };
        differ(&format!("{path}{dot}{key}"), &a[key], &b[key], found);
    }
}

/// Whether equal seeds give both the same test samples: noise is in the training labels alone, and samples to choose by are training
/// samples.
fn same_test_set(a: &Config, b: &Config) -> bool {
    let mut data = a.data.clone();
    data.label_noise = b.data.label_noise;
    data.validation = b.data.validation;
    data == b.data
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plan(b: Value) -> Plan {
        let a = Config::preset("fifty-digits").unwrap();
        let b = a.with(&b).unwrap();
        Plan::new(a, b, Plan::DISTILLED).unwrap()
    }

    fn results(pairs: &[(f64, f64)]) -> Vec<Sides<Score>> {
        let score = |accuracy| Score { accuracy, nll: 1.0 - accuracy };
        pairs.iter().map(|&(a, b)| Sides { a: score(a), b: score(b) }).collect()
    }

    #[test]
    fn pairs_decide_what_means_that_spread_widely_do_not() {
        let plan = plan(json!({ "distillation": { "temperature": 4 } }));
        let pairs = results(&[(0.5, 0.48), (0.7, 0.69), (0.9, 0.88)]);
        let found = compare(&plan, &[1, 2, 3], &pairs).unwrap();
        assert_eq!(found.verdict, Verdict::A);
        assert!(found.means.a.mean - found.means.a.ci95.unwrap() < found.means.b.mean);
        let turned: Vec<_> = pairs.iter().map(|p| Sides { a: p.b, b: p.a }).collect();
        let turned = compare(&plan, &[1, 2, 3], &turned).unwrap();
        assert_eq!(turned.verdict, Verdict::B);
        assert_eq!(turned.difference.mean, -found.difference.mean);
        // The lower likelihood's loss is the better one.
        assert!(found.nll_difference.mean < 0.0);
    }

    #[test]
    fn one_seed_equal_settings_and_differences_about_zero_decide_nothing() {
        let plan = plan(json!({}));
        let verdict =
            |pairs: &[(f64, f64)]| compare(&plan, &[1, 2][..pairs.len()], &results(pairs)).unwrap().verdict;
        assert_eq!(verdict(&[(0.9, 0.1)]), Verdict::OneSeed);
        assert_eq!(verdict(&[(0.9, 0.9), (0.8, 0.8)]), Verdict::Undecided);
        assert_eq!(verdict(&[(0.9, 0.8), (0.8, 0.9)]), Verdict::Undecided);
        assert_eq!(compare(&plan, &[], &[]), None);
    }

    #[test]
    fn what_differs_is_listed_by_its_path_and_the_preset_s_name_is_no_difference() {
        let b = json!({
            "preset": "unlabelled", "seed": 9,
            "student": { "optimizer": { "name": "sgd" } }, "distillation": { "method": "hard_teacher" },
        });
        let plan = plan(b);
        assert_eq!(plan.b.seed, plan.a.seed);
        let found = differences(&plan.a, &plan.b);
        let paths: Vec<&str> = found.iter().map(|d| d.path.as_str()).collect();
        for path in
            ["distillation.method", "transfer.size", "student.optimizer.name", "student.optimizer.beta1"]
        {
            assert!(paths.contains(&path), "{paths:?}");
        }
        assert!(!paths.contains(&"preset") && !paths.contains(&"seed"));
        let momentum = found.iter().find(|d| d.path == "student.optimizer.momentum").unwrap();
        assert_eq!((&momentum.a, &momentum.b), (&Value::Null, &json!(0.9)));
    }

    #[test]
    fn other_samples_to_test_on_are_told_and_noise_in_training_labels_is_none() {
        let same = |b| compare(&plan(b), &[1], &results(&[(0.5, 0.5)])).unwrap().same_test_set;
        assert!(same(
            json!({ "distillation": { "temperature": 1 }, "data": { "label_noise": 0.2, "validation": 200 } })
        ));
        assert!(!same(json!({ "data": { "test": 300 } })));
        assert!(!same(json!({ "preset": "spirals" })));
    }

    #[test]
    fn a_model_that_is_not_there_and_a_setting_of_one_side_are_refused_by_their_place() {
        let base = Config::preset("fifty-digits").unwrap();
        let over = |a: &str, b: &str, models| Plan::over(&base, a, b, models);
        let refined = Sides { a: "student_refined", b: "student_alone" };
        let error = over("{}", "{}", refined).unwrap_err();
        assert_eq!(error.path, "models.a");
        assert!(error.message.ends_with("one of teacher, student_alone, student_distilled"), "{error}");
        let plan = over(r#"{ "refine": {"steps": 5} }"#, "{}", refined).unwrap();
        assert_eq!(plan.models, Sides { a: ModelName::StudentRefined, b: ModelName::StudentAlone });
        assert_eq!(Plan::read(&json!(plan)).unwrap(), plan);
        let error = over("{}", r#"{ "distillation": {"temperature": 0} }"#, Plan::DISTILLED).unwrap_err();
        assert_eq!(error.path, "b.distillation.temperature");
        assert!(error.message.starts_with("b.distillation.temperature: got 0; allowed"), "{error}");
        let error = over("[]", "{}", Plan::DISTILLED).unwrap_err();
        assert_eq!((error.path.as_str(), &error.message[..3]), ("a", "a: "));
    }

    #[test]
    fn a_score_is_the_same_read_from_an_outcome_and_from_its_json() {
        let small = json!({ "teacher": { "steps": 5 }, "student": { "steps": 5 }, "refine": { "steps": 2 } });
        let config = Config::preset("fifty-digits").unwrap().with(&small).unwrap();
        let outcome = crate::experiment::Experiment::new(config).unwrap().run().unwrap();
        for model in ModelName::ALL {
            let score = Score::of(&outcome, model);
            assert!(score.is_some());
            assert_eq!(score, Score::read(&json!(outcome), model));
        }
        assert_eq!(Score::read(&json!({}), ModelName::Teacher), None);
    }
}
