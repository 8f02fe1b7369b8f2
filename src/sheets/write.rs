//! Writing rows as CSV, XLSX or JSON lines, in constant memory.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellFormat, Workbook, XlsxError};

use super::{CELL_CHARS, is_guarded_or_formula};
use crate::error::Error;

/// The formats that rows are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180), UTF-8.
    Csv,
    /// An Excel workbook with one sheet.
    Xlsx,
    /// One JSON object a line, its keys being the headers.
    Jsonl,
}

impl Format {
    /// The name of the format, which is also its file extension.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Jsonl => "jsonl",
        }
    }

    /// The media type of the format.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Jsonl => "application/jsonl",
        }
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        [Format::Csv, Format::Xlsx, Format::Jsonl]
            .into_iter()
            .find(|format| format.as_str() == name)
            .ok_or(UnknownFormat)
    }
}

/// The name is none of "csv", "xlsx" and "jsonl".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownFormat;

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the formats are csv, xlsx and jsonl")
    }
}

impl std::error::Error for UnknownFormat {}

/// The content of one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A text; never read as a formula or a number by the spreadsheet.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A number and its decimals. One that is not finite is written as empty.
    Float(f64, u8),
    /// Nothing; `null` in JSON.
    Empty,
}

/// How the rows are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Begin a CSV with a byte order mark, without which Excel garbles Chinese. For downloads by
    /// people; programs are better served without.
    pub bom: bool,
}

