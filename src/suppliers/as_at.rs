//! A company as it was at the end of a past day.
//!
//! Name, stage, region and sites have versions of their own. What has none is found by going back:
//! today's values, with every audit record since that day undone, the newest first.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::Value;

use super::contacts::Contact;
use super::held::Identifier;
use super::history::Version;
use super::sites::SiteKind;
use super::{Stage, Supplier};
use crate::audit::AuditRecord;
use crate::categories::{self, Category};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{
    audit_records, categories as category_table, contacts, identifiers, site_versions, sites,
    supplier_versions,
};
use crate::values::end_of;

/// A company at the end of a day, UTC.
#[derive(Clone, Debug, PartialEq)]
pub struct AsAt {
    pub legal_name: String,
    pub english_name: String,
    pub stage: Stage,
    pub area: String,
    pub industry: String,
    pub website: String,
    pub note: String,
    /// By code.
    pub categories: Vec<Category>,
    /// Open sites, oldest first.
    pub sites: Vec<SiteAsAt>,
    pub identifiers: Vec<HeldAsAt>,
    pub contacts: Vec<PersonAsAt>,
}

/// A site at the end of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteAsAt {
    pub id: String,
    pub kind: SiteKind,
    pub name: String,
    pub address: String,
    pub area: String,
    pub city: String,
    pub is_registered: bool,
}

/// An identifier that was held.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldAsAt {
    pub kind: String,
    pub value: String,
}

/// A person who was there. How to reach them goes when they do.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonAsAt {
    pub name: String,
    pub title: String,
}

/// The company as it was at the end of `day`; `None` before its first day in the register.
///
/// A list may bring companies that are older than the register. On days before a company was
/// entered, what has no time of its own is as it was at the end of the day of its entry.
pub fn as_at(
    c: &mut AnyConnection,
    supplier: &Supplier,
    day: NaiveDate,
) -> Result<Option<AsAt>, Error> {
    let end = end_of(day);
    let Some(version) = version_at(c, &supplier.id, end)? else {
        return Ok(None);
    };
    let known = end.max(end_of(supplier.created_at.date()));
    let mut then = Undone::of(c, supplier)?;
    for record in records_since(c, &supplier.id, known)? {
        then.undo(&record);
    }
    Ok(Some(AsAt {
        legal_name: version.legal_name,
        stage: version.stage,
        area: version.area,
        categories: categories_of(c, &then.categories)?,
        sites: sites_at(c, &supplier.id, end, &then)?,
        identifiers: identifiers_at(c, &supplier.id, known)?,
        contacts: contacts_at(c, &supplier.id, known)?,
        english_name: then.facts.remove("english_name").unwrap_or_default(),
        industry: then.facts.remove("industry").unwrap_or_default(),
        website: then.facts.remove("website").unwrap_or_default(),
        note: then.facts.remove("note").unwrap_or_default(),
    }))
}

fn version_at(
    c: &mut AnyConnection,
    supplier_id: &str,
    end: NaiveDateTime,
) -> Result<Option<Version>, Error> {
    Ok(supplier_versions::table
        .filter(supplier_versions::supplier_id.eq(supplier_id))
        .filter(supplier_versions::valid_from.le(end))
        .filter(supplier_versions::valid_to.gt(end))
        .select(Version::as_select())
        .first(c)
        .optional()?)
}

/// What is being gone back through, as far as that has come.
struct Undone {
    /// The facts that staff write, by the field of their record.
    facts: HashMap<&'static str, String>,
    /// Codes.
    categories: BTreeSet<String>,
    registered_site: String,
    /// (site, "kind" or "name") → value, where it was another one.
    site_facts: HashMap<(String, &'static str), String>,
}

impl Undone {
    fn of(c: &mut AnyConnection, supplier: &Supplier) -> Result<Undone, Error> {
        let offered = categories::of_supplier(c, &supplier.id)?;
        Ok(Undone {
            facts: HashMap::from([
                ("english_name", supplier.english_name.clone()),
                ("industry", supplier.industry.clone()),
                ("website", supplier.website.clone()),
                ("note", supplier.note.clone()),
            ]),
            categories: offered.into_iter().map(|category| category.code).collect(),
            registered_site: supplier.registered_site_id.clone(),
            site_facts: HashMap::new(),
        })
    }

