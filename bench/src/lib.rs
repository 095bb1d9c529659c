//! The workloads that are timed. There is no clock here, since a browser and a native program have different ones: the caller starts its
//! own, asks for a number of steps, and stops it.

#[cfg(target_arch = "wasm32")]
mod wasm;

use distill_lab::config::Config;
use distill_lab::experiment::Experiment;
use distill_lab::kernels::{Activation, naive, padded};
use distill_lab::loss::{Objective, TeacherRows};
use distill_lab::nn::Mlp;
use distill_lab::optim::Rule;
use distill_lab::rng::{self, Purpose};
use distill_lab::train::{Samples, Trainer};
use std::hint::black_box;

/// Name, widths, batch size.
pub const WORKLOADS: [(&str, &[usize], usize); 5] = [
    ("notebook", &[10, 64, 2], 32),
    ("digits", &[64, 128, 128, 10], 32),
    ("digits-student", &[64, 32, 10], 32),
    ("mnist", &[784, 256, 10], 128),
    ("wide", &[784, 800, 800, 10], 128),
];

/// A network that is trained on one batch of random numbers: ReLU, cross-entropy, Adam.
pub struct Workload {
    trainer: Trainer,
    plain: Plain,
    rows: usize,
    x: Vec<f32>,
    labels: Vec<i32>,
}

impl Workload {
    /// The workload called `name`.
    pub fn new(name: &str) -> Option<Self> {
        let &(_, widths, rows) = WORKLOADS.iter().find(|(n, ..)| *n == name)?;
        let mut rng = rng::stream(1, Purpose::TeacherWeights);
        let net = Mlp::new(widths, Activation::Relu, &mut rng);
        let objective = Objective::cross_entropy(0.0);
        let rule =
            Rule::Adam { learning_rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weight_decay: 0.0 };
        let classes = widths[widths.len() - 1];
        let mut x = vec![0.0; rows * padded(widths[0])];
        for row in x.chunks_exact_mut(padded(widths[0])) {
            row[..widths[0]].iter_mut().for_each(|v| *v = rng.symmetric(1.0));
        }
        Some(Self {
            plain: Plain::new(&net, rows, &x),
            trainer: Trainer::new(net, objective, rule, rows, rows),
            rows,
            x,
            labels: (0..rows).map(|i| (i % classes) as i32).collect(),
        })
    }

    /// Floating-point operations that a step needs at least: two for each multiplication and addition of the layers' products. The first
    /// layer's inputs need no gradient. Bias, activation, loss and update are not counted.
    pub fn operations(&self) -> usize {
        let layers = self.trainer.net.layers();
        let all: usize = layers.iter().map(|l| l.inputs * l.outputs).sum();
        let first = layers[0].inputs * layers[0].outputs;
        2 * self.rows * (3 * all - first)
    }

    /// Takes `n` steps. Returns the loss of the last one.
    pub fn steps(&mut self, n: usize) -> f64 {
        let on =
            Samples { rows: self.rows, x: &self.x, labels: &self.labels, teacher: TeacherRows::default() };
        let mut loss = 0.0;
        for _ in 0..n {
            loss = self.trainer.step(&on).loss;
        }
        loss
    }

    /// Computes the products of a step `n` times in plain loops.
    pub fn plain_products(&mut self, n: usize) {
        for _ in 0..n {
            self.plain.products();
        }
    }
}

/// The products of a step in plain loops: what the kernels are measured against.
struct Plain {
    layers: Vec<PlainLayer>,
    /// The samples, without padding.
    x: Vec<f32>,
}

/// A layer without padding, and stand-ins for its outputs and the gradient by them.
struct PlainLayer {
    w: Vec<f32>,
    b: Vec<f32>,
    activation: Activation,
    values: Vec<f32>,
}

impl Plain {
    fn new(net: &Mlp, rows: usize, x: &[f32]) -> Self {
        let layers = net.layers().iter().map(|layer| PlainLayer {
            w: layer.weights_of(&net.parameters).collect(),
            b: vec![0.0; layer.outputs],
            activation: layer.activation,
            values: vec![0.5; rows * layer.outputs],
        });
        let features = net.layers()[0].inputs;
        let samples = x.chunks_exact(padded(features));
        Self { layers: layers.collect(), x: samples.flat_map(|row| row[..features].to_vec()).collect() }
    }

    fn products(&self) {
        for (l, layer) in self.layers.iter().enumerate() {
            let (w, dz, outputs) = (&layer.w, &layer.values, layer.b.len());
            let x = if l == 0 { &self.x } else { &self.layers[l - 1].values };
            black_box(naive::dense_forward(x, w, &layer.b, layer.activation));
            black_box(naive::dense_weight_gradients(x, dz, w.len() / outputs, outputs));
            if l > 0 {
                let relu = Activation::Relu;
                black_box(naive::dense_input_gradients(dz, w, outputs, relu, x, x));
            }
        }
    }
}

/// The notebook's whole job, from the config to the result: both models are trained and evaluated. Returns the result's digest.
pub fn notebook_whole(seed: u64) -> String {
    let config = Config::from_json(&format!("{{\"preset\":\"notebook-as-written\",\"seed\":{seed}}}"))
        .expect("a preset with a seed is a config");
    let mut experiment = Experiment::new(config).expect("a preset is an experiment");
    while !experiment.done() {
        experiment.advance(1000).expect("the notebook's losses are finite");
    }
    experiment.outcome().expect("the experiment is done").digest
}
