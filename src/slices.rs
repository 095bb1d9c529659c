//! Slices of work that are long against their overhead and short against a person's patience.
//!
//! A slice of `budget` milliseconds ends after two thirds of them with the chunk at work, and no chunk begins that is expected
//! to end after five sixths. Chunks take about 0.4 ms, so that a unit that turns out eight times dearer than the one before
//! still ends in time. The pace, units per millisecond, is measured chunk by chunk: it falls at once and at most doubles.

use crate::Error;

/// Share of the budget after which the chunk at work is the last.
const TARGET: f64 = 2.0 / 3.0;
/// Share of the budget by which a chunk must be expected to end, or it is left to the next slice.
const LAST_END: f64 = 5.0 / 6.0;
const CHUNK_MS: f64 = 0.4;
/// Shorter times are not measured: browsers round their clocks to 0.1 ms, and some to 1 ms.
const TRUSTED_MS: f64 = 0.2;
const MAX_UNITS: usize = 1 << 20;

/// Work that can be cut anywhere.
pub(crate) trait Sliceable {
    /// Units of one kind cost about the same; where the kind changes, the pace is measured again from the start.
    fn kind(&self) -> u8;
    /// Most units of the next chunk, so that it ends where the kind changes.
    fn most(&self) -> usize;
    /// Does up to `units` units and returns how many; 0: nothing is left for this slice.
    fn work(&mut self, units: usize) -> Result<usize, Error>;
}

/// What has been learnt of the pace.
#[derive(Debug)]
pub(crate) struct Slicer {
    kind: Option<u8>,
    /// Units per millisecond; 0 while unknown.
    pace: f64,
    /// Size of the next chunk while the pace is unknown.
    trial: usize,
    /// Units done, and milliseconds that they took, since the pace was measured last.
    units: usize,
    ms: f64,
}

impl Slicer {
    /// Knows no pace.
    pub(crate) const fn new() -> Self {
        Self { kind: None, pace: 0.0, trial: 1, units: 0, ms: 0.0 }
    }

    /// Works for about `budget` milliseconds of the clock `now`; returns the milliseconds spent in the work.
    ///
    /// # Errors
    /// As the work.
    pub(crate) fn slice(
        &mut self,
        job: &mut impl Sliceable,
        budget: f64,
        now: impl Fn() -> f64,
    ) -> Result<f64, Error> {
        let begin = now();
        let mut spent = 0.0;
        loop {
            self.attend(job.kind());
            let units = self.next().min(job.most()).max(1);
            let before = now();
            let expected_end = before - begin + units as f64 / self.pace;
            if self.pace > 0.0 && spent > 0.0 && expected_end > LAST_END * budget {
                return Ok(spent);
            }
            let done = job.work(units)?;
            let after = now();
            spent += after - before;
            if done == 0 {
                return Ok(spent);
            }
            self.learn(done, after - before);
            if after - begin >= TARGET * budget {
                return Ok(spent);
            }
        }
    }

    /// Forgets the pace where another kind of work begins.
    fn attend(&mut self, kind: u8) {
        if self.kind != Some(kind) {
            *self = Self { kind: Some(kind), ..Self::new() };
        }
    }

    fn next(&self) -> usize {
        if self.pace > 0.0 { ((self.pace * CHUNK_MS) as usize).min(MAX_UNITS) } else { self.trial }
    }

    fn learn(&mut self, units: usize, ms: f64) {
        self.units += units;
        self.ms += ms;
        if self.ms < TRUSTED_MS {
            self.trial = (self.trial * 2).min(MAX_UNITS);
            return;
        }
        let measured = self.units as f64 / self.ms;
        self.pace = if self.pace > 0.0 { measured.min(self.pace * 2.0) } else { measured };
        (self.units, self.ms) = (0, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    /// The budget that the page's worker gives.
    const BUDGET: f64 = 12.0;

    /// Work on a clock that it turns: `cost` gives the milliseconds of the unit after so many.
    struct Job<'a, F: Fn(usize) -> f64> {
        clock: &'a Cell<f64>,
        cost: F,
        done: usize,
        /// Units of kind 0; those that follow are of kind 1.
        first: usize,
        /// All units.
        all: usize,
        /// Sizes of the chunks.
        chunks: Vec<usize>,
    }

    impl<'a, F: Fn(usize) -> f64> Job<'a, F> {
        /// Without end.
        fn new(clock: &'a Cell<f64>, cost: F) -> Self {
            Self { clock, cost, done: 0, first: usize::MAX, all: usize::MAX, chunks: Vec::new() }
        }
    }

    impl<F: Fn(usize) -> f64> Sliceable for Job<'_, F> {
        fn kind(&self) -> u8 {
            u8::from(self.done >= self.first)
        }
        fn most(&self) -> usize {
            let end = if self.done < self.first { self.first } else { self.all };
            end - self.done
        }
        fn work(&mut self, units: usize) -> Result<usize, Error> {
            let units = units.min(self.all - self.done);
            self.chunks.push(units);
            for _ in 0..units {
                self.clock.set(self.clock.get() + (self.cost)(self.done));
                self.done += 1;
            }
            Ok(units)
        }
    }

