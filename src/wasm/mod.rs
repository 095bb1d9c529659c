//! The engine as the page's workers see it: the only file that knows the browser.
//!
//! Text that a person or another program wrote enters as text and is read as strictly as a file of the command line. What the
//! engine itself made, configs and results and answers, crosses as objects, numbers in bulk as typed arrays with names. Every
//! error is thrown as an `Error` with the fields of [`Refusal`]; after the code `panic` the instance is of no more use.

mod lab;
mod stage;
mod sweep;
mod taken;

use crate::answers::{self, Column, ScriptRequest};
use crate::config::{Config, DEFAULT_PRESET, fields as all_fields, presets as all_presets};
use crate::data::{self, supplied};
use crate::distil;
use crate::experiment::ENGINE_VERSION;
use crate::experiment::contrast::choose;
use crate::experiment::summary::{Figures, summarise as summarise_figures};
use crate::refusal::{Allowed, Refusal};
use js_sys::{JSON, Object, Reflect};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_wasm_bindgen::{Serializer as ToJs, preserve};
use taken::PageTable;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"import type * as engine from "../www/shared/engine_types";
import type { SweepValue } from "../www/shared/requests";"#;

/// What is thrown: an `Error` with the fields of [`Refusal`].
type Thrown = JsValue;

fn thrown(error: Refusal) -> Thrown {
    let message = js_sys::Error::new(&error.message);
    Object::assign(&message, object(&error).unchecked_ref()).into()
}

/// Plain data as a JavaScript object: what is missing is `null`, maps are objects, whole numbers of 64 bits are numbers.
fn object(data: &impl Serialize) -> JsValue {
    data.serialize(&ToJs::json_compatible())
        .unwrap_or_else(|_| unreachable!("plain data has a JavaScript form"))
}

/// What an object of the page holds. It is read as text and [`Value`] first, as presets and configs are: so every type is read
/// by one reader, whose code is downloaded once.
fn read<T: DeserializeOwned>(name: &str, from: JsValue) -> Result<T, Thrown> {
    let refused = |why| thrown(Refusal::new("wrong_type", name, (), Allowed::Json { why }));
    let text = JSON::stringify(from.as_ref())
        .map_err(|e| refused(e.unchecked_into::<js_sys::Error>().message().into()))?;
    // Nothing has no text.
    let text = text.as_string().unwrap_or_else(|| "null".into());
    let value: Value = serde_json::from_str(&text).map_err(|e| refused(e.to_string()))?;
    serde_json::from_value(value).map_err(|e| refused(e.to_string()))
}

/// A config: an object that the engine made, or text that somebody wrote.
fn config(from: JsValue) -> Result<Config, Thrown> {
    match from.as_string() {
        Some(text) => Config::from_json(&text).map_err(thrown),
        None => {
            let value: Value = read("config", from)?;
            let ground = Config::preset(DEFAULT_PRESET).map_err(thrown)?;
            ground.with(&value).map_err(thrown)
        }
    }
}

macro_rules! typed_array {
    ($number:ty, $array:ident) => {
        impl Serialize for Column<$number> {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                preserve::serialize(&js_sys::$array::from(self.0.as_slice()), to)
            }
        }
    };
}
typed_array!(u8, Uint8Array);
typed_array!(u32, Uint32Array);
typed_array!(f32, Float32Array);

#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| {
        let message = format!("The engine stopped unexpectedly: {info}");
        web_sys::console::error_1(&message.as_str().into());
        wasm_bindgen::throw_val(thrown(Refusal {
            code: "panic",
            path: String::new(),
            message,
            got: Value::Null,
            allowed: None,
        }));
    }));
}

thread_local! {
    /// Of a worker, of a window or of Node.js: all of them have it in their global scope.
    static CLOCK: web_sys::Performance = Reflect::get(&js_sys::global(), &"performance".into())
        .unwrap_or_else(|_| unreachable!("every global scope can be read"))
        .unchecked_into();
}

/// Milliseconds.
fn now() -> f64 {
    CLOCK.with(web_sys::Performance::now)
}

/// The engine's version.
#[wasm_bindgen]
pub fn version() -> String {
    ENGINE_VERSION.into()
}

/// Every preset.
#[wasm_bindgen(unchecked_return_type = "engine.Preset[]")]
pub fn presets() -> JsValue {
    object(&all_presets())
}

