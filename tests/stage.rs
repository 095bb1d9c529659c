//! What the stage draws is the run's own: its networks, what they read, and the same at any step of any config, with as little
//! trained as it takes.

use distill_lab::config::Config;
use distill_lab::experiment::{
    Curve, Experiment, ModelName, Phase, SampleSet, StageAsk, StageModel, StageRole, StageView, Trains,
    Viewer,
};
use serde_json::json;

const FIRST: StageAsk = StageAsk::Kept { set: SampleSet::Test, index: 0 };

fn config(partial: serde_json::Value) -> Config {
    let small =
        json!({ "teacher": { "hidden": [24], "steps": 130 }, "student": { "hidden": [12], "steps": 90 } });
    Config::preset("fifty-digits").unwrap().with(&small).unwrap().with(&partial).unwrap()
}

/// The run after `step` training steps, with curves and without going to and fro.
fn run_to(config: &Config, step: usize) -> Experiment {
    let mut experiment = Experiment::new(config.clone()).unwrap();
    experiment.step(step).unwrap();
    experiment
}

fn seen(experiment: &mut Experiment) -> StageView {
    experiment.stage(&FIRST, 4.0, usize::MAX).unwrap()
}

#[test]
fn counts_are_the_curves_values_at_every_point() {
    for partial in [
        json!({ "refine": { "steps": 40 } }),
        json!({ "teacher": { "members": 2 }, "transfer": { "size": 80, "labelled": 20 } }),
    ] {
        let mut experiment = Experiment::new(config(partial)).unwrap();
        let mut points = 0;
        while !experiment.done() {
            experiment.step(1).unwrap();
            let new = experiment.take_points();
            let view = seen(&mut experiment);
            let share = |model: &StageModel| model.correct as f64 / 797.0;
            for (model, point) in new.model.iter().zip(new.points.points()) {
                let of =
                    [&view.teacher, &view.student_alone, &view.student_distilled][(*model as usize).min(2)];
                assert_eq!(share(of), point.test_accuracy, "model {model} at {}", view.step);
                points += 1;
            }
        }
        assert!(points > 10, "{points}");
    }
}

#[test]
fn a_view_is_read_off_the_weights_and_is_what_the_other_questions_say() {
    let mut experiment = run_to(&config(json!({})), 180);
    let view = seen(&mut experiment);
    assert_eq!((view.phase, view.step, view.phase_step), (Phase::Students, 180, 50));
    let sample = experiment.sample(SampleSet::Test, 0, 4.0).unwrap();
    assert_eq!((view.sample.role, view.sample.label), (StageRole::Exam, sample.label));
    assert_eq!(view.sample.features, sample.features);
    let plain = experiment.sample(SampleSet::Test, 0, 1.0).unwrap().softened;
    let wall = experiment.wall();
    let logits = experiment.logits(SampleSet::Test);
    for (model, softened, plain, logits) in [
        (&view.teacher, sample.softened.teacher, plain.teacher, logits.teacher),
        (&view.student_alone, sample.softened.student_alone, plain.student_alone, logits.student_alone),
        (
            &view.student_distilled,
            sample.softened.student_distilled,
            plain.student_distilled,
            logits.student_distilled,
        ),
    ] {
        assert_eq!((Some(&model.softened), Some(&model.plain)), (softened.as_ref(), plain.as_ref()));
        let logits = logits.unwrap();
        let last = model.layers.last().unwrap();
        assert_eq!(last.activations, logits.row(0).to_vec());
        for (&read, &i) in model.wall.iter().zip(&wall.index) {
            let row = logits.row(i as usize);
            assert!(row.iter().all(|&other| other <= row[read as usize]));
        }
        // The layers compute what they show: inputs times weights plus biases.
        let mut before = view.sample.features.clone();
        for (l, layer) in model.layers.iter().enumerate() {
            for u in 0..layer.outputs {
                let sum: f32 =
                    (0..layer.inputs).map(|i| before[i] * layer.weights[i * layer.outputs + u]).sum();
                let z = sum + layer.biases[u];
                let a = if l + 1 < model.layers.len() { z.max(0.0) } else { z };
                assert!((a - layer.activations[u]).abs() < 1e-3, "{a} {}", layer.activations[u]);
            }
            before = layer.activations.clone();
        }
        let parameters: usize = model.layers.iter().map(|l| (l.inputs + 1) * l.outputs).sum();
        assert_eq!(model.parameters, parameters);
    }
    assert_eq!((view.teacher.trained, view.student_alone.trained), (130, 50));
}

