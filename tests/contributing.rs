//! The examples of docs/CONTRIBUTING.md, followed in a copy of the project.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What the copy is asked besides its own tests.
const ADDED: &str = r##"//! What was added.

use distill_lab::config::{Config, markdown};
use distill_lab::experiment::Experiment;

#[test]
fn what_was_added_is_named_documented_and_learned() {
    let partial = r#"{ "data": { "name": "checkerboard", "train": 600, "test": 500 }, "transfer": { "size": 400 } }"#;
    let outcome = Experiment::new(Config::from_json(partial).unwrap()).unwrap().run().unwrap();
    assert!(outcome.teacher.accuracy > 0.95, "{}", outcome.teacher.accuracy);
    let methods = ["squared", "soft_targets"].map(|method| {
        let partial = serde_json::json!({
            "teacher": { "steps": 200 }, "student": { "steps": 300 }, "distillation": { "method": method, "alpha": 1 },
        });
        let config = Config::preset("fifty-digits").unwrap().with(&partial).unwrap();
        Experiment::new(config).unwrap().run().unwrap().student_distilled.accuracy
    });
    assert!(methods[0] > 0.3 && methods[0] != methods[1], "{methods:?}");
    for said in ["| `checkerboard` | Checkerboard: Points of the plane", "`squared`"] {
        assert!(markdown().contains(said), "{said}");
    }
}
"##;

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// The text in backquotes at a line's beginning: a file that the block after it is about.
fn file_of(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix('`')?.split_once('`')?;
    name.starts_with("src/").then_some(name)
}

/// Puts each added line of `block` behind the line before it, which stands in `text` once.
fn with_lines(text: &str, block: &[&str]) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    let mut place = None;
    for line in block {
        if let Some(added) = line.strip_prefix('+') {
            let at = place.expect("a line that is there comes first");
            lines.insert(at, added.into());
            place = Some(at + 1);
        } else {
            let known = line.strip_prefix(' ').expect("a line that is there begins with a space");
            let found: Vec<usize> = (0..lines.len()).filter(|&i| lines[i] == known).collect();
            assert_eq!(found.len(), 1, "`{known}` stands once");
            place = Some(found[0] + 1);
        }
    }
    lines.join("\n") + "\n"
}

/// Does in the folder `scratch` what the page says, and returns the files that this touched.
fn follow(page: &str, scratch: &Path) -> Vec<String> {
    let (mut touched, mut file) = (Vec::new(), None);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        file = file_of(line).or(file);
        let Some(kind @ ("rust" | "python" | "diff")) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|&line| line != "```").collect();
        let name = file.expect("a block comes after the name of its file");
        let path = scratch.join(name);
        let text = if kind == "diff" {
            with_lines(&fs::read_to_string(&path).unwrap(), &block)
        } else {
            assert!(!path.exists(), "{name} is new");
            block.join("\n") + "\n"
        };
        fs::write(path, text).unwrap();
        if !touched.contains(&name.to_owned()) {
            touched.push(name.to_owned());
        }
    }
    touched
}

#[test]
#[ignore = "it compiles a copy of the project"]
fn what_the_page_adds_passes_what_the_others_pass() {
    let root = Path::new(ROOT);
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let scratch = target.join("contributing/copy");
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&scratch).unwrap();
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "build.rs",
        "src",
        "kernels",
        "table",
        "bench",
        "xtask",
        "data",
        "docs",
        "tests",
    ] {
        copy(&root.join(part), &scratch.join(part)).unwrap();
    }
    let touched = follow(&fs::read_to_string(root.join("docs/CONTRIBUTING.md")).unwrap(), &scratch);
    for folder in ["src/data/", "src/distil/"] {
        let files = touched.iter().filter(|file| file.starts_with(folder));
        assert_eq!(files.count(), 3, "{touched:?}");
    }
    fs::write(scratch.join("tests/added.rs"), ADDED).unwrap();
    let done = Command::new(env!("CARGO"))
        .current_dir(&scratch)
        .env("CARGO_TARGET_DIR", target.join("contributing/target"))
        .args(["test", "--locked", "--lib"])
        .args(["--test", "added", "--test", "cli", "--test", "gradients", "--"])
        // The copy's documents and types are those of the project, which does not have what was added.
        .args(["--skip", "the_generated_reference_of_the_config_is_up_to_date"])
        .args(["--skip", "the_pages_types_are_those_of_the_engine"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}
