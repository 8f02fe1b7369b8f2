//! Clauses are made, and their versions drafted, edited and given up. Nothing of this touches a
//! published one.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::json;

use super::duties::{self, Duty};
use super::input::Written;
use super::{Clause, Status, Version, VersionInput, find, find_version, versions_of};
use crate::access::{May, right};
use crate::audit::{self, change};
use crate::categories;
use crate::db::{AnyConnection, is_unique_violation};
use crate::end_version;
use crate::error::{Error, Problems};
use crate::on_both;
use crate::schema::{clause_duties, clause_versions, clauses};
use crate::values::{new_id, now, sha256_hex};

/// What the trail calls the beginning of a draft, and a change of one.
pub(super) const DRAFTED: &str = "clause.drafted";
pub(super) const EDITED: &str = "clause.edited";

/// Makes a clause, with the draft of its first version.
pub fn create(
    c: &mut AnyConnection,
    by: &May<right::EditClauses>,
    input: &VersionInput,
) -> Result<Version, Error> {
    let mut problems = Problems::default();
    let (named, written) = (input.named(), read(c, input)?);
    if let Err(of_name) = &named {
        problems.0.extend(of_name.0.clone());
    }
    if let Err(of_text) = &written {
        problems.0.extend(of_text.0.clone());
    }
    problems.into_result()?;
    let (named, written) = (named?, written?);
    let clause = add(c, by, &named.code, &named.name_en, &named.name_zh)?;
    insert(c, by, &clause, &written)
}

/// Adds a clause without a version.
pub(super) fn add(
    c: &mut AnyConnection,
    by: &May<right::EditClauses>,
    code: &str,
    name_en: &str,
    name_zh: &str,
) -> Result<Clause, Error> {
    let last: Option<i64> = clauses::table
        .select(clauses::position)
        .order(clauses::position.desc())
        .first(c)
        .optional()?;
    let clause = Clause {
        id: new_id(),
        code: code.into(),
        position: last.unwrap_or(0) + 1,
        name_en: name_en.into(),
        name_zh: name_zh.into(),
        created_by: by.actor().account_id.clone(),
        created_name: by.actor().name.clone(),
        created_at: now(),
    };
    diesel::insert_into(clauses::table).values(&clause).execute(c).map_err(|error| {
        match is_unique_violation(&error) {
            true => Error::Invalid(Problems::one("code", "clause_code_taken")),
            false => error.into(),
        }
    })?;
    let details = json!({ "code": code, "name_en": name_en, "name_zh": name_zh });
    audit::append(c, by.actor(), "clause.created", ("clause", &clause.id), details)?;
    Ok(clause)
}

/// Drafts the next version of a clause. A clause has one draft at a time.
pub fn draft(
    c: &mut AnyConnection,
    by: &May<right::EditClauses>,
    clause_id: &str,
    input: &VersionInput,
) -> Result<Version, Error> {
    let clause = find(c, clause_id)?;
    if draft_of(c, &clause.id)?.is_some() {
        return Err(Error::Conflict("conflict-clause-draft"));
    }
    let written = read(c, input)??;
    insert(c, by, &clause, &written)
}

