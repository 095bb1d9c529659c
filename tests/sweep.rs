//! A sweep: what is trained once, kept or handed over never changes a bit; a value that fails takes no other with it.

use distill_lab::config::Config;
use distill_lab::experiment::{Experiment, Shelf};
use distill_lab::sweep::{Finished, SHELF_BYTES, SweepJob, configs};
use serde_json::json;

const T: &str = "distillation.temperature";
const VALUES: [f64; 4] = [1.0, 2.0, 8.0, 20.0];

fn small() -> Config {
    let partial = json!({
        "teacher": { "steps": 60, "hidden": [16], "members": 2 }, "student": { "steps": 70, "hidden": [6] },
        "transfer": { "size": 40, "labelled": 25 }, "refine": { "steps": 10 },
    });
    Config::preset("fifty-digits").unwrap().with(&partial).unwrap()
}

/// The results' texts in the order of the values, and the training steps they took.
fn run(mut job: SweepJob, shelf: &mut Shelf) -> (Vec<String>, usize) {
    let mut rows: Vec<Finished> = Vec::new();
    while !job.done() {
        rows.extend(job.advance(17, shelf).1);
    }
    rows.sort_by_key(|(value, _)| *value);
    (rows.into_iter().map(text).collect(), job.steps_done())
}

fn text((_, result): Finished) -> String {
    let mut outcome = result.unwrap();
    outcome.curves = None;
    serde_json::to_string(&outcome).unwrap()
}

/// Each value for itself, nothing reused.
fn apart(over: &str, values: &[f64], seed: u64) -> Vec<String> {
    configs(&small(), &[over], values, seed)
        .unwrap()
        .into_iter()
        .map(|config| text((0, Experiment::new(config).unwrap().run())))
        .collect()
}

fn job(over: &str, values: &[f64], seed: u64) -> SweepJob {
    SweepJob::new(&small(), &[over], values, seed).unwrap()
}

#[test]
fn a_sweep_gives_what_each_value_gives_alone_whatever_it_is_over() {
    for (over, values) in [
        (T, &VALUES[..]),
        ("teacher.steps", &[60.0, 30.0, 60.0]),
        ("transfer.labelled", &[25.0, 40.0]),
        ("student.steps", &[70.0, 20.0]),
    ] {
        let (rows, _) = run(job(over, values, 3), &mut Shelf::new(SHELF_BYTES));
        assert_eq!(rows, apart(over, values, 3), "{over}");
    }
}

#[test]
fn a_second_sweep_trains_no_teacher_and_gives_the_same_bits() {
    let mut shelf = Shelf::new(SHELF_BYTES);
    let (first, steps) = run(job(T, &VALUES, 3), &mut shelf);
    let (again, fewer) = run(job(T, &VALUES, 3), &mut shelf);
    assert_eq!(first, again);
    assert_eq!((steps, fewer), (60 + 4 * 80, 4 * 80));
    // Another seed's teacher is another one.
    assert_eq!(run(job(T, &VALUES, 4), &mut shelf).0, apart(T, &VALUES, 4));
}

#[test]
fn a_shelf_stays_within_its_bytes_and_forgets_the_oldest() {
    let mut all = Shelf::new(SHELF_BYTES);
    run(job(T, &[1.0], 1), &mut all);
    let one = all.bytes();
    let mut shelf = Shelf::new(2 * one);
    for seed in [1, 2, 3] {
        run(job(T, &[1.0], seed), &mut shelf);
        assert!(shelf.bytes() <= 2 * one);
    }
    let steps = |seed, shelf: &mut Shelf| run(job(T, &[1.0], seed), shelf).1;
    assert_eq!(steps(2, &mut shelf), 80, "seed 2 is kept");
    assert_eq!(steps(1, &mut shelf), 140, "seed 1 is forgotten");
    assert_eq!(steps(1, &mut Shelf::new(0)), 140, "a shelf may be empty");
}

#[test]
fn values_given_away_at_any_moment_give_the_same_rows_and_the_teacher_is_trained_once() {
    let want = apart(T, &VALUES, 5);
    let mut gave = 0;
    for moment in [0, 30, 62, 70, 150, 250, 400] {
        let mut one = job(T, &VALUES, 5);
        let mut shelf = Shelf::new(SHELF_BYTES);
        let mut rows = one.advance(moment, &mut shelf).1;
        let (gift, handover) = loop {
            if let Some(gift) = one.give() {
                break gift;
            }
            assert_eq!(
                rows.len(),
                0,
                "only a teacher in training keeps a job from giving"
            );
            rows.extend(one.advance(1, &mut shelf).1);
        };
        if !gift.is_empty() {
            gave += 1;
            let values: Vec<f64> = gift.iter().map(|&i| VALUES[i]).collect();
            let mut other = job(T, &values, 5);
            other.take(&handover).unwrap();
            let mut far = Shelf::new(SHELF_BYTES);
            while !other.done() {
                rows.extend(
                    other
                        .advance(13, &mut far)
                        .1
                        .into_iter()
                        .map(|(i, r)| (gift[i], r)),
                );
            }
            assert_eq!(other.steps_done(), gift.len() * 80);
        }
        while !one.done() {
            rows.extend(one.advance(13, &mut shelf).1);
        }
        rows.sort_by_key(|(value, _)| *value);
        assert_eq!(
            rows.into_iter().map(text).collect::<Vec<_>>(),
            want,
            "at {moment}"
        );
    }
    assert!(gave >= 5, "{gave}");
}

