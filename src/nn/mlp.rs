//! A multi-layer perceptron: `a_l = activation(a_{l-1} W_l + b_l)` for each layer; the last has no activation, its outputs are the logits.
//!
//! Shapes: `x [rows, padded(features)]`, `W_l [k, padded(n)]`, `b_l [padded(n)]`, `a_l [rows, padded(n)]`. Padding columns
//! of weights and biases start at zero and have zero gradients, so they stay zero.
//!
//! Initial weights: uniform in `±sqrt(6 / (k + n))`, biases zero (Glorot and Bengio 2010, equation 16), as Keras does.

use crate::kernels::{
    self, Activation, DenseForward, InputGradients, Panels, Shape, WeightGradients, padded,
};
use crate::optim::Optimizer;
use crate::rng::Stream;
use std::ops::Range;

/// A layer's widths, and where its parameters are.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Inputs.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
    /// `W [inputs, padded(outputs)]` within the parameters, in [`Panels`].
    pub weights: Range<usize>,
    /// `b [padded(outputs)]` within the parameters.
    pub biases: Range<usize>,
    /// What follows the sum.
    pub activation: Activation,
}

impl Layer {
    /// The layout of the weights within their range.
    pub fn panels(&self) -> Panels {
        Panels::of_weights(self.inputs, self.outputs)
    }

    /// The layer's shape with a batch of `rows` samples.
    fn shape(&self, rows: usize) -> Shape {
        Shape { rows, inputs: self.inputs, outputs: self.outputs }
    }

    /// The layer's weights `[inputs, outputs]`, row by row, from `values` in the layout of a network's parameters.
    pub fn weights_of<'v>(&self, values: &'v [f32]) -> impl Iterator<Item = f32> + 'v {
        let (panels, outputs, from) = (self.panels(), self.outputs, self.weights.start);
        (0..self.inputs * outputs).map(move |i| values[from + panels.at(i / outputs, i % outputs)])
    }
}

/// A multi-layer perceptron.
#[derive(Clone, Debug)]
pub struct Mlp {
    layers: Vec<Layer>,
    /// All weights and biases: `W_1, b_1, W_2, b_2, ...`, padded.
    pub parameters: Vec<f32>,
}

impl Mlp {
    /// A network of the given widths (features, hidden units..., classes), its weights drawn from `rng`.
    pub fn new(widths: &[usize], activation: Activation, rng: &mut Stream) -> Self {
        let mut layers = Vec::with_capacity(widths.len() - 1);
        let mut parameters = Vec::new();
        for (l, pair) in widths.windows(2).enumerate() {
            let (inputs, outputs) = (pair[0], pair[1]);
            let bound = (6.0 / (inputs + outputs) as f32).sqrt();
            let from = parameters.len();
            let weights = from..from + inputs * padded(outputs);
            let panels = Panels::of_weights(inputs, outputs);
            parameters.resize(weights.end, 0.0);
            for i in 0..inputs {
                for o in 0..outputs {
                    parameters[from + panels.at(i, o)] = rng.symmetric(bound);
                }
            }
            let biases = weights.end..weights.end + padded(outputs);
            parameters.resize(biases.end, 0.0);
            let activation = if l + 2 == widths.len() { Activation::Identity } else { activation };
            layers.push(Layer { inputs, outputs, weights, biases, activation });
        }
        Self { layers, parameters }
    }

    /// The layers, from the input to the logits.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Classes.
    pub fn classes(&self) -> usize {
        self.layers.last().map_or(0, |l| l.outputs)
    }

    /// Trainable parameters, without padding.
    pub fn parameter_count(&self) -> usize {
        self.layers.iter().map(|l| (l.inputs + 1) * l.outputs).sum()
    }

    /// Multiply-adds for one sample.
    pub fn multiply_adds(&self) -> usize {
        self.layers.iter().map(|l| l.inputs * l.outputs).sum()
    }

