//! The list of inspections as a file. Headers are English in every language; rows are read in batches,
//! and nothing is kept.

use std::io::Write;

use super::list::{Asked, Row, page};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};

/// Inspections read at once.
const BATCH: usize = 500;

/// The columns of the export.
pub const HEADERS: [&str; 22] = [
    "inspection_id",
    "number",
    "supplier_number",
    "supplier_name",
    "supplier_english_name",
    "area",
    "kind",
    "status",
    "plan",
    "reason",
    "checklist",
    "checklist_version",
    "inspector",
    "planned_on",
    "visited_on",
    "place",
    "signed_off_at",
    "acknowledged_at",
    "minor",
    "major",
    "critical",
    "open_findings",
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
    let mut before = None;
    loop {
        let (rows, next) = page(c, scope, asked, before, BATCH)?;
        for row in &rows {
            write_row(&mut sheet, row)?;
        }
        match next {
            Some(next) => before = Some(next.number),
            None => return Ok(sheet.finish()?),
        }
    }
}

fn write_row<W: Write + Send>(sheet: &mut SheetWriter<W>, row: &Row) -> Result<(), Error> {
    let one = &row.inspection;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let time = |at: Option<chrono::NaiveDateTime>| {
        at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    };
    let (planned, visited) = (day(one.planned_on), day(one.visited_on));
    let (signed, acknowledged) = (time(one.signed_off_at), time(one.acknowledged_at));
    let (code, supplier, plan) = (one.code(), row.supplier_code(), row.plan_code());
    let cells = [
        Cell::Text(&one.id),
        Cell::Text(&code),
        Cell::Text(&supplier),
        Cell::Text(&row.legal_name),
        Cell::Text(&row.english_name),
        Cell::Text(&one.area),
        Cell::Text(one.kind.as_str()),
        Cell::Text(one.status.as_str()),
        Cell::Text(&plan),
        Cell::Text(&one.reason),
        Cell::Text(&row.checklist_code),
        Cell::Int(row.checklist_version),
        Cell::Text(&one.inspector_name),
        planned.as_deref().map_or(Cell::Empty, Cell::Text),
        visited.as_deref().map_or(Cell::Empty, Cell::Text),
        Cell::Text(&one.place),
        signed.as_deref().map_or(Cell::Empty, Cell::Text),
        acknowledged.as_deref().map_or(Cell::Empty, Cell::Text),
        Cell::Int(row.minor),
        Cell::Int(row.major),
        Cell::Int(row.critical),
        Cell::Int(row.open),
    ];
    Ok(sheet.row(&cells)?)
}
