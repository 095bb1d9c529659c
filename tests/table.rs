//! A table of one's own: what the reader yields is what the engine trains on, split and scaled as it is documented.

use distill_lab::config::Config;
use distill_lab::data::{self, supplied};
use distill_lab::experiment::Experiment;
use distill_lab_table::{Choices, Reading};
use serde_json::json;

/// 60 rows: two numbers, of which one has gaps, a category, three classes.
fn csv() -> String {
    let mut text = String::from("size,weight,colour,species\n");
    for i in 0..60 {
        let class = i % 3;
        let weight = if i % 7 == 0 { String::new() } else { format!("{}.25", 100 * class + i % 5) };
        text +=
            &format!("{}.5,{weight},{},{}\n", i % 11, ["red", "blue"][i % 2], ["cat", "dog", "owl"][class]);
    }
    text
}

/// Hands the table over; a config about it, and the table.
fn given(text: &str) -> (Config, distill_lab_table::Table) {
    read(text, true)
}

fn read(text: &str, give: bool) -> (Config, distill_lab_table::Table) {
    let (report, read) = Reading::whole(text.into(), &Choices::default()).unwrap();
    let read = read.unwrap();
    let table = supplied::Table {
        numbers: read.numbers,
        features: read.names.len(),
        values: read.features.iter().flat_map(|v| v.to_le_bytes()).collect(),
        wide: true,
        labels: read.labels.iter().map(|&label| label as u8).collect(),
        classes: read.classes.clone(),
    };
    assert_eq!(table.hash(), report.hash, "both know the same table by the same hash");
    if give {
        supplied::supply(&report.hash, table).unwrap();
    }
    let shape = [read.labels.len(), read.names.len(), read.numbers, read.classes.len()];
    let partial = json!({
        "data": { "name": "table", "table": { "file": "pets.csv", "hash": report.hash, "shape": shape } },
        "teacher": { "steps": 400, "hidden": [16], "optimizer": { "learning_rate": 0.01 } }, "student": { "steps": 100, "hidden": [4] },
    });
    let config = Config::preset("fifty-digits").unwrap().with(&partial).unwrap();
    (config, read)
}

#[test]
fn counts_follow_from_the_table_and_the_whole_experiment_runs() {
    let (config, _) = given(&csv());
    assert_eq!((config.data.train, config.data.test, config.transfer.size), (45, 15, 45));
    let mut experiment = Experiment::new(config.clone()).unwrap();
    assert_eq!(experiment.data_info().classes, ["cat", "dog", "owl"]);
    while !experiment.done() {
        experiment.advance(usize::MAX).unwrap();
    }
    let outcome = experiment.outcome().unwrap();
    assert!(outcome.teacher.accuracy > 0.9, "{}", outcome.teacher.accuracy);
    // Turning away from the table, the preset's counts return.
    let away = config.with(&json!({ "data": { "name": "digits" } })).unwrap();
    assert_eq!((away.data.train, away.data.test), (1000, 797));
}

#[test]
fn every_row_is_in_one_part_whatever_the_seed_and_scales_are_those_of_the_training_part() {
    let (config, read) = given(&csv());
    let one = data::load(&config.data, 1).unwrap();
    let other = data::load(&config.data, 2).unwrap();
    assert_eq!((one.train.x(), one.test.x()), (other.train.x(), other.test.x()));
    assert_eq!(read.names.len(), 4);
    for feature in 0..2 {
        let values = one.train.x().column(feature).mapv(f64::from);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!(mean.abs() < 1e-6, "{mean}");
        let square = values.iter().map(|v| v * v).sum::<f64>() / values.len() as f64;
        // A gap is the mean, and so counts for nothing in the deviation.
        let there =
            if feature == 0 { 1.0 } else { values.iter().filter(|v| **v != 0.0).count() as f64 / 45.0 };
        assert!((square - there).abs() < 1e-5, "{feature}: {square}");
    }
    // Categories are left as they are.
    assert!((one.train.x().rows().into_iter()).all(|row| row[2] + row[3] == 1.0));
    let mut labels = [one.train.labels().to_vec(), one.test.labels().to_vec()].concat();
    labels.sort_unstable();
    assert_eq!(labels, (0..3).flat_map(|k| [k; 20]).collect::<Vec<_>>());
    // A smaller training part leaves the tests where they are.
    let fewer = config.with(&json!({ "data": { "train": 20 }, "transfer": { "size": 20 } })).unwrap();
    assert_eq!(data::load(&fewer.data, 1).unwrap().test.labels(), one.test.labels());
}

#[test]
fn a_table_that_was_not_given_is_asked_for_by_name() {
    let (config, _) = read(&csv().replace("cat", "cow"), false);
    given(&csv());
    let error = Experiment::new(config.clone()).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), ("data_needed", "data.table"));
    assert!(error.message.contains("pets.csv") && error.message.contains(&config.data.table.hash));
    assert_eq!(data::outside(&config.data).unwrap_err().code, "data_needed");
    given(&csv().replace("cat", "cow"));
    assert_eq!(data::outside(&config.data).unwrap(), Some(config.data.table.hash.as_str()));
    // The table that was given before is there beside it.
    let (before, _) = read(&csv(), false);
    assert!(Experiment::new(config).is_ok() && Experiment::new(before).is_ok());
}

#[test]
fn a_config_about_no_table_is_refused() {
    let base = Config::preset("fifty-digits").unwrap();
    let table =
        |hash: &str, shape: &[usize]| json!({ "name": "table", "table": { "hash": hash, "shape": shape } });
    let hash = "0123456789abcdef";
    for (data, path) in [
        (json!({ "name": "table" }), "data.table.hash"),
        (table("0123456789ABCDEF", &[60, 4, 2, 3]), "data.table.hash"),
        (table(hash, &[]), "data.table.shape"),
        (table(hash, &[60, 4, 5, 3]), "data.table.shape"),
        (table(hash, &[60, 4, 2, 1]), "data.table.shape"),
        (table(hash, &[60_000, 4, 2, 3]), "data.table.shape"),
        (json!({ "table": { "file": "x".repeat(81) } }), "data.table.file"),
        (json!({ "table": { "file": "two\nlines" } }), "data.table.file"),
        (json!({ "table": { "name": "x" } }), "data.table.name"),
    ] {
        let error = base.with(&json!({ "data": data })).unwrap_err();
        assert_eq!(error.path, path, "{error}");
        assert!(error.message.contains("allowed"), "{error}");
    }
    let mut data = table(hash, &[60, 4, 2, 3]);
    data["train"] = 50.into();
    data["test"] = 20.into();
    let error = base.with(&json!({ "data": data })).unwrap_err();
    assert!(error.message.contains("60 in all"), "{error}");
}
