//! Suppliers and sites as a file. Rows are read in batches by key inside one read transaction,
//! what belongs to them is fetched once per batch, and nothing is kept: memory does not grow
//! with the register. The headers are those that the import recognises.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

use chrono::NaiveDateTime;
use diesel::dsl::min;
use diesel::prelude::*;

use super::clearance::{self, HoldSources, Reach, clearance, reach};
use super::list::{Filter, From, Order, Part, from_on, parts};
use super::sites::SiteKind;
use super::{Stage, code_of};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::page::paging::Cursor;
use crate::regions::{OUTSIDE, Scheme, UNRESOLVED, city, country_of_area, province, region_code};
use crate::schema::{
    categories, identifiers, sites, supplier_categories, supplier_versions, suppliers,
};
use crate::sheets::{Cell, Format, Options, SheetWriter};
use crate::texts::Language;
use crate::values::now;

text_enum! {
    /// What is exported.
    Subject { Suppliers = "suppliers", Sites = "sites" }
}

/// Suppliers read at once.
const BATCH: usize = 1000;

/// The columns of the suppliers' export.
pub const SUPPLIER_HEADERS: [&str; 23] = [
    "supplier_id",
    "number",
    "legal_name",
    "english_name",
    "stage",
    "since",
    "country",
    "province_code",
    "province",
    "city",
    "region",
    "address",
    "uscc",
    "lei",
    "duns",
    "eu_vat",
    "category",
    "industry",
    "website",
    "note",
    "created_at",
    "cleared",
    "clearance_reasons",
];

/// The columns of the sites' export.
pub const SITE_HEADERS: [&str; 11] = [
    "supplier_id",
    "supplier_name",
    "site_id",
    "country",
    "province_code",
    "province",
    "city",
    "region",
    "address",
    "site_kind",
    "site_name",
];

/// A supplier as far as the export shows it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = suppliers)]
pub struct Exported {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    sort_key: String,
    pub stage: Stage,
    area: String,
    city: String,
    registered_site_id: String,
    industry: String,
    website: String,
    note: String,
    created_at: NaiveDateTime,
}

/// How a file is written.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    pub format: Format,
    /// Begin a CSV with a byte order mark: for people with Excel.
    pub bom: bool,
    /// The scheme whose region stands in the column `region`.
    pub scheme: Cow<'static, Scheme>,
    /// What else clearance asks.
    pub sources: HoldSources,
}

/// Writes what a filter finds to `out`. Returns the output, flushed, and the number of rows.
pub fn write<W: Write + Send>(
    c: &mut AnyConnection,
    subject: Subject,
    filter: &Filter,
    options: &ExportOptions,
    out: W,
) -> Result<(W, u64), Error> {
    let headers: &[&str] = match subject {
        Subject::Suppliers => &SUPPLIER_HEADERS,
        Subject::Sites => &SITE_HEADERS,
    };
    let bom = Options { bom: options.bom };
    let mut sheet = SheetWriter::new(options.format, out, headers, bom)?;
    let mut rows = 0;
    each_batch(c, filter, |c, batch| {
        rows += match subject {
            Subject::Suppliers => write_suppliers(c, batch, options, &mut sheet)?,
            Subject::Sites => write_sites(c, batch, &options.scheme, &mut sheet)?,
        };
        Ok(true)
    })?;
    Ok((sheet.finish()?, rows))
}

/// Walks through the suppliers of a filter. Areas are walked one after the other, because each
/// of them is in the list's order in its index; all areas together go by number, which is the
/// order in which they lie on disk.
/// Ends early when `work` says that it wants no more.
pub fn each_batch(
    c: &mut AnyConnection,
    filter: &Filter,
    mut work: impl FnMut(&mut AnyConnection, &[Exported]) -> Result<bool, Error>,
) -> Result<(), Error> {
    let parts = parts(filter);
    let by_area = matches!(parts.first(), Some(Part::Area(_)));
    let order = if by_area { Order::Name } else { Order::Oldest };
    let ordered = Filter { order, ..filter.clone() };
    for part in parts {
        let mut from = From::Start;
        loop {
            let Some(query) = from_on(c, &ordered, part, &from) else {
                return Ok(());
            };
            let query = query.limit(BATCH as i64).select(Exported::as_select());
            let batch: Vec<Exported> = query.load(c)?;
            if !work(c, &batch)? {
                return Ok(());
            }
            let Some(last) = batch.last().filter(|_| batch.len() == BATCH) else {
                break;
            };
            from = From::After(Cursor { key: last.sort_key.clone(), number: last.number });
        }
    }
    Ok(())
}

