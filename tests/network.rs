//! Single networks by the prelude: the bits of an experiment, withheld labels, teachers from elsewhere, losses of your own.

use distill_lab::config::{Optimizer, TeacherSees, Training};
use distill_lab::distil::SoftTargets;
use distill_lab::experiment::{ModelName, SampleSet};
use distill_lab::prelude::*;
use ndarray::{Array1, Array2, array};
use serde_json::json;
use std::sync::Arc;

fn finished(more: serde_json::Value) -> Experiment {
    let small = json!({
        "seed": 3, "teacher": { "steps": 70, "hidden": [16] }, "student": { "steps": 90, "hidden": [6] },
        "transfer": { "size": 40, "labelled": 25 }, "distillation": { "temperature": 4 },
    });
    let config = Config::preset("fifty-digits").unwrap().with(&small).unwrap().with(&more).unwrap();
    let mut experiment = Experiment::new(config).unwrap();
    experiment.step(usize::MAX / 2).unwrap();
    experiment
}

/// The data of an experiment: what its teacher is trained on, and what its students are.
fn data_of(experiment: &Experiment) -> [Dataset; 2] {
    let config = experiment.config();
    let whole = distill_lab::data::load(&config.data, config.seed).unwrap();
    let (x, labels) = experiment.samples(SampleSet::Transfer);
    let transfer = Samples::new(x, labels).unwrap();
    let students = Dataset { train: transfer, ..whole.clone() };
    match config.teacher.sees {
        TeacherSees::Train => [whole, students],
        TeacherSees::Transfer => [students.clone(), students],
    }
}

fn trained_as(mut network: Network, training: &Training, seed: u64) -> Network {
    network.training = training.clone();
    network.seed(seed)
}

/// Teacher, student alone and distilled student, as networks of their own.
fn by_hand(experiment: &Experiment) -> [Classifier; 3] {
    let [whole, students] = data_of(experiment);
    let config = experiment.config();
    let teacher = trained_as(Network::teacher(&[]), &config.teacher.training, config.seed);
    let student = trained_as(Network::student(&[]), &config.student, config.seed);
    let teacher = teacher.fit(&whole).unwrap();
    let alone = student.fit(&students).unwrap();
    let distilled = student.distil(&students, &teacher, &config.distillation).unwrap();
    [teacher, alone, distilled]
}

#[test]
fn networks_have_the_bits_of_the_experiment_with_their_settings_for_every_method() {
    for method in distill_lab::distil::NAMES {
        let experiment = finished(json!({ "distillation": { "method": method } }));
        let networks = experiment.networks();
        let names: Vec<&str> = networks.iter().map(|(name, _)| name.as_str()).collect();
        let models = [ModelName::Teacher, ModelName::StudentAlone, ModelName::StudentDistilled];
        assert_eq!(names, models.map(ModelName::as_str));
        for (own, (name, net)) in by_hand(&experiment).iter().zip(&networks) {
            assert!(own.network().parameters == net.parameters, "{method} {name}");
        }
    }
}

#[test]
fn a_teacher_that_sees_the_transfer_set_is_one_fitted_to_its_labelled_samples() {
    let sees = |sees: &str| finished(json!({ "teacher": { "sees": sees } }));
    let (all, few) = (sees("train"), sees("transfer"));
    for (own, (name, net)) in by_hand(&few).iter().zip(&few.networks()) {
        assert!(own.network().parameters == net.parameters, "{name}");
    }
    let parameters = |of: &Experiment, i: usize| of.networks()[i].1.parameters.clone();
    assert!(parameters(&all, 0) != parameters(&few, 0), "another teacher");
    assert!(parameters(&all, 1) == parameters(&few, 1), "the same student alone");
}

#[test]
fn figures_are_those_of_the_outcome() {
    let experiment = finished(json!({}));
    let [whole, _] = data_of(&experiment);
    let outcome = experiment.outcome().unwrap();
    let [teacher, alone, distilled] = by_hand(&experiment);
    for (own, report) in [
        (&teacher, &outcome.teacher),
        (&alone, &outcome.student_alone),
        (&distilled, &outcome.student_distilled),
    ] {
        assert_eq!(own.accuracy(&whole.test), report.accuracy);
        let confusion: Vec<u32> = report.confusion.iter().flatten().copied().collect();
        assert_eq!(own.confusion_matrix(&whole.test).flatten().to_vec(), confusion);
        let said = own.predict(whole.test.x());
        let right = said.iter().zip(whole.test.labels()).filter(|(k, y)| **k == **y as usize).count();
        assert_eq!(right as f64 / whole.test.len() as f64, report.accuracy);
    }
    let (x, _) = experiment.samples(SampleSet::Transfer);
    assert_eq!(teacher.soft_targets(x, 4.0), experiment.soft_targets().unwrap());
    assert_eq!(teacher.soft_targets(x, 1.0), experiment.predict(x, 1.0).unwrap().teacher.unwrap());
    let shapes: Vec<_> = teacher.weights().iter().map(|(w, b)| (w.dim(), b.len())).collect();
    assert_eq!(shapes, [((64, 16), 16), ((16, 10), 10)]);
}

#[test]
fn logits_from_elsewhere_teach_as_the_network_that_gave_them_does() {
    let experiment = finished(json!({}));
    let [_, students] = data_of(&experiment);
    let config = experiment.config();
    let [teacher, _, distilled] = by_hand(&experiment);
    let student = trained_as(Network::student(&[]), &config.student, config.seed);
    let logits = teacher.logits(students.train.x());
    let taught = student.distil(&students, logits.view(), &config.distillation).unwrap();
    assert_eq!(taught.network().parameters, distilled.network().parameters);
}

