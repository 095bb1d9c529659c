//! Several seeds' outcomes in one: means with the half width of their 95 % intervals.

use super::{Outcome, Report, Validation};
use crate::data::{DataName, Origin};
use crate::stats;
pub use crate::stats::Interval;
use serde::Serialize;
use serde_json::Value;

/// Figures that a summary holds, as results name them.
const FIGURES: [&str; 6] = ["accuracy", "nll", "ece", "agreement", "kl_to_teacher", "validation_accuracy"];
/// Models, as results name them; the last is not always there.
const MODELS: [&str; 4] = ["teacher", "student_alone", "student_distilled", "student_refined"];
/// The two students that are compared, by their index above.
const ALONE: usize = 1;
const DISTILLED: usize = 2;

/// What a summary takes from one result.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Of each model the figures that it has, in the order of the two lists above.
    models: [Option<[Option<f64>; FIGURES.len()]>; MODELS.len()],
    /// Whether the seed draws the test samples.
    tests_drawn: bool,
    /// Test samples.
    tests: usize,
    /// [`Report::correct`] of the student alone and the distilled one; empty where a result lacks it.
    correct: [String; 2],
    validation: Option<Validation>,
}

impl From<&Outcome> for Figures {
    fn from(o: &Outcome) -> Self {
        let of = |r: &Report| {
            [Some(r.accuracy), Some(r.nll), Some(r.ece), r.agreement, r.kl_to_teacher, r.validation_accuracy]
        };
        Self {
            models: [
                Some(of(&o.teacher)),
                Some(of(&o.student_alone)),
                Some(of(&o.student_distilled)),
                o.student_refined.as_ref().map(of),
            ],
            tests_drawn: are_drawn(o.config.data.name),
            tests: o.config.data.test,
            correct: [&o.student_alone, &o.student_distilled].map(|r| r.correct.clone()),
            validation: o.validation,
        }
    }
}

/// Whether the seed draws a data set's test samples.
fn are_drawn(data: DataName) -> bool {
    data.origin == Origin::Generated
}

impl Figures {
    /// Those of a result's JSON form. `None` where it lacks a model, or a model its accuracy.
    pub fn read(result: &Value) -> Option<Self> {
        let models = MODELS.map(|model| {
            let report = result.get(model)?;
            report.get(FIGURES[0])?.as_f64()?;
            Some(FIGURES.map(|figure| report.get(figure).and_then(Value::as_f64)))
        });
        let data = result.get("config").and_then(|config| config.get("data"));
        let of_data = |key| data.and_then(|data| data.get(key));
        let name = of_data("name").and_then(Value::as_str).and_then(DataName::find);
        let tests = of_data("test").and_then(Value::as_u64).unwrap_or(0) as usize;
        let correct = [ALONE, DISTILLED].map(|model| {
            let text = result.get(MODELS[model]).and_then(|report| report.get("correct")?.as_str());
            text.filter(|text| text.len() == tests.div_ceil(4)).unwrap_or_default().into()
        });
        let validation = result.get("validation").and_then(|of| {
            Some(Validation {
                samples: of.get("samples")?.as_u64()? as usize,
                seen_by_teacher: of.get("seen_by_teacher")?.as_bool()?,
            })
        });
        let whole = models[..3].iter().all(Option::is_some);
        let tests_drawn = name.is_some_and(are_drawn);
        whole.then_some(Self { models, tests_drawn, tests, correct, validation })
    }

    /// Test accuracies of the student alone and the distilled one, then their validation accuracies, NaN where there are none: what
    /// [`super::contrast::choose`] compares.
    pub fn students(&self) -> [f64; 4] {
        let of = |model: usize, figure: usize| self.models[model].and_then(|f| f[figure]).unwrap_or(f64::NAN);
        let validation = FIGURES.len() - 1;
        [of(ALONE, 0), of(DISTILLED, 0), of(ALONE, validation), of(DISTILLED, validation)]
    }

    /// Whether it says of each test sample which student had it right.
    fn has_samples(&self) -> bool {
        self.correct.iter().all(|text| !text.is_empty())
    }

    /// On one test sample: 1 where only the distilled student is right, -1 where only the student alone is, else 0.
    fn gain_on(&self, sample: usize) -> f64 {
        let [alone, distilled] = self.correct.each_ref().map(|text| is_correct(text, sample));
        f64::from(i8::from(distilled) - i8::from(alone))
    }
}

/// The bit of a sample in [`Report::correct`].
fn is_correct(text: &str, sample: usize) -> bool {
    let digit = text.as_bytes().get(sample / 4).and_then(|&digit| char::from(digit).to_digit(16));
    digit.unwrap_or(0) >> (3 - sample % 4) & 1 == 1
}

/// The figures of one model over seeds; `None` for one that some seed lacks.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs)] // named as in [`Report`]
pub struct Intervals {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub accuracy: Option<Interval>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub agreement: Option<Interval>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ece: Option<Interval>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub kl_to_teacher: Option<Interval>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub nll: Option<Interval>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub validation_accuracy: Option<Interval>,
}

