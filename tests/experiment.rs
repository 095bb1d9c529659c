//! The experiment: slices change nothing, a step allocates nothing, bad numbers end it with a clear error.

#[path = "common/counting.rs"]
mod counting;

use counting::{Counting, allocations};
use distill_lab::config::{Config, presets};
use distill_lab::experiment::{
    Cache, Curve, Experiment, MAX_POINTS, ModelName, NewPoints, Outcome, Phase, SampleSet, is_evaluated,
};
use ndarray::Axis;
use proptest::prelude::*;
use serde_json::json;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn small(seed: u64) -> Config {
    let partial = json!({
        "seed": seed, "teacher": { "steps": 70, "hidden": [16] }, "student": { "steps": 90, "hidden": [6] },
        "transfer": { "size": 40, "labelled": 25 }, "refine": { "steps": 20 },
    });
    Config::preset("fifty-digits").unwrap().with(&partial).unwrap()
}

fn finished(config: Config) -> Experiment {
    let mut experiment = Experiment::new(config).unwrap();
    experiment.step(usize::MAX / 2).unwrap();
    experiment
}

fn text(outcome: &Outcome) -> String {
    serde_json::to_string(outcome).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn slices_of_any_size_give_the_same_outcome(seed in 0..50u64, slices in prop::collection::vec((any::<bool>(), 1..60usize), 1..12)) {
        let whole = serde_json::to_string(&Experiment::new(small(seed)).unwrap().run().unwrap()).unwrap();
        let mut experiment = Experiment::new(small(seed)).unwrap();
        for (by_step, n) in slices.iter().cycle() {
            if experiment.done() { break; }
            if *by_step { experiment.step(*n).unwrap(); } else { experiment.advance(*n).unwrap(); }
            experiment.take_points();
        }
        prop_assert_eq!(serde_json::to_string(&experiment.outcome().unwrap()).unwrap(), whole);
    }
}

#[test]
fn a_training_step_allocates_nothing() {
    for preset in presets() {
        let mut experiment = Experiment::with_cache(preset.config.clone(), &Cache::default(), false).unwrap();
        for phase in [Phase::Teacher, Phase::Students] {
            while experiment.phase() != phase {
                experiment.advance(1).unwrap();
            }
            // The first steps fill buffers that keep their size from then on.
            experiment.advance(5).unwrap();
            let before = allocations();
            experiment.advance(50).unwrap();
            assert_eq!(allocations() - before, 0, "{} {phase:?}", preset.name);
        }
    }
}

#[test]
fn what_is_reused_changes_no_bit() {
    let mut cache = Cache::default();
    cache.keep(&finished(small(4)));
    let other = small(4).with(&json!({ "distillation": { "temperature": 2 } })).unwrap();
    let outcome = |cache: &Cache, curves| {
        let experiment = Experiment::with_cache(other.clone(), cache, curves).unwrap();
        (experiment.total_steps(), experiment.run().unwrap())
    };
    let (steps, reused) = outcome(&cache, true);
    let (more, made) = outcome(&Cache::default(), true);
    assert_eq!((steps, more), (110, 180));
    assert_eq!(text(&reused), text(&made));
    // What was kept without its curve is of no use to a run that draws one.
    let mut bare = Cache::default();
    let mut sweeping = Experiment::with_cache(small(4), &bare, false).unwrap();
    sweeping.step(1000).unwrap();
    assert!(sweeping.outcome().unwrap().curves.is_none());
    assert!(sweeping.take_points().model.is_empty());
    bare.keep(&sweeping);
    assert_eq!(outcome(&bare, true).0, 180);
    let (steps, without) = outcome(&bare, false);
    assert_eq!((steps, without.digest), (110, made.digest));
}

/// Points of one model among new ones.
fn of(model: ModelName, new: &NewPoints) -> Curve {
    let mut curve = Curve::default();
    let points = new.model.iter().zip(new.points.points());
    points.filter(|(m, _)| **m == model as u8).for_each(|(_, p)| curve.push(p));
    curve
}

#[test]
fn new_points_are_told_once_and_make_up_the_curves() {
    let mut experiment = Experiment::new(small(7)).unwrap();
    let mut told = NewPoints::default();
    while !experiment.done() {
        experiment.advance(13).unwrap();
        let new = experiment.take_points();
        assert!(experiment.take_points().model.is_empty());
        told.model.extend(&new.model);
        new.points.points().for_each(|p| told.points.push(p));
    }
    let curves = experiment.drawn_curves().unwrap();
    let json = |curve: &Curve| serde_json::to_string(curve).unwrap();
    for (model, curve) in [
        (ModelName::Teacher, &curves.teacher),
        (ModelName::StudentAlone, &curves.student_alone),
        (ModelName::StudentDistilled, &curves.student_distilled),
        (ModelName::StudentRefined, &curves.student_refined.unwrap()),
    ] {
        assert!(!curve.is_empty());
        assert_eq!(json(&of(model, &told)), json(curve), "{model:?}");
    }
    // 40 samples in batches of 32 are two steps an epoch.
    assert_eq!(curves.student_distilled.step[..3], [2, 4, 6]);
}

