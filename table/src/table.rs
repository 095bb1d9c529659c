//! What the engine trains on.

/// A table of features and labels. Features that are numbers come first, then those of categories, 0 or 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the features; a category's is `column = category`.
    pub names: Vec<String>,
    /// How many features are numbers, to be standardised.
    pub numbers: usize,
    /// `[rows, features]`, row-major; NaN where a number is missing.
    pub features: Vec<f32>,
    /// A class for each row.
    pub labels: Vec<i32>,
    /// Names of the classes, by label.
    pub classes: Vec<String>,
}

impl Table {
    /// What is in the table, as 16 hexadecimal digits: see [`hash`].
    pub fn hash(&self) -> String {
        let hash = hash(self.numbers, &self.classes, &self.features, &self.labels);
        format!("{hash:016x}")
    }
}

/// FNV-1a, 64 bits, over the names of the classes, each ended by a byte 0; then, little-endian, the number of features that are
/// numbers (32 bits), the bits of every feature and every label. Whatever would change a run changes it.
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, The FNV Non-Cryptographic Hash Algorithm.
pub fn hash(numbers: usize, classes: &[impl AsRef<str>], features: &[f32], labels: &[i32]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for class in classes {
        add(class.as_ref().as_bytes());
        add(&[0]);
    }
    add(&(numbers as u32).to_le_bytes());
    for feature in features {
        add(&feature.to_bits().to_le_bytes());
    }
    for label in labels {
        add(&label.to_le_bytes());
    }
    hash
}
