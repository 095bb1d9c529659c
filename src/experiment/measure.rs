//! A figure of an outcome, by its name, as presets and claims write it.

use super::Outcome;
use serde_json::Value;

/// The figure called `name`: `gain`; `refining`, the accuracy that a refinement adds; or a path into the outcome's JSON such as `student_alone.accuracy`,
/// `student_distilled.per_class_accuracy.3` or `curves.teacher.train_loss.last`. `None` where there is no such number.
pub fn measure(outcome: &Outcome, name: &str) -> Option<f64> {
    match name {
        "gain" => return Some(outcome.gain()),
        "refining" => {
            let refined = outcome.student_refined.as_ref()?;
            return Some(refined.accuracy - outcome.student_distilled.accuracy);
        }
        _ => {}
    }
    let value = serde_json::to_value(outcome).ok()?;
    name.split('.')
        .try_fold(&value, |at, key| match at {
            Value::Array(items) if key == "last" => items.last(),
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            _ => at.get(key),
        })?
        .as_f64()
}
