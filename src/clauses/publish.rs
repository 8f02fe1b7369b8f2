//! A reviewed version is put into force by somebody who had no part in its words, and one whose day has
//! not come can be taken back.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::draft::{described, has_worked_on};
use super::duties;
use super::standing::{InForce, Published, load, published};
use super::{Status, Version, find_version};
use crate::access::{May, right};
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problems};
use crate::schema::{
    clause_requests, clause_versions, signature_holders, signature_voids, signatures,
};
use crate::suppliers::clearance::periods::at;
use crate::values::{end_of, now};
use crate::versions;
use crate::{end_version, put_in_force};

/// From when on a version shall count, and what the person saw who publishes it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PublicationInput {
    /// The first day, "2027-01-31": today or later.
    pub effective_from: String,
    /// The revision of the draft that the page showed.
    pub revision: String,
}

/// Publishes a reviewed version. What companies were asked to sign of the clause before is settled:
/// this is the version to sign from now on.
pub fn publish(
    c: &mut AnyConnection,
    by: &May<right::PublishClauses>,
    id: &str,
    input: &PublicationInput,
) -> Result<Version, Error> {
    let (version, clause) = find_version(c, id)?;
    match version.status {
        Status::Reviewed => {}
        Status::Draft => return Err(Error::Conflict("conflict-clause-unreviewed")),
        _ => return Err(Error::Conflict("conflict-clause-stands")),
    }
    if has_worked_on(c, &version, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-clause"));
    }
    if input.revision != version.revision.to_string() {
        return Err(Problems::one("", "draft_changed").into());
    }
    if !version.is_whole() {
        return Err(Error::Internal("a clause's text is not what its hash says".into()));
    }
    let before = published(c)?;
    let newest = before.newest(&clause.id).map(|last| last.from);
    let day = versions::first_day(&input.effective_from, newest)?;
    let again = must_sign_again(c, &before, &version, day)?;
    let put = put_in_force!(
        c,
        clause_versions,
        clause_versions::table
            .find(id)
            .filter(clause_versions::status.eq(Status::Reviewed))
            .filter(clause_versions::revision.eq(version.revision)),
        Status::Published,
        day,
        by.actor()
    )?;
    if put == 0 {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    let older: Vec<&str> =
        before.of(&clause.id).iter().map(|one| one.version.id.as_str()).collect();
    settle(c, &older)?;
    let details = json!({
        "code": clause.code,
        "version": version.version,
        "effective_from": day.to_string(),
        "whom": described(c, &version)?,
        "text_en_sha256": version.sha256_en,
        "text_zh_sha256": version.sha256_zh,
        "must_sign_again": again,
    });
    audit::append(c, by.actor(), "clause.published", ("clause", &clause.id), details)?;
    Ok(find_version(c, id)?.0)
}

/// The first day that a clause's next version can have: today or later, and after the newest one's.
pub(super) fn earliest(published: &Published, clause_id: &str, today: NaiveDate) -> NaiveDate {
    versions::earliest(published.newest(clause_id).map(|last| last.from), today)
}

/// Companies looked at together.
const BATCH: usize = 500;

/// How many companies have signed an earlier version of a clause and would have to sign this one from a
/// day on.
pub fn must_sign_again(
    c: &mut AnyConnection,
    published: &Published,
    version: &Version,
    day: NaiveDate,
) -> Result<i64, Error> {
    let earlier: Vec<&str> =
        published.of(&version.clause_id).iter().map(|one| one.version.id.as_str()).collect();
    let holders: Vec<String> = signatures::table
        .inner_join(signature_holders::table.on(signature_holders::id.eq(signatures::id)))
        .left_join(signature_voids::table.on(signature_voids::signature_id.eq(signatures::id)))
        .filter(among(signatures::version_id, earlier.iter().copied()))
        .filter(signature_voids::voided_at.is_null())
        .select(signature_holders::supplier_id)
        .distinct()
        .load(c)?;
    let one = InForce {
        duties: duties::of(c, &version.id)?,
        version: version.clone(),
        from: day,
        until: None,
    };
    let moment = end_of(day);
    let mut number = 0;
    for batch in holders.chunks(BATCH) {
        let ids: Vec<&str> = batch.iter().map(String::as_str).collect();
        let asked = load(c, &ids)?.into_values().filter(|company| {
            company.asked(published, &one).iter().any(|(when, _)| at(&[*when], moment).is_some())
        });
        number += asked.count() as i64;
    }
    Ok(number)
}

/// Takes back a published version before its day, with the reason. Signatures under it stay the facts
/// that they are; nobody is asked for one any more.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::PublishClauses>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let (version, clause) = find_version(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        clause_versions,
        clause_versions::table
            .find(id)
            .filter(clause_versions::status.eq(Status::Published))
            .filter(clause_versions::effective_from.gt(now().date())),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    settle(c, &[&version.id])?;
    let details = json!({
        "code": clause.code,
        "version": version.version,
        "effective_from": version.effective_from.map(|day| day.to_string()),
        "reason": reason.trim(),
    });
    audit::append(c, by.actor(), "clause.withdrawn", ("clause", &clause.id), details)?;
    Ok(version)
}

/// Settles what companies were asked about versions that nobody is to sign any more.
fn settle(c: &mut AnyConnection, version_ids: &[&str]) -> Result<(), Error> {
    let open = clause_requests::table
        .filter(among(clause_requests::version_id, version_ids.iter().copied()))
        .filter(clause_requests::settled_at.is_null());
    diesel::update(open).set(clause_requests::settled_at.eq(now())).execute(c)?;
    Ok(())
}
