//! Data that comes from outside the engine's file.

use super::{Thrown, thrown};
use wasm_bindgen::prelude::*;

/// Hands in data that is not part of the engine; see [`crate::data::supplied::Table`].
///
/// # Errors
/// As [`crate::data::supplied::supply`].
#[wasm_bindgen]
pub fn supply(
    hash: &str,
    features: usize,
    values: Vec<u8>,
    wide: bool,
    labels: Vec<u8>,
    classes: String,
) -> Result<(), Thrown> {
    let table = crate::data::supplied::Table {
        features,
        values,
        wide,
        labels,
        classes,
    };
    crate::data::supplied::supply(hash, table).map_err(thrown)
}

/// The hash of the content that `mnist10k` stands for.
#[wasm_bindgen]
pub fn mnist10k_hash() -> String {
    crate::data::mnist10k::HASH.into()
}

/// Hands a table of one's own to the engine: see [`crate::data::table::supply`]. Names of classes with a byte 0 between them.
///
/// # Errors
/// As [`crate::data::table::supply`].
#[wasm_bindgen]
pub fn supply_table(
    numbers: usize,
    features: Vec<f32>,
    labels: Vec<i32>,
    classes: &str,
) -> Result<(), Thrown> {
    let names: Vec<&str> = classes.split('\0').collect();
    crate::data::table::supply(numbers, features, labels, &names)
        .map(|_| ())
        .map_err(thrown)
}

/// Hands in the digits, packed as they lie beside the engine; see [`crate::data::digits::supply`].
#[wasm_bindgen]
pub fn supply_digits(packed: Vec<u8>) {
    crate::data::digits::supply(packed);
}
