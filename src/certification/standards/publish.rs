//! A draft is put into force by somebody who had no part in it, and a version that is not in force
//! yet can be taken back.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::draft::{described, has_worked_on, must_not_circle};
use super::shortage::{BATCH, shortage, standing};
use super::{Standard, Standards, Status, demands_of, find, published};
use crate::access::{May, right};
use crate::audit;
use crate::categories;
use crate::certification::category::keep;
use crate::certification::demands::DemandKind;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::access_standards;
use crate::values::now;
use crate::vault::Vault;
use crate::versions;
use crate::{end_version, put_in_force};

/// What the person saw who publishes a draft, and from when on it shall count.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PublicationInput {
    /// The first day, "2027-01-31": today or later.
    pub effective_from: String,
    /// How many companies the page said would be short.
    pub seen_short: String,
    /// The revision of the draft that the page showed.
    pub revision: String,
}

/// Publishes a draft. When its day is today, the certifications that rest on it are looked at again
/// at once. Refused when the draft, or the number of companies that it leaves short, is another than
/// the person saw.
pub fn publish(
    c: &mut AnyConnection,
    by: &May<right::PublishStandards>,
    vault: &Vault,
    id: &str,
    input: &PublicationInput,
) -> Result<Standard, Error> {
    let draft = find(c, id)?;
    if draft.status != Status::Draft {
        return Err(Error::Conflict("conflict-standard-stands"));
    }
    if has_worked_on(c, &draft, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-standard"));
    }
    let all = categories::all(c)?;
    if !all.iter().any(|one| one.id == draft.category_id) {
        return Err(Error::Conflict("conflict-category-closed"));
    }
    if input.revision != draft.revision.to_string() {
        return Err(Problems::one("", "draft_changed").into());
    }
    let today = now().date();
    let standards = published(c)?;
    let newest = last_day(&standards, &draft.category_id);
    let day = versions::first_day(&input.effective_from, newest)?;
    let demands = demands_of(c, id)?;
    let others = demands.iter().filter(|demand| demand.kind == DemandKind::Category);
    let others: Vec<String> = others.map(|demand| demand.subject.clone()).collect();
    // What others have published since it was drafted may close a ring.
    must_not_circle(&standards, &all, &draft.category_id, &others)?;
    if let Some(other) = others.iter().find(|other| standards.on(other, day).is_none()) {
        let code = all.iter().find(|one| one.id == **other).map_or("?", |one| one.code.as_str());
        let problem = Problem::new("", "demand_without_standard").with("category", code);
        return Err(Problems(vec![problem]).into());
    }
    let shortage = shortage(c, by.scope(), &standards, &draft, &demands, day)?;
    if input.seen_short.trim() != shortage.short.to_string() {
        let seen: i64 = input.seen_short.trim().parse().unwrap_or(0);
        let problem = Problem::new("", "short_changed").with("before", seen);
        return Err(Problems(vec![problem.with("now", shortage.short)]).into());
    }
    let put = put_in_force!(
        c,
        access_standards,
        access_standards::table
            .find(id)
            .filter(access_standards::status.eq(Status::Draft))
            .filter(access_standards::revision.eq(draft.revision)),
        Status::Published,
        day,
        by.actor()
    )?;
    if put == 0 {
        return Err(Error::Conflict("conflict-standard-stands"));
    }
    let details = json!({
        "version": draft.version,
        "effective_from": day.to_string(),
        "demands": described(&all, &demands),
        "left_short": shortage.short,
    });
    audit::append(c, by.actor(), "standard.published", ("category", &draft.category_id), details)?;
    if day == today {
        let standards = published(c)?;
        let concerned = standing(c, &standards, &draft.category_id)?;
        for batch in concerned.chunks(BATCH) {
            let ids: Vec<&str> = batch.iter().map(String::as_str).collect();
            keep::recheck(c, by.actor(), vault, &ids)?;
        }
    }
    find(c, id)
}

/// The first day of the newest published version that a category has itself.
fn last_day(standards: &Standards, category_id: &str) -> Option<NaiveDate> {
    let versions = standards.of(category_id).iter();
    let own = versions.filter(|one| one.standard.category_id == category_id);
    own.map(|one| one.from).max()
}

/// The first day that a category's next version can have, whatever day is today.
pub(super) fn earliest(standards: &Standards, category_id: &str) -> NaiveDate {
    let last = last_day(standards, category_id);
    last.map_or(NaiveDate::MIN, |last| last + Days::new(1))
}

/// Takes back a published version before its day, with the reason.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::PublishStandards>,
    id: &str,
    reason: &str,
) -> Result<Standard, Error> {
    let standard = find(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        access_standards,
        access_standards::table
            .find(id)
            .filter(access_standards::status.eq(Status::Published))
            .filter(access_standards::effective_from.gt(now().date())),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-standard-stands"));
    }
    let details = json!({
        "version": standard.version,
        "effective_from": standard.effective_from.map(|day| day.to_string()),
        "reason": reason.trim(),
    });
    audit::append(
        c,
        by.actor(),
        "standard.withdrawn",
        ("category", &standard.category_id),
        details,
    )?;
    Ok(standard)
}
