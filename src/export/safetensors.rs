//! Weights in the safetensors format: 8 bytes with the header's length, the header (JSON), the numbers.
//!
//! Names are `MODEL.INDEX.weight [outputs, inputs]` and `MODEL.INDEX.bias [outputs]`, all `F32`. MODEL is `teacher` (with
//! several members `teacher_0`, `teacher_1`, ...), `student_alone`, `student_distilled` or `student_refined`; INDEX is 0, 2, 4, ...:
//! what is left after `MODEL.` are the names in the state of a PyTorch `Sequential` of linear layers with activations between.
//! The metadata hold `format`, `config` (JSON), `digest` and `engine_version`.
//!
//! Written by hand, where a crate would do, for one reason: the crate keeps metadata in a map without order, and the same run
//! must give the same bytes. A test reads the file with that crate, another with Python's.
//!
//! Source: <https://github.com/huggingface/safetensors>, section "Format".

use crate::Error;
use crate::experiment::{ENGINE_VERSION, Experiment};
use crate::kernels::padded;
use crate::nn::Mlp;
use serde_json::{Map, Value};

/// The weights of a finished experiment.
///
/// # Errors
/// An experiment that is not done.
pub fn safetensors(experiment: &Experiment) -> Result<Vec<u8>, Error> {
    let outcome = experiment
        .outcome()
        .ok_or_else(|| Error::at("not_done", "", "weights: the experiment is not done"))?;
    let mut header = Map::new();
    let metadata = [
        ("format", "pt".into()),
        ("config", outcome.config.to_json()),
        ("digest", outcome.digest),
        ("engine_version", ENGINE_VERSION.into()),
    ];
    let metadata = metadata.map(|(key, text)| (key.to_string(), Value::String(text)));
    header.insert(
        "__metadata__".into(),
        Value::Object(metadata.into_iter().collect()),
    );
    let mut data = Vec::new();
    for (model, net) in experiment.networks() {
        for l in 0..net.layers().len() {
            add_layer(&mut header, &mut data, &model, net, l);
        }
    }
    let mut header = Value::Object(header).to_string().into_bytes();
    // The numbers begin at a multiple of 8; a header may end in spaces.
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.append(&mut header);
    file.append(&mut data);
    Ok(file)
}

/// Layer `l` of `net`: its weights, turned to `[outputs, inputs]`, and its biases.
fn add_layer(header: &mut Map<String, Value>, data: &mut Vec<u8>, model: &str, net: &Mlp, l: usize) {
    let layer = &net.layers()[l];
    let (inputs, outputs, stride) = (layer.inputs, layer.outputs, padded(layer.outputs));
    let weights = &net.parameters[layer.weights.clone()];
    let biases = &net.parameters[layer.biases.clone()];
    let mut add = |name: &str, shape: &[usize], values: &mut dyn Iterator<Item = f32>| {
        let from = data.len();
        values.for_each(|v| data.extend(v.to_le_bytes()));
        let tensor = [
            ("dtype", Value::from("F32")),
            ("shape", Value::from(shape)),
            ("data_offsets", Value::from(vec![from, data.len()])),
        ];
        let tensor = tensor.map(|(key, value)| (key.to_string(), value));
        header.insert(
            format!("{model}.{}.{name}", 2 * l),
            Value::Object(tensor.into_iter().collect()),
        );
    };
    let mut turned = (0..outputs).flat_map(|o| (0..inputs).map(move |i| weights[i * stride + o]));
    add("weight", &[outputs, inputs], &mut turned);
    add("bias", &[outputs], &mut biases[..outputs].iter().copied());
}
