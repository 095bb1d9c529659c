//! Hints: `0.5 / h_t * |h W + b - h_t|^2`, a hidden layer of the student matched to one of the teacher's.
//!
//! The regressor `W [k, m]`, `b [m]` makes up for different widths and is learned with the student.
//! Shapes, all packed row-major without padding: `h [n, k]`, the teacher's `h_t [n, m]`. The mean is over the n samples. The loss is summed
//! in `f64`, the gradients in `f32`.
//! Source: Romero, Ballas, Kahou, Chassang, Gatta and Bengio, ICLR 2015, arXiv:1412.6550, equation 3.

/// What a hint compares, and its sizes.
#[derive(Clone, Copy, Debug)]
pub struct Hint<'a> {
    /// Samples, n.
    pub rows: usize,
    /// Units of the student's layer, k.
    pub student_units: usize,
    /// Units of the teacher's layer, m.
    pub teacher_units: usize,
    /// `h [n, k]`.
    pub student: &'a [f32],
    /// `W [k, m]`.
    pub weights: &'a [f32],
    /// `b [m]`.
    pub biases: &'a [f32],
    /// `h_t [n, m]`.
    pub teacher: &'a [f32],
}

/// The mean loss; writes its gradients `d_student [n, k]`, `d_weights [k, m]`, `d_biases [m]`. Allocates nothing.
///
/// ```
/// use distill_lab::loss::{hint, Hint};
/// let hint_of = Hint {
///     rows: 1, student_units: 1, teacher_units: 2,
///     student: &[2.0], weights: &[1.0, 0.5], biases: &[0.0, 0.0], teacher: &[2.0, 0.0],
/// };
/// let (mut d_student, mut d_weights, mut d_biases) = ([0.0], [0.0; 2], [0.0; 2]);
/// assert_eq!(hint(&hint_of, &mut d_student, &mut d_weights, &mut d_biases), 0.25);
/// assert_eq!((d_student, d_weights, d_biases), ([0.25], [0.0, 1.0], [0.0, 0.5]));
/// ```
pub fn hint(of: &Hint, d_student: &mut [f32], d_weights: &mut [f32], d_biases: &mut [f32]) -> f64 {
    let (k, m) = (of.student_units, of.teacher_units);
    let scale = 1.0 / (m * of.rows) as f64;
    d_student.fill(0.0);
    d_weights.fill(0.0);
    d_biases.fill(0.0);
    let mut loss = 0.0f64;
    for i in 0..of.rows {
        let h = &of.student[i * k..(i + 1) * k];
        for j in 0..m {
            let guess: f64 = (0..k)
                .map(|l| f64::from(h[l]) * f64::from(of.weights[l * m + j]))
                .sum();
            let error = guess + f64::from(of.biases[j]) - f64::from(of.teacher[i * m + j]);
            loss += error * error;
            let d = error * scale;
            d_biases[j] += d as f32;
            for l in 0..k {
                d_weights[l * m + j] += (d * f64::from(h[l])) as f32;
                d_student[i * k + l] += (d * f64::from(of.weights[l * m + j])) as f32;
            }
        }
    }
    0.5 * scale * loss
}
