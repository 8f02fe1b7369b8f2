//! What there is of checklists, for pages and programs.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;

use super::draft::WORK;
use super::{Status, Version};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{audit_records, checklist_items, checklist_versions, checklists};
use crate::versions::{Phase, with_phases};

/// The versions of all checklists that count, will count or are drafted, by their checklists; with those
/// that have counted before.
pub fn standing(
    c: &mut AnyConnection,
    day: NaiveDate,
) -> Result<HashMap<String, Vec<(Version, Phase)>>, Error> {
    let found: Vec<Version> = checklist_versions::table
        .filter(checklist_versions::status.ne(Status::Discarded))
        .order((checklist_versions::checklist_id, checklist_versions::version.desc()))
        .limit(5000)
        .select(Version::as_select())
        .load(c)?;
    let mut of: HashMap<String, Vec<Version>> = HashMap::new();
    for one in found {
        of.entry(one.checklist_id.clone()).or_default().push(one);
    }
    Ok(of.into_iter().map(|(id, versions)| (id, with_phases(versions, day))).collect())
}

/// How many items versions have, by their ids; those without any are left out.
pub fn numbers_of_items(
    c: &mut AnyConnection,
    version_ids: &[&str],
) -> Result<HashMap<String, i64>, Error> {
    let numbers: Vec<(String, i64)> = checklist_items::table
        .filter(among(checklist_items::version_id, version_ids.iter().copied()))
        .group_by(checklist_items::version_id)
        .select((checklist_items::version_id, count_star()))
        .load(c)?;
    Ok(numbers.into_iter().collect())
}

/// The id of a version, the English and Chinese name of its checklist, and since when it waits.
pub type Waiting = (String, String, String, NaiveDateTime);

/// Drafts that have items and that somebody had no part in, the oldest first.
pub fn to_publish(
    c: &mut AnyConnection,
    account_id: &str,
    limit: i64,
) -> Result<Vec<Waiting>, Error> {
    let edited = audit_records::table
        .filter(audit_records::subject_kind.eq("checklist"))
        .filter(audit_records::subject_id.eq(checklist_versions::checklist_id))
        .filter(audit_records::action.eq_any(WORK))
        .filter(audit_records::actor_id.eq(account_id))
        .filter(audit_records::at.ge(checklist_versions::created_at));
    let items =
        checklist_items::table.filter(checklist_items::version_id.eq(checklist_versions::id));
    Ok(checklist_versions::table
        .inner_join(checklists::table.on(checklists::id.eq(checklist_versions::checklist_id)))
        .filter(checklist_versions::status.eq(Status::Draft))
        .filter(checklist_versions::drafted_by.ne(account_id))
        .filter(exists(items))
        .filter(not(exists(edited)))
        .order(checklist_versions::created_at)
        .limit(limit)
        .select((
            checklist_versions::id,
            checklists::name_en,
            checklists::name_zh,
            checklist_versions::created_at,
        ))
        .load(c)?)
}
