//! Weights in the safetensors format: 8 bytes with the header's length, the header (JSON), the numbers.
//!
//! Names are `MODEL.INDEX.weight [outputs, inputs]` and `MODEL.INDEX.bias [outputs]`, all `F32`. MODEL is `teacher` (with
//! several members `teacher_0`, `teacher_1`, ...), `student_alone`, `student_distilled` or `student_refined`; INDEX is 0, 2, 4, ...:
//! what is left after `MODEL.` are the names in the state of a PyTorch `Sequential` of linear layers with activations between.
//! The metadata hold `format`, `config` (JSON), `digest` and `engine_version`.
//!
//! Written by hand, where a crate would do: the crate keeps metadata in a map without order, and the same run must give the
//! same bytes. Python's own package reads the file in a test.
//!
//! Source: <https://github.com/huggingface/safetensors>, section "Format".

use crate::Error;
use crate::experiment::{ENGINE_VERSION, Experiment};
use crate::nn::Mlp;
use crate::refusal::Allowed;

/// The weights of a finished experiment.
///
/// # Errors
/// An experiment that is not done.
pub fn safetensors(experiment: &Experiment) -> Result<Vec<u8>, Error> {
    let digest = experiment.digest().ok_or_else(|| Error::new("not_done", "", (), Allowed::Done))?;
    let config = serde_json::Value::from(experiment.config().to_json());
    let mut header = format!(
        r#"{{"__metadata__":{{"format":"pt","config":{config},"digest":"{digest}","engine_version":"{ENGINE_VERSION}"}}"#
    );
    let mut data = Vec::new();
    for (model, net) in experiment.networks() {
        for l in 0..net.layers().len() {
            add_layer(&mut header, &mut data, &model, net, l);
        }
    }
    header.push('}');
    // The numbers begin at a multiple of 8; a header may end in spaces.
    while header.len() % 8 != 0 {
        header.push(' ');
    }
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend_from_slice(header.as_bytes());
    file.append(&mut data);
    Ok(file)
}

/// Layer `l` of `net`: its weights, turned to `[outputs, inputs]`, and its biases.
fn add_layer(header: &mut String, data: &mut Vec<u8>, model: &str, net: &Mlp, l: usize) {
    let layer = &net.layers()[l];
    let (inputs, outputs, panels) = (layer.inputs, layer.outputs, layer.panels());
    let (weights, index) = (&net.parameters[layer.weights.clone()], 2 * l);
    let from = data.len();
    for o in 0..outputs {
        for i in 0..inputs {
            data.extend_from_slice(&weights[panels.at(i, o)].to_le_bytes());
        }
    }
    let between = data.len();
    for bias in &net.parameters[layer.biases.start..layer.biases.start + outputs] {
        data.extend_from_slice(&bias.to_le_bytes());
    }
    let end = data.len();
    header.push_str(&format!(
        r#","{model}.{index}.weight":{{"dtype":"F32","shape":[{outputs},{inputs}],"data_offsets":[{from},{between}]}},"{model}.{index}.bias":{{"dtype":"F32","shape":[{outputs}],"data_offsets":[{between},{end}]}}"#
    ));
}
