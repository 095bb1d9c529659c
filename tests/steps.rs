//! Steps taken apart and taken back: a record touches nothing and says what the step did; a way back ends where it began.

use distill_lab::config::{Config, presets};
use distill_lab::experiment::{Cache, Experiment, ModelName, NewPoints, Norms, Outcome, Phase, Record};
use ndarray::Array2;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Every phase in few steps, with labels withheld and several teachers where asked for.
fn small(seed: u64, more: &Value) -> Config {
    let partial = json!({
        "seed": seed, "teacher": { "steps": 70, "hidden": [16] }, "student": { "steps": 90, "hidden": [6] },
        "transfer": { "size": 40, "labelled": 25 }, "refine": { "steps": 20 },
    });
    let config = Config::preset("fifty-digits").unwrap();
    config.with(&partial).unwrap().with(more).unwrap()
}

fn started(config: &Config) -> Experiment {
    let mut experiment = Experiment::new(config.clone()).unwrap();
    experiment.keep_checkpoints();
    experiment
}

fn finished(mut experiment: Experiment) -> String {
    while !experiment.done() {
        experiment.advance(1000).unwrap();
    }
    text(&experiment.outcome().unwrap())
}

fn text(outcome: &Outcome) -> String {
    serde_json::to_string(outcome).unwrap()
}

/// Everything of an experiment that can be asked for between two steps.
fn standing(experiment: &Experiment) -> (usize, Phase, (usize, usize), Vec<u32>) {
    let input = Array2::from_elem((1, 64), 0.5);
    let said = experiment.predict(input.view(), 1.0).unwrap();
    let models = [said.teacher, said.student_alone, said.student_distilled];
    let bits = models.into_iter().flatten().flatten().map(f32::to_bits).collect();
    (experiment.steps_done(), experiment.phase(), experiment.phase_steps(), bits)
}

/// Points in the order of model and step, as text: a missing accuracy is equal to itself.
fn sorted(told: Vec<NewPoints>) -> Vec<String> {
    let mut points: Vec<String> = told
        .iter()
        .flat_map(|new| new.model.iter().zip(new.points.points()))
        .map(|(model, point)| format!("{model} {point:?}"))
        .collect();
    points.sort_unstable();
    points
}