    fn undo(&mut self, record: &AuditRecord) {
        let details: Value = serde_json::from_str(&record.details).unwrap_or(Value::Null);
        match record.action.as_str() {
            "supplier.edited" => {
                for (field, value) in &mut self.facts {
                    if let Some(before) = before(&details[*field]) {
                        *value = before;
                    }
                }
                for added in codes(&details["categories"][1]) {
                    self.categories.remove(&added);
                }
                self.categories.extend(codes(&details["categories"][0]));
            }
            "site.registered" => {
                if let Some(before) = before(&details["site"]) {
                    self.registered_site = before;
                }
            }
            "site.edited" => {
                let site = details["site"].as_str().unwrap_or_default();
                for field in ["kind", "name"] {
                    if let Some(before) = before(&details[field]) {
                        self.site_facts.insert((site.to_string(), field), before);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The first of `[before, after]`; `None` for a field that did not change.
fn before(change: &Value) -> Option<String> {
    change[0].as_str().map(str::to_string)
}

fn codes(list: &Value) -> Vec<String> {
    let codes = list.as_array().into_iter().flatten();
    codes.filter_map(|code| code.as_str().map(str::to_string)).collect()
}

/// The records of what can be undone after a moment, the newest first.
fn records_since(
    c: &mut AnyConnection,
    supplier_id: &str,
    moment: NaiveDateTime,
) -> Result<Vec<AuditRecord>, Error> {
    Ok(audit_records::table
        .filter(audit_records::subject_kind.eq("supplier"))
        .filter(audit_records::subject_id.eq(supplier_id))
        .filter(audit_records::action.eq_any(["supplier.edited", "site.registered", "site.edited"]))
        .filter(audit_records::at.gt(moment))
        .order(audit_records::sequence.desc())
        .select(AuditRecord::as_select())
        .load(c)?)
}

fn categories_of(c: &mut AnyConnection, codes: &BTreeSet<String>) -> Result<Vec<Category>, Error> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    Ok(category_table::table
        .filter(among(category_table::code, codes.iter().map(String::as_str)))
        .order(category_table::code)
        .select(Category::as_select())
        .load(c)?)
}

type SiteThen = (String, String, String, String, SiteKind, String);

fn sites_at(
    c: &mut AnyConnection,
    supplier_id: &str,
    end: NaiveDateTime,
    then: &Undone,
) -> Result<Vec<SiteAsAt>, Error> {
    let found: Vec<SiteThen> = site_versions::table
        .inner_join(sites::table.on(sites::id.eq(site_versions::site_id)))
        .filter(site_versions::supplier_id.eq(supplier_id))
        .filter(site_versions::valid_from.le(end))
        .filter(site_versions::valid_to.gt(end))
        .order(sites::id)
        .limit(200)
        .select((
            sites::id,
            site_versions::address,
            site_versions::area,
            site_versions::city,
            sites::kind,
            sites::name,
        ))
        .load(c)?;
    let site = |(id, address, area, city, kind, name): SiteThen| {
        let fact = |field| then.site_facts.get(&(id.clone(), field));
        SiteAsAt {
            kind: fact("kind").and_then(|k| SiteKind::parse(k)).unwrap_or(kind),
            name: fact("name").cloned().unwrap_or(name),
            is_registered: id == then.registered_site,
            id,
            address,
            area,
            city,
        }
    };
    Ok(found.into_iter().map(site).collect())
}

fn identifiers_at(
    c: &mut AnyConnection,
    supplier_id: &str,
    moment: NaiveDateTime,
) -> Result<Vec<HeldAsAt>, Error> {
    let kept = identifiers::removed_at.is_null().or(identifiers::removed_at.gt(moment));
    let held: Vec<Identifier> = identifiers::table
        .filter(identifiers::supplier_id.eq(supplier_id))
        .filter(identifiers::created_at.le(moment))
        .filter(kept)
        .order((identifiers::created_at, identifiers::id))
        .select(Identifier::as_select())
        .load(c)?;
    Ok(held.into_iter().map(|one| HeldAsAt { kind: one.kind, value: one.value }).collect())
}

fn contacts_at(
    c: &mut AnyConnection,
    supplier_id: &str,
    moment: NaiveDateTime,
) -> Result<Vec<PersonAsAt>, Error> {
    let there = contacts::removed_at.is_null().or(contacts::removed_at.gt(moment));
    let people: Vec<Contact> = contacts::table
        .filter(contacts::supplier_id.eq(supplier_id))
        .filter(contacts::created_at.le(moment))
        .filter(there)
        .order((contacts::created_at, contacts::id))
        .limit(100)
        .select(Contact::as_select())
        .load(c)?;
    Ok(people.into_iter().map(|one| PersonAsAt { name: one.name, title: one.title }).collect())
}