proptest! {
    #[test]
    fn a_training_is_evaluated_evenly_and_at_most_so_many_times(steps in 1..200_000usize, epoch in 1..3_000usize) {
        let chosen: Vec<usize> = (1..=steps).filter(|&step| is_evaluated(step, steps, epoch)).collect();
        let ends = steps.div_ceil(epoch);
        prop_assert_eq!(chosen.len(), ends.min(MAX_POINTS));
        prop_assert_eq!(chosen.last(), Some(&steps));
        // In epochs; the last one may be cut short.
        let at: Vec<usize> = chosen.iter().map(|step| step.div_ceil(epoch)).collect();
        prop_assert!(chosen.iter().all(|&step| step == steps || step % epoch == 0));
        let gaps: Vec<usize> = std::iter::once(&0).chain(&at).zip(&at).map(|(a, b)| b - a).collect();
        let (least, most) = (*gaps.iter().min().unwrap(), *gaps.iter().max().unwrap());
        prop_assert!(least >= 1 && most <= least + 1, "{} {}", least, most);
    }
}

#[test]
fn a_long_training_has_a_bounded_curve_whose_means_cover_every_batch() {
    let long = json!({ "student": { "steps": 700, "batch_size": 64 }, "teacher": { "steps": 10 }, "refine": { "steps": 0 } });
    let outcome = Experiment::new(small(3).with(&long).unwrap()).unwrap().run().unwrap();
    let curves = outcome.curves.unwrap();
    assert_eq!(curves.student_distilled.len(), MAX_POINTS);
    assert_eq!(curves.student_distilled.step.last(), Some(&700));
    assert_eq!(curves.teacher.step, [10], "an epoch that does not end has its end alone");
}

#[test]
fn what_an_experiment_computes_comes_as_arrays_without_padding() {
    let experiment = finished(small(5));
    let (features, labels) = experiment.samples(SampleSet::Transfer);
    assert_eq!((features.dim(), labels.len()), ((40, 64), 40));
    assert_eq!(labels.iter().filter(|&&l| l < 0).count(), 15);
    let soft = experiment.soft_targets().unwrap();
    assert_eq!(soft.dim(), (40, 10));
    assert!(soft.sum_axis(Axis(1)).iter().all(|sum| (sum - 1.0).abs() < 1e-5));
    // The same by way of the network, at the config's temperature.
    let temperature = experiment.config().distillation.temperature;
    let asked = experiment.predict(features, temperature).unwrap();
    assert_eq!(asked.teacher.unwrap(), soft);
    let (_, labels) = experiment.samples(SampleSet::Test);
    let logits = experiment.logits(SampleSet::Test).student_distilled.unwrap();
    let largest =
        |row: ndarray::ArrayView1<f32>| (0..10).rev().max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap();
    let right = logits.rows().into_iter().zip(labels).filter(|(row, y)| largest(*row) == **y as usize);
    let accuracy = experiment.outcome().unwrap().student_distilled.accuracy;
    assert_eq!(right.count() as f64 / labels.len() as f64, accuracy);
}

#[test]
fn a_prediction_names_the_feature_that_it_does_not_take() {
    let experiment = Experiment::new(small(5)).unwrap();
    let mut inputs = ndarray::Array2::zeros((1, 64));
    inputs[[0, 3]] = f32::NAN;
    assert_eq!(experiment.predict(inputs.view(), 1.0).unwrap_err().path, "input.3");
    assert_eq!(experiment.predict(inputs.view(), 0.0).unwrap_err().path, "temperature");
    let few = ndarray::Array2::zeros((1, 63));
    assert!(experiment.predict(few.view(), 1.0).unwrap_err().message.contains("allowed: 64"));
}

#[test]
fn a_budget_of_three_is_three_times_the_students_steps_and_nothing_else() {
    let steps = |budget: usize, steps: usize| {
        let more = json!({ "budget": budget, "student": { "steps": steps } });
        let experiment = Experiment::new(small(6).with(&more).unwrap()).unwrap();
        let total = experiment.total_steps();
        (total, experiment.run().unwrap())
    };
    let (total, three) = steps(3, 100);
    let (whole, one) = steps(1, 300);
    assert_eq!((total, whole), (70 + 300 + 20, 70 + 300 + 20));
    assert_eq!(three.digest, one.digest);
    let curve = |of: &Outcome| serde_json::to_string(&of.curves.as_ref().unwrap().student_distilled).unwrap();
    assert_eq!(curve(&three), curve(&one));
    assert_ne!(steps(1, 100).1.digest, one.digest);
    // The teacher is another budget's too, a student alone is not.
    let config = |budget: usize| small(6).with(&json!({ "budget": budget })).unwrap();
    let mut cache = Cache::default();
    cache.keep(&finished(config(2)));
    let due = |budget| Experiment::with_cache(config(budget), &cache, true).unwrap();
    assert_eq!(due(1).total_steps(), 90 + 20);
    assert_eq!(text(&due(1).run().unwrap()), text(&Experiment::new(config(1)).unwrap().run().unwrap()));
}

#[test]
fn both_students_are_one_where_alpha_is_zero() {
    let config =
        small(2).with(&json!({ "transfer": { "labelled": 40 }, "distillation": { "alpha": 0 } })).unwrap();
    let outcome = Experiment::new(config).unwrap().run().unwrap();
    assert_eq!(outcome.student_alone.nll.to_bits(), outcome.student_distilled.nll.to_bits());
}

#[test]
fn a_loss_that_is_not_finite_ends_the_run_with_model_and_step() {
    let wild = json!({ "teacher": { "optimizer": { "name": "sgd", "learning_rate": 10.0, "momentum": 0.99 }, "hidden": [64, 64, 64, 64, 64, 64], "activation": "gelu", "steps": 400 } });
    let error = Experiment::new(small(1).with(&wild).unwrap()).unwrap().run().unwrap_err();
    assert_eq!(error.code, "not_finite");
    assert!(error.message.contains("teacher") && error.message.contains("step"), "{}", error.message);
}
