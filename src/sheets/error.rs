//! What can be wrong with a sheet that someone hands in.

use std::{fmt, io};

/// Why a sheet cannot be read (on). Rows count from 1 and include the header; columns are named as
/// spreadsheets name them ("A", "AB").
#[derive(Debug)]
pub enum SheetError {
    /// The file cannot be opened or read.
    Io(io::Error),
    /// No row with content.
    Empty,
    /// Neither text nor an XLSX workbook: a PDF, a picture, a web page, random bytes.
    NotASheet,
    /// An Excel file from before 2007, or one protected with a password: save it as plain XLSX.
    OldOrProtected,
    /// The file has more bytes than `limit`.
    FileTooLarge { limit: u64 },
    /// More rows than `limit`.
    TooManyRows { limit: u64 },
    /// Content beyond the last column that is read.
    TooManyColumns { row: u64, column: String, limit: usize },
    /// One cell holds more than `limit` characters.
    CellTooLong { row: u64, column: String, limit: usize },
    /// One row holds more than `limit` bytes: nearly always a quotation mark that is never closed.
    RowTooLong { row: u64, limit: u64 },
    /// The bytes of this row do not fit the encoding in which the file starts.
    Encoding { row: u64, encoding: &'static str },
    /// The workbook is damaged or incomplete, as far as known at this row.
    Damaged { row: Option<u64> },
    /// The workbook unpacks to far more than a list can be (a "zip bomb").
    Expands { limit: u64 },
    /// The workbook has no sheet of this name.
    NoSuchSheet { name: String },
}

impl SheetError {
    /// The stable code, for texts and JSON.
    pub fn code(&self) -> &'static str {
        match self {
            SheetError::Io(_) => "unreadable",
            SheetError::Empty => "empty",
            SheetError::NotASheet => "not_a_sheet",
            SheetError::OldOrProtected => "old_or_protected",
            SheetError::FileTooLarge { .. } => "file_too_large",
            SheetError::TooManyRows { .. } => "too_many_rows",
            SheetError::TooManyColumns { .. } => "too_many_columns",
            SheetError::CellTooLong { .. } => "cell_too_long",
            SheetError::RowTooLong { .. } => "row_too_long",
            SheetError::Encoding { .. } => "encoding",
            SheetError::Damaged { .. } => "damaged",
            SheetError::Expands { .. } => "expands_too_much",
            SheetError::NoSuchSheet { .. } => "no_such_sheet",
        }
    }

    /// The row at fault, counted from 1 with the header, where known.
    pub fn row(&self) -> Option<u64> {
        match self {
            SheetError::TooManyColumns { row, .. }
            | SheetError::CellTooLong { row, .. }
            | SheetError::RowTooLong { row, .. }
            | SheetError::Encoding { row, .. } => Some(*row),
            SheetError::Damaged { row } => *row,
            _ => None,
        }
    }

    /// The name of the column at fault, where known.
    pub fn column(&self) -> Option<&str> {
        match self {
            SheetError::TooManyColumns { column, .. } | SheetError::CellTooLong { column, .. } => {
                Some(column)
            }
            _ => None,
        }
    }

    /// The limit that was passed, where one was.
    pub fn limit(&self) -> Option<u64> {
        match self {
            SheetError::FileTooLarge { limit }
            | SheetError::TooManyRows { limit }
            | SheetError::RowTooLong { limit, .. }
            | SheetError::Expands { limit } => Some(*limit),
            SheetError::TooManyColumns { limit, .. } | SheetError::CellTooLong { limit, .. } => {
                Some(*limit as u64)
            }
            _ => None,
        }
    }
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        if let Some(row) = self.row() {
            write!(f, " at row {row}")?;
        }
        if let Some(column) = self.column() {
            write!(f, ", column {column}")?;
        }
        match self {
            SheetError::Io(error) => write!(f, ": {error}"),
            SheetError::NoSuchSheet { name } => write!(f, ": {name}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for SheetError {}

impl From<io::Error> for SheetError {
    fn from(error: io::Error) -> SheetError {
        SheetError::Io(error)
    }
}
