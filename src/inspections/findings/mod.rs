//! Findings: what a company has to put right, how it answers, and who says that it is right.

mod answer;
pub mod api;
mod dispute;
mod export;
mod extend;
mod input;
mod letters;
pub mod list;
pub mod overdue;
mod query;
mod raise;
mod reopen;
pub mod routes;
mod routes_decide;
mod routes_forms;
pub mod routes_portal;
mod routes_show;
mod shown;
mod steps;
mod verify;
pub mod waiting;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Severity;
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{corrective_actions, finding_evidence, finding_steps, findings};
use crate::suppliers::{self, Supplier};

pub use answer::{answer, asked_of_company, contain, take_back};
pub use dispute::{dispute, uphold, withdraw};
pub use extend::extend;
pub use input::{
    AnswerInput, ClosingInput, ContainmentInput, DisputeInput, ExtensionInput, ReopeningInput,
    ReturnInput, UpholdingInput, WithdrawalInput,
};
pub use raise::{REMEMBERED_MONTHS, raise};
pub use reopen::reopen;
pub use verify::{close, give_back};

text_enum! {
    /// Where a finding stands.
    Status {
        /// The company has to answer.
        Open = "open",
        /// The company has said what it did: somebody who did not inspect verifies it.
        Answered = "answered",
        /// The company says that it is none: somebody who did not inspect decides.
        Disputed = "disputed",
        /// Verified.
        Closed = "closed",
        /// It was none.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What happened to a finding.
    StepKind {
        Raised = "raised",
        /// The company has contained the harm of a critical one.
        Contained = "contained",
        Answered = "answered",
        Disputed = "disputed",
        /// The dispute was not followed: the company has to answer.
        Upheld = "upheld",
        /// The dispute was followed.
        Withdrawn = "withdrawn",
        /// The answer was not enough.
        Returned = "returned",
        Closed = "closed",
        Reopened = "reopened",
        /// It is overdue, and people were told.
        Escalated = "escalated",
        /// The day by which it may be closed was moved.
        Extended = "extended",
        /// The company took back an answer or a dispute that nobody had decided on.
        TakenBack = "taken_back",
    }
}

text_enum! {
    /// What became of an answer.
    ActionStatus {
        Submitted = "submitted",
        Accepted = "accepted",
        Returned = "returned",
        /// Taken back by the company before anybody had decided.
        TakenBack = "taken_back",
    }
}

impl ActionStatus {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            ActionStatus::Submitted => "wait",
            ActionStatus::Accepted => "ok",
            ActionStatus::Returned => "due",
            ActionStatus::TakenBack => "none",
        }
    }
}

impl Status {
    /// Those in which something is still to be done.
    pub const OPEN: [Status; 3] = [Status::Open, Status::Answered, Status::Disputed];

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Open | Status::Answered | Status::Disputed)
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Open => "due",
            Status::Answered | Status::Disputed => "wait",
            Status::Closed => "ok",
            Status::Withdrawn => "none",
        }
    }
}

/// Days that a company has at least to answer anew, when it had answered in time.
pub const DAYS_AFTER_OUR_WORD: u64 = 7;

/// A finding of an inspection.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = findings)]
pub struct Finding {
    pub id: String,
    /// The number people use: "F-000012".
    pub number: i64,
    pub inspection_id: String,
    pub supplier_id: String,
    pub item_id: String,
    /// The item's code, the same from version to version.
    pub item_code: String,
    pub category_id: Option<String>,
    /// Where the company was at the inspection.
    pub area: String,
    pub severity: Severity,
    pub statement: String,
    pub status: Status,
    /// The day of the visit: the days to contain and to close count from here.
    pub raised_on: NaiveDate,
    /// Account of the inspector, who cannot verify it.
    pub raised_by: String,
    pub raised_name: String,
    pub raised_at: NaiveDateTime,
    /// The last day on which the harm may be contained, for critical ones.
    pub contain_by: Option<NaiveDate>,
    pub contained_at: Option<NaiveDateTime>,
    /// The last day on which it may be closed.
    pub due_on: NaiveDate,
    /// When the company last answered.
    pub answered_at: Option<NaiveDateTime>,
    pub disputed_at: Option<NaiveDateTime>,
    /// When it was closed or withdrawn.
    pub closed_at: Option<NaiveDateTime>,
    pub closed_by: Option<String>,
    pub closed_name: String,
    /// How often it was reopened.
    pub reopened: i64,
    /// How often people were told that it is overdue, since it was last contained, extended or reopened.
    pub escalations: i64,
    pub escalated_at: Option<NaiveDateTime>,
    /// The finding at the same item of an earlier inspection of the company.
    pub repeats_id: Option<String>,
}

