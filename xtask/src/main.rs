//! Build steps that cargo alone does not do.
//!
//! `cargo run -p xtask -- wasm OUT [PACKAGE]` builds the engine (or the package named) for the browser: cargo, then wasm-bindgen's
//! glue, into the folder OUT; beside the engine `digits.bin`, the bytes of the digits.
//! `wasm-opt` comes after it, from npm (see scripts/wasm.mjs).

use std::{env, fs, path::PathBuf, process::Command, process::ExitCode};
use wasm_bindgen_cli_support::Bindgen;

#[path = "../../src/data/pack.rs"]
mod pack;

const TARGET: &str = "wasm32-unknown-unknown";
/// What is not arithmetic waits for nobody: small is fast enough for it, and the page loads sooner.
const SMALL: &str = "profile.release.package.distill-lab.opt-level='s'";
/// 128-bit vectors: every browser of the last three years has them. LLVM's loop strength reduction would turn a constant
/// offset into an addition of its own (the bench tells); less inlining keeps the download small and costs no speed.
const FLAGS: &str = "-C target-feature=+simd128 -C llvm-args=-disable-lsr -C llvm-args=-inline-threshold=75";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["wasm", out] => wasm(out, "distill-lab"),
        ["wasm", out, package] => wasm(out, package),
        _ => {
            eprintln!("usage: cargo run -p xtask -- wasm OUT [PACKAGE]");
            ExitCode::from(2)
        }
    }
}

fn wasm(out: &str, package: &str) -> ExitCode {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    // A panic's message names a file: from the registry's folder on, which lies elsewhere on every machine.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let registry = home.unwrap_or_default().join("registry/src");
    let remap = format!("--remap-path-prefix={}=", registry.display());
    let flags: Vec<&str> = FLAGS.split(' ').chain([remap.as_str()]).collect();
    let built = Command::new(cargo)
        .current_dir(&root)
        // The crate itself is a plain Rust library; only here is it linked as a module of its own.
        .args([
            "rustc",
            "--release",
            "--package",
            package,
            "--lib",
            "--crate-type",
            "cdylib",
            "--target",
            TARGET,
            "--locked",
            "--config",
            SMALL,
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .status();
    if !built.is_ok_and(|status| status.success()) {
        eprintln!("xtask: cargo could not build the engine for {TARGET}");
        return ExitCode::FAILURE;
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let module = target
        .join(TARGET)
        .join(format!("release/{}.wasm", package.replace('-', "_")));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .typescript(true)
        .omit_default_module_path(true);
    let made = bindgen.web(true).and_then(|b| b.generate(out));
    if let Err(error) = made {
        eprintln!("xtask: wasm-bindgen: {error:#}");
        return ExitCode::FAILURE;
    }
    if package == "distill-lab" {
        let laid = fs::read_to_string(root.join("data/digits.csv"))
            .and_then(|text| fs::write(PathBuf::from(out).join("digits.bin"), pack::bytes(&text)));
        if let Err(error) = laid {
            eprintln!("xtask: data/digits.csv: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
