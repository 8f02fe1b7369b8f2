//! The rows behind a number of the report: which suppliers, or sites, were counted.

use diesel::prelude::*;

use super::files::Subject;
use super::regions::Count;
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::page::paging::Cursor;
use crate::schema::{site_versions, supplier_versions, suppliers};
use crate::suppliers::{COUNTED, Stage};
use crate::values::end_of;

/// Rows on a page.
pub const ROWS: usize = 100;

/// A supplier as it was counted, or one of its sites.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Counted {
    pub number: i64,
    pub supplier_id: String,
    /// The legal name at the time.
    pub legal_name: String,
    /// The English name of today: its history is not kept.
    pub english_name: String,
    pub stage: Stage,
    /// The area that it was counted in.
    pub area: String,
    /// "" for suppliers.
    pub site_id: String,
    pub city: String,
    pub address: String,
}

/// A page of rows, in the order of the suppliers' numbers.
pub struct CountedPage {
    pub rows: Vec<Counted>,
    pub next: Option<Cursor>,
}

/// The suppliers or sites counted in `areas` by the report of `subject`, after a cursor.
pub fn counted(
    c: &mut AnyConnection,
    subject: &Subject,
    areas: &[String],
    scope: &Scope,
    after: Option<&Cursor>,
) -> Result<CountedPage, Error> {
    let number = after.map(|cursor| cursor.number).unwrap_or(0);
    let mut rows = match subject.count {
        Count::Suppliers => counted_suppliers(c, subject, &within(areas, scope), number)?,
        Count::Sites => {
            let site = after.map(|cursor| cursor.key.as_str()).unwrap_or_default();
            counted_sites(c, subject, areas, scope, (number, site))?
        }
    };
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| Cursor { key: row.site_id.clone(), number: row.number });
    Ok(CountedPage { rows, next })
}

fn within(areas: &[String], scope: &Scope) -> Vec<String> {
    areas.iter().filter(|area| scope.allows(area)).cloned().collect()
}

fn counted_suppliers(
    c: &mut AnyConnection,
    subject: &Subject,
    areas: &[String],
    after: i64,
) -> Result<Vec<Counted>, Error> {
    let end = end_of(subject.as_at);
    let found: Vec<(i64, String, String, String, Stage, String)> = supplier_versions::table
        .inner_join(suppliers::table.on(suppliers::id.eq(supplier_versions::supplier_id)))
        .filter(supplier_versions::area.eq_any(areas))
        .filter(supplier_versions::stage.eq_any(COUNTED))
        .filter(supplier_versions::valid_from.le(end))
        .filter(supplier_versions::valid_to.gt(end))
        .filter(suppliers::number.gt(after))
        .order(suppliers::number)
        .limit(ROWS as i64 + 1)
        .select((
            suppliers::number,
            suppliers::id,
            supplier_versions::legal_name,
            suppliers::english_name,
            supplier_versions::stage,
            supplier_versions::area,
        ))
        .load(c)?;
    let row = |(number, supplier_id, legal_name, english_name, stage, area)| Counted {
        number,
        supplier_id,
        legal_name,
        english_name,
        stage,
        area,
        site_id: String::new(),
        city: String::new(),
        address: String::new(),
    };
    Ok(found.into_iter().map(row).collect())
}

fn counted_sites(
    c: &mut AnyConnection,
    subject: &Subject,
    areas: &[String],
    scope: &Scope,
    (number, site): (i64, &str),
) -> Result<Vec<Counted>, Error> {
    let end = end_of(subject.as_at);
    let mut query = site_versions::table
        .inner_join(
            supplier_versions::table
                .on(supplier_versions::supplier_id.eq(site_versions::supplier_id)),
        )
        .inner_join(suppliers::table.on(suppliers::id.eq(site_versions::supplier_id)))
        .filter(site_versions::area.eq_any(areas))
        .filter(site_versions::valid_from.le(end))
        .filter(site_versions::valid_to.gt(end))
        .filter(supplier_versions::stage.eq_any(COUNTED))
        .filter(supplier_versions::valid_from.le(end))
        .filter(supplier_versions::valid_to.gt(end))
        .filter(
            suppliers::number
                .gt(number)
                .or(suppliers::number.eq(number).and(site_versions::site_id.gt(site))),
        )
        .into_boxed::<MultiBackend>();
    if let Some(company_areas) = scope.areas() {
        query = query.filter(supplier_versions::area.eq_any(company_areas));
    }
    Ok(query
        .order((suppliers::number, site_versions::site_id))
        .limit(ROWS as i64 + 1)
        .select((
            suppliers::number,
            suppliers::id,
            supplier_versions::legal_name,
            suppliers::english_name,
            supplier_versions::stage,
            site_versions::area,
            site_versions::site_id,
            site_versions::city,
            site_versions::address,
        ))
        .load(c)?)
}
