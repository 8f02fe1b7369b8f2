//! What a company says of itself, section by section, and where that stands. The register holds
//! none of it until staff have accepted it.

mod apply;
pub mod layout;
pub mod lines;
pub mod saving;
pub mod sections;
pub mod state;
pub mod submission;
pub mod unsaved;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::access::Actor;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{registration_sections, registrations};
use crate::values::{new_id, now};
use crate::vault::Vault;

pub use apply::apply;
pub use sections::known;
pub use state::{Waiting, waiting_for_supplier};

text_enum! {
    /// A topic of a registration, with a page of its own.
    Section {
        Company = "company",
        Addresses = "addresses",
        Contacts = "contacts",
        Ownership = "ownership",
        Bank = "bank",
        Categories = "categories",
        Documents = "documents",
        Conflicts = "conflicts",
    }
}

text_enum! {
    /// What a registration is for.
    Purpose {
        /// The company becomes a supplier.
        Introduction = "introduction",
        /// Something about an introduced supplier changes.
        Change = "change",
    }
}

text_enum! {
    /// Where a registration stands.
    Status {
        /// The company writes.
        Open = "open",
        /// Staff read.
        Submitted = "submitted",
        /// The company mends what was asked for.
        ChangesRequested = "changes_requested",
        /// Accepted by a reviewer; a second person introduces.
        Accepted = "accepted",
        /// In the register.
        Finished = "finished",
        /// Given up by the company, or declined.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What a reviewer found of a section in this round.
    Verdict { None = "", Accepted = "accepted", Changes = "changes" }
}

impl Status {
    /// Whether the company may write.
    pub fn is_with_supplier(self) -> bool {
        matches!(self, Status::Open | Status::ChangesRequested)
    }

    /// Whether it is still going on.
    pub fn is_running(self) -> bool {
        !matches!(self, Status::Finished | Status::Withdrawn)
    }
}

/// A registration. A company has at most one that is running.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations)]
pub struct Registration {
    pub id: String,
    /// The number people use, "R-000012".
    pub number: i64,
    pub supplier_id: String,
    pub purpose: Purpose,
    pub status: Status,
    /// 1 for the first submission, one more for each that follows a request for changes.
    pub round: i64,
    /// By when the company is asked to submit.
    pub due_on: Option<NaiveDate>,
    pub started_at: NaiveDateTime,
    pub submitted_at: Option<NaiveDateTime>,
    pub submitted_by: Option<String>,
    pub submitted_name: String,
    pub reviewed_at: Option<NaiveDateTime>,
    pub reviewed_by: Option<String>,
    pub reviewed_name: String,
    pub finished_at: Option<NaiveDateTime>,
    pub finished_by: Option<String>,
    pub finished_name: String,
    pub finished_reason: String,
}

/// A section of a registration as it is kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = registration_sections)]
pub struct SectionRow {
    pub id: String,
    pub registration_id: String,
    pub section: Section,
    /// JSON, sealed to the id: see [`SectionRow::answers`].
    pub answers_sealed: String,
    /// What the register had when this was submitted, likewise; "" before.
    pub before_sealed: String,
    pub complete: bool,
    /// Counts the savings: a page made from an older one is refused.
    pub revision: i64,
    pub saved_at: Option<NaiveDateTime>,
    pub saved_by: Option<String>,
    pub saved_name: String,
    pub verdict: Verdict,
    pub verdict_at: Option<NaiveDateTime>,
    pub verdict_by: Option<String>,
    pub verdict_name: String,
}

impl SectionRow {
    /// What was typed: an object whose values are texts, or lists of objects of texts.
    pub fn answers(&self, vault: &Vault) -> Result<Value, Error> {
        open(vault, &self.answers_sealed, &self.id)
    }

    /// What the register had when this was submitted, in the same shape.
    pub fn before(&self, vault: &Vault) -> Result<Value, Error> {
        open(vault, &self.before_sealed, &self.id)
    }
}

fn open(vault: &Vault, sealed: &str, id: &str) -> Result<Value, Error> {
    if sealed.is_empty() {
        return Ok(json!({}));
    }
    Ok(serde_json::from_str(&vault.open(sealed, id)?)?)
}

impl Registration {
    /// "R-000012".
    pub fn code(&self) -> String {
        format!("R-{:06}", self.number)
    }
}

/// The registration of a company that is running.
pub fn running(c: &mut AnyConnection, supplier_id: &str) -> Result<Option<Registration>, Error> {
    Ok(latest(c, supplier_id)?.filter(|registration| registration.status.is_running()))
}

/// The newest registration of a company, running or not.
pub fn latest(c: &mut AnyConnection, supplier_id: &str) -> Result<Option<Registration>, Error> {
    Ok(registrations::table
        .filter(registrations::supplier_id.eq(supplier_id))
        .order(registrations::id.desc())
        .select(Registration::as_select())
        .first(c)
        .optional()?)
}

/// The registration of an id. Whether the person may see its company is asked by the caller.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Registration, Error> {
    Ok(registrations::table.find(id).select(Registration::as_select()).first(c)?)
}

/// The sections of a registration, in their order.
pub fn sections(c: &mut AnyConnection, id: &str) -> Result<Vec<SectionRow>, Error> {
    let mut rows: Vec<SectionRow> = registration_sections::table
        .filter(registration_sections::registration_id.eq(id))
        .select(SectionRow::as_select())
        .load(c)?;
    rows.sort_by_key(|row| Section::ALL.iter().position(|section| *section == row.section));
    Ok(rows)
}

/// Begins a registration of a company, each section filled with what the register has: nothing
/// known is asked again. A company has one at a time.
pub fn start(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    supplier_id: &str,
    purpose: Purpose,
    due_on: Option<NaiveDate>,
) -> Result<Registration, Error> {
    if running(c, supplier_id)?.is_some() {
        return Err(Error::Conflict("conflict-registration-running"));
    }
    let last: Option<i64> = registrations::table
        .select(registrations::number)
        .order(registrations::number.desc())
        .first(c)
        .optional()?;
    let registration = Registration {
        id: new_id(),
        number: last.unwrap_or(0) + 1,
        supplier_id: supplier_id.into(),
        purpose,
        status: Status::Open,
        round: 1,
        due_on,
        started_at: now(),
        submitted_at: None,
        submitted_by: None,
        submitted_name: String::new(),
        reviewed_at: None,
        reviewed_by: None,
        reviewed_name: String::new(),
        finished_at: None,
        finished_by: None,
        finished_name: String::new(),
        finished_reason: String::new(),
    };
    diesel::insert_into(registrations::table).values(&registration).execute(c)?;
    for section in Section::ALL {
        let id = new_id();
        let known = known(c, vault, supplier_id, *section)?;
        let row = SectionRow {
            answers_sealed: vault.seal(&known.to_string(), &id)?,
            id,
            registration_id: registration.id.clone(),
            section: *section,
            before_sealed: String::new(),
            // What changes is all that is asked for in a change.
            complete: purpose == Purpose::Change,
            revision: 0,
            saved_at: None,
            saved_by: None,
            saved_name: String::new(),
            verdict: Verdict::None,
            verdict_at: None,
            verdict_by: None,
            verdict_name: String::new(),
        };
        diesel::insert_into(registration_sections::table).values(&row).execute(c)?;
    }
    let details = json!({
        "registration": registration.id,
        "number": registration.number,
        "purpose": purpose.as_str(),
    });
    audit::append(c, by, "registration.started", ("supplier", supplier_id), details)?;
    Ok(registration)
}
