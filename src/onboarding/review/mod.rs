//! Staff read what a company handed in, section by section, and say what is to become of it.

pub mod alarms;
pub mod compare;
pub mod introduction;
pub mod outcome;
pub mod queue;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::registration::{self, Purpose, Registration, Section, SectionRow, Status, Verdict};
use crate::access::{May, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{registration_sections, review_comments};
use crate::suppliers::{self, Supplier};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// What a reviewer asks for at a field.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_comments)]
pub struct Comment {
    pub id: String,
    pub registration_id: String,
    pub section: Section,
    /// As [`registration::lines::Line::field`]; "" for the section as a whole.
    pub field: String,
    pub round: i64,
    pub comment: String,
    pub written_by: String,
    pub written_name: String,
    pub created_at: NaiveDateTime,
    /// `None` for a draft, which the company does not see.
    pub sent_at: Option<NaiveDateTime>,
    pub answered_at: Option<NaiveDateTime>,
}

/// The form of a section: a verdict, and comments at fields. The two lists go together.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct VerdictInput {
    /// "accepted" or "changes".
    pub verdict: String,
    #[validate(length(max = 300))]
    pub field: Vec<String>,
    #[validate(length(max = 300))]
    pub comment: Vec<String>,
}

/// A registration and its company, within what the person may see.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(Registration, Supplier), Error> {
    let found = registration::find(c, id)?;
    let supplier = suppliers::find(c, scope, &found.supplier_id)?;
    Ok((found, supplier))
}

/// The comments of a registration in the order they were written.
pub fn comments(c: &mut AnyConnection, registration_id: &str) -> Result<Vec<Comment>, Error> {
    Ok(review_comments::table
        .filter(review_comments::registration_id.eq(registration_id))
        .order(review_comments::id)
        .limit(2000)
        .select(Comment::as_select())
        .load(c)?)
}

/// What was found of a section of what is handed in now. An acceptance holds until the section is
/// written anew; a request for changes belongs to the round that it was made in. Of a change, a
/// section that says what the register has needs no verdict.
pub fn verdict(
    vault: &Vault,
    registration: &Registration,
    row: &SectionRow,
) -> Result<Verdict, Error> {
    let submitted = registration.submitted_at.unwrap_or(registration.started_at);
    let holds = match (row.verdict, row.verdict_at) {
        (Verdict::Accepted, Some(at)) => row.saved_at.is_none_or(|saved| saved <= at),
        (Verdict::Changes, Some(at)) => {
            at >= submitted || registration.status == Status::ChangesRequested
        }
        _ => false,
    };
    if holds {
        return Ok(row.verdict);
    }
    let is_same = registration.purpose == Purpose::Change
        && !row.before_sealed.is_empty()
        && row.answers(vault)? == row.before(vault)?;
    Ok(if is_same { Verdict::Accepted } else { Verdict::None })
}

/// Writes down what a reviewer found of a section. Comments are drafts until the outcome is sent.
pub fn judge(
    c: &mut AnyConnection,
    by: &May<right::ReviewRegistrations>,
    vault: &Vault,
    id: &str,
    section: Section,
    input: &VerdictInput,
) -> Result<(), Error> {
    let (registration, _) = find(c, by.scope(), id)?;
    if registration.status != Status::Submitted {
        return Err(Error::Conflict("conflict-review-closed"));
    }
    let rows = registration::sections(c, id)?;
    let row = rows.into_iter().find(|row| row.section == section).ok_or(Error::NotFound)?;
    let verdict = Verdict::parse(&input.verdict).filter(|verdict| *verdict != Verdict::None);
    let verdict = verdict.ok_or_else(|| Problems::one("verdict", "verdict"))?;
    let drafts = drafts(vault, &row, input)?;
    match verdict {
        Verdict::Changes if drafts.is_empty() => {
            return Err(Problems::one("verdict", "comment_missing").into());
        }
        Verdict::Accepted if !drafts.is_empty() => {
            return Err(Problems::one("verdict", "comment_accepted").into());
        }
        _ => {}
    }
    diesel::delete(
        review_comments::table
            .filter(review_comments::registration_id.eq(id))
            .filter(review_comments::section.eq(section))
            .filter(review_comments::sent_at.is_null()),
    )
    .execute(c)?;
    for (field, comment) in &drafts {
        let comment = Comment {
            id: new_id(),
            registration_id: id.into(),
            section,
            field: field.clone(),
            round: registration.round,
            comment: comment.clone(),
            written_by: by.actor().account_id.clone(),
            written_name: by.actor().name.clone(),
            created_at: now(),
            sent_at: None,
            answered_at: None,
        };
        diesel::insert_into(review_comments::table).values(&comment).execute(c)?;
    }
    diesel::update(registration_sections::table.find(&row.id))
        .set((
            registration_sections::verdict.eq(verdict),
            registration_sections::verdict_at.eq(now()),
            registration_sections::verdict_by.eq(&by.actor().account_id),
            registration_sections::verdict_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    let details = json!({
        "number": registration.number,
        "section": section.as_str(),
        "verdict": verdict.as_str(),
        "comments": drafts.len(),
    });
    let subject = ("supplier", registration.supplier_id.as_str());
    audit::append(c, by.actor(), "registration.section_reviewed", subject, details)
}

/// The comments that say something, at fields that the section has.
fn drafts(
    vault: &Vault,
    row: &SectionRow,
    input: &VerdictInput,
) -> Result<Vec<(String, String)>, Error> {
    let known = compare::of(vault, row)?;
    let mut drafts = Vec::new();
    for (index, (field, comment)) in input.field.iter().zip(&input.comment).enumerate() {
        let comment = comment.trim();
        if comment.is_empty() {
            continue;
        }
        if comment.chars().count() > 1000 {
            let problem = Problem::new(&format!("comment-{}", index + 1), "too_long");
            return Err(Problems(vec![problem.with("max", 1000)]).into());
        }
        if !field.is_empty() && !known.iter().any(|line| line.field == *field) {
            return Err(Problems::one("verdict", "comment_field").into());
        }
        drafts.push((field.clone(), comment.to_string()));
    }
    Ok(drafts)
}
