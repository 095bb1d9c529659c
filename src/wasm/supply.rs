//! Data that comes from outside the engine's file.

use super::{Thrown, thrown};
use crate::config::Config;
use crate::data::{self, supplied};
use wasm_bindgen::prelude::*;

/// Hands in data that is not part of the engine, whatever it is; see [`supplied::Table`]. Names of classes with a byte 0 between
/// them.
///
/// # Errors
/// As [`supplied::supply`].
#[wasm_bindgen]
pub fn supply(
    hash: &str,
    numbers: usize,
    features: usize,
    values: Vec<u8>,
    wide: bool,
    labels: Vec<u8>,
    classes: &str,
) -> Result<(), Thrown> {
    let table = supplied::Table {
        numbers,
        features,
        values,
        wide,
        labels,
        classes: classes.split('\0').map(Into::into).collect(),
    };
    supplied::supply(hash, table).map_err(thrown)
}

/// Whether content of this hash is there.
#[wasm_bindgen]
pub fn supplied(hash: &str) -> bool {
    data::supplied::supplied(hash).is_some()
}

/// The hash of what a config needs from outside, which is there; empty where it needs nothing.
///
/// # Errors
/// As [`Config::from_json`] and [`data::outside`].
#[wasm_bindgen]
pub fn outside(config: &str) -> Result<String, Thrown> {
    let config = Config::from_json(config).map_err(thrown)?;
    let hash = data::outside(&config.data).map_err(thrown)?;
    Ok(hash.unwrap_or_default().into())
}

/// The hash of the content that `mnist10k` stands for.
#[wasm_bindgen]
pub fn mnist10k_hash() -> String {
    data::mnist10k::HASH.into()
}

/// Hands in the digits, as they lie beside the engine; see [`crate::data::digits::supply`].
#[wasm_bindgen]
pub fn supply_digits(bytes: Vec<u8>) {
    data::digits::supply(bytes);
}
