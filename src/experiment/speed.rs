//! How long the trained networks take for a sample on the machine at hand: one at a time, and in batches.
//!
//! What is timed are forward passes over test samples, from features to logits, in buffers that are made before; of a teacher with
//! several members the passes of all. The networks take turns in every round, so that other work on the machine meets both, and a
//! figure is the median of its rounds. A clock may be coarse (browsers round to 0.1 or 1 ms): each reading begins at a tick of the
//! clock and ends at one, with several passes between two looks at it.

use super::Experiment;
use crate::Error;
use crate::data::{Dataset, Samples};
use crate::nn::{Mlp, Workspace};
use crate::refusal::Allowed;
use serde::Serialize;
use std::hint::black_box;
use std::sync::Arc;

/// Readings of a figure; odd, so that one of them is the median.
const ROUNDS: usize = 15;
/// Shortest time of a reading: short enough that what else runs on the machine falls into few of them.
const READING_MS: f64 = 1.5;
/// No round begins that would end after this time.
const MOST_MS: f64 = 120.0;
/// Samples in a batch; fewer where a batch's pass would take more than [`BATCH_MACS`], or where there are fewer test samples.
const BATCH: usize = 64;
/// Multiply-adds of a batch's pass: a few milliseconds.
const BATCH_MACS: usize = 16_000_000;
/// Multiply-adds between two looks at the clock: some ten microseconds, beside which a look costs nothing.
const LOOK_MACS: usize = 200_000;
/// Most passes between two looks.
const MOST_PASSES: usize = 64;
/// Looks in which a clock must tick: a second and more, where the coarsest of browsers ticks ten times in one.
const MOST_LOOKS: usize = 200_000;

/// Measured speed of the networks that a run ends with. It belongs to the machine, not to the experiment: no digest covers it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Speed {
    /// Samples in a batch.
    pub batch: usize,
    /// The teacher, with all its members.
    pub teacher: NetworkSpeed,
    /// The distilled student; the other students have its shape.
    pub student: NetworkSpeed,
    /// How many times as long the teacher takes.
    pub ratio: SpeedRatio,
}

/// Microseconds that a network takes for a sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NetworkSpeed {
    /// One at a time.
    pub single_us: f64,
    /// In batches: the batch's time by its samples.
    pub batch_us: f64,
}

/// The teacher's cost as a multiple of the student's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SpeedRatio {
    /// By multiply-adds: what arithmetic promises.
    pub promised: f64,
    /// As measured, one at a time.
    pub single: f64,
    /// As measured, in batches.
    pub batch: f64,
}

/// A measurement on its way, a reading at a time, so that its caller can pause or give up between two of them.
#[derive(Debug)]
pub struct SpeedTest {
    data: Arc<Dataset>,
    batch: usize,
    teacher: Timed,
    student: Timed,
    /// Readings taken; four a round.
    taken: usize,
    /// Milliseconds spent in readings.
    spent: f64,
}

/// A network whose passes are timed.
#[derive(Debug)]
struct Timed {
    /// Members, each with its buffers.
    nets: Vec<(Arc<Mlp>, Workspace)>,
    /// Multiply-adds for a sample.
    macs: usize,
    /// The test sample that comes next.
    next: usize,
    /// Keeps the passes from being optimised away.
    checksum: f32,
    /// Microseconds a sample by round, one at a time and in batches.
    readings: [[f64; ROUNDS]; 2],
}

impl Timed {
    fn new(nets: impl Iterator<Item = Arc<Mlp>>) -> Self {
        let nets: Vec<_> =
            nets.map(|net| (Workspace::new(&net, BATCH), net)).map(|(w, net)| (net, w)).collect();
        let macs = nets.iter().map(|(net, _)| net.multiply_adds()).sum();
        Self { nets, macs, next: 0, checksum: 0.0, readings: [[0.0; ROUNDS]; 2] }
    }

    /// Forward passes of all members over the next `rows` samples.
    fn pass(&mut self, samples: &Samples, rows: usize) {
        if self.next + rows > samples.len() {
            self.next = 0;
        }
        let width = samples.x.len() / samples.len();
        let x = &samples.x[self.next * width..(self.next + rows) * width];
        for (net, workspace) in &mut self.nets {
            self.checksum += net.forward(rows, x, workspace)[0];
        }
        self.next += rows;
    }

