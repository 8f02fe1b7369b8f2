//! What waits where companies are inspected.

use super::super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::findings::{Finding, Status, waiting};
use crate::values::now;

/// Answers of companies to findings of inspections in which somebody had no part.
pub fn answers(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_verify(c, actor, Status::Answered, AT_MOST)?;
    let one = |(finding, company): (Finding, String)| Waiting {
        kind: "finding_answer",
        path: format!("/findings/{}", finding.id),
        about: format!("{} · {company}", finding.code()),
        number: None,
        since: finding.answered_at.unwrap_or_else(now),
    };
    Ok(found.into_iter().map(one).collect())
}

/// Findings that companies dispute.
pub fn disputes(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_verify(c, actor, Status::Disputed, AT_MOST)?;
    let one = |(finding, company): (Finding, String)| Waiting {
        kind: "finding_dispute",
        path: format!("/findings/{}", finding.id),
        about: format!("{} · {company}", finding.code()),
        number: None,
        since: finding.disputed_at.unwrap_or_else(now),
    };
    Ok(found.into_iter().map(one).collect())
}

/// Findings that are overdue, as one thing to do.
pub fn overdue(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::overdue(c, actor, AT_MOST)?;
    let whole = |(number, since)| Waiting {
        kind: "finding_overdue",
        path: "/findings?state=overdue".into(),
        about: String::new(),
        number: Some(number),
        since,
    };
    Ok(found.map(whole).into_iter().collect())
}
