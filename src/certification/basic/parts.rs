//! Who had a part in an audit, and so does not decide on it. The trail is asked, not the audit: what
//! somebody found stays theirs when another has written over it.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::Value;

use super::BasicAudit;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::audit_records;

/// What the trail calls the three ways to have a part.
pub(super) const OPENED: &str = "basic_audit.opened";
pub(super) const EXAMINED: &str = "basic_audit.section_examined";
pub(super) const PROPOSED: &str = "basic_audit.proposed";

/// Whether somebody opened, examined or proposed anything of an audit.
pub fn has_part(
    c: &mut AnyConnection,
    audit: &BasicAudit,
    account_id: &str,
) -> Result<bool, Error> {
    Ok(of(c, account_id, &[audit])?.contains(&audit.id))
}

/// The ids of those audits that somebody had a part in.
pub fn of(
    c: &mut AnyConnection,
    account_id: &str,
    audits: &[&BasicAudit],
) -> Result<HashSet<String>, Error> {
    let suppliers = audits.iter().map(|audit| audit.supplier_id.as_str());
    let details: Vec<String> = audit_records::table
        .filter(audit_records::subject_kind.eq("supplier"))
        .filter(among(audit_records::subject_id, suppliers))
        .filter(audit_records::actor_id.eq(account_id))
        .filter(
            audit_records::action
                .eq(OPENED)
                .or(audit_records::action.eq(EXAMINED))
                .or(audit_records::action.eq(PROPOSED)),
        )
        .select(audit_records::details)
        .load(c)?;
    let mut codes = HashSet::new();
    for text in details {
        let details: Value = serde_json::from_str(&text)?;
        codes.extend(details["number"].as_str().map(str::to_string));
    }
    let theirs = |audit: &&&BasicAudit| {
        let examined = codes.contains(&audit.code());
        let written = audit.proposed_by.as_deref() == Some(account_id);
        examined || written || audit.opened_by == account_id
    };
    Ok(audits.iter().filter(theirs).map(|audit| audit.id.clone()).collect())
}