    /// Microseconds a sample in passes of `rows`, and the milliseconds that the reading took; `None` where the clock stands still.
    /// Allocates nothing.
    fn reading(
        &mut self,
        samples: &Samples,
        rows: usize,
        now: &mut dyn FnMut() -> f64,
    ) -> Option<(f64, f64)> {
        let passes = (LOOK_MACS / (self.macs * rows).max(1)).clamp(1, MOST_PASSES);
        let mut passes_then_look = || {
            for _ in 0..passes {
                self.pass(samples, rows);
            }
            now()
        };
        let start = passes_then_look();
        // To the clock's next tick, at work, so that caches hold this network.
        let begin = (0..MOST_LOOKS).map(|_| passes_then_look()).find(|&at| at > start)?;
        let mut looks = 1;
        let mut end = passes_then_look();
        while end - begin < READING_MS {
            if looks == MOST_LOOKS {
                return None;
            }
            end = passes_then_look();
            looks += 1;
        }
        black_box(self.checksum);
        Some((1000.0 * (end - begin) / (looks * passes * rows) as f64, end - start))
    }

    /// Medians of the first `rounds` readings.
    fn speed(&self, rounds: usize) -> NetworkSpeed {
        let [single_us, batch_us] = self.readings.map(|readings| {
            let readings = &readings[..rounds];
            let up_to = |x: f64| readings.iter().filter(|&&y| y <= x).count();
            // The least of those that half of all are not above.
            readings.iter().filter(|&&x| 2 * up_to(x) >= rounds).fold(f64::INFINITY, |a, &b| a.min(b))
        });
        NetworkSpeed { single_us, batch_us }
    }
}

impl SpeedTest {
    /// Of the networks that `experiment` ended with.
    ///
    /// # Errors
    /// An experiment that is not done.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let (Some(teacher), Some(student), true) =
            (&experiment.teacher, &experiment.distilled, experiment.done())
        else {
            return Err(Error::new("not_done", "", (), Allowed::Done));
        };
        let teacher = Timed::new(teacher.members.iter().map(|member| member.net.clone()));
        let student = Timed::new(std::iter::once(student.net.clone()));
        let most = BATCH_MACS / teacher.macs.max(student.macs).max(1);
        let batch = most.clamp(1, BATCH).min(experiment.data.test.len());
        Ok(Self { data: experiment.data.clone(), batch, teacher, student, taken: 0, spent: 0.0 })
    }

    /// Takes one reading, of a few milliseconds, by the clock `now`, in milliseconds; returns the speed after the last one.
    ///
    /// # Errors
    /// A clock that stands still.
    pub fn advance(&mut self, now: &mut dyn FnMut() -> f64) -> Result<Option<Speed>, Error> {
        let (round, turn) = (self.taken / 4, self.taken % 4);
        let kind = turn / 2;
        let rows = if kind == 0 { 1 } else { self.batch };
        let timed = if turn % 2 == 0 { &mut self.teacher } else { &mut self.student };
        let still = || Error::new("no_clock", "", (), Allowed::Clock);
        let (us, took) = timed.reading(&self.data.test, rows, now).ok_or_else(still)?;
        timed.readings[kind][round] = us;
        self.taken += 1;
        self.spent += took;
        let rounds = self.taken / 4;
        let another = self.spent * (rounds + 1) as f64 <= MOST_MS * rounds as f64;
        Ok((turn == 3 && (rounds == ROUNDS || !another)).then(|| self.speed(rounds)))
    }

    fn speed(&self, rounds: usize) -> Speed {
        let (teacher, student) = (self.teacher.speed(rounds), self.student.speed(rounds));
        let ratio = SpeedRatio {
            promised: self.teacher.macs as f64 / self.student.macs as f64,
            single: teacher.single_us / student.single_us,
            batch: teacher.batch_us / student.batch_us,
        };
        Speed { batch: self.batch, teacher, student, ratio }
    }
}

