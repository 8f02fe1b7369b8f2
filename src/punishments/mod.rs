//! Punishments: what is laid down for which wrong, how a case is heard, whom its measure holds, for how long.
//!
//! A case goes one way: proposed, notice served, the company's reply or the end of its days, a decision of the
//! body that the standard names, in force until its last day or an earlier end. `stages.rs` is the whole table of
//! what may happen when.

pub mod ballots;
pub mod body;
pub mod cases;
pub mod evasion;
pub mod figures;
pub mod holds;
pub mod members;
pub mod stages;
pub mod standards;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::{Member as Viewer, Scope};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::schema::{punishment_cases, punishment_members, punishment_papers, punishment_steps};
use crate::suppliers::{self, Supplier};
use crate::values::now;

text_enum! {
    /// Where a case stands.
    Status {
        /// Somebody has brought it; the company has not been told.
        Proposed = "proposed",
        /// The company was told, and may reply.
        Served = "served",
        /// Decided: the measure holds.
        InForce = "in_force",
        /// The company has appealed; the measure holds until the appeal is heard.
        Appealed = "appealed",
        /// Taken back before a decision.
        Withdrawn = "withdrawn",
        /// Decided that nothing follows.
        NotImposed = "not_imposed",
        /// The appeal was followed.
        Overturned = "overturned",
        /// Ended early, because what was wrong has been put right.
        Released = "released",
        /// Its last day has passed.
        Expired = "expired",
        /// Ended by a decision, for another reason.
        Lifted = "lifted",
    }
}

impl Status {
    /// Those in which something is still to be done.
    pub const OPEN: [Status; 4] =
        [Status::Proposed, Status::Served, Status::InForce, Status::Appealed];

    /// Whether a measure holds.
    pub fn is_in_force(self) -> bool {
        matches!(self, Status::InForce | Status::Appealed)
    }

    /// Whether nothing more happens, but for a way back.
    pub fn is_over(self) -> bool {
        !Status::OPEN.contains(&self)
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Proposed => "due",
            Status::Served | Status::Appealed => "wait",
            Status::InForce => "stop",
            Status::Expired | Status::Released | Status::Lifted => "ok",
            Status::Withdrawn | Status::NotImposed | Status::Overturned => "none",
        }
    }
}

text_enum! {
    /// What is imposed, from the lightest to the heaviest.
    Measure {
        Warning = "warning",
        Rectification = "rectification",
        Suspension = "suspension",
        /// Suspended at once, remediation first; blacklisted if nothing is put right.
        Remediation = "remediation",
        Unqualified = "unqualified",
        Blacklist = "blacklist",
        Elimination = "elimination",
    }
}

text_enum! {
    /// Whom of a company's group a measure may hold beside the company itself.
    Reach {
        /// Nobody: a matter of this contract.
        Nobody = "none",
        /// The legal entity, with everything it does.
        Entity = "entity",
        /// It, and whom it controls.
        Controlled = "controlled",
        WholeGroup = "whole_group",
    }
}

text_enum! {
    /// What a measure does to orders, from the lightest to the heaviest.
    Orders {
        Allowed = "allowed",
        /// No new ones; existing ones go on.
        ExistingOnly = "existing_only",
        /// Existing ones go on while the company puts right what was wrong.
        UnderRemediation = "under_remediation",
        /// None, existing ones stop as well.
        Blocked = "blocked",
        /// None; existing ones are wound up by a plan.
        ExitPlan = "exit_plan",
        /// Contracts are terminated.
        Terminate = "terminate",
    }
}

text_enum! {
    /// When a measure may end before its last day.
    Release {
        Never = "never",
        /// After half the term, once it is verified that what was wrong has been put right.
        HalfTerm = "half_term",
        /// A measure without an end is looked at again after sixty months.
        Review = "review",
    }
}

text_enum! {
    /// Where a case comes from.
    Origin {
        Inspection = "inspection",
        /// The score fell to a cap.
        ScoreCap = "score_cap",
        /// A name on a list of sanctions.
        ListHit = "list_hit",
        Report = "report",
        ByHand = "by_hand",
    }
}

text_enum! {
    /// What happened to a case.
    StepKind {
        Proposed = "proposed",
        Withdrawn = "withdrawn",
        Served = "served",
        InterimImposed = "interim_imposed",
        InterimReviewed = "interim_reviewed",
        InterimEnded = "interim_ended",
        Replied = "replied",
        /// The days to reply have passed without one.
        ReplyMissed = "reply_missed",
        BallotOpened = "ballot_opened",
        BallotFailed = "ballot_failed",
        Decided = "decided",
        NotImposed = "not_imposed",
        Appealed = "appealed",
        Upheld = "upheld",
        Varied = "varied",
        Overturned = "overturned",
        /// The company says that it has put right what was wrong.
        ReleaseAsked = "release_asked",
        Released = "released",
        Lifted = "lifted",
        Expired = "expired",
        /// The company may come back, through certification where the standard says so.
        Reentered = "reentered",
        MemberIncluded = "member_included",
        MemberExempted = "member_exempted",
        /// A company has joined the group, and waits for somebody to say whether it is held.
        MemberFound = "member_found",
        /// A company that is held has left the group.
        MemberLeft = "member_left",
        /// It stays held, though it has left.
        MemberKept = "member_kept",
        MemberFreed = "member_freed",
        /// A day of ours has passed.
        Overdue = "overdue",
        /// The notice was delivered on paper.
        Delivered = "delivered",
        /// Something that was recorded is set right, by a record of its own.
        Corrected = "corrected",
    }
}

