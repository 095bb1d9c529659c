//! Packs data/digits.csv, when the engine is built; [`squeeze`] says how. No part of the engine: build.rs and xtask include it.

use super::squeeze::{self, Coder, Interval, Row};

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

/// The packed form of the file's text.
pub fn packed(text: &str) -> Vec<u8> {
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
    writer.bytes
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
