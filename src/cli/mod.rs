//! What the commands do; each prints to standard output and reports trouble as the engine's errors.

pub mod export;
pub mod merge;
pub mod own_table;
pub mod run;
pub mod sweep;
mod table;

use distill_lab::config;

/// Prints the presets, one line each, or as JSON.
pub fn presets(json: bool) {
    if json {
        println!(
            "{}",
            serde_json::to_string(config::presets()).expect("presets are plain data")
        );
        return;
    }
    for preset in config::presets() {
        println!("{:<20} {}: {}", preset.name, preset.title, preset.why);
    }
}

/// A form of the config's reference.
pub fn docs(form: &str) -> String {
    if form == "schema" {
        format!("{:#}\n", config::json_schema())
    } else {
        config::markdown()
    }
}
