//! CONFIG: what a name on the command line stands for.

use distill_lab::Error;
use distill_lab::config::Config;
use std::io::Read;
use std::path::Path;

/// The config of the preset called `name`, or of the file of that name; `-` is standard input.
///
/// # Errors
/// A name that neither a preset nor a file has, a file that cannot be read, and everything [`Config::from_json`] refuses.
pub fn config(name: &str) -> Result<Config, Error> {
    let unreadable = |e: std::io::Error| {
        let message = format!("CONFIG: cannot read {name}: {e}; allowed: a preset's name or a JSON file");
        Error::said("unreadable", message)
    };
    let text = if name == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
        text
    } else {
        let preset = Config::preset(name);
        // A file need not look like one, but a preset goes first: what a command does must not hang on the folder at hand.
        let is_file = name.ends_with(".json") || name.contains('/') || Path::new(name).is_file();
        if preset.is_ok() || !is_file {
            return preset.map_err(|e| Error { message: format!("{}, or a JSON file", e.message), ..e });
        }
        std::fs::read_to_string(name).map_err(unreadable)?
    };
    // Editors on Windows put a byte order mark in front.
    Config::from_json(text.strip_prefix('\u{feff}').unwrap_or(&text))
}
