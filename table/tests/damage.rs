//! Files with something wrong about them: each is told where and what, and what is allowed.

use distill_lab_table::{
    Choices, Kind, MAX_COLUMNS, MAX_FIELD, MAX_ROWS, Missing, Problem, Reading, Refusal,
};

/// Why the file has no table: what is thrown, or what stands in the report.
fn refusal(text: impl Into<Vec<u8>>) -> Refusal {
    match Reading::whole(text.into(), &Choices::default()) {
        Err(refusal) => refusal,
        Ok((report, table)) => {
            assert!(table.is_none(), "{report:?}");
            report.refusal.expect("no table has a reason")
        }
    }
}

fn problems(text: &str) -> Vec<Problem> {
    let (report, table) = Reading::whole(text.into(), &Choices::default()).unwrap();
    assert!(table.is_some(), "{:?}", report.refusal);
    report.problems.listed
}

#[test]
fn files_that_cannot_be_used_say_why() {
    let wide = |n: usize| vec!["1"; n].join(",") + "\n";
    let long = "1,2,a\n2,1,b\n".repeat(MAX_ROWS / 2 + 1);
    let mixed: String = (0..200).map(|i| format!("{i}.5,{}\n", f64::from(i) * 1.7)).collect();
    let words: String = (0..200).map(|i| format!("{i}.5,word{i}\n")).collect();
    for (name, text, code, line, column, part) in [
        ("empty", "".as_bytes(), "empty", None, None, "a line for each sample"),
        ("blank", b" \n\r\n\t\n", "empty", None, None, "the file is empty"),
        ("only a header", b"a,b,label\n", "no_rows", None, None, "below the header"),
        ("binary", b"PK\x03\x04,1\n\x00\x01", "binary", Some(2), Some(1), "line 2, column 1"),
        ("utf-16", b"\xff\xfea\x00,\x00", "utf16", None, None, "UTF-8"),
        ("utf-16 unmarked", b"a\x00,\x00b\x00\n\x00", "utf16", None, None, "UTF-8"),
        (
            "one class beside another column that could be one",
            b"x,y,label\n1,a,z\n2,b,z\n3,a,z\n4,b,z\n",
            "one_class",
            None,
            Some(3),
            "column 3 (label): one class alone",
        ),
        (
            "figures with a unit",
            b"x,label\n1 kg,a\n2 kg,b\n3 kg,a\n4 kg,b\n5 kg,a\n",
            "no_features",
            None,
            None,
            "not used: column 1 (x): many different words",
        ),
        ("latin-1", b"a,b\n1,caf\xe9\n", "not_utf8", Some(2), Some(6), "line 2: byte 0xe9 at character 6"),
        (
            "open quote",
            b"a,b\n1,x\n2,\"y\n3,x\n",
            "unclosed_quote",
            Some(3),
            Some(2),
            "line 3, column 2: a quote",
        ),
        (
            "too many columns",
            wide(MAX_COLUMNS + 1).repeat(5).as_bytes(),
            "too_many_columns",
            Some(1),
            None,
            "at most 256",
        ),
        (
            "too many rows",
            long.as_bytes(),
            "too_many_rows",
            Some(MAX_ROWS as u64 + 1),
            None,
            "at most 50000 rows",
        ),
        ("one column", b"a\nb\na\nb\n", "one_column", None, None, "delimiter"),
        ("ragged", b"a,b\n1,2\n1\n1,2,3\n1,2,3,4\n1\n1,2\n", "ragged", None, None, "same number of fields"),
        (
            "one class",
            b"x,label\n1,a\n2,a\n3,a\n4,a\n",
            "one_class",
            None,
            Some(2),
            "column 2 (label): one class alone",
        ),
        ("a quantity", mixed.as_bytes(), "too_many_classes", None, Some(2), "a regression"),
        ("names", words.as_bytes(), "too_many_classes", None, Some(2), "different labels"),
        ("no label", b"x,label\n1,\n2,NA\n3,\n4,\n", "empty_label", None, Some(2), "the label has no values"),
        (
            "constant",
            b"x,label\n5,a\n5,b\n5,a\n5,b\n",
            "no_features",
            None,
            None,
            "at least one number or category",
        ),
        ("few rows", b"x,label\n1,a\n2,b\n", "too_few_rows", None, None, "at least 4"),
    ] {
        let got = refusal(text);
        assert_eq!((got.code, got.line, got.column), (code, line, column), "{name}: {got:?}");
        assert!(got.message.contains(part), "{name}: {}", got.message);
        assert!(got.message.contains("allowed"), "{name}: {}", got.message);
    }
}

