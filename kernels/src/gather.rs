//! Rows of a matrix, gathered into a batch.

/// Copies the rows `indices` of `from`, `width` values each, so that `to` becomes `[indices, width]`. Allocates nothing where `to` has
/// had that length before.
///
/// A copy whose length is known only at run time is a call, which costs more than a short row is worth. So a row of up to 16 values is
/// copied as its first values and its last ones, each a number that is known here; where the row is shorter than both, they overlap.
pub fn gather_rows<T: Copy + Default>(to: &mut Vec<T>, from: &[T], width: usize, indices: &[u32]) {
    to.resize(indices.len() * width, T::default());
    match width {
        0 => {}
        1 => to.iter_mut().zip(indices).for_each(|(to, &i)| *to = from[i as usize]),
        2..=3 => by_ends::<2, T>(to, from, width, indices),
        4..=7 => by_ends::<4, T>(to, from, width, indices),
        8..=16 => by_ends::<8, T>(to, from, width, indices),
        _ => {
            for (row, &i) in to.chunks_exact_mut(width).zip(indices) {
                row.copy_from_slice(&from[i as usize * width..][..width]);
            }
        }
    }
}

/// Copies rows of `N` to `2 * N` values.
fn by_ends<const N: usize, T: Copy>(to: &mut [T], from: &[T], width: usize, indices: &[u32]) {
    for (row, &i) in to.chunks_exact_mut(width).zip(indices) {
        let source = &from[i as usize * width..][..width];
        let ends = (source.first_chunk::<N>(), source.last_chunk::<N>());
        let (Some(first), Some(last)) = ends else { unreachable!("a row of at least N values") };
        let (first, last) = (*first, *last);
        row[..N].copy_from_slice(&first);
        row[width - N..].copy_from_slice(&last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_every_width_are_gathered_in_the_order_asked_for() {
        let mut to = vec![7_u32; 3];
        for width in 0..40 {
            let from: Vec<u32> = (0..5 * width as u32).collect();
            for indices in [&[4, 0, 4, 2][..], &[1], &[]] {
                gather_rows(&mut to, &from, width, indices);
                let row = |&i: &u32| from[i as usize * width..][..width].to_vec();
                assert_eq!(to, indices.iter().flat_map(row).collect::<Vec<_>>(), "{width}");
            }
        }
    }
}
