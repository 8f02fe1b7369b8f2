//! Workbooks to fill in.

use rust_xlsxwriter::{Format, FormatAlign, Note};

use super::WriteError;
use super::write::{header_format, new_workbook};

/// The width of a column, in characters.
const COLUMN_WIDTH: f64 = 22.0;

/// A workbook to fill in: the headers with a hint on each, and the notes on a second sheet.
///
/// All columns are formatted as text, so that codes of eighteen digits keep their last three.
pub fn template(headers: &[(&str, &str)], notes: &[&str]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet();
    let text = Format::new().set_num_format("@");
    let bold = header_format();
    for (column, (header, hint)) in (0u16..).zip(headers) {
        sheet.set_column_width(column, COLUMN_WIDTH)?;
        sheet.set_column_format(column, &text)?;
        sheet.write_string_with_format(0, column, *header, &bold)?;
        if !hint.is_empty() {
            sheet.insert_note(0, column, &Note::new(*hint).add_author_prefix(false))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if !notes.is_empty() {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let sheet = workbook.add_worksheet();
        sheet.set_column_width(0, 100)?;
        for (row, note) in (0u32..).zip(notes) {
            sheet.write_string_with_format(row, 0, *note, &wrapped)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}
