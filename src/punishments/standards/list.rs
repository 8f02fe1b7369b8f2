//! Versions in numbers, and drafts that wait for somebody.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;

use super::Status;
use super::draft::{SUBJECT, WORK};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{audit_records, punishment_standard_versions, punishment_standards};

/// How many standards each version has, by its id. A version without any is not among them.
pub fn numbers(c: &mut AnyConnection) -> Result<HashMap<String, i64>, Error> {
    let counted: Vec<(String, i64)> = punishment_standards::table
        .group_by(punishment_standards::version_id)
        .select((punishment_standards::version_id, count_star()))
        .load(c)?;
    Ok(counted.into_iter().collect())
}

/// Drafts that have standards and that somebody had no part in: id, number of the version, and since when
/// they wait.
pub fn to_publish(
    c: &mut AnyConnection,
    account_id: &str,
    limit: i64,
) -> Result<Vec<(String, i64, NaiveDateTime)>, Error> {
    let edited = audit_records::table
        .filter(audit_records::subject_kind.eq(SUBJECT))
        .filter(audit_records::subject_id.eq(punishment_standard_versions::id))
        .filter(audit_records::action.eq_any(WORK))
        .filter(audit_records::actor_id.eq(account_id));
    let lines = punishment_standards::table
        .filter(punishment_standards::version_id.eq(punishment_standard_versions::id));
    Ok(punishment_standard_versions::table
        .filter(punishment_standard_versions::status.eq(Status::Draft))
        .filter(punishment_standard_versions::drafted_by.ne(account_id))
        .filter(exists(lines))
        .filter(not(exists(edited)))
        .order(punishment_standard_versions::created_at)
        .limit(limit)
        .select((
            punishment_standard_versions::id,
            punishment_standard_versions::version,
            punishment_standard_versions::created_at,
        ))
        .load(c)?)
}
