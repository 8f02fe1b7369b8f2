//! The register of signatures as a file, in the order of the chain. Headers are English in every
//! language; rows are read in batches, and nothing is kept.

use std::io::Write;

use super::Signed;
use super::list::{Asked, Place, page};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};
use crate::suppliers::code_of;

/// Signatures read at once: each comes with the text of its version.
const BATCH: usize = 200;

/// The columns of the export.
pub const HEADERS: [&str; 24] = [
    "number",
    "signature_id",
    "supplier_id",
    "supplier_number",
    "supplier_name",
    "clause",
    "version",
    "method",
    "language",
    "text_sha256",
    "name",
    "title",
    "authority",
    "signed_at",
    "time_zone",
    "account_name",
    "paper_date",
    "document_sha256",
    "previous_hash",
    "hash",
    "key_id",
    "voided_at",
    "void_reason",
    "receipt",
];

/// Writes what is asked for to `out`. The output, flushed.
pub fn write<W: Write + Send>(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    format: Format,
    out: W,
) -> Result<W, Error> {
    // Excel garbles Chinese without the mark.
    let options = Options { bom: true };
    let mut sheet = SheetWriter::new(format, out, &HEADERS, options)?;
    let mut after = 0;
    loop {
        let (rows, has_more) = page(c, scope, asked, Place::After(after), BATCH)?;
        for row in &rows {
            write_row(&mut sheet, row)?;
            after = row.signature.sequence;
        }
        if !has_more {
            return Ok(sheet.finish()?);
        }
    }
}

fn write_row<W: Write + Send>(sheet: &mut SheetWriter<W>, row: &Signed) -> Result<(), Error> {
    let one = &row.signature;
    let time = |at: chrono::NaiveDateTime| at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let (signed_at, code) = (time(one.signed_at), code_of(one.company_number));
    let paper_date = one.paper_date.map(|day| day.to_string()).unwrap_or_default();
    let voided_at = row.void.as_ref().map(|void| time(void.voided_at)).unwrap_or_default();
    let void_reason = row.void.as_ref().map(|void| void.reason.as_str()).unwrap_or_default();
    let cells = [
        Cell::Int(one.sequence),
        Cell::Text(&one.id),
        Cell::Text(&row.holder),
        Cell::Text(&code),
        Cell::Text(&one.company_name),
        Cell::Text(&row.clause.code),
        Cell::Int(row.version.version),
        Cell::Text(one.method.as_str()),
        Cell::Text(&one.language),
        Cell::Text(&one.text_sha256),
        Cell::Text(&one.typed_name),
        Cell::Text(&one.typed_title),
        Cell::Text(&one.authority),
        Cell::Text(&signed_at),
        Cell::Text(&one.time_zone),
        Cell::Text(&one.account_name),
        Cell::Text(&paper_date),
        Cell::Text(&one.document_sha256),
        Cell::Text(&one.previous_hash),
        Cell::Text(&one.hash),
        Cell::Text(&one.key_id),
        Cell::Text(&voided_at),
        Cell::Text(void_reason),
        Cell::Text(&one.receipt),
    ];
    Ok(sheet.row(&cells)?)
}
