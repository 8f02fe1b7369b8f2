//! The sites of a company: registered office, plants, warehouses. One of them is registered,
//! and gives the company its region.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::change::{follow_site, without_nulls};
use super::place::{Candidate, Located, PlaceInput, PlaceStatus};
use super::{Supplier, find};
use crate::access::{May, MayWrite, right};
use crate::audit::{self, change};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{site_versions, sites, suppliers};
use crate::values::{forever, new_id, now};

text_enum! {
    /// What a site is.
    SiteKind {
        RegisteredOffice = "registered_office",
        Office = "office",
        Plant = "plant",
        Warehouse = "warehouse",
        Other = "other",
    }
}

/// A place of a supplier.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sites)]
pub struct Site {
    pub id: String,
    pub supplier_id: String,
    pub kind: SiteKind,
    pub name: String,
    pub address: String,
    pub country: String,
    pub area: String,
    pub city: String,
    pub place_status: PlaceStatus,
    pub place_reason: String,
    pub place_candidates: String,
    pub import_id: Option<String>,
    pub created_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
}

impl Site {
    /// What an unresolved address may mean.
    pub fn candidates(&self) -> Vec<Candidate> {
        serde_json::from_str(&self.place_candidates).unwrap_or_default()
    }

    pub fn is_unresolved(&self) -> bool {
        self.place_status == PlaceStatus::Unresolved
    }
}

/// What staff write about a site.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SiteInput {
    pub kind: String,
    #[validate(length(max = 200))]
    pub name: String,
    #[serde(flatten)]
    #[validate(nested)]
    pub place: PlaceInput,
}

impl SiteInput {
    /// The rules beyond lengths.
    pub(crate) fn problems(&self) -> Problems {
        let mut problems = self.place.problems();
        if SiteKind::parse(&self.kind).is_none() {
            problems.add(Problem::new("kind", "unknown_choice"));
        }
        problems
    }

    fn check(&self) -> Result<SiteKind, Error> {
        self.problems().into_result()?;
        SiteKind::parse(&self.kind).ok_or(Error::NotFound)
    }
}

/// The registered site of a company just entered.
pub(super) fn insert_registered(
    c: &mut AnyConnection,
    supplier: &Supplier,
    address: &str,
    located: &Located,
    since: NaiveDateTime,
) -> Result<(), Error> {
    let site = Site {
        id: supplier.registered_site_id.clone(),
        ..site_of(&supplier.id, SiteKind::RegisteredOffice, "", address, located)
    };
    insert(c, &site, since)
}

fn site_of(
    supplier_id: &str,
    kind: SiteKind,
    name: &str,
    address: &str,
    located: &Located,
) -> Site {
    Site {
        id: new_id(),
        supplier_id: supplier_id.into(),
        kind,
        name: name.trim().into(),
        address: address.trim().into(),
        country: located.country.clone(),
        area: located.area.clone(),
        city: located.city.clone(),
        place_status: located.status,
        place_reason: located.reason.clone(),
        place_candidates: located.candidates.clone(),
        import_id: None,
        created_at: now(),
        closed_at: None,
    }
}

fn insert(c: &mut AnyConnection, site: &Site, since: NaiveDateTime) -> Result<(), Error> {
    diesel::insert_into(sites::table).values(site).execute(c)?;
    insert_version(c, site, since)
}

fn insert_version(c: &mut AnyConnection, site: &Site, from: NaiveDateTime) -> Result<(), Error> {
    diesel::insert_into(site_versions::table)
        .values((
            site_versions::site_id.eq(&site.id),
            site_versions::valid_from.eq(from),
            site_versions::valid_to.eq(forever()),
            site_versions::supplier_id.eq(&site.supplier_id),
            site_versions::area.eq(&site.area),
            site_versions::city.eq(&site.city),
            site_versions::address.eq(&site.address),
        ))
        .execute(c)?;
    Ok(())
}

/// Adds a site to a company.
pub fn add(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    input: &SiteInput,
) -> Result<Site, Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let kind = input.check()?;
    let located = input.place.locate(&supplier.legal_name);
    let site = site_of(supplier_id, kind, &input.name, &input.place.address, &located);
    insert(c, &site, site.created_at)?;
    audit::append(
        c,
        by.actor(),
        "site.added",
        ("supplier", supplier_id),
        json!({ "site": site.id, "kind": kind.as_str(), "address": site.address, "area": site.area }),
    )?;
    Ok(site)
}

