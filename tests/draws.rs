//! What a seed means: digests of short runs that use every distribution, in tests/fixtures/draws.json. The same file is held to the
//! engine that the browser runs, in www/worker/draws.test.ts.
//!
//! They change when draws or the order of operations change: raise the engine's version with them, and write them again by
//! `UPDATE_DRAWS=1 cargo test --test draws`.

use distill_lab::config::Config;
use distill_lab::experiment::Experiment;
use serde_json::{Value, json};
use std::fs;

const FILE: &str = "tests/fixtures/draws.json";

/// Uniform numbers, ranges, normal numbers and shuffling; weights and batches are drawn in all of them.
fn configs() -> Vec<Value> {
    [
        json!({ "name": "digits", "label_noise": 0.3 }),
        json!({ "name": "notebook" }),
        json!({ "name": "planted" }),
        json!({ "name": "spirals", "noise": 0.2 }),
        json!({ "name": "gaussians", "label_noise": 0.1 }),
        json!({ "name": "mnist1d" }),
    ]
    .into_iter()
    .map(|mut data| {
        data["train"] = 300.into();
        data["test"] = 100.into();
        let training = json!({ "steps": 20 });
        json!({
            "seed": 7, "data": data, "teacher": training, "student": training,
            "transfer": { "size": 60, "labelled": 40 },
        })
    })
    .collect()
}

#[test]
fn a_seed_means_what_it_meant() {
    let runs: Vec<Value> = configs()
        .into_iter()
        .map(|config| {
            let complete = Config::from_json(&config.to_string()).unwrap();
            let digest = Experiment::new(complete).unwrap().run().unwrap().digest;
            json!({ "config": config, "digest": digest })
        })
        .collect();
    if std::env::var_os("UPDATE_DRAWS").is_some() {
        fs::write(FILE, serde_json::to_string_pretty(&runs).unwrap() + "\n").unwrap();
    }
    let known: Vec<Value> = serde_json::from_str(&fs::read_to_string(FILE).unwrap()).unwrap();
    assert_eq!(runs, known);
}
