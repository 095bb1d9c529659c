//! Samples as the engine holds them, made from arrays and seen as arrays.

use crate::Error;
use crate::kernels::padded;
use crate::rng::{Purpose, stream};
use ndarray::{ArrayView1, ArrayView2, s};
use std::borrow::Cow;

/// Samples and what they are.
///
/// ```
/// use distill_lab::data::Dataset;
/// use ndarray::array;
/// let x = array![[0.0_f32, 1.0], [1.0, 0.0], [0.5, 1.0], [1.0, 0.5]];
/// let data = Dataset::from_arrays(x.view(), array![0, 1, 0, 1].view())?.split(0.25, 1)?;
/// assert_eq!((data.train.x().dim(), data.test.len()), ((3, 2), 1));
/// # Ok::<(), distill_lab::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Dataset {
    /// What holds for every sample.
    pub shape: Shape,
    /// Seen in training; its labels carry the config's label noise.
    pub train: Samples,
    /// Never seen in training.
    pub test: Samples,
    /// Taken out of the training samples, to choose by: empty where that was not asked for.
    pub validation: Samples,
}

/// What holds for every sample of a data set.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Features of a sample.
    pub features: usize,
    /// Names of the classes, by label; a supplied table brings its own.
    pub classes: Vec<Cow<'static, str>>,
    /// Height and width where the samples are images; a height of 1 is a line, drawn as one.
    pub image: Option<(usize, usize)>,
    /// Most training and test samples, where the set is not generated.
    pub most: Option<(usize, usize)>,
}

/// Features and labels.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    /// `[len, padded(features)]`, row-major, padding columns zero.
    pub(crate) x: Vec<f32>,
    /// A class for each sample.
    pub(crate) labels: Vec<i32>,
    /// Features of a sample.
    pub(crate) features: usize,
}

fn refused(what: &str, got: impl std::fmt::Display, allowed: impl std::fmt::Display) -> Error {
    let message = format!("{what}: got {got}; allowed: {allowed}");
    Error { path: what.into(), ..Error::said("out_of_range", message) }
}

impl Dataset {
    /// Samples for training and for tests; `classes` names the classes by label.
    ///
    /// # Errors
    /// `out_of_range`: parts of another number of features, fewer than two classes, a label that is none of them, no training sample.
    pub fn new<C>(train: Samples, test: Samples, classes: impl IntoIterator<Item = C>) -> Result<Self, Error>
    where
        C: Into<Cow<'static, str>>,
    {
        let classes: Vec<Cow<'static, str>> = classes.into_iter().map(Into::into).collect();
        if train.is_empty() {
            return Err(refused("train", "no sample", "at least one"));
        }
        if !test.is_empty() && test.features != train.features {
            let allowed = format!("{}, as in training", train.features);
            return Err(refused("test", format!("{} features", test.features), allowed));
        }
        if classes.len() < 2 {
            return Err(refused("classes", classes.len(), "at least two"));
        }
        let known = 0..classes.len() as i32;
        if let Some(label) = train.labels.iter().chain(&test.labels).find(|label| !known.contains(label)) {
            return Err(refused("labels", label, format!("classes from 0 to {}", classes.len() - 1)));
        }
        let shape = Shape { features: train.features, classes, image: None, most: None };
        Ok(Self { shape, train, test, validation: Samples::default() })
    }

    /// Features `x [samples, features]` and a class for each sample, all of them for training; [`Dataset::split`] holds some out.
    /// Classes are named by their numbers, from 0 to the largest label.
    ///
    /// # Errors
    /// As [`Samples::new`] and [`Dataset::new`].
    pub fn from_arrays(x: ArrayView2<f32>, labels: ArrayView1<i32>) -> Result<Self, Error> {
        let train = Samples::new(x, labels)?;
        let classes = train.labels.iter().max().map_or(0, |&most| most + 1);
        let test = Samples::with_capacity(0, train.features);
        Self::new(train, test, (0..classes).map(|class| class.to_string()))
    }

