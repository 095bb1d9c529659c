//! The reader as the page's worker sees it: choices, reports and refusals cross as JSON, numbers as typed arrays.

use crate::{Choices, Reading, Refusal, Table};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| wasm_bindgen::throw_str(&format!("panic: {info}"))));
}

fn thrown(refusal: &Refusal) -> JsError {
    JsError::new(&json(refusal))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn choices(text: &str) -> Result<Choices, JsError> {
    serde_json::from_str(text).map_err(|e| thrown(&Refusal::whole("wrong_choices", format!("choices: {e}"))))
}

/// A file being read.
#[wasm_bindgen]
pub struct TableReader {
    bytes: Vec<u8>,
    reading: Option<Reading>,
    table: Option<Table>,
}

#[wasm_bindgen]
impl TableReader {
    /// Room for `size` bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(size: usize) -> TableReader {
        Self { bytes: Vec::with_capacity(size.min(crate::MAX_BYTES)), reading: None, table: None }
    }

    /// The file's next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Starts to read, or to read otherwise, with choices as JSON.
    ///
    /// # Errors
    /// A [`Refusal`] as JSON.
    pub fn begin(&mut self, with: &str) -> Result<(), JsError> {
        let choices = choices(with)?;
        self.table = None;
        match &mut self.reading {
            Some(reading) => reading.again(&choices).map_err(|r| thrown(&r)),
            None => {
                // What is no text now will be none later.
                let bytes = std::mem::take(&mut self.bytes);
                self.reading = Some(Reading::new(bytes, &choices).map_err(|r| thrown(&r))?);
                Ok(())
            }
        }
    }

    /// Reads on by up to `records` records; whether it is done.
    ///
    /// # Errors
    /// A [`Refusal`] as JSON.
    pub fn advance(&mut self, records: usize) -> Result<bool, JsError> {
        match &mut self.reading {
            Some(reading) => reading.advance(records).map_err(|r| thrown(&r)),
            None => Ok(true),
        }
    }

    /// The share that has been read.
    pub fn progress(&self) -> f64 {
        self.reading.as_ref().map_or(0.0, Reading::progress)
    }

    /// JSON of the layout, or `null`.
    pub fn layout(&self) -> String {
        json(&self.reading.as_ref().map(Reading::layout))
    }

    /// JSON of the report, or `null`.
    pub fn report(&mut self) -> String {
        let Some(reading) = &mut self.reading else {
            return "null".into();
        };
        if let Some(table) = reading.take_table() {
            self.table = Some(table);
        }
        json(&reading.report())
    }

    /// `[rows, features]`; empty where there is no table.
    pub fn features(&self) -> Vec<f32> {
        self.table.as_ref().map_or_else(Vec::new, |t| t.features.clone())
    }

    /// A class for each row.
    pub fn labels(&self) -> Vec<i32> {
        self.table.as_ref().map_or_else(Vec::new, |t| t.labels.clone())
    }
}