#[test]
fn of_a_wide_layer_the_first_units_are_shown_and_the_whole_is_there_to_be_touched() {
    let mut experiment = run_to(&config(json!({})), 150);
    let (few, all) = (experiment.stage(&FIRST, 1.0, 5).unwrap(), seen(&mut experiment));
    for (few, all) in few.student_alone.layers.iter().zip(&all.student_alone.layers) {
        assert_eq!((few.shown, few.outputs, few.inputs), (5, all.outputs, all.inputs));
        assert_eq!(few.activations[..], all.activations[..5]);
        for i in 0..few.inputs {
            assert_eq!(few.weights[i * 5..][..5], all.weights[i * all.outputs..][..5]);
        }
    }
    let whole = experiment.weights(ModelName::StudentAlone, 1).unwrap();
    assert_eq!(whole.weights, all.student_alone.layers[1].weights);
    assert_eq!(whole.biases, all.student_alone.layers[1].biases);
    let refused = experiment.weights(ModelName::Teacher, 2).unwrap_err();
    assert_eq!((refused.code, refused.path.as_str()), ("out_of_range", "layer"));
}

#[test]
fn networks_that_have_not_begun_are_as_the_seed_draws_them_and_both_students_are_equal() {
    let config = config(json!({}));
    let mut experiment = Experiment::new(config.clone()).unwrap();
    let untrained = seen(&mut experiment);
    assert_eq!((untrained.phase, untrained.step, untrained.teacher.trained), (Phase::Teacher, 0, 0));
    assert_eq!(untrained.student_alone, untrained.student_distilled);
    experiment.step(60).unwrap();
    let taught = seen(&mut experiment);
    assert_ne!(taught.teacher, untrained.teacher);
    assert_eq!(taught.student_alone, untrained.student_alone);
    experiment.step(70).unwrap();
    let begins = seen(&mut experiment);
    assert_eq!((begins.phase, begins.phase_step), (Phase::Students, 0));
    // They train from what was shown.
    assert_eq!(begins.student_alone, untrained.student_alone);
    assert_eq!(begins.student_distilled, untrained.student_alone);
}

#[test]
fn a_refined_student_stands_for_the_distilled_one() {
    let config = config(json!({ "refine": { "steps": 40 } }));
    let mut experiment = run_to(&config, 220 + 15);
    let refining = seen(&mut experiment);
    assert_eq!(
        (refining.phase, refining.phase_step, refining.student_distilled.trained),
        (Phase::Refine, 15, 105)
    );
    experiment.step(100).unwrap();
    let done = seen(&mut experiment);
    let outcome = experiment.outcome().unwrap();
    assert_eq!((done.phase, done.step, done.phase_step), (Phase::Done, 260, 40));
    let share = done.student_distilled.correct as f64 / 797.0;
    assert_eq!(share, outcome.student_refined.unwrap().accuracy);
}

#[test]
fn samples_are_taught_or_exams_or_from_outside_and_say_whether_the_students_see_their_label() {
    let mut experiment = run_to(&config(json!({ "transfer": { "size": 30, "labelled": 10 } })), 3);
    let mut of = |ask: StageAsk| experiment.stage(&ask, 1.0, 1).map(|view| view.sample);
    let kept = |set, index| StageAsk::Kept { set, index };
    let labelled = [9, 10].map(|i| of(kept(SampleSet::Transfer, i)).unwrap().labelled);
    assert_eq!(labelled, [true, false]);
    let exam = of(kept(SampleSet::Test, 7)).unwrap();
    assert_eq!((exam.role, exam.index, exam.labelled), (StageRole::Exam, Some(7), false));
    let drawn = of(StageAsk::Drawn { input: vec![0.25; 64] }).unwrap();
    assert_eq!(
        (drawn.role, drawn.index, drawn.label, drawn.features[63]),
        (StageRole::Drawn, None, -1, 0.25)
    );
    for (ask, path) in [
        (kept(SampleSet::Transfer, 30), "index"),
        (StageAsk::Drawn { input: vec![0.0; 63] }, "input"),
        (StageAsk::Drawn { input: vec![f64::NAN; 64] }, "input.0"),
    ] {
        assert_eq!(of(ask).unwrap_err().path, path);
    }
    assert_eq!(experiment.stage(&FIRST, 0.0, 1).unwrap_err().path, "temperature");
}