fn methods() -> impl Strategy<Value = Value> {
    let method = prop::sample::select(distill_lab::distil::NAMES.to_vec());
    let optimizer = prop::sample::select(vec!["adam", "adamw", "sgd"]);
    let sees = prop::sample::select(vec!["train", "transfer"]);
    (method, optimizer, 1..3usize, 0..3usize, 1..3usize, sees).prop_map(
        |(method, optimizer, members, refine, budget, sees)| {
            json!({
                "budget": budget,
                "distillation": { "method": method },
                "teacher": { "members": members, "sees": sees, "optimizer": { "name": optimizer } },
                "student": { "optimizer": { "name": optimizer } },
                "refine": { "steps": refine * 10 },
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Forward and back by any amounts, over the phases' borders and from the end, in any slices: the state is that of a run
    /// which only went forward, and so is its outcome.
    #[test]
    fn going_back_leaves_no_trace(
        seed in 0..20u64,
        method in methods(),
        moves in prop::collection::vec((1..120usize, 0..150usize, 1..40usize), 1..5),
    ) {
        let config = small(seed, &method);
        let mut experiment = started(&config);
        let mut drawn = Vec::new();
        for (forward, back, slice) in moves {
            let until = experiment.steps_done() + forward;
            while experiment.steps_done() < until && !experiment.done() {
                experiment.step(slice.min(until - experiment.steps_done())).unwrap();
            }
            drawn.push(experiment.take_points());
            let before = experiment.steps_done();
            let gone = experiment.back(back).unwrap();
            prop_assert_eq!(gone, back.min(before));
            drawn = vec![experiment.take_points()];
            let mut straight = started(&config);
            straight.step(before - gone).unwrap();
            prop_assert_eq!(standing(&experiment), standing(&straight));
            prop_assert_eq!(sorted(drawn.clone()), sorted(vec![straight.take_points()]));
        }
        let mut rest = experiment;
        while !rest.done() {
            rest.advance(17).unwrap();
        }
        drawn.push(rest.take_points());
        prop_assert_eq!(text(&rest.outcome().unwrap()), finished(started(&config)));
        let mut straight = Experiment::new(config).unwrap();
        while !straight.done() {
            straight.advance(1000).unwrap();
        }
        prop_assert_eq!(sorted(drawn), sorted(vec![straight.take_points()]));
    }

    /// A run that is recorded at every turn has the weights of one that never was.
    #[test]
    fn a_record_touches_nothing(seed in 0..20u64, method in methods(), stops in prop::collection::vec(1..40usize, 1..6)) {
        let config = small(seed, &method);
        let mut experiment = started(&config);
        let mut drawn = Vec::new();
        for (i, n) in stops.into_iter().enumerate() {
            experiment.step(n).unwrap();
            if i % 2 == 0 {
                drawn.push(experiment.take_points());
            }
            let before = standing(&experiment);
            experiment.record(i % 2 == 0, i % 3 == 0, i).unwrap();
            prop_assert_eq!(standing(&experiment), before);
        }
        drawn.push(experiment.take_points());
        let mut straight = Experiment::new(config.clone()).unwrap();
        straight.step(experiment.steps_done()).unwrap();
        prop_assert_eq!(sorted(drawn), sorted(vec![straight.take_points()]));
        prop_assert_eq!(finished(experiment), finished(straight));
    }
}

fn last(experiment: &mut Experiment, alone: bool, layer: usize) -> Record {
    experiment.record(false, alone, layer).unwrap().unwrap()
}

/// The step that is said to come next is the one that is said to have been made, number for number.
#[test]
fn the_next_step_becomes_the_last_one() {
    for config in presets().iter().map(|p| p.config.clone()) {
        let mut experiment = started(&config);
        let teacher = config.teacher.training.steps;
        for step in [0, 1, 40, teacher - 1, teacher, teacher + 5] {
            experiment.step(step - experiment.steps_done()).unwrap();
            for alone in [true, false] {
                let next = experiment.record(true, alone, 0).unwrap().unwrap();
                let mut after = Experiment::new(config.clone()).unwrap();
                after.step(step + 1).unwrap();
                let made = last(&mut after, alone, 0);
                assert_eq!(next, made, "{} {step}", config.preset);
                assert_eq!(next.step, step + 1);
                assert_eq!(next.update.len(), next.weights.len());
            }
        }
    }
}

/// `after - before` of two records in a row is the update that the second one tells, and the norms are those of plain sums.
#[test]
fn weights_move_by_the_update_and_norms_are_sums() {
    let config = small(3, &json!({}));
    let mut experiment = started(&config);
    for step in 1..200 {
        let before = experiment.record(false, false, 0).unwrap();
        if experiment.step(1).unwrap() == 0 {
            break;
        }
        let now = last(&mut experiment, false, 0);
        assert_eq!(now.step, step);
        let layer = &now.layers[0];
        assert_eq!(now.weights.dim(), layer.shape);
        let l2 = now.update.iter().map(|&v| f64::from(v).powi(2)).sum::<f64>().sqrt();
        let max = now.update.iter().fold(0.0, |m: f64, &v| m.max(f64::from(v).abs()));
        assert!((layer.update[0].l2 - l2).abs() <= 1e-12 * l2.max(1.0));
        assert_eq!(layer.update[0].max, max);
        let Some(before) = before.filter(|b| (b.phase, b.model) == (now.phase, now.model)) else {
            continue;
        };
        for ((w, was), update) in now.weights.iter().zip(&before.weights).zip(&now.update) {
            assert_eq!((w - was).to_bits(), update.to_bits(), "step {step}");
        }
    }
    assert!(experiment.done());
}

/// Plain descent with a rate of 1 moves by minus the gradient: the record's gradient is the step's own.
#[test]
fn a_gradient_is_what_the_step_uses() {
    let sgd = json!({ "name": "sgd", "learning_rate": 0.125, "momentum": 0.0, "nesterov": false });
    let config = small(1, &json!({ "student": { "optimizer": sgd }, "teacher": { "optimizer": sgd } }));
    let mut experiment = started(&config);
    for steps in [30, 70] {
        experiment.step(steps).unwrap();
        for layer in &last(&mut experiment, false, 0).layers {
            for (Norms { l2: g, .. }, Norms { l2: u, .. }) in layer.gradient.iter().zip(&layer.update) {
                // The update is read off rounded weights.
                assert!((u - 0.125 * g).abs() < 1e-5 * (1.0 + g), "{u} {g}");
            }
        }
    }
}

#[test]
fn the_terms_add_up_and_withheld_labels_are_marked() {
    let config = small(5, &json!({ "distillation": { "temperature": 4, "alpha": 0.75 } }));
    let mut experiment = started(&config);
    experiment.step(70).unwrap();
    // The first batch of the students, whose loss on each sample can be asked for.
    let next = experiment.record(true, false, 0).unwrap().unwrap();
    assert_eq!((next.phase, next.model, next.phase_step), (Phase::Students, ModelName::StudentDistilled, 1));
    assert!(next.labels.contains(&-1) && next.labels.iter().any(|&l| l >= 0));
    assert_eq!(next.labelled, next.labels.iter().filter(|&&l| l >= 0).count());
    assert_eq!(next.features.dim(), (next.indices.len(), 64));
    experiment.step(1).unwrap();
    let third = experiment.record(true, false, 0).unwrap().unwrap();
    let (mut soft, mut hard) = (0.0, 0.0);
    for &index in &third.indices {
        let view = experiment.loss(index as usize, 4.0, 0.75).unwrap().unwrap();
        soft += view.soft_term / third.indices.len() as f64;
        hard += view.hard_term / third.indices.len() as f64;
    }
    // The step's own divergence is of `f32` logarithms, that of a single sample is exact.
    assert!((third.soft_term - soft).abs() < 1e-5 * soft, "{} {soft}", third.soft_term);
    assert!((third.hard_term - hard).abs() < 1e-6 * hard, "{} {hard}", third.hard_term);
    assert!((third.soft_term + third.hard_term - third.loss).abs() < 1e-12);
    // The student alone has one term.
    let alone = experiment.record(true, true, 0).unwrap().unwrap();
    assert_eq!((alone.model, alone.soft_term, alone.hard_term), (ModelName::StudentAlone, 0.0, alone.loss));
}

#[test]
fn there_is_nothing_to_record_before_the_first_step_nor_to_go_back_to() {
    let mut experiment = started(&small(0, &json!({})));
    assert!(experiment.record(false, false, 0).unwrap().is_none());
    assert_eq!(experiment.back(10).unwrap(), 0);
    assert_eq!(experiment.record(true, false, 9).unwrap().unwrap().layer, 1);
}

/// Models taken over from another experiment are not trained here, and going back does not forget them.
#[test]
fn going_back_keeps_what_was_taken_over() {
    let mut first = started(&small(4, &json!({})));
    while !first.done() {
        first.advance(1000).unwrap();
    }
    let other = small(4, &json!({ "distillation": { "temperature": 2 } }));
    let mut cache = Cache::default();
    cache.keep(&first);
    let mut experiment = Experiment::with_cache(other.clone(), &cache, true).unwrap();
    experiment.keep_checkpoints();
    assert_eq!(experiment.total_steps(), 110);
    for (forward, back) in [(50, 20), (75, 90), (110, 15), (7, 200)] {
        experiment.step(forward).unwrap();
        experiment.back(back).unwrap();
        let mut straight = Experiment::with_cache(other.clone(), &cache, true).unwrap();
        straight.step(experiment.steps_done()).unwrap();
        assert_eq!(standing(&experiment), standing(&straight));
        assert_eq!(sorted(vec![experiment.take_points()]), sorted(vec![straight.take_points()]));
    }
    assert_eq!(finished(experiment), finished(Experiment::new(other).unwrap()));
}

/// A run that ended with a loss that is not finite can be taken back before it, and its last step looked at.
#[test]
fn a_failed_run_can_be_taken_back() {
    let wild = json!({ "teacher": { "optimizer": { "name": "sgd", "learning_rate": 10.0, "momentum": 0.99 },
        "hidden": [64, 64, 64, 64, 64, 64], "activation": "gelu", "steps": 400 } });
    let config = small(1, &wild);
    let mut experiment = started(&config);
    experiment.step(1000).unwrap_err();
    let failed = experiment.steps_done();
    assert_eq!(last(&mut experiment, false, 0).step, failed);
    assert_eq!(experiment.back(2).unwrap(), 2);
    let mut straight = started(&config);
    straight.step(failed - 2).unwrap();
    assert_eq!(standing(&experiment), standing(&straight));
}
