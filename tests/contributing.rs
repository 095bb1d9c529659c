//! docs/CONTRIBUTING.md, followed to the letter in a copy of the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The text of the code block number `n` in `language`, after `heading`.
fn block<'t>(text: &'t str, heading: &str, language: &str, n: usize) -> &'t str {
    let (_, section) = text.split_once(heading).expect("the section is there");
    let block = section.split(&format!("```{language}\n")).nth(n + 1);
    block
        .and_then(|b| b.split_once("```"))
        .expect("the block is there")
        .0
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "target" {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    }
}

/// A copy of what cargo needs, in a folder under `target/` that keeps what was built for the next time.
fn scratch() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contributing");
    let _ = fs::remove_dir_all(scratch.join("src"));
    fs::create_dir_all(&scratch).unwrap();
    let manifest: String = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let members = manifest
        .split_once("members = [")
        .expect("a workspace")
        .1
        .split_once(']')
        .unwrap()
        .0;
    let members = members
        .split(',')
        .map(|m| m.trim().trim_matches('"'))
        .filter(|m| !m.is_empty() && *m != ".");
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "src",
        "data",
        "docs",
        "tests",
    ]
    .into_iter()
    .chain(members)
    {
        if root.join(part).exists() {
            copy(&root.join(part), &scratch.join(part));
        }
    }
    scratch
}

#[test]
fn a_method_added_as_the_document_says_passes_what_the_others_pass() {
    let scratch = scratch();
    let text = fs::read_to_string(scratch.join("docs/CONTRIBUTING.md")).unwrap();
    let of = |language, n| block(&text, "\n## Add a method\n", language, n);
    let folder = scratch.join("src/distil");
    fs::write(folder.join("squared.rs"), of("rust", 0)).unwrap();
    fs::write(folder.join("squared.py"), of("python", 0)).unwrap();
    let list = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let listed = list
        .replacen(
            "mod soft_targets;\n",
            &format!("mod soft_targets;\n{}", of("rust", 1)),
            1,
        )
        .replacen(
            "    &soft_targets::METHOD,\n",
            &format!("    &soft_targets::METHOD,\n{}", of("rust", 2)),
            1,
        );
    assert_eq!(listed.lines().count(), list.lines().count() + 2);
    fs::write(folder.join("mod.rs"), listed).unwrap();
    let filters = ["distil::", "of_every_method"];
    let output = Command::new(env!("CARGO"))
        .args([
            "test",
            "--offline",
            "--locked",
            "--no-default-features",
            "-p",
            "distill-lab",
        ])
        .args(["--lib", "--test", "gradients", "--"])
        .args(filters)
        .current_dir(&scratch)
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        .output()
        .unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    for test in [
        "every_method_trains",
        "every_method_says_all_of_itself",
        "of_every_method",
    ] {
        assert!(said.contains(&format!("{test} ... ok")), "{test}: {said}");
    }
}
