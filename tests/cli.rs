//! The command line, as a person or a job array drives it.

use serde_json::Value;
use std::process::{Command, Output};

/// A config that trains in a moment.
const SMALL: [&str; 6] = [
    "--set",
    "teacher.steps=40",
    "--set",
    "student.steps=60",
    "--set",
    "student.hidden=[8]",
];

fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_distill-lab"))
        .args(arguments)
        .output()
        .unwrap()
}

fn small(arguments: &[&str]) -> String {
    let all: Vec<&str> = ["run", "fifty-digits"]
        .iter()
        .chain(&SMALL)
        .chain(arguments)
        .copied()
        .collect();
    let output = lab(&all);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn one_run_prints_the_result_object_and_set_reaches_its_config() {
    let result = json(&small(&["--json", "--set", "student.activation=tanh"]));
    assert_eq!(result["config"]["student"]["activation"], "tanh");
    assert_eq!(result["config"]["teacher"]["steps"], 40);
    assert_eq!(result["digest"].as_str().unwrap().len(), 16);
    for model in ["teacher", "student_alone", "student_distilled"] {
        assert!(result[model]["accuracy"].is_f64(), "{model}");
        assert!(
            !result["curves"][model]["test_accuracy"]
                .as_array()
                .unwrap()
                .is_empty(),
            "{model}"
        );
    }
    assert!(small(&[]).contains("student distilled"));
}

#[test]
fn seeds_give_the_same_bytes_with_any_number_of_threads_and_from_shards() {
    let all = small(&["--json", "--seeds", "3..8", "--threads", "1"]);
    assert_eq!(all, small(&["--json", "--seeds", "3..8", "--threads", "3"]));
    let folder = std::env::temp_dir().join(format!("distill-lab-shards-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let files: Vec<String> = (0..2)
        .map(|i| {
            let file = folder.join(format!("{i}.json"));
            std::fs::write(
                &file,
                small(&["--json", "--seeds", "3..8", "--shard", &format!("{i}/2")]),
            )
            .unwrap();
            file.to_str().unwrap().to_owned()
        })
        .collect();
    let merged = lab(&["merge", &files[1], &files[0]]);
    assert_eq!(String::from_utf8(merged.stdout).unwrap(), all);
    let missing = String::from_utf8(lab(&["merge", &files[0]]).stderr).unwrap();
    assert!(missing.contains("[4, 6]"), "{missing}");
    let twice = String::from_utf8(lab(&["merge", &files[0], &files[0]]).stderr).unwrap();
    assert!(twice.contains("seed 3 is there twice"), "{twice}");
    std::fs::remove_dir_all(&folder).unwrap();

    let all = json(&all);
    let gains: Vec<f64> = all["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            r["student_distilled"]["accuracy"].as_f64().unwrap()
                - r["student_alone"]["accuracy"].as_f64().unwrap()
        })
        .collect();
    let mean = gains.iter().sum::<f64>() / 5.0;
    assert!((all["summary"]["gain"]["mean"].as_f64().unwrap() - mean).abs() < 1e-12);
    assert!(all["summary"]["gain"]["ci95"].as_f64().unwrap() > 0.0);
}

#[test]
fn a_sweep_prints_the_same_bytes_with_any_number_of_threads_and_what_each_run_gives() {
    let sweep = |threads: &str| {
        let mut all = vec!["sweep", "fifty-digits"];
        all.extend(SMALL);
        all.extend(["--over", "distillation.temperature", "--values", "1,2.5,20"]);
        all.extend(["--seeds", "3..6", "--json", "--threads", threads]);
        let output = lab(&all);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
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
fn bad_input_is_refused_by_field_value_and_what_is_allowed() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["run", "no-such"], &["preset", "no-such", "fifty-digits"]),
        (&["run", "missing.json"], &["missing.json", "allowed"]),
        (
            &[
                "sweep",
                "fifty-digits",
                "--over",
                "student.hidden",
                "--values",
                "1",
            ],
            &["over", "student.hidden", "allowed", "distillation.temperature"],
        ),
        (
            &[
                "sweep",
                "fifty-digits",
                "--over",
                "distillation.alpha",
                "--values",
                "0.5,-1",
            ],
            &["distillation.alpha", "-1", "allowed"],
        ),
        (
            &["run", "fifty-digits", "--set", "distillation.temperature=0"],
            &["distillation.temperature", "0", "allowed"],
        ),
        (
            &["run", "fifty-digits", "--set", "distillation.temperature=-1"],
            &["distillation.temperature", "-1", "allowed"],
        ),
        (
            &["run", "fifty-digits", "--set", "distillation.temperature=NaN"],
            &["distillation.temperature", "NaN"],
        ),
        (
            &["run", "fifty-digits", "--set", "distillation.temperature=1e9"],
            &["distillation.temperature", "1000000000"],
        ),
        (
            &["run", "fifty-digits", "--set", "transfer.size=-5"],
            &["transfer.size", "-5", "allowed"],
        ),
        (
            &["run", "fifty-digits", "--set", "student.widths=[4]"],
            &["student.widths"],
        ),
        (
            &["run", "fifty-digits", "--set", "steps"],
            &["--set", "steps", "allowed"],
        ),
        (&["run", "fifty-digits", "--seeds", "5..5"], &["5..5", "allowed"]),
        (
            &["run", "fifty-digits", "--seeds", "0..4", "--shard", "4/4"],
            &["4/4", "allowed"],
        ),
        (&["merge", "Cargo.toml"], &["Cargo.toml", "allowed"]),
    ];
    for (arguments, words) in cases {
        let output = lab(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        for word in *words {
            assert!(
                message.contains(word),
                "{arguments:?} says {message:?}, without {word:?}"
            );
        }
    }
}

#[test]
fn the_generated_reference_of_the_config_is_up_to_date() {
    for (form, file) in [
        ("markdown", "docs/config.md"),
        ("schema", "docs/config.schema.json"),
    ] {
        let want = String::from_utf8(lab(&["docs", form]).stdout).unwrap();
        let got = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            got == want,
            "{file} is out of date: cargo run --release -- docs {form} > {file}"
        );
    }
}

#[test]
fn every_preset_is_listed_with_its_reason() {
    let listed = json(&String::from_utf8(lab(&["presets", "--json"]).stdout).unwrap());
    let names: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["name"].as_str().unwrap())
        .collect();
    for name in [
        "fifty-digits",
        "notebook-as-written",
        "notebook-repaired",
        "spirals",
        "short-training",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    assert!(
        listed
            .as_array()
            .unwrap()
            .iter()
            .all(|p| p["why"].as_str().unwrap().len() > 20)
    );
}
