//! A tile of a product: up to four rows by `C` vectors of sums, held in registers from the first term to what becomes of them.

use super::ends::Finish;
use super::vector::Vector;

/// Rows of a tile; what is left over goes in two and one.
pub(super) const ROWS: usize = 4;
/// Rows of a tile of weights' gradients where the inputs are no multiple of four.
pub(super) const GRADIENT_ROWS: usize = 5;
/// Vectors of columns in the widest tile: with [`ROWS`] as many sums as sixteen registers hold beside a step's values.
pub(super) const VECTORS: usize = 2;
/// Vectors of columns in a tile of one or two rows: fewer sums would wait for each other's additions.
pub(super) const LONG: usize = 4;
/// Columns of the widest tile on the widest vectors.
pub(super) const WIDEST: usize = VECTORS * 16;

/// Rows of the next tile where `left` are left.
#[inline(always)]
pub(super) const fn tile_rows(left: usize) -> usize {
    match left {
        4.. => 4,
        2..4 => 2,
        _ => 1,
    }
}

/// Likewise where rows are batches, which seldom leave anything over: what they leave goes one by one, for less code.
#[inline(always)]
pub(super) const fn batch_rows(left: usize) -> usize {
    if left >= ROWS { ROWS } else { 1 }
}

/// Likewise where rows are inputs: fives until fours come out even. Sums of two rows are too few: they wait for their additions.
#[inline(always)]
pub(super) const fn gradient_rows(left: usize) -> usize {
    if left >= GRADIENT_ROWS && !left.is_multiple_of(ROWS) {
        GRADIENT_ROWS
    } else {
        tile_rows(left)
    }
}

/// Where a tile's terms come from and where its sums belong.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    /// The left values of step `l`, one for each row, at `[l * left_step]`: no row needs a pointer of its own.
    pub left: *const f32,
    pub left_step: usize,
    /// The right vectors of step `l` at `[l * right_step]`.
    pub right: *const f32,
    pub right_step: usize,
    /// Steps.
    pub depth: usize,
    /// Whether the sums begin here, at `+0.0`; otherwise they are taken from `kept`.
    pub first: bool,
    /// Whether they end here; otherwise they are put to `kept`.
    pub last: bool,
    /// Room for the sums of the tile, vector after vector.
    pub kept: *mut f32,
    /// Outputs in a row of the product.
    pub width: usize,
    /// Of the first sum, among the outputs.
    pub index: usize,
    /// Of the first column.
    pub column: usize,
}

/// Adds the terms of a tile of `rows` rows ([`batch_rows`]) and `C` vectors, and hands the sums over.
///
/// # Safety
/// As [`add_tile`].
#[inline(always)]
pub(super) unsafe fn add_batch_tile<V: Vector, const C: usize>(
    rows: usize,
    tile: &Tile,
    finish: &impl Finish,
) {
    // SAFETY: the caller's.
    unsafe {
        if rows == ROWS {
            add::<V, ROWS, C>(tile, finish);
        } else {
            add::<V, 1, C>(tile, finish);
        }
    }
}

/// Likewise, of [`tile_rows`] or [`gradient_rows`] rows.
///
/// # Safety
/// Both sides must be readable for the depth, `kept` readable and writable where it is needed, and the outputs there.
#[inline(always)]
pub(super) unsafe fn add_tile<V: Vector, const C: usize>(rows: usize, tile: &Tile, finish: &impl Finish) {
    // SAFETY: the caller's.
    unsafe {
        match rows {
            5 => add::<V, 5, C>(tile, finish),
            4 => add::<V, 4, C>(tile, finish),
            2 => add::<V, 2, C>(tile, finish),
            _ => add::<V, 1, C>(tile, finish),
        }
    }
}

/// As [`add_tile`], for one or two rows and [`LONG`] vectors.
///
/// # Safety
/// As there.
#[inline(always)]
pub(super) unsafe fn add_long_tile<V: Vector>(rows: usize, tile: &Tile, finish: &impl Finish) {
    // SAFETY: the caller's.
    unsafe {
        if rows == 2 {
            add::<V, 2, LONG>(tile, finish);
        } else {
            add::<V, 1, LONG>(tile, finish);
        }
    }
}

/// A function of its own on WebAssembly, so that its loop has all registers; natively it takes over its caller's instructions.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
unsafe fn add<V: Vector, const R: usize, const C: usize>(tile: &Tile, finish: &impl Finish) {
    let kept = |r: usize, c: usize| tile.kept.wrapping_add((r * C + c) * V::LANES);
    // SAFETY: the caller's.
    unsafe {
        let mut sums: [[V; C]; R] = if tile.first {
            [[V::splat(0.0); C]; R]
        } else {
            std::array::from_fn(|r| std::array::from_fn(|c| V::load(kept(r, c))))
        };
        let (mut left, mut right) = (tile.left, tile.right);
        // The left pointer counts the steps, so that a step costs no counter of its own.
        let end = left.wrapping_add(tile.depth * tile.left_step);
        while left != end {
            let w: [V; C] = std::array::from_fn(|c| V::load(right.add(c * V::LANES)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = V::splat(*left.add(r));
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = sum.add(x.mul(w));
                }
            }
            (left, right) = (
                left.wrapping_add(tile.left_step),
                right.wrapping_add(tile.right_step),
            );
        }
        if !tile.last {
            for (r, sums) in sums.into_iter().enumerate() {
                for (c, sum) in sums.into_iter().enumerate() {
                    sum.store(kept(r, c));
                }
            }
            return;
        }
        for c in 0..C {
            let held = finish.hold::<V>(tile.column + c * V::LANES);
            for (r, sums) in sums.iter().enumerate() {
                finish.finish(held, tile.index + r * tile.width + c * V::LANES, sums[c]);
            }
        }
    }
}
