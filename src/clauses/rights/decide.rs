//! Staff grant, give, decline and take back the right to sign. The company hears of each.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::request::{RightInput, basis, candidates, new_right, present};
use super::{RightStatus, SigningRight};
use crate::access::{Actor, May, company_people, right};
use crate::audit;
use crate::clauses::voiding::ReasonInput;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::notices::company::tell;
use crate::schema::signing_rights;
use crate::suppliers::{self, Supplier};
use crate::texts::Texts;
use crate::values::now;
use crate::vault::Vault;

/// Where the letters lead.
const PORTAL: &str = "/portal/clauses";

/// The form that grants.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct GrantInput {
    /// What the right rests on, as staff have found it.
    #[validate(length(max = 300))]
    pub basis: String,
    #[validate(length(max = 1000))]
    pub note: String,
}

/// The form that gives the right to somebody who has not asked for it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct GiveInput {
    /// Id of the account.
    #[validate(length(max = 100))]
    pub account: String,
    #[validate(length(max = 100))]
    pub person: String,
    #[validate(length(max = 300))]
    pub basis: String,
    #[validate(length(max = 100))]
    pub document: String,
    #[validate(length(max = 1000))]
    pub note: String,
}

/// A right and its company, if it is within what the person may see.
fn find(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    id: &str,
) -> Result<(SigningRight, Supplier), Error> {
    let right: SigningRight =
        signing_rights::table.find(id).select(SigningRight::as_select()).first(c)?;
    let supplier = suppliers::find(c, by.scope(), &right.supplier_id)?;
    Ok((right, supplier))
}

/// Grants what somebody else has asked for. The person must be behind the company, and the account
/// open.
pub fn grant(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    vault: &Vault,
    id: &str,
    input: &GrantInput,
) -> Result<(), Error> {
    let (right, supplier) = find(c, by, id)?;
    if right.status != RightStatus::Requested {
        return Err(Error::Conflict("conflict-right-closed"));
    }
    if right.requested_by == by.actor().account_id {
        return Err(Error::Forbidden("refused-right-own"));
    }
    present(c, by.scope(), &supplier.id)?;
    if !candidates(c, &supplier.id)?.iter().any(|person| person.id == right.person_id) {
        return Err(Error::Conflict("conflict-right-person"));
    }
    open_account(c, &supplier.id, &right.account_id)?;
    let basis = basis(&input.basis).map_err(|problem| Problems(vec![problem]))?;
    let row =
        signing_rights::table.find(id).filter(signing_rights::status.eq(RightStatus::Requested));
    let changed = diesel::update(row)
        .set((
            signing_rights::status.eq(RightStatus::Granted),
            signing_rights::basis.eq(&basis),
            signing_rights::decided_at.eq(now()),
            signing_rights::decided_by.eq(&by.actor().account_id),
            signing_rights::decided_name.eq(&by.actor().name),
            signing_rights::decision_note.eq(input.note.trim()),
        ))
        .execute(c)?;
    moved(changed)?;
    let details = json!({ "right": id, "account": right.account_id, "basis": basis });
    finish(c, by.actor(), vault, &supplier, (GRANTED, "signing_right.granted"), "", details)
}

/// Gives the right to an account of a company that has not asked for it. Not to somebody whom the same
/// person of staff has recorded.
pub fn give(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    vault: &Vault,
    supplier_id: &str,
    input: &GiveInput,
) -> Result<SigningRight, Error> {
    let supplier = present(c, by.scope(), supplier_id)?;
    let about = RightInput {
        person: input.person.clone(),
        basis: input.basis.clone(),
        document: input.document.clone(),
    };
    let read = about.read(c, supplier_id)?;
    if company_people::find(c, supplier_id, &input.account).is_err() {
        return Err(Problems::one("account", "unknown_choice").into());
    }
    if read.person.recorded_by == by.actor().account_id {
        return Err(Error::Forbidden("refused-right-recorded"));
    }
    let same = |right: &SigningRight| {
        let is_same = right.account_id == input.account && right.person_id == read.person.id;
        is_same && matches!(right.status, RightStatus::Requested | RightStatus::Granted)
    };
    if super::of(c, supplier_id)?.iter().any(same) {
        return Err(Error::Conflict("conflict-right-there"));
    }
    let mut right = new_right(&supplier, &input.account, by.actor(), read);
    right.status = RightStatus::Granted;
    right.decided_at = Some(now());
    right.decided_by = Some(by.actor().account_id.clone());
    right.decided_name = by.actor().name.clone();
    right.decision_note = input.note.trim().into();
    diesel::insert_into(signing_rights::table).values(&right).execute(c)?;
    let details = json!({ "right": right.id, "account": right.account_id, "basis": right.basis });
    finish(c, by.actor(), vault, &supplier, (GRANTED, "signing_right.given"), "", details)?;
    Ok(right)
}

