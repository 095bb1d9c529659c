//! Several seeds' outcomes in one: means with the half width of their 95 % intervals, by Student's t.

use super::{Outcome, Report};
use serde::Serialize;
use serde_json::Value;

/// A mean and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// Half width of the mean's 95 % interval; `None` for a single value.
    pub ci95: Option<f64>,
}

impl Interval {
    /// The interval of the mean of `values`, of which there is at least one.
    ///
    /// ```
    /// use distill_lab::experiment::summary::Interval;
    /// let i = Interval::of(&[1.0, 2.0, 3.0]);
    /// assert_eq!(i.mean, 2.0);
    /// assert!((i.ci95.unwrap() - 4.302_653 / 3f64.sqrt()).abs() < 1e-5);
    /// ```
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let ci95 = (values.len() > 1).then(|| {
            let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
            t_quantile(values.len() - 1) * (variance / n).sqrt()
        });
        Self { mean, ci95 }
    }
}

/// Figures that a summary holds, as results name them.
const FIGURES: [&str; 5] = ["accuracy", "nll", "ece", "agreement", "kl_to_teacher"];
/// Models, as results name them; the last is not always there.
const MODELS: [&str; 4] = ["teacher", "student_alone", "student_distilled", "student_refined"];

/// What a summary takes from one result: of each model the figures that it has, in the order of the two lists above.
#[derive(Clone, Debug)]
pub struct Figures([Option<[Option<f64>; FIGURES.len()]>; MODELS.len()]);

impl From<&Outcome> for Figures {
    fn from(o: &Outcome) -> Self {
        let of = |r: &Report| [Some(r.accuracy), Some(r.nll), Some(r.ece), r.agreement, r.kl_to_teacher];
        Self([
            Some(of(&o.teacher)),
            Some(of(&o.student_alone)),
            Some(of(&o.student_distilled)),
            o.student_refined.as_ref().map(of),
        ])
    }
}

impl Figures {
    /// Those of a result's JSON form. `None` where it lacks a model, or a model its accuracy.
    pub fn read(result: &Value) -> Option<Self> {
        let models = MODELS.map(|model| {
            let report = result.get(model)?;
            report.get(FIGURES[0])?.as_f64()?;
            Some(FIGURES.map(|figure| report.get(figure).and_then(Value::as_f64)))
        });
        models[..3].iter().all(Option::is_some).then_some(Self(models))
    }

    /// Accuracy of the distilled student.
    pub fn distilled(&self) -> f64 {
        self.accuracy(2)
    }

    /// Accuracy of a model that every result has.
    fn accuracy(&self, model: usize) -> f64 {
        self.0[model].and_then(|figures| figures[0]).unwrap_or(f64::NAN)
    }
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
    /// Accuracy of the distilled student minus that of the student alone, seed by seed.
    pub gain: Interval,
}

/// The summary of results that differ in their seed. Needs at least one.
pub fn summarise(results: &[Figures]) -> Summary {
    let of = |model: usize| {
        let [accuracy, nll, ece, agreement, kl_to_teacher] = std::array::from_fn(|figure| {
            let values: Option<Vec<f64>> = results.iter().map(|r| r.0[model]?[figure]).collect();
            Some(Interval::of(&values?))
        });
        Intervals { accuracy, agreement, ece, kl_to_teacher, nll }
    };
    let gains: Vec<f64> = results.iter().map(|r| r.accuracy(2) - r.accuracy(1)).collect();
    Summary {
        teacher: of(0),
        student_alone: of(1),
        student_distilled: of(2),
        student_refined: results.iter().all(|r| r.0[3].is_some()).then(|| of(3)),
        gain: Interval::of(&gains),
    }
}

/// The 97.5 % quantile of Student's t with `df` degrees of freedom, to 1e-4.
fn t_quantile(df: usize) -> f64 {
    const EXACT: [f64; 12] = [
        12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157,
        2.228_139, 2.200_985, 2.178_813,
    ];
    if df <= EXACT.len() {
        return EXACT[df - 1];
    }
    // Cornish and Fisher's expansion about the normal quantile z (Abramowitz and Stegun 26.7.5).
    let (z, n) = (1.959_963_985f64, df as f64);
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    z + (z3 + z) / (4.0 * n)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * n * n)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * n * n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Table values, as printed in textbooks.
    #[test]
    fn quantiles_of_t_are_those_of_the_tables() {
        for (df, want) in
            [(1, 12.706), (11, 2.201), (13, 2.160), (20, 2.086), (30, 2.042), (60, 2.000), (120, 1.980)]
        {
            assert!((t_quantile(df) - want).abs() < 6e-4, "{df}: {}", t_quantile(df));
        }
    }

    #[test]
    fn one_value_has_no_interval_and_equal_values_a_width_of_0() {
        assert_eq!(Interval::of(&[0.5]), Interval { mean: 0.5, ci95: None });
        assert_eq!(Interval::of(&[0.5; 4]), Interval { mean: 0.5, ci95: Some(0.0) });
    }
}
