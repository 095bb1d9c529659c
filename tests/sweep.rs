//! A sweep: what is trained once, kept or handed over never changes a bit; a value that fails takes no other with it.

use distill_lab::config::Config;
use distill_lab::experiment::{Cache, Experiment, Handover};
use distill_lab::sweep::{Finished, SweepJob, configs};
use serde_json::{Value, json};

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
fn run(mut job: SweepJob, cache: &mut Cache) -> (Vec<String>, usize) {
    let mut rows: Vec<Finished> = Vec::new();
    while !job.done() {
        rows.extend(job.advance(17, cache).1);
    }
    rows.sort_by_key(|(value, _)| *value);
    (rows.into_iter().map(text).collect(), job.steps_done())
}

fn text((_, result): Finished) -> String {
    let mut outcome = result.unwrap();
    outcome.curves = None;
    serde_json::to_string(&outcome).unwrap()
}

/// The configs of one field's values, under a seed.
fn under(base: &Config, over: &str, values: &[f64], seed: u64) -> Vec<Config> {
    let base = base.with_field("seed", seed.into()).unwrap();
    let points: Vec<Vec<Value>> = values.iter().map(|&v| vec![v.into()]).collect();
    configs(&base, &[over], &points).unwrap()
}

/// Each value for itself, nothing reused.
fn apart(over: &str, values: &[f64], seed: u64) -> Vec<String> {
    under(&small(), over, values, seed)
        .into_iter()
        .map(|config| text((0, Experiment::new(config).unwrap().run())))
        .collect()
}

fn job(over: &str, values: &[f64], seed: u64) -> SweepJob {
    SweepJob::new(under(&small(), over, values, seed))
}

#[test]
fn a_sweep_gives_what_each_value_gives_alone_whatever_it_is_over() {
    for (over, values) in [
        (T, &VALUES[..]),
        ("teacher.steps", &[60.0, 30.0, 60.0]),
        ("transfer.labelled", &[25.0, 40.0]),
        ("student.steps", &[70.0, 20.0]),
        ("budget", &[1.0, 3.0, 2.0]),
    ] {
        let (rows, _) = run(job(over, values, 3), &mut Cache::default());
        assert_eq!(rows, apart(over, values, 3), "{over}");
    }
}

/// A teacher of the transfer set is one of its labels, and another where these are others.
#[test]
fn what_a_teacher_of_the_transfer_set_shares_ends_with_that_set() {
    let base = small().with(&json!({ "teacher": { "sees": "transfer" } })).unwrap();
    let labelled = "transfer.labelled";
    for (over, values, teachers) in
        [(T, [2.0, 8.0], 1), (labelled, [25.0, 40.0], 2), ("budget", [1.0, 2.0], 1)]
    {
        let each = under(&base, over, &values, 3);
        let job = SweepJob::new(each.clone());
        let students: usize = each.iter().map(|c| c.student_steps() + 10).sum();
        let total = job.total_steps(&Cache::default());
        let (rows, steps) = run(job, &mut Cache::default());
        assert_eq!((steps, total), (teachers * 60 + students, teachers * 60 + students), "{over}");
        let alone = |config| text((0, Experiment::new(config).unwrap().run()));
        assert_eq!(rows, each.into_iter().map(alone).collect::<Vec<_>>(), "{over}");
    }
}

#[test]
fn a_second_sweep_trains_no_teacher_and_gives_the_same_bits() {
    let mut cache = Cache::default();
    let (first, steps) = run(job(T, &VALUES, 3), &mut cache);
    let (again, fewer) = run(job(T, &VALUES, 3), &mut cache);
    assert_eq!(first, again);
    assert_eq!((steps, fewer), (60 + 4 * 80, 4 * 80));
    // Another seed's teacher is another one.
    assert_eq!(run(job(T, &VALUES, 4), &mut cache).0, apart(T, &VALUES, 4));
}

#[test]
fn a_cache_stays_within_its_bytes_and_forgets_the_least_recently_used() {
    let mut all = Cache::default();
    run(job(T, &[1.0], 1), &mut all);
    let one = all.bytes();
    let mut cache = Cache::new(2 * one);
    for seed in [1, 2, 3] {
        run(job(T, &[1.0], seed), &mut cache);
        assert!(cache.bytes() <= 2 * one);
    }
    let steps = |seed, cache: &mut Cache| run(job(T, &[1.0], seed), cache).1;
    assert_eq!(steps(2, &mut cache), 80, "seed 2 is kept");
    assert_eq!(steps(1, &mut cache), 140, "seed 1 is forgotten");
    let mut small = Cache::new(0);
    assert_eq!(steps(1, &mut small), 140);
    assert_eq!(steps(1, &mut small), 80, "the last experiment's parts stay, whatever their size");
    assert_eq!((steps(2, &mut small), steps(1, &mut small)), (140, 140));
}

