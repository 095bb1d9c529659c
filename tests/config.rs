//! Configs: what is refused, how it is said, and that nothing makes the reader panic.

use distill_lab::config::{Config, fields::FIELDS, presets};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_bad_value_names_its_field_what_it_got_and_what_is_allowed() {
    let ground = Config::preset("fifty-digits").unwrap();
    for (path, value) in [
        ("distillation.temperature", json!(0)),
        ("distillation.temperature", json!(-1)),
        ("distillation.temperature", json!(1e9)),
        ("distillation.temperature", json!("warm")),
        ("distillation.temperature", Value::Null),
        ("distillation.alpha", json!(1.5)),
        ("transfer.size", json!(-5)),
        ("transfer.size", json!(2.5)),
        ("student.hidden", json!([0])),
        ("student.hidden", json!("32")),
        ("student.activation", json!("sigmoid")),
        ("data.name", json!("cifar")),
        ("seed", json!(-1)),
        ("distillation.method", json!(3)),
    ] {
        let error = ground.with_field(path, value.clone()).unwrap_err();
        assert!(error.path.starts_with(path), "{path}: {error:?}");
        assert!(
            error.message.contains(path) && error.message.contains("allowed"),
            "{error}"
        );
    }
    let error = ground.with_field("student.widths", json!([3])).unwrap_err();
    assert_eq!(
        (error.code, error.path.as_str()),
        ("unknown_key", "student.widths")
    );
    assert_eq!(Config::preset("nope").unwrap_err().code, "unknown_preset");
    assert_eq!(
        Config::from_json(&" ".repeat(10_000_000)).unwrap_err().code,
        "too_large"
    );
}

#[test]
fn a_complete_config_comes_back_from_its_own_text() {
    for preset in presets() {
        assert_eq!(
            Config::from_json(&preset.config.to_json()).unwrap().to_json(),
            preset.config.to_json()
        );
    }
}

#[test]
fn a_negative_zero_is_zero() {
    let config = Config::from_json(r#"{"data": {"noise": -0.0}}"#).unwrap();
    assert_eq!(config.data.noise.to_bits(), 0);
}

#[test]
fn every_field_of_the_table_is_in_a_config_or_an_optimiser() {
    let text: Value = serde_json::from_str(&Config::preset("fifty-digits").unwrap().to_json()).unwrap();
    for field in FIELDS.iter().filter(|f| !f.path.contains("optimizer")) {
        assert!(
            !text
                .pointer(&format!("/{}", field.path.replace('.', "/")))
                .unwrap_or(&Value::Null)
                .is_null(),
            "{}",
            field.path
        );
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = Config::from_json(&text);
    }

    #[test]
    fn no_value_in_any_field_makes_the_reader_panic(i in 0..FIELDS.len(), number in any::<f64>(), which in 0..5usize) {
        let values = [json!(number), json!(number as i64), json!([number]), json!({ "x": number }), json!(number.to_string())];
        let ground = Config::preset("fifty-digits").unwrap();
        if let Ok(config) = ground.with_field(FIELDS[i].path, values[which].clone()) {
            prop_assert!(Config::from_json(&config.to_json()).is_ok());
        }
    }
}

#[test]
fn a_config_may_say_its_version_and_one_of_a_later_version_is_refused_as_such() {
    let plain = Config::from_json(r#"{"seed": 4}"#).unwrap();
    for text in [r#"{"version": 1, "seed": 4}"#, r#"{"seed": 4, "version": 1.0}"#] {
        assert_eq!(Config::from_json(text).unwrap(), plain);
    }
    for later in ["2", "0", "1.5", "\"1\"", "null", "{}"] {
        let error = Config::from_json(&format!(r#"{{"nonsense": 1, "version": {later}}}"#)).unwrap_err();
        assert_eq!(error.path, "version", "{error}");
        assert!(error.message.contains("newer distill-lab"), "{error}");
    }
    // Of the whole only: a field's own key would be another matter.
    assert_eq!(
        Config::from_json(r#"{"data": {"version": 1}}"#).unwrap_err().path,
        "data.version"
    );
}