/// Declines what was asked for.
pub fn decline(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    vault: &Vault,
    id: &str,
    input: &ReasonInput,
) -> Result<(), Error> {
    let (right, supplier) = find(c, by, id)?;
    if right.status != RightStatus::Requested {
        return Err(Error::Conflict("conflict-right-closed"));
    }
    let reason = input.given()?;
    let row =
        signing_rights::table.find(id).filter(signing_rights::status.eq(RightStatus::Requested));
    let changed = diesel::update(row)
        .set((
            signing_rights::status.eq(RightStatus::Declined),
            signing_rights::decided_at.eq(now()),
            signing_rights::decided_by.eq(&by.actor().account_id),
            signing_rights::decided_name.eq(&by.actor().name),
            signing_rights::decision_note.eq(reason),
        ))
        .execute(c)?;
    moved(changed)?;
    let details = json!({ "right": id, "account": right.account_id, "reason": reason });
    finish(c, by.actor(), vault, &supplier, (DECLINED, "signing_right.declined"), reason, details)
}

/// Takes back what was granted. What was signed until then stays signed.
pub fn revoke(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    vault: &Vault,
    id: &str,
    input: &ReasonInput,
) -> Result<(), Error> {
    let (right, supplier) = find(c, by, id)?;
    if right.status != RightStatus::Granted {
        return Err(Error::Conflict("conflict-right-closed"));
    }
    let reason = input.given()?;
    let row =
        signing_rights::table.find(id).filter(signing_rights::status.eq(RightStatus::Granted));
    let changed = diesel::update(row)
        .set((
            signing_rights::status.eq(RightStatus::Revoked),
            signing_rights::ended_at.eq(now()),
            signing_rights::ended_by.eq(&by.actor().account_id),
            signing_rights::ended_name.eq(&by.actor().name),
            signing_rights::ended_reason.eq(reason),
        ))
        .execute(c)?;
    moved(changed)?;
    let details = json!({ "right": id, "account": right.account_id, "reason": reason });
    finish(c, by.actor(), vault, &supplier, (REVOKED, "signing_right.revoked"), reason, details)
}

const GRANTED: &str = "signing_right_granted";
const DECLINED: &str = "signing_right_declined";
const REVOKED: &str = "signing_right_revoked";

fn moved(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::Conflict("conflict-right-closed")) } else { Ok(()) }
}

fn open_account(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<(), Error> {
    match company_people::find(c, supplier_id, id) {
        Ok(_) => Ok(()),
        Err(Error::NotFound | Error::Conflict(_)) => Err(Error::Conflict("conflict-right-account")),
        Err(error) => Err(error),
    }
}

/// Tells the company, with the reason where there is one, and writes the record.
fn finish(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    supplier: &Supplier,
    (letter, action): (&'static str, &str),
    reason: &str,
    details: serde_json::Value,
) -> Result<(), Error> {
    let company = (supplier.id.as_str(), supplier.legal_name.as_str());
    let words = |_: &Texts| {
        let lines = Some(reason.to_string()).filter(|reason| !reason.is_empty());
        (Vec::new(), lines.into_iter().collect())
    };
    tell(c, vault, company, letter, PORTAL, words)?;
    audit::append(c, by, action, ("supplier", &supplier.id), details)
}