#[test]
fn a_loss_of_your_own_is_trained_like_one_of_the_methods() {
    #[derive(Debug)]
    struct Mine(SoftTargets);
    impl Loss for Mine {
        fn forward_backward(&self, batch: &Batch, scratch: &mut Scratch, gradients: &mut Gradients) -> f64 {
            self.0.forward_backward(batch, scratch, gradients)
        }
    }
    let experiment = finished(json!({ "distillation": { "alpha": 1 } }));
    let [_, students] = data_of(&experiment);
    let config = experiment.config();
    let [teacher, _, distilled] = by_hand(&experiment);
    let student = trained_as(Network::student(&[]), &config.student, config.seed);
    let mine = Arc::new(Mine(SoftTargets { temperature: 4.0 }));
    let objective = Objective::sum(vec![Weighed { weight: 1.0, loss: mine }]);
    let own = student.distil_by(&students, &teacher, 4.0, objective).unwrap();
    assert_eq!(own.network().parameters, distilled.network().parameters);
}

fn tiny() -> Dataset {
    let x = array![[0.0, 0.1], [0.9, 1.0], [0.1, 0.0], [1.0, 0.9]];
    Dataset::from_arrays(x.view(), array![0, 1, 0, 1].view()).unwrap()
}

#[test]
fn samples_without_a_label_are_left_out_of_a_fit() {
    let data = tiny();
    let some = Samples::new(data.train.x(), array![0, -1, 0, 1].view()).unwrap();
    let withheld = Dataset { train: some, ..data.clone() };
    let keep = [0, 2, 3];
    let x = data.train.x().select(ndarray::Axis(0), &keep);
    let without = Dataset::from_arrays(x.view(), array![0, 0, 1].view()).unwrap();
    let network = Network::student(&[4]).steps(20);
    let parameters = |data: &Dataset| network.fit(data).unwrap().network().parameters.clone();
    assert_eq!(parameters(&withheld), parameters(&without));
    let none = Samples::new(data.train.x(), Array1::from_elem(4, -1).view()).unwrap();
    let unlabelled = Dataset { train: none, ..data };
    assert_eq!(network.fit(&unlabelled).unwrap_err().path, "labels");
    // A teacher's answers need no label.
    let teacher = Network::teacher(&[8]).steps(300).fit(&withheld).unwrap();
    let only_soft = Distillation { alpha: 1.0, temperature: 1.0, ..Distillation::default() };
    let student = Network::student(&[8]).steps(600).distil(&unlabelled, &teacher, &only_soft).unwrap();
    assert_eq!(student.predict(unlabelled.train.x()), array![0, 1, 0, 1]);
}

#[test]
fn what_cannot_be_trained_is_refused_by_name() {
    let data = tiny();
    let teacher = Network::teacher(&[4]).steps(5).fit(&data).unwrap();
    let student = Network::student(&[4]).steps(5);
    let path = |result: Result<Classifier, Error>| result.unwrap_err().path;
    assert_eq!(path(student.clone().batch_size(0).fit(&data)), "batch_size");
    assert_eq!(path(Network::student(&[4, 0]).fit(&data)), "hidden");
    let wrong = Samples::new(data.train.x(), array![0, 2, 0, 1].view()).unwrap();
    assert_eq!(path(student.fit(&Dataset { train: wrong, ..data.clone() })), "labels");
    let with = |change: fn(&mut Distillation)| {
        let mut how = Distillation::default();
        change(&mut how);
        student.distil(&data, &teacher, &how)
    };
    assert_eq!(path(with(|d| d.temperature = 0.0)), "temperature");
    assert_eq!(path(with(|d| d.alpha = 1.5)), "alpha");
    let deep = |d: &mut Distillation| {
        d.method = MethodName::find("hint").unwrap();
        d.options.set("hint_layer", 2.0);
    };
    assert_eq!(path(with(deep)), "distillation.method");
    let hint = Distillation { method: MethodName::find("hint").unwrap(), ..Distillation::default() };
    let logits = Array2::zeros((4, 2));
    assert_eq!(path(student.distil(&data, logits.view(), &hint)), "distillation.method");
    let plain = Distillation::default();
    assert_eq!(path(student.distil(&data, logits.slice(ndarray::s![..3, ..]), &plain)), "teacher.samples");
    assert_eq!(path(student.distil(&data, Array2::zeros((4, 3)).view(), &plain)), "teacher.classes");
    let wide = Dataset::from_arrays(Array2::zeros((4, 3)).view(), array![0, 1, 0, 1].view()).unwrap();
    assert_eq!(path(student.distil(&wide, &teacher, &plain)), "teacher.features");
    let wild = Optimizer::Sgd { learning_rate: 1e30, momentum: 0.9, nesterov: false };
    assert_eq!(student.steps(200).optimizer(wild).fit(&data).unwrap_err().code, "not_finite");
}

#[test]
fn a_network_for_other_data_says_so() {
    let model = Network::teacher(&[4]).steps(5).fit(&tiny()).unwrap();
    let asked = std::panic::catch_unwind(|| model.predict(Array2::zeros((1, 3)).view()));
    assert!(asked.is_err());
}
