use std::time::{Duration, Instant};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::support::{TempFile, cells, error, read, read_with, row, workbook, workbook_with};
use crate::sheets::{FaultKind, Limits, open, open_sheet};

fn inline(reference: &str, text: &str) -> String {
    format!(r#"<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn values_read_as_a_person_sees_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet.write_string(0, 0, " 名称 ").unwrap();
    sheet.write_number(1, 0, 913_302_012_345.0).unwrap();
    sheet.write_number(1, 1, 0.1 + 0.2).unwrap();
    sheet.write_boolean(1, 2, true).unwrap();
    let day = ExcelDateTime::from_ymd(2021, 12, 31).unwrap();
    sheet.write_datetime_with_format(1, 3, &day, &date).unwrap();
    let morning = ExcelDateTime::from_ymd(2021, 12, 31).unwrap().and_hms(8, 30, 0).unwrap();
    sheet.write_datetime_with_format(1, 4, &morning, &moment).unwrap();
    sheet.write_number(1, 6, -12.5).unwrap();
    sheet.write_string(1, 7, "two\nlines").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        cells(&bytes),
        [
            row(1, &["名称"]),
            row(
                2,
                &[
                    "913302012345",
                    "0.3",
                    "TRUE",
                    "2021-12-31",
                    "2021-12-31 08:30",
                    "",
                    "-12.5",
                    "two\nlines"
                ]
            ),
        ]
    );
}

#[test]
fn a_long_code_stored_as_a_number_is_reported() {
    let bytes = workbook(
        r#"<row r="1"><c r="A1"><v>914403001000123160</v></c><c r="B1" t="e"><v>#REF!</v></c></row>"#,
    );
    let rows = read(&bytes).unwrap();
    assert_eq!(rows[0].cell(0), "914403001000123136");
    let faults: Vec<_> = rows[0].faults.iter().map(|fault| (fault.column, fault.kind)).collect();
    assert_eq!(faults, [(0, FaultKind::DigitsLost), (1, FaultKind::FormulaError)]);
}

#[test]
fn two_cells_at_the_far_corners_cost_nothing() {
    let data = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        inline("A1", "name"),
        inline("XFD1048576", "x")
    );
    let bytes = workbook(&data);
    assert!(bytes.len() < 2000);
    let start = Instant::now();
    let error = error(&bytes);
    assert_eq!(
        (error.code(), error.row(), error.column()),
        ("too_many_columns", Some(1_048_576), Some("XFD"))
    );
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn sparse_rows_keep_their_numbers() {
    let data = format!(
        r#"<row r="1">{}</row><row r="9"><c r="XFD9" s="0"/></row><row r="1048576">{}</row>"#,
        inline("A1", "name"),
        inline("B1048576", "x")
    );
    assert_eq!(cells(&workbook(&data)), [row(1, &["name"]), row(1_048_576, &["", "x"])]);
}

#[test]
fn a_bomb_is_refused_before_it_is_read() {
    let spaces = " ".repeat(3 << 20);
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::web() };
    let code = |bytes: &[u8]| read_with(bytes, &limits).unwrap_err().code();
    assert_eq!(code(&workbook(&spaces)), "expands_too_much");
    // One text without end.
    assert_eq!(error(&workbook(&inline("A1", &spaces))).code(), "expands_too_much");
    let limits = Limits { shared_text_bytes: 1000, ..Limits::web() };
    let texts = "<si><t>a</t></si>".repeat(100);
    let bytes = workbook_with("", &format!("<sst>{texts}</sst>"));
    assert_eq!(read_with(&bytes, &limits).unwrap_err().code(), "expands_too_much");
}

#[test]
fn an_archive_that_lies_about_its_sizes_is_refused() {
    let mut bytes = workbook(&inline("A1", &"x".repeat(100_000)));
    // The unpacked size stands 24 bytes into each entry of the central directory.
    let entries: Vec<usize> =
        (0..bytes.len() - 4).filter(|&at| bytes[at..].starts_with(b"PK\x01\x02")).collect();
    for at in entries {
        bytes[at + 24..at + 28].copy_from_slice(&1u32.to_le_bytes());
    }
    let limits = Limits { unpacked_bytes: 50_000, ..Limits::web() };
    assert!(read_with(&bytes, &limits).is_err());
}

