//! Sweeps over one field and two.

use super::command::{SMALL, json, lab, small};
use serde_json::Value;

#[test]
fn a_sweep_prints_the_same_bytes_with_any_number_of_threads_and_what_each_run_gives() {
    let sweep = |threads: &str| {
        let mut all = vec!["sweep", "fifty-digits"];
        all.extend(SMALL);
        all.extend(["--over", "distillation.temperature", "--values", "1,2.5,20"]);
        all.extend(["--seeds", "3..6", "--json", "--threads", threads]);
        let output = lab(&all);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let one = sweep("1");
    assert_eq!(one, sweep("2"));
    assert_eq!(one, sweep("5"));
    let one = json(&one);
    assert_eq!(one["values"].to_string(), "[1,2.5,20]");
    assert_eq!(one["seeds"].to_string(), "[3,4,5]");
    for point in one["points"].as_array().unwrap() {
        let set = format!("distillation.temperature={}", point["value"]);
        let runs = json(&small(&["--json", "--seeds", "3..6", "--set", &set]));
        assert_eq!(point["summary"], runs["summary"], "{set}");
    }
}

#[test]
fn a_sweep_says_which_points_are_alike_by_what_it_chose_and_how_many_it_tried() {
    let swept = |values: &str, more: &[&str]| {
        let mut all = vec!["sweep", "fifty-digits"];
        all.extend(SMALL);
        all.extend(["--over", "distillation.temperature", "--values", values]);
        all.extend(more);
        String::from_utf8(lab(&all).stdout).unwrap()
    };
    let one = swept("4", &["--seeds", "3..6"]);
    assert!(one.contains("one point, 4: there is no other to compare it with\n"), "{one}");
    assert!(one.contains("1 setting tried on the test set\n"), "{one}");
    assert!(swept("4,8", &[]).contains("one seed tells no point from another"));
    // Two temperatures that are next to equal.
    let two = swept("8,8.001", &["--seeds", "3..6"]);
    let alike = [
        "8 has the highest mean and cannot be told apart from 8.001",
        "8.001 has the highest mean and cannot be told apart from 8",
    ];
    assert!(alike.iter().any(|words| two.contains(&format!("{words} (Holm, all pairs)\n"))), "{two}");
    assert!(two.contains("on validation samples (the teacher saw these), reported on test samples"), "{two}");
    assert!(two.contains("2 settings tried on the test set: the best of many"), "{two}");
    let held_out = swept("8,9", &["--seeds", "3..6", "--set", "data.validation=100"]);
    assert!(held_out.contains("on validation samples, reported on test samples"), "{held_out}");
    let none = swept("8,9", &["--seeds", "3..6", "--set", "transfer.size=900"]);
    assert!(
        none.contains("on the test samples themselves, since some point has no validation samples"),
        "{none}"
    );

    let found = json(&swept("1,8,20", &["--seeds", "3..6", "--json"]));
    assert_eq!(found["chosen_on"], "validation");
    let leader = found["best"]["leader"].as_u64().unwrap() as usize;
    let mean =
        |i: usize| found["points"][i]["summary"]["student_distilled"]["validation_accuracy"]["mean"].as_f64();
    assert!((0..3).all(|i| mean(i) <= mean(leader)));
    let behind = &found["best"]["behind"][(leader + 1) % 3];
    assert!(behind["adjusted"].as_f64() >= behind["p"].as_f64() && behind["p"].is_f64());
}

#[test]
fn two_fields_are_swept_against_each_other_and_each_point_is_what_its_run_gives() {
    let mut all = vec!["sweep", "fifty-digits"];
    all.extend(SMALL);
    all.extend(["--over", "distillation.temperature", "--values", "1,8"]);
    all.extend(["--over", "student.hidden", "--values", "4,9"]);
    all.extend(["--seeds", "3..5"]);
    let said = lab(&all);
    assert!(String::from_utf8_lossy(&said.stdout).contains("1, 9 "));
    all.push("--json");
    let output = lab(&all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = json(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(found["over"].to_string(), r#"["distillation.temperature","student.hidden"]"#);
    assert_eq!(found["values"].to_string(), "[[1,8],[4,9]]");
    let points = found["points"].as_array().unwrap();
    let values: Vec<String> = points.iter().map(|p| p["value"].to_string()).collect();
    assert_eq!(values, ["[1,4]", "[1,9]", "[8,4]", "[8,9]"]);
    let set = ["--set", "distillation.temperature=8", "--set", "student.hidden=[4]"];
    let mut which = vec!["--json", "--seeds", "3..5"];
    which.extend(set);
    assert_eq!(points[2]["summary"], json(&small(&which))["summary"]);
    // The leader has the highest mean, and nothing is behind itself.
    let mean = |p: &Value| p["summary"]["student_distilled"]["accuracy"]["mean"].as_f64().unwrap();
    let leader = found["best"]["leader"].as_u64().unwrap() as usize;
    assert!(points.iter().all(|p| mean(p) <= mean(&points[leader])));
    assert!(found["best"]["behind"][leader].is_null());
}
