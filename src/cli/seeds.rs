//! `--seeds A..B`: which seeds a command repeats its work under.

use distill_lab::config::fields::{self, Kind};
use std::ops::Range;

/// Most seeds of one range; every result is held until all are there.
const MAX_SEEDS: u64 = 100_000;

/// A range of seeds from what was typed.
pub fn range(text: &str) -> Result<Range<u64>, String> {
    let of = |text: &str| -> Option<Range<u64>> {
        let (from, to) = text.split_once("..")?;
        Some(from.parse().ok()?..to.parse().ok()?)
    };
    of(text).filter(is_allowed).ok_or_else(allowed)
}

/// Whether a command takes this range.
pub fn is_allowed(range: &Range<u64>) -> bool {
    // B itself is left out, so that it may be one more than a seed.
    !range.is_empty() && range.end - range.start <= MAX_SEEDS && range.end - 1 <= largest()
}

/// What a range has to be.
pub fn allowed() -> String {
    let largest = largest();
    format!(
        "allowed: A..B with whole numbers, A < B, such as 0..12; seeds up to {largest}, at most {MAX_SEEDS} of them"
    )
}

/// The largest seed that a config takes.
fn largest() -> u64 {
    match fields::find("seed").map(|field| field.kind) {
        Some(Kind::Integer { max, .. }) => max,
        _ => unreachable!("the seed is a whole number"),
    }
}