/// Why rows cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// Writing to the output failed.
    Io(io::Error),
    /// The workbook cannot hold the rows: more than 1,048,576, or a disk full of temporary data.
    Workbook(Box<XlsxError>),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Io(error) => error.fmt(f),
            WriteError::Workbook(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> WriteError {
        WriteError::Io(error)
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> WriteError {
        WriteError::Workbook(Box::new(error))
    }
}

/// A workbook that is full is for who asked for it to mend; a broken output is not.
impl From<WriteError> for Error {
    fn from(error: WriteError) -> Error {
        match error {
            // A workbook ends at 1,048,576 rows; the other formats do not.
            WriteError::Workbook(_) => Error::Conflict("conflict-workbook-full"),
            WriteError::Io(error) => error.into(),
        }
    }
}

/// Writes rows to `out`. Nothing is complete before [`SheetWriter::finish`].
pub struct SheetWriter<W: Write + Send> {
    out: W,
    body: Body,
}

enum Body {
    Csv(Vec<u8>),
    /// The keys as JSON with their colon, such as `"name":`.
    Jsonl {
        keys: Vec<Vec<u8>>,
        buffer: Vec<u8>,
    },
    Workbook(Box<WorkbookBody>),
}

struct WorkbookBody {
    workbook: Workbook,
    /// Formats for numbers by their decimals.
    decimals: Vec<CellFormat>,
    row: u32,
}

/// How many bytes are gathered before they are written out.
const FLUSH_BYTES: usize = 64 * 1024;
/// The width of a column in a workbook, in characters, at most.
const MAX_WIDTH: usize = 40;
/// The most decimals of a number.
const MAX_DECIMALS: u8 = 15;

impl<W: Write + Send> SheetWriter<W> {
    /// Start a sheet with these headers.
    pub fn new(
        format: Format,
        out: W,
        headers: &[&str],
        options: Options,
    ) -> Result<SheetWriter<W>, WriteError> {
        let body = match format {
            Format::Csv => Body::Csv(start_csv(headers, options)),
            Format::Jsonl => Body::Jsonl {
                keys: headers.iter().map(|header| json_key(header)).collect(),
                buffer: Vec::with_capacity(FLUSH_BYTES * 2),
            },
            Format::Xlsx => Body::Workbook(Box::new(start_workbook(headers)?)),
        };
        Ok(SheetWriter { out, body })
    }

    /// Write one row. Cells beyond the headers are left out of JSON.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        let buffer = match &mut self.body {
            Body::Workbook(body) => return body.row(cells),
            Body::Csv(buffer) => {
                write_csv_row(buffer, cells)?;
                buffer
            }
            Body::Jsonl { keys, buffer } => {
                write_json_row(buffer, keys, cells)?;
                buffer
            }
        };
        if buffer.len() >= FLUSH_BYTES {
            self.out.write_all(buffer)?;
            buffer.clear();
        }
        Ok(())
    }

    /// Write what is left and return the output, flushed.
    pub fn finish(mut self) -> Result<W, WriteError> {
        match self.body {
            Body::Csv(buffer) | Body::Jsonl { buffer, .. } => self.out.write_all(&buffer)?,
            Body::Workbook(mut body) => body.workbook.save_to_writer(&mut self.out)?,
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

fn start_csv(headers: &[&str], options: Options) -> Vec<u8> {
    let mut buffer = Vec::with_capacity(FLUSH_BYTES * 2);
    if options.bom {
        buffer.extend_from_slice("\u{FEFF}".as_bytes());
    }
    for (column, header) in headers.iter().enumerate() {
        if column > 0 {
            buffer.push(b',');
        }
        push_csv_text(&mut buffer, header);
    }
    buffer.extend_from_slice(b"\r\n");
    buffer
}

fn write_csv_row(buffer: &mut Vec<u8>, cells: &[Cell]) -> io::Result<()> {
    let start = buffer.len();
    for (column, cell) in cells.iter().enumerate() {
        if column > 0 {
            buffer.push(b',');
        }
        match *cell {
            Cell::Text(text) => push_csv_text(buffer, text),
            Cell::Int(number) => write!(buffer, "{number}")?,
            Cell::Float(number, decimals) => push_float(buffer, number, decimals)?,
            Cell::Empty => {}
        }
    }
    // A row of one empty cell must not read as a blank line.
    if buffer.len() == start {
        buffer.extend_from_slice(b"\"\"");
    }
    buffer.extend_from_slice(b"\r\n");
    Ok(())
}

fn push_csv_text(buffer: &mut Vec<u8>, text: &str) {
    // Most cells begin with a letter or digit and take the short way.
    let guarded = !text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric)
        && is_guarded_or_formula(text);
    let quoted = text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'));
    if quoted {
        buffer.push(b'"');
    }
    if guarded {
        buffer.push(b'\'');
    }
    if !quoted {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    for (index, piece) in text.as_bytes().split(|&byte| byte == b'"').enumerate() {
        if index > 0 {
            buffer.extend_from_slice(b"\"\"");
        }
        buffer.extend_from_slice(piece);
    }
    buffer.push(b'"');
}

fn push_float(buffer: &mut Vec<u8>, number: f64, decimals: u8) -> io::Result<()> {
    if !number.is_finite() {
        return Ok(());
    }
    write!(buffer, "{number:.*}", usize::from(decimals.min(MAX_DECIMALS)))
}

fn json_key(header: &str) -> Vec<u8> {
    let mut key = serde_json::Value::from(header).to_string().into_bytes();
    key.push(b':');
    key
}

fn write_json_row(buffer: &mut Vec<u8>, keys: &[Vec<u8>], cells: &[Cell]) -> io::Result<()> {
    buffer.push(b'{');
    for (column, (key, cell)) in keys.iter().zip(cells).enumerate() {
        if column > 0 {
            buffer.push(b',');
        }
        buffer.extend_from_slice(key);
        let before = buffer.len();
        match *cell {
            Cell::Text(text) => serde_json::to_writer(&mut *buffer, text)?,
            Cell::Int(number) => write!(buffer, "{number}")?,
            Cell::Float(number, decimals) => push_float(buffer, number, decimals)?,
            Cell::Empty => {}
        }
        if buffer.len() == before {
            buffer.extend_from_slice(b"null");
        }
    }
    buffer.extend_from_slice(b"}\n");
    Ok(())
}

/// How the headers of a workbook look.
pub(super) fn header_format() -> CellFormat {
    CellFormat::new().set_bold()
}

/// A workbook without the moment of its making: the same content is the same file, byte by byte.
pub(super) fn new_workbook() -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(workbook)
}

fn start_workbook(headers: &[&str]) -> Result<WorkbookBody, WriteError> {
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let bold = header_format();
    for (column, header) in (0u16..).zip(headers) {
        let width = header.chars().count().clamp(10, MAX_WIDTH) + 4;
        sheet.set_column_width(column, width as f64)?;
        sheet.write_string_with_format(0, column, *header, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let decimals = (0..=usize::from(MAX_DECIMALS)).map(|count| {
        let point = if count > 0 { "." } else { "" };
        CellFormat::new().set_num_format(format!("0{point}{}", "0".repeat(count)))
    });
    Ok(WorkbookBody { decimals: decimals.collect(), workbook, row: 0 })
}

impl WorkbookBody {
    fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        self.row += 1;
        let row = self.row;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0u16..).zip(cells) {
            match *cell {
                // An empty text would only make the file larger.
                Cell::Text("") | Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(row, column, fitting(text))?,
                // Beyond 15 digits a spreadsheet would round.
                Cell::Int(number) if number.unsigned_abs() >= 1_000_000_000_000_000 => {
                    sheet.write_string(row, column, number.to_string())?
                }
                Cell::Int(number) => sheet.write_number(row, column, number as f64)?,
                Cell::Float(number, _) if !number.is_finite() => continue,
                Cell::Float(number, decimals) => {
                    let format = &self.decimals[usize::from(decimals.min(MAX_DECIMALS))];
                    sheet.write_number_with_format(row, column, number, format)?
                }
            };
        }
        Ok(())
    }
}

/// The text as far as a cell can hold it.
fn fitting(text: &str) -> &str {
    if text.len() <= CELL_CHARS {
        return text;
    }
    // Excel counts UTF-16 units.
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL_CHARS
    });
    end.map_or(text, |(at, _)| &text[..at])
}
