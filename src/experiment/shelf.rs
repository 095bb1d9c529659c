//! Trained models that wait for an experiment that would train them again.

use super::learner::Trained;
use super::reuse::{Keys, Reuse, TrainedTeacher};
use crate::config::Config;
use crate::data::Dataset;
use std::collections::VecDeque;
use std::sync::Arc;

/// Data, teachers and students alone of the experiments before, up to a number of bytes; what was not used for longest goes
/// first. An experiment that takes its teacher from here gives the same bits as one that trains it.
#[derive(Debug)]
pub struct Shelf {
    most: usize,
    bytes: usize,
    /// The least recently used first. A handful, so that a search needs no index.
    items: VecDeque<Item>,
}

#[derive(Debug)]
struct Item {
    key: String,
    bytes: usize,
    part: Part,
}

#[derive(Clone, Debug)]
enum Part {
    Data(Arc<Dataset>),
    Teacher(Arc<TrainedTeacher>),
    Alone(Trained),
}

impl Shelf {
    /// An empty shelf for at most `bytes` bytes of weights, logits and samples.
    pub fn new(bytes: usize) -> Self {
        Self {
            most: bytes,
            bytes: 0,
            items: VecDeque::new(),
        }
    }

    /// Bytes kept.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// What `config` may take over: from `at_hand` where that fits, else from the shelf.
    pub fn complete(&mut self, mut at_hand: Reuse, config: &Config) -> Reuse {
        let keys = Keys::of(config);
        if at_hand.data.as_ref().is_none_or(|(key, _)| *key != keys.data)
            && let Some(Part::Data(data)) = self.find(&keys.data, |part| matches!(part, Part::Data(_)))
        {
            at_hand.data = Some((keys.data, data));
        }
        if at_hand
            .teacher
            .as_ref()
            .is_none_or(|(key, _)| *key != keys.teacher)
            && let Some(Part::Teacher(teacher)) =
                self.find(&keys.teacher, |part| matches!(part, Part::Teacher(_)))
        {
            at_hand.teacher = Some((keys.teacher, teacher));
        }
        if at_hand.alone.as_ref().is_none_or(|(key, _)| *key != keys.alone)
            && let Some(Part::Alone(alone)) = self.find(&keys.alone, |part| matches!(part, Part::Alone(_)))
        {
            at_hand.alone = Some((keys.alone, alone));
        }
        at_hand
    }

    /// Keeps what `reuse` holds.
    pub fn keep(&mut self, reuse: &Reuse) {
        if let Some((key, data)) = &reuse.data {
            let samples =
                data.train.x.len() + data.train.labels.len() + data.test.x.len() + data.test.labels.len();
            self.put(key, 4 * samples, Part::Data(data.clone()));
        }
        if let Some((key, teacher)) = &reuse.teacher {
            let bytes = 4 * teacher.test_logits.len() + teacher.members.iter().map(size).sum::<usize>();
            self.put(key, bytes, Part::Teacher(teacher.clone()));
        }
        if let Some((key, alone)) = &reuse.alone {
            self.put(key, size(alone), Part::Alone(alone.clone()));
        }
    }

    fn find(&mut self, key: &str, kind: impl Fn(&Part) -> bool) -> Option<Part> {
        let at = self
            .items
            .iter()
            .position(|item| item.key == key && kind(&item.part))?;
        let item = self.items.remove(at)?;
        let part = item.part.clone();
        self.items.push_back(item);
        Some(part)
    }

    fn put(&mut self, key: &str, bytes: usize, part: Part) {
        let alike = |other: &Part| std::mem::discriminant(other) == std::mem::discriminant(&part);
        // Equal keys mean equal bits: what is there stays, as the most recently used.
        if bytes > self.most || self.find(key, alike).is_some() {
            return;
        }
        self.bytes += bytes;
        let key = key.into();
        self.items.push_back(Item { key, bytes, part });
        while self.bytes > self.most {
            let Some(oldest) = self.items.pop_front() else {
                return;
            };
            self.bytes -= oldest.bytes;
        }
    }
}

/// Bytes of a trained network and its logits; a curve is small beside them.
fn size(trained: &Trained) -> usize {
    4 * (trained.net.parameters.len() + trained.test_logits.len())
}