pub(super) fn insert(
    c: &mut AnyConnection,
    by: &May<right::EditClauses>,
    clause: &Clause,
    written: &Written,
) -> Result<Version, Error> {
    let last = versions_of(c, &clause.id)?.first().map_or(0, |newest| newest.version);
    let version = Version {
        id: new_id(),
        clause_id: clause.id.clone(),
        version: last + 1,
        status: Status::Draft,
        sha256_en: sha256_hex(&written.text_en),
        sha256_zh: sha256_hex(&written.text_zh),
        text_en: written.text_en.clone(),
        text_zh: written.text_zh.clone(),
        note: written.note.clone(),
        whom: written.whom,
        effective_from: written.effective_from,
        revision: 1,
        drafted_by: by.actor().account_id.clone(),
        drafted_name: by.actor().name.clone(),
        created_at: now(),
        reviewed_at: None,
        reviewed_by: None,
        reviewed_name: String::new(),
        review_note: String::new(),
        published_at: None,
        published_by: None,
        published_name: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(clause_versions::table).values(&version).execute(c)?;
    demand(c, &version.id, written)?;
    let details = json!({
        "code": clause.code,
        "version": version.version,
        "whom": described(c, &version)?,
        "text_en_sha256": version.sha256_en,
        "text_zh_sha256": version.sha256_zh,
        "note": version.note,
    });
    audit::append(c, by.actor(), DRAFTED, ("clause", &clause.id), details)?;
    Ok(version)
}

/// Changes a draft. One that was reviewed is a draft again, to be reviewed anew.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::EditClauses>,
    id: &str,
    input: &VersionInput,
) -> Result<Version, Error> {
    let (before, clause) = find_version(c, id)?;
    if !before.status.is_open() {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    let written = read(c, input)??;
    if input.revision != before.revision.to_string() {
        return Err(Problems::one("revision", "draft_changed").into());
    }
    let old = described(c, &before)?;
    let changed = diesel::update(
        clause_versions::table
            .find(id)
            .filter(clause_versions::status.eq(before.status))
            .filter(clause_versions::revision.eq(before.revision)),
    )
    .set((
        clause_versions::status.eq(Status::Draft),
        clause_versions::sha256_en.eq(sha256_hex(&written.text_en)),
        clause_versions::sha256_zh.eq(sha256_hex(&written.text_zh)),
        clause_versions::text_en.eq(&written.text_en),
        clause_versions::text_zh.eq(&written.text_zh),
        clause_versions::note.eq(&written.note),
        clause_versions::whom.eq(written.whom),
        clause_versions::effective_from.eq(written.effective_from),
        clause_versions::revision.eq(before.revision + 1),
        clause_versions::reviewed_at.eq(None::<chrono::NaiveDateTime>),
        clause_versions::reviewed_by.eq(None::<String>),
        clause_versions::reviewed_name.eq(""),
        clause_versions::review_note.eq(""),
    ))
    .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    diesel::delete(clause_duties::table.filter(clause_duties::version_id.eq(id))).execute(c)?;
    demand(c, id, &written)?;
    let (after, _) = find_version(c, id)?;
    let new = described(c, &after)?;
    let day = |one: &Version| one.effective_from.map(|day| day.to_string()).unwrap_or_default();
    let details = json!({
        "code": clause.code,
        "version": before.version,
        "whom": change(&old, &new),
        "text_en_sha256": change(&before.sha256_en, &after.sha256_en),
        "text_zh_sha256": change(&before.sha256_zh, &after.sha256_zh),
        "effective_from": change(&day(&before), &day(&after)),
        "note": change(&before.note, &after.note),
    });
    audit::append(c, by.actor(), EDITED, ("clause", &clause.id), details)?;
    Ok(after)
}

/// Gives a draft up, reviewed or not, with the reason.
pub fn discard(
    c: &mut AnyConnection,
    by: &May<right::EditClauses>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let (version, clause) = find_version(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    if !version.status.is_open() {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    let ended = end_version!(
        c,
        clause_versions,
        clause_versions::table.find(id).filter(clause_versions::status.eq(version.status)),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    let details =
        json!({ "code": clause.code, "version": version.version, "reason": reason.trim() });
    audit::append(c, by.actor(), "clause.discarded", ("clause", &clause.id), details)?;
    Ok(version)
}

/// The draft of a clause, reviewed or not.
pub fn draft_of(c: &mut AnyConnection, clause_id: &str) -> Result<Option<Version>, Error> {
    Ok(clause_versions::table
        .filter(clause_versions::clause_id.eq(clause_id))
        .filter(
            clause_versions::status
                .eq(Status::Draft)
                .or(clause_versions::status.eq(Status::Reviewed)),
        )
        .select(Version::as_select())
        .first(c)
        .optional()?)
}

/// Whether somebody has drafted a version, or changed the draft of it.
pub fn has_worked_on(
    c: &mut AnyConnection,
    version: &Version,
    account_id: &str,
) -> Result<bool, Error> {
    if version.drafted_by == account_id {
        return Ok(true);
    }
    // A clause has one draft at a time: what was edited since it was begun is this one.
    let subject = ("clause", version.clause_id.as_str());
    audit::has_done(c, account_id, subject, &[EDITED], version.created_at)
}

fn read(c: &mut AnyConnection, input: &VersionInput) -> Result<Result<Written, Problems>, Error> {
    let all = categories::all(c)?;
    let ids: HashSet<&str> = all.iter().map(|one| one.id.as_str()).collect();
    Ok(input.read(&ids))
}

fn demand(c: &mut AnyConnection, version_id: &str, written: &Written) -> Result<(), Error> {
    let duty = |(kind, subject): &(duties::DutyKind, String)| Duty {
        id: new_id(),
        version_id: version_id.into(),
        kind: *kind,
        subject: subject.clone(),
    };
    let rows: Vec<Duty> = written.duties.iter().map(duty).collect();
    if !rows.is_empty() {
        on_both!(c, c => diesel::insert_into(clause_duties::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Who must sign a version in one text, for the audit trail.
pub(super) fn described(c: &mut AnyConnection, version: &Version) -> Result<String, Error> {
    let all = categories::all(c)?;
    let text = |duty: Duty| {
        let code = all.iter().find(|one| one.id == duty.subject).map(|one| one.code.clone());
        let subject = code.unwrap_or(duty.subject);
        if subject.is_empty() {
            duty.kind.as_str().into()
        } else {
            format!("{}: {subject}", duty.kind.as_str())
        }
    };
    let mut texts = vec![version.whom.as_str().to_string()];
    texts.extend(duties::of(c, &version.id)?.into_iter().map(text));
    Ok(texts.join("; "))
}
