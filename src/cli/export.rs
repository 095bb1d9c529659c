//! `export`: an experiment as code for other frameworks, its curves as a table, its weights, its result.

use super::output;
use super::run::{self, Which};
use clap::ValueEnum;
use distill_lab::Error;
use distill_lab::config::Config;
use distill_lab::experiment::Experiment;
use distill_lab::export::{csv, notebook, safetensors, script};
use std::path::PathBuf;

/// `export CONFIG --format FORMAT`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    which: Which,
    /// What to write.
    #[arg(long)]
    format: Format,
    /// Where to write it; standard output unless given.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A script for Keras 3.
    Keras,
    /// A script for PyTorch.
    Pytorch,
    /// A Jupyter notebook for Keras 3.
    Notebook,
    /// Every weight, after running.
    Safetensors,
    /// The curves, after running.
    Csv,
    /// The result object, after running.
    Json,
}

/// Runs what the format needs and writes it.
pub fn export(arguments: &Arguments) -> Result<(), Error> {
    let (config, recipe) = arguments.which.config_and_recipe()?;
    let bytes = content(arguments.format, config, &recipe)?;
    let Some(file) = &arguments.out else {
        return output::print(bytes);
    };
    std::fs::write(file, bytes).map_err(|e| {
        let message = format!("--out: cannot write {}: {e}", file.display());
        Error::said("unwritable", message)
    })
}

fn content(format: Format, config: Config, recipe: &str) -> Result<Vec<u8>, Error> {
    let keras = |config| script::fill(&script::keras(config), config, "", recipe);
    let text = match format {
        Format::Keras => keras(&config)?,
        Format::Pytorch => script::fill(&script::pytorch(&config), &config, "", recipe)?,
        Format::Notebook => notebook::notebook(&keras(&config)?),
        Format::Safetensors => return safetensors::safetensors(&finished(config)?),
        Format::Csv => {
            let curves = finished(config)?.drawn_curves();
            csv::csv(&curves.expect("it is done"))
        }
        Format::Json => run::text(&finished(config)?.outcome().expect("it is done")),
    };
    Ok(text.into_bytes())
}

fn finished(config: Config) -> Result<Experiment, Error> {
    let mut experiment = Experiment::new(config)?;
    while !experiment.done() {
        experiment.advance(usize::MAX)?;
    }
    Ok(experiment)
}
