use proptest::prelude::*;

use super::support::{TempFile, cells, error, read, read_with, row};
use crate::sheets::{Encoding, Limits, SheetError, open};

const LIST: &str = "国家,名称\r\n中国,杭州湖光纺织有限公司\r\n中国,\"上海, 远\"\r\n";

fn encoding_of(bytes: &[u8]) -> Encoding {
    let file = TempFile::new(bytes);
    open(file.path(), &Limits::web()).unwrap().encoding().unwrap()
}

fn utf16(text: &str, to_bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn every_encoding_gives_the_same_rows() {
    let expected = [
        row(1, &["国家", "名称"]),
        row(2, &["中国", "杭州湖光纺织有限公司"]),
        row(3, &["中国", "上海, 远"]),
    ];
    let marked = format!("\u{FEFF}{LIST}");
    let (gb, _, _) = encoding_rs::GB18030.encode(LIST);
    for (name, bytes) in [
        ("UTF-8", LIST.as_bytes().to_vec()),
        ("UTF-8 with mark", marked.as_bytes().to_vec()),
        ("UTF-16 LE with mark", utf16(&marked, u16::to_le_bytes)),
        ("UTF-16 BE with mark", utf16(&marked, u16::to_be_bytes)),
        ("UTF-16 LE", utf16(LIST, u16::to_le_bytes)),
        ("UTF-16 BE", utf16(LIST, u16::to_be_bytes)),
        ("GB18030", gb.to_vec()),
    ] {
        assert_eq!(cells(&bytes), expected, "{name}");
    }
    assert_eq!(encoding_of(&gb), Encoding::Gb18030);
}

#[test]
fn western_accents_are_not_read_as_chinese() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("name,city\nIndustrias Químicas,Málaga\n");
    assert_eq!(encoding_of(&bytes), Encoding::Windows1252);
    assert_eq!(cells(&bytes)[1], row(2, &["Industrias Químicas", "Málaga"]));
}

#[test]
fn chinese_after_much_ascii_is_still_recognised() {
    let mut bytes = b"country,name\n".to_vec();
    bytes.extend("China,Plain Name Ltd\n".repeat(10_000).bytes());
    bytes.extend_from_slice(&encoding_rs::GB18030.encode("中国,杭州湖光纺织有限公司\n").0);
    assert_eq!(cells(&bytes).last(), Some(&row(10_002, &["中国", "杭州湖光纺织有限公司"])));
}

#[test]
fn a_broken_place_is_named_by_its_row() {
    let mut bytes = LIST.repeat(20_000).into_bytes();
    let at = bytes.len();
    bytes.extend_from_slice(b"\xFF\xFE,x\r\n");
    let lines = bytes[..at].iter().filter(|&&byte| byte == b'\n').count() as u64;
    let error = error(&bytes);
    assert_eq!((error.code(), error.row()), ("encoding", Some(lines + 1)));
}

#[test]
fn half_a_utf16_file_is_an_error() {
    let bytes = utf16(&format!("\u{FEFF}{LIST}"), u16::to_le_bytes);
    let error = error(&bytes[..(bytes.len() / 2) | 1]);
    assert_eq!(error.code(), "encoding");
}

#[test]
fn rows_are_counted_as_a_person_counts_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text =
            "a;b\n\n\nc;\"two\nlines\"\n  \n;;\nlast;1;extra\nshort\n\nx;y".replace('\n', end);
        assert_eq!(
            cells(text.as_bytes()),
            [
                row(1, &["a", "b"]),
                row(4, &["c", "two\nlines"]),
                row(8, &["last", "1", "extra"]),
                row(9, &["short"]),
                row(11, &["x", "y"]),
            ],
            "{end:?}"
        );
    }
}

#[test]
fn the_separator_is_told_by_the_header() {
    assert_eq!(cells(b"a\tb,c\td\n1\t2\n")[1], row(2, &["1", "2"]));
    assert_eq!(cells(b"\n\n\"a,b,c\";d\n1;2\n"), [row(3, &["a,b,c", "d"]), row(4, &["1", "2"])]);
}

#[test]
fn control_characters_become_spaces() {
    let text = "a,b\n x\0y ,\u{FEFF}z\u{3000}\n";
    assert_eq!(cells(text.as_bytes())[1], row(2, &["x y", "z"]));
}

#[test]
fn what_is_no_text_is_refused() {
    assert_eq!(error(b"").code(), "empty");
    assert_eq!(error(b"\n\n , \n").code(), "empty");
    assert_eq!(error(b"%PDF-1.7\n").code(), "not_a_sheet");
    assert_eq!(error(b"<html><table></table></html>").code(), "not_a_sheet");
    assert_eq!(error(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").code(), "old_or_protected");
    let noise: Vec<u8> =
        (0u32..5000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(error(&noise).code(), "not_a_sheet");
}

#[test]
fn limits_name_the_place() {
    let wide = format!("a\nb{}z\n", ",".repeat(200));
    let wide = error(wide.as_bytes());
    assert_eq!((wide.code(), wide.row(), wide.column()), ("too_many_columns", Some(2), Some("GS")));
    let long = format!("a,b\nx,{}\n", "长".repeat(32_768));
    let long = error(long.as_bytes());
    assert_eq!((long.code(), long.row(), long.column()), ("cell_too_long", Some(2), Some("B")));
    let limits = Limits { rows: Some(2), bytes: Some(100), ..Limits::web() };
    assert_eq!(read_with(b"a\n\nb\nc\n", &limits).unwrap_err().code(), "too_many_rows");
    assert_eq!(read_with(&[b'a'; 101], &limits).unwrap_err().code(), "file_too_large");
}

#[test]
fn a_quotation_mark_never_closed_does_not_take_in_the_whole_file() {
    let text = format!("a,b\nx,\"{}", "line of text,\n".repeat(1_000_000));
    match error(text.as_bytes()) {
        SheetError::RowTooLong { row, .. } => assert_eq!(row, 2),
        other => panic!("{other}"),
    }
}

#[test]
fn empty_cells_beyond_the_last_column_do_no_harm() {
    let text = format!("a\nb{}\n", ",".repeat(5000));
    assert_eq!(read(text.as_bytes()).unwrap()[1].cell(0), "b");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_text_panics(text in "[a,;\t\"'\n\r=\u{4E2D}\u{0}]{0,80}") {
        let _ = read(text.as_bytes());
    }
}
