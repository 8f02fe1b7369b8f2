//! Candidates: companies that staff propose for a need, or that propose themselves on the public
//! page. An accepted one is a supplier in its first stage.

mod arrive;
mod check;
mod decide;
mod input;
pub mod list;
mod propose;
pub mod routes;
mod routes_decide;
mod routes_propose;
mod routes_show;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::access::{May, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::needs::{self, Need};
use crate::schema::candidates;
use crate::suppliers::opening::Opened;
use crate::vault::Vault;

pub use arrive::{SelfInput, arrive};
pub use check::{Alike, alike};
pub use decide::{DecisionInput, ReleaseInput, decide, release, withdraw};
pub use input::CompanyInput;
pub use propose::{OTHER, ProposalInput, propose};

text_enum! {
    /// Who proposed a candidate.
    Origin { Staff = "staff", Own = "self" }
}

text_enum! {
    /// Where a candidate stands.
    Status {
        /// Waits until a person has looked at it: it came from outside, or has something in common
        /// with an eliminated company.
        Held = "held",
        /// Is screened and decided on.
        Proposed = "proposed",
        /// Is a supplier.
        Accepted = "accepted",
        Declined = "declined",
        /// Taken back by who proposed it.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What a candidate has in common with an eliminated company.
    Alert { Nothing = "", Identifier = "identifier", Domain = "domain", Phone = "phone" }
}

/// A company proposed as a supplier.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = candidates)]
pub struct Candidate {
    pub id: String,
    /// The number people use, "C-000012".
    pub number: i64,
    /// `None` until one from outside is released to a need.
    pub need_id: Option<String>,
    /// What a company from outside says that it offers.
    pub category_id: Option<String>,
    pub origin: Origin,
    pub status: Status,
    pub legal_name: String,
    pub english_name: String,
    /// ISO 3166-1 code.
    pub country: String,
    pub address: String,
    pub website: String,
    /// "" without an identifier.
    pub identifier_kind: String,
    /// Normalised.
    pub identifier_value: String,
    pub contact_name: String,
    pub contact_email: String,
    /// Sealed to the id; "" without a number, and once it was decided.
    pub contact_phone_sealed: String,
    /// What may be shown: "•••• 4417".
    pub contact_phone_hint: String,
    /// In which letters to it are written.
    pub language: String,
    /// Why it is proposed, or what it says of itself.
    pub note: String,
    pub alert: Alert,
    /// The company of the register that it is, or became.
    pub supplier_id: Option<String>,
    /// `None` for one from outside.
    pub proposed_by: Option<String>,
    pub proposed_name: String,
    pub created_at: NaiveDateTime,
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_reason: String,
}

impl Candidate {
    /// "C-000012".
    pub fn code(&self) -> String {
        format!("C-{:06}", self.number)
    }

    pub fn was_proposed_by(&self, account_id: &str) -> bool {
        self.proposed_by.as_deref() == Some(account_id)
    }
}

impl Status {
    /// The shape that the status is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Held => "due",
            Status::Proposed => "wait",
            Status::Accepted => "ok",
            Status::Declined | Status::Withdrawn => "none",
        }
    }
}

/// The candidate of an id and its need. One whose need is outside what the person may see is not
/// found; one that belongs to no need yet belongs to no region either.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(Candidate, Option<Need>), Error> {
    let candidate: Candidate =
        candidates::table.find(id).select(Candidate::as_select()).first(c)?;
    let need = match &candidate.need_id {
        Some(need) => Some(needs::find(c, scope, need)?),
        None => None,
    };
    Ok((candidate, need))
}

/// Opens the phone number of a candidate. The opening goes into the trail, the number does not.
pub fn open_phone(
    c: &mut AnyConnection,
    by: &May<right::OpenPersonalData>,
    vault: &Vault,
    id: &str,
) -> Result<Opened, Error> {
    let (candidate, _) = find(c, by.scope(), id)?;
    if candidate.contact_phone_sealed.is_empty() {
        return Err(Error::NotFound);
    }
    let number = vault.open(&candidate.contact_phone_sealed, id)?;
    let details = json!({ "number": candidate.number, "field": "phone" });
    audit::append(c, by.actor(), "candidate.phone_opened", ("candidate", id), details)?;
    Ok(Opened { name: candidate.contact_name, about: candidate.legal_name, number })
}

/// The next candidate number. Writers take turns, so no two get the same.
fn next_number(c: &mut AnyConnection) -> Result<i64, Error> {
    let last: Option<i64> = candidates::table
        .select(candidates::number)
        .order(candidates::number.desc())
        .first(c)
        .optional()?;
    Ok(last.unwrap_or(0) + 1)
}
