//! What is refused and how, and readers who have gone.

use super::command::lab;
use std::process::Command;

#[test]
fn bad_input_is_refused_by_field_value_and_what_is_allowed() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["run", "no-such"], &["preset", "no-such", "fifty-digits"]),
        (&["run", "missing.json"], &["missing.json", "allowed"]),
        (
            &["sweep", "fifty-digits", "--over", "data.points", "--values", "1"],
            &["over", "data.points", "allowed", "distillation.temperature", "student.hidden"],
        ),
        (
            &["sweep", "fifty-digits", "--over", "distillation.alpha", "--values", "0.5,-1"],
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
        (&["run", "fifty-digits", "--set", "transfer.size=-5"], &["transfer.size", "-5", "allowed"]),
        (&["run", "fifty-digits", "--set", "student.widths=[4]"], &["student.widths"]),
        (&["run", "fifty-digits", "--set", "steps"], &["--set", "steps", "allowed"]),
        (&["run", "fifty-digits", "--set", "=3"], &["--set", "`=3`", "FIELD=VALUE"]),
        (&["run", "fifty-digits", "--seeds", "5..5"], &["5..5", "allowed"]),
        (
            &["run", "fifty-digits", "--seeds", "0..9007199254740993"],
            &["0..9007199254740993", "--seeds", "up to 9007199254740991"],
        ),
        (&["run", "fifty-digits", "--seeds", "0..100001"], &["0..100001", "--seeds", "at most 100000"]),
        (
            &[
                "sweep",
                "fifty-digits",
                "--over",
                "distillation.alpha",
                "--values",
                "0.5",
                "--seeds",
                "9007199254740991..9007199254740993",
            ],
            &["--seeds", "up to 9007199254740991"],
        ),
        (&["run", "fifty-digits", "--threads", "0"], &["--threads", "'0'", "from 1 to 1024"]),
        (&["run", "fifty-digits", "--threads", "1000000"], &["--threads", "1000000", "from 1 to 1024"]),
        (&["run", "fifty-digits", "--seeds", "0..4", "--shard", "4/4"], &["4/4", "allowed"]),
        (&["merge", "Cargo.toml"], &["Cargo.toml", "allowed"]),
    ];
    for (arguments, words) in cases {
        let output = lab(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        for word in *words {
            assert!(message.contains(word), "{arguments:?} says {message:?}, without {word:?}");
        }
    }
}

/// What `command | head -0` does: nobody reads, on either stream.
#[test]
fn a_reader_who_has_gone_ends_a_command_quietly() {
    let small = ["run", "fifty-digits", "--set", "teacher.steps=1", "--set", "student.steps=1"];
    let sweep = ["--over", "distillation.alpha", "--values", "0.5"];
    for arguments in [
        small.to_vec(),
        [&small[..], &["--json"]].concat(),
        [&small[..], &["--seeds", "1..3"]].concat(),
        [&["sweep"], &small[1..], &sweep].concat(),
        vec!["export", "fifty-digits", "--format", "keras"],
        vec!["presets", "--json"],
        vec!["presets"],
        vec!["docs", "markdown"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output =
            Command::new(env!("CARGO_BIN_EXE_distill-lab")).args(&arguments).stdout(writer).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let refused = Command::new(env!("CARGO_BIN_EXE_distill-lab"))
        .args(["run", "no-such"])
        .stderr(writer)
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
}
