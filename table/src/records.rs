//! The records of a text, one at a time, each with the line on which it begins.

use crate::layout::Layout;
use crate::quotes::{self, Fault};
use crate::text::Text;
use csv::{ByteRecord, ReaderBuilder, Trim};
use std::io::Cursor;

/// An interruptible pass over the records of a text.
pub(crate) struct Records {
    reader: csv::Reader<Cursor<Text>>,
    text: Text,
    delimiter: u8,
    record: ByteRecord,
}

/// A record.
pub(crate) struct Row<'a> {
    /// From 1.
    pub(crate) line: u64,
    /// Its fields, trimmed.
    pub(crate) fields: &'a ByteRecord,
    /// What is wrong with its quotes, and the line of that.
    pub(crate) fault: Option<(Fault, u64)>,
}

impl Records {
    pub(crate) fn new(text: &Text, layout: &Layout) -> Self {
        Self::delimited(text, layout.byte())
    }

    pub(crate) fn delimited(text: &Text, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(Cursor::new(text.clone()));
        Self { reader, text: text.clone(), delimiter, record: ByteRecord::new() }
    }

    /// Bytes behind the last record.
    pub(crate) fn position(&self) -> usize {
        self.reader.position().byte() as usize
    }

    /// The next record that is not an empty line.
    pub(crate) fn next(&mut self) -> Option<Row<'_>> {
        let (from, mut line) = {
            let at = self.reader.position();
            (at.byte() as usize, at.line())
        };
        // Reading from memory cannot fail, and no length or encoding is asked for.
        if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        // The position is where the search for the record began: what ends the line before, and empty lines, are skipped.
        let bytes = self.text.as_ref();
        let end = self.reader.position().byte() as usize;
        let raw = bytes.get(from..end).unwrap_or(&[]);
        let skipped = raw.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let (before, raw) = raw.split_at(skipped);
        line += memchr::memchr_iter(b'\n', before).count() as u64;
        let fault = quotes::fault(raw, self.delimiter).map(|fault| {
            let (Fault::Open { at, .. } | Fault::Stray { at, .. }) = fault;
            let lines = memchr::memchr_iter(b'\n', &raw[..at]).count();
            (fault, line + lines as u64)
        });
        Some(Row { line, fields: &self.record, fault })
    }
}
