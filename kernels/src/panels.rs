//! How a layer's weights lie: in panels of columns, the order in which a forward pass reads them, so that nothing is packed for it.

use super::arch;
use super::tile::VECTORS;
use super::vector::Vector;

/// Layers of at most as many outputs (padded) are done with the lanes across samples or inputs, and their weights are one panel.
pub(super) const NARROW: usize = 12;

/// Where the values of a matrix `[k, n]` lie, `n` a padded width.
///
/// A panel is some columns next to each other: it has its rows one after another, and the panel that begins at column `j` begins at
/// value `j * k`. Panels are as wide as the tiles of the machine at hand; the last ones, of what is left of a row, are powers of two.
#[derive(Clone, Copy, Debug)]
pub struct Panels {
    k: usize,
    n: usize,
    widest: usize,
}

impl Panels {
    /// The weights `[k, n]` of a layer.
    pub fn of_weights(k: usize, n: usize) -> Self {
        if n <= NARROW {
            Self::row_major(k, n)
        } else {
            Self::new(k, n, VECTORS * arch::widest())
        }
    }

    /// A single panel: row after row.
    pub fn row_major(k: usize, n: usize) -> Self {
        Self::new(k, n, n)
    }

    /// Panels for tiles of the vector type.
    #[cfg(test)]
    pub(super) fn for_vectors<V: Vector>(k: usize, n: usize) -> Self {
        Self::new(k, n, VECTORS * V::LANES)
    }

    const fn new(k: usize, n: usize, widest: usize) -> Self {
        Self { k, n, widest }
    }

    /// Rows.
    pub(super) const fn k(&self) -> usize {
        self.k
    }

    /// Columns.
    pub(super) const fn columns(&self) -> usize {
        self.n
    }

    /// Values.
    pub(super) const fn len(&self) -> usize {
        self.k * self.n
    }

    /// Columns of the panel that begins at column `j`.
    #[inline(always)]
    pub(super) const fn wide(&self, j: usize) -> usize {
        let left = self.n - j;
        if left >= self.widest {
            self.widest
        } else {
            1 << left.ilog2()
        }
    }

    /// First column and width of the panel that holds column `j`.
    #[inline(always)]
    pub(super) const fn holding(&self, j: usize) -> (usize, usize) {
        let mut first = j / self.widest * self.widest;
        loop {
            let wide = self.wide(first);
            if j < first + wide {
                return (first, wide);
            }
            first += wide;
        }
    }

    /// The column where the panels as wide as the one that begins at column `first` end.
    #[inline(always)]
    pub(super) const fn alike(&self, first: usize) -> usize {
        let wide = self.wide(first);
        if wide == self.widest {
            self.n / wide * wide
        } else {
            first + wide
        }
    }

    /// Where the value of row `l` and column `j` lies.
    pub const fn at(&self, l: usize, j: usize) -> usize {
        let (first, wide) = self.holding(j);
        first * self.k + l * wide + (j - first)
    }
}

/// Columns of the next panel of tiles of type `V` where `left` are left; the rule of [`Panels::wide`].
#[inline(always)]
pub(super) const fn vectors_wide<V: Vector>(left: usize) -> usize {
    if left >= VECTORS * V::LANES {
        VECTORS * V::LANES
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
    fn every_value_has_a_place_of_its_own() {
        for widest in [8, 16, 32] {
            for (k, n) in [(1, 4), (3, 8), (5, 12), (7, 20), (2, 100), (9, 64), (4, 132)] {
                let panels = Panels::new(k, n, widest);
                let mut places: Vec<usize> = (0..k * n).map(|i| panels.at(i / n, i % n)).collect();
                places.sort_unstable();
                assert!(places.into_iter().eq(0..k * n), "{k} x {n} in panels of {widest}");
            }
        }
    }
}
