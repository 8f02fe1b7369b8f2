//! The register of certificates: what runs out next comes first, then what has no end, then what
//! ran out, the latest first.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::expiry::{SOON, URGENT};
use super::input::number_key;
use super::types;
use super::{Certificate, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::page::paging::{Cursor, cut};
use crate::schema::{certificates, suppliers};
use crate::suppliers::code_of;
use crate::suppliers::names::fold;

text_enum! {
    /// When a certificate runs out.
    Ends {
        /// Within [`URGENT`] days.
        Urgent = "30",
        /// Within [`SOON`] days.
        Soon = "90",
        /// It has run out.
        Past = "past",
    }
}

/// What the register is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The beginning of a number, or of a word of a company's name.
    pub text: String,
    /// Id of a type.
    pub type_id: Option<String>,
    pub pillar: Option<String>,
    pub status: Option<Status>,
    pub ends: Option<Ends>,
}

/// A certificate, and number, legal and English name of its company.
#[derive(Clone, Debug)]
pub struct Row {
    pub certificate: Certificate,
    pub supplier_number: i64,
    pub legal_name: String,
    pub english_name: String,
}

impl Row {
    /// "S-000123".
    pub fn supplier_code(&self) -> String {
        code_of(self.supplier_number)
    }
}

/// The parts of the list, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Part {
    Valid = 0,
    Endless = 1,
    Past = 2,
}

const PARTS: [Part; 3] = [Part::Valid, Part::Endless, Part::Past];

/// Where a row stands in the list.
struct Place {
    part: Part,
    /// `None` in the part without an end.
    day: Option<NaiveDate>,
    id: String,
}

impl Place {
    fn of(row: &Row, today: NaiveDate) -> Place {
        let day = row.certificate.valid_to;
        let part = match day {
            None => Part::Endless,
            Some(day) if day >= today => Part::Valid,
            Some(_) => Part::Past,
        };
        Place { part, day, id: row.certificate.id.clone() }
    }

    fn cursor(&self) -> Cursor {
        let day = self.day.map(|day| day.to_string()).unwrap_or_default();
        Cursor { key: format!("{day} {}", self.id), number: self.part as i64 }
    }

    /// `None` for what we did not make.
    fn read(cursor: &Cursor) -> Option<Place> {
        let part = *PARTS.iter().find(|part| **part as i64 == cursor.number)?;
        let (day, id) = cursor.key.split_once(' ')?;
        let day = if day.is_empty() { None } else { Some(day.parse().ok()?) };
        (day.is_none() == (part == Part::Endless)).then(|| Place { part, day, id: id.into() })
    }
}

/// Whether a cursor is one of this list.
pub fn is_place(cursor: &Cursor) -> bool {
    Place::read(cursor).is_some()
}

/// Certificates of the companies that somebody sees, after the row of a cursor, `limit` of them at
/// most; and the cursor of the last when there are more.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    today: NaiveDate,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let after = after.and_then(Place::read);
    let mut rows: Vec<Row> = Vec::new();
    for part in parts(asked).iter().copied() {
        if rows.len() > limit || after.as_ref().is_some_and(|place| place.part > part) {
            continue;
        }
        let from = after.as_ref().filter(|place| place.part == part);
        rows.extend(of_part(c, scope, asked, today, part, from, limit + 1 - rows.len())?);
    }
    let next = cut(&mut rows, limit, |row| Place::of(row, today).cursor());
    Ok((rows, next))
}

fn parts(asked: &Asked) -> &'static [Part] {
    match asked.ends {
        None => &PARTS,
        Some(Ends::Past) => &PARTS[2..],
        Some(_) => &PARTS[..1],
    }
}

fn of_part(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    today: NaiveDate,
    part: Part,
    from: Option<&Place>,
    limit: usize,
) -> Result<Vec<Row>, Error> {
    use certificates::{id, valid_to};
    let mut query = certificates::table
        .inner_join(suppliers::table.on(suppliers::id.eq(certificates::supplier_id)))
        .limit(limit as i64)
        .select((
            Certificate::as_select(),
            suppliers::number,
            suppliers::legal_name,
            suppliers::english_name,
        ))
        .into_boxed::<MultiBackend>();
    let (day, last) = (from.and_then(|place| place.day), from.map(|place| place.id.clone()));
    query = match part {
        Part::Valid => query.filter(valid_to.ge(today)).order((valid_to.asc(), id.asc())),
        Part::Endless => query.filter(valid_to.is_null()).order(id.asc()),
        Part::Past => query.filter(valid_to.lt(today)).order((valid_to.desc(), id.desc())),
    };
    query = match (part, day, last) {
        (Part::Valid, Some(day), Some(last)) => {
            query.filter(valid_to.gt(day).or(valid_to.eq(day).and(id.gt(last))))
        }
        (Part::Past, Some(day), Some(last)) => {
            query.filter(valid_to.lt(day).or(valid_to.eq(day).and(id.lt(last))))
        }
        (Part::Endless, _, Some(last)) => query.filter(id.gt(last)),
        _ => query,
    };
    let within = |days: i64| today + Days::new(days.unsigned_abs());
    match asked.ends {
        Some(Ends::Urgent) => query = query.filter(valid_to.le(within(URGENT))),
        Some(Ends::Soon) => query = query.filter(valid_to.le(within(SOON))),
        _ => {}
    }
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(of_type) = &asked.type_id {
        query = query.filter(certificates::type_id.eq(of_type.clone()));
    }
    if let Some(status) = asked.status {
        query = query.filter(certificates::status.eq(status));
    }
    if let Some(pillar) = &asked.pillar {
        let of_pillar = types::all().iter().filter(|one| one.pillar == pillar);
        query = query.filter(among(certificates::type_id, of_pillar.map(|one| one.id)));
    }
    // Both are letters, digits and spaces only.
    let (number, name) = (number_key(&asked.text), fold(&asked.text));
    if !number.is_empty() {
        let has_number = certificates::number_key.like(format!("{number}%"));
        query = query.filter(has_number.or(suppliers::search_text.like(format!("%{name}%"))));
    }
    let rows: Vec<(Certificate, i64, String, String)> = query.load(c)?;
    let row = |(certificate, supplier_number, legal_name, english_name)| Row {
        certificate,
        supplier_number,
        legal_name,
        english_name,
    };
    Ok(rows.into_iter().map(row).collect())
}
