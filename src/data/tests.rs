use super::*;
use crate::config::Config;

/// Data sets that are drawn from the seed.
fn generated() -> impl Iterator<Item = &'static str> {
    DATA_SETS.iter().filter(|set| set.origin == Origin::Generated).map(|set| set.name)
}

fn load_named(name: &str, seed: u64) -> Dataset {
    let config = Config::preset("fifty-digits").unwrap().with(&serde_json::json!({
        "data": { "name": name, "train": 400, "test": 300 }, "transfer": { "size": 10 }
    }));
    load(&config.unwrap().data, seed).unwrap()
}

#[test]
fn digits_are_the_csv_row_by_row() {
    let text = include_str!("../../data/digits.csv");
    let dataset = load(&Config::preset("fifty-digits").unwrap().data, 1).unwrap();
    let (mut train, mut test) = (0, 0);
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (samples, row) =
            if cells[0] == "train" { (&dataset.train, &mut train) } else { (&dataset.test, &mut test) };
        assert_eq!(samples.labels[*row], cells[1].parse::<i32>().unwrap());
        for (x, cell) in samples.x[*row * 64..].iter().zip(&cells[2..]) {
            assert_eq!(*x, cell.parse::<f32>().unwrap() / 16.0);
        }
        *row += 1;
    }
    assert_eq!((train, test), (1000, 797));
}

#[test]
fn a_seed_fixes_the_data_and_another_changes_it() {
    for name in generated() {
        let (a, b, c) = (load_named(name, 1), load_named(name, 1), load_named(name, 2));
        assert_eq!(a.train.x, b.train.x, "{name}");
        assert_ne!(a.train.x, c.train.x, "{name}");
        assert_ne!(a.train.x[..40], a.test.x[..40], "{name}: the test set repeats the training set");
        assert!(a.train.x.iter().all(|v| v.is_finite()), "{name}");
        assert_eq!((a.train.len(), a.test.len()), (400, 300), "{name}");
    }
}

#[test]
fn classes_are_balanced() {
    for name in generated() {
        let labels: Vec<i32> = (0..5).flat_map(|seed| load_named(name, seed).train.labels).collect();
        let classes = load_named(name, 1).shape.classes.len();
        let even = labels.len() / classes;
        for class in 0..classes as i32 {
            let count = labels.iter().filter(|&&label| label == class).count();
            assert!(count.abs_diff(even) <= even / 5, "{name}: {count} of {}, class {class}", labels.len());
        }
    }
}

#[test]
fn data_sets_say_everything_about_themselves() {
    let fields: Vec<&str> = crate::config::fields::fields().iter().map(|field| field.path).collect();
    for set in DATA_SETS {
        assert_eq!(DATA_SETS.iter().filter(|other| other.name == set.name).count(), 1, "{}", set.name);
        for text in [set.title.en, set.title.de, set.about.en, set.about.de, set.source] {
            assert!(!text.is_empty(), "{}", set.name);
        }
        for text in [set.about.en, set.about.de] {
            assert!(text.ends_with('.'), "{}: {text}", set.name);
        }
        for path in set.options {
            assert!(fields.contains(path), "{}: {path} is no field", set.name);
        }
        for part in ["# %%\nFEATURES, CLASSES = ", "def load(rng):"] {
            // The table's shape has more to say.
            let part = if set.origin == Origin::Table {
                part.trim_end_matches("FEATURES, CLASSES = ")
            } else {
                part
            };
            assert!(set.python.text.contains(part), "{}: {part}", set.name);
        }
        let name = DataName::find(set.name).unwrap();
        assert_eq!(name.name, set.name);
        let data = Data { name, ..Config::preset("fifty-digits").unwrap().data };
        assert_eq!(set.features.unwrap_or(0), shape(&data).features, "{}", set.name);
    }
}

#[test]
fn a_planted_rule_can_be_learned_from_the_features_alone() {
    // Same features, same labels: the rule is a function of x, which the random labels are not.
    let planted = load_named("planted", 3);
    let random = load_named("notebook", 3);
    assert_eq!(planted.train.x, random.train.x);
    assert_ne!(planted.train.labels, random.train.labels);
}

#[test]
fn label_noise_flips_its_share_of_training_labels_to_other_classes() {
    let config = Config::preset("fifty-digits").unwrap();
    let clean = load(&config.data, 1).unwrap();
    let noisy = load(&Data { label_noise: 0.3, ..config.data.clone() }, 1).unwrap();
    let flipped = clean.train.labels.iter().zip(&noisy.train.labels).filter(|(a, b)| a != b).count();
    assert!((250..350).contains(&flipped), "{flipped}");
    assert!(noisy.train.labels.iter().all(|l| (0..10).contains(l)));
    assert_eq!(clean.test.labels, noisy.test.labels);
    let all = load(&Data { label_noise: 1.0, ..config.data }, 1).unwrap();
    assert!(clean.train.labels.iter().zip(&all.train.labels).all(|(a, b)| a != b));
}
