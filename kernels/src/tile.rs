//! The micro-kernel: one register tile of a product.
//!
//! A register tile is up to four rows by some vectors of columns of the result. Its sums stay in registers from the first term to the
//! epilogue; each step of the depth loads a few vectors of the right side and a few values of the left one, and every loaded value
//! serves a whole row or column of the tile. That is the innermost loop of GotoBLAS and BLIS.
//!
//! Sources: Goto and van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication", doi:10.1145/1356052.1356053; Van Zee and van
//! de Geijn 2015, "BLIS: A Framework for Rapidly Instantiating BLAS Functionality", doi:10.1145/2764454, whose names `MR`, `NR` and `KC`
//! are used here.

use super::epilogue::Epilogue;
use super::vector::Vector;

/// Rows of a register tile. The rest of a matrix takes tiles of two rows and one.
pub(super) const MR: usize = 4;
/// Rows of a tile of weight gradients whose rows are no multiple of four.
pub(super) const GRADIENT_MR: usize = 5;
/// Vectors of columns in a tile: `MR * NR_VECTORS` sums and a step's values fill sixteen registers.
pub(super) const NR_VECTORS: usize = 2;
/// Vectors of columns in a tile of one or two rows, which has registers to spare: an addition takes several cycles, and only
/// independent sums fill them.
pub(super) const LONG_VECTORS: usize = 4;
/// Columns of a tile on the widest vectors, of sixteen lanes.
pub(super) const MAX_NR: usize = NR_VECTORS * 16;

/// Rows of the next tile where `left` rows are left.
#[inline(always)]
pub(super) const fn tile_rows(left: usize) -> usize {
    match left {
        4.. => 4,
        2..4 => 2,
        _ => 1,
    }
}

/// As [`tile_rows`], where the rows are a batch. Few batches leave a rest, so the rest goes row by row without a tile of two.
#[inline(always)]
pub(super) const fn batch_rows(left: usize) -> usize {
    if left >= MR { MR } else { 1 }
}

/// As [`tile_rows`], where the rows are a layer's inputs: tiles of five until the rest is a multiple of four. This avoids tiles of one
/// or two rows, whose few sums wait for their additions.
#[inline(always)]
pub(super) const fn gradient_rows(left: usize) -> usize {
    if left >= GRADIENT_MR && !left.is_multiple_of(MR) { GRADIENT_MR } else { tile_rows(left) }
}

/// Where a tile reads its terms and which outputs it computes.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    /// The left values of step `l`, one for each row, lie from `[l * left_step]` on: all rows share one pointer.
    pub left: *const f32,
    pub left_step: usize,
    /// The right vectors of step `l` lie from `[l * right_step]` on.
    pub right: *const f32,
    pub right_step: usize,
    /// Steps, at most [`super::dense::KC`] of a product's depth where the right side is packed.
    pub depth: usize,
    /// Whether these are the product's first steps: the sums start at `+0.0`, otherwise at `partial_sums`.
    pub first: bool,
    /// Whether these are its last steps: the sums go to the epilogue, otherwise to `partial_sums`.
    pub last: bool,
    /// Room for the sums between two parts of the depth, vector after vector.
    pub partial_sums: *mut f32,
    /// Outputs in a row of the result.
    pub width: usize,
    /// Flat index of the tile's first output.
    pub index: usize,
    /// Column of the tile's first output.
    pub column: usize,
}

/// Runs the micro-kernel for `rows` rows ([`batch_rows`]) and `C` vectors.
///
/// # Safety
/// As [`run_tile`].
#[inline(always)]
pub(super) unsafe fn run_batch_tile<V: Vector, const C: usize>(
    rows: usize,
    tile: &Tile,
    epilogue: &impl Epilogue,
) {
    // SAFETY: as the caller promises.
    unsafe {
        if rows == MR {
            micro_kernel::<V, MR, C>(tile, epilogue);
        } else {
            micro_kernel::<V, 1, C>(tile, epilogue);
        }
    }
}

/// Runs the micro-kernel for `rows` rows ([`tile_rows`] or [`gradient_rows`]) and `C` vectors.
///
/// # Safety
/// Both sides must be readable for the tile's rows, vectors and depth; `partial_sums` must be readable unless `first` and writable
/// unless `last`; the outputs must lie within the epilogue's product.
#[inline(always)]
pub(super) unsafe fn run_tile<V: Vector, const C: usize>(rows: usize, tile: &Tile, epilogue: &impl Epilogue) {
    // SAFETY: as the caller promises.
    unsafe {
        match rows {
            5 => micro_kernel::<V, 5, C>(tile, epilogue),
            4 => micro_kernel::<V, 4, C>(tile, epilogue),
            2 => micro_kernel::<V, 2, C>(tile, epilogue),
            _ => micro_kernel::<V, 1, C>(tile, epilogue),
        }
    }
}

/// Runs the micro-kernel for one or two rows and [`LONG_VECTORS`] vectors.
///
/// # Safety
/// As [`run_tile`].
#[inline(always)]
pub(super) unsafe fn run_long_tile<V: Vector>(rows: usize, tile: &Tile, epilogue: &impl Epilogue) {
    // SAFETY: as the caller promises.
    unsafe {
        if rows == 2 {
            micro_kernel::<V, 2, LONG_VECTORS>(tile, epilogue);
        } else {
            micro_kernel::<V, 1, LONG_VECTORS>(tile, epilogue);
        }
    }
}

/// `sums[r][c] += left[l][r] * right[l][c]` for every step `l` in order, then the epilogue.
///
/// It is inlined because it must be compiled with its caller's instruction set. On WebAssembly, which has one only, that is 3 to 5 % faster
/// in V8 than a function of its own.
#[inline(always)]
unsafe fn micro_kernel<V: Vector, const R: usize, const C: usize>(tile: &Tile, epilogue: &impl Epilogue) {
    let partial = |r: usize, c: usize| tile.partial_sums.wrapping_add((r * C + c) * V::LANES);
    // SAFETY: as the caller promises.
    unsafe {
        let mut sums: [[V; C]; R] = if tile.first {
            [[V::splat(0.0); C]; R]
        } else {
            std::array::from_fn(|r| std::array::from_fn(|c| V::load(partial(r, c))))
        };
        let (mut left, mut right) = (tile.left, tile.right);
        // The left pointer counts the steps, which saves a counter and its register.
        let end = left.wrapping_add(tile.depth * tile.left_step);
        while left != end {
            let w: [V; C] = std::array::from_fn(|c| V::load(right.add(c * V::LANES)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = V::splat(*left.add(r));
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = sum.add(x.mul(w));
                }
            }
            (left, right) = (left.wrapping_add(tile.left_step), right.wrapping_add(tile.right_step));
        }
        if !tile.last {
            for (r, sums) in sums.into_iter().enumerate() {
                for (c, sum) in sums.into_iter().enumerate() {
                    sum.store(partial(r, c));
                }
            }
            return;
        }
        for c in 0..C {
            let columns = epilogue.load_columns::<V>(tile.column + c * V::LANES);
            for (r, sums) in sums.iter().enumerate() {
                epilogue.apply(columns, tile.index + r * tile.width + c * V::LANES, sums[c]);
            }
        }
    }
}
