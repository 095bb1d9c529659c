//! `compare` on the command line: what it prints is what the runs give, and what it refuses it says.

use serde_json::{Value, json};
use std::process::{Command, Output};

const SMALL: [&str; 4] = ["--set", "teacher.steps=60", "--set", "student.steps=80"];

fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_distill-lab")).args(arguments).output().unwrap()
}

fn said(arguments: &[&str]) -> String {
    let output = lab(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn found(arguments: &[&str]) -> Value {
    serde_json::from_str(&said(&[arguments, &SMALL, &["--seeds", "3..6", "--json"]].concat())).unwrap()
}

/// Each seed's score in runs of their own.
fn scores(model: &str, figure: &str, config: &[&str]) -> Vec<f64> {
    let runs = said(&[&["run"], config, &SMALL, &["--seeds", "3..6", "--json"]].concat());
    let runs: Value = serde_json::from_str(&runs).unwrap();
    runs["runs"].as_array().unwrap().iter().map(|run| run[model][figure].as_f64().unwrap()).collect()
}

#[test]
fn two_presets_and_one_preset_with_another_method_give_what_their_runs_give() {
    let presets = found(&["compare", "fifty-digits", "unlabelled"]);
    for (side, preset) in [("a", "fifty-digits"), ("b", "unlabelled")] {
        for figure in ["accuracy", "nll"] {
            assert_eq!(
                presets["scores"][side][figure],
                json!(scores("student_distilled", figure, &[preset]))
            );
        }
    }
    assert_eq!(presets["seeds"], json!([3, 4, 5]));
    let hard = ["unlabelled", "--set", "distillation.method=hard_teacher"];
    let methods = found(&["compare", "unlabelled", "--set-b", "distillation.method=hard_teacher"]);
    let (a, b) =
        (presets["scores"]["b"]["accuracy"].clone(), json!(scores("student_distilled", "accuracy", &hard)));
    assert_eq!((&methods["scores"]["a"]["accuracy"], &methods["scores"]["b"]["accuracy"]), (&a, &b));
    let want = json!([{ "path": "distillation.method", "a": "soft_targets", "b": "hard_teacher" }]);
    assert_eq!((&methods["settings"], &methods["same_test_set"]), (&want, &json!(true)));
    // A minus B, and turned round its opposite.
    let turned = found(&["compare", "unlabelled", "--a", "distillation.method=hard_teacher"]);
    let mean = |of: &Value| of["difference"]["mean"].as_f64().unwrap();
    assert_eq!(mean(&methods), -mean(&turned));
    assert_eq!(methods["difference"]["ci95"], turned["difference"]["ci95"]);
}

#[test]
fn two_models_of_one_setting_are_compared_too() {
    let models = found(&["compare", "fifty-digits", "--model-b", "student_alone"]);
    let run = said(&[&["run", "fifty-digits", "--seeds", "3..6", "--json"], &SMALL[..]].concat());
    let run: Value = serde_json::from_str(&run).unwrap();
    assert_eq!(models["difference"], run["summary"]["gain"]);
    let teacher = found(&["compare", "fifty-digits", "--model-a", "teacher", "--model-b", "teacher"]);
    assert_eq!((&teacher["verdict"], &teacher["by_seed"]), (&json!("undecided"), &json!([0.0, 0.0, 0.0])));
}

#[test]
fn people_read_each_seed_the_difference_and_a_verdict() {
    let setting = ["compare", "fifty-digits", "--set-b", "distillation.alpha=0", "--seeds", "3..6"];
    let text = said(&[&setting[..], &SMALL].concat());
    for words in ["seed 3", "seed 5", "A - B", "95 %", "distillation.alpha", "0.9"] {
        assert!(text.contains(words), "{text}");
    }
    let one = said(&[&["compare", "fifty-digits", "unlabelled", "--seeds", "3..4"], &SMALL[..]].concat());
    assert!(one.contains("one seed allows no verdict"), "{one}");
}

#[test]
fn a_sweep_takes_words() {
    let method =
        ["sweep", "fifty-digits", "--over", "distillation.method", "--values", "soft_targets,hard_teacher"];
    let swept = found(&method);
    assert_eq!(swept["values"], json!(["soft_targets", "hard_teacher"]));
    assert_eq!(swept["points"][1]["value"], "hard_teacher");
    let text = said(&[&method[..], &SMALL, &["--seeds", "3..5"]].concat());
    assert!(text.contains("\nhard_teacher  "), "{text}");
}

#[test]
fn what_cannot_be_compared_is_refused_by_name() {
    for (arguments, words) in [
        (&["compare", "fifty-digits", "nope"][..], &["preset", "nope", "allowed"][..]),
        (&["compare", "fifty-digits", "--model-a", "student_refined"], &["models.a", "student_distilled"]),
        (&["compare", "fifty-digits", "--model-b", "best"], &["models.b", "best", "allowed"]),
        (&["compare", "fifty-digits", "--set-b", "steps"], &["--set-b", "steps", "allowed"]),
        (&["compare", "fifty-digits", "--set-a", "student.steps=-1"], &["student.steps", "-1", "allowed"]),
    ] {
        let output = lab(arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(words.iter().all(|word| message.contains(word)), "{message}");
    }
}