    /// Holds out a `share` of all samples as tests, drawn from `seed`; the number is rounded to the nearest. Both parts keep the order
    /// in which the samples were given, those for training first.
    ///
    /// # Errors
    /// `out_of_range`: a share that leaves no sample for training or for tests.
    pub fn split(self, share: f64, seed: u64) -> Result<Self, Error> {
        let (train, test) = (&self.train, &self.test);
        let len = train.len() + test.len();
        let held_out = (share * len as f64).round();
        if !(1.0..len as f64).contains(&held_out) {
            return Err(refused(
                "share",
                share,
                format!("one that leaves of {len} samples some for training and some for tests"),
            ));
        }
        let mut is_test = vec![false; len];
        is_test[..held_out as usize].fill(true);
        stream(seed, Purpose::HeldOut).shuffle(&mut is_test);
        let mut parts = [0, 1].map(|_| Samples::with_capacity(len, self.shape.features));
        for (row, is_test) in is_test.into_iter().enumerate() {
            let (from, row) = if row < train.len() { (train, row) } else { (test, row - train.len()) };
            parts[usize::from(is_test)].push(from.row(row), from.labels[row]);
        }
        let [train, test] = parts;
        Ok(Self { train, test, ..self })
    }

    /// Takes `count` of the training samples out of them, to choose by; see [`to_validate`] for which.
    pub(super) fn hold_out(mut self, count: usize, seed: u64) -> Self {
        if count == 0 {
            return self;
        }
        let is_out = to_validate(self.train.len(), count, seed);
        let [train, validation] = [false, true].map(|out| {
            let rows: Vec<usize> = (0..is_out.len()).filter(|&row| is_out[row] == out).collect();
            self.train.select(&rows)
        });
        (self.train, self.validation) = (train, validation);
        self
    }
}

/// For each of `len` training samples whether it is one of the `count` that `seed` draws to choose by.
pub(crate) fn to_validate(len: usize, count: usize, seed: u64) -> Vec<bool> {
    let mut is_out = vec![false; len];
    is_out[..count].fill(true);
    stream(seed, Purpose::Validation).shuffle(&mut is_out);
    is_out
}

impl Samples {
    /// Features `x [samples, features]` and a class for each sample.
    ///
    /// # Errors
    /// `out_of_range`: another number of labels than samples, no feature, a feature that is not finite.
    pub fn new(x: ArrayView2<f32>, labels: ArrayView1<i32>) -> Result<Self, Error> {
        if labels.len() != x.nrows() {
            return Err(refused("labels", labels.len(), format!("{}, one for each sample", x.nrows())));
        }
        if x.ncols() == 0 {
            return Err(refused("x", "no feature", "at least one"));
        }
        if let Some(((row, column), value)) = x.indexed_iter().find(|(_, value)| !value.is_finite()) {
            return Err(refused(&format!("x.{row}.{column}"), value, "a finite number"));
        }
        let mut samples = Self::with_capacity(x.nrows(), x.ncols());
        for (row, &label) in x.rows().into_iter().zip(labels) {
            samples.push(row, label);
        }
        Ok(samples)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The features, `[samples, features]`.
    pub fn x(&self) -> ArrayView2<'_, f32> {
        ArrayView2::from_shape((self.len(), padded(self.features)), &self.x)
            .expect("rows are padded to the same width")
            .slice_move(s![.., ..self.features])
    }

