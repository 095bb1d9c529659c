//! What several seeds prove: means with their intervals, Student's t, and many comparisons at once.
//!
//! Everything here is a function of plain numbers, and takes its logarithms from `libm`, so that a browser and a command line agree
//! to the bit.

use serde::Serialize;

/// How often a claim may be wrong where nothing is there: tests reject at or below it, intervals cover the rest.
pub const LEVEL: f64 = 0.05;

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
    /// use distill_lab::stats::Interval;
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

    /// The two-sided p-value of Student's t test that the mean which this interval is of, over `values` values, is zero; `None` for
    /// a single value. Values that are all equal leave no doubt: 0, or 1 where they are zero.
    pub fn p(&self, values: usize) -> Option<f64> {
        let error = self.ci95? / t_quantile(values - 1);
        if error == 0.0 {
            return Some(f64::from(u8::from(self.mean == 0.0)));
        }
        Some(two_sided_p(self.mean / error, (values - 1) as f64))
    }
}

/// Half width of the 95 % interval of the mean of `value(row, column)`, where the rows are a sample of all rows and the columns one
/// of all columns: seeds and test images, crossed, one value for each pair. `None` where there is one row or one column.
///
/// With the mean squares of the two-way table without replication, of rows `R`, of columns `C` and of the rest `E`, the variance of
/// the mean is `(R + C - E) / (rows columns)`, with degrees of freedom after Satterthwaite (1946, Biometrics Bulletin 2, 110), rounded
/// down. The interval is never narrower than that of either factor alone, of variance `R / (rows columns)` or `C / (rows columns)`.
/// Source: Clark 1973 (Journal of Verbal Learning and Verbal Behavior 12, 335), where words are crossed with readers; Owen 2007 (Annals
/// of Applied Statistics 1, 386), who shows what leaving out one of two crossed factors costs.
///
/// The sums are exact where values are small whole numbers, whatever their order.
pub fn crossed(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> Option<f64> {
    if rows < 2 || columns < 2 {
        return None;
    }
    let (n, mut by_column) = (rows as f64 * columns as f64, vec![0.0; columns]);
    let (mut sum, mut squares, mut squared_rows) = (0.0, 0.0, 0.0);
    for row in 0..rows {
        let mut of_row = 0.0;
        for (column, of_column) in by_column.iter_mut().enumerate() {
            let v = value(row, column);
            of_row += v;
            *of_column += v;
            squares += v * v;
        }
        sum += of_row;
        squared_rows += of_row * of_row;
    }
    let squared_columns: f64 = by_column.iter().map(|v| v * v).sum();
    let (rows_df, columns_df) = ((rows - 1) as f64, (columns - 1) as f64);
    let rest_df = rows_df * columns_df;
    let about_rows = squared_rows / columns as f64 - sum * sum / n;
    let about_columns = squared_columns / rows as f64 - sum * sum / n;
    let about_rest = squares - sum * sum / n - about_rows - about_columns;
    let of_rows = about_rows / rows_df;
    let of_columns = about_columns / columns_df;
    let of_rest = about_rest / rest_df;
    let both = (of_rows + of_columns - of_rest).max(0.0);
    let spread =
        of_rows * of_rows / rows_df + of_columns * of_columns / columns_df + of_rest * of_rest / rest_df;
    let halves = [
        (both, both * both / spread),
        // Either factor alone is less than both: a smaller estimate is chance.
        (of_rows, rows_df),
        (of_columns, columns_df),
    ];
    // Where nothing varies there are no degrees of freedom either: NaN becomes 0, and the width is 0.
    let half = |(variance, df): (f64, f64)| t_quantile((df as usize).max(1)) * (variance.max(0.0) / n).sqrt();
    Some(halves.into_iter().map(half).fold(0.0, f64::max))
}

/// P-values of one family of tests, adjusted by Holm's step-down method (Holm 1979, Scandinavian Journal of Statistics 6, 65): those
/// at or below a level may all be rejected, and with a probability of that level at most is any of them rejected wrongly, however the
/// tests hang together.
///
/// ```
/// assert_eq!(distill_lab::stats::holm(&[0.02, 0.5, 0.01]), [0.04, 0.5, 0.03]);
/// ```
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let (mut adjusted, mut most) = (vec![0.0; p.len()], 0.0f64);
    for (step, &i) in order.iter().enumerate() {
        most = most.max(((p.len() - step) as f64 * p[i]).min(1.0));
        adjusted[i] = most;
    }
    adjusted
}

/// The probability that Student's t with `df` degrees of freedom is at least as far from zero as `t`, to 1e-9:
/// `I_x(df / 2, 1 / 2)` at `x = df / (df + t^2)` (Abramowitz and Stegun 26.7.1).
pub fn two_sided_p(t: f64, df: f64) -> f64 {
    beta_share(df / (df + t * t), t * t / (df + t * t), df / 2.0, 0.5)
}

