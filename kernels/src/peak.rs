//! The machine's own limit: multiplications and additions on four lanes, as many as it can do when nothing else holds it up.

use super::arch::Quad;
use super::vector::Vector;

/// Chains that do not wait for each other; as many as keep every multiplier and adder busy and still fit the registers.
const CHAINS: usize = 12;

/// Floating-point operations of one iteration of [`peak_loop`].
pub const PEAK_LOOP_OPERATIONS: usize = 2 * CHAINS * Quad::LANES;

/// `iterations` times `x = x a + b` in twelve independent chains of four lanes; returns a value that depends on all of them.
pub fn peak_loop(iterations: usize, a: f32, b: f32) -> f32 {
    let (a, b) = (Quad::splat(a), Quad::splat(b));
    let mut chains: [Quad; CHAINS] = std::array::from_fn(|i| Quad::splat(i as f32));
    for _ in 0..iterations {
        for x in &mut chains {
            *x = x.mul(a).add(b);
        }
    }
    let sum = chains.into_iter().fold(Quad::splat(0.0), Quad::add);
    let mut lanes = [0.0; Quad::LANES];
    // SAFETY: there is room for every lane.
    unsafe { sum.store(lanes.as_mut_ptr()) };
    super::row_sum(&lanes)
}

/// Floating-point operations of one iteration of [`apart_loop`].
pub const APART_LOOP_OPERATIONS: usize = 2 * 2 * APART * Quad::LANES;

/// Chains of each kind in [`apart_loop`]; all of them together fit the registers.
const APART: usize = 7;

/// `iterations` times `x = x x` and `y = y + y`, twice, in seven chains of either kind that have nothing to do with each other: what
/// the processor does when no addition waits for a multiplication, which no product can reach. `one` and `zero` are just that.
pub fn apart_loop(iterations: usize, one: f32, zero: f32) -> f32 {
    let (mut x, mut y) = ([Quad::splat(one); APART], [Quad::splat(zero); APART]);
    for _ in 0..iterations {
        for _ in 0..2 {
            for (x, y) in x.iter_mut().zip(&mut y) {
                (*x, *y) = (x.mul(*x), y.add(*y));
            }
        }
    }
    let sum = x.into_iter().chain(y).fold(Quad::splat(0.0), Quad::add);
    let mut lanes = [0.0; Quad::LANES];
    // SAFETY: there is room for every lane.
    unsafe { sum.store(lanes.as_mut_ptr()) };
    super::row_sum(&lanes)
}
