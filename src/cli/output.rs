//! Where the commands write: results to standard output, remarks to standard error.
//!
//! `println!` panics when the reader has gone (`distill-lab run ... | head -1`). A reader who has seen enough is no fault:
//! the command ends as if everything had been read.

use distill_lab::Error;
use std::io::{ErrorKind, Write};

/// Writes a result to standard output.
///
/// # Errors
/// Whatever keeps it from being written, but for a reader who has gone.
pub fn print(bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes.as_ref()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => {
            Err(Error::said("unwritable", format!("standard output: cannot be written: {e}")))
        }
        _ => Ok(()),
    }
}

/// Writes a result and ends its line.
///
/// # Errors
/// As [`print`].
pub fn print_line(mut text: String) -> Result<(), Error> {
    text.push('\n');
    print(text)
}

/// Says something that is no result. There is nowhere to say that it could not be said.
pub fn remark(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
