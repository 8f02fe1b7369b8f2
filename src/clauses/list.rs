//! What there is of clauses, for pages and programs.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::draft::EDITED;
use super::shown::Names;
use super::standing::Published;
use super::{Status, Version};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{audit_records, categories, clause_versions, clauses};

text_enum! {
    /// Where a version stands on a day.
    Phase {
        Draft = "draft",
        Reviewed = "reviewed",
        Coming = "coming",
        InForce = "in_force",
        Past = "past",
        Discarded = "discarded",
    }
}

impl Phase {
    /// Where a version stands, among the published ones of its clause.
    pub fn of(version: &Version, published: &Published, day: NaiveDate) -> Phase {
        match version.status {
            Status::Draft => Phase::Draft,
            Status::Reviewed => Phase::Reviewed,
            Status::Discarded => Phase::Discarded,
            Status::Published => {
                let mut own = published.of(&version.clause_id).iter();
                match own.find(|one| one.version.id == version.id) {
                    Some(one) if one.counts_on(day) => Phase::InForce,
                    Some(one) if one.from > day => Phase::Coming,
                    _ => Phase::Past,
                }
            }
        }
    }

    /// How pages mark it.
    pub fn mark(self) -> &'static str {
        match self {
            Phase::Draft => "due",
            Phase::Reviewed | Phase::Coming => "wait",
            Phase::InForce => "ok",
            Phase::Past | Phase::Discarded => "none",
        }
    }
}

/// All drafts, reviewed or not: one for each clause at most.
pub fn drafts(c: &mut AnyConnection) -> Result<Vec<Version>, Error> {
    Ok(clause_versions::table
        .filter(
            clause_versions::status
                .eq(Status::Draft)
                .or(clause_versions::status.eq(Status::Reviewed)),
        )
        .order(clause_versions::created_at)
        .limit(500)
        .select(Version::as_select())
        .load(c)?)
}

/// The id of a version, the English and Chinese name of its clause, and since when it waits.
pub type Waiting = (String, String, String, NaiveDateTime);

/// Versions in a state that somebody had no part in, the oldest first. Drafts that were returned and
/// not changed since wait for whoever wrote them.
pub fn waiting(
    c: &mut AnyConnection,
    status: Status,
    account_id: &str,
    limit: i64,
) -> Result<Vec<Waiting>, Error> {
    let edited = audit_records::table
        .filter(audit_records::subject_kind.eq("clause"))
        .filter(audit_records::subject_id.eq(clause_versions::clause_id))
        .filter(audit_records::action.eq(EDITED))
        .filter(audit_records::actor_id.eq(account_id))
        .filter(audit_records::at.ge(clause_versions::created_at));
    let is_returned =
        clause_versions::status.eq(Status::Draft).and(clause_versions::reviewed_name.ne(""));
    let found: Vec<(String, String, String, NaiveDateTime, Option<NaiveDateTime>)> =
        clause_versions::table
            .inner_join(clauses::table.on(clauses::id.eq(clause_versions::clause_id)))
            .filter(clause_versions::status.eq(status))
            .filter(clause_versions::drafted_by.ne(account_id))
            .filter(not(is_returned))
            .filter(not(exists(edited)))
            .order(clause_versions::created_at)
            .limit(limit)
            .select((
                clause_versions::id,
                clauses::name_en,
                clauses::name_zh,
                clause_versions::created_at,
                clause_versions::reviewed_at,
            ))
            .load(c)?;
    let since = |(id, en, zh, drafted, reviewed): (_, _, _, NaiveDateTime, Option<_>)| {
        (id, en, zh, reviewed.unwrap_or(drafted))
    };
    Ok(found.into_iter().map(since).collect())
}

/// Drafts that were returned to whoever began them.
pub fn returned(
    c: &mut AnyConnection,
    account_id: &str,
    limit: i64,
) -> Result<Vec<Waiting>, Error> {
    Ok(clause_versions::table
        .inner_join(clauses::table.on(clauses::id.eq(clause_versions::clause_id)))
        .filter(clause_versions::status.eq(Status::Draft))
        .filter(clause_versions::drafted_by.eq(account_id))
        .filter(clause_versions::reviewed_name.ne(""))
        .order(clause_versions::created_at)
        .limit(limit)
        .select((
            clause_versions::id,
            clauses::name_en,
            clauses::name_zh,
            clause_versions::created_at,
        ))
        .load(c)?)
}

/// English and Chinese names of all categories, closed ones too, by id.
pub fn names(c: &mut AnyConnection) -> Result<Names, Error> {
    let all: Vec<(String, String, String)> = categories::table
        .select((categories::id, categories::name_en, categories::name_zh))
        .load(c)?;
    Ok(all.into_iter().map(|(id, en, zh)| (id, (en, zh))).collect())
}
