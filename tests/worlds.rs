//! Data sets of two features: regions, and points that the config brings; and what the student took over.

use distill_lab::config::Config;
use distill_lab::data::own_points::PlanePoint;
use distill_lab::experiment::{Experiment, Phase, Role, Window};
use ndarray::{Array3, Axis, array, s};
use serde_json::{Value, json};

fn ring(len: usize) -> Vec<PlanePoint> {
    (0..len)
        .map(|i| {
            let angle = i as f64;
            let class = (i / 2 % 2) as u8;
            let r = 0.4 + 0.5 * f64::from(class);
            PlanePoint(r * angle.cos(), r * angle.sin(), class)
        })
        .collect()
}

fn own(points: &[PlanePoint]) -> Config {
    let partial = json!({
        "preset": "spirals",
        "data": { "name": "points", "points": points },
        "teacher": { "hidden": [8], "steps": 40 },
        "student": { "hidden": [4], "steps": 40 },
    });
    Config::from_json(&partial.to_string()).unwrap()
}

fn short(preset: &str) -> Experiment {
    let partial = json!({ "preset": preset, "teacher": { "steps": 60 }, "student": { "steps": 60 } });
    Experiment::new(Config::from_json(&partial.to_string()).unwrap()).unwrap()
}

fn at(x: f64, y: f64) -> Window {
    Window { x: (x, x), y: (y, y), columns: 1, rows: 1 }
}

#[test]
fn a_window_of_one_cell_says_what_predict_says_in_every_phase() {
    let mut experiment = short("spirals");
    let mut seen = Vec::new();
    loop {
        let (regions, predicted) = (
            experiment.regions(&at(0.3, -0.6), 1.0).unwrap().softened,
            experiment.predict(array![[0.3, -0.6]].view(), 1.0).unwrap(),
        );
        assert_eq!(regions.map(|p| p.flatten().to_vec()), predicted.map(|p| p.flatten().to_vec()));
        seen.push((experiment.phase(), regions.teacher.is_some(), regions.student_distilled.is_some()));
        if experiment.done() {
            break;
        }
        experiment.step(30).unwrap();
    }
    assert_eq!(seen.first(), Some(&(Phase::Teacher, false, false)));
    assert!(seen.contains(&(Phase::Teacher, true, false)), "live while the teacher learns: {seen:?}");
    assert_eq!(seen.last(), Some(&(Phase::Done, true, true)));
}

#[test]
fn cells_stand_for_their_middles_row_by_row_and_agreement_counts_them() {
    let mut experiment = short("spirals");
    experiment.step(usize::MAX / 2).unwrap();
    let window = Window { x: (-1.0, 1.0), y: (-0.5, 1.0), columns: 8, rows: 6 };
    let regions = experiment.regions(&window, 3.0).unwrap();
    let teacher = regions.softened.teacher.unwrap();
    let distilled = regions.softened.student_distilled.unwrap();
    assert_eq!(teacher.dim(), (6, 8, 2));
    let mut same = 0;
    for ((row, column), _) in teacher.index_axis(Axis(2), 0).indexed_iter() {
        let (x, y) = (-0.875 + 0.25 * column as f64, -0.375 + 0.25 * row as f64);
        let (p, q) = (teacher.slice(s![row, column, ..]), distilled.slice(s![row, column, ..]));
        let one = experiment.regions(&at(x, y), 3.0).unwrap().softened.teacher.unwrap();
        assert_eq!(one.slice(s![0, 0, ..]), p, "cell {row} {column}");
        same += usize::from((p[1] > p[0]) == (q[1] > q[0]));
    }
    assert_eq!(regions.agreement[1], Some(same as f64 / 48.0));
    let soft = experiment.regions(&at(0.3, 0.3), 50.0).unwrap().softened.teacher.unwrap();
    let sharp = experiment.regions(&at(0.3, 0.3), 0.5).unwrap().softened.teacher.unwrap();
    let from_even = |p: Array3<f32>| (p[[0, 0, 0]] - 0.5).abs();
    assert!(from_even(soft) < from_even(sharp));
}

#[test]
fn regions_of_images_and_grids_without_end_are_refused() {
    let experiment = short("fifty-digits");
    assert_eq!(experiment.regions(&at(0.0, 0.0), 1.0).unwrap_err().path, "data.name");
    assert_eq!(experiment.points().unwrap_err().path, "data.name");
    let experiment = short("spirals");
    for columns in [0, 300] {
        let window = Window { columns, rows: 300, ..at(0.0, 0.0) };
        assert_eq!(experiment.regions(&window, 1.0).unwrap_err().path, "window");
    }
    assert_eq!(experiment.regions(&at(0.0, 0.0), 0.0).unwrap_err().path, "temperature");
}

#[test]
fn points_come_in_the_order_of_the_config_with_their_roles() {
    let given = ring(14);
    let config = own(&given);
    assert_eq!((config.data.train, config.data.test), (11, 3));
    assert_eq!((config.transfer.size, config.transfer.labelled), (11, 11));
    let config = config.with(&json!({ "transfer": { "size": 6, "labelled": 4 } })).unwrap();
    let experiment = Experiment::new(config).unwrap();
    let points = experiment.points().unwrap();
    for (i, &PlanePoint(x, y, class)) in given.iter().enumerate() {
        let found = (points.x[i], points.y[i], points.label[i]);
        assert_eq!(found, (x as f32, y as f32, class));
    }
    let is_test = |&role: &u8| role == Role::Test as u8;
    assert!(points.role.iter().enumerate().all(|(i, role)| is_test(role) == (i % 4 == 3)));
    let count = |role: Role| points.role.iter().filter(|&&r| r == role as u8).count();
    let roles = [Role::Teacher, Role::Labelled, Role::Unlabelled, Role::Test];
    assert_eq!(roles.map(count), [5, 4, 2, 3]);
    // A drawn data set: the training samples first.
    let points = short("spirals").points().unwrap();
    assert_eq!(points.role.len(), 1600);
    assert_eq!(points.role.iter().position(is_test), Some(600));
}

