//! What the commands do; each prints to standard output and reports trouble as the engine's errors.

pub mod compare;
pub mod export;
pub mod merge;
mod named;
pub mod output;
pub mod own_table;
pub mod run;
mod seeds;
pub mod sweep;
mod table;

use distill_lab::{Error, config};

/// Prints the presets, one line each, or as JSON.
pub fn presets(json: bool) -> Result<(), Error> {
    if json {
        return output::print_line(run::text(&config::presets()));
    }
    let lines = config::presets()
        .iter()
        .map(|p| format!("{:<20} {}: {} Ten times the steps: {}\n", p.name, p.title, p.why, p.longer));
    output::print(lines.collect::<String>())
}

/// Prints a form of the config's reference.
pub fn docs(form: &str) -> Result<(), Error> {
    if form == "schema" {
        output::print_line(format!("{:#}", config::json_schema()))
    } else {
        output::print(config::markdown())
    }
}