/// The regularised incomplete beta function `I_x(a, b)`, `y = 1 - x`: the continued fraction of Abramowitz and Stegun 26.5.8, by
/// Lentz's method, on the side where it converges fast.
fn beta_share(x: f64, y: f64, a: f64, b: f64) -> f64 {
    let turned = x * (a + b + 2.0) > a + 1.0;
    let (x, y, a, b) = if turned { (y, x, b, a) } else { (x, y, a, b) };
    if x <= 0.0 {
        return f64::from(u8::from(turned));
    }
    // No denominator of the fraction is zero.
    let apart = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let (mut c, mut d, mut fraction) = (1.0, 0.0, 1.0);
    for step in 0..10_000 {
        let m = f64::from(step / 2);
        let term = match step {
            0 => 1.0,
            _ if step % 2 == 1 => -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
            _ => m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
        };
        d = 1.0 / apart(1.0 + term * d);
        c = apart(1.0 + term / c);
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let share = libm::exp(front + a * libm::log(x) + b * libm::log(y)) / a * (fraction - 1.0);
    if turned { 1.0 - share } else { share }
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

    /// `2 * scipy.stats.t.sf(abs(t), df)`, scipy 1.17.
    #[test]
    fn p_values_of_t_are_those_of_another_implementation() {
        for (t, df, want) in [
            (0.0, 5.0, 1.0),
            (0.5, 1.0, 7.048_327_646_991_335e-1),
            (2.0, 2.0, 1.835_034_190_722_74e-1),
            (2.200_985_160_082_949, 11.0, 5.000_000_000_075_91e-2),
            (6.9, 11.0, 2.587_564_524_980_402e-5),
            (1.0, 11.0, 3.388_006_961_962_016e-1),
            (-3.5, 7.0, 9.993_040_881_885_549e-3),
            (1.96, 1000.0, 5.027_318_495_574_874e-2),
            (40.0, 11.0, 2.892_540_898_120_57e-13),
            (0.001, 3.0, 9.992_648_949_694_609e-1),
            (2.5, 2.7, 9.707_941_444_293_468e-2),
        ] {
            let got = two_sided_p(t, df);
            assert!((got - want).abs() < 1e-12 && (got / want - 1.0).abs() < 1e-9, "{t} {df}: {got}");
        }
    }

    #[test]
    fn an_interval_that_ends_at_zero_has_a_p_value_of_its_level() {
        let values = [0.3, 1.9, 0.7, -0.2, 1.1];
        let half = Interval::of(&values).ci95.unwrap();
        let p = Interval { mean: half, ci95: Some(half) }.p(5).unwrap();
        assert!((p - LEVEL).abs() < 1e-6, "{p}");
        assert_eq!(Interval::of(&[0.5]).p(1), None);
        assert_eq!((Interval::of(&[0.5; 3]).p(3), Interval::of(&[0.0; 3]).p(3)), (Some(0.0), Some(1.0)));
    }

    /// The example of Holm's article's method, worked by hand.
    #[test]
    fn holms_values_rise_with_the_raw_ones_and_stop_at_one() {
        assert_eq!(holm(&[0.4, 0.001, 0.03, 0.02, 0.9]), [0.8, 0.005, 0.09, 0.08, 0.9]);
        assert_eq!(holm(&[0.6, 0.5]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }

    /// The definition, written out: sums of squared deviations instead of sums of squares.
    fn plainly(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> [f64; 3] {
        let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
        let row = |r: usize| mean((0..columns).map(|c| value(r, c)).collect());
        let column = |c: usize| mean((0..rows).map(|r| value(r, c)).collect());
        let all = mean((0..rows).map(row).collect());
        let of_rows: f64 = (0..rows).map(|r| (row(r) - all).powi(2)).sum();
        let of_columns: f64 = (0..columns).map(|c| (column(c) - all).powi(2)).sum();
        let mut rest = 0.0;
        for r in 0..rows {
            for c in 0..columns {
                rest += (value(r, c) - row(r) - column(c) + all).powi(2);
            }
        }
        let (r, c) = ((rows - 1) as f64, (columns - 1) as f64);
        [of_rows * columns as f64 / r, of_columns * rows as f64 / c, rest / (r * c)]
    }

    #[test]
    fn seeds_and_images_together_have_the_variance_of_the_two_way_table() {
        // Values -1, 0 and 1 with an effect of the row, one of the column, and a rest that follows no rule.
        let value = |r: usize, c: usize| {
            f64::from(u8::from((7 * r + 3 * c + r * c) % 5 < 2 + r % 2))
                - f64::from(u8::from(c.is_multiple_of(7)))
        };
        let [rows, columns, rest] = plainly(6, 40, value);
        let both = rows + columns - rest;
        assert!(both > rows.max(columns), "the case is the usual one");
        let df = both * both / (rows * rows / 5.0 + columns * columns / 39.0 + rest * rest / (5.0 * 39.0));
        let want = t_quantile(df as usize) * (both / 240.0).sqrt();
        let got = crossed(6, 40, value).unwrap();
        assert!((got / want - 1.0).abs() < 1e-12, "{got} {want}");
    }

    #[test]
    fn seeds_and_images_together_are_never_surer_than_seeds_alone() {
        // Every row has as many ones, in other columns: no more than chance says about the columns.
        let value =
            |r: usize, c: usize| f64::from(u8::from((r + c).is_multiple_of(4))) + f64::from(u8::from(c == r));
        for (rows, columns) in [(4, 12), (5, 8)] {
            let means: Vec<f64> =
                (0..rows).map(|r| (0..columns).map(|c| value(r, c)).sum::<f64>() / columns as f64).collect();
            let alone = Interval::of(&means).ci95.unwrap();
            assert!(crossed(rows, columns, value).unwrap() >= alone - 1e-12);
        }
        assert_eq!(crossed(3, 3, |_, _| 1.0), Some(0.0));
        assert_eq!((crossed(1, 9, value), crossed(9, 1, value)), (None, None));
    }
}