#[test]
fn a_run_on_own_points_comes_back_from_its_text() {
    let config = own(&ring(20));
    let again = Config::from_json(&config.to_json()).unwrap();
    assert_eq!(config, again);
    let digest = |config: Config| Experiment::new(config).unwrap().run().unwrap().digest;
    let first = digest(config.clone());
    assert_eq!(first, digest(again));
    let mut moved = ring(20);
    moved[0].0 += 0.1;
    assert_ne!(first, digest(own(&moved)));
}

#[test]
fn counts_follow_the_points_and_the_way_back_leads_to_the_presets() {
    let config = own(&ring(20));
    let more = config.with(&json!({ "data": { "points": ring(24) } })).unwrap();
    assert_eq!((more.data.train, more.data.test, more.transfer.size), (18, 6, 18));
    let back = more.with(&json!({ "data": { "name": "moons" } })).unwrap();
    assert_eq!((back.data.train, back.data.test), (600, 1000));
    assert_eq!(back.data.points.len(), 24, "kept, for a way back to them");
    let again = back.with(&json!({ "data": { "name": "points" } })).unwrap();
    assert_eq!((again.data.train, again.data.test), (18, 6));
}

#[test]
fn bad_points_are_named_with_what_is_allowed_and_change_nothing() {
    let config = own(&ring(20));
    let bad: [(Value, &str, &str); 9] = [
        (json!("0,0,1"), "data.points", "wrong_type"),
        (json!([[0, 0]]), "data.points.0", "wrong_type"),
        (json!([[0, 0, 0], [0, 0, 2]]), "data.points.1", "wrong_type"),
        (json!([[0, 0, 0.5]]), "data.points.0", "wrong_type"),
        (json!([[0, "up", 0]]), "data.points.0", "wrong_type"),
        (json!([[1.5, 0, 0]]), "data.points.0", "out_of_range"),
        (json!([[0, -9, 0]]), "data.points.0", "out_of_range"),
        (json!(ring(201)), "data.points", "out_of_range"),
        (json!(ring(3)), "data.points", "out_of_range"),
    ];
    for (points, path, code) in bad {
        let error = config.with(&json!({ "data": { "points": points } })).unwrap_err();
        assert_eq!((error.path.as_str(), error.code), (path, code), "{error}");
        assert!(error.message.contains("got") && error.message.contains("allowed"), "{error}");
    }
    let error = config.with(&json!({ "data": { "train": 4 } })).unwrap_err();
    assert_eq!(error.path, "data.train");
}

#[test]
fn what_was_taken_over_agrees_with_the_result() {
    let mut experiment = short("fifty-digits");
    let before = experiment.takeover(4.0).unwrap();
    assert!(before.predictions.is_none() && before.similarity.is_none());
    assert!(before.reliability.teacher.is_none());
    experiment.step(usize::MAX / 2).unwrap();
    let result = experiment.outcome().unwrap();
    let took = experiment.takeover(4.0).unwrap();
    for (bins, report) in [
        (took.reliability.teacher, &result.teacher),
        (took.reliability.student_alone, &result.student_alone),
        (took.reliability.student_distilled, &result.student_distilled),
    ] {
        let bins = bins.unwrap();
        let n: f64 = bins.iter().map(|b| b[0]).sum();
        assert_eq!(n, 797.0);
        let ece: f64 = bins.iter().map(|b| b[0] * (b[2] - b[1]).abs()).sum::<f64>() / n;
        assert!((ece - report.ece).abs() < 1e-9, "{ece} {}", report.ece);
        let accuracy: f64 = bins.iter().map(|b| b[0] * b[2]).sum::<f64>() / n;
        assert!((accuracy - report.accuracy).abs() < 1e-9);
    }
    let mut confusion = vec![vec![0u32; 10]; 10];
    let said = took.predictions.unwrap();
    for (&label, &student) in said.label.iter().zip(&said.student_distilled) {
        confusion[label as usize][student as usize] += 1;
    }
    assert_eq!(confusion, result.student_distilled.confusion);
    let pairs = said.teacher.iter().zip(&said.student_distilled);
    let agree = pairs.filter(|(a, b)| a == b).count() as f64 / 797.0;
    assert!((agree - result.student_distilled.agreement.unwrap()).abs() < 1e-12);
}

#[test]
fn likeness_is_the_mean_softened_answer_and_flattens_with_temperature() {
    let mut experiment = short("fifty-digits");
    experiment.step(60).unwrap();
    while experiment.phase() == Phase::Teacher {
        experiment.advance(1).unwrap();
    }
    let likeness = |t: f64| experiment.takeover(t).unwrap().similarity.unwrap();
    for row in likeness(4.0).rows() {
        assert!((row.sum() - 1.0).abs() < 1e-5);
    }
    // Row 3 by hand, from one sample after another.
    let mut mean = [0.0; 10];
    let mut count = 0.0;
    for i in 0..797 {
        let view = experiment.sample(distill_lab::experiment::SampleSet::Test, i, 4.0).unwrap();
        if view.label == 3 {
            count += 1.0;
            let p = view.softened.teacher.unwrap();
            mean.iter_mut().zip(p).for_each(|(m, p)| *m += f64::from(p));
        }
    }
    for (k, m) in mean.iter().enumerate() {
        assert!((m / count - likeness(4.0)[[3, k]]).abs() < 1e-6);
    }
    assert!(likeness(50.0)[[3, 3]] < likeness(1.0)[[3, 3]]);
}
