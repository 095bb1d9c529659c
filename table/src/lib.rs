//! A user's table: text with a delimiter between its fields, read into what the engine trains on.
//!
//! There is one reader for the page and for the command line. [`Reading`] takes the bytes of a file, guesses how it is laid
//! out (delimiter, header, decimal comma) and what each column is (number, category, label), reads it in two passes that can
//! be interrupted anywhere, and yields a [`Report`] for people and a [`Table`] for the engine. Whatever was guessed can be set
//! in [`Choices`].
//!
//! A file that cannot be read is a [`Refusal`]; a cell or a row that cannot is a [`Problem`]; both name line and column.
//!
//! ```
//! use distill_lab_table::{Choices, Reading};
//! let text = "width;height;species\n1,5;2;cat\n0,5;1;dog\n1;1,5;cat\n0;1;dog\n";
//! let (report, table) = Reading::whole(text.into(), &Choices::default()).unwrap();
//! assert_eq!((report.layout.delimiter.as_str(), report.layout.decimal_comma), (";", true));
//! let table = table.unwrap();
//! assert_eq!(table.classes, ["cat", "dog"]);
//! assert_eq!(table.features[..2], [1.5, 2.0]);
//! ```

mod build;
mod cell;
mod choices;
mod columns;
mod layout;
mod problem;
mod quotes;
mod reading;
mod recipe;
mod records;
mod survey;
mod table;
mod text;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use choices::{Choices, Kind, Missing};
pub use columns::Column;
pub use layout::Layout;
pub use problem::{Problem, Problems, Refusal};
pub use reading::{Class, Reading, Report};
pub use recipe::Recipe;
pub use table::{Table, hash};

/// Most bytes of a file.
pub const MAX_BYTES: usize = 256 << 20;
/// Most rows.
pub const MAX_ROWS: usize = 50_000;
/// Fewest rows that can be split into a part for training and one for tests.
pub const MIN_ROWS: usize = 4;
/// Most columns of the file.
pub const MAX_COLUMNS: usize = 256;
/// Most features, categories taken apart.
pub const MAX_FEATURES: usize = 1024;
/// Most numbers of the table: rows times features.
pub const MAX_CELLS: usize = 12_800_000;
/// Most classes.
pub const MAX_CLASSES: usize = 100;
/// Most categories that a column is taken apart into.
pub const MAX_CATEGORIES: usize = 50;
/// Longest field, in bytes.
pub const MAX_FIELD: usize = 65_536;
