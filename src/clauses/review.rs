//! A legal officer who had no part in a draft finds its words right, or returns it with what is to be
//! changed.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::draft::has_worked_on;
use super::{Clause, Status, Version, find_version};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::clause_versions;
use crate::values::now;

/// What the reviewer says, about the revision that the page showed.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReviewInput {
    /// What was looked at. Needed when the draft is returned.
    #[validate(length(max = 2000))]
    pub comment: String,
    pub revision: String,
}

/// Finds the words of a draft right.
pub fn review(
    c: &mut AnyConnection,
    by: &May<right::ReviewClauses>,
    id: &str,
    input: &ReviewInput,
) -> Result<Version, Error> {
    let (version, clause) = to_review(c, by, id)?;
    if version.status != Status::Draft {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    must_be_seen(&version, input)?;
    let note = input.comment.trim();
    let reviewed = diesel::update(
        clause_versions::table
            .find(id)
            .filter(clause_versions::status.eq(Status::Draft))
            .filter(clause_versions::revision.eq(version.revision)),
    )
    .set((
        clause_versions::status.eq(Status::Reviewed),
        clause_versions::reviewed_at.eq(now()),
        clause_versions::reviewed_by.eq(&by.actor().account_id),
        clause_versions::reviewed_name.eq(&by.actor().name),
        clause_versions::review_note.eq(note),
    ))
    .execute(c)?;
    if reviewed == 0 {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    let details = json!({
        "code": clause.code,
        "version": version.version,
        "text_en_sha256": version.sha256_en,
        "text_zh_sha256": version.sha256_zh,
        "note": note,
    });
    audit::append(c, by.actor(), "clause.reviewed", ("clause", &clause.id), details)?;
    Ok(find_version(c, id)?.0)
}

/// Returns a draft, reviewed or not, with what is to be changed. Its revision moves on, so that nobody
/// decides about it from a page that did not show the comment.
pub fn send_back(
    c: &mut AnyConnection,
    by: &May<right::ReviewClauses>,
    id: &str,
    input: &ReviewInput,
) -> Result<Version, Error> {
    let (version, clause) = to_review(c, by, id)?;
    let comment = input.comment.trim();
    if comment.is_empty() {
        return Err(Problems::one("comment", "missing").into());
    }
    must_be_seen(&version, input)?;
    let returned = diesel::update(
        clause_versions::table
            .find(id)
            .filter(clause_versions::status.eq(version.status))
            .filter(clause_versions::revision.eq(version.revision)),
    )
    .set((
        clause_versions::status.eq(Status::Draft),
        clause_versions::revision.eq(version.revision + 1),
        clause_versions::reviewed_at.eq(None::<chrono::NaiveDateTime>),
        clause_versions::reviewed_by.eq(None::<String>),
        clause_versions::reviewed_name.eq(&by.actor().name),
        clause_versions::review_note.eq(comment),
    ))
    .execute(c)?;
    if returned == 0 {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    let details = json!({ "code": clause.code, "version": version.version, "reason": comment });
    audit::append(c, by.actor(), "clause.returned", ("clause", &clause.id), details)?;
    Ok(find_version(c, id)?.0)
}

/// An open draft that the reviewer had no part in.
fn to_review(
    c: &mut AnyConnection,
    by: &May<right::ReviewClauses>,
    id: &str,
) -> Result<(Version, Clause), Error> {
    let (version, clause) = find_version(c, id)?;
    if !version.status.is_open() {
        return Err(Error::Conflict("conflict-clause-stands"));
    }
    if has_worked_on(c, &version, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-clause"));
    }
    Ok((version, clause))
}

/// Refuses a decision about another revision than the page showed.
fn must_be_seen(version: &Version, input: &ReviewInput) -> Result<(), Error> {
    match input.revision == version.revision.to_string() {
        true => Ok(()),
        false => Err(Problems::one("", "draft_changed").into()),
    }
}
