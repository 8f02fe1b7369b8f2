//! Coverage as files: the rows, and the figures.

use std::io::Write;

use serde_json::{Value, json};

use super::count::{self, Line};
use super::narrowed::Narrowed;
use super::rows::with_details;
use super::{Counted, Figures};
use crate::categories::Category;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};

/// Rows whose details are read at once.
const BATCH: usize = 500;

/// The columns of the rows.
pub const ROWS: [&str; 13] = [
    "on",
    "clause",
    "version",
    "supplier_id",
    "number",
    "legal_name",
    "english_name",
    "region",
    "standing",
    "held_version",
    "signed_at",
    "asked_at",
    "has_account",
];

/// The columns of the figures.
pub const FIGURES: [&str; 15] = [
    "on",
    "clause",
    "version",
    "by",
    "code",
    "name",
    "companies",
    "asked",
    "signed",
    "voluntary",
    "must_sign",
    "must_sign_again",
    "excepted",
    "not_asked",
    "signed_percent",
];

/// Writes the rows, which are read in batches. Gives the output back, flushed.
pub fn rows<W: Write + Send>(
    c: &mut AnyConnection,
    asked: &Narrowed,
    format: Format,
    options: Options,
    out: W,
) -> Result<W, Error> {
    let mut sheet = SheetWriter::new(format, out, &ROWS, options)?;
    let on = asked.day.on.to_string();
    let all: Vec<(&Counted, usize)> = asked.rows().collect();
    for batch in all.chunks(BATCH) {
        for row in with_details(c, asked, batch)? {
            let time = |time: Option<chrono::NaiveDateTime>| {
                time.map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
            };
            let (signed_at, asked_at) = (time(row.signed_at), time(row.asked_at));
            let in_force = asked.day.in_force(row.clause).map(|one| one.version.version);
            let number = |number: Option<i64>| number.map_or(Cell::Empty, Cell::Int);
            sheet.row(&[
                Cell::Text(&on),
                Cell::Text(&asked.day.published.clauses[row.clause].code),
                number(in_force),
                Cell::Text(&row.company.id),
                Cell::Text(&row.company.code()),
                Cell::Text(&row.company.legal_name),
                Cell::Text(&row.company.english_name),
                Cell::Text(asked.region_of(row.company)),
                Cell::Text(row.cell.standing.as_str()),
                number(row.cell.held),
                Cell::Text(&signed_at),
                Cell::Text(&asked_at),
                Cell::Text(if row.has_account { "yes" } else { "no" }),
            ])?;
        }
    }
    Ok(sheet.finish()?)
}

/// A line of the figures: what it is by ("clause", "region", "category", "group"), code and name.
type Named = (&'static str, String, String, Vec<Figures>);

fn lines(asked: &Narrowed, categories: &[Category]) -> Vec<Named> {
    let mut all: Vec<Named> =
        vec![("clause", String::new(), String::new(), count::by_clause(asked))];
    for Line { what, figures } in count::by_region(asked) {
        let region = asked.scheme.regions.iter().find(|region| region.code == what);
        let name = region.map(|region| region.name_en.clone()).unwrap_or_default();
        all.push(("region", what, name, figures));
    }
    for Line { what, figures } in count::by_category(asked, categories) {
        all.push(("category", what.code, what.name_en, figures));
    }
    for Line { what, figures } in count::by_group(asked) {
        all.push(("group", crate::suppliers::code_of(what.number), what.legal_name, figures));
    }
    all
}

/// Writes the figures of each clause, of its regions, categories and groups.
pub fn figures<W: Write + Send>(
    asked: &Narrowed,
    categories: &[Category],
    format: Format,
    options: Options,
    out: W,
) -> Result<W, Error> {
    let mut sheet = SheetWriter::new(format, out, &FIGURES, options)?;
    let on = asked.day.on.to_string();
    let lines = lines(asked, categories);
    for (at, clause) in asked.clauses.iter().enumerate() {
        let version = asked.day.in_force(*clause).map(|one| one.version.version);
        for (by, code, name, all) in &lines {
            let one = all[at];
            let share = one.tenths().map(|tenths| tenths as f64 / 10.0);
            sheet.row(&[
                Cell::Text(&on),
                Cell::Text(&asked.day.published.clauses[*clause].code),
                version.map_or(Cell::Empty, Cell::Int),
                Cell::Text(by),
                Cell::Text(code),
                Cell::Text(name),
                Cell::Int(one.companies),
                Cell::Int(one.asked),
                Cell::Int(one.signed),
                Cell::Int(one.voluntary),
                Cell::Int(one.must_sign),
                Cell::Int(one.must_sign_again),
                Cell::Int(one.excepted),
                Cell::Int(one.not_asked),
                share.map_or(Cell::Empty, |share| Cell::Float(share, 1)),
            ])?;
        }
    }
    Ok(sheet.finish()?)
}

/// The figures as one document.
pub fn document(asked: &Narrowed, categories: &[Category]) -> Value {
    let lines = lines(asked, categories);
    let clauses = asked.clauses.iter().enumerate().map(|(at, clause)| {
        let one = &asked.day.published.clauses[*clause];
        let by = |kind: &str| -> Vec<Value> {
            let of_kind = lines.iter().filter(|(by, ..)| *by == kind);
            of_kind
                .map(|(_, code, name, all)| {
                    json!({ "code": code, "name": name, "figures": numbers(&all[at]) })
                })
                .collect()
        };
        let held = count::by_version(asked);
        let held = held.iter().filter(|holding| holding.clause == *clause);
        json!({
            "code": one.code,
            "name_en": one.name_en,
            "name_zh": one.name_zh,
            "version": asked.day.in_force(*clause).map(|one| one.version.version),
            "figures": lines.first().map(|(.., all)| numbers(&all[at])),
            "versions": held
                .map(|holding| json!({ "version": holding.version, "companies": holding.companies }))
                .collect::<Vec<_>>(),
            "regions": by("region"),
            "categories": by("category"),
            "groups": by("group"),
        })
    });
    json!({
        "on": asked.day.on.to_string(),
        "scheme": asked.scheme.id,
        "scheme_version": asked.scheme.version,
        "clauses": clauses.collect::<Vec<_>>(),
    })
}

fn numbers(figures: &Figures) -> Value {
    json!({
        "companies": figures.companies,
        "asked": figures.asked,
        "signed": figures.signed,
        "voluntary": figures.voluntary,
        "must_sign": figures.must_sign,
        "must_sign_again": figures.must_sign_again,
        "excepted": figures.excepted,
        "not_asked": figures.not_asked,
        "signed_percent": figures.tenths().map(|tenths| tenths as f64 / 10.0),
    })
}
