//! Simulated sweeps of truly equal points: a sweep drops one of them, or calls one clearly best, in at most 5 % of all sweeps.
//!
//! The simulated sweeps are judged by the exact binomial distribution at 5 %. Where the true share lies below 5 %, they must prove it.
//! Where it is exactly 5 % (a paired t test between two equal leaders), they must not prove that it is more.

use distill_lab::experiment::contrast::{Contrast, contrast};
use distill_lab::rng::{Purpose, stream};
use distill_lab::stats::LEVEL;

const SEEDS: usize = 12;
const SWEEPS: u64 = 40_000;
/// A count proves something where chance alone would give one as extreme with at most this probability.
const PROOF: f64 = 1e-4;

/// The points of a sweep.
struct Points {
    /// How many have the highest mean, which is 0: the first ones.
    equal: usize,
    /// By how much the others are behind.
    behind: f64,
    /// The standard deviation of each from seed to seed.
    deviations: Vec<f64>,
}

impl Points {
    fn equal(count: usize) -> Self {
        Self::led_by(count, count, 0.0)
    }

    fn led_by(equal: usize, count: usize, behind: f64) -> Self {
        Self { equal, behind, deviations: vec![1.0; count] }
    }

    fn count(&self) -> usize {
        self.deviations.len()
    }
}

/// In how many of [`SWEEPS`] sweeps `happened`. Scores are normal about an effect of the seed, which all points share.
fn count(points: &Points, happened: impl Fn(&Contrast) -> bool) -> u64 {
    let mut rng = stream(17, Purpose::TestData);
    let mut scores = vec![0.0; points.count() * SEEDS];
    let mut count = 0;
    for _ in 0..SWEEPS {
        for seed in 0..SEEDS {
            let shared = 3.0 * f64::from(rng.normal());
            for (point, deviation) in points.deviations.iter().enumerate() {
                let mean = if point < points.equal { 0.0 } else { -points.behind };
                scores[point * SEEDS + seed] = mean + shared + deviation * f64::from(rng.normal());
            }
        }
        count += u64::from(happened(&contrast(&scores, SEEDS).unwrap()));
    }
    count
}

/// The probability of at most `count` of [`SWEEPS`] where each has probability `p`.
fn at_most(count: u64, p: f64) -> f64 {
    let n = SWEEPS as f64;
    let term = |k: f64| {
        let ways = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        (ways + k * p.ln() + (n - k) * (-p).ln_1p()).exp()
    };
    (0..=count).map(|k| term(k as f64)).sum()
}

/// Whether the leader is one of the equal points and another of them is not listed beside it.
fn drops_an_equal_one(points: &Points, found: &Contrast) -> bool {
    let missing = |i: usize| i != found.leader && !found.alike.contains(&i);
    found.leader < points.equal && (0..points.equal).any(missing)
}

/// Prints the share, which `cargo test -- --nocapture` shows.
fn share(count: u64, what: &str) -> f64 {
    let share = count as f64 / SWEEPS as f64;
    println!("{what}: {:.2} % of {SWEEPS} sweeps", 100.0 * share);
    share
}

fn assert_below_5_percent(count: u64, what: &str) {
    let share = share(count, what);
    assert!(at_most(count, LEVEL) <= PROOF, "{what}: {share} is not proved to lie below 5 %");
}

fn assert_not_above_5_percent(count: u64, what: &str) {
    let share = share(count, what);
    let chance = 1.0 - count.checked_sub(1).map_or(0.0, |less| at_most(less, LEVEL));
    assert!(chance > PROOF, "{what}: {share} lies above 5 %");
}

#[test]
fn an_equal_point_is_dropped_in_less_than_5_percent_of_sweeps() {
    for n in [5, 8] {
        let uneven = (0..n).map(|point| 0.3 + point as f64).collect();
        for (what, points) in [
            ("all equal", Points::equal(n)),
            (
                "all equal, some of them spreading far more than others",
                Points { deviations: uneven, ..Points::equal(n) },
            ),
            ("some behind", Points::led_by(n / 2 + 1, n, 2.0)),
        ] {
            let found = count(&points, |found| drops_an_equal_one(&points, found));
            assert_below_5_percent(found, &format!("{n} points, {what}: one dropped"));
        }
    }
}

#[test]
fn one_of_many_equal_points_is_called_best_in_less_than_5_percent_of_sweeps() {
    for n in [5, 8] {
        let found = count(&Points::equal(n), |found| found.clear);
        assert_below_5_percent(found, &format!("{n} equal points: one called best"));
    }
}

/// The others are so far behind that one comparison alone stands in the way.
#[test]
fn one_of_two_equal_leaders_is_called_best_in_5_percent_of_sweeps_and_no_more() {
    for n in [2, 5, 8] {
        let found = count(&Points::led_by(2, n, 9.0), |found| found.clear);
        assert_not_above_5_percent(found, &format!("{n} points, two lead: one called best"));
    }
}

#[test]
fn a_point_two_deviations_of_the_differences_behind_is_usually_told_apart() {
    // The differences of two points of deviation 1 have deviation sqrt(2). Several points lead, so that none is clearly best.
    let behind = 2.0 * std::f64::consts::SQRT_2;
    for n in [5, 8] {
        let last = n - 1;
        let told_apart =
            |found: &Contrast| !found.clear && found.leader != last && !found.alike.contains(&last);
        let share = share(count(&Points::led_by(last, n, behind), told_apart), "told apart");
        assert!(share > 0.9, "{n} points: {share}");
    }
}
