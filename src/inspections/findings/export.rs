//! The list of findings as a file. Headers are English in every language; rows are read in batches, and
//! nothing is kept.

use std::io::Write;

use chrono::NaiveDate;

use super::list::{Asked, Row, page};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};

/// Findings read at once.
const BATCH: usize = 1000;

/// The columns of the export.
const HEADERS: [&str; 22] = [
    "finding_id",
    "finding_number",
    "inspection_number",
    "supplier_number",
    "supplier_name",
    "supplier_english_name",
    "area",
    "item_code",
    "question_en",
    "question_zh",
    "severity",
    "statement",
    "status",
    "raised_on",
    "contain_by",
    "contained_on",
    "due_on",
    "days_left",
    "overdue",
    "answered_on",
    "closed_on",
    "reopened",
];

/// Writes what is asked for to `out`, seen from a day. The output, flushed.
pub(super) fn write<W: Write + Send>(
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
    let one = &row.finding;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let (raised, due) = (one.raised_on.to_string(), one.due_on.to_string());
    let contain = day(one.contain_by);
    let contained = day(one.contained_at.map(|at| at.date()));
    let answered = day(one.answered_at.map(|at| at.date()));
    let closed = day(one.closed_at.map(|at| at.date()));
    let (code, supplier, inspection) = (one.code(), row.supplier_code(), row.inspection_code());
    fn text(given: &Option<String>) -> Cell<'_> {
        given.as_deref().map_or(Cell::Empty, Cell::Text)
    }
    let left = one.status.is_open().then(|| (one.next_day() - today).num_days());
    let cells = [
        Cell::Text(&one.id),
        Cell::Text(&code),
        Cell::Text(&inspection),
        Cell::Text(&supplier),
        Cell::Text(&row.legal_name),
        Cell::Text(&row.english_name),
        Cell::Text(&one.area),
        Cell::Text(&one.item_code),
        Cell::Text(&row.question_en),
        Cell::Text(&row.question_zh),
        Cell::Text(one.severity.as_str()),
        Cell::Text(&one.statement),
        Cell::Text(one.status.as_str()),
        Cell::Text(&raised),
        text(&contain),
        text(&contained),
        Cell::Text(&due),
        left.map_or(Cell::Empty, Cell::Int),
        Cell::Text(if one.is_overdue(today) { "yes" } else { "no" }),
        text(&answered),
        text(&closed),
        Cell::Int(one.reopened),
    ];
    Ok(sheet.row(&cells)?)
}