/// Every field of the config.
#[wasm_bindgen(unchecked_return_type = "engine.Field[]")]
pub fn fields() -> JsValue {
    object(&all_fields::fields())
}

/// Every method.
#[wasm_bindgen(unchecked_return_type = "engine.MethodInfo[]")]
pub fn methods() -> JsValue {
    object(&distil::descriptions())
}

/// Every data set.
#[wasm_bindgen(unchecked_return_type = "engine.DataSet[]")]
pub fn data_sets() -> JsValue {
    object(&data::DATA_SETS)
}

/// The complete config that `partial`, a text, makes of `base`, or of the default preset where there is none.
///
/// # Errors
/// As [`Config::with_json`].
#[wasm_bindgen(unchecked_return_type = "engine.Config")]
pub fn normalise(
    #[wasm_bindgen(unchecked_param_type = "engine.Config | null")] base: JsValue,
    partial: &str,
) -> Result<JsValue, Thrown> {
    let base = if base.is_null() { Config::preset(DEFAULT_PRESET).map_err(thrown)? } else { config(base)? };
    base.with_json(partial).map(|c| object(&c)).map_err(thrown)
}

/// Means, intervals and the paired gain of results, which need no curves.
///
/// # Errors
/// Anything but a list of at least one result.
#[wasm_bindgen(unchecked_return_type = "engine.Summary")]
pub fn summarise(
    #[wasm_bindgen(unchecked_param_type = "readonly engine.Result[]")] results: JsValue,
) -> Result<JsValue, Thrown> {
    let results: Vec<Value> = read("results", results)?;
    let figures: Option<Vec<Figures>> = results.iter().map(Figures::read).collect();
    match figures {
        Some(figures) if !figures.is_empty() => Ok(object(&summarise_figures(&figures))),
        _ => {
            let got = results.len();
            Err(thrown(Refusal::new("wrong_type", "results", got, Allowed::Results)))
        }
    }
}

/// How the points of a sweep compare; see [`choose`].
#[wasm_bindgen(unchecked_return_type = "engine.Choice")]
pub fn contrast(accuracies: &[f64], seeds: usize, gain: bool) -> JsValue {
    object(&choose(accuracies, seeds, gain))
}

/// A seed from the browser's own randomness, small enough to read aloud.
#[wasm_bindgen]
pub fn fresh_seed() -> u32 {
    getrandom::u32().map_or(1, |n| n % 100_000)
}

/// Hands in data that is not part of the engine, whatever it is; see [`supplied::supply`].
///
/// # Errors
/// As [`supplied::supply`].
#[wasm_bindgen]
pub fn supply(table: &PageTable) -> Result<(), Thrown> {
    supplied::supply(&table.hash(), table.into()).map_err(thrown)
}

/// Whether content of this hash is there.
#[wasm_bindgen]
pub fn supplied(hash: &str) -> bool {
    supplied::supplied(hash).is_some()
}

/// The hash of what a config needs from outside, which is there; nothing where it needs nothing.
///
/// # Errors
/// As [`Config::with`] and [`data::outside`].
#[wasm_bindgen]
pub fn outside(
    #[wasm_bindgen(unchecked_param_type = "engine.Config")] from: JsValue,
) -> Result<Option<String>, Thrown> {
    let config = config(from)?;
    let hash = data::outside(&config.data).map_err(thrown)?;
    Ok(hash.map(Into::into))
}

/// The hash of the content that `mnist10k` stands for.
#[wasm_bindgen]
pub fn mnist10k_hash() -> String {
    data::mnist10k::HASH.into()
}

/// Code that repeats the experiment of a config elsewhere; see [`answers::script`].
///
/// # Errors
/// As [`answers::script`].
#[wasm_bindgen]
pub fn script(
    #[wasm_bindgen(unchecked_param_type = "engine.ScriptRequest")] request: JsValue,
) -> Result<String, Thrown> {
    let request: ScriptRequest = read("script", request)?;
    answers::script(request).map_err(thrown)
}

/// Hands in the digits as they lie beside the engine; see [`data::digits::supply`].
#[wasm_bindgen]
pub fn supply_digits(bytes: Vec<u8>) {
    data::digits::supply(bytes);
}
