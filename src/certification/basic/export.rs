//! The list as a file. Headers are English in every language.

use std::io::Write;

use super::list::Due;
use super::{BasicAudit, Status, query};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};
use crate::suppliers::Supplier;

const HEADERS: [&str; 14] = [
    "number",
    "supplier",
    "legal_name",
    "english_name",
    "state",
    "opened_on",
    "opened_by",
    "outcome",
    "proposed_on",
    "proposed_by",
    "decided_on",
    "decided_by",
    "valid_from",
    "valid_to",
];
/// Rows read at a time.
const BATCH: usize = 500;

/// Writes what is in a state or due. Returns the output, flushed.
pub fn write<W: Write + Send>(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: (Option<Status>, Option<Due>),
    format: Format,
    out: W,
) -> Result<W, Error> {
    // Excel garbles Chinese without the mark.
    let mut sheet = SheetWriter::new(format, out, &HEADERS, Options { bom: true })?;
    let mut after = None;
    loop {
        let found = query::find(c, scope, asked, after, BATCH)?;
        for (audit, supplier) in &found.audits {
            write_audit(&mut sheet, audit, supplier)?;
        }
        for supplier in &found.never {
            let code = supplier.code();
            let mut cells = [Cell::Empty; HEADERS.len()];
            cells[1] = Cell::Text(&code);
            cells[2] = Cell::Text(&supplier.legal_name);
            cells[3] = Cell::Text(&supplier.english_name);
            sheet.row(&cells)?;
        }
        match found.next {
            Some(next) => after = Some(next),
            None => return Ok(sheet.finish()?),
        }
    }
}

fn write_audit<W: Write + Send>(
    sheet: &mut SheetWriter<W>,
    audit: &BasicAudit,
    supplier: &Supplier,
) -> Result<(), Error> {
    let day = |at: Option<chrono::NaiveDateTime>| at.map(|at| at.date().to_string());
    let date = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let cells = [
        audit.code(),
        supplier.code(),
        supplier.legal_name.clone(),
        supplier.english_name.clone(),
        audit.status.as_str().into(),
        audit.created_at.date().to_string(),
        audit.opened_name.clone(),
        audit.outcome.as_str().into(),
        day(audit.proposed_at).unwrap_or_default(),
        audit.proposed_name.clone(),
        day(audit.decided_at).unwrap_or_default(),
        audit.decided_name.clone(),
        date(audit.valid_from).unwrap_or_default(),
        date(audit.valid_to).unwrap_or_default(),
    ];
    let cells: [Cell; HEADERS.len()] = std::array::from_fn(|at| Cell::Text(&cells[at]));
    Ok(sheet.row(&cells)?)
}
