use proptest::prelude::*;

use super::support::{TempFile, cells, row};
use crate::sheets::{Cell, Format, Limits, Options, SheetWriter, open, template};

fn write(format: Format, options: Options, rows: &[&[Cell]]) -> Vec<u8> {
    let mut writer =
        SheetWriter::new(format, Vec::new(), &["name", "count", "share"], options).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

const ROWS: &[&[Cell]] = &[
    &[Cell::Text("湖光 \"A\", Ltd"), Cell::Int(-3), Cell::Float(0.12345, 2)],
    &[Cell::Text("=cmd()"), Cell::Empty, Cell::Float(f64::NAN, 2)],
];

#[test]
fn csv_is_quoted_and_safe_in_a_spreadsheet() {
    let text = String::from_utf8(write(Format::Csv, Options::default(), ROWS)).unwrap();
    assert_eq!(text, "name,count,share\r\n\"湖光 \"\"A\"\", Ltd\",-3,0.12\r\n'=cmd(),,\r\n");
    assert!(write(Format::Csv, Options { bom: true }, ROWS).starts_with(b"\xEF\xBB\xBFname"));
}

#[test]
fn json_lines_are_objects_keyed_by_the_headers() {
    let text = String::from_utf8(write(Format::Jsonl, Options::default(), ROWS)).unwrap();
    assert_eq!(
        text,
        "{\"name\":\"湖光 \\\"A\\\", Ltd\",\"count\":-3,\"share\":0.12}\n{\"name\":\"=cmd()\",\"count\":null,\"share\":null}\n"
    );
}

#[test]
fn every_dangerous_start_is_guarded_in_csv() {
    for start in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'="] {
        let text = format!("{start}1");
        let written = write(Format::Csv, Options::default(), &[&[Cell::Text(&text)]]);
        let line = String::from_utf8(written).unwrap();
        let cell = line.strip_prefix("name,count,share\r\n").unwrap().trim_start_matches('"');
        assert!(cell.starts_with(&format!("'{start}")), "{line:?}");
    }
}

#[test]
fn a_workbook_reads_back_as_written() {
    let bytes = write(Format::Xlsx, Options::default(), ROWS);
    assert_eq!(
        cells(&bytes),
        [
            row(1, &["name", "count", "share"]),
            row(2, &["湖光 \"A\", Ltd", "-3", "0.12345"]),
            row(3, &["=cmd()"]),
        ]
    );
}

#[test]
fn the_same_rows_make_the_same_workbook_at_any_time() {
    let first = write(Format::Xlsx, Options::default(), ROWS);
    // A file of the next second: what a zip and a workbook hold of time has no finer steps.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == write(Format::Xlsx, Options::default(), ROWS));
}

#[test]
fn a_template_holds_its_headers_first() {
    let bytes =
        template(&[("legal_name", "As on the licence"), ("uscc", "")], &["Fill in one row each."])
            .unwrap();
    assert_eq!(cells(&bytes), [row(1, &["legal_name", "uscc"])]);
}

#[test]
fn formats_have_names() {
    for format in [Format::Csv, Format::Xlsx, Format::Jsonl] {
        assert_eq!(format.as_str().parse(), Ok(format));
    }
    assert!("pdf".parse::<Format>().is_err());
}

proptest! {
    #[test]
    fn any_text_survives_the_way_out_and_back(
        texts in proptest::collection::vec("[a-z'=+@,;\"\\-＝中\n ]{0,12}", 3)
    ) {
        let texts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
        let row: Vec<Cell> = texts.iter().map(|text| Cell::Text(text)).collect();
        for format in [Format::Csv, Format::Xlsx] {
            let file = TempFile::new(&write(format, Options::default(), &[&row]));
            let back = open(file.path(), &Limits::web()).unwrap().nth(1);
            let blank = texts.iter().all(|text| text.is_empty());
            prop_assert_eq!(back.is_none(), blank);
            if let Some(back) = back {
                let back = back.unwrap();
                let read: Vec<&str> = (0..3).map(|column| back.cell(column)).collect();
                prop_assert_eq!(&read, &texts);
            }
        }
    }
}
