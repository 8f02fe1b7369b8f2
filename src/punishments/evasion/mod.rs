//! Evasion: companies that share something with one under a measure wait for a person.
//!
//! What a company can share is kept as traces, comparable without opening anything. They are made anew and
//! compared at once when a registration is handed in, and by a job every two minutes for whatever else was
//! recorded.

mod answers;
pub mod api;
mod fold;
pub mod job;
pub mod list;
mod look;
mod matching;
pub mod query;
pub mod routes;
mod routes_show;
mod settle;
mod traces;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::MemberStatus;
use crate::schema::{evasion_links, suppliers};
use crate::vault::Vault;

pub use look::{look, look_all};
pub use settle::{SettleInput, settle};

text_enum! {
    /// What two companies share.
    Kind {
        Identifier = "identifier",
        BankAccount = "bank_account",
        LegalRepresentative = "legal_representative",
        BeneficialOwner = "beneficial_owner",
        Phone = "phone",
        Address = "address",
        MailDomain = "mail_domain",
    }
}

text_enum! {
    /// What a person has said of a link.
    Status {
        /// Nobody has looked: no orders.
        Held = "held",
        /// They have nothing to do with each other.
        Cleared = "cleared",
        /// The same in new clothes: a case follows.
        Confirmed = "confirmed",
    }
}

impl Status {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Held => "due",
            Status::Cleared => "ok",
            Status::Confirmed => "stop",
        }
    }
}

/// That a company shares something with one under a measure.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = evasion_links)]
pub struct Link {
    pub id: String,
    /// The company that is held.
    pub supplier_id: String,
    pub case_id: String,
    /// The company under the measure.
    pub other_id: String,
    pub kind: Kind,
    /// What they share, a line each, masked where it is sealed.
    pub shared: String,
    /// The accounts that recorded it, as far as is known, with spaces between.
    pub recorded_by: String,
    pub status: Status,
    pub found_at: NaiveDateTime,
    pub settled_at: Option<NaiveDateTime>,
    pub settled_by: Option<String>,
    pub settled_name: String,
    pub reason: String,
}

impl Link {
    /// What they share, one by one.
    pub fn lines(&self) -> Vec<&str> {
        self.shared.lines().collect()
    }

    /// Whether somebody recorded what is shared, and so does not judge it.
    pub fn was_recorded_by(&self, account_id: &str) -> bool {
        self.recorded_by.split(' ').any(|one| one == account_id)
    }
}

/// Members of a case whom its measure holds: one that left the group too, until somebody has looked.
const HELD: [MemberStatus; 2] = [MemberStatus::Included, MemberStatus::Left];

/// A link whose companies are both within the scope; any other is not found.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Link, Error> {
    let link: Link = evasion_links::table.find(id).select(Link::as_select()).first(c)?;
    let areas: Vec<String> = suppliers::table
        .filter(among(suppliers::id, [link.supplier_id.as_str(), link.other_id.as_str()]))
        .select(suppliers::area)
        .load(c)?;
    if areas.iter().all(|area| scope.allows(area)) { Ok(link) } else { Err(Error::NotFound) }
}

/// Looks at a company that has just handed in its registration, with what it says there.
pub fn after_submission(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
) -> Result<(), Error> {
    traces::refresh(c, Some(vault), &[supplier_id])?;
    look::both_ways(c, &[supplier_id])?;
    Ok(())
}
