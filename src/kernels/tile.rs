//! A tile of a product: four rows by `C` vectors of sums, held in registers from the first step of the depth to the last.

use super::vector::Vector;

/// Rows of a tile.
pub(super) const ROWS: usize = 4;
/// Vectors of columns in the widest tile: with [`ROWS`] as many sums as sixteen registers hold beside a step's values.
pub(super) const VECTORS: usize = 2;
/// Lanes of the widest vector.
const LANES: usize = 16;
/// Columns of the widest tile.
pub(super) const WIDEST: usize = VECTORS * LANES;
/// Sums in the largest tile.
pub(super) const MOST: usize = ROWS * WIDEST;

/// A part of the depth.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub from: usize,
    pub depth: usize,
    pub first: bool,
    pub last: bool,
}

/// Where the left values of a tile lie: that of row `r` and step `l` at `[r * row + l * step]`.
#[derive(Clone, Copy)]
pub(super) struct Left {
    pub from: *const f32,
    pub row: usize,
    pub step: usize,
}

/// Where the right vectors of a tile lie: those of step `l` at `[l * step]`.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    pub from: *const f32,
    pub step: usize,
}

/// Adds a part's terms to the sums of `R` rows and `C` vectors at `sums`, which it begins where the part is the first.
///
/// # Safety
/// Both sides must be readable for the part's depth, `sums` writable for `R * C` vectors.
#[inline(always)]
pub(super) unsafe fn add_part<V: Vector, const R: usize, const C: usize>(
    left: Left,
    right: Columns,
    part: Part,
    sums: *mut f32,
) {
    // SAFETY: the caller's.
    unsafe {
        if left.row == 1 {
            across::<V, R, C>(left.from, left.step, right, part, sums);
        } else {
            along::<V, R, C>(left, right, part, sums);
        }
    }
}

/// A tile whose left values lie one after another across the rows.
///
/// A function of its own on WebAssembly, where every product shares it; natively it takes over its caller's instructions.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
unsafe fn across<V: Vector, const R: usize, const C: usize>(
    mut left: *const f32,
    step: usize,
    right: Columns,
    part: Part,
    to: *mut f32,
) {
    // SAFETY: the caller's.
    unsafe {
        let mut sums = load::<V, R, C>(part, to);
        let mut from = right.from;
        for _ in 0..part.depth {
            add_step(&mut sums, |r| left.add(r), from);
            (left, from) = (left.add(step), from.add(right.step));
        }
        store(sums, to);
    }
}

/// A tile whose rows lie anywhere, each read by a pointer of its own.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
unsafe fn along<V: Vector, const R: usize, const C: usize>(
    left: Left,
    right: Columns,
    part: Part,
    to: *mut f32,
) {
    // SAFETY: the caller's.
    unsafe {
        let mut sums = load::<V, R, C>(part, to);
        let mut from = right.from;
        let mut rows: [*const f32; R] = std::array::from_fn(|r| left.from.add(r * left.row));
        for _ in 0..part.depth {
            add_step(&mut sums, |r| rows[r], from);
            from = from.add(right.step);
            rows = rows.map(|row| row.add(left.step));
        }
        store(sums, to);
    }
}

/// One step of the depth: the outer product of `R` left values and `C` right vectors, added to the sums.
#[inline(always)]
unsafe fn add_step<V: Vector, const R: usize, const C: usize>(
    sums: &mut [[V; C]; R],
    left: impl Fn(usize) -> *const f32,
    right: *const f32,
) {
    // SAFETY: the caller's.
    unsafe {
        let right: [V; C] = std::array::from_fn(|c| V::load(right.add(c * V::LANES)));
        for (r, sums) in sums.iter_mut().enumerate() {
            let x = V::splat(*left(r));
            for (sum, w) in sums.iter_mut().zip(right) {
                *sum = sum.add(x.mul(w));
            }
        }
    }
}

/// The sums so far: zeros, or those of the parts before.
#[inline(always)]
unsafe fn load<V: Vector, const R: usize, const C: usize>(part: Part, from: *const f32) -> [[V; C]; R] {
    if part.first {
        return [[V::splat(0.0); C]; R];
    }
    // SAFETY: the caller's.
    std::array::from_fn(|r| std::array::from_fn(|c| unsafe { V::load(from.add((r * C + c) * V::LANES)) }))
}

#[inline(always)]
unsafe fn store<V: Vector, const R: usize, const C: usize>(sums: [[V; C]; R], to: *mut f32) {
    for (r, sums) in sums.into_iter().enumerate() {
        for (c, sum) in sums.into_iter().enumerate() {
            // SAFETY: the caller's.
            unsafe { sum.store(to.add((r * C + c) * V::LANES)) };
        }
    }
}
