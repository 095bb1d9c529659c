//! Configs: what is refused, how it is said, and that nothing makes the reader panic.

use distill_lab::config::{Config, fields, presets};
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
        ("budget", json!(0)),
        ("budget", json!(11)),
        ("budget", json!(1.5)),
        ("budget", json!("3x")),
        ("teacher.sees", json!("test")),
        ("distillation.method", json!(3)),
    ] {
        let error = ground.with_field(path, value.clone()).unwrap_err();
        assert!(error.path.starts_with(path), "{path}: {error:?}");
        assert!(error.message.contains(path) && error.message.contains("allowed"), "{error}");
    }
    assert_eq!(Config::preset("nope").unwrap_err().code, "unknown_preset");
    assert_eq!(Config::from_json(&" ".repeat(10_000_000)).unwrap_err().code, "too_large");
}

#[test]
fn an_unknown_key_names_its_path_its_value_and_the_keys_there_are() {
    for (text, path, said) in [
        (r#"{"student": {"widths": [3]}}"#, "student.widths", "got [3]; allowed here: activation, "),
        (r#"{"epochs": "ten"}"#, "epochs", "got \"ten\"; allowed here: "),
        (r#"{"epochs": 1}"#, "epochs", "preset, refine, seed, student, teacher, transfer, version"),
        (
            r#"{"teacher": {"optimizer": {"momentum": 0.5}}}"#,
            "teacher.optimizer.momentum",
            "got 0.5; allowed here: beta1, beta2, epsilon, learning_rate, name",
        ),
        (r#"{"": 3}"#, "\"\"", "\"\": unknown key; got 3"),
        (r#"{"data": {"": 3}}"#, "data.\"\"", "got 3"),
    ] {
        let error = Config::from_json(text).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("unknown_key", path), "{error}");
        assert!(error.message.starts_with(path) && error.message.contains(said), "{error}");
    }
}

#[test]
fn classes_left_out_are_named_once_and_one_class_stays() {
    let ground = Config::preset("fifty-digits").unwrap();
    let refused = |ground: &Config, classes: Value| {
        let error = ground.with_field("transfer.omit_classes", classes.clone()).unwrap_err();
        assert_eq!(error.path, "transfer.omit_classes");
        error.message
    };
    assert_eq!(
        refused(&ground, json!([3, 1, 3])),
        "transfer.omit_classes: got [3,1,3]; allowed: each class once, and at most 9 of the 10"
    );
    assert!(refused(&ground, json!([12])).ends_with("got 12; allowed: classes from 0 to 9"));
    let two = Config::preset("spirals").unwrap();
    assert!(
        refused(&two, json!([0, 1])).ends_with("got [0,1]; allowed: each class once, and at most 1 of the 2")
    );
    assert!(two.with_field("transfer.omit_classes", json!([1])).is_ok());
}

#[test]
fn a_key_that_stands_twice_is_refused_by_its_path() {
    for (text, path) in [
        (r#"{"seed": 1, "seed": 2}"#, "seed"),
        (r#"{"student": {"steps": 1, "hidden": [3], "steps": 1}}"#, "student.steps"),
        (r#"{"data": {}, "seed": 3, "data": {}}"#, "data"),
        (r#"{"seed": 1, "\u0073eed": 2}"#, "seed"),
    ] {
        let error = Config::from_json(text).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("twice", path), "{error}");
        assert!(error.message.contains(path) && error.message.contains("allowed"), "{error}");
    }
    // The same key in two objects is two keys.
    assert!(Config::from_json(r#"{"student": {"steps": 1}, "teacher": {"steps": 1}}"#).is_ok());
}

/// The schema's keys of each optimiser are those that the reader takes.
#[test]
fn the_schema_gives_each_optimiser_the_keys_that_it_has() {
    let schema = distill_lab::config::json_schema();
    let ground = Config::preset("fifty-digits").unwrap();
    for model in ["teacher", "student"] {
        let branches = schema
            .pointer(&format!("/properties/{model}/properties/optimizer/anyOf"))
            .and_then(Value::as_array)
            .unwrap();
        assert_eq!(branches.len(), 3);
        for branch in branches {
            assert_eq!(branch["additionalProperties"], false);
            let name = &branch["properties"]["name"]["enum"][0];
            let config = ground.with(&json!({ model: { "optimizer": { "name": name } } })).unwrap();
            let read: Value = serde_json::from_str(&config.to_json()).unwrap();
            let keys = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(&read[model]["optimizer"]), keys(&branch["properties"]), "{name}");
        }
    }
}

#[test]
fn text_that_is_nested_too_deeply_is_no_json() {
    let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
    let code = |n| Config::from_json(&nested(n)).unwrap_err().code;
    assert_eq!([code(127), code(128)], ["wrong_type", "not_json"]);
}

/// What a program does with a refusal is read off its data, not off its sentence.
#[test]
fn a_refusal_carries_what_it_got_and_what_is_allowed_as_data() {
    for (text, got, allowed) in [
        (
            r#"{"distillation": {"temperature": 0.05}}"#,
            json!(0.05),
            json!({ "kind": "number", "min": 0.1, "max": 100.0 }),
        ),
        (
            r#"{"student": {"activation": "sigmoid"}}"#,
            json!("sigmoid"),
            json!({ "kind": "choice", "choices": ["relu", "tanh", "gelu"] }),
        ),
        (
            r#"{"transfer": {"labelled": 90}}"#,
            json!(90),
            json!({ "kind": "up_to", "max": 50, "field": "transfer.size" }),
        ),
        (r#"{"refine": {"nope": true}}"#, json!(true), json!({ "kind": "keys", "keys": ["steps"] })),
        (
            r#"{"data": {"points": [[0, 0, 1], [2, 0, 1.0]]}}"#,
            json!([2, 0, 1.0]),
            json!({ "kind": "coordinates", "min": -1.25, "max": 1.25 }),
        ),
    ] {
        let error = json!(Config::from_json(text).unwrap_err());
        assert_eq!((&error["got"], &error["allowed"]), (&got, &allowed), "{text}");
        let keys: Vec<&str> = error.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["allowed", "code", "got", "message", "path"]);
    }
}

/// Points that were written with other digits than these are the same points.
#[test]
fn whole_numbers_may_be_written_with_a_decimal_point() {
    let text = |class: &str| {
        let points = ["0.5,0", "1,0", "0,1", "1,1"].map(|xy| format!("[{xy},{class}]"));
        format!(r#"{{"data": {{"name": "points", "points": [{}]}}}}"#, points.join(","))
    };
    let config = Config::from_json(&text("1.0")).unwrap();
    assert_eq!(config, Config::from_json(&text("1")).unwrap());
    assert!(config.to_json().contains("[0.5,0.0,1]"), "{}", config.to_json());
    assert_eq!(Config::from_json(r#"{"student": {"steps": 1e2}}"#).unwrap().student.steps, 100);
}

#[test]
fn a_complete_config_comes_back_from_its_own_text() {
    for preset in presets() {
        assert_eq!(Config::from_json(&preset.config.to_json()).unwrap().to_json(), preset.config.to_json());
    }
}

/// A config from before there were budgets says what it said.
#[test]
fn a_config_without_a_budget_has_the_presets_steps_and_a_teacher_of_all_samples() {
    for preset in presets() {
        let mut text: Value = serde_json::from_str(&preset.config.to_json()).unwrap();
        let whole = text.as_object_mut().unwrap();
        assert_eq!(whole.remove("budget"), Some(json!(1)), "{}", preset.name);
        let teacher = whole["teacher"].as_object_mut().unwrap();
        assert_eq!(teacher.remove("sees"), Some(json!("train")), "{}", preset.name);
        let read = Config::from_json(&text.to_string()).unwrap();
        assert_eq!((&read, read.student_steps()), (&preset.config, preset.config.student.steps));
    }
}

/// The longest that a config can ask for, in steps that a curve can count.
#[test]
fn the_largest_budget_of_the_longest_training_is_a_million_steps() {
    let longest = Config::from_json(r#"{"budget": 10, "student": {"steps": 100000}}"#).unwrap();
    assert_eq!((longest.student_steps(), longest.refine.steps), (1_000_000, 0));
    assert_eq!(Config::from_json(&longest.to_json()).unwrap(), longest);
}

#[test]
fn a_teacher_of_the_transfer_set_needs_a_label_there() {
    let ground = Config::preset("unlabelled").unwrap();
    let taught = ground.with(&json!({ "teacher": { "sees": "transfer" } })).unwrap();
    for (base, more) in [
        (&taught, json!({ "transfer": { "labelled": 0 } })),
        (&ground, json!({ "teacher": { "sees": "transfer" }, "transfer": { "labelled": 0 } })),
    ] {
        let error = base.with(&more).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), ("out_of_range", "teacher.sees"));
        assert!(error.message.contains("a transfer.labelled of at least 1"), "{error}");
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
    for field in fields::fields().iter().filter(|f| !f.path.contains("optimizer")) {
        assert!(
            !text.pointer(&format!("/{}", field.path.replace('.', "/"))).unwrap_or(&Value::Null).is_null(),
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
    fn no_value_in_any_field_makes_the_reader_panic(i in 0..fields::fields().len(), number in any::<f64>(), which in 0..5usize) {
        let values = [json!(number), json!(number as i64), json!([number]), json!({ "x": number }), json!(number.to_string())];
        let ground = Config::preset("fifty-digits").unwrap();
        match ground.with_field(fields::fields()[i].path, values[which].clone()) {
            Ok(config) => prop_assert!(Config::from_json(&config.to_json()).is_ok()),
            Err(error) => prop_assert!(error.allowed.is_some() && json!(error)["got"] != Value::Null, "{}", error),
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
    assert_eq!(Config::from_json(r#"{"data": {"version": 1}}"#).unwrap_err().path, "data.version");
}

#[test]
fn samples_to_choose_by_leave_some_to_train_on_and_the_transfer_set_has_what_is_left() {
    let ground = Config::preset("all-labels").unwrap();
    let some = ground.with_field("data.validation", json!(200)).unwrap();
    assert_eq!((some.data.train, some.transfer.size, some.transfer.labelled), (1000, 800, 800));
    let sized = json!({ "data": { "validation": 200 }, "transfer": { "size": 900 } });
    let message = ground.with(&sized).unwrap_err().message;
    assert_eq!(message, "transfer.size: got 900; allowed: at most 800 (data.train - data.validation)");
    let all = ground.with_field("data.validation", json!(1000)).unwrap_err();
    assert_eq!(all.message, "data.validation: got 1000; allowed: at most 999 (data.train)");
    // Without them a transfer set that is too large is refused as ever.
    assert_eq!(ground.with_field("data.train", json!(500)).unwrap_err().path, "transfer.size");
}
