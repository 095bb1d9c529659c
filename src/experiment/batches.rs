//! The order in which a training meets its samples.

use crate::rng::Stream;

/// Shuffled epochs, cut into batches; the last batch of an epoch may be shorter.
#[derive(Clone, Debug)]
pub(crate) struct Batches {
    order: Vec<u32>,
    batch_size: usize,
    position: usize,
    rng: Stream,
}

impl Batches {
    /// Batches of `batch_size` out of `len` samples.
    pub(crate) fn new(len: usize, batch_size: usize, rng: Stream) -> Self {
        Self { order: (0..len as u32).collect(), batch_size, position: len, rng }
    }

    /// Indices of the next batch. A new epoch is shuffled when the one before is used up.
    pub(crate) fn next_batch(&mut self) -> &[u32] {
        if self.position >= self.order.len() {
            self.rng.shuffle(&mut self.order);
            self.position = 0;
        }
        let from = self.position;
        self.position = (from + self.batch_size).min(self.order.len());
        &self.order[from..self.position]
    }

    /// Batches of one epoch.
    pub(crate) fn epoch(&self) -> usize {
        self.order.len().div_ceil(self.batch_size)
    }
}