/// Figures of each model, and the gain, over paired seeds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Summary {
    /// Without `agreement` and `kl_to_teacher`, which compare with the teacher.
    pub teacher: Intervals,
    /// With all figures.
    pub student_alone: Intervals,
    /// Likewise.
    pub student_distilled: Intervals,
    /// Likewise, where there was a refinement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub student_refined: Option<Intervals>,
    /// Accuracy of the distilled student minus that of the student alone, seed by seed: how it would come out under other seeds, and
    /// on other test samples too where `tests_drawn`.
    pub gain: Interval,
    /// The same gain with an interval for other seeds and other test samples: the test set is one draw of many. `None` where
    /// `tests_drawn`, for one seed or one test sample, and for results that do not say which samples were right. See
    /// [`stats::crossed`].
    pub gain_with_images: Option<Interval>,
    /// Whether the seed draws the test samples, so that every interval covers them.
    pub tests_drawn: bool,
    /// What the validation accuracies are of, which no seed changes.
    pub validation: Option<Validation>,
}

/// The summary of results that differ in their seed. Needs at least one.
pub fn summarise(results: &[Figures]) -> Summary {
    let of = |model: usize| {
        let [accuracy, nll, ece, agreement, kl_to_teacher, validation_accuracy] =
            std::array::from_fn(|figure| {
                let values: Option<Vec<f64>> = results.iter().map(|r| r.models[model]?[figure]).collect();
                Some(Interval::of(&values?))
            });
        Intervals { accuracy, agreement, ece, kl_to_teacher, nll, validation_accuracy }
    };
    let mut gains = Vec::with_capacity(results.len());
    for result in results {
        let [alone, distilled, ..] = result.students();
        gains.push(distilled - alone);
    }
    let gain = Interval::of(&gains);
    let tests = results[0].tests;
    let tests_drawn = results.iter().all(|r| r.tests_drawn);
    let same_tests = results.iter().all(|r| !r.tests_drawn && r.tests == tests && r.has_samples());
    let crossed = || stats::crossed(results.len(), tests, |seed, sample| results[seed].gain_on(sample));
    Summary {
        teacher: of(0),
        student_alone: of(ALONE),
        student_distilled: of(DISTILLED),
        student_refined: results.iter().all(|r| r.models[3].is_some()).then(|| of(3)),
        gain,
        gain_with_images: same_tests
            .then(crossed)
            .flatten()
            .map(|half| Interval { mean: gain.mean, ci95: Some(half) }),
        tests_drawn,
        validation: results[0].validation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A result of 8 test samples of `data`: which ones each student has right.
    fn result(data: &str, alone: &str, distilled: &str) -> Value {
        let report = |correct: &str| {
            let right: u32 = correct.bytes().map(|b| char::from(b).to_digit(16).unwrap().count_ones()).sum();
            json!({ "accuracy": f64::from(right) / 8.0, "correct": correct, "validation_accuracy": 0.5 })
        };
        json!({
            "config": { "data": { "name": data, "test": 8 } },
            "teacher": { "accuracy": 1.0 }, "student_alone": report(alone), "student_distilled": report(distilled),
            "validation": { "samples": 950, "seen_by_teacher": true },
        })
    }

    fn summary(results: &[Value]) -> Summary {
        summarise(&results.iter().map(|r| Figures::read(r).unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn the_wider_interval_is_that_of_the_table_of_seeds_and_samples() {
        // Bits from the left: the first digit's highest is the first sample.
        let found = summary(&[
            result("digits", "8f", "cf"),
            result("digits", "0f", "e7"),
            result("digits", "37", "f7"),
        ]);
        let gains = [[0, 1, 0, 0, 0, 0, 0, 0], [1, 1, 1, 0, -1, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0]];
        let want = stats::crossed(3, 8, |seed, sample| f64::from(gains[seed][sample]));
        let wide = found.gain_with_images.unwrap();
        assert_eq!((wide.mean, wide.ci95), (found.gain.mean, want));
        assert!(want > found.gain.ci95 && !found.tests_drawn);
        assert_eq!(found.validation, Some(Validation { samples: 950, seen_by_teacher: true }));
        assert_eq!(found.student_distilled.validation_accuracy.unwrap().mean, 0.5);
    }

    #[test]
    fn there_is_one_interval_where_the_seed_draws_the_tests_and_where_samples_are_not_told() {
        let drawn = summary(&[result("spirals", "8f", "cf"), result("spirals", "0f", "e7")]);
        assert!(drawn.tests_drawn && drawn.gain_with_images.is_none());
        let one = summary(&[result("digits", "8f", "cf")]);
        assert!(!one.tests_drawn && one.gain_with_images.is_none());
        for (path, value) in [("correct", json!("8")), ("correct", Value::Null)] {
            let mut old = result("digits", "8f", "cf");
            old["student_alone"][path] = value;
            assert!(summary(&[old, result("digits", "0f", "e7")]).gain_with_images.is_none());
        }
    }
}
