//! Packs data/digits.csv into the bytes that the engine carries; src/data/squeeze.rs says how.

use squeeze::{Coder, Interval, Row};
use std::{env, fs, path::Path};

#[allow(dead_code)] // its reader is the engine's
#[path = "src/data/squeeze.rs"]
mod squeeze;

/// Writes the bytes that the engine reads.
struct Writer {
    interval: Interval,
    bytes: Vec<u8>,
}

impl Coder for Writer {
    fn bit(&mut self, chance: u32, bit: bool) -> bool {
        let split = self.interval.split(chance);
        self.interval.narrow(split, bit);
        self.bytes.extend(std::iter::from_fn(|| self.interval.settled()));
        bit
    }
}

fn main() {
    println!("cargo:rerun-if-changed=data/digits.csv");
    println!("cargo:rerun-if-changed=src/data/squeeze.rs");
    let text = fs::read_to_string("data/digits.csv").expect("data/digits.csv is part of the source");
    let mut rows: Vec<Row> = text.lines().skip(1).map(row).collect();
    let mut writer = Writer {
        interval: Interval::WHOLE,
        bytes: Vec::new(),
    };
    squeeze::pass(&mut rows, &mut writer);
    // Any number of the last interval ends the text: 32 more bits narrow it to one.
    (0..32).for_each(|_| {
        writer.bit(1 << 15, true);
    });
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("digits.bin"), writer.bytes).expect("the build folder is writable");
}

/// A line of the file without its first cell, which says whether the sample is for training.
fn row(line: &str) -> Row {
    let cells: Vec<u8> = line
        .split(',')
        .skip(1)
        .map(|cell| cell.parse().expect("digits.csv holds whole numbers"))
        .collect();
    cells.try_into().expect("a label and 64 pixels")
}
