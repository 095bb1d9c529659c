//! Which point of a sweep is best, as far as its seeds can tell.
//!
//! Points under the same seed share data, teacher and initial weights, so that they are compared seed by seed: the differences
//! of the pairs spread far less than the scores do. The leader, the point of the highest mean, is clearly best where the 95 %
//! interval (Student's t) of its paired difference from *every* other point leaves out zero. A point that has to win all
//! comparisons needs no correction for their number (intersection-union test: Berger 1982, Technometrics 24, 295); since the
//! leader is chosen after looking, one of two equal points is called best in 5 % of all sweeps. A single comparison, read off
//! after looking at all, is as unsure as any of many.

use super::summary::Interval;
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
}

impl Behind {
    /// Whether the interval leaves out zero.
    pub fn clear(&self) -> bool {
        self.by.ci95.is_some_and(|half| self.by.mean > half)
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
    /// For each point; `None` for the leader, and for a point that shares no seed with it.
    pub behind: Vec<Option<Behind>>,
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
    let zeros = vec![0.0; seeds];
    let point = |i: usize| &scores[i * seeds..(i + 1) * seeds];
    let mut leader: Option<(usize, f64)> = None;
    for i in 0..points {
        if let Some(own) = paired(point(i), &zeros)
            && leader.is_none_or(|(_, most)| own.by.mean > most)
        {
            leader = Some((i, own.by.mean));
        }
    }
    let (leader, _) = leader?;
    let mut behind = Vec::with_capacity(points);
    let (mut others, mut clear) = (false, true);
    for i in 0..points {
        let by = (i != leader).then(|| paired(point(leader), point(i))).flatten();
        if i != leader && paired(point(i), &zeros).is_some() {
            others = true;
            clear &= by.is_some_and(|by| by.clear());
        }
        behind.push(by);
    }
    Some(Contrast { leader, clear: others && clear, behind })
}

/// `a - b` over the seeds that both have; `None` where there are none.
fn paired(a: &[f64], b: &[f64]) -> Option<Behind> {
    let mut differences = Vec::with_capacity(a.len());
    for (a, b) in a.iter().zip(b) {
        if !(a - b).is_nan() {
            differences.push(a - b);
        }
    }
    (!differences.is_empty()).then(|| Behind { seeds: differences.len(), by: Interval::of(&differences) })
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
        let [second, third] = [found.behind[1].unwrap().by, found.behind[2].unwrap().by];
        assert!(second.mean < second.ci95.unwrap());
        assert_eq!((third.mean, third.ci95), (4.0, Some(0.0)));
    }

    #[test]
    fn only_seeds_that_both_have_are_compared() {
        // Over its own seeds the first has the higher mean only since it lacks the hard one.
        let found = contrast(&[9.0, NONE, 8.0, 8.0, 1.0, 9.0], 3).unwrap();
        assert_eq!(found.leader, 0);
        let behind = found.behind[1].unwrap();
        assert_eq!((behind.seeds, behind.by.mean), (2, 0.0));
        assert!(!found.clear);
    }

    #[test]
    fn what_has_not_begun_is_left_out_and_one_seed_proves_nothing() {
        assert_eq!(contrast(&[NONE; 4], 2), None);
        let one = contrast(&[1.0, NONE, 0.0, NONE, NONE, NONE], 2).unwrap();
        assert_eq!((one.leader, one.clear), (0, false));
        assert_eq!(one.behind[1].unwrap().by.ci95, None);
        assert_eq!(one.behind[2], None);
        // A single point is better than no other.
        assert!(!contrast(&[1.0, 2.0], 2).unwrap().clear);
        assert!(contrast(&[5.0, 6.0, 1.0, 2.0, NONE, NONE], 2).unwrap().clear);
    }

    #[test]
    fn equal_points_cannot_be_told_apart() {
        let found = contrast(&[1.0, 2.0, 1.0, 2.0], 2).unwrap();
        assert_eq!((found.leader, found.clear), (0, false));
    }
}
