//! Runs, of one seed and of many, on a table too.

use super::command::{SMALL, json, lab, small};
use std::process::Command;

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
