//! The Kullback-Leibler divergence of soft targets and its gradient, in one pass over a batch.

/// `sum p (ln p - ln q)` in `f64`, and `d = scale (q - p)`: [`super::naive::soft_target_kl`] over padded rows, bit for bit.
///
/// All slices are `(B, padded(K))` or longer, padding zero; `d` says how long. The sum runs in four independent lanes, so that no
/// addition waits for the one before it.
pub fn soft_target_kl(p: &[f32], log_p: &[f32], q: &[f32], log_q: &[f32], scale: f32, d: &mut [f32]) -> f64 {
    let mut lanes = [0.0f64; 4];
    let teacher = p.chunks_exact(4).zip(log_p.chunks_exact(4));
    let student = q.chunks_exact(4).zip(log_q.chunks_exact(4));
    for (((p, log_p), (q, log_q)), d) in teacher.zip(student).zip(d.chunks_exact_mut(4)) {
        for l in 0..4 {
            lanes[l] += f64::from(p[l]) * (f64::from(log_p[l]) - f64::from(log_q[l]));
            d[l] = scale * (q[l] - p[l]);
        }
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}
