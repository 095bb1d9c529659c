//! Whether bytes are the text of a table at all.

use crate::problem::Refusal;
use crate::{MAX_BYTES, MAX_ROWS};
use std::rc::Rc;

/// Text of a file, shared by the passes over it.
#[derive(Clone, Debug)]
pub(crate) struct Text(Rc<Vec<u8>>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Text {
    /// The text in `bytes`: UTF-8, without its byte-order mark, lines ended as on this side of 2001.
    pub(crate) fn new(mut bytes: Vec<u8>) -> Result<Self, Refusal> {
        if bytes.len() > MAX_BYTES {
            let message = format!(
                "the file has {} bytes; allowed: at most {MAX_BYTES} (and {MAX_ROWS} rows)",
                bytes.len()
            );
            return Err(Refusal::whole("too_large", message));
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if is_wide(&bytes) {
            let message = "the file is written in UTF-16 or UTF-32; allowed: UTF-8 (save it as \"CSV UTF-8\" or \"Unicode UTF-8\")";
            return Err(Refusal::whole("utf16", message));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Refusal::whole(
                "empty",
                "the file is empty; allowed: a line for each sample, with a delimiter between the fields",
            ));
        }
        if let Some(at) = memchr::memchr(0, &bytes) {
            let (line, column) = place(&bytes, at);
            let message = "a byte 0, which no text has: this is not a table as text (a spreadsheet or an archive, perhaps); \
                           allowed: comma-separated values in UTF-8";
            return Err(Refusal::at("binary", line, Some(column), message));
        }
        if let Err(error) = std::str::from_utf8(&bytes) {
            let at = error.valid_up_to();
            let (line, column) = place(&bytes, at);
            let message = format!(
                "byte {:#04x} at character {column} of the line is not UTF-8 (Latin-1 or Windows-1252, perhaps); allowed: UTF-8",
                bytes[at]
            );
            return Err(Refusal { column: Some(column), ..Refusal::at("not_utf8", line, None, message) });
        }
        // Spreadsheets begin a file with the delimiter that they chose. What is left is an empty line, so that lines keep their numbers.
        if bytes.len() > 5
            && bytes[..4].eq_ignore_ascii_case(b"sep=")
            && matches!(bytes[4], b',' | b';' | b'\t' | b'|')
            && matches!(bytes[5], b'\r' | b'\n')
        {
            bytes.drain(..5);
        }
        // Lines ended by a carriage return alone, as old spreadsheets on a Mac write them.
        if memchr::memchr(b'\n', &bytes).is_none() {
            for byte in &mut bytes {
                if *byte == b'\r' {
                    *byte = b'\n';
                }
            }
        }
        Ok(Self(Rc::new(bytes)))
    }
}

/// Whether the text is written in two or four bytes a character: marked so, or every second byte of its beginning is 0.
fn is_wide(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64) & !1];
    let every_second = |odd: usize| start.chunks_exact(2).all(|pair| pair[odd] == 0 && pair[1 - odd] != 0);
    bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || bytes.starts_with(b"\0\0\xfe\xff")
        || start.len() > 2 && (every_second(0) || every_second(1))
}

/// Line and character of the line at the byte `at`, both from 1.
fn place(bytes: &[u8], at: usize) -> (u64, usize) {
    let before = &bytes[..at];
    let line = 1 + memchr::memchr_iter(b'\n', before).count() as u64;
    let from = memchr::memrchr(b'\n', before).map_or(0, |i| i + 1);
    (line, 1 + String::from_utf8_lossy(&before[from..]).chars().count())
}
