//! A result's JSON, read back: what is needed to run it again and to compare.

use crate::Error;
use crate::config::Config;
use serde::Serialize;
use serde_json::Value;

/// Longest file that is read, in bytes: 100,000 steps with a point at each, four models, are about half of it.
pub const MAX_SAVED: usize = 64 << 20;

/// A run that was saved.
#[derive(Clone, Debug, Serialize)]
pub struct Saved {
    /// Complete and normalised.
    pub config: Config,
    /// Of every weight, as the run gave it.
    pub digest: String,
    /// The engine's version that gave it; another one may give other bits.
    pub engine_version: String,
}

impl Saved {
    /// Reads the JSON of a result.
    ///
    /// # Errors
    /// Text that is too long or no JSON (line and column are named), a field that is missing or damaged, a config that
    /// [`Config::with`] refuses: its path then begins with `config`.
    pub fn read(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_SAVED {
            let message = format!("run: got {} bytes; allowed: at most {MAX_SAVED}", text.len());
            return Err(Error::at("too_large", "", message));
        }
        let value: Value = serde_json::from_str(text).map_err(|e| {
            let message = format!("run: not JSON: {e}; allowed: the JSON of a run, whole");
            Error::at("not_json", "", message)
        })?;
        if value.get("runs").is_some() {
            return Err(wrong(
                "runs",
                "several runs".into(),
                "the JSON of one run: an item of this list",
            ));
        }
        let text = |key: &str, allowed: &str, holds: &dyn Fn(&str) -> bool| {
            let got = value.get(key);
            let text = got.and_then(Value::as_str).filter(|text| holds(text));
            text.map(String::from).ok_or_else(|| {
                wrong(
                    key,
                    got.map_or("nothing".into(), |v| v.to_string().chars().take(60).collect()),
                    allowed,
                )
            })
        };
        let digest = text("digest", "16 hexadecimal digits", &|t| {
            t.len() == 16 && t.bytes().all(|b| b.is_ascii_hexdigit())
        })?;
        let engine_version = text("engine_version", "the version of an engine", &|t| !t.is_empty())?;
        let config = match value.get("config") {
            Some(config @ Value::Object(_)) => config,
            other => {
                let got = other.map_or("nothing".into(), |v| v.to_string().chars().take(60).collect());
                return Err(wrong("config", got, "the config of the run, an object"));
            }
        };
        let config = Config::from_json(&config.to_string()).map_err(|e| {
            let path = if e.path.is_empty() {
                "config".into()
            } else {
                format!("config.{}", e.path)
            };
            Error::at(e.code, path, format!("config: {}", e.message))
        })?;
        Ok(Self {
            config,
            digest,
            engine_version,
        })
    }
}

fn wrong(key: &str, got: String, allowed: &str) -> Error {
    Error::at("wrong_type", key, format!("{key}: got {got}; allowed: {allowed}"))
}
