//! The answers as a file: one row for each company and category.

use std::io::Write;

use super::{Question, each};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};
use crate::suppliers::clearance::HoldSources;
use crate::suppliers::code_of;

/// The columns.
pub const HEADERS: [&str; 10] = [
    "supplier_id",
    "number",
    "legal_name",
    "english_name",
    "category",
    "category_name",
    "offered",
    "on",
    "cleared",
    "clearance_reasons",
];

/// Writes the answers to `out`, which is given back flushed. Memory does not grow with them.
pub fn write<W: Write + Send>(
    c: &mut AnyConnection,
    sources: HoldSources,
    question: &Question,
    format: Format,
    options: Options,
    out: W,
) -> Result<W, Error> {
    let mut sheet = SheetWriter::new(format, out, &HEADERS, options)?;
    let on = question.on.to_string();
    each(c, sources, question, |answer| {
        let yes_or_no = |yes: bool| if yes { "yes" } else { "no" };
        let (code, reasons) = (code_of(answer.supplier.number), answer.clearance.codes());
        let cells = [
            answer.supplier.id.as_str(),
            &code,
            &answer.supplier.legal_name,
            &answer.supplier.english_name,
            &answer.category.code,
            &answer.category.name_en,
            yes_or_no(answer.offers),
            &on,
            yes_or_no(answer.clearance.is_cleared()),
            &reasons,
        ];
        sheet.row(&cells.map(Cell::Text))?;
        Ok(true)
    })?;
    Ok(sheet.finish()?)
}