#[test]
fn values_split_off_at_any_moment_give_the_same_rows_and_the_teacher_is_trained_once() {
    let want = apart(T, &VALUES, 5);
    let mut splits = 0;
    for moment in [0, 30, 62, 70, 150, 250, 400] {
        let mut one = job(T, &VALUES, 5);
        let mut cache = Cache::default();
        let mut rows = one.advance(moment, &mut cache).1;
        let (split, handover) = loop {
            if let Some(split) = one.split_off(&mut cache) {
                break split;
            }
            assert_eq!(rows.len(), 0, "only a teacher in training keeps a job from splitting");
            rows.extend(one.advance(1, &mut cache).1);
        };
        if !split.is_empty() {
            splits += 1;
            let values: Vec<f64> = split.iter().map(|&i| VALUES[i]).collect();
            let mut other = job(T, &values, 5);
            let mut far = Cache::default();
            far.accept(&handover).unwrap();
            assert_eq!(other.total_steps(&far), split.len() * 80);
            while !other.done() {
                rows.extend(other.advance(13, &mut far).1.into_iter().map(|(i, r)| (split[i], r)));
            }
            assert_eq!(other.steps_done(), split.len() * 80);
        }
        while !one.done() {
            rows.extend(one.advance(13, &mut cache).1);
        }
        rows.sort_by_key(|(value, _)| *value);
        assert_eq!(rows.into_iter().map(text).collect::<Vec<_>>(), want, "at {moment}");
    }
    assert!(splits >= 5, "{splits}");
}

#[test]
fn a_handover_of_other_numbers_is_refused() {
    let mut cache = Cache::default();
    let mut one = job(T, &VALUES, 5);
    one.advance(200, &mut cache);
    let (_, whole) = one.split_off(&mut cache).unwrap();
    assert_eq!((whole.teacher.len(), whole.student_alone.is_some()), (2, true));
    let refused = |change: fn(&mut Handover)| {
        let mut handover = whole.clone();
        change(&mut handover);
        Cache::default().accept(&handover).unwrap_err().path
    };
    assert_eq!(refused(|h| h.teacher[0].parameters.truncate(9)), "teacher");
    assert_eq!(refused(|h| h.teacher.truncate(1)), "teacher");
    assert_eq!(refused(|h| h.student_alone.as_mut().unwrap().test_logits.push(0.0)), "student_alone");
}

#[test]
fn a_value_that_fails_takes_no_other_with_it_and_a_failed_teacher_is_tried_once() {
    let wild = json!({
        "hidden": [64, 64, 64, 64, 64, 64], "activation": "gelu", "steps": 400,
        "optimizer": { "name": "sgd", "learning_rate": 10, "momentum": 0.99 },
    });
    let base = small().with(&json!({ "student": wild })).unwrap();
    let over = "student.optimizer.learning_rate";
    let mut job = SweepJob::new(under(&base, over, &[0.0001, 10.0, 0.0002], 1));
    let (_, rows) = job.advance(usize::MAX, &mut Cache::new(0));
    let failed: Vec<bool> = rows.iter().map(|(_, r)| r.is_err()).collect();
    assert_eq!(failed, [false, true, false]);
    assert!(job.done());

    let base = small().with(&json!({ "teacher": wild })).unwrap();
    let mut job = SweepJob::new(under(&base, T, &VALUES, 1));
    let (_, rows) = job.advance(usize::MAX, &mut Cache::new(0));
    assert!(rows.len() == 4 && rows.iter().all(|(_, r)| r.is_err()));
    assert!(job.done() && job.steps_done() < 400, "{}", job.steps_done());
}

#[test]
fn two_fields_at_each_point_are_what_a_config_with_both_gives() {
    // Neither value of the first point goes with the other field's own.
    let points = [vec![json!(60), json!(60)], vec![json!(5), json!(8)]];
    let found = configs(&small(), &["transfer.labelled", "transfer.size"], &points).unwrap();
    let transfers: Vec<_> = found.iter().map(|c| (c.transfer.size, c.transfer.labelled)).collect();
    assert_eq!(transfers, [(60, 60), (8, 5)]);
    let base = small().with_field("seed", 3.into()).unwrap();
    let points = [vec![json!(2), json!(0.5)], vec![json!(8), json!(1)]];
    let found = configs(&base, &[T, "distillation.alpha"], &points).unwrap();
    let (rows, _) = run(SweepJob::new(found), &mut Cache::default());
    let both = json!({ "seed": 3, "distillation": { "temperature": 8, "alpha": 1 } });
    let alone = Experiment::new(small().with(&both).unwrap()).unwrap().run();
    assert_eq!(rows[1], text((0, alone)));
}