impl Experiment {
    /// The speed of the networks that it ended with, by the clock `now`, in milliseconds.
    ///
    /// # Errors
    /// An experiment that is not done; a clock that stands still.
    ///
    /// ```
    /// # use distill_lab::{config::Config, experiment::Experiment};
    /// let short = serde_json::json!({ "teacher": { "steps": 5 }, "student": { "steps": 5 } });
    /// let mut experiment = Experiment::new(Config::preset("notebook-repaired")?.with(&short)?)?;
    /// experiment.step(10)?;
    /// let begin = std::time::Instant::now();
    /// let speed = experiment.speed(&mut || 1e3 * begin.elapsed().as_secs_f64())?;
    /// assert!(speed.teacher.single_us > 0.0);
    /// # Ok::<(), distill_lab::Error>(())
    /// ```
    pub fn speed(&self, now: &mut dyn FnMut() -> f64) -> Result<Speed, Error> {
        let mut test = SpeedTest::new(self)?;
        loop {
            if let Some(speed) = test.advance(now)? {
                return Ok(speed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn finished() -> Experiment {
        let partial =
            serde_json::json!({ "teacher": { "steps": 3, "members": 2 }, "student": { "steps": 3 } });
        let mut experiment =
            Experiment::new(Config::preset("fifty-digits").unwrap().with(&partial).unwrap()).unwrap();
        experiment.step(10).unwrap();
        experiment
    }

    #[test]
    fn a_clock_that_counts_looks_finds_the_larger_network_slower() {
        let mut ms = 0.0;
        let speed = finished()
            .speed(&mut || {
                ms += 1.0;
                ms
            })
            .unwrap();
        // Two members of 26,000 multiply-adds leave three passes to a look, a student of 2,400 the most there are.
        let look = |passes: f64| 1000.0 / passes;
        assert_eq!(
            (speed.batch, speed.teacher.single_us, speed.student.single_us),
            (64, look(3.0), look(64.0))
        );
        assert_eq!((speed.teacher.batch_us, speed.student.batch_us), (look(64.0), look(64.0)));
        assert_eq!((speed.ratio.single, speed.ratio.batch), (64.0 / 3.0, 1.0));
        let (teacher, student) = (2 * (64 * 128 + 128 * 128 + 128 * 10), 64 * 32 + 32 * 10);
        assert_eq!(speed.ratio.promised, f64::from(teacher) / f64::from(student));
    }

    #[test]
    fn other_work_on_the_machine_in_one_round_moves_no_median() {
        let speed = |pause: f64| {
            let (mut ms, mut looks) = (0.0, 0);
            finished().speed(&mut || {
                looks += 1;
                ms += if (9..12).contains(&looks) { 1.0 + pause } else { 1.0 };
                ms
            })
        };
        assert_eq!(speed(4.0), speed(0.0));
    }

    /// Each look costs 0.01 ms, and the clock shows whole milliseconds.
    #[test]
    fn a_coarse_clock_gives_what_a_fine_one_does() {
        let speed = |grain: f64| {
            let mut looks = 0.0f64;
            finished()
                .speed(&mut || {
                    looks += 1.0;
                    (0.01 * looks / grain + 1e-9).floor() * grain
                })
                .unwrap()
        };
        let (coarse, fine) = (speed(1.0), speed(0.01));
        let equal = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 0.01, "{a} {b}");
        equal(coarse.teacher.single_us, fine.teacher.single_us);
        equal(coarse.student.batch_us, fine.student.batch_us);
    }

    #[test]
    fn a_clock_of_long_ticks_ends_the_measurement_after_one_round() {
        let (mut ms, mut looks) = (0.0, 0);
        let speed = finished()
            .speed(&mut || {
                looks += 1;
                ms += 50.0;
                ms
            })
            .unwrap();
        assert_eq!(looks, 4 * 3);
        assert!(speed.teacher.single_us > 0.0);
    }

    #[test]
    fn the_machines_own_clock_gives_figures_above_zero_and_nothing_is_told_before_the_end() {
        let begin = std::time::Instant::now();
        let mut now = || 1000.0 * begin.elapsed().as_secs_f64();
        let speed = finished().speed(&mut now).unwrap();
        for us in
            [speed.teacher.single_us, speed.teacher.batch_us, speed.student.single_us, speed.student.batch_us]
        {
            assert!(us > 0.0 && us.is_finite());
        }
        let begun = Experiment::new(Config::preset("fifty-digits").unwrap()).unwrap();
        assert_eq!(begun.speed(&mut now).unwrap_err().code, "not_done");
    }

    #[test]
    fn a_clock_that_stands_still_is_refused() {
        assert_eq!(finished().speed(&mut || 7.0).unwrap_err().code, "no_clock");
        // One that stops in the middle, too.
        let mut looks = 0.0;
        let stops = &mut || {
            looks += 1.0;
            f64::min(looks / 10.0, 1.0)
        };
        assert_eq!(finished().speed(stops).unwrap_err().code, "no_clock");
    }
}
