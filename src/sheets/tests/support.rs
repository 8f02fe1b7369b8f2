//! Files for the tests, gone when dropped.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::sheets::{Limits, Row, SheetError, open};

pub struct TempFile(PathBuf);

impl TempFile {
    pub fn new(bytes: &[u8]) -> TempFile {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("sheet-{}-{number}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        TempFile(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// All rows of a file with these bytes.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, SheetError> {
    read_with(bytes, &Limits::web())
}

pub fn read_with(bytes: &[u8], limits: &Limits) -> Result<Vec<Row>, SheetError> {
    let file = TempFile::new(bytes);
    open(file.path(), limits)?.collect()
}

/// Number and cells of each row.
pub fn cells(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    read(bytes).unwrap().into_iter().map(|row| (row.number, row.cells)).collect()
}

pub fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (number, cells.iter().map(|&cell| cell.to_owned()).collect())
}

/// The error of a file that cannot be read to its end.
pub fn error(bytes: &[u8]) -> SheetError {
    read(bytes).expect_err("an error")
}

/// A workbook whose only sheet has this XML within `sheetData`.
pub fn workbook(sheet_data: &str) -> Vec<u8> {
    workbook_with(sheet_data, "<sst><si><t>shared</t></si></sst>")
}

pub fn workbook_with(sheet_data: &str, shared_text: &str) -> Vec<u8> {
    const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let parts = [
        (
            "_rels/.rels",
            format!(
                r#"{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/sharedStrings.xml", shared_text.to_owned()),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>"#
            ),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