    /// The classes, one for each sample.
    pub fn labels(&self) -> ArrayView1<'_, i32> {
        ArrayView1::from(&self.labels)
    }

    /// The features of sample `index`.
    fn row(&self, index: usize) -> &[f32] {
        &self.x[index * padded(self.features)..][..self.features]
    }

    /// The samples at `rows`, in that order.
    pub(crate) fn select(&self, rows: &[usize]) -> Self {
        let mut samples = Self::with_capacity(rows.len(), self.features);
        for &row in rows {
            samples.push(self.row(row), self.labels[row]);
        }
        samples
    }

    /// Room for `len` samples of `features` features.
    pub(super) fn with_capacity(len: usize, features: usize) -> Self {
        Self { x: Vec::with_capacity(len * padded(features)), labels: Vec::with_capacity(len), features }
    }

    /// Adds one sample; the row is padded with zeros.
    pub(super) fn push<'a>(&mut self, features: impl IntoIterator<Item = &'a f32>, label: i32) {
        self.x.extend(features);
        self.labels.push(label);
        self.x.resize(self.len() * padded(self.features), 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Array2, array};

    fn ramp(rows: usize) -> (Array2<f32>, Array1<i32>) {
        let x = Array2::from_shape_fn((rows, 3), |(row, column)| (10 * row + column) as f32);
        (x, Array1::from_shape_fn(rows, |row| (row % 4) as i32))
    }

    #[test]
    fn arrays_come_out_as_they_went_in_whatever_their_layout() {
        let (x, labels) = ramp(5);
        let samples = Samples::new(x.view(), labels.view()).unwrap();
        assert_eq!((samples.x(), samples.labels()), (x.view(), labels.view()));
        let turned = x.t().as_standard_layout().into_owned();
        assert_eq!(Samples::new(turned.t(), labels.view()).unwrap().x(), x);
        assert!(samples.x.chunks(padded(3)).all(|row| row[3..].iter().all(|&v| v == 0.0)));
    }

    #[test]
    fn arrays_that_do_not_fit_are_refused_by_name() {
        let (x, labels) = ramp(5);
        let path = |result: Result<Dataset, Error>| result.unwrap_err().path;
        assert_eq!(path(Dataset::from_arrays(x.view(), labels.slice(s![1..]))), "labels");
        assert_eq!(path(Dataset::from_arrays(x.slice(s![.., ..0]), labels.view())), "x");
        let mut bad = x.clone();
        bad[[3, 1]] = f32::NAN;
        assert_eq!(path(Dataset::from_arrays(bad.view(), labels.view())), "x.3.1");
        assert_eq!(path(Dataset::from_arrays(x.view(), array![0, 1, 0, -1, 1].view())), "labels");
        assert_eq!(path(Dataset::from_arrays(x.view(), array![0, 0, 0, 0, 0].view())), "classes");
        assert_eq!(path(Dataset::from_arrays(x.slice(s![..0, ..]), labels.slice(s![..0]))), "train");
        let part = || Samples::new(x.view(), labels.view()).unwrap();
        let narrow = Samples::new(x.slice(s![.., ..2]), labels.view()).unwrap();
        assert_eq!(path(Dataset::new(part(), narrow, ["a", "b", "c", "d"])), "test");
        assert_eq!(path(Dataset::new(part(), part(), ["a", "b", "c"])), "labels");
        for share in [0.0, 0.01, 0.95, f64::NAN, -1.0] {
            assert_eq!(path(Dataset::from_arrays(x.view(), labels.view()).unwrap().split(share, 1)), "share");
        }
    }

    #[test]
    fn a_split_puts_every_sample_in_one_part_and_follows_its_seed() {
        let (x, labels) = ramp(100);
        let split = |seed| Dataset::from_arrays(x.view(), labels.view()).unwrap().split(0.3, seed).unwrap();
        let first_features = |samples: &Samples| samples.x().column(0).to_vec();
        let data = split(1);
        assert_eq!((data.train.len(), data.test.len(), data.shape.classes.len()), (70, 30, 4));
        let mut all = [first_features(&data.train), first_features(&data.test)].concat();
        all.sort_by(f32::total_cmp);
        assert_eq!(all, x.column(0).to_vec());
        for (row, label) in data.test.x().rows().into_iter().zip(data.test.labels()) {
            assert_eq!((row[0] as i32 / 10) % 4, *label);
        }
        assert_eq!(first_features(&split(1).test), first_features(&data.test));
        assert_ne!(first_features(&split(2).test), first_features(&data.test));
        // A data set that has been split can be split again: nothing is lost.
        let again = data.split(0.5, 3).unwrap();
        assert_eq!((again.train.len(), again.test.len()), (50, 50));
    }
}
