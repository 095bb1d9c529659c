//! The machine's limit: how many multiplications and additions on four lanes it can do when nothing else slows it down.
//!
//! The benchmark gives the speed of a step as a share of this.

use super::arch::Quad;
use super::vector::Vector;

/// Independent chains of operations: enough to keep every multiplier and adder busy, few enough for the registers.
const CHAINS: usize = 12;

/// Floating-point operations of one iteration of [`peak_loop`].
pub const PEAK_LOOP_OPERATIONS: usize = 2 * CHAINS * Quad::LANES;

/// `iterations` times `x = x a + b` in twelve independent chains of four lanes. The result depends on all of them, so the compiler cannot
/// drop any.
pub fn peak_loop(iterations: usize, a: f32, b: f32) -> f32 {
    let (a, b) = (Quad::splat(a), Quad::splat(b));
    let mut chains: [Quad; CHAINS] = std::array::from_fn(|i| Quad::splat(i as f32));
    for _ in 0..iterations {
        for x in &mut chains {
            *x = x.mul(a).add(b);
        }
    }
    sum_of_lanes(chains.into_iter())
}

/// Floating-point operations of one iteration of [`apart_loop`].
pub const APART_LOOP_OPERATIONS: usize = 2 * 2 * APART_CHAINS * Quad::LANES;

/// Chains of each kind in [`apart_loop`]; all of them together fit the registers.
const APART_CHAINS: usize = 7;

/// `iterations` times `x = x x` and `y = y + y`, twice, in seven independent chains of either kind: the limit where no addition waits for a
/// multiplication. A product cannot reach it, since each of its additions needs one. `one` and `zero` must be 1 and 0.
pub fn apart_loop(iterations: usize, one: f32, zero: f32) -> f32 {
    let (mut x, mut y) = ([Quad::splat(one); APART_CHAINS], [Quad::splat(zero); APART_CHAINS]);
    for _ in 0..iterations {
        for _ in 0..2 {
            for (x, y) in x.iter_mut().zip(&mut y) {
                (*x, *y) = (x.mul(*x), y.add(*y));
            }
        }
    }
    sum_of_lanes(x.into_iter().chain(y))
}

fn sum_of_lanes(chains: impl Iterator<Item = Quad>) -> f32 {
    let sum = chains.fold(Quad::splat(0.0), Quad::add);
    let mut lanes = [0.0; Quad::LANES];
    // SAFETY: `lanes` has room for every lane.
    unsafe { sum.store(lanes.as_mut_ptr()) };
    lanes.iter().sum()
}