    /// The parameters in the order in which the digest reads them: layer by layer, weights row by row, then biases, without padding.
    pub fn logical_parameters(&self) -> impl Iterator<Item = f32> + '_ {
        self.layers.iter().flat_map(move |layer| {
            let biases = &self.parameters[layer.biases.start..layer.biases.start + layer.outputs];
            layer.weights_of(&self.parameters).chain(biases.iter().copied())
        })
    }

    /// Logits `[rows, padded(classes)]` of `x [rows, padded(features)]`. `workspace` keeps what the backward pass needs.
    pub fn forward<'w>(&self, rows: usize, x: &[f32], workspace: &'w mut Workspace) -> &'w [f32] {
        for (l, layer) in self.layers.iter().enumerate() {
            let (before, rest) = workspace.outputs.split_at_mut(l);
            let input = before.last().map_or(x, |o| &o.a);
            let output = &mut rest[0];
            kernels::dense_forward(DenseForward {
                shape: layer.shape(rows),
                x: input,
                w: &self.parameters[layer.weights.clone()],
                b: &self.parameters[layer.biases.clone()],
                activation: layer.activation,
                z: &mut output.z,
                a: &mut output.a,
                scratch: &mut workspace.scratch,
            });
        }
        &workspace.outputs[self.layers.len() - 1].a[..rows * padded(self.classes())]
    }

    /// Gradients of all parameters. Before it come [`Mlp::forward`] on the same `x` and the loss's gradient by the logits
    /// ([`Workspace::passed`]).
    pub fn backward(&self, rows: usize, x: &[f32], workspace: &mut Workspace, gradients: &mut [f32]) {
        for l in (0..self.layers.len()).rev() {
            self.input_gradients(l, rows, workspace);
            let layer = &self.layers[l];
            let (dw, db) = gradients[layer.weights.start..layer.biases.end].split_at_mut(layer.weights.len());
            kernels::dense_weight_gradients(workspace.weight_gradients(l, layer.shape(rows), x), dw, db);
        }
    }

    /// [`Mlp::backward`] and a step of `optimizer`, bit for bit. Each gradient goes into the step from a register and is never stored, which
    /// saves a pass over memory.
    pub fn backward_and_update(
        &mut self,
        rows: usize,
        x: &[f32],
        workspace: &mut Workspace,
        optimizer: &mut Optimizer,
    ) {
        optimizer.begin();
        for l in (0..self.layers.len()).rev() {
            // Before the update: the gradient by the inputs takes the weights that the forward pass used.
            self.input_gradients(l, rows, workspace);
            let layer = &self.layers[l];
            let (range, shape) = (layer.weights.start..layer.biases.end, layer.shape(rows));
            kernels::dense_weight_update(
                workspace.weight_gradients(l, shape, x),
                &mut self.parameters[range.clone()],
                optimizer.update(range),
            );
        }
    }

    /// The gradient by the inputs of layer `l`; the samples, inputs of the first layer, need none.
    fn input_gradients(&self, l: usize, rows: usize, workspace: &mut Workspace) {
        let layer = &self.layers[l];
        let (before, rest) = workspace.outputs.split_at_mut(l);
        if let Some(previous) = before.last_mut() {
            kernels::dense_input_gradients(InputGradients {
                shape: layer.shape(rows),
                dz: &rest[0].d,
                w: &self.parameters[layer.weights.clone()],
                activation: self.layers[l - 1].activation,
                z: &previous.z,
                a: &previous.a,
                dx: &mut previous.d,
                scratch: &mut workspace.scratch,
            });
            if let Some(watched) = workspace.watched.as_ref().filter(|watched| watched.layer == l - 1) {
                watched.add(rows, self.layers[l - 1].activation, previous);
            }
        }
    }
}

/// Buffers for a forward and backward pass over a limited number of rows. They are sized once, so a step allocates nothing.
#[derive(Clone, Debug)]
pub struct Workspace {
    outputs: Vec<Output>,
    scratch: Vec<f32>,
    watched: Option<Watched>,
}

