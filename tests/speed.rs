//! Measured speed: a reading allocates nothing, and figures of one machine stay apart from what is the same on all.

#[path = "common/counting.rs"]
mod counting;

use counting::{Counting, allocations};
use distill_lab::config::Config;
use distill_lab::experiment::{Experiment, SpeedTest};
use serde_json::{Value, json};
use std::process::{Command, Output};
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn finished(partial: &Value) -> Experiment {
    let small = json!({ "teacher": { "steps": 5 }, "student": { "steps": 5 } });
    let config = Config::preset("fifty-digits").unwrap().with(&small).unwrap().with(partial).unwrap();
    let mut experiment = Experiment::new(config).unwrap();
    experiment.step(100).unwrap();
    experiment
}

#[test]
fn a_reading_allocates_nothing() {
    let experiment = finished(&json!({ "teacher": { "members": 2, "activation": "gelu" } }));
    let mut test = SpeedTest::new(&experiment).unwrap();
    let begin = Instant::now();
    let mut now = || 1000.0 * begin.elapsed().as_secs_f64();
    let before = allocations();
    let mut readings = 1;
    while test.advance(&mut now).unwrap().is_none() {
        readings += 1;
    }
    assert_eq!((allocations() - before, readings % 4), (0, 0));
}

/// A batch's pass stays short, and needs no more samples than there are.
#[test]
fn batches_are_smaller_where_the_network_is_large_or_the_test_set_is_small() {
    let batch = |partial: Value| {
        let mut looks = 0.0;
        finished(&partial)
            .speed(&mut || {
                looks += 1.0;
                looks
            })
            .unwrap()
            .batch
    };
    assert_eq!(batch(json!({})), 64);
    assert_eq!(batch(json!({ "data": { "test": 20 } })), 20);
    // 64 · 1024 + 1024 · 512 + 512 · 10 multiply-adds.
    assert_eq!(batch(json!({ "teacher": { "hidden": [1024, 512] } })), 16_000_000 / 594_944);
}

fn lab(arguments: &[&str]) -> Output {
    let small = ["--set", "teacher.steps=40", "--set", "student.steps=60"];
    let all: Vec<&str> = ["run", "fifty-digits"].iter().chain(&small).chain(arguments).copied().collect();
    Command::new(env!("CARGO_BIN_EXE_distill-lab")).args(all).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = lab(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_command_line_measures_speed_where_it_is_asked_for_and_changes_nothing_else() {
    let plain = printed(&["--json"]);
    let mut with: Value = serde_json::from_str(&printed(&["--json", "--speed"])).unwrap();
    let speed = with.as_object_mut().unwrap().remove("speed").unwrap();
    assert_eq!(with, serde_json::from_str::<Value>(&plain).unwrap());
    assert_eq!(speed["batch"], 64);
    for network in ["teacher", "student"] {
        for us in ["single_us", "batch_us"] {
            assert!(speed[network][us].as_f64().unwrap() > 0.0, "{network} {us}");
        }
    }
    let quotient = |us: &str| speed["teacher"][us].as_f64().unwrap() / speed["student"][us].as_f64().unwrap();
    assert_eq!(speed["ratio"]["single"], quotient("single_us"));
    assert_eq!(speed["ratio"]["batch"], quotient("batch_us"));
    let macs = |model: &str| with[model]["macs"].as_f64().unwrap();
    assert_eq!(speed["ratio"]["promised"], macs("teacher") / macs("student_distilled"));

    let table = printed(&["--speed"]);
    assert!(table.contains("us a sample, here") && table.contains("by 64"), "{table}");
    assert!(!printed(&[]).contains("us a sample"));
    // Many seeds at once would be in each other's way.
    let refused = lab(&["--speed", "--seeds", "1..3"]);
    assert_eq!(refused.status.code(), Some(2));
}
