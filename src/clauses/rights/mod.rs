//! The right to sign: which of a company's accounts is which of those who may sign for it.

pub mod decide;
pub mod list;
pub mod request;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{authentications, people, signing_rights};
use crate::suppliers::people::{Part, Person};
use crate::values::now;

text_enum! {
    /// Where a right to sign stands.
    RightStatus {
        /// Somebody of the company asks for it.
        Requested = "requested",
        Granted = "granted",
        Declined = "declined",
        /// Granted once, and taken back.
        Revoked = "revoked",
    }
}

impl RightStatus {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            RightStatus::Requested => "wait",
            RightStatus::Granted => "ok",
            RightStatus::Declined | RightStatus::Revoked => "stop",
        }
    }
}

/// The right of an account to sign as somebody behind its company.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_rights)]
pub struct SigningRight {
    pub id: String,
    pub supplier_id: String,
    pub person_id: String,
    pub account_id: String,
    pub status: RightStatus,
    /// What it rests on: "legal representative", "power of attorney of 1 March 2026".
    pub basis: String,
    /// The document that says so, when there is one.
    pub document_id: Option<String>,
    pub requested_by: String,
    pub requested_name: String,
    pub created_at: NaiveDateTime,
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_note: String,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// Somebody who may sign for a company now.
#[derive(Clone, Debug)]
pub struct Signatory {
    pub right: SigningRight,
    pub person: Person,
    /// The authentication that says who the person is.
    pub authentication_id: String,
}

/// Why an account cannot sign now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nobody has given it the right to sign.
    Right,
    /// It was asked for, and not decided yet.
    Requested,
    /// The person is not behind the company any more, or only as an owner.
    Person,
    /// The person's real name is not authenticated, or not any more.
    Authentication,
}

impl Lack {
    /// What its texts are called by.
    pub fn as_str(self) -> &'static str {
        match self {
            Lack::Right => "right",
            Lack::Requested => "requested",
            Lack::Person => "person",
            Lack::Authentication => "authentication",
        }
    }
}

/// The rights of a company's accounts, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<SigningRight>, Error> {
    Ok(signing_rights::table
        .filter(signing_rights::supplier_id.eq(supplier_id))
        .order(signing_rights::id.desc())
        .limit(200)
        .select(SigningRight::as_select())
        .load(c)?)
}

/// As whom an account may sign for a company now, or what it lacks.
pub fn signatory(
    c: &mut AnyConnection,
    supplier_id: &str,
    account_id: &str,
) -> Result<Result<Signatory, Lack>, Error> {
    let of_account: Vec<(SigningRight, Person)> = signing_rights::table
        .inner_join(people::table.on(people::id.eq(signing_rights::person_id)))
        .filter(signing_rights::supplier_id.eq(supplier_id))
        .filter(signing_rights::account_id.eq(account_id))
        .order(signing_rights::id.desc())
        .limit(50)
        .select((SigningRight::as_select(), Person::as_select()))
        .load(c)?;
    let is_requested = of_account.iter().any(|(one, _)| one.status == RightStatus::Requested);
    let mut lack = if is_requested { Lack::Requested } else { Lack::Right };
    for (right, person) in of_account {
        if right.status != RightStatus::Granted {
            continue;
        }
        let may_sign = person.removed_at.is_none()
            && person.supplier_id == supplier_id
            && person.role != Part::BeneficialOwner;
        if !may_sign {
            lack = Lack::Person;
            continue;
        }
        match authentication_of(c, &person.id)? {
            Some(authentication_id) => {
                return Ok(Ok(Signatory { right, person, authentication_id }));
            }
            None => lack = Lack::Authentication,
        }
    }
    Ok(Err(lack))
}

/// The authentication by which somebody counts as authenticated today. Read from the table itself:
/// certification lies above this room.
pub fn authentication_of(c: &mut AnyConnection, person_id: &str) -> Result<Option<String>, Error> {
    let today = now().date();
    Ok(authentications::table
        .filter(authentications::person_id.eq(person_id))
        .filter(authentications::status.eq("verified"))
        .filter(authentications::valid_to.is_null().or(authentications::valid_to.ge(today)))
        .order(authentications::id.desc())
        .select(authentications::id)
        .first(c)
        .optional()?)
}
