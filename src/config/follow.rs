//! The counts of samples that follow from what else a partial config says.

use super::{Config, presets};
use crate::data::spec::own;
use serde_json::{Map, Value};

/// Where a partial config gives points or a table, or takes up own samples, without saying how many are for what, all of them count;
/// where it turns to another data set, as many as the preset has. Samples that are held out to
/// choose by are in no transfer set, which shrinks where it has to.
pub(super) fn follow(config: &mut Config, partial: &Map<String, Value>, base: &Config) {
    let Some(data) = partial.get("data").and_then(Value::as_object) else {
        return;
    };
    let (counts, before) = (own(&config.data), own(&base.data));
    let changed =
        config.data.name != base.data.name || data.contains_key("points") || data.contains_key("table");
    if let Some((len, test)) = counts
        && changed
    {
        let train = len - test;
        if !data.contains_key("train") {
            config.data.train = train;
        }
        if !data.contains_key("test") {
            config.data.test = test;
        }
    } else if counts.is_none() && before.is_some() {
        // A preset that is missing here has been refused before.
        let Ok(preset) = presets::find(&config.preset) else {
            return;
        };
        if !data.contains_key("train") {
            config.data.train = preset.config.data.train;
        }
        if !data.contains_key("test") {
            config.data.test = preset.config.data.test;
        }
    } else if config.data.validation == 0 || !data.contains_key("validation") {
        return;
    }
    // The transfer set is drawn from the training samples and cannot be larger; where it was all of the user's samples, it still is.
    let all =
        config.data.name == base.data.name && counts.is_some() && base.transfer.size == base.data.learned();
    let all_labelled = all && base.transfer.labelled == base.transfer.size;
    let asked = partial.get("transfer");
    let asks = |key: &str| asked.is_some_and(|t| t.get(key).is_some());
    if !asks("size") {
        let size = if all { usize::MAX } else { config.transfer.size };
        config.transfer.size = size.min(config.data.learned());
    }
    if !asks("labelled") {
        let labelled = if all_labelled { usize::MAX } else { config.transfer.labelled };
        config.transfer.labelled = labelled.min(config.transfer.size);
    }
}
