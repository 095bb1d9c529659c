//! Objects of the page with numbers in bulk, taken field by field: typed arrays are copied once.

use crate::data::supplied;
use crate::experiment::{Handover, PlainModel};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// See [`crate::answers::SuppliedTable`].
    #[wasm_bindgen(typescript_type = "engine.SuppliedTable")]
    pub type PageTable;
    #[wasm_bindgen(method, getter)]
    pub fn hash(this: &PageTable) -> String;
    #[wasm_bindgen(method, getter)]
    fn numbers(this: &PageTable) -> usize;
    #[wasm_bindgen(method, getter)]
    fn features(this: &PageTable) -> usize;
    #[wasm_bindgen(method, getter)]
    fn values(this: &PageTable) -> Vec<u8>;
    #[wasm_bindgen(method, getter)]
    fn wide(this: &PageTable) -> bool;
    #[wasm_bindgen(method, getter)]
    fn labels(this: &PageTable) -> Vec<u8>;
    #[wasm_bindgen(method, getter)]
    fn classes(this: &PageTable) -> Vec<String>;

    /// See [`crate::answers::Handover`].
    #[wasm_bindgen(typescript_type = "engine.Handover")]
    pub type PageHandover;
    #[wasm_bindgen(method, getter)]
    fn config(this: &PageHandover) -> String;
    #[wasm_bindgen(method, getter)]
    fn teacher(this: &PageHandover) -> Vec<PageModel>;
    #[wasm_bindgen(method, getter)]
    fn student_alone(this: &PageHandover) -> Option<PageModel>;

    type PageModel;
    #[wasm_bindgen(method, getter)]
    fn parameters(this: &PageModel) -> Vec<f32>;
    #[wasm_bindgen(method, getter = testLogits)]
    fn test_logits(this: &PageModel) -> Vec<f32>;
}

impl From<&PageTable> for supplied::Table {
    fn from(table: &PageTable) -> Self {
        Self {
            numbers: table.numbers(),
            features: table.features(),
            values: table.values(),
            wide: table.wide(),
            labels: table.labels(),
            classes: table.classes(),
        }
    }
}

impl From<&PageHandover> for Handover {
    fn from(handover: &PageHandover) -> Self {
        let plain = |model: &PageModel| PlainModel {
            parameters: model.parameters(),
            test_logits: model.test_logits(),
        };
        Self {
            config: handover.config(),
            teacher: handover.teacher().iter().map(plain).collect(),
            student_alone: handover.student_alone().as_ref().map(plain),
        }
    }
}
