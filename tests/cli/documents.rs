//! What is written from the registries and from a run: references, presets, exports.

use super::command::{SMALL, json, lab};

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
