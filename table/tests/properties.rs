//! Whatever the bytes, the reader ends, without a panic, with a table that holds together or a reason; and what is written as a
//! table is read back.

use distill_lab_table::{Choices, Kind, MAX_CLASSES, Reading};
use proptest::prelude::*;

fn delimiters() -> impl Strategy<Value = char> {
    prop::sample::select(vec![',', ';', '\t', '|'])
}

/// A field as RFC 4180 writes it where it has to be in quotes.
fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(bytes);
    }

    #[test]
    fn anything_like_a_table_is_read_or_refused(text in "([a-c0-9\",;\\.| \\t\\r\\n-]|nan|1e999){0,300}") {
        check(text.into_bytes());
    }

    #[test]
    fn interruptions_change_nothing(text in "([a-b0-9\",.]|\\n){0,300}", step in 1_usize..7) {
        let whole = Reading::whole(text.clone().into(), &Choices::default());
        let stepped = Reading::new(text.into(), &Choices::default()).and_then(|mut reading| {
            while !reading.advance(step)? {}
            let table = reading.take_table();
            Ok((reading.report().cloned().expect("it is done"), table))
        });
        // Debug text, since a gap (NaN) does not equal itself.
        prop_assert_eq!(format!("{whole:?}"), format!("{stepped:?}"));
    }

    #[test]
    fn a_table_that_is_written_is_read_back(
        rows in prop::collection::vec((-1e6_f32..1e6, -1e-3_f32..1e-3, 0_usize..3), 12..40),
        delimiter in delimiters(),
        quotes in any::<bool>(),
    ) {
        let classes = ["one, of; them|all", "a \"second\"", "third\none"];
        // Every class is there, more than once.
        let rows: Vec<_> = rows.iter().enumerate().map(|(i, r)| if i < 6 { (r.0, r.1, i % 3) } else { *r }).collect();
        let mut text = ["first", "second", "label"].join(&delimiter.to_string()) + "\r\n";
        for (a, b, class) in &rows {
            let (a, b) = (a.to_string(), b.to_string());
            let (a, b) = if quotes { (quoted(&a), quoted(&b)) } else { (a, b) };
            text += &format!("{a}{delimiter}{b}{delimiter}{}\r\n", quoted(classes[*class]));
        }
        let choices = Choices {
            kinds: [(0, Kind::Number), (1, Kind::Number)].into(),
            label: Some(2),
            ..Choices::default()
        };
        let (report, table) = Reading::whole(text.into(), &choices).expect("a table");
        let table = table.expect("a table");
        prop_assert_eq!(report.problems.total, 0);
        let want: Vec<f32> = rows.iter().flat_map(|r| [r.0, r.1]).collect();
        prop_assert_eq!(&table.features, &want);
        for (label, row) in table.labels.iter().zip(&rows) {
            prop_assert_eq!(&table.classes[*label as usize], classes[row.2]);
        }
    }
}

fn check(bytes: Vec<u8>) {
    match Reading::whole(bytes, &Choices::default()) {
        Err(refusal) => assert!(!refusal.message.is_empty()),
        Ok((report, Some(table))) => {
            assert_eq!(table.features.len(), table.labels.len() * table.names.len());
            assert!((2..=MAX_CLASSES).contains(&table.classes.len()));
            assert!(table.labels.iter().all(|&l| (l as usize) < table.classes.len()));
            assert!(table.features.iter().all(|v| !v.is_infinite()));
            assert_eq!(report.classes.iter().map(|c| c.rows).sum::<usize>(), report.kept);
            assert!(report.refusal.is_none() && report.hash.len() == 16);
        }
        Ok((report, None)) => assert!(report.refusal.is_some()),
    }
}
