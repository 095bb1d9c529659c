//! The transfer set: what both students may see.

use super::validation;
use crate::Error;
use crate::config::Config;
use crate::data::{Dataset, Samples};
use crate::refusal::Allowed;
use crate::rng::{Purpose, stream};

/// Samples that both students see, in the order in which the seed drew them.
#[derive(Clone, Debug)]
pub(super) struct TransferSet {
    /// Where each is in the training set.
    pub indices: Vec<usize>,
    pub samples: Samples,
    /// Training samples to choose by, which no student sees: see [`super::Validation`].
    pub outside: Vec<usize>,
    /// The label where it is kept, -1 where it is withheld.
    pub labels: Vec<i32>,
}

impl TransferSet {
    /// Draws `transfer.size` training samples, leaves out classes, and keeps the label of the first `transfer.labelled`.
    ///
    /// # Errors
    /// A draw of which nothing is left.
    pub(super) fn draw(config: &Config, data: &Dataset) -> Result<Self, Error> {
        let mut order: Vec<usize> = (0..data.train.len()).collect();
        stream(config.seed, Purpose::Split).shuffle(&mut order);
        let outside = validation::outside(&order, config.transfer.size);
        order.truncate(config.transfer.size);
        order.retain(|&i| !config.transfer.omit_classes.contains(&(data.train.labels[i] as usize)));
        if order.is_empty() {
            let (got, allowed) = (
                config.transfer.omit_classes.as_slice(),
                Allowed::FewerClasses { samples: config.transfer.size },
            );
            return Err(Error::new("out_of_range", "transfer.omit_classes", got, allowed));
        }
        let samples = data.train.select(&order);
        let labelled = config.transfer.labelled;
        let labels =
            samples.labels.iter().enumerate().map(|(i, &l)| if i < labelled { l } else { -1 }).collect();
        Ok(Self { indices: order, samples, outside, labels })
    }

    /// How many samples keep their label; they come first.
    pub(super) fn labelled(&self) -> usize {
        self.labels.iter().take_while(|&&l| l >= 0).count()
    }
}