/// What else is known of the suppliers of a batch, by supplier.
struct Joined {
    reach: HashMap<String, Reach>,
    /// Kind, value, and whether confirmed, in the order of their recording.
    identifiers: HashMap<String, Vec<(String, String, bool)>>,
    /// Codes, joined by a semicolon.
    categories: HashMap<String, String>,
    since: HashMap<String, NaiveDateTime>,
}

fn joined(c: &mut AnyConnection, batch: &[Exported]) -> Result<Joined, Error> {
    let ids: Vec<&str> = batch.iter().map(|row| row.id.as_str()).collect();
    let site_ids: Vec<&str> = batch.iter().map(|row| row.registered_site_id.as_str()).collect();
    let held: Vec<(String, String, String, Option<NaiveDateTime>)> = identifiers::table
        .filter(among(identifiers::supplier_id, ids.iter().copied()))
        .filter(identifiers::removed_at.is_null())
        .order((identifiers::created_at, identifiers::id))
        .select((
            identifiers::supplier_id,
            identifiers::kind,
            identifiers::value,
            identifiers::confirmed_at,
        ))
        .load(c)?;
    let offered: Vec<(String, String)> = supplier_categories::table
        .inner_join(categories::table.on(categories::id.eq(supplier_categories::category_id)))
        .filter(among(supplier_categories::supplier_id, ids.iter().copied()))
        .order(categories::code)
        .select((supplier_categories::supplier_id, categories::code))
        .load(c)?;
    let since: Vec<(String, Option<NaiveDateTime>)> = supplier_versions::table
        .filter(among(supplier_versions::supplier_id, ids.iter().copied()))
        .group_by(supplier_versions::supplier_id)
        .select((supplier_versions::supplier_id, min(supplier_versions::valid_from)))
        .load(c)?;
    let mut joined = Joined {
        reach: reach(c, &site_ids)?,
        identifiers: HashMap::new(),
        categories: HashMap::new(),
        since: since.into_iter().filter_map(|(id, from)| Some((id, from?))).collect(),
    };
    for (supplier, kind, value, confirmed) in held {
        let own = joined.identifiers.entry(supplier).or_default();
        own.push((kind, value, confirmed.is_some()));
    }
    for (supplier, code) in offered {
        let codes = joined.categories.entry(supplier).or_default();
        if !codes.is_empty() {
            codes.push(';');
        }
        codes.push_str(&code);
    }
    Ok(joined)
}

fn write_suppliers<W: Write + Send>(
    c: &mut AnyConnection,
    batch: &[Exported],
    options: &ExportOptions,
    sheet: &mut SheetWriter<W>,
) -> Result<u64, Error> {
    let joined = joined(c, batch)?;
    let ids: Vec<&str> = batch.iter().map(|row| row.id.as_str()).collect();
    let holds = options.sources.without_categories().held(c, &ids)?;
    let today = now().date();
    for row in batch {
        let place = Place::of(&row.area, &row.city, &options.scheme);
        let held = joined.identifiers.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let identifier = |kind: &str| {
            let found = held.iter().find(|(known, ..)| known == kind);
            found.map(|(_, value, _)| value.as_str()).unwrap_or_default()
        };
        let reach = joined.reach.get(&row.id);
        let own = held.iter().map(|(kind, value, confirmed)| (&**kind, &**value, *confirmed));
        let facts = clearance::today(row.stage, &row.area, reach, own, holds.get(&row.id));
        let found = clearance(&facts, None, today);
        let reasons = found.codes();
        let since = joined.since.get(&row.id).map(|from| from.date().to_string());
        let created_at = row.created_at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let code = code_of(row.number);
        let cells = [
            row.id.as_str(),
            &code,
            &row.legal_name,
            &row.english_name,
            row.stage.as_str(),
            since.as_deref().unwrap_or_default(),
            country_of_area(&row.area),
            place.province_code,
            place.province,
            place.city,
            place.region,
            reach.map(|reach| reach.address.as_str()).unwrap_or_default(),
            identifier("uscc"),
            identifier("lei"),
            identifier("duns"),
            identifier("eu_vat"),
            joined.categories.get(&row.id).map(String::as_str).unwrap_or_default(),
            &row.industry,
            &row.website,
            &row.note,
            &created_at,
            if found.is_cleared() { "yes" } else { "no" },
            &reasons,
        ];
        sheet.row(&cells.map(Cell::Text))?;
    }
    Ok(batch.len() as u64)
}