#[test]
fn places_that_cannot_be_used_are_listed() {
    let head = "x,y,label\n1,2,a\n2,1,b\n3,3,a\n4,1,b\n5,2,a\n6,2,b\n7,1,a\n8,2,b\n9,2,a\n0,1,b\n";
    let huge = format!("\"{}\",1,a", "z".repeat(MAX_FIELD + 1));
    for (row, code, column, value, done) in [
        ("1,2", "ragged", None, "2 fields", "row_left_out"),
        ("1,2,a,4", "ragged", None, "4 fields", "row_left_out"),
        ("1,two,a", "not_a_number", Some(2), "two", "taken_as_missing"),
        ("1,inf,a", "not_finite", Some(2), "inf", "taken_as_missing"),
        ("1e999,1,a", "not_finite", Some(1), "1e999", "taken_as_missing"),
        (",1,a", "missing", Some(1), "", "taken_as_missing"),
        ("1,NaN,a", "missing", Some(2), "NaN", "taken_as_missing"),
        ("1,2,", "missing_label", Some(3), "", "row_left_out"),
        ("1,\"2\"3,a", "stray_quote", Some(2), "23", "row_left_out"),
        (&huge, "long_field", Some(1), &format!("{}…", "z".repeat(40)), "row_left_out"),
    ] {
        // Below an empty line: lines are counted as an editor counts them.
        let found = problems(&format!("{head}\n{row}\n1,1,b\n"));
        let [p] = &found[..] else { panic!("{row}: {found:?}") };
        assert_eq!((p.code, p.line, p.column), (code, 13, column), "{p:?}");
        assert_eq!((p.value.as_str(), p.done), (value, done), "{p:?}");
        assert!(!p.allowed.is_empty());
    }
    let twice = problems("x,x,label\n1,2,a\n2,1,b\n3,3,a\n4,1,b\n");
    assert_eq!((twice[0].code, twice[0].line, twice[0].column), ("duplicate_name", 1, Some(2)));
    let short = problems("x,label\n1,2,a\n2,1,b\n3,3,a\n4,1,b\n");
    assert_eq!(short[0].code, "header_length");
}

#[test]
fn what_is_harmless_is_no_problem() {
    let plain = "x,y,label\n1,2,a\n2,1,b\n3,4,a\n4,3,b\n";
    let (_, want) = Reading::whole(plain.into(), &Choices::default()).unwrap();
    for same in [
        format!("\u{feff}{plain}"),
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
        plain.replace('\n', "\n\n"),
        plain.replace(',', "\t"),
        plain.replace(',', " | "),
        plain.replace(',', ";"),
        plain.replace("1,2,a", "\"1\",\"2\",\"a\""),
        plain.trim_end().into(),
    ] {
        let (report, table) = Reading::whole(same.clone().into(), &Choices::default()).unwrap();
        assert_eq!(report.problems.total, 0, "{same:?}");
        assert_eq!(table, want, "{same:?}");
    }
}