#[test]
fn a_handover_of_other_numbers_is_refused() {
    let mut one = job(T, &VALUES, 5);
    one.advance(100, &mut Shelf::new(0));
    let (_, mut handover) = one.give().unwrap();
    handover.numbers.pop();
    let error = job(T, &VALUES, 5).take(&handover).unwrap_err();
    assert_eq!(error.path, "numbers");
}

#[test]
fn a_value_that_fails_takes_no_other_with_it_and_a_failed_teacher_is_tried_once() {
    let wild = json!({
        "hidden": [64, 64, 64, 64, 64, 64], "activation": "gelu", "steps": 400,
        "optimizer": { "name": "sgd", "learning_rate": 10, "momentum": 0.99 },
    });
    let base = small().with(&json!({ "student": wild })).unwrap();
    let over = "student.optimizer.learning_rate";
    let mut job = SweepJob::new(&base, &[over], &[0.0001, 10.0, 0.0002], 1).unwrap();
    let (_, rows) = job.advance(usize::MAX, &mut Shelf::new(0));
    let failed: Vec<bool> = rows.iter().map(|(_, r)| r.is_err()).collect();
    assert_eq!(failed, [false, true, false]);
    assert!(job.done());

    let base = small().with(&json!({ "teacher": wild })).unwrap();
    let mut job = SweepJob::new(&base, &[T], &VALUES, 1).unwrap();
    let (_, rows) = job.advance(usize::MAX, &mut Shelf::new(0));
    assert!(rows.len() == 4 && rows.iter().all(|(_, r)| r.is_err()));
    assert!(job.done() && job.steps_done() < 400, "{}", job.steps_done());
}

#[test]
fn two_fields_at_each_point_are_what_a_config_with_both_gives() {
    // Neither value of the first point goes with the other field's own.
    let (over, values) = (["transfer.labelled", "transfer.size"], [60.0, 60.0, 5.0, 8.0]);
    let found = configs(&small(), &over, &values, 4).unwrap();
    let transfers: Vec<_> = found
        .iter()
        .map(|c| (c.transfer.size, c.transfer.labelled))
        .collect();
    assert_eq!(transfers, [(60, 60), (8, 5)]);
    assert!(found.iter().all(|c| c.seed == 4));

    let job = SweepJob::new(&small(), &[T, "distillation.alpha"], &[2.0, 0.5, 8.0, 1.0], 3).unwrap();
    let (rows, _) = run(job, &mut Shelf::new(SHELF_BYTES));
    let both = json!({ "seed": 3, "distillation": { "temperature": 8, "alpha": 1 } });
    let alone = Experiment::new(small().with(&both).unwrap()).unwrap().run();
    assert_eq!(rows[1], text((0, alone)));
}

#[test]
fn a_width_is_that_of_every_hidden_layer() {
    let deep = small().with(&json!({ "student": { "hidden": [8, 4] } })).unwrap();
    let found = configs(&deep, &["student.hidden"], &[3.0, 16.0], 1).unwrap();
    assert_eq!(found[0].student.hidden, [3, 3]);
    assert_eq!(found[1].student.hidden, [16, 16]);
    let linear = small().with(&json!({ "teacher": { "hidden": [] } })).unwrap();
    let found = configs(&linear, &["teacher.hidden"], &[5.0], 1).unwrap();
    assert_eq!(found[0].teacher.training.hidden, [5]);
}

#[test]
fn a_sweep_that_cannot_be_is_refused_with_what_is_allowed() {
    for (over, values, says) in [
        (&["data.name"][..], &[1.0][..], "numeric field"),
        (&["transfer.omit_classes"], &[1.0], "numeric field"),
        (&[T, T], &[1.0, 1.0], "two different"),
        (&[T, "seed", "refine.steps"], &[1.0; 3], "two different"),
        (&[T], &[], "1 to 200"),
        (&[T], &[1.0; 201], "1 to 200"),
        (&[T, "distillation.alpha"], &[1.0; 3], "1 to 200"),
        (&["student.hidden"], &[2.5], "student.hidden: got [2.5]"),
        (
            &["distillation.alpha", T],
            &[0.5, 0.0],
            "distillation.temperature: got 0",
        ),
    ] {
        let error = configs(&small(), over, values, 1).unwrap_err();
        assert!(error.message.contains(says), "{error}");
    }
}
