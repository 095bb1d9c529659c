//! What the commands do; each prints to standard output and reports trouble as the engine's errors.

pub mod merge;
pub mod run;
mod table;

use distill_lab::config::{docs, presets};

/// Prints the presets, one line each, or as JSON.
pub fn presets(json: bool) {
    if json {
        println!("{}", serde_json::to_string(presets()).expect("presets are plain data"));
        return;
    }
    for preset in presets() {
        println!("{:<20} {}: {}", preset.name, preset.title, preset.why);
    }
}

/// A form of the config's reference.
pub fn docs(form: &str) -> String {
    if form == "schema" {
        format!("{:#}\n", docs::json_schema())
    } else {
        docs::markdown()
    }
}