/// What the company says that it did.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = corrective_actions)]
pub struct CorrectiveAction {
    pub id: String,
    pub finding_id: String,
    /// 1, 2, 3… within the finding.
    pub round: i64,
    pub root_cause: String,
    pub action: String,
    /// Who of the company answers for it.
    pub owner: String,
    /// When it was done, or will be.
    pub done_on: NaiveDate,
    pub status: ActionStatus,
    pub answered_by: String,
    pub answered_name: String,
    pub answered_at: NaiveDateTime,
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_note: String,
}

/// Something that happened to a finding.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = finding_steps)]
pub struct Step {
    pub id: String,
    pub finding_id: String,
    pub kind: StepKind,
    pub body: String,
    pub by_supplier: bool,
    pub actor_id: String,
    pub actor_name: String,
    pub at: NaiveDateTime,
}

/// A file of a finding.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = finding_evidence)]
pub struct Evidence {
    pub id: String,
    pub finding_id: String,
    /// The step it was handed in with; none before that.
    pub step_id: Option<String>,
    pub document_id: String,
    pub added_by: String,
    pub added_name: String,
    pub added_at: NaiveDateTime,
}

impl Finding {
    /// "F-000012": the number as people write it.
    pub fn code(&self) -> String {
        format!("F-{:06}", self.number)
    }

    /// Whether it should have been closed, or contained, before `today`.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.status.is_open() && self.next_day() < today
    }

    /// Whether it is a critical one whose harm nobody has said to be contained.
    pub fn is_uncontained(&self) -> bool {
        self.contain_by.is_some() && self.contained_at.is_none()
    }

    /// The next day by which something has to be done: contained first, then closed.
    pub fn next_day(&self) -> NaiveDate {
        match self.contain_by.filter(|_| self.is_uncontained()) {
            Some(day) => day.min(self.due_on),
            None => self.due_on,
        }
    }

    /// By when the company has to answer anew, once we have sent back on `today` what it had `said`. What it
    /// said in time has stopped the clock: it has a week at least, however long we took.
    pub fn due_after_our_word(&self, said: Option<NaiveDateTime>, today: NaiveDate) -> NaiveDate {
        match said.is_some_and(|at| at.date() <= self.due_on) {
            true => self.due_on.max(today + Days::new(DAYS_AFTER_OUR_WORD)),
            false => self.due_on,
        }
    }

    /// Whether the company is late by `today`: it has not contained the harm in time, or has not said
    /// anything, or too late. What waits for us alone is not held against it.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        let contains = self.is_uncontained() && self.contain_by.is_some_and(|day| day < today);
        let said = match self.status {
            Status::Answered => self.answered_at,
            Status::Disputed => self.disputed_at,
            Status::Open | Status::Closed | Status::Withdrawn => None,
        };
        let answers = self.due_on < said.map_or(today, |at| at.date());
        self.status.is_open() && (contains || answers)
    }
}

/// A finding of a company. Another company's is as absent as none.
pub fn find_of(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Finding, Error> {
    Ok(findings::table
        .find(id)
        .filter(findings::supplier_id.eq(supplier_id))
        .select(Finding::as_select())
        .first(c)?)
}

/// A finding and its company, within what the person may see.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<(Finding, Supplier), Error> {
    let found: Finding = findings::table.find(id).select(Finding::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &found.supplier_id)?;
    Ok((found, supplier))
}
