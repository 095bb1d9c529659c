//! The wall: test samples that are shown one by one, a row a class.
//!
//! It has the first `100 / C` test samples of each of the C classes, at least one, in the order of the test set; where the test set
//! has fewer than 100 samples, all of them; of more than 100 classes the first 100. So it depends on the test set alone.

use super::Experiment;
use crate::metrics::unpadded;

/// Most samples.
const SAMPLES: usize = 100;

/// The samples of the wall, class after class.
#[derive(Clone, Debug, PartialEq)]
pub struct Wall {
    /// Where they are in the test set.
    pub index: Vec<u32>,
    /// Their classes.
    pub label: Vec<u32>,
    /// `[samples, features]`.
    pub features: Vec<f32>,
    /// Samples in the longest row.
    pub per_class: usize,
}

impl Experiment {
    /// The wall of this run's test set.
    pub fn wall(&self) -> Wall {
        let index = self.wall_indices();
        let test = &self.data.test;
        let label: Vec<u32> = index.iter().map(|&i| test.labels[i as usize] as u32).collect();
        let rows = unpadded(&test.x, test.features);
        Wall {
            features: index.iter().flat_map(|&i| rows.row(i as usize).to_vec()).collect(),
            per_class: label.chunk_by(|one, other| one == other).map(<[u32]>::len).max().unwrap_or(0),
            index,
            label,
        }
    }

    pub(super) fn wall_indices(&self) -> Vec<u32> {
        let labels = &self.data.test.labels;
        let classes = self.data.shape.classes.len();
        let most = if labels.len() < SAMPLES { labels.len() } else { (SAMPLES / classes).max(1) };
        let mut all = Vec::with_capacity(SAMPLES);
        for class in 0..classes {
            let of = (0..labels.len() as u32).filter(|&i| labels[i as usize] as usize == class);
            all.extend(of.take(most));
        }
        all.truncate(SAMPLES);
        all
    }
}
