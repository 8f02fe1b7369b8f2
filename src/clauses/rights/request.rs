//! Somebody of a company asks for the right to sign.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{RightStatus, SigningRight};
use crate::access::{Actor, Member, Scope, company_people};
use crate::audit;
use crate::db::AnyConnection;
use crate::documents;
use crate::error::{Error, Problem, Problems};
use crate::schema::signing_rights;
use crate::suppliers::people::{self, Part, Person};
use crate::suppliers::{self, Stage, Supplier};
use crate::values::{new_id, now};

/// Which of the company's people somebody is, and why they may sign.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RightInput {
    /// Id of the person.
    #[validate(length(max = 100))]
    pub person: String,
    #[validate(length(max = 300))]
    pub basis: String,
    /// Id of one of the company's documents, or "".
    #[validate(length(max = 100))]
    pub document: String,
}

/// Who may sign for a company if they have the right: its legal representative and signatories.
pub fn candidates(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Person>, Error> {
    let mut people = people::of(c, supplier_id)?;
    people.retain(|person| person.role != Part::BeneficialOwner);
    Ok(people)
}

/// What a right is about, once its form was read.
pub(super) struct Read {
    pub person: Person,
    pub basis: String,
    pub document_id: Option<String>,
}

impl RightInput {
    pub(super) fn read(&self, c: &mut AnyConnection, supplier_id: &str) -> Result<Read, Error> {
        let mut problems = Problems::default();
        let mut people = candidates(c, supplier_id)?.into_iter();
        let person = people.find(|person| person.id == self.person);
        if person.is_none() {
            problems.add(Problem::new("person", "signing_person_choice"));
        }
        let basis = basis(&self.basis).map_err(|problem| problems.add(problem));
        let document_id = Some(self.document.clone()).filter(|id| !id.is_empty());
        if let Some(id) = &document_id
            && documents::find_of(c, supplier_id, id).is_err()
        {
            problems.add(Problem::new("document", "unknown_choice"));
        }
        match (person, basis) {
            (Some(person), Ok(basis)) if problems.is_empty() => {
                Ok(Read { person, basis, document_id })
            }
            _ => Err(problems.into()),
        }
    }
}

/// What a right rests on, in one line.
pub(super) fn basis(typed: &str) -> Result<String, Problem> {
    let basis = typed.trim();
    if basis.is_empty() {
        return Err(Problem::new("basis", "missing"));
    }
    if basis.chars().any(char::is_control) {
        return Err(Problem::new("basis", "control_characters"));
    }
    Ok(basis.to_string())
}

/// Asks for the right of one's own account.
pub fn request(
    c: &mut AnyConnection,
    member: &Member,
    input: &RightInput,
) -> Result<SigningRight, Error> {
    let account_id = &member.actor.account_id;
    let supplier = present(c, &Scope::Everything, &member.supplier_id)?;
    let read = input.read(c, &supplier.id)?;
    company_people::find(c, &supplier.id, account_id)?;
    let of_account = super::of(c, &supplier.id)?.into_iter();
    let stands_in_the_way = |right: SigningRight| match right.status {
        RightStatus::Requested => true,
        RightStatus::Granted => right.person_id == read.person.id,
        _ => false,
    };
    if of_account.filter(|right| right.account_id == *account_id).any(stands_in_the_way) {
        return Err(Error::Conflict("conflict-right-there"));
    }
    let person = read.person.name.clone();
    let right = new_right(&supplier, account_id, &member.actor, read);
    diesel::insert_into(signing_rights::table).values(&right).execute(c)?;
    let details = json!({ "right": right.id, "name": person, "basis": right.basis });
    let subject = ("supplier", supplier.id.as_str());
    audit::append(c, &member.actor, "signing_right.requested", subject, details)?;
    Ok(right)
}

/// A company that can still sign.
pub(super) fn present(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Supplier, Error> {
    let supplier = suppliers::find(c, scope, id)?;
    match supplier.stage {
        Stage::Eliminated | Stage::Withdrawn | Stage::Declined => {
            Err(Error::Conflict("conflict-clause-company"))
        }
        _ => Ok(supplier),
    }
}

pub(super) fn new_right(
    supplier: &Supplier,
    account_id: &str,
    by: &Actor,
    read: Read,
) -> SigningRight {
    SigningRight {
        id: new_id(),
        supplier_id: supplier.id.clone(),
        person_id: read.person.id,
        account_id: account_id.into(),
        status: RightStatus::Requested,
        basis: read.basis,
        document_id: read.document_id,
        requested_by: by.account_id.clone(),
        requested_name: by.name.clone(),
        created_at: now(),
        decided_at: None,
        decided_by: None,
        decided_name: String::new(),
        decision_note: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    }
}