/// Changes a site. The region of the company follows its registered site.
pub fn edit(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    site_id: &str,
    input: &SiteInput,
) -> Result<Site, Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let before = of_supplier(c, supplier_id, site_id)?;
    let kind = input.check()?;
    let located = input.place.locate(&supplier.legal_name);
    let after = Site {
        id: before.id.clone(),
        import_id: before.import_id.clone(),
        created_at: before.created_at,
        ..site_of(supplier_id, kind, &input.name, &input.place.address, &located)
    };
    replace(c, &supplier, &before, &after)?;
    let details = json!({
        "site": site_id,
        "kind": change(before.kind.as_str(), after.kind.as_str()),
        "name": change(&before.name, &after.name),
        "address": change(&before.address, &after.address),
        "area": change(&before.area, &after.area),
        "city": change(&before.city, &after.city),
    });
    audit::append(c, by.actor(), "site.edited", ("supplier", supplier_id), without_nulls(details))?;
    Ok(after)
}

pub(super) fn replace(
    c: &mut AnyConnection,
    supplier: &Supplier,
    before: &Site,
    after: &Site,
) -> Result<(), Error> {
    let time = now();
    diesel::update(sites::table.find(&before.id))
        .set((
            sites::kind.eq(after.kind),
            sites::name.eq(&after.name),
            sites::address.eq(&after.address),
            sites::country.eq(&after.country),
            sites::area.eq(&after.area),
            sites::city.eq(&after.city),
            sites::place_status.eq(after.place_status),
            sites::place_reason.eq(&after.place_reason),
            sites::place_candidates.eq(&after.place_candidates),
        ))
        .execute(c)?;
    close_version(c, &before.id, time)?;
    insert_version(c, after, time)?;
    let moved = supplier.area != after.area || supplier.city != after.city;
    if supplier.registered_site_id == before.id && moved {
        follow_site(c, supplier, &after.area, &after.city)?;
    }
    Ok(())
}

fn close_version(c: &mut AnyConnection, site_id: &str, time: NaiveDateTime) -> Result<(), Error> {
    diesel::update(
        site_versions::table
            .filter(site_versions::site_id.eq(site_id))
            .filter(site_versions::valid_to.eq(forever())),
    )
    .set(site_versions::valid_to.eq(time))
    .execute(c)?;
    Ok(())
}

/// Closes a site. The registered one stays: another must be registered first.
pub fn close(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    site_id: &str,
) -> Result<(), Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let site = of_supplier(c, supplier_id, site_id)?;
    if supplier.registered_site_id == site_id {
        return Err(Error::Conflict("conflict-registered-site"));
    }
    let time = now();
    diesel::update(sites::table.find(site_id))
        .set((sites::closed_at.eq(time), sites::place_status.eq(PlaceStatus::Settled)))
        .execute(c)?;
    close_version(c, site_id, time)?;
    let details = json!({ "site": site_id, "address": site.address });
    audit::append(c, by.actor(), "site.closed", ("supplier", supplier_id), details)
}

/// Makes a site the registered one; the company's region follows it.
pub fn register(
    c: &mut AnyConnection,
    by: &May<right::EditSuppliers>,
    supplier_id: &str,
    site_id: &str,
) -> Result<(), Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let site = of_supplier(c, supplier_id, site_id)?;
    diesel::update(suppliers::table.find(supplier_id))
        .set(suppliers::registered_site_id.eq(site_id))
        .execute(c)?;
    follow_site(c, &supplier, &site.area, &site.city)?;
    let details =
        json!({ "site": change(&supplier.registered_site_id, site_id), "address": site.address });
    audit::append(c, by.actor(), "site.registered", ("supplier", supplier_id), details)
}

/// An open site of a company.
pub fn of_supplier(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Site, Error> {
    Ok(sites::table
        .find(id)
        .filter(sites::supplier_id.eq(supplier_id))
        .filter(sites::closed_at.is_null())
        .select(Site::as_select())
        .first(c)?)
}

/// The open sites of a company, oldest first, at most 200.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Site>, Error> {
    Ok(sites::table
        .filter(sites::supplier_id.eq(supplier_id))
        .filter(sites::closed_at.is_null())
        .order(sites::id)
        .limit(200)
        .select(Site::as_select())
        .load(c)?)
}
