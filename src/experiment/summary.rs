//! Several seeds' outcomes in one: means with the half width of their 95 % intervals, by Student's t.

use super::{Outcome, Report};
use serde::Serialize;
use std::collections::BTreeMap;

/// A mean and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
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

/// Figures of each model, and the gain, over paired seeds.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// By figure: `accuracy`, `nll`, `ece`.
    pub teacher: BTreeMap<&'static str, Interval>,
    /// By figure; students have `agreement` and `kl_to_teacher` too.
    pub student_alone: BTreeMap<&'static str, Interval>,
    /// Likewise.
    pub student_distilled: BTreeMap<&'static str, Interval>,
    /// Likewise, where there was a refinement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_refined: Option<BTreeMap<&'static str, Interval>>,
    /// Accuracy of the distilled student minus that of the student alone, seed by seed.
    pub gain: Interval,
}

/// The summary of outcomes that differ in their seed. Needs at least one.
pub fn summarise(outcomes: &[Outcome]) -> Summary {
    let of = |report: fn(&Outcome) -> Option<&Report>| -> Option<BTreeMap<&'static str, Interval>> {
        let reports: Vec<&Report> = outcomes.iter().map(report).collect::<Option<_>>()?;
        type Figure = fn(&Report) -> Option<f64>;
        let figures: [(&'static str, Figure); 5] = [
            ("accuracy", |r| Some(r.accuracy)),
            ("nll", |r| Some(r.nll)),
            ("ece", |r| Some(r.ece)),
            ("agreement", |r| r.agreement),
            ("kl_to_teacher", |r| r.kl_to_teacher),
        ];
        let interval = |figure: Figure| {
            reports
                .iter()
                .map(|r| figure(r))
                .collect::<Option<Vec<f64>>>()
                .map(|v| Interval::of(&v))
        };
        Some(
            figures
                .into_iter()
                .filter_map(|(name, figure)| Some((name, interval(figure)?)))
                .collect(),
        )
    };
    let gains: Vec<f64> = outcomes.iter().map(Outcome::gain).collect();
    Summary {
        teacher: of(|o| Some(&o.teacher)).unwrap_or_default(),
        student_alone: of(|o| Some(&o.student_alone)).unwrap_or_default(),
        student_distilled: of(|o| Some(&o.student_distilled)).unwrap_or_default(),
        student_refined: of(|o| o.student_refined.as_ref()),
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
        for (df, want) in [
            (1, 12.706),
            (11, 2.201),
            (13, 2.160),
            (20, 2.086),
            (30, 2.042),
            (60, 2.000),
            (120, 1.980),
        ] {
            assert!((t_quantile(df) - want).abs() < 6e-4, "{df}: {}", t_quantile(df));
        }
    }

    #[test]
    fn one_value_has_no_interval_and_equal_values_a_width_of_0() {
        assert_eq!(
            Interval::of(&[0.5]),
            Interval {
                mean: 0.5,
                ci95: None
            }
        );
        assert_eq!(
            Interval::of(&[0.5; 4]),
            Interval {
                mean: 0.5,
                ci95: Some(0.0)
            }
        );
    }
}
