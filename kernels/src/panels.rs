//! The layout of a layer's weights: packed panels of columns.
//!
//! GotoBLAS packs the right side of a product into panels before it multiplies, so that the micro-kernel reads memory from one end to
//! the other (Goto and van de Geijn 2008, doi:10.1145/1356052.1356053). Weights are read in every step and change only in place, so here they are
//! kept packed all the time: a forward pass packs nothing.

use super::arch;
use super::padded;
use super::tile::NR_VECTORS;
use super::vector::Vector;

/// Widest layer, in padded outputs, that is stored row by row. Its products put the lanes across samples or inputs instead
/// ([`super::dense::Transposed`]): across so few outputs most lanes would be idle.
pub(super) const MAX_NARROW: usize = 12;

/// Where the values of a matrix `(K, padded(N))` lie.
///
/// A panel is a group of neighbouring columns, stored row after row; the panel that begins at column `j` begins at value `j * K`.
/// Panels are as wide as a register tile of this machine's vectors. The columns that fill no such panel are split into panels whose
/// widths are powers of two.
///
/// ```
/// use distill_lab_kernels::Panels;
/// let panels = Panels::of_weights(5, 100);
/// assert_eq!(panels.at(0, 0), 0);
/// // Every value has one place, so the 500 places are 0 to 499 in some order.
/// let mut places: Vec<usize> = (0..500).map(|i| panels.at(i / 100, i % 100)).collect();
/// places.sort();
/// assert!(places.into_iter().eq(0..500));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Panels {
    rows: usize,
    columns: usize,
    widest: usize,
}

impl Panels {
    /// The layout of the weights of a layer with as many inputs and outputs.
    pub fn of_weights(inputs: usize, outputs: usize) -> Self {
        let columns = padded(outputs);
        if columns <= MAX_NARROW {
            Self::row_major(inputs, columns)
        } else {
            Self::new(inputs, columns, NR_VECTORS * arch::widest_lanes())
        }
    }

    /// A single panel: row after row.
    pub(super) const fn row_major(rows: usize, columns: usize) -> Self {
        Self::new(rows, columns, columns)
    }

    /// Panels for tiles of the vector type.
    #[cfg(test)]
    pub(super) fn for_vectors<V: Vector>(rows: usize, columns: usize) -> Self {
        Self::new(rows, columns, NR_VECTORS * V::LANES)
    }

    const fn new(rows: usize, columns: usize, widest: usize) -> Self {
        Self { rows, columns, widest }
    }

    /// Rows of the matrix.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Columns of the matrix.
    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    /// Values of the matrix.
    pub(super) const fn len(&self) -> usize {
        self.rows * self.columns
    }

    /// Width of the panel that begins at column `first`.
    #[inline(always)]
    pub(super) const fn width_at(&self, first: usize) -> usize {
        let left = self.columns - first;
        if left >= self.widest { self.widest } else { 1 << left.ilog2() }
    }

    /// First column and width of the panel that contains column `j`.
    #[inline(always)]
    pub(super) const fn panel_of(&self, j: usize) -> (usize, usize) {
        let mut first = j / self.widest * self.widest;
        loop {
            let width = self.width_at(first);
            if j < first + width {
                return (first, width);
            }
            first += width;
        }
    }

    /// End of the run of equally wide panels that the one from column `first` on is part of.
    #[inline(always)]
    pub(super) const fn end_of_run(&self, first: usize) -> usize {
        let width = self.width_at(first);
        if width == self.widest { self.columns / width * width } else { first + width }
    }

    /// Where the value of row `l` and column `j` lies.
    pub const fn at(&self, l: usize, j: usize) -> usize {
        let (first, width) = self.panel_of(j);
        first * self.rows + l * width + (j - first)
    }
}

/// Width of the next panel where `left` columns are left and tiles are of type `V`, by the rule of [`Panels::width_at`]; 0 where `V` is
/// too wide.
#[inline(always)]
pub(super) const fn tile_width<V: Vector>(left: usize) -> usize {
    if left >= NR_VECTORS * V::LANES {
        NR_VECTORS * V::LANES
    } else if left >= V::LANES {
        V::LANES
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_one_place() {
        for widest in [8, 16, 32] {
            for (rows, columns) in [(1, 4), (3, 8), (5, 12), (7, 20), (2, 100), (9, 64), (4, 132)] {
                let panels = Panels::new(rows, columns, widest);
                let mut places: Vec<usize> =
                    (0..rows * columns).map(|i| panels.at(i / columns, i % columns)).collect();
                places.sort_unstable();
                assert!(places.into_iter().eq(0..rows * columns), "{rows} x {columns} in panels of {widest}");
            }
        }
    }
}
