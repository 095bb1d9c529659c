//! The command line: experiments without a browser, on all cores.

mod cli;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Knowledge distillation, trained and measured from the command line.
#[derive(Parser)]
#[command(name = "distill-lab", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run an experiment, under one seed or several.
    Run(cli::run::Arguments),
    /// Vary a field over values and seeds; what is equal is trained once.
    Sweep(cli::sweep::Arguments),
    /// Compare two settings over the same seeds: the paired difference, its interval, a verdict.
    Compare(cli::compare::Arguments),
    /// Write an experiment as code, its curves as a table, its weights.
    Export(cli::export::Arguments),
    /// Put the outputs of `run --json --seeds A..B --shard I/N` together.
    Merge(cli::merge::Arguments),
    /// List the presets.
    Presets {
        /// Print names, titles, reasons, configs and expected figures as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the reference of the config.
    Docs {
        /// `markdown` (docs/config.md) or `schema` (docs/config.schema.json).
        #[arg(value_parser = ["markdown", "schema"])]
        form: String,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(arguments) => cli::run::run(&arguments),
        Command::Sweep(arguments) => cli::sweep::sweep(&arguments),
        Command::Compare(arguments) => cli::compare::compare(&arguments),
        Command::Export(arguments) => cli::export::export(&arguments),
        Command::Merge(arguments) => cli::merge::merge(&arguments),
        Command::Presets { json } => cli::presets(json),
        Command::Docs { form } => cli::docs(&form),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::output::remark(&error.message);
            // 2: bad input, which the caller can mend; 1: a run that failed on good input.
            ExitCode::from(if error.code == "not_finite" { 1 } else { 2 })
        }
    }
}
