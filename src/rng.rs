//! Random draws, keyed by (seed, purpose).
//!
//! Every purpose has a stream of ChaCha8 of its own, so that what one part draws never shifts what another gets: a
//! student with more hidden units still meets the same batches. The generator counts blocks, so a stream is a
//! function of its key alone.
//!
//! Generator, uniform numbers, ranges and shuffling are `rand`'s, whose versions are pinned exactly: what they draw is part of
//! what a seed means. `rand` is built with its feature `unbiased`, for cargo joins the features of all who use a crate, and a
//! feature that is on cannot be changed from outside.
//!
//! ```
//! use distill_lab::rng::{Purpose, stream};
//! let (mut a, mut b) = (stream(1, Purpose::Split), stream(1, Purpose::Split));
//! assert_eq!(a.below(1000), b.below(1000));
//! ```

use rand::distr::OpenClosed01;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream of draws is for. The number is part of what a seed means: it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Features and labels of generated training samples.
    TrainData = 1,
    /// Features and labels of generated test samples.
    TestData = 2,
    /// The rule that labels planted data.
    PlantedRule = 3,
    /// Which training samples make the transfer set, and which of them keep their label.
    Split = 4,
    /// Which training labels are flipped, and to what.
    LabelNoise = 5,
    /// Initial weights of the students.
    StudentWeights = 6,
    /// The order in which students meet the transfer set.
    StudentBatches = 7,
    /// The order in which the distilled student meets it while it is refined.
    RefineBatches = 8,
    /// Initial weights of a regressor from a student's hidden layer to a teacher's.
    RegressorWeights = 9,
    /// Which samples of a data set made from arrays are held out as tests.
    HeldOut = 10,
    /// Which training samples are held out to choose by.
    Validation = 11,
    /// Initial weights of the teacher's first member; member `m` draws from stream `TeacherWeights + m`.
    TeacherWeights = 1 << 16,
    /// The order in which the teacher's first member meets the training set; member `m` likewise.
    TeacherBatches = 1 << 17,
}

/// The stream for `purpose` under `seed`.
pub fn stream(seed: u64, purpose: Purpose) -> Stream {
    nth_stream(seed, purpose, 0)
}

/// The stream of the `n`-th holder of a purpose, such as a member of an ensemble.
pub fn nth_stream(seed: u64, purpose: Purpose, n: u64) -> Stream {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(purpose as u64 + n);
    Stream(rng)
}

/// A source of draws.
#[derive(Clone, Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// Uniform in `[0, 1)`, a multiple of 2^-24.
    pub fn uniform(&mut self) -> f32 {
        self.0.random()
    }

    /// Uniform in `[-bound, bound)`.
    pub fn symmetric(&mut self, bound: f32) -> f32 {
        bound * (2.0 * self.uniform() - 1.0)
    }

    /// Uniform whole number below `n`, without bias. `n` is at least 1.
    pub fn below(&mut self, n: u32) -> u32 {
        self.0.random_range(..n)
    }

    /// Standard normal: `sqrt(-2 ln u) cos(2 pi v)` in `f64`, `u` in `(0, 1]`, `v` in `[0, 1)` (Box and Muller 1958).
    ///
    /// `libm` gives the same bits on every platform. `rand_distr`'s normal does not: its `exp` and `ln` become the platform's
    /// as soon as any crate in the build switches on num-traits' `std`, which `proptest` does in this one's tests.
    pub fn normal(&mut self) -> f32 {
        let u: f64 = self.0.sample(OpenClosed01);
        let v: f64 = self.0.random();
        (libm::sqrt(-2.0 * libm::log(u)) * libm::cos(core::f64::consts::TAU * v)) as f32
    }

    /// Shuffles in place: every order is equally likely.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        items.shuffle(&mut self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_repeats_itself() {
        let draws = || {
            let mut s = stream(1, Purpose::Split);
            [s.below(1000), s.below(1000)]
        };
        assert_eq!(draws(), draws());
    }

    /// Changing these changes every digest: raise the engine's version with them.
    #[test]
    fn the_first_draws_are_pinned() {
        let mut s = stream(1, Purpose::Split);
        let below = [(); 3].map(|()| s.below(1_000_000));
        let mut order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        s.shuffle(&mut order);
        let mut s = stream(1, Purpose::TeacherWeights);
        let floats = [s.uniform(), s.symmetric(0.5), s.normal(), s.normal()].map(f32::to_bits);
        assert_eq!(
            (below, order, floats),
            (
                [391_559, 662_060, 75_879],
                [0, 3, 5, 6, 9, 4, 1, 8, 2, 7],
                [1_054_555_772, 3_179_659_744, 1_064_230_015, 3_222_656_719]
            )
        );
    }

    #[test]
    fn streams_of_one_seed_differ() {
        let mut a = stream(1, Purpose::Split);
        let mut b = stream(1, Purpose::LabelNoise);
        assert_ne!((a.below(1 << 30), a.below(1 << 30)), (b.below(1 << 30), b.below(1 << 30)));
    }

    #[test]
    fn below_is_even_and_shuffle_permutes() {
        let mut s = stream(3, Purpose::Split);
        let mut counts = [0u32; 7];
        (0..70_000).for_each(|_| counts[s.below(7) as usize] += 1);
        assert!(counts.iter().all(|&c| c.abs_diff(10_000) < 500), "{counts:?}");
        let mut order: Vec<u32> = (0..100).collect();
        s.shuffle(&mut order);
        assert_ne!(order, (0..100).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn normal_has_mean_0_and_deviation_1() {
        let mut s = stream(5, Purpose::TrainData);
        let draws: Vec<f64> = (0..50_000).map(|_| f64::from(s.normal())).collect();
        let mean = draws.iter().sum::<f64>() / 50_000.0;
        let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 50_000.0;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
    }
}