#[test]
fn columns_are_taken_for_what_they_are_and_can_be_set() {
    let mut text = String::from("id,size,colour,name,empty,same,species\n");
    for i in 0..40 {
        let (colour, species) = (["red", "blue"][i % 2], ["cat", "dog", "owl"][i % 3]);
        text += &format!("{i},{}.5,{colour},name{i},,7,{species}\n", i * i % 17);
    }
    let (report, table) = Reading::whole(text.clone().into(), &Choices::default()).unwrap();
    let kinds: Vec<(Kind, Option<&str>)> = report.columns.iter().map(|c| (c.kind, c.note)).collect();
    assert_eq!(
        kinds,
        [
            (Kind::Ignored, Some("counting")),
            (Kind::Number, None),
            (Kind::Category, None),
            (Kind::Ignored, Some("many_words")),
            (Kind::Ignored, Some("empty")),
            (Kind::Ignored, Some("constant")),
            (Kind::Label, None),
        ]
    );
    let table = table.unwrap();
    assert_eq!(table.names, ["size", "colour = blue", "colour = red"]);
    assert_eq!(table.features[..6], [0.5, 0.0, 1.0, 1.5, 1.0, 0.0]);
    assert_eq!((table.classes.as_slice(), table.numbers), (&["cat", "dog", "owl"].map(String::from)[..], 1));

    let choices = Choices { label: Some(2), kinds: [(0, Kind::Number)].into(), ..Choices::default() };
    let (report, table) = Reading::whole(text.into(), &choices).unwrap();
    assert_eq!(report.columns[6].kind, Kind::Category);
    assert_eq!(table.unwrap().names, ["id", "size", "species = cat", "species = dog", "species = owl"]);
}

#[test]
fn rows_with_gaps_are_kept_or_left_out_as_chosen() {
    let text = "x,colour,label\n1,red,a\n,red,b\n3,,a\n4,blue,b\n5,blue,a\n6,red,b\n";
    let keep = Choices::default();
    let leave = Choices { missing: Missing::LeaveOut, ..keep.clone() };
    let (report, table) = Reading::whole(text.into(), &keep).unwrap();
    let table = table.unwrap();
    assert_eq!((report.rows, report.kept), (6, 6));
    assert!(table.features[3].is_nan());
    assert_eq!(table.features[6..9], [3.0, 0.0, 0.0]);
    let (report, table) = Reading::whole(text.into(), &leave).unwrap();
    assert_eq!((report.rows, report.kept, report.problems.total), (6, 4, 2));
    assert!(table.unwrap().features.iter().all(|v| v.is_finite()));
}

#[test]
fn labels_that_are_numbers_are_in_their_order_and_one_however_they_are_written() {
    let text = "x,label\n1,10\n2,2\n3,2.0\n4,10\n5,1\n6,01\n";
    let (report, table) = Reading::whole(text.into(), &Choices::default()).unwrap();
    assert_eq!(table.unwrap().labels, [2, 1, 1, 2, 0, 0]);
    assert_eq!(report.classes.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["1", "2", "10"]);
}

#[test]
fn problems_are_listed_up_to_a_bound_and_all_are_counted() {
    let text = "x,y,label\n".to_string() + &"1,,a\n2,3,b\n3,4,b\n".repeat(1000);
    let (report, _) = Reading::whole(text.into(), &Choices::default()).unwrap();
    assert_eq!((report.problems.total, report.problems.counts["missing"]), (1000, 1000));
    assert_eq!(report.problems.listed.len(), 200);
}

#[test]
fn a_spreadsheets_line_about_the_delimiter_is_no_header_and_lines_keep_their_numbers() {
    let (report, table) = Reading::whole(
        "sep=;\nx;y;label\n1,5;2;a\n2,5;1;b\nmuch;3;a\n4,5;1;b\n5,5;1;b\n6,5;2;a\n7,5;2;a\n8,5;1;b\n9,5;2;a\n0,5;1;b\n".into(),
        &Choices::default(),
    )
    .unwrap();
    assert_eq!(table.unwrap().classes, ["a", "b"]);
    assert_eq!(report.layout.delimiter, ";");
    assert_eq!(report.problems.listed[0].line, 5);
}
