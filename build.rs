//! Packs data/digits.csv into the bytes that the engine carries natively; for the browser `cargo run -p xtask` lays them beside it.

use std::{env, fs, path::Path};

#[path = "src/data/pack.rs"]
mod pack;
#[allow(dead_code)] // its reader is the engine's
#[path = "src/data/squeeze.rs"]
mod squeeze;

fn main() {
    println!("cargo:rerun-if-changed=data/digits.csv");
    println!("cargo:rerun-if-changed=src/data/pack.rs");
    println!("cargo:rerun-if-changed=src/data/squeeze.rs");
    let text = fs::read_to_string("data/digits.csv").expect("data/digits.csv is part of the source");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("digits.bin"), pack::packed(&text)).expect("the build folder is writable");
}
