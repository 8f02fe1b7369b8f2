//! Sheets of rows: reading CSV and XLSX in constant memory, and writing them.
//!
//! A file is judged by its content, never by its name. Everything read here comes from outside, so
//! each size is limited before memory is spent on it, and a fault names its row and column.

mod csv;
mod encoding;
mod error;
mod inspect;
mod read;
mod template;
mod write;
mod xlsx;

pub use encoding::Encoding;
pub use error::SheetError;
pub use read::{CellFault, FaultKind, Limits, Progress, Row, Rows, open, open_sheet};
pub use template::template;
pub use write::{Cell, Format, Options, SheetWriter, UnknownFormat, WriteError};

/// Excel's own limit for the text of one cell, in characters.
pub const CELL_CHARS: usize = 32_767;

/// The name of a column as spreadsheets show it: 0 is A, 26 is AA.
pub fn column_name(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Whether a spreadsheet would take a text that starts with `c` for a formula.
///
/// The list is OWASP's for CSV injection, with the full-width signs that Excel folds in East Asian
/// locales.
fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// Whether a text, apart from apostrophes in front, would be taken for a formula.
///
/// Writing a CSV puts one apostrophe in front of such a text and reading takes one off, so that any
/// text survives the way out and back.
fn is_guarded_or_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(starts_formula)
}

#[cfg(test)]
mod tests;