#[test]
fn a_table_of_texts_cannot_reserve_memory_by_its_claim() {
    for claim in [
        r#"uniqueCount="99999999999""#,
        r#"uniqueCount = '+18446744073709551615'"#,
        &format!(r#"uniqueCount{}="99999999999""#, " ".repeat(60)),
    ] {
        let bytes = workbook_with("", &format!("<sst {claim}><si><t>a</t></si></sst>"));
        assert_eq!(error(&bytes).code(), "expands_too_much", "{claim}");
    }
}

#[test]
fn markup_in_disguise_is_refused() {
    let utf16: String =
        "<sst uniqueCount=\"99999999999\"/>".chars().flat_map(|c| [c, '\0']).collect();
    assert_eq!(error(&workbook_with("", &utf16)).code(), "damaged");
    let data = format!("<!-- {} -->", "<>".repeat(100));
    assert_eq!(error(&workbook(&data)).code(), "damaged");
}

#[test]
fn too_many_parts_are_refused() {
    let mut bytes = workbook(&inline("A1", "x"));
    let end = bytes.len() - 22;
    bytes[end + 10..end + 12].copy_from_slice(&2000u16.to_le_bytes());
    assert_eq!(error(&bytes).code(), "expands_too_much");
}

#[test]
fn a_truncated_archive_is_damaged_not_fatal() {
    let bytes = workbook(&inline("A1", "x"));
    for end in (4..bytes.len()).step_by(97) {
        assert_eq!(error(&bytes[..end]).code(), "damaged", "{end}");
    }
}

#[test]
fn a_row_that_goes_back_is_damage() {
    let data =
        format!(r#"<row r="5">{}</row><row r="2">{}</row>"#, inline("A5", "x"), inline("A2", "y"));
    let error = error(&workbook(&data));
    assert_eq!((error.code(), error.row()), ("damaged", Some(6)));
}

#[test]
fn a_text_missing_from_the_table_is_damage() {
    let data = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"/><row r="3"><c r="A3"><v>1</v></c></row><row r="4"><c r="A4" t="s"><v>7</v></c></row>"#;
    let file = TempFile::new(&workbook(data));
    let mut rows = open(file.path(), &Limits::web()).unwrap();
    assert_eq!(rows.next().unwrap().unwrap().cell(0), "shared");
    assert_eq!(rows.next().unwrap().unwrap_err().code(), "damaged");
    assert!(rows.next().is_none());
}

#[test]
fn the_first_visible_sheet_is_read_or_the_named_one() {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet().set_name("Lists").unwrap();
    hidden.write_string(0, 0, "hidden").unwrap();
    hidden.set_hidden(true);
    let seen = book.add_worksheet().set_name("供应商").unwrap();
    seen.write_string(0, 0, "seen").unwrap();
    seen.set_active(true);
    let file = TempFile::new(&book.save_to_buffer().unwrap());
    let first = |sheet| {
        open_sheet(file.path(), &Limits::web(), sheet)
            .map(|mut rows| rows.next().unwrap().unwrap().cells)
    };
    assert_eq!(first(None).unwrap(), ["seen"]);
    assert_eq!(first(Some("Lists")).unwrap(), ["hidden"]);
    assert_eq!(first(Some("Nope")).unwrap_err().code(), "no_such_sheet");
}

#[test]
fn reading_may_stop_early() {
    let data: String = (1..5000)
        .map(|n| format!(r#"<row r="{n}">{}</row>"#, inline(&format!("A{n}"), "x")))
        .collect();
    let file = TempFile::new(&workbook(&data));
    let mut rows = open(file.path(), &Limits::web()).unwrap();
    assert_eq!(rows.next().unwrap().unwrap().number, 1);
    drop(rows);
    assert_eq!(open(file.path(), &Limits::web()).unwrap().count(), 4999);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_damage_panics(at in 0usize..4000, byte in any::<u8>()) {
        let mut bytes = workbook(&inline("A1", "x"));
        let length = bytes.len();
        bytes[at % length] = byte;
        let _ = read(&bytes);
    }
}