/// A hidden layer whose activations a loss looks at.
#[derive(Clone, Debug)]
struct Watched {
    layer: usize,
    units: usize,
    /// The loss's gradient by these activations `[rows, padded(units)]`, as far as it does not come through the logits.
    d: Vec<f32>,
}

impl Watched {
    /// Adds the gradient, by the layer's `z`, to what has come through the layers after it.
    fn add(&self, rows: usize, activation: Activation, output: &mut Output) {
        for i in 0..rows * padded(self.units) {
            let z = output.z.get(i).copied().unwrap_or(0.0);
            output.d[i] += self.d[i] * activation.slope(z, output.a[i]);
        }
    }
}

/// What a forward pass leaves for a loss, and where the loss writes its gradients.
#[derive(Debug)]
pub struct Passed<'w> {
    /// `[rows, padded(classes)]`.
    pub logits: &'w [f32],
    /// Likewise.
    pub d_logits: &'w mut [f32],
    /// Units of the hidden layer that is watched; 0 for none.
    pub units: usize,
    /// Its activations `[rows, padded(units)]`.
    pub hidden: &'w [f32],
    /// Likewise.
    pub d_hidden: &'w mut [f32],
}

/// A layer's outputs for a batch, each `[rows, padded(outputs)]`.
#[derive(Clone, Debug)]
struct Output {
    /// Before the activation; stored for GELU alone, whose derivative reads it.
    z: Vec<f32>,
    /// After the activation.
    a: Vec<f32>,
    /// Gradient of the loss by `z`.
    d: Vec<f32>,
}

impl Workspace {
    /// Buffers for `net` and at most `rows` rows.
    pub fn new(net: &Mlp, rows: usize) -> Self {
        let output = |layer: &Layer| {
            let len = rows * padded(layer.outputs);
            let z = if layer.activation == Activation::Gelu { vec![0.0; len] } else { vec![] };
            Output { z, a: vec![0.0; len], d: vec![0.0; len] }
        };
        let scratch = net.layers.iter().map(|l| l.shape(rows).scratch_len()).max().unwrap_or(0);
        Self { outputs: net.layers.iter().map(output).collect(), scratch: vec![0.0; scratch], watched: None }
    }

    /// What layer `l` needs for the gradients of its parameters, after the forward pass on `x` and with its own `d` computed.
    fn weight_gradients<'w>(&'w mut self, l: usize, shape: Shape, x: &'w [f32]) -> WeightGradients<'w> {
        let (before, rest) = self.outputs.split_at(l);
        WeightGradients {
            shape,
            x: before.last().map_or(x, |o| &o.a),
            dz: &rest[0].d,
            scratch: &mut self.scratch,
        }
    }

    /// Lets a loss look at the activations of hidden layer `layer` of `net`, counted from 0, and write its gradient by them.
    ///
    /// # Panics
    /// Where the network has no such hidden layer.
    pub fn watch(&mut self, net: &Mlp, layer: usize, rows: usize) {
        assert!(layer + 1 < net.layers.len(), "the network has no hidden layer {layer}");
        let units = net.layers[layer].outputs;
        self.watched = Some(Watched { layer, units, d: vec![0.0; rows * padded(units)] });
    }

    /// The activations `[rows, padded(units)]` that the last forward pass left in layer `layer`.
    pub fn activations(&self, layer: usize) -> &[f32] {
        &self.outputs[layer].a
    }

    /// What the last forward pass, of `rows` rows, left for a loss.
    pub fn passed(&mut self, rows: usize) -> Passed<'_> {
        let (last, before) = self.outputs.split_last_mut().expect("a network has a layer");
        let (mut units, mut hidden, mut d_hidden) = (0, &[][..], &mut [][..]);
        if let Some(watched) = &mut self.watched {
            let len = rows * padded(watched.units);
            units = watched.units;
            hidden = &before[watched.layer].a[..len];
            d_hidden = &mut watched.d[..len];
        }
        Passed { logits: &last.a, d_logits: &mut last.d, units, hidden, d_hidden }
    }
}
