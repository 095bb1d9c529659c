//! A tile of a product: up to four rows by `C` vectors of sums, held in registers from the first step of the depth to the last.

use super::vector::Vector;

/// Rows of a tile; what is left over goes in two and one.
pub(super) const ROWS: usize = 4;
/// Vectors of columns in the widest tile: with [`ROWS`] as many sums as sixteen registers hold beside a step's values.
pub(super) const VECTORS: usize = 2;
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

/// Adds `depth` terms to each sum of `rows` rows ([`tile_rows`]) and `C` vectors; the first term finds `+0.0` where `first`.
///
/// The left side lies as `[depth, rows]`, the right one as `[depth, C * LANES]`, the sums in rows `to_row` apart: a step reads
/// one place of either side, and no row needs a pointer of its own.
///
/// # Safety
/// Both sides must be readable for the depth, `to` readable and writable for the tile.
#[inline(always)]
pub(super) unsafe fn add_tile<V: Vector, const C: usize>(
    rows: usize,
    left: *const f32,
    right: *const f32,
    depth: usize,
    first: bool,
    to: *mut f32,
    to_row: usize,
) {
    // SAFETY: the caller's.
    unsafe {
        match rows {
            4 => add::<V, 4, C>(left, right, depth, first, to, to_row),
            2 => add::<V, 2, C>(left, right, depth, first, to, to_row),
            _ => add::<V, 1, C>(left, right, depth, first, to, to_row),
        }
    }
}

/// A function of its own on WebAssembly, where every product shares it; natively it takes over its caller's instructions.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
unsafe fn add<V: Vector, const R: usize, const C: usize>(
    mut left: *const f32,
    mut right: *const f32,
    depth: usize,
    first: bool,
    to: *mut f32,
    to_row: usize,
) {
    let place = |r: usize, c: usize| to.wrapping_add(r * to_row + c * V::LANES);
    // SAFETY: the caller's.
    unsafe {
        let mut sums: [[V; C]; R] = if first {
            [[V::splat(0.0); C]; R]
        } else {
            std::array::from_fn(|r| std::array::from_fn(|c| V::load(place(r, c))))
        };
        // The left pointer counts the steps, so that a step costs no counter of its own.
        let end = left.add(depth * R);
        while left != end {
            let w: [V; C] = std::array::from_fn(|c| V::load(right.add(c * V::LANES)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = V::splat(*left.add(r));
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = sum.add(x.mul(w));
                }
            }
            (left, right) = (left.add(R), right.add(C * V::LANES));
        }
        for (r, sums) in sums.into_iter().enumerate() {
            for (c, sum) in sums.into_iter().enumerate() {
                sum.store(place(r, c));
            }
        }
    }
}
