//! What there is of standards, for pages and programs.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;

use super::draft::EDITED;
use super::{InForce, Standard, Standards, Status};
use crate::access::Scope;
use crate::certification::category;
use crate::certification::demands::Demand;
use crate::clauses;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::schema::{
    access_demands, access_standards, audit_records, categories, certifications, suppliers,
};

text_enum! {
    /// Where a version stands on a day.
    Standing {
        Draft = "draft",
        Coming = "coming",
        InForce = "in_force",
        Past = "past",
        Discarded = "discarded",
    }
}

impl Standing {
    /// Where a version stands, among the published ones of its category.
    pub fn of(standard: &Standard, standards: &Standards, day: NaiveDate) -> Standing {
        match standard.status {
            Status::Draft => Standing::Draft,
            Status::Discarded => Standing::Discarded,
            Status::Published => {
                let own = standards.of(&standard.category_id).iter();
                match own.into_iter().find(|one| one.standard.id == standard.id) {
                    Some(one) if one.counts_on(day) => Standing::InForce,
                    Some(one) if one.from > day => Standing::Coming,
                    _ => Standing::Past,
                }
            }
        }
    }

    /// How pages mark it.
    pub fn mark(self) -> &'static str {
        match self {
            Standing::Draft => "due",
            Standing::Coming => "wait",
            Standing::InForce => "ok",
            Standing::Past | Standing::Discarded => "none",
        }
    }
}

/// The versions of a category, newest first.
pub fn versions(c: &mut AnyConnection, category_id: &str) -> Result<Vec<Standard>, Error> {
    Ok(access_standards::table
        .filter(access_standards::category_id.eq(category_id))
        .order(access_standards::version.desc())
        .limit(500)
        .select(Standard::as_select())
        .load(c)?)
}

/// All drafts: one for each category at most.
pub fn drafts(c: &mut AnyConnection) -> Result<Vec<Standard>, Error> {
    Ok(access_standards::table
        .filter(access_standards::status.eq(Status::Draft))
        .order(access_standards::created_at)
        .limit(2000)
        .select(Standard::as_select())
        .load(c)?)
}

/// Drafts that somebody had no part in, the oldest first: (id, English and Chinese name of the
/// category, when it was drafted).
pub fn to_publish(
    c: &mut AnyConnection,
    account_id: &str,
    limit: i64,
) -> Result<Vec<(String, String, String, NaiveDateTime)>, Error> {
    let edited = audit_records::table
        .filter(audit_records::subject_kind.eq("category"))
        .filter(audit_records::subject_id.eq(access_standards::category_id))
        .filter(audit_records::action.eq(EDITED))
        .filter(audit_records::actor_id.eq(account_id))
        .filter(audit_records::at.ge(access_standards::created_at));
    Ok(access_standards::table
        .inner_join(categories::table.on(categories::id.eq(access_standards::category_id)))
        .filter(access_standards::status.eq(Status::Draft))
        .filter(access_standards::drafted_by.ne(account_id))
        .filter(not(exists(edited)))
        .order(access_standards::created_at)
        .limit(limit)
        .select((
            access_standards::id,
            categories::name_en,
            categories::name_zh,
            access_standards::created_at,
        ))
        .load(c)?)
}

/// How many companies are certified for each of some categories, of those that somebody may see.
pub fn certified(
    c: &mut AnyConnection,
    scope: &Scope,
    category_ids: &[&str],
) -> Result<HashMap<String, i64>, Error> {
    let certified = certifications::table
        .filter(among(certifications::category_id, category_ids.iter().copied()))
        .filter(certifications::status.eq(category::Status::Certified));
    let numbers: Vec<(String, i64)> = match scope.areas() {
        None => certified
            .group_by(certifications::category_id)
            .select((certifications::category_id, count_star()))
            .load(c)?,
        Some(areas) => certified
            .inner_join(suppliers::table.on(suppliers::id.eq(certifications::supplier_id)))
            // Not `among`: where nothing is known of a place, the area is an empty text.
            .filter(suppliers::area.eq_any(areas))
            .group_by(certifications::category_id)
            .select((certifications::category_id, count_star()))
            .load(c)?,
    };
    Ok(numbers.into_iter().collect())
}

/// Versions from an id on, newest first, of a category and a status when these are given.
pub fn page(
    c: &mut AnyConnection,
    category_id: Option<&str>,
    status: Option<Status>,
    before: Option<&str>,
    limit: usize,
) -> Result<Vec<Standard>, Error> {
    let mut query = access_standards::table
        .order(access_standards::id.desc())
        .limit(limit as i64)
        .select(Standard::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(category_id) = category_id {
        query = query.filter(access_standards::category_id.eq(category_id));
    }
    if let Some(status) = status {
        query = query.filter(access_standards::status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(access_standards::id.lt(before));
    }
    Ok(query.load(c)?)
}

/// What versions demand, by their ids.
pub fn demands_of_all(
    c: &mut AnyConnection,
    ids: &[&str],
) -> Result<HashMap<String, Vec<Demand>>, Error> {
    let demands: Vec<Demand> = access_demands::table
        .filter(among(access_demands::standard_id, ids.iter().copied()))
        .order((access_demands::standard_id, access_demands::position))
        .select(Demand::as_select())
        .load(c)?;
    let mut all: HashMap<String, Vec<Demand>> = HashMap::new();
    for demand in demands {
        all.entry(demand.standard_id.clone()).or_default().push(demand);
    }
    Ok(all)
}

/// The version that counts for a category before another one does.
pub fn before<'a>(
    standards: &'a Standards,
    standard: &Standard,
    day: NaiveDate,
) -> Option<&'a InForce> {
    let versions = standards.of(&standard.category_id).iter();
    versions.rev().find(|one| one.standard.id != standard.id && one.from <= day)
}

/// English and Chinese names of all categories, closed ones too, by id; and of all clauses, by code.
pub fn names(c: &mut AnyConnection) -> Result<HashMap<String, (String, String)>, Error> {
    let all: Vec<(String, String, String)> = categories::table
        .select((categories::id, categories::name_en, categories::name_zh))
        .load(c)?;
    let clauses = clauses::all(c)?.into_iter().map(|one| (one.code, one.name_en, one.name_zh));
    Ok(all.into_iter().chain(clauses).map(|(id, en, zh)| (id, (en, zh))).collect())
}
