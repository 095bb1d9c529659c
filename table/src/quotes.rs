//! Whether the quotes of a record are closed, and closed where a field ends.
//!
//! The csv crate reads on whatever the quotes are; a quote that is never closed would silently swallow the rest of a file.

/// What is wrong with a record's quotes; `at` is the byte of the opening quote, `field` its field, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Never closed.
    Open { at: usize, field: usize },
    /// Closed, but the field goes on.
    Stray { at: usize, field: usize },
}

/// The first fault of a record's text.
pub(crate) fn fault(record: &[u8], delimiter: u8) -> Option<Fault> {
    memchr::memchr(b'"', record)?;
    let (mut at, mut field) = (0, 1);
    while at < record.len() {
        if record[at] == b'"' {
            let opened = at;
            at += 1;
            loop {
                let Some(next) = memchr::memchr(b'"', &record[at..]) else {
                    return Some(Fault::Open { at: opened, field });
                };
                at += next + 1;
                if record.get(at) != Some(&b'"') {
                    break;
                }
                at += 1; // two quotes stand for one
            }
            match record.get(at) {
                None | Some(b'\r' | b'\n') => return None,
                Some(&b) if b == delimiter => {}
                Some(_) => return Some(Fault::Stray { at: opened, field }),
            }
        } else {
            match record[at..].iter().position(|&b| b == delimiter || b == b'\r' || b == b'\n') {
                Some(more) if record[at + more] == delimiter => at += more,
                _ => return None,
            }
        }
        at += 1;
        field += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_followed_as_rfc_4180_writes_them() {
        for good in ["a,b", "\"a\",b", "\"a,\"\"b\"\"\",c\r\n", "a\"b,c", "\"two\nlines\",x", "\"\""] {
            assert_eq!(fault(good.as_bytes(), b','), None, "{good}");
        }
        assert_eq!(fault(b"1,\"two,3\n", b','), Some(Fault::Open { at: 2, field: 2 }));
        assert_eq!(fault(b"1,2,\"a\"b\n", b','), Some(Fault::Stray { at: 4, field: 3 }));
    }
}
