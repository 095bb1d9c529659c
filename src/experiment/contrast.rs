//! Which point of a sweep is best, as far as its seeds can tell.
//!
//! Points under the same seed share data, teacher and initial weights, so that they are compared seed by seed: the differences
//! of the pairs spread far less than the scores do. Every comparison is Student's paired t test, two-sided, at 5 %.
//!
//! **Is there a best one?** The leader, the point of the highest mean, is clearly best where its comparison with *every* other point
//! rejects. A point that has to win all comparisons needs no correction for their number (intersection-union test: Berger 1982,
//! Technometrics 24, 295); since the leader is chosen after looking, one of two equal points is called best in 5 % of all sweeps.
//!
//! **Which are as good?** A point is told apart from the leader where their comparison rejects after Holm's adjustment ([`holm`]) over
//! all pairs of points. The family is all pairs, not those of the leader alone, since looking chose the leader: so in 95 % of all sweeps
//! no point is told apart from one that is truly equal to it. Naming the best asks less of each comparison than telling a single point
//! apart does, so that nothing is listed where one point is clearly best.

use crate::stats::{Interval, LEVEL, holm};
use serde::Serialize;

/// How far a point is behind the leader.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Behind {
    /// Seeds that both have.
    pub seeds: usize,
    /// Leader minus point, seed by seed.
    #[serde(flatten)]
    pub by: Interval,
    /// Two-sided p-value of that difference by itself; `None` for one seed.
    pub p: Option<f64>,
    /// The same after Holm's adjustment over all pairs of points.
    pub adjusted: Option<f64>,
}

impl Behind {
    /// Whether the comparison by itself rejects, in the leader's favour.
    fn clear(&self) -> bool {
        self.by.mean > 0.0 && self.p.is_some_and(|p| p <= LEVEL)
    }

    /// Whether it does so among all pairs of points.
    fn told_apart(&self) -> bool {
        self.by.mean > 0.0 && self.adjusted.is_some_and(|p| p <= LEVEL)
    }
}

/// The points of a sweep, held against the one of the highest mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Contrast {
    /// Index of the point of the highest mean; of equal ones the first.
    pub leader: usize,
    /// Whether it is better than every other point, clearly.
    pub clear: bool,
    /// Indices of the points that cannot be told apart from the leader (Holm, all pairs); none where it is clearly best, and where no
    /// other point has a score.
    pub alike: Vec<usize>,
    /// For each point; `None` for the leader, and for a point that shares no seed with it.
    pub behind: Vec<Option<Behind>>,
}

/// By what the best point was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChosenOn {
    /// Accuracy on validation samples, so that the test figures of the chosen point are not its best of many.
    Validation,
    /// Accuracy on the test samples: not every point has validation samples.
    Test,
}

/// The comparison of a sweep's points, and by what they were compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Choice {
    /// By what.
    pub chosen_on: ChosenOn,
    /// `None` where no training is there.
    pub best: Option<Contrast>,
}

/// Compares the points of `accuracies`, `[points, seeds, 4]`: on test samples of the student alone and the distilled one, then the two
/// on validation samples, NaN where there are none. What is compared is the distilled student's accuracy, or its `gain` on the student
/// alone: on validation samples where every training has them, else on test samples.
pub fn choose(accuracies: &[f64], seeds: usize, gain: bool) -> Choice {
    let score = |pair: &[f64]| if gain { pair[1] - pair[0] } else { pair[1] };
    let (mut test, mut validation) = (Vec::new(), Vec::new());
    let mut chosen_on = ChosenOn::Validation;
    for of_training in accuracies.chunks_exact(4) {
        test.push(score(&of_training[..2]));
        validation.push(score(&of_training[2..]));
        if !of_training[1].is_nan() && of_training[3].is_nan() {
            chosen_on = ChosenOn::Test;
        }
    }
    let scores = if chosen_on == ChosenOn::Test { test } else { validation };
    Choice { chosen_on, best: contrast(&scores, seeds) }
}

