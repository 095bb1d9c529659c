//! Samples to choose by, so that the test set is left to report on: neither student has seen them.

use super::{Experiment, ensemble, transfer::TransferSet};
use crate::config::TeacherSees;
use crate::data::Samples;
use crate::metrics;
use crate::nn::Mlp;
use serde::Serialize;
use std::borrow::Cow;

/// Fewest training samples outside the transfer set that are worth choosing by.
const MIN_OUTSIDE: usize = 200;

/// Most of them that are looked at: more cost time and hardly make the choice surer.
const MAX_OUTSIDE: usize = 1000;

/// What a run's validation accuracies are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Validation {
    /// How many samples.
    pub samples: usize,
    /// Whether the teacher has learned from them: it has, where they are training samples outside the transfer set.
    pub seen_by_teacher: bool,
}

/// Of the training samples in the order in which the transfer set was drawn, those after its `size`, as many as are looked at; none
/// where too few remain.
pub(super) fn outside(order: &[usize], size: usize) -> Vec<usize> {
    let rest = order.get(size..).unwrap_or_default();
    if rest.len() < MIN_OUTSIDE { Vec::new() } else { rest[..rest.len().min(MAX_OUTSIDE)].to_vec() }
}

impl Experiment {
    /// The samples, and what is to be said of them: those that `data.validation` holds out, else training samples outside the transfer
    /// set. `None` where there are none.
    pub(super) fn validation(&self) -> Option<(Cow<'_, Samples>, Validation)> {
        let (held_out, TransferSet { outside, .. }) = (&self.data.validation, &*self.transfer);
        let (samples, seen_by_teacher) = if !held_out.is_empty() {
            (Cow::Borrowed(held_out), false)
        } else if !outside.is_empty() {
            (Cow::Owned(self.data.train.select(outside)), self.config.teacher.sees == TeacherSees::Train)
        } else {
            return None;
        };
        let of = Validation { samples: samples.len(), seen_by_teacher };
        Some((samples, of))
    }

    /// Accuracy of `net` on such samples.
    pub(super) fn validation_accuracy(&self, net: &Mlp, samples: &Samples) -> f64 {
        let logits = ensemble::logits_of(net, samples);
        metrics::accuracy(metrics::unpadded(&logits, self.data.shape.classes.len()), samples.labels())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use serde_json::json;

    fn made(partial: &serde_json::Value) -> Experiment {
        let short = json!({ "teacher": { "steps": 20 }, "student": { "steps": 20 } });
        let config = Config::preset("fifty-digits").unwrap().with(&short).unwrap().with(partial).unwrap();
        Experiment::new(config).unwrap()
    }

    fn of(partial: &serde_json::Value) -> Option<(usize, bool)> {
        made(partial).validation().map(|(_, of)| (of.samples, of.seen_by_teacher))
    }

    #[test]
    fn what_is_outside_the_transfer_set_serves_where_there_is_enough_of_it() {
        assert_eq!(of(&json!({})), Some((950, true)));
        assert_eq!(of(&json!({ "transfer": { "size": 800 } })), Some((200, true)));
        assert_eq!(of(&json!({ "transfer": { "size": 801 } })), None);
        // Samples of a class that is left out are no further ones.
        assert_eq!(of(&json!({ "transfer": { "size": 1000, "omit_classes": [3] } })), None);
        // A teacher that learns from the transfer set alone has not seen them either.
        assert_eq!(of(&json!({ "teacher": { "sees": "transfer" } })), Some((950, false)));
        let many = json!({ "data": { "name": "moons", "train": 3000 } });
        assert_eq!(of(&many), Some((1000, true)));
        let experiment = made(&json!({}));
        let (seen, outside) = (&experiment.transfer.indices, &experiment.transfer.outside);
        assert!(outside.iter().all(|i| !seen.contains(i)));
    }

    #[test]
    fn what_is_held_out_is_seen_by_no_model_and_is_as_many_as_are_asked_for() {
        let all = made(&json!({}));
        let some = made(&json!({ "data": { "validation": 200 } }));
        assert_eq!(some.validation().map(|(_, of)| (of.samples, of.seen_by_teacher)), Some((200, false)));
        assert_eq!((some.data.train.len(), some.data.validation.len()), (800, 200));
        // Together they are the samples that there were, in their order.
        let is_out = crate::data::to_validate(1000, 200, some.config.seed);
        let rows = |out| (0..1000).filter(|&i| is_out[i] == out).collect::<Vec<_>>();
        assert_eq!(some.data.train.x, all.data.train.select(&rows(false)).x);
        assert_eq!(some.data.validation.x, all.data.train.select(&rows(true)).x);
        assert_eq!(some.data.test.x, all.data.test.x);
        // A transfer set of everything is of what is left.
        let whole = made(&json!({ "transfer": { "size": 1000 } }));
        let left = whole.config.with(&json!({ "data": { "validation": 200 } })).unwrap();
        assert_eq!((left.transfer.size, left.transfer.labelled), (800, 800));
    }

    #[test]
    fn outcomes_have_the_students_accuracies_on_them_and_the_bits_of_the_test() {
        let mut experiment = made(&json!({ "data": { "validation": 200 }, "refine": { "steps": 5 } }));
        experiment.step(100).unwrap();
        let outcome = experiment.outcome().unwrap();
        let (samples, of) = experiment.validation().unwrap();
        assert_eq!((outcome.validation, outcome.teacher.validation_accuracy), (Some(of), None));
        for (report, (_, net)) in [&outcome.student_alone, &outcome.student_distilled]
            .into_iter()
            .chain(&outcome.student_refined)
            .zip(experiment.networks().into_iter().skip(1))
        {
            let logits = ensemble::logits_of(net, &samples);
            let right = logits
                .chunks(crate::kernels::padded(10))
                .zip(&samples.labels)
                .filter(|(row, label)| metrics::arg_max(&row[..10]) as i32 == **label);
            assert_eq!(report.validation_accuracy, Some(right.count() as f64 / 200.0));
        }
        let report = &outcome.student_distilled;
        assert_eq!(report.correct.len(), 200);
        let ones: u32 = report.correct.chars().map(|c| c.to_digit(16).unwrap().count_ones()).sum();
        assert_eq!(f64::from(ones) / 797.0, report.accuracy);
    }
}
