//! The list of cases as a file: what is not over. A case leaves it on the day on which its measure holds no
//! more. Headers are English in every language; rows are read in batches, and nothing is kept.

use std::io::Write;

use chrono::NaiveDate;

use super::list::{Asked, Row, page};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};

/// Cases read at once.
const BATCH: usize = 1000;

/// The columns of the export.
const HEADERS: [&str; 25] = [
    "case_id",
    "case_number",
    "supplier_number",
    "supplier_name",
    "supplier_english_name",
    "area",
    "violation",
    "violation_en",
    "violation_zh",
    "severity",
    "origin",
    "deed_on",
    "status",
    "overdue",
    "notice_by",
    "served_on",
    "reply_by",
    "replied_on",
    "decide_by",
    "measure",
    "orders",
    "from_on",
    "to_on",
    "appeal_by",
    "hear_by",
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
        for row in rows.iter().filter(|row| !row.case.status_on(today).is_over()) {
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
    let case = &row.case;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let (code, supplier, deed) = (case.code(), row.supplier_code(), case.deed_on.to_string());
    let notice_by = case.notice_by.to_string();
    let served = day(case.served_at.map(|at| at.date()));
    let replied = day(case.replied_at.map(|at| at.date()));
    let [reply_by, decide_by, from_on, to_on, appeal_by, hear_by] =
        [case.reply_by, case.decide_by, case.from_on, case.to_on, case.appeal_by, case.hear_by]
            .map(day);
    fn text(given: &Option<String>) -> Cell<'_> {
        given.as_deref().map_or(Cell::Empty, Cell::Text)
    }
    let cells = [
        Cell::Text(&case.id),
        Cell::Text(&code),
        Cell::Text(&supplier),
        Cell::Text(&row.legal_name),
        Cell::Text(&row.english_name),
        Cell::Text(&case.area),
        Cell::Text(&case.violation),
        Cell::Text(&row.standard.name_en),
        Cell::Text(&row.standard.name_zh),
        Cell::Text(case.severity.as_str()),
        Cell::Text(case.origin.as_str()),
        Cell::Text(&deed),
        Cell::Text(case.status_on(today).as_str()),
        Cell::Text(if case.is_overdue(today) { "yes" } else { "no" }),
        Cell::Text(&notice_by),
        text(&served),
        text(&reply_by),
        text(&replied),
        text(&decide_by),
        case.measure.map_or(Cell::Empty, |measure| Cell::Text(measure.as_str())),
        case.orders.map_or(Cell::Empty, |orders| Cell::Text(orders.as_str())),
        text(&from_on),
        text(&to_on),
        text(&appeal_by),
        text(&hear_by),
    ];
    Ok(sheet.row(&cells)?)
}
