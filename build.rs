//! Embeds data/digits.csv natively, as gzip; for the browser `cargo run -p xtask` lays its bytes beside the engine.

use flate2::{Compression, write::GzEncoder};
use std::{env, fs, io::Write, path::Path};

#[path = "src/data/pack.rs"]
mod pack;

fn main() {
    println!("cargo:rerun-if-changed=data/digits.csv");
    println!("cargo:rerun-if-changed=src/data/pack.rs");
    let text = fs::read_to_string("data/digits.csv").expect("data/digits.csv is part of the source");
    let mut zip = GzEncoder::new(Vec::new(), Compression::best());
    zip.write_all(&pack::bytes(&text)).expect("memory takes everything");
    let zipped = zip.finish().expect("memory takes everything");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("digits.bin.gz"), zipped).expect("the build folder is writable");
}
