//! What is timed, without a clock: the caller starts its own, asks for a number of steps, and stops it.

#[cfg(target_arch = "wasm32")]
mod wasm;

use distill_lab::config::Config;
use distill_lab::experiment::Experiment;
use distill_lab::kernels::{self, Activation, padded};
use distill_lab::loss::{Objective, TeacherRows};
use distill_lab::nn::Mlp;
use distill_lab::optim::Rule;
use distill_lab::rng::{self, Purpose};
use distill_lab::train::{Samples, Trainer};

/// Name, widths, batch size.
pub const WORKLOADS: [(&str, &[usize], usize); 5] = [
    ("notebook", &[10, 64, 2], 32),
    ("digits", &[64, 128, 128, 10], 32),
    ("digits-student", &[64, 32, 10], 32),
    ("mnist", &[784, 256, 10], 128),
    ("wide", &[784, 800, 800, 10], 128),
];

/// A network in training on one batch of random numbers: Adam, cross-entropy, ReLU.
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
        let rule = Rule::Adam {
            learning_rate: 1e-3,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-7,
            weight_decay: 0.0,
        };
        let classes = widths[widths.len() - 1];
        let mut x = vec![0.0; rows * padded(widths[0])];
        for row in x.chunks_exact_mut(padded(widths[0])) {
            row[..widths[0]].iter_mut().for_each(|v| *v = rng.symmetric(1.0));
        }
        Some(Self {
            plain: Plain::new(net.clone(), rows),
            trainer: Trainer::new(net, objective, rule, rows, rows),
            rows,
            x,
            labels: (0..rows).map(|i| (i % classes) as i32).collect(),
        })
    }

    /// Floating-point operations that one step cannot do without: two for each multiply-and-add of the layers' products. The
    /// first layer's inputs need no gradient. Bias, activation, loss and update are work, too, but not counted.
    pub fn operations(&self) -> usize {
        let layers = self.trainer.net.layers();
        let all: usize = layers.iter().map(|l| l.inputs * l.outputs).sum();
        let first = layers[0].inputs * layers[0].outputs;
        2 * self.rows * (3 * all - first)
    }

    /// `n` steps; the last one's loss.
    pub fn steps(&mut self, n: usize) -> f64 {
        let on = Samples {
            rows: self.rows,
            x: &self.x,
            labels: &self.labels,
            teacher: TeacherRows::default(),
        };
        let mut loss = 0.0;
        for _ in 0..n {
            loss = self.trainer.step(&on).loss;
        }
        loss
    }

    /// `n` times the products of a step by the plain loops.
    pub fn plain_products(&mut self, n: usize) {
        for _ in 0..n {
            self.plain.products(self.rows, &self.x);
        }
    }
}

/// The products of a step as the oracle does them: what the kernels are measured against.
struct Plain {
    net: Mlp,
    outputs: Vec<Vec<f32>>,
    gradients: Vec<f32>,
    dx: Vec<f32>,
}

impl Plain {
    fn new(net: Mlp, rows: usize) -> Self {
        let outputs = net
            .layers()
            .iter()
            .map(|l| vec![0.5; rows * padded(l.outputs)])
            .collect();
        Self {
            outputs,
            gradients: vec![0.0; net.parameters.len()],
            dx: vec![0.0; rows * net.layers().iter().map(|l| padded(l.inputs)).max().unwrap_or(0)],
            net,
        }
    }

    fn products(&mut self, rows: usize, x: &[f32]) {
        use kernels::naive;
        for l in 0..self.net.layers().len() {
            let layer = &self.net.layers()[l];
            let (k, n) = (layer.inputs, padded(layer.outputs));
            let (before, rest) = self.outputs.split_at_mut(l);
            let input = before.last().map_or(x, |o| o);
            let (w, b) = (
                &self.net.parameters[layer.weights.clone()],
                &self.net.parameters[layer.biases.clone()],
            );
            naive::dense_forward(
                rows,
                k,
                n,
                layer.outputs,
                input,
                padded(k),
                w,
                b,
                layer.activation,
                &mut [],
                &mut rest[0],
            );
            let (dw, db) =
                self.gradients[layer.weights.start..layer.biases.end].split_at_mut(layer.weights.len());
            naive::dense_weight_gradients(rows, k, n, input, padded(k), &rest[0], dw, db);
            if l > 0 {
                let relu = Activation::Relu;
                naive::dense_input_gradients(
                    rows,
                    k,
                    padded(k),
                    n,
                    layer.outputs,
                    &rest[0],
                    w,
                    relu,
                    &[],
                    input,
                    &mut self.dx,
                    &mut [],
                );
            }
        }
    }
}

/// The notebook's whole job: both models and their evaluation, from the config to the result. Its digest.
pub fn notebook_whole(seed: u64) -> String {
    let config = Config::from_json(&format!("{{\"preset\":\"notebook-as-written\",\"seed\":{seed}}}"))
        .expect("a preset with a seed is a config");
    let mut experiment = Experiment::new(config).expect("a preset is an experiment");
    while !experiment.done() {
        experiment
            .advance(1000)
            .expect("the notebook's losses are finite");
    }
    experiment.outcome().expect("the experiment is done").digest
}
