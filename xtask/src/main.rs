//! Build steps that cargo alone does not do.
//!
//! `cargo run -p xtask -- wasm OUT [PACKAGE] [WASM-OPT FLAGS]` builds the engine (or the package named) for the browser into the
//! folder OUT: cargo, then wasm-bindgen's glue, then `wasm-opt`, which npm installs and an npm script finds; beside the engine
//! `digits.bin`, the bytes of the digits.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};
use wasm_bindgen_cli_support::Bindgen;

#[path = "../../src/data/pack.rs"]
mod pack;

const TARGET: &str = "wasm32-unknown-unknown";
/// What is not arithmetic waits for nobody: small is fast enough for it, and the page loads sooner.
const SMALL: &str = "profile.release.package.distill-lab.opt-level='z'";
/// 128-bit vectors: every browser of the last three years has them. LLVM's loop strength reduction would turn a constant
/// offset into an addition of its own (the bench tells); less inlining keeps the download small and costs no speed.
const FLAGS: &str = "-C target-feature=+simd128 -C llvm-args=-disable-lsr -C llvm-args=-inline-threshold=40";

/// A second round of `-O3` is worth half a kilobyte. Rust lays its stack first, so that no value has an address below 1024 and
/// constants may move into the loads (`--low-memory-unused`).
const OPTIMISE: &str = "-O3 --one-caller-inline-max-function-size=20 -O3 --low-memory-unused --reorder-functions \
    --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
    --enable-reference-types --enable-multivalue";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let made = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["wasm", out] => wasm(Path::new(out), "distill-lab", &[]),
        ["wasm", out, package, ref flags @ ..] => wasm(Path::new(out), package, flags),
        _ => Err("usage: cargo run -p xtask -- wasm OUT [PACKAGE] [WASM-OPT FLAGS]".into()),
    };
    if let Err(error) = made {
        eprintln!("xtask: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The checkout that `cargo run` was called in. Cargo sets the variable when it runs the program: what was compiled into it
/// may come from another checkout, whose `target` folder was copied.
fn root() -> Result<PathBuf, String> {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").ok_or("call it by `cargo run -p xtask`")?;
    Ok(PathBuf::from(manifest).join(".."))
}

/// Runs a command to its end; an error where it fails.
fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().display().to_string();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program}: {status}")),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

fn wasm(out: &Path, package: &str, flags: &[&str]) -> Result<(), String> {
    let root = root()?;
    let built = module(&root, package)?;
    Bindgen::new()
        .input_path(&built)
        .typescript(true)
        .omit_default_module_path(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(out))
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    let glued = out.join(format!("{}_bg.wasm", package.replace('-', "_")));
    let optimise = OPTIMISE.split_whitespace().chain(flags.iter().copied());
    run(Command::new("wasm-opt").args(optimise).arg(&glued).arg("-o").arg(&glued))?;
    if package == "distill-lab" {
        fs::read_to_string(root.join("data/digits.csv"))
            .and_then(|text| fs::write(out.join("digits.bin"), pack::bytes(&text)))
            .map_err(|error| format!("data/digits.csv: {error}"))?;
    }
    Ok(())
}

/// Compiles the package for the browser; returns the module's path.
fn module(root: &Path, package: &str) -> Result<PathBuf, String> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    // A panic's message names a file: from the registry's folder on, which lies elsewhere on every machine.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let registry = home.unwrap_or_default().join("registry/src");
    let remap = format!("--remap-path-prefix={}=", registry.display());
    let flags: Vec<&str> = FLAGS.split(' ').chain([remap.as_str()]).collect();
    run(Command::new(cargo)
        .current_dir(root)
        // The crate itself is a plain Rust library; only here is it linked as a module of its own.
        .args(["rustc", "--release", "--lib", "--crate-type", "cdylib", "--locked"])
        .args(["--package", package, "--target", TARGET, "--config", SMALL])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f")))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join(TARGET).join(format!("release/{}.wasm", package.replace('-', "_"))))
}