    proptest! {
        #[test]
        fn no_slice_is_longer_than_its_budget_though_units_become_eight_times_dearer_at_any_time(
            cheapest in 0.0002..0.4f64,
            stretches in prop::collection::vec((1usize..20_000, 1usize..=8), 0..20),
        ) {
            let mut factors = Vec::new();
            for (length, factor) in stretches {
                factors.resize(factors.len() + length, factor as f64);
            }
            let clock = Cell::new(0.0);
            let mut job = Job::new(&clock, |unit| cheapest * factors.get(unit).unwrap_or(&1.0));
            let mut slicer = Slicer::new();
            for _ in 0..200 {
                let begin = clock.get();
                slicer.slice(&mut job, BUDGET, || clock.get()).unwrap();
                prop_assert!(clock.get() - begin <= BUDGET);
            }
        }
    }

    #[test]
    fn slices_take_two_thirds_of_the_budget_however_the_clock_is_rounded() {
        for grain in [0.0, 0.005, 0.1, 1.0] {
            let clock = Cell::new(0.0f64);
            let reading = || {
                if grain > 0.0 { (clock.get() / grain).floor() * grain } else { clock.get() }
            };
            let mut job = Job::new(&clock, |_| 0.013);
            let mut slicer = Slicer::new();
            slicer.slice(&mut job, BUDGET, reading).unwrap();
            for _ in 0..50 {
                let begin = clock.get();
                let spent = slicer.slice(&mut job, BUDGET, reading).unwrap();
                let took = clock.get() - begin;
                assert!((6.9..10.0).contains(&took), "{took} ms with a grain of {grain}");
                assert!(spent <= took + grain + 1e-9);
            }
        }
    }

    #[test]
    fn another_kind_of_work_a_thousand_times_dearer_starts_with_one_unit() {
        let clock = Cell::new(0.0);
        let mut job = Job::new(&clock, |unit| if unit < 5000 { 0.002 } else { 2.0 });
        (job.first, job.all) = (5000, 6000);
        let mut slicer = Slicer::new();
        while job.done < job.all {
            let begin = clock.get();
            slicer.slice(&mut job, BUDGET, || clock.get()).unwrap();
            assert!(clock.get() - begin <= BUDGET);
        }
        // Chunks of the first kind end with it.
        let mut done = 0;
        for chunk in job.chunks {
            assert!(done + chunk <= 5000 || chunk <= 1);
            done += chunk;
        }
    }

    #[test]
    fn a_unit_longer_than_a_slice_is_done_alone() {
        let clock = Cell::new(0.0);
        let mut job = Job::new(&clock, |_| 30.0);
        let mut slicer = Slicer::new();
        for _ in 0..2 {
            assert_eq!(slicer.slice(&mut job, BUDGET, || clock.get()).unwrap(), 30.0);
        }
    }

    #[test]
    fn a_pause_of_the_machine_is_forgotten_within_two_slices() {
        let clock = Cell::new(0.0);
        let mut job = Job::new(&clock, |unit| if unit == 5000 { 40.0 } else { 0.01 });
        let mut slicer = Slicer::new();
        for _ in 0..12 {
            slicer.slice(&mut job, BUDGET, || clock.get()).unwrap();
        }
        job.chunks.clear();
        slicer.slice(&mut job, BUDGET, || clock.get()).unwrap();
        assert!(job.done > 5000 && job.chunks.len() < 30, "{} chunks", job.chunks.len());
    }

    #[test]
    fn work_that_is_over_ends_its_slice() {
        let clock = Cell::new(0.0);
        let mut job = Job::new(&clock, |_| 0.5);
        job.all = 3;
        let mut slicer = Slicer::new();
        assert_eq!(slicer.slice(&mut job, BUDGET, || clock.get()).unwrap(), 1.5);
        assert_eq!(slicer.slice(&mut job, BUDGET, || clock.get()).unwrap(), 0.0);
        assert_eq!(job.done, 3);
    }
}
