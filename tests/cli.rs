//! The command line, as a person or a job array drives it.

use serde_json::Value;
use std::process::{Command, Output};

/// A config that trains in a moment.
const SMALL: [&str; 6] =
    ["--set", "teacher.steps=40", "--set", "student.steps=60", "--set", "student.hidden=[8]"];

fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_distill-lab")).args(arguments).output().unwrap()
}

fn small(arguments: &[&str]) -> String {
    let all: Vec<&str> = ["run", "fifty-digits"].iter().chain(&SMALL).chain(arguments).copied().collect();
    let output = lab(&all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
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
        assert!(!result["curves"][model]["test_accuracy"].as_array().unwrap().is_empty(), "{model}");
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
            std::fs::write(&file, small(&["--json", "--seeds", "3..8", "--shard", &format!("{i}/2")]))
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
fn a_table_says_what_its_intervals_cover() {
    let seeds = small(&["--seeds", "3..6"]);
    assert!(seeds.contains("covers seeds\n") && seeds.contains("covers seeds and test samples\n"), "{seeds}");
    let drawn = small(&["--seeds", "3..6", "--set", "data.name=moons"]);
    assert!(drawn.contains("covers seeds, and test samples with them, which each seed draws\n"), "{drawn}");
    let summary = &json(&small(&["--json", "--seeds", "3..6"]))["summary"];
    let half = |name: &str| summary[name]["ci95"].as_f64().unwrap();
    assert!(half("gain_with_images") >= half("gain"));
    assert_eq!(summary["gain_with_images"]["mean"], summary["gain"]["mean"]);
    assert_eq!(summary["validation"].to_string(), r#"{"samples":950,"seen_by_teacher":true}"#);
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

#[test]
fn the_last_seed_that_a_config_takes_ends_a_range() {
    let all = json(&small(&["--json", "--seeds", "9007199254740991..9007199254740992"]));
    assert_eq!(all["runs"][0]["config"]["seed"].to_string(), "9007199254740991");
}

#[test]
fn a_config_is_read_from_a_file_of_any_name_and_a_preset_goes_first() {
    let folder = std::env::temp_dir().join(format!("distill-lab-named-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let partial = r#"{"seed": 7, "teacher": {"steps": 1}, "student": {"steps": 1}, "transfer": {"size": 9}}"#;
    // With the mark that editors on Windows put in front.
    std::fs::write(folder.join("myconf"), format!("\u{feff}{partial}")).unwrap();
    std::fs::write(folder.join("fifty-digits"), "no config").unwrap();
    let run = |name: &str| {
        Command::new(env!("CARGO_BIN_EXE_distill-lab"))
            .current_dir(&folder)
            .args(["run", name, "--json", "--set", "teacher.steps=1", "--set", "student.steps=1"])
            .output()
            .unwrap()
    };
    let seed = |name: &str| {
        let output = run(name);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
        json(&String::from_utf8(output.stdout).unwrap())["config"]["seed"].clone()
    };
    assert_eq!((seed("myconf"), seed("fifty-digits")), (7.into(), 1.into()));
    let missing = String::from_utf8(run("mycnf").stderr).unwrap();
    assert!(missing.contains("\"mycnf\"") && missing.contains("or a JSON file"), "{missing}");
    std::fs::remove_dir_all(&folder).unwrap();
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

#[test]
fn the_generated_reference_of_the_config_is_up_to_date() {
    for (form, file) in [("markdown", "docs/config.md"), ("schema", "docs/config.schema.json")] {
        let want = String::from_utf8(lab(&["docs", form]).stdout).unwrap();
        let got = std::fs::read_to_string(file).unwrap_or_default();
        assert!(got == want, "{file} is out of date: cargo run --release -- docs {form} > {file}");
    }
}

#[test]
fn every_preset_is_listed_with_its_reason() {
    let listed = json(&String::from_utf8(lab(&["presets", "--json"]).stdout).unwrap());
    let names: Vec<&str> = listed.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    for name in ["fifty-digits", "notebook-as-written", "notebook-repaired", "spirals", "short-training"] {
        assert!(names.contains(&name), "{name}");
    }
    assert!(listed.as_array().unwrap().iter().all(|p| p["why"].as_str().unwrap().len() > 20));
}

#[test]
fn an_export_is_what_its_format_says_and_goes_where_it_is_sent() {
    let export = |format: &str| {
        let all: Vec<&str> =
            ["export", "fifty-digits", "--format", format].iter().chain(&SMALL).copied().collect();
        let output = lab(&all);
        assert!(output.status.success(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let text = |format| String::from_utf8(export(format)).unwrap();
    for (format, words) in [("keras", "import keras"), ("pytorch", "import torch")] {
        let script = text(format);
        assert!(script.contains(words) && script.contains("steps=40,"), "{format}");
        assert!(!script.contains("{{") && !script.contains("#["), "{format}: a mark is left");
    }
    assert_eq!(json(&text("notebook"))["nbformat"], 4);
    let result = json(&text("json"));
    let curves = text("csv");
    assert_eq!(
        result["curves"]["teacher"]["test_loss"][0].to_string(),
        curves.lines().nth(1).unwrap().split(',').nth(4).unwrap()
    );
    let weights = export("safetensors");
    let header: [u8; 8] = weights[..8].try_into().unwrap();
    let header = json(std::str::from_utf8(&weights[8..8 + u64::from_le_bytes(header) as usize]).unwrap());
    assert_eq!(header["__metadata__"]["digest"], result["digest"]);
    assert_eq!(header["student_alone.2.weight"]["shape"], serde_json::json!([10, 8]));
    assert_eq!(weights, export("safetensors"), "the same run gives the same bytes");

    let file = std::env::temp_dir().join(format!("distill-lab-export-{}.py", std::process::id()));
    let out = file.to_str().unwrap();
    assert!(lab(&["export", "spirals", "--format", "keras", "--out", out]).stdout.is_empty());
    assert!(std::fs::read_to_string(&file).unwrap().contains("An arm of one"));
    std::fs::remove_file(&file).unwrap();
    let refused = lab(&["export", "spirals", "--format", "keras", "--out", "/nowhere/at/all"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--out: cannot write /nowhere/at/all"));
    assert_eq!(refused.status.code(), Some(2));
}

/// Every word that a config can hold fills both templates, so that no page ever fails at it.
#[test]
fn every_choice_fills_every_template() {
    use distill_lab::config::{
        Config,
        fields::{Kind, fields},
    };
    use distill_lab::export::script::{fill, keras, pytorch};
    let base = Config::preset("fifty-digits").unwrap();
    for field in fields() {
        let Kind::Choice { choices } = field.kind else {
            continue;
        };
        // A table is nowhere but where it was given: it has a test of its own below.
        for &choice in choices.iter().filter(|c| **c != "table") {
            let config = if choice == "points" {
                let own = r#"{"data":{"name":"points","points":[[0.5,0.25,0],[-1,0,1],[0,1,0],[0,0,1]]}}"#;
                Config::from_json(own).unwrap()
            } else {
                base.with_field(field.path, choice.into()).unwrap()
            };
            for template in [keras, pytorch] {
                let script = fill(&template(&config), &config, "", "").unwrap();
                assert!(!script.contains("{{") && !script.contains("\n#["), "{choice}");
                assert_eq!(script.contains("POINTS = np.array([[0.5, 0.25, 0"), choice == "points");
            }
        }
    }
}

#[test]
fn a_table_of_ones_own_is_read_split_and_learnt() {
    let folder = std::env::temp_dir().join(format!("distill-lab-table-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("pets.csv");
    let mut text = String::from("size;weight;species\n");
    for i in 0..40 {
        text += &format!("{},5;{};{}\n", i % 11, 10 * (i % 2), ["cat", "dog"][i % 2]);
    }
    std::fs::write(&file, text + "1,5;heavy;cat\n2;3\n").unwrap();
    let path = file.to_str().unwrap();
    let all: Vec<&str> =
        ["run", "fifty-digits", "--json", "--table", path].iter().chain(&SMALL).copied().collect();
    let output = lab(&all);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("line 42, column 2: got \"heavy\""), "{said}");
    assert!(said.contains("line 43: got \"2 fields\""), "{said}");
    let result = json(&String::from_utf8(output.stdout).unwrap());
    let data = &result["config"]["data"];
    assert_eq!(data["table"]["file"], "pets.csv");
    assert_eq!(data["table"]["shape"].to_string(), "[41,2,2,2]");
    assert_eq!((&data["train"], &data["test"]), (&31.into(), &10.into()));

    let failed = |more: &[&str]| {
        let all: Vec<&str> = all.iter().chain(more).copied().collect();
        let output = lab(&all);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(failed(&["--label", "age"]).contains("allowed: a column of"));
    assert!(failed(&["--delimiter", "tab"]).contains("delimiter"));
    // How it was read is in the script; a config alone does not tell.
    for format in ["keras", "pytorch", "notebook"] {
        let script = lab(&["export", "fifty-digits", "--format", format, "--table", path]);
        let text = String::from_utf8_lossy(&script.stdout).replace("\\\"", "\"");
        for part in [
            "NAMES = [\"cat\",\"dog\"]",
            "LABEL, NUMBER_COLUMNS, CATEGORY_COLUMNS = 2, [0, 1], []",
            "delimiter=\";\"",
            "field.replace(\",\", \".\", 1)",
        ] {
            assert!(text.contains(part), "{format}: {part}");
        }
        assert!(!text.contains("used &= ~gaps") && !text.contains("{{"), "{format}");
    }
    let config = folder.join("config.json");
    std::fs::write(&config, result["config"].to_string()).unwrap();
    let script = lab(&["export", config.to_str().unwrap(), "--format", "keras"]);
    assert_eq!(script.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&script.stderr).contains("give the table first"));
    std::fs::remove_dir_all(&folder).unwrap();
}