#[test]
fn the_wall_has_a_hundred_test_samples_class_after_class_the_same_for_every_seed() {
    let wall = Experiment::new(config(json!({}))).unwrap().wall();
    assert_eq!((wall.index.len(), wall.per_class, wall.features.len()), (100, 10, 6400));
    assert!(wall.label.chunks(10).enumerate().all(|(class, row)| row.iter().all(|&l| l as usize == class)));
    assert!(wall.index.chunks(10).all(|row| row.is_sorted()));
    assert_eq!(Experiment::new(config(json!({ "seed": 5 }))).unwrap().wall(), wall);

    let two = Experiment::new(Config::from_json(r#"{"preset":"spirals"}"#).unwrap()).unwrap().wall();
    assert_eq!((two.index.len(), two.per_class), (100, 50));
    let few = Experiment::new(config(json!({ "data": { "test": 30 } }))).unwrap().wall();
    let mut all = few.index.clone();
    all.sort_unstable();
    assert_eq!(all, (0..30).collect::<Vec<u32>>());
    assert!(few.label.is_sorted());
}

#[test]
fn what_is_worth_looking_at_follows_its_rule() {
    let config = Config::from_json(r#"{"distillation":{"temperature":4}}"#).unwrap();
    let mut experiment = Experiment::new(config).unwrap();
    assert_eq!(experiment.choice().unwrap_err().code, "not_done");
    experiment.step(usize::MAX >> 1).unwrap();
    let choice = experiment.choice().unwrap();
    let took = experiment.takeover(4.0).unwrap().predictions.unwrap();
    let only_distilled =
        |i: usize| took.student_distilled[i] == took.label[i] && took.student_alone[i] != took.label[i];
    let soft = |i| experiment.sample(SampleSet::Test, i, 4.0).unwrap().softened.teacher.unwrap();
    let readable = |i: usize| {
        let p = soft(i);
        let most = p.iter().copied().fold(0.0, f32::max);
        (0.4..=0.6).contains(&most) && p.iter().filter(|&&p| p > 0.05).count() >= 3
    };
    let is_right = |i: usize| took.teacher[i] == took.label[i];
    let first = (0..797).find(|&i| is_right(i) && readable(i) && only_distilled(i));
    assert_eq!(Some(choice.opening), first);

    assert_eq!(choice.exam.len(), 3);
    let classes: Vec<u8> = choice.exam.iter().map(|&i| took.label[i]).collect();
    assert!(choice.exam.iter().all(|&i| only_distilled(i)));
    assert!(classes[0] != classes[1] && classes[1] != classes[2] && classes[0] != classes[2]);
    let sure = |i| {
        let p = experiment.sample(SampleSet::Test, i, 1.0).unwrap().softened.student_alone.unwrap();
        p.into_iter().fold(0.0, f32::max)
    };
    let surest = (0..797).filter(|&i| only_distilled(i)).map(sure).fold(0.0, f32::max);
    assert_eq!(sure(choice.exam[0]), surest);

    let doubt = |i| experiment.sample(SampleSet::Transfer, i, 4.0).unwrap();
    let most = (0..50).map(|i| doubt(i).entropy.teacher.unwrap()).fold(0.0, f64::max);
    let taught: Vec<i32> = choice.taught.iter().map(|&i| doubt(i).label).collect();
    assert_eq!(doubt(choice.taught[0]).entropy.teacher, Some(most));
    assert!(taught[0] != taught[1] && taught[1] != taught[2] && taught[0] != taught[2]);
}

#[test]
fn a_run_goes_to_any_step_forwards_and_backwards_with_its_bits_and_draws_no_point_twice() {
    let config = config(json!({ "refine": { "steps": 40 } }));
    let mut straight: Vec<StageView> = Vec::new();
    let steps = [0, 1, 100, 129, 130, 131, 190, 220, 221, 259, 260];
    for step in steps {
        straight.push(seen(&mut run_to(&config, step)));
    }
    for curves in [false, true] {
        let mut to_and_fro = Experiment::with_cache(config.clone(), &Default::default(), curves).unwrap();
        to_and_fro.keep_checkpoints();
        for at in [4, 10, 0, 8, 3, 9, 2, 7, 1, 6, 5, 10, 4] {
            // One unit at a time: slices change nothing.
            while to_and_fro.toward(steps[at], 1).unwrap() == 1 {}
            assert_eq!(seen(&mut to_and_fro), straight[at], "at step {}", steps[at]);
        }
        to_and_fro.toward(usize::MAX, usize::MAX).unwrap();
        let whole = Experiment::new(config.clone()).unwrap().run().unwrap();
        let outcome = to_and_fro.outcome().unwrap();
        assert_eq!(outcome.digest, whole.digest);
        if curves {
            let json = |of| serde_json::to_value(of).unwrap();
            assert_eq!(json(outcome.curves), json(whole.curves));
        }
    }
}

/// The distilled student by itself, beside another run's teacher and student alone, has the bits of a whole run.
#[test]
fn a_changed_temperature_alpha_or_method_trains_the_distilled_student_alone_to_the_same_bits() {
    let ground = config(json!({ "refine": { "steps": 20 } }));
    let mut viewer = Viewer::new(ground.clone(), false).unwrap();
    viewer.to(180).unwrap();
    for distillation in [
        json!({ "temperature": 3, "alpha": 0.6 }),
        json!({ "method": "hint", "alpha": 0.4 }),
        json!({ "method": "relational", "temperature": 2 }),
    ] {
        let changed = ground.with(&json!({ "distillation": distillation })).unwrap();
        assert_eq!(viewer.aim(changed.clone(), false).unwrap(), Trains::Distilled);
        for step in [131, 175, 219, 233, 240, 60] {
            viewer.to(step).unwrap();
            let view = viewer.view(&FIRST, 4.0, usize::MAX).unwrap();
            assert_eq!(view, seen(&mut run_to(&changed, step)), "{distillation} at {step}");
        }
    }
    assert_eq!(viewer.aim(ground.clone(), false).unwrap(), Trains::All);
    viewer.to(200).unwrap();
    assert_eq!(viewer.view(&FIRST, 4.0, usize::MAX).unwrap(), seen(&mut run_to(&ground, 200)));
}

#[test]
fn another_student_keeps_the_teacher_and_another_teacher_keeps_nothing() {
    let ground = config(json!({}));
    let mut viewer = Viewer::new(ground.clone(), false).unwrap();
    // In the teacher's phase, before there is anything to take over.
    viewer.to(50).unwrap();
    for (partial, trains) in [
        (json!({ "student": { "hidden": [20] } }), Trains::Students),
        (json!({ "student": { "hidden": [20] }, "distillation": { "alpha": 0.3 } }), Trains::Distilled),
        (json!({ "transfer": { "size": 80, "labelled": 20 } }), Trains::Students),
        (json!({ "budget": 2 }), Trains::Students),
        (json!({ "seed": 3 }), Trains::All),
        (json!({ "seed": 3, "teacher": { "members": 2 } }), Trains::All),
    ] {
        let changed = ground.with(&partial).unwrap();
        assert_eq!(viewer.aim(changed.clone(), false).unwrap(), trains, "{partial}");
        for step in [50, 200] {
            viewer.to(step).unwrap();
            let view = viewer.view(&FIRST, 4.0, usize::MAX).unwrap();
            assert_eq!(view, seen(&mut run_to(&changed, step)), "{partial} at {step}");
        }
    }
    let bad = ground.with(&json!({ "seed": 3, "transfer": { "size": 1, "labelled": 1, "omit_classes": [0, 1, 2, 3, 4, 5, 6, 7, 8] } }));
    let before = viewer.view(&FIRST, 4.0, 4).unwrap();
    if let Err(refused) = viewer.aim(bad.unwrap(), false) {
        assert_eq!(refused.code, "out_of_range");
    }
    assert_eq!(viewer.view(&FIRST, 4.0, 4).unwrap(), before);
}

#[test]
fn a_viewer_gives_the_whole_race_and_its_choice_though_it_trains_the_distilled_student_alone() {
    let ground = config(json!({}));
    let mut viewer = Viewer::new(ground.clone(), true).unwrap();
    viewer.to(175).unwrap();
    let changed = ground.with(&json!({ "distillation": { "temperature": 3 } })).unwrap();
    viewer.aim(changed.clone(), true).unwrap();
    viewer.to(usize::MAX).unwrap();
    assert_eq!(viewer.ahead(), None);
    let mut whole = Experiment::new(changed).unwrap();
    whole.step(1000).unwrap();
    let told = whole.take_points();
    let drawn = viewer.points();
    assert_eq!(drawn.model, told.model);
    let points =
        |curve: &Curve| curve.points().map(|p| (p.step, p.test_loss, p.test_accuracy)).collect::<Vec<_>>();
    assert_eq!(points(&drawn.points), points(&told.points));
    assert_eq!(viewer.choice().unwrap(), whole.choice().unwrap());
    viewer.to(100).unwrap();
    assert_eq!(viewer.choice().unwrap_err().code, "not_done");
    let layer = viewer.weights(ModelName::StudentRefined, 0).unwrap();
    assert_eq!((layer.inputs, layer.outputs), (64, 12));
}

#[test]
fn a_viewer_shows_the_plane_of_what_it_looks_at() {
    let config = Config::from_json(
        r#"{"preset":"spirals","teacher":{"hidden":[16],"steps":60},"student":{"hidden":[8],"steps":50}}"#,
    )
    .unwrap();
    let changed = config.with(&json!({ "distillation": { "temperature": 7 } })).unwrap();
    let mut viewer = Viewer::new(config, false).unwrap();
    viewer.aim(changed.clone(), false).unwrap();
    viewer.to(90).unwrap();
    let window = distill_lab::experiment::Window { x: (-1.0, 1.0), y: (-1.0, 1.0), columns: 6, rows: 4 };
    let (seen, run) =
        (viewer.regions(&window, 2.0).unwrap(), run_to(&changed, 90).regions(&window, 2.0).unwrap());
    assert_eq!((seen.softened, seen.agreement), (run.softened, run.agreement));
}
