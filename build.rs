//! Packs data/digits.csv into the bytes that the engine carries: labels first, then pixel planes, one byte a value.
//!
//! Plane by plane (all first pixels, then all second ones, ...) the bytes compress best in transfer.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=data/digits.csv");
    let text = fs::read_to_string("data/digits.csv").expect("data/digits.csv is part of the source");
    let rows: Vec<Vec<u8>> = text
        .lines()
        .skip(1)
        .map(|line| {
            line.split(',')
                .skip(1)
                .map(|v| v.parse().expect("digits.csv holds whole numbers"))
                .collect()
        })
        .collect();
    let bytes: Vec<u8> = (0..=64)
        .flat_map(|column| rows.iter().map(move |row| row[column]))
        .collect();
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("digits.bin"), bytes).expect("the build folder is writable");
}
