//! The built command line, called.

use serde_json::Value;
use std::process::{Command, Output};

/// A config that trains in a moment.
pub const SMALL: [&str; 6] =
    ["--set", "teacher.steps=40", "--set", "student.steps=60", "--set", "student.hidden=[8]"];

pub fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_distill-lab")).args(arguments).output().unwrap()
}

pub fn small(arguments: &[&str]) -> String {
    let all: Vec<&str> = ["run", "fifty-digits"].iter().chain(&SMALL).chain(arguments).copied().collect();
    let output = lab(&all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