/// A site as far as the export shows it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sites)]
struct ExportedSite {
    id: String,
    supplier_id: String,
    kind: SiteKind,
    name: String,
    address: String,
    country: String,
    area: String,
    city: String,
}

fn write_sites<W: Write + Send>(
    c: &mut AnyConnection,
    batch: &[Exported],
    scheme: &Scheme,
    sheet: &mut SheetWriter<W>,
) -> Result<u64, Error> {
    let ids: Vec<&str> = batch.iter().map(|row| row.id.as_str()).collect();
    let found: Vec<ExportedSite> = sites::table
        .filter(among(sites::supplier_id, ids.iter().copied()))
        .filter(sites::closed_at.is_null())
        .order(sites::id)
        .select(ExportedSite::as_select())
        .load(c)?;
    let mut by_supplier: HashMap<&str, Vec<&ExportedSite>> = HashMap::new();
    for site in &found {
        by_supplier.entry(&site.supplier_id).or_default().push(site);
    }
    for row in batch {
        let mut sites = by_supplier.remove(row.id.as_str()).unwrap_or_default();
        // The import takes a company's first row for its registered site.
        sites.sort_by_key(|site| site.id != row.registered_site_id);
        for site in sites {
            let place = Place::of(&site.area, &site.city, scheme);
            let cells = [
                row.id.as_str(),
                &row.legal_name,
                &site.id,
                &site.country,
                place.province_code,
                place.province,
                place.city,
                place.region,
                &site.address,
                site.kind.as_str(),
                &site.name,
            ];
            sheet.row(&cells.map(Cell::Text))?;
        }
    }
    Ok(found.len() as u64)
}

/// A place in the columns of a file, in English.
struct Place<'a> {
    province_code: &'static str,
    province: &'static str,
    city: &'static str,
    region: &'a str,
}

impl<'a> Place<'a> {
    fn of(area: &str, city_code: &str, scheme: &'a Scheme) -> Place<'a> {
        let province = province(area);
        Place {
            province_code: province.map(|found| found.code).unwrap_or_default(),
            province: province.map(|found| found.name_en).unwrap_or_default(),
            city: city(city_code).map(|found| found.name_en).unwrap_or_default(),
            region: region(scheme, area),
        }
    }
}

fn region<'a>(scheme: &'a Scheme, area: &str) -> &'a str {
    let texts = Language::English.texts();
    match region_code(scheme, area) {
        OUTSIDE => texts.get("region-outside"),
        UNRESOLVED => texts.get("region-unresolved"),
        code => {
            let found = scheme.regions.iter().find(|region| region.code == code);
            found.map(|region| region.name_en.as_str()).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppliers::columns::{Field, recognise};

    #[test]
    fn every_header_is_one_that_the_import_knows_or_leaves_alone() {
        let headers: Vec<String> = SUPPLIER_HEADERS.iter().map(|h| h.to_string()).collect();
        for (header, field) in headers.iter().zip(recognise(&headers)) {
            let named = Field::parse(header);
            assert_eq!(field, named, "{header}");
            let left_alone = ["number", "created_at", "cleared", "clearance_reasons"];
            assert!(named.is_some() || left_alone.contains(&header.as_str()));
        }
        let headers: Vec<String> = SITE_HEADERS.iter().map(|h| h.to_string()).collect();
        for (header, field) in headers.iter().zip(recognise(&headers)) {
            let named = Field::parse(header);
            assert_eq!(field, named.or(Some(Field::Name)), "{header}");
        }
    }
}
