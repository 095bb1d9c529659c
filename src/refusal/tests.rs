use super::*;
use crate::field::{integer, number as numbers};
use serde_json::json;
use std::collections::BTreeSet;
use ts_rs::TS;

/// One refusal for each variant of [`Allowed`], and for what a variant says in two ways.
fn examples() -> Vec<Refusal> {
    let of = |path: &str, got: Value, allowed: Allowed| Refusal::new("out_of_range", path, got, allowed);
    let count = |of, min, max| Allowed::Count { of, min, max };
    let hash = || String::from("0123456789abcdef");
    vec![
        of("student.widths", json!([3]), Allowed::Keys { keys: vec!["activation".into(), "hidden".into()] }),
        of("student", json!(3), Allowed::Object),
        of("", Value::Null, Allowed::Json { why: "EOF while parsing an object at line 1 column 2".into() }),
        of("seed", json!(2), Allowed::EachKeyOnce),
        of("version", json!(2), Allowed::Version { version: 1 }),
        of("transfer.labelled", json!(90), Allowed::UpTo { max: 50, field: "transfer.size" }),
        of("data.train", json!(5000), Allowed::Available { max: 1000 }),
        of("", json!(70_000), count(Counted::Bytes, 0, 65_536)),
        of("student.hidden", json!(9_000_000), count(Counted::Parameters, 0, 4_000_000)),
        of("data.points", json!(3), count(Counted::Points, 4, 200)),
        of("values", json!(201), count(Counted::Values, 1, 200)),
        of("window", json!(0), count(Counted::Cells, 1, 65_536)),
        of("input", json!(3), count(Counted::Numbers, 64, 64)),
        of("data.points.2", json!([0, 1]), Allowed::Point),
        of("data.points.2", json!([0, 2.5, 1]), Allowed::Coordinates { min: -1.25, max: 1.25 }),
        of("data.test", json!(3), Allowed::CountOfPoints { count: 10, points: 40 }),
        of("transfer.omit_classes", json!(11), Allowed::Classes { classes: 10 }),
        of("transfer.omit_classes", json!([1, 1]), Allowed::EachClassOnce { classes: 10 }),
        of("transfer.omit_classes", json!([0, 1, 2]), Allowed::FewerClasses { samples: 2 }),
        of("teacher.sees", json!("transfer"), Allowed::SomeLabelled),
        of("data.name", json!(64), Allowed::Plane),
        of("data.table.hash", json!("xyz"), Allowed::Hash),
        of(
            "data.table.shape",
            json!([3, 1]),
            Allowed::TableShape { min_rows: 4, max_rows: 50_000, max_features: 1024, max_classes: 100 },
        ),
        of("data.table.shape", json!([9, 2, 2, 3]), Allowed::ShapeOfTable { shape: vec![8, 2, 2, 3] }),
        of("data.train", json!(80), Allowed::TableRows { test: 30, rows: 100 }),
        of("data.table", Value::Null, Allowed::TableRead),
        of("data.name", Value::Null, Allowed::Needed { name: "digits".into(), hash: None }),
        of("data.name", Value::Null, Allowed::Needed { name: "mnist10k".into(), hash: Some(hash()) }),
        of("data", json!("fedcba9876543210"), Allowed::Content { hash: hash() }),
        of("data", Value::Null, Allowed::Content { hash: hash() }),
        of("over", json!(["seed", "seed"]), Allowed::Axes),
        of(
            "over",
            json!("data.name"),
            Allowed::SweptField { fields: vec!["data.noise", "distillation.alpha"] },
        ),
        of("results", json!([]), Allowed::Results),
        of(
            "distillation.method",
            json!("hint"),
            Allowed::HiddenLayer { network: "teacher", layer: 3, layers: 2 },
        ),
        of("", Value::Null, Allowed::Done),
        of("", Value::Null, Allowed::Clock),
        of("", number(f64::NAN), Allowed::Finite { model: "teacher".into(), step: 12 }),
        of("", json!("#[iff]"), Allowed::TemplateLine),
        of("seed", json!("1.5 x"), integer(0, 99).into()),
        of("distillation.temperature", json!(0.05), numbers(0.1, 100.0).into()),
        of("teacher.optimizer.nesterov", json!(1), Kind::Boolean.into()),
        of("data.name", json!("cifar"), Kind::Choice { choices: &["digits", "moons"] }.into()),
        of("student.hidden", json!(3), Kind::Integers { min: 1, max: 2048, max_items: 6 }.into()),
        of("data.points", json!(3), Kind::Points { min: -1.25, max: 1.25, max_items: 200 }.into()),
        of("data.table.file", json!(3), Kind::Text { max_length: 80 }.into()),
    ]
}

/// The page's languages are held to these examples: each has to have a sentence for every one of them.
#[test]
fn the_examples_that_the_page_reads_are_these_and_leave_out_no_variant() {
    let examples = json!(examples());
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/refusals.json");
    if std::env::var_os("WRITE_FIXTURES").is_some() {
        std::fs::write(file, format!("{examples:#}\n")).unwrap();
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(kept, examples, "WRITE_FIXTURES=1 writes it");
    let kinds = |of: &str, before: &str| -> BTreeSet<String> {
        let after = of.split(before).skip(1);
        after.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let config = ts_rs::Config::default();
    let types = Allowed::inline(&config) + &Kind::inline(&config);
    assert_eq!(kinds(&format!("{examples:#}"), "\"kind\": \""), kinds(&types, "\"kind\": \""));
}

#[test]
fn what_is_long_loses_its_end_and_stays_what_it_is() {
    let got = |given: Value| Refusal::new("wrong_type", "seed", given, Allowed::Object).got;
    assert_eq!(got(json!("é".repeat(58))), json!("é".repeat(58)));
    assert_eq!(got(json!("é".repeat(100))), json!("é".repeat(57) + "..."));
    assert_eq!(got(json!(vec![1234; 100])), json!([vec![json!(1234); 12], vec![json!("...")]].concat()));
    let nested = json!({ "a": 1, "b": vec![1234; 100], "c": 2 });
    assert_eq!(got(nested), json!({ "a": 1, "...": "..." }));
}

/// What a browser's `String(value)` gives: sentences must not differ between the page and the command line.
#[test]
fn numbers_are_written_as_javascript_writes_them() {
    for (value, want) in [
        (0.0, "0"),
        (-0.0, "0"),
        (20.0, "20"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (-1.5e-12, "-1.5e-12"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (2.5e300, "2.5e+300"),
        (f64::NAN, "NaN"),
        (f64::NEG_INFINITY, "-Infinity"),
    ] {
        assert_eq!(english::number(value), want);
    }
}

#[test]
fn numbers_that_json_does_not_have_are_given_as_words() {
    assert_eq!([2.0, 0.5, f64::NAN].map(number), [json!(2), json!(0.5), json!("NaN")]);
}