/// Compares the points of `scores`, `[points, seeds]`, NaN where there is none. `None` where there is no score at all.
///
/// ```
/// use distill_lab::experiment::contrast::contrast;
/// // Seed by seed the second point is better by 2, 1 and 2, though both spread widely.
/// let found = contrast(&[10.0, 50.0, 90.0, 12.0, 51.0, 92.0], 3).unwrap();
/// assert_eq!(found.leader, 1);
/// assert!(found.clear);
/// assert_eq!(found.behind[0].unwrap().by.mean, 5.0 / 3.0);
/// ```
pub fn contrast(scores: &[f64], seeds: usize) -> Option<Contrast> {
    let points = scores.len() / seeds.max(1);
    let point = |i: usize| &scores[i * seeds..(i + 1) * seeds];
    let mut leader: Option<(usize, f64)> = None;
    let mut has_score = Vec::with_capacity(points);
    for i in 0..points {
        let mean = mean(point(i));
        has_score.push(!mean.is_nan());
        if !mean.is_nan() && leader.is_none_or(|(_, most)| mean > most) {
            leader = Some((i, mean));
        }
    }
    let (leader, _) = leader?;
    let mut behind = vec![None; points];
    // The family: every pair that two seeds or more compare. Those with the leader know their place in it.
    let (mut family, mut places) = (Vec::new(), Vec::new());
    for i in 0..points {
        for k in i + 1..points {
            let with_leader = i == leader || k == leader;
            let Some(found) = paired(point(i), point(k)) else {
                continue;
            };
            if with_leader {
                let other = i + k - leader;
                places.push((other, family.len()));
                behind[other] = if i == leader { Some(found) } else { paired(point(k), point(i)) };
            }
            family.extend(found.p);
        }
    }
    let adjusted = holm(&family);
    for (other, place) in places {
        if let Some(behind) = &mut behind[other] {
            behind.adjusted = behind.p.map(|_| adjusted[place]);
        }
    }
    let others: Vec<usize> = (0..points).filter(|&i| i != leader && has_score[i]).collect();
    let clear = !others.is_empty() && others.iter().all(|&i| behind[i].as_ref().is_some_and(Behind::clear));
    let mut alike = others;
    alike.retain(|&i| !clear && !behind[i].as_ref().is_some_and(Behind::told_apart));
    Some(Contrast { leader, clear, alike, behind })
}

/// The mean of the scores that are there; NaN of none.
fn mean(scores: &[f64]) -> f64 {
    let (mut sum, mut count) = (0.0, 0);
    for score in scores.iter().filter(|score| !score.is_nan()) {
        sum += score;
        count += 1;
    }
    sum / f64::from(count)
}

