//! The register of certificates as a file. Headers are English in every language; rows are read in
//! batches, and nothing is kept.

use std::io::Write;

use chrono::NaiveDate;

use super::expiry::expiry;
use super::list::{Asked, Row, page};
use super::types;
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};

/// Certificates read at once.
const BATCH: usize = 1000;

/// The columns of the export.
pub const HEADERS: [&str; 19] = [
    "certificate_id",
    "supplier_number",
    "supplier_name",
    "supplier_english_name",
    "type",
    "type_name_en",
    "type_name_zh",
    "standard",
    "pillar",
    "number",
    "issuer",
    "scope",
    "holder",
    "valid_from",
    "valid_to",
    "days_left",
    "status",
    "method",
    "checked_on",
];

/// Writes what is asked for to `out`, seen from a day. The output, flushed.
pub fn write<W: Write + Send>(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    today: NaiveDate,
    format: Format,
    out: W,
) -> Result<W, Error> {
    // Excel garbles Chinese without the mark.
    let options = Options { bom: true };
    let mut sheet = SheetWriter::new(format, out, &HEADERS, options)?;
    let mut after = None;
    loop {
        let (rows, next) = page(c, scope, asked, today, after.as_ref(), BATCH)?;
        for row in &rows {
            write_row(&mut sheet, row, today)?;
        }
        match next {
            Some(next) => after = Some(next),
            None => return Ok(sheet.finish()?),
        }
    }
}

fn write_row<W: Write + Send>(
    sheet: &mut SheetWriter<W>,
    row: &Row,
    today: NaiveDate,
) -> Result<(), Error> {
    let one = &row.certificate;
    let kind = types::find(&one.type_id);
    let of_kind = |text: fn(&types::CertificateType) -> &'static str| kind.map_or("", text);
    let (from, to) = (one.valid_from.to_string(), one.valid_to.map(|day| day.to_string()));
    let checked = one.decided_at.map(|at| at.date().to_string());
    let code = row.supplier_code();
    let cells = [
        Cell::Text(&one.id),
        Cell::Text(&code),
        Cell::Text(&row.legal_name),
        Cell::Text(&row.english_name),
        Cell::Text(&one.type_id),
        Cell::Text(of_kind(|kind| kind.name_en)),
        Cell::Text(of_kind(|kind| kind.name_zh)),
        Cell::Text(of_kind(|kind| kind.standard)),
        Cell::Text(of_kind(|kind| kind.pillar)),
        Cell::Text(&one.number),
        Cell::Text(&one.issuer),
        Cell::Text(&one.scope),
        Cell::Text(&one.holder),
        Cell::Text(&from),
        to.as_deref().map_or(Cell::Empty, Cell::Text),
        expiry(one.valid_to, today).days.map_or(Cell::Empty, Cell::Int),
        Cell::Text(one.status.as_str()),
        Cell::Text(one.method.as_str()),
        checked.as_deref().map_or(Cell::Empty, Cell::Text),
    ];
    Ok(sheet.row(&cells)?)
}
