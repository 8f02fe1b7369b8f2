//! Opening a sheet and going through its rows.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::csv::TextRows;
use super::encoding::{self, Encoding};
use super::xlsx::WorkbookRows;
use super::{CELL_CHARS, SheetError, column_name};

/// What a sheet may hold at most.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: Option<u64>,
    /// Rows with content, the header included.
    pub rows: Option<u64>,
    /// Columns.
    pub columns: usize,
    /// Characters of one cell.
    pub cell_chars: usize,
    /// Bytes of all parts of a workbook together, unpacked. A workbook made on purpose can put them
    /// all into one cell, so this bounds the memory too.
    pub unpacked_bytes: u64,
    /// Bytes of a workbook's table of texts, unpacked; unlike the rows it has to be held in memory
    /// (about three times over in the worst case).
    pub shared_text_bytes: u64,
}

impl Limits {
    /// For files uploaded through the web: 32 MiB (256 MiB unpacked) and 200,000 rows.
    pub fn web() -> Limits {
        Limits {
            bytes: Some(32 << 20),
            rows: Some(200_000),
            columns: 200,
            cell_chars: CELL_CHARS,
            unpacked_bytes: 256 << 20,
            shared_text_bytes: 64 << 20,
        }
    }

    /// For the command line: files and rows without limit, workbooks up to 4 GiB unpacked.
    pub fn command_line() -> Limits {
        Limits {
            bytes: None,
            rows: None,
            unpacked_bytes: 4 << 30,
            shared_text_bytes: 512 << 20,
            ..Limits::web()
        }
    }
}

/// One row with content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of a text file on which the row starts, or the row of the sheet; from 1, the header
    /// included.
    pub number: u64,
    /// The cells, without white space at their ends. Rows may differ in length.
    pub cells: Vec<String>,
    /// Cells whose content was lost before it got here.
    pub faults: Vec<CellFault>,
}

impl Row {
    /// The text in this column (from 0), empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A cell that cannot be taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellFault {
    /// The column, from 0.
    pub column: usize,
    /// What happened to it.
    pub kind: FaultKind,
}

/// What happened to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A number of more than 15 digits was typed into a cell not formatted as text: the spreadsheet
    /// has replaced its last digits by zeros.
    DigitsLost,
    /// A formula ended in an error such as `#REF!`.
    FormulaError,
}

impl FaultKind {
    /// The stable code, for texts and JSON.
    pub fn code(self) -> &'static str {
        match self {
            FaultKind::DigitsLost => "digits_lost",
            FaultKind::FormulaError => "formula_error",
        }
    }
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of a text file, or rows of a workbook, read so far.
    pub done: u64,
    /// The same in all; 0 if not known.
    pub total: u64,
}

/// The rows of a sheet, read as they are asked for.
///
/// Blank rows are left out. After an error there are no further rows.
pub struct Rows {
    source: Source,
    limit: Option<u64>,
    read: u64,
    finished: bool,
}

enum Source {
    Text(Box<TextRows>),
    Workbook(WorkbookRows),
}

/// Open the first visible sheet of a workbook, or a text file.
pub fn open(path: &Path, limits: &Limits) -> Result<Rows, SheetError> {
    open_sheet(path, limits, None)
}

/// Open the sheet of this name, or the first visible one. A text file has one sheet without a name.
pub fn open_sheet(path: &Path, limits: &Limits, sheet: Option<&str>) -> Result<Rows, SheetError> {
    let mut file = File::open(path)?;
    let bytes = file.metadata()?.len();
    if let Some(limit) = limits.bytes.filter(|&limit| bytes > limit) {
        return Err(SheetError::FileTooLarge { limit });
    }
    let mut magic = Vec::with_capacity(8);
    file.by_ref().take(8).read_to_end(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    let source = match magic.as_slice() {
        [] => return Err(SheetError::Empty),
        [b'P', b'K', 3, 4, ..] => Source::Workbook(WorkbookRows::open(file, limits, sheet)?),
        // A compound file: Excel up to 2003, or a newer workbook behind a password.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(SheetError::OldOrProtected),
        _ => {
            let encoding = encoding::detect(&mut file)?;
            Source::Text(Box::new(TextRows::open(file, bytes, encoding, limits)?))
        }
    };
    Ok(Rows { source, limit: limits.rows, read: 0, finished: false })
}

impl Rows {
    /// Read the next row into `row`, reusing its memory; false after the last one.
    pub fn read_into(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        if self.finished {
            return Ok(false);
        }
        let outcome = self.read_within_limit(row);
        self.finished = !matches!(outcome, Ok(true));
        outcome
    }

    fn read_within_limit(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        let more = match &mut self.source {
            Source::Text(rows) => rows.read_into(row)?,
            Source::Workbook(rows) => rows.read_into(row)?,
        };
        if !more {
            return if self.read == 0 { Err(SheetError::Empty) } else { Ok(false) };
        }
        self.read += 1;
        match self.limit {
            Some(limit) if self.read > limit => Err(SheetError::TooManyRows { limit }),
            _ => Ok(true),
        }
    }

    /// How far the reading is.
    pub fn progress(&self) -> Progress {
        match &self.source {
            Source::Text(rows) => rows.progress(),
            Source::Workbook(rows) => rows.progress(),
        }
    }

    /// The encoding that a text file was found to have; none for a workbook.
    pub fn encoding(&self) -> Option<Encoding> {
        match &self.source {
            Source::Text(rows) => Some(rows.encoding()),
            Source::Workbook(_) => None,
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = Row::default();
        match self.read_into(&mut row) {
            Ok(true) => Some(Ok(row)),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// Put `text` into a cell: line ends as LF, other control characters as spaces, no white space at
/// the ends.
pub(super) fn store_cell(
    cell: &mut String,
    text: &str,
    row: u64,
    column: usize,
    limit: usize,
) -> Result<(), SheetError> {
    let text = text.trim_matches(is_padding);
    // Counting characters is only needed where the bytes could be too many.
    if text.len() > limit && text.chars().count() > limit {
        return Err(SheetError::CellTooLong { row, column: column_name(column), limit });
    }
    cell.clear();
    if !text.bytes().any(|byte| byte < b' ' || byte == 0x7F) {
        cell.push_str(text);
        return Ok(());
    }
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' | '\n' => cell.push('\n'),
            _ if c.is_control() => cell.push(' '),
            _ => cell.push(c),
        }
    }
    Ok(())
}

/// White space, control characters and the invisible marks that web pages leave at the ends.
fn is_padding(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}')
}
