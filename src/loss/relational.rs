//! Relations between samples: the student's distances and angles drawn to the teacher's.
//!
//! With rows `x_i` of either network and `huber(d) = d^2 / 2` where `|d| <= 1`, else `|d| - 1/2`:
//!
//! - distance: `D_ij = |x_i - x_j| / mu`, mu the mean over pairs at non-zero distance; the mean of `huber(D^s_ij - D^t_ij)` over n^2 pairs;
//! - angle: `e_ij = (x_i - x_j) / |x_i - x_j|`, `A_ijk = e_ij . e_ik`; the mean of `huber(A^s_ijk - A^t_ijk)` over n^3 triples.
//!
//! Rows that are exactly equal have distance 0, direction 0 and gradient 0. mu is differentiated, too.
//! Shapes, packed: student `[n, s]`, teacher `[n, t]`; s and t may differ. All in `f64`; buffers are allocated on each call.
//! Source: Park, Kim, Lu and Cho, CVPR 2019, arXiv:1904.05068, equations 5 to 10.

/// Rows of one network, packed.
#[derive(Clone, Copy, Debug)]
pub struct Embeddings<'a> {
    /// Values of one row.
    pub width: usize,
    /// `[n, width]`.
    pub rows: &'a [f32],
}

impl Embeddings<'_> {
    fn len(&self) -> usize {
        self.rows.len() / self.width
    }

    /// `|x_i - x_j|` for all pairs `[n, n]`.
    fn lengths(&self) -> Vec<f64> {
        let n = self.len();
        let mut lengths = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..n {
                let square: f64 = (0..self.width)
                    .map(|c| self.difference(i, j, c))
                    .map(|d| d * d)
                    .sum();
                lengths[i * n + j] = square.sqrt();
            }
        }
        lengths
    }

    fn difference(&self, i: usize, j: usize, c: usize) -> f64 {
        f64::from(self.rows[i * self.width + c]) - f64::from(self.rows[j * self.width + c])
    }

    /// Directions `e_ij` for all pairs `[n, n, width]`; zero between equal rows.
    fn directions(&self, lengths: &[f64]) -> Vec<f64> {
        let n = self.len();
        let mut directions = vec![0.0; n * n * self.width];
        for pair in (0..n * n).filter(|&pair| lengths[pair] > 0.0) {
            for c in 0..self.width {
                directions[pair * self.width + c] = self.difference(pair / n, pair % n, c) / lengths[pair];
            }
        }
        directions
    }
}

fn huber(d: f64) -> f64 {
    if d.abs() <= 1.0 {
        0.5 * d * d
    } else {
        d.abs() - 0.5
    }
}

/// Mean over the pairs at non-zero distance and their number; `None` where there is no such pair.
fn mean_length(lengths: &[f64]) -> Option<(f64, usize)> {
    let count = lengths.iter().filter(|&&l| l > 0.0).count();
    (count > 0).then(|| (lengths.iter().sum::<f64>() / count as f64, count))
}

/// Adds a gradient by `x_i - x_j` to row i and takes it from row j of `d [n, width]`; `pair` is `i * n + j`.
fn share_out(d: &mut [f64], pair: usize, n: usize, gradient: impl Iterator<Item = f64>) {
    let width = d.len() / n;
    for (c, part) in gradient.enumerate() {
        d[pair / n * width + c] += part;
        d[pair % n * width + c] -= part;
    }
}

/// The distance term; writes its gradient by the student's rows to `d_student [n, s]`.
pub fn relational_distance(student: &Embeddings, teacher: &Embeddings, d_student: &mut [f32]) -> f64 {
    let (n, width) = (student.len(), student.width);
    let (lengths, other) = (student.lengths(), teacher.lengths());
    let scale = 1.0 / (n * n) as f64;
    let (means, others) = (mean_length(&lengths), mean_length(&other));
    let mut loss = 0.0;
    // dL / dD_ij, and its part that goes through mu.
    let mut slopes = vec![0.0; n * n];
    let mut through_mean = 0.0;
    for pair in 0..n * n {
        let mine = means.map_or(0.0, |(mu, _)| lengths[pair] / mu);
        let theirs = others.map_or(0.0, |(mu, _)| other[pair] / mu);
        loss += scale * huber(mine - theirs);
        slopes[pair] = scale * (mine - theirs).clamp(-1.0, 1.0);
        through_mean += slopes[pair] * mine;
    }
    let mut d = vec![0.0; n * width];
    if let Some((mu, count)) = means {
        let directions = student.directions(&lengths);
        for pair in (0..n * n).filter(|&pair| lengths[pair] > 0.0) {
            // D_ij = l_ij / mu: dL/dl_ij = (dL/dD_ij - sum_pairs dL/dD D / count) / mu.
            let slope = (slopes[pair] - through_mean / count as f64) / mu;
            let along = &directions[pair * width..(pair + 1) * width];
            share_out(&mut d, pair, n, along.iter().map(|e| slope * e));
        }
    }
    d_student
        .iter_mut()
        .zip(&d)
        .for_each(|(to, from)| *to = *from as f32);
    loss
}

/// The angle term; writes its gradient by the student's rows to `d_student [n, s]`.
pub fn relational_angle(student: &Embeddings, teacher: &Embeddings, d_student: &mut [f32]) -> f64 {
    let (n, width) = (student.len(), student.width);
    let lengths = student.lengths();
    let mine = student.directions(&lengths);
    let theirs = teacher.directions(&teacher.lengths());
    let dot = |e: &[f64], width: usize, a: usize, b: usize| -> f64 {
        (0..width).map(|c| e[a * width + c] * e[b * width + c]).sum()
    };
    let scale = 1.0 / (n * n * n) as f64;
    let mut loss = 0.0;
    // dL / de_ij, from both factors of each product.
    let mut d_directions = vec![0.0; n * n * width];
    for i in 0..n {
        for (a, b) in (0..n * n).map(|jk| (i * n + jk / n, i * n + jk % n)) {
            let difference = dot(&mine, width, a, b) - dot(&theirs, teacher.width, a, b);
            loss += scale * huber(difference);
            let slope = scale * difference.clamp(-1.0, 1.0);
            for c in 0..width {
                d_directions[a * width + c] += slope * mine[b * width + c];
                d_directions[b * width + c] += slope * mine[a * width + c];
            }
        }
    }
    let mut d = vec![0.0; n * width];
    for pair in (0..n * n).filter(|&pair| lengths[pair] > 0.0) {
        let e = &mine[pair * width..(pair + 1) * width];
        let g = &d_directions[pair * width..(pair + 1) * width];
        // e = u / |u|: de/du = (I - e e^T) / |u|.
        let along: f64 = e.iter().zip(g).map(|(e, g)| e * g).sum();
        let across = g.iter().zip(e).map(|(g, e)| (g - along * e) / lengths[pair]);
        share_out(&mut d, pair, n, across);
    }
    d_student
        .iter_mut()
        .zip(&d)
        .for_each(|(to, from)| *to = *from as f32);
    loss
}