/// `a - b` over the seeds that both have, not yet adjusted; `None` where there are none.
fn paired(a: &[f64], b: &[f64]) -> Option<Behind> {
    let mut differences = Vec::with_capacity(a.len());
    for (a, b) in a.iter().zip(b) {
        if !(a - b).is_nan() {
            differences.push(a - b);
        }
    }
    let seeds = differences.len();
    (seeds > 0).then(|| {
        let by = Interval::of(&differences);
        Behind { seeds, by, p: by.p(seeds), adjusted: None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: f64 = f64::NAN;

    #[test]
    fn a_point_that_one_other_comes_close_to_is_not_called_best() {
        // The third is far behind; the second is behind by 1, -1 and 1.
        let scores = [5.0, 6.0, 7.0, 4.0, 7.0, 6.0, 1.0, 2.0, 3.0];
        let found = contrast(&scores, 3).unwrap();
        assert_eq!((found.leader, found.clear), (0, false));
        assert_eq!(found.behind[0], None);
        let [second, third] = [found.behind[1].unwrap(), found.behind[2].unwrap()];
        assert!(second.by.mean < second.by.ci95.unwrap() && second.p.unwrap() > LEVEL);
        assert_eq!((third.by.mean, third.by.ci95, third.adjusted), (4.0, Some(0.0), Some(0.0)));
        assert_eq!(found.alike, [1]);
    }

    #[test]
    fn only_seeds_that_both_have_are_compared() {
        // Over its own seeds the first has the higher mean only since it lacks the hard one.
        let found = contrast(&[9.0, NONE, 8.0, 8.0, 1.0, 9.0], 3).unwrap();
        assert_eq!(found.leader, 0);
        let behind = found.behind[1].unwrap();
        assert_eq!((behind.seeds, behind.by.mean), (2, 0.0));
        assert!(!found.clear);
        assert_eq!(found.alike, [1]);
    }

    #[test]
    fn what_has_not_begun_is_left_out_and_one_seed_proves_nothing() {
        assert_eq!(contrast(&[NONE; 4], 2), None);
        let one = contrast(&[1.0, NONE, 0.0, NONE, NONE, NONE], 2).unwrap();
        assert_eq!((one.leader, one.clear), (0, false));
        let behind = one.behind[1].unwrap();
        assert_eq!((behind.by.ci95, behind.p, behind.adjusted), (None, None, None));
        assert_eq!((one.behind[2], &one.alike[..]), (None, &[1][..]));
        // A single point is better than no other, and no other is like it.
        let single = contrast(&[1.0, 2.0, NONE, NONE], 2).unwrap();
        assert_eq!((single.clear, single.alike.len(), single.behind), (false, 0, vec![None, None]));
        assert!(contrast(&[5.0, 6.0, 1.0, 2.0, NONE, NONE], 2).unwrap().clear);
    }

    #[test]
    fn equal_points_cannot_be_told_apart() {
        let found = contrast(&[1.0, 2.0, 1.0, 2.0], 2).unwrap();
        assert_eq!((found.leader, found.clear), (0, false));
    }

    #[test]
    fn the_raw_value_and_the_adjusted_one_stand_beside_each_difference() {
        // By hand: paired t of the differences 1, 2, 2, 3 from the second, and of 5, 6, 6, 7 from the third.
        let scores = [9.0, 9.0, 9.0, 9.0, 8.0, 7.0, 7.0, 6.0, 4.0, 3.0, 3.0, 2.0];
        let found = contrast(&scores, 4).unwrap();
        let [second, third] = [found.behind[1].unwrap(), found.behind[2].unwrap()];
        // 2 * scipy.stats.t.sf(2 / (0.816496580927726 / 2), 3), and likewise of 6; second minus third is 4 throughout: 0.
        let [near, far] = [0.016_276_603, 0.000_683_280];
        assert!((second.p.unwrap() - near).abs() < 1e-7 && (second.adjusted.unwrap() - near).abs() < 1e-7);
        assert!((third.p.unwrap() - far).abs() < 1e-7 && (third.adjusted.unwrap() - 2.0 * far).abs() < 1e-7);
        assert!(found.clear && found.alike.is_empty());
    }

    #[test]
    fn points_are_chosen_on_validation_where_every_training_has_it() {
        // On the test samples the first is ahead, on the others the second.
        let mut accuracies = [0.5, 0.9, 0.5, 0.7, 0.5, 0.9, 0.5, 0.7, 0.5, 0.8, 0.5, 0.8, 0.5, 0.8, 0.5, 0.8];
        let leader = |choice: &Choice| choice.best.as_ref().unwrap().leader;
        let choice = choose(&accuracies, 2, false);
        assert_eq!((choice.chosen_on, leader(&choice)), (ChosenOn::Validation, 1));
        // The second student alone is better on them too: by the gain, the first is ahead again.
        accuracies[10] = 0.79;
        accuracies[14] = 0.79;
        assert_eq!(leader(&choose(&accuracies, 2, true)), 0);
        accuracies[15] = NONE;
        let choice = choose(&accuracies, 2, false);
        assert_eq!((choice.chosen_on, leader(&choice)), (ChosenOn::Test, 0));
        // A training that is not there lacks nothing.
        accuracies[12..].fill(NONE);
        assert_eq!(choose(&accuracies, 2, false).chosen_on, ChosenOn::Validation);
    }
}