#[test]
fn words_and_switches_are_swept_like_numbers_and_mix_with_them() {
    let points = [vec![json!("sgd"), json!(true)], vec![json!("sgd"), json!(false)]];
    // Nesterov's momentum is a field of one optimiser alone, whichever of the two is named first.
    for over in [
        ["student.optimizer.name", "student.optimizer.nesterov"],
        ["student.optimizer.nesterov", "student.optimizer.name"],
    ] {
        let mut points = points.clone();
        if over[0].ends_with("nesterov") {
            points.iter_mut().for_each(|point| point.reverse());
        }
        let found = configs(&small(), &over, &points).unwrap();
        let nesterov: Vec<_> = found.iter().map(|c| json!(c.student.optimizer)["nesterov"].clone()).collect();
        assert_eq!(nesterov, [json!(true), json!(false)]);
    }
    let method = "distillation.method";
    let points = ["soft_targets", "hard_teacher", "logit_matching"].map(|name| vec![json!(name), json!(4)]);
    let found = configs(&small(), &[method, T], &points).unwrap();
    let want: Vec<String> = points
        .iter()
        .map(|point| {
            let with = json!({ "distillation": { "method": point[0], "temperature": 4 } });
            text((0, Experiment::new(small().with(&with).unwrap()).unwrap().run()))
        })
        .collect();
    let mut cache = Cache::default();
    let (rows, steps) = run(SweepJob::new(found), &mut cache);
    assert_eq!(rows, want);
    assert_eq!(steps, 60 + 3 * 80, "one teacher for all methods");
}

#[test]
fn two_settings_share_in_a_job_what_they_have_in_common() {
    let hard = small().with(&json!({ "distillation": { "method": "hard_teacher" } })).unwrap();
    let other = small()
        .with(&json!({ "preset": "spirals", "teacher": { "steps": 20 }, "student": { "steps": 30 } }))
        .unwrap();
    let alone = |config: &Config| text((0, Experiment::new(config.clone()).unwrap().run()));
    for (b, steps) in [(hard, 60 + 2 * 80), (other, 60 + 80 + 20 + 30)] {
        let (rows, took) = run(SweepJob::new(vec![small(), b.clone()]), &mut Cache::default());
        assert_eq!(rows, [alone(&small()), alone(&b)]);
        assert_eq!(took, steps);
    }
}

#[test]
fn a_width_is_that_of_every_hidden_layer() {
    let deep = small().with(&json!({ "student": { "hidden": [8, 4] } })).unwrap();
    let found = configs(&deep, &["student.hidden"], &[vec![json!(3)], vec![json!(16)]]).unwrap();
    assert_eq!(found[0].student.hidden, [3, 3]);
    assert_eq!(found[1].student.hidden, [16, 16]);
    let linear = small().with(&json!({ "teacher": { "hidden": [] } })).unwrap();
    let found = configs(&linear, &["teacher.hidden"], &[vec![json!(5)]]).unwrap();
    assert_eq!(found[0].teacher.training.hidden, [5]);
}

#[test]
fn a_sweep_that_cannot_be_is_refused_with_what_is_allowed() {
    let one = || vec![json!(1)];
    for (over, points, says) in [
        (&["data.points"][..], vec![one()], "numbers, words or switches"),
        (&["transfer.omit_classes"], vec![one()], "numbers, words or switches"),
        (&[T, T], vec![vec![json!(1); 2]], "two different"),
        (&[T, "seed", "refine.steps"], vec![vec![json!(1); 3]], "two different"),
        (&[T], vec![], "1 to 200"),
        (&[T], vec![one(); 201], "1 to 200"),
        (&[T, "distillation.alpha"], vec![one()], "1 to 200"),
        (&["student.hidden"], vec![vec![json!(2.5)]], "student.hidden: got [2.5]"),
        (&["distillation.alpha", T], vec![vec![json!(0.5), json!(0)]], "distillation.temperature: got 0"),
        (&["distillation.method"], vec![vec![json!("nope")]], "got \"nope\"; allowed: one of soft_targets"),
        (&["distillation.method"], vec![one()], "distillation.method: got 1"),
        (&[T], vec![vec![json!("warm")]], "distillation.temperature: got \"warm\"; allowed: a number"),
        (&["student.optimizer.nesterov"], vec![vec![json!(true)]], "unknown key"),
    ] {
        let error = configs(&small(), over, &points).unwrap_err();
        assert!(error.message.contains(says), "{error}");
    }
}