text_enum! {
    /// How a company of the group stands to the one that the case is against.
    Ground {
        Principal = "principal",
        Controls = "controls",
        ControlledBy = "controlled_by",
        Related = "related",
        /// It goes on with the business of a company under a measure.
        Successor = "successor",
    }
}

text_enum! {
    /// Whether a measure holds a company of the group.
    MemberStatus {
        /// Somebody has to say: it joined the group after the decision.
        Proposed = "proposed",
        Included = "included",
        Exempted = "exempted",
        /// It left the group while it was held, and somebody has to look.
        Left = "left",
        /// It is held no more.
        Freed = "freed",
    }
}

/// A case against a company.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_cases)]
pub struct Case {
    pub id: String,
    /// The number people use: "PC-000012".
    pub number: i64,
    pub supplier_id: String,
    /// The standard in force on the day of the deed.
    pub standard_id: String,
    pub violation: String,
    pub severity: Severity,
    pub origin: Origin,
    /// What an inspection led to, for [`Origin::Inspection`].
    pub effect_id: Option<String>,
    /// Where the company was when the case was brought.
    pub area: String,
    pub deed_on: NaiveDate,
    pub facts: String,
    pub status: Status,
    /// Account of who brought it, who decides nothing in it.
    pub proposed_by: String,
    pub proposed_name: String,
    pub proposed_at: NaiveDateTime,
    /// The last day for serving the notice.
    pub notice_by: NaiveDate,
    pub served_at: Option<NaiveDateTime>,
    /// The company's last day to reply.
    pub reply_by: Option<NaiveDate>,
    pub replied_at: Option<NaiveDateTime>,
    /// Our last day to decide.
    pub decide_by: Option<NaiveDate>,
    pub decided_at: Option<NaiveDateTime>,
    /// What holds now, after an appeal too.
    pub measure: Option<Measure>,
    pub orders: Option<Orders>,
    pub bars_data: bool,
    pub from_on: Option<NaiveDate>,
    /// The first day on which it holds no more; 9999-12-31 without an end.
    pub to_on: Option<NaiveDate>,
    /// The company's last day to appeal.
    pub appeal_by: Option<NaiveDate>,
    pub appealed_at: Option<NaiveDateTime>,
    /// Our last day to hear the appeal.
    pub hear_by: Option<NaiveDate>,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_reason: String,
    /// The day of the last reminder.
    pub reminded_on: Option<NaiveDate>,
}

/// Something that happened to a case.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_steps)]
pub struct Step {
    pub id: String,
    pub case_id: String,
    pub kind: StepKind,
    pub body: String,
    pub by_supplier: bool,
    /// Whether the company sees it.
    pub is_shown: bool,
    pub actor_id: String,
    pub actor_name: String,
    pub at: NaiveDateTime,
}

/// A document that belongs to a step.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_papers)]
pub struct Paper {
    pub id: String,
    pub case_id: String,
    pub step_id: String,
    pub document_id: String,
}

/// A company of the group that a case was about.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_members)]
pub struct Held {
    pub id: String,
    pub case_id: String,
    pub supplier_id: String,
    pub ground: Ground,
    pub status: MemberStatus,
    pub reason: String,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
    pub found_at: NaiveDateTime,
    pub left_at: Option<NaiveDateTime>,
    pub settled_at: Option<NaiveDateTime>,
    pub settled_by: Option<String>,
    pub settled_name: String,
}

impl Case {
    /// "PC-000012": the number as people write it.
    pub fn code(&self) -> String {
        code_of(self.number)
    }

    /// Whether the company has had its say, or its days for that are over on `today`.
    pub fn is_heard(&self, today: NaiveDate) -> bool {
        self.served_at.is_some()
            && (self.replied_at.is_some() || self.reply_by.is_some_and(|day| day < today))
    }

    /// Where it stands on `today`: a measure whose last day has passed is over, whether that was written down
    /// already or not.
    pub fn status_on(&self, today: NaiveDate) -> Status {
        let has_run_out = self.to_on.is_some_and(|day| day <= today);
        if self.status.is_in_force() && has_run_out { Status::Expired } else { self.status }
    }

    /// Whether its measure holds on `today`.
    pub fn holds_on(&self, today: NaiveDate) -> bool {
        self.status_on(today).is_in_force() && self.from_on.is_some_and(|day| day <= today)
    }

    /// Whether a day of ours has passed on `today` without what should have been done.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        match self.status {
            Status::Proposed => self.notice_by < today,
            Status::Served => self.decide_by.is_some_and(|day| day < today),
            Status::Appealed => self.hear_by.is_some_and(|day| day < today),
            _ => false,
        }
    }
}

/// The number of a case as people write it.
pub fn code_of(number: i64) -> String {
    format!("PC-{number:06}")
}

/// A case and its company, within what the person may see.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<(Case, Supplier), Error> {
    let found: Case = punishment_cases::table.find(id).select(Case::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &found.supplier_id)?;
    Ok((found, supplier))
}

/// A case as the company that it is against may see it: once its notice is served, and as long as it is not
/// over. Another company's, or one that nobody has told it of, is as absent as none.
pub fn find_of(c: &mut AnyConnection, by: &Viewer, id: &str) -> Result<Case, Error> {
    let found: Case = punishment_cases::table
        .find(id)
        .filter(punishment_cases::supplier_id.eq(&by.supplier_id))
        .filter(punishment_cases::served_at.is_not_null())
        .select(Case::as_select())
        .first(c)?;
    match found.status_on(now().date()).is_over() {
        true => Err(Error::NotFound),
        false => Ok(found),
    }
}
