//! The matrix as a file: a row for each company and category, read in batches.

use std::collections::HashMap;
use std::io::Write;

use diesel::prelude::*;

use super::{Cell, cells};
use crate::categories::Category;
use crate::certification::category::{Cause, Certification};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::page::paging::Cursor;
use crate::regions::{Scheme, region_code};
use crate::schema::{access_standards, certification_suspensions};
use crate::sheets::{Cell as Field, Format, Options, SheetWriter};
use crate::suppliers::list::{Filter, From, complete};
use crate::values::now;

/// Companies read at once.
const BATCH: usize = 500;

/// The columns of the file.
pub const HEADERS: [&str; 14] = [
    "supplier_id",
    "number",
    "legal_name",
    "english_name",
    "region",
    "category_code",
    "category_en",
    "category_zh",
    "state",
    "certification",
    "valid_from",
    "valid_to",
    "standard_version",
    "suspension_causes",
];

/// Writes what a filter finds: each company's columns in which there is anything. Returns the
/// output, flushed.
pub fn write<W: Write + Send>(
    c: &mut AnyConnection,
    filter: &Filter,
    columns: &[&Category],
    scheme: &Scheme,
    format: Format,
    out: W,
) -> Result<W, Error> {
    // Excel garbles Chinese without the mark.
    let options = Options { bom: true };
    let mut sheet = SheetWriter::new(format, out, &HEADERS, options)?;
    let versions: Vec<(String, i64)> = access_standards::table
        .select((access_standards::id, access_standards::version))
        .load(c)?;
    let versions: HashMap<String, i64> = versions.into_iter().collect();
    let ids: Vec<&str> = columns.iter().map(|one| one.id.as_str()).collect();
    let mut from = From::Start;
    loop {
        let batch = complete(c, filter, &from, BATCH)?;
        let companies: Vec<&str> = batch.iter().map(|row| row.id.as_str()).collect();
        let cells = cells(c, &companies, &ids, now().date())?;
        let held = batch.iter().flat_map(|row| ids.iter().map(|id| cells.at(&row.id, id)));
        let causes = causes(c, &held.filter_map(certification).collect::<Vec<_>>())?;
        for row in &batch {
            for category in columns {
                let cell = cells.at(&row.id, &category.id);
                if matches!(cell, Cell::Nothing) {
                    continue;
                }
                let one = certification(cell);
                let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
                let code = one.map(Certification::code).unwrap_or_default();
                let first = one.and_then(|one| day(one.valid_from)).unwrap_or_default();
                let last = one.and_then(|one| day(one.valid_to)).unwrap_or_default();
                let version = one.and_then(|one| versions.get(&one.standard_id));
                let why = one.and_then(|one| causes.get(&one.id)).map_or("", String::as_str);
                let fields = [
                    Field::Text(&row.id),
                    Field::Text(&row.code()),
                    Field::Text(&row.legal_name),
                    Field::Text(&row.english_name),
                    Field::Text(region_code(scheme, &row.area)),
                    Field::Text(&category.code),
                    Field::Text(&category.name_en),
                    Field::Text(&category.name_zh),
                    Field::Text(cell.state()),
                    Field::Text(&code),
                    Field::Text(&first),
                    Field::Text(&last),
                    version.map_or(Field::Empty, |version| Field::Int(*version)),
                    Field::Text(why),
                ];
                sheet.row(&fields)?;
            }
        }
        let Some(last) = batch.last().filter(|_| batch.len() == BATCH) else {
            break;
        };
        from = From::After(Cursor { key: last.sort_key.clone(), number: last.number });
    }
    Ok(sheet.finish()?)
}

fn certification(cell: &Cell) -> Option<&Certification> {
    match cell {
        Cell::Held { one, .. } => Some(one),
        _ => None,
    }
}

/// Why certifications do not count now, by their ids: "certificate iso9001; decision".
fn causes(c: &mut AnyConnection, of: &[&Certification]) -> Result<HashMap<String, String>, Error> {
    use certification_suspensions as table;
    let mut all: HashMap<String, String> = HashMap::new();
    let running = of.iter().filter(|one| one.status.is_standing());
    let running: Vec<(String, Cause, String)> = table::table
        .filter(among(table::certification_id, running.map(|one| one.id.as_str())))
        .filter(table::ended_at.is_null())
        .order((table::certification_id, table::begun_at))
        .select((table::certification_id, table::cause, table::subject))
        .load(c)?;
    for (id, cause, subject) in running {
        let text = all.entry(id).or_default();
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(format!("{} {subject}", cause.as_str()).trim());
    }
    Ok(all)
}
