//! Where a registration stands for the company: section by section, and what waits for whom.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::saving::{may_write, needs_answer};
use super::{Registration, Section, SectionRow, Status, Verdict, running, sections};
use crate::access::Member;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::forwards;
use crate::schema::{accounts, review_comments};

text_enum! {
    /// Where a section stands.
    State {
        NotStarted = "not_started",
        InProgress = "in_progress",
        Complete = "complete",
        /// Of a change: as the register has it.
        Unchanged = "unchanged",
        ChangesRequested = "changes_requested",
    }
}

/// What a reviewer asks for, as the company sees it.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = review_comments)]
pub struct Asked {
    pub section: String,
    /// "" for the section as a whole.
    pub field: String,
    pub comment: String,
}

/// Whether nothing is left to do in a section before the registration may be handed in.
pub fn is_done(row: &SectionRow) -> bool {
    row.complete && !needs_answer(row)
}

/// Where a section stands.
pub fn state(row: &SectionRow) -> State {
    match row {
        _ if needs_answer(row) => State::ChangesRequested,
        row if row.complete && row.revision == 0 => State::Unchanged,
        row if row.complete => State::Complete,
        row if row.revision == 0 => State::NotStarted,
        _ if row.verdict == Verdict::Changes => State::ChangesRequested,
        _ => State::InProgress,
    }
}

/// What reviewers ask for that the company has not handed in an answer to.
pub fn asked(c: &mut AnyConnection, registration_id: &str) -> Result<Vec<Asked>, Error> {
    Ok(review_comments::table
        .filter(review_comments::registration_id.eq(registration_id))
        .filter(review_comments::sent_at.is_not_null())
        .filter(review_comments::answered_at.is_null())
        .order(review_comments::id)
        .select(Asked::as_select())
        .load(c)?)
}

/// What the register waits for a company's person to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Waiting {
    /// The registration is open: `done` of `all` sections are complete.
    Registration { done: usize, all: usize, due_on: Option<NaiveDate> },
    /// Changes are asked for in these sections.
    Changes { sections: Vec<Section>, due_on: Option<NaiveDate> },
    /// A colleague has handed a section on to this person.
    Forwarded { section: Section, from: String, note: String, due_on: Option<NaiveDate> },
}

impl Waiting {
    /// Where it is done.
    pub fn path(&self) -> String {
        match self {
            Waiting::Forwarded { section, .. } => {
                format!("/portal/registration/{}", section.as_str())
            }
            _ => "/portal/registration".into(),
        }
    }
}

/// What waits for somebody of a company, the most pressing first: sections that were handed on to
/// them, then the registration itself. Empty when the company may not write.
pub fn waiting_for_supplier(c: &mut AnyConnection, member: &Member) -> Result<Vec<Waiting>, Error> {
    let Some(registration) = running(c, &member.supplier_id)? else {
        return Ok(Vec::new());
    };
    if !may_write(c, &registration)? {
        return Ok(Vec::new());
    }
    let email: String =
        accounts::table.find(&member.actor.account_id).select(accounts::email).first(c)?;
    let mut waiting = Vec::new();
    for forward in forwards::open_of(c, &registration.id)?.into_iter().filter(|f| f.email == email)
    {
        waiting.push(Waiting::Forwarded {
            section: forward.section,
            from: forward.forwarded_name,
            note: forward.note,
            due_on: forward.due_on,
        });
    }
    waiting.push(whole(c, &registration)?);
    Ok(waiting)
}

fn whole(c: &mut AnyConnection, registration: &Registration) -> Result<Waiting, Error> {
    let rows = sections(c, &registration.id)?;
    let due_on = registration.due_on;
    if registration.status == Status::ChangesRequested {
        let asked = rows.iter().filter(|row| row.verdict == Verdict::Changes);
        return Ok(Waiting::Changes { sections: asked.map(|row| row.section).collect(), due_on });
    }
    let done = rows.iter().filter(|row| is_done(row)).count();
    Ok(Waiting::Registration { done, all: rows.len(), due_on })
}
