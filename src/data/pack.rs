//! The bytes of data/digits.csv: for each row its label, then its 64 pixels. No part of the engine: build.rs and xtask include it.

/// The bytes of the file's text, without its first line and each line's first cell, which says whether the sample is for training.
pub fn bytes(text: &str) -> Vec<u8> {
    text.lines()
        .skip(1)
        .flat_map(|line| line.split(',').skip(1))
        .map(|cell| cell.parse().expect("digits.csv holds whole numbers"))
        .collect()
}
