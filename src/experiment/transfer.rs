//! The transfer set: what both students may see.

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
        order.truncate(config.transfer.size);
        order.retain(|&i| !config.transfer.omit_classes.contains(&(data.train.labels[i] as usize)));
        if order.is_empty() {
            let (got, allowed) = (
                config.transfer.omit_classes.as_slice(),
                Allowed::FewerClasses { samples: config.transfer.size },
            );
            return Err(Error::new("out_of_range", "transfer.omit_classes", got, allowed));
        }
        let width = data.train.x.len() / data.train.len();
        let samples = Samples {
            x: order.iter().flat_map(|&i| &data.train.x[i * width..(i + 1) * width]).copied().collect(),
            labels: order.iter().map(|&i| data.train.labels[i]).collect(),
            features: data.train.features,
        };
        let labelled = config.transfer.labelled;
        let labels =
            samples.labels.iter().enumerate().map(|(i, &l)| if i < labelled { l } else { -1 }).collect();
        Ok(Self { indices: order, samples, labels })
    }

    /// How many samples keep their label; they come first.
    pub(super) fn labelled(&self) -> usize {
        self.labels.iter().take_while(|&&l| l >= 0).count()
    }
}
