//! What becomes of a candidate: released, accepted, declined, or taken back.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::check::{holder_of, is_proposable};
use super::{Candidate, Origin, Status, find};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::categories;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::notices::{self, Letter};
use crate::onboarding::{needs, screening};
use crate::schema::candidates;
use crate::suppliers::contacts::{self, ContactInput};
use crate::suppliers::held::{self, IdentifierInput};
use crate::suppliers::place::PlaceInput;
use crate::suppliers::{
    self, NewSupplier, Stage, StageInput, Supplier, SupplierInput, change_stage, create,
};
use crate::texts::Language;
use crate::vault::Vault;

/// The form of a decision.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DecisionInput {
    /// "accept" or "decline".
    pub decision: String,
    /// For colleagues and auditors.
    #[validate(length(max = 1000))]
    pub reason: String,
    /// What the company is told.
    #[validate(length(max = 2000))]
    pub company_reason: String,
    /// "on" when a declined company is written to.
    pub tell: String,
}

/// The form that releases a held candidate.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReleaseInput {
    /// Id of an open need; that of staff's own proposal stays.
    pub need: String,
}

/// Decides about a candidate that somebody else proposed. The supplier that it became, `None` when
/// it was declined.
pub fn decide(
    c: &mut AnyConnection,
    by: &May<right::DecideCandidates>,
    edit: &May<right::EditSuppliers>,
    vault: &Vault,
    id: &str,
    input: &DecisionInput,
) -> Result<Option<Supplier>, Error> {
    let (candidate, need) = find(c, by.scope(), id)?;
    refuse_own(by.actor(), &candidate)?;
    let mut problems = Problems::default();
    if input.reason.trim().is_empty() {
        problems.add(Problem::new("reason", "missing"));
    }
    match input.decision.as_str() {
        "decline" => {
            let is_told = input.tell == "on" && !candidate.contact_email.is_empty();
            if is_told && input.company_reason.trim().is_empty() {
                problems.add(Problem::new("company_reason", "missing"));
            }
            problems.into_result()?;
            decline(c, by.actor(), vault, &candidate, input, is_told)?;
            Ok(None)
        }
        "accept" => {
            problems.into_result()?;
            if candidate.status != Status::Proposed {
                return Err(Error::Conflict("conflict-candidate"));
            }
            need.ok_or(Error::Conflict("conflict-candidate"))?.must_be_open()?;
            let standing = screening::standing(c, &candidate)?;
            if !standing.is_complete() {
                return Err(Problems::one("decision", "candidate_unscreened").into());
            }
            if !standing.failed_musts().is_empty() {
                return Err(Problems::one("decision", "candidate_failed_must").into());
            }
            accept(c, by.actor(), edit, vault, &candidate, input.reason.trim()).map(Some)
        }
        _ => {
            problems.add(Problem::new("decision", "unknown_choice"));
            Err(problems.into())
        }
    }
}

fn refuse_own(actor: &Actor, candidate: &Candidate) -> Result<(), Error> {
    if candidate.was_proposed_by(&actor.account_id) {
        return Err(Error::Forbidden("refused-own-candidate"));
    }
    Ok(())
}

fn accept(
    c: &mut AnyConnection,
    actor: &Actor,
    edit: &May<right::EditSuppliers>,
    vault: &Vault,
    candidate: &Candidate,
    reason: &str,
) -> Result<Supplier, Error> {
    let supplier = match &candidate.supplier_id {
        Some(known) => take_up(c, edit, candidate, known, reason)?,
        None => enter(c, edit, candidate)?,
    };
    add_contact(c, edit, vault, candidate, &supplier)?;
    end(c, actor, candidate, &[Status::Proposed], Status::Accepted, reason, Some(&supplier.id))?;
    let details = json!({
        "number": candidate.number,
        "legal_name": candidate.legal_name,
        "supplier": supplier.id,
        "supplier_number": supplier.code(),
        "reason": reason,
    });
    audit::append(c, actor, "candidate.accepted", ("candidate", &candidate.id), details)?;
    Ok(supplier)
}

/// A company that the register did not have.
fn enter(
    c: &mut AnyConnection,
    edit: &May<right::EditSuppliers>,
    candidate: &Candidate,
) -> Result<Supplier, Error> {
    if holder_of(c, &candidate.identifier_kind, &candidate.identifier_value)?.is_some() {
        return Err(Error::Conflict("conflict-candidate-registered"));
    }
    let open = categories::all(c)?;
    let category = candidate.category_id.iter().filter(|id| open.iter().any(|o| o.id == **id));
    let note = match candidate.origin {
        Origin::Staff => candidate.note.clone(),
        Origin::Own => String::new(),
    };
    let input = NewSupplier {
        company: SupplierInput {
            legal_name: candidate.legal_name.clone(),
            english_name: candidate.english_name.clone(),
            website: candidate.website.clone(),
            note,
            categories: category.cloned().collect(),
            ..SupplierInput::default()
        },
        place: PlaceInput {
            country: candidate.country.clone(),
            address: candidate.address.clone(),
            ..PlaceInput::default()
        },
        stage: Stage::Candidate.as_str().into(),
        ..NewSupplier::default()
    };
    let supplier = create(c, edit, &input)?;
    add_identifier(c, edit, candidate, &supplier)?;
    Ok(supplier)
}

/// A company that the register had: it stands as a candidate again where it had withdrawn or was
/// declined.
fn take_up(
    c: &mut AnyConnection,
    edit: &May<right::EditSuppliers>,
    candidate: &Candidate,
    id: &str,
    reason: &str,
) -> Result<Supplier, Error> {
    let supplier = suppliers::find(c, edit.scope(), id)?;
    if !is_proposable(supplier.stage) {
        return Err(Error::Conflict("conflict-candidate-stage"));
    }
    let holder = holder_of(c, &candidate.identifier_kind, &candidate.identifier_value)?;
    match holder {
        Some(holder) if holder.id != supplier.id => {
            return Err(Error::Conflict("conflict-candidate-registered"));
        }
        Some(_) => {}
        None => add_identifier(c, edit, candidate, &supplier)?,
    }
    if matches!(supplier.stage, Stage::Withdrawn | Stage::Declined) {
        let input = StageInput {
            stage: Stage::Candidate.as_str().into(),
            reason: reason.chars().take(500).collect(),
        };
        change_stage(c, edit, &supplier.id, &input)?;
    }
    suppliers::find(c, edit.scope(), id)
}

fn add_identifier(
    c: &mut AnyConnection,
    edit: &May<right::EditSuppliers>,
    candidate: &Candidate,
    supplier: &Supplier,
) -> Result<(), Error> {
    if candidate.identifier_value.is_empty() {
        return Ok(());
    }
    let input = IdentifierInput {
        kind: candidate.identifier_kind.clone(),
        value: candidate.identifier_value.clone(),
        evidence: String::new(),
    };
    held::add(c, edit, &supplier.id, &input)?;
    Ok(())
}

fn add_contact(
    c: &mut AnyConnection,
    edit: &May<right::EditSuppliers>,
    vault: &Vault,
    candidate: &Candidate,
    supplier: &Supplier,
) -> Result<(), Error> {
    let (name, email) = (&candidate.contact_name, &candidate.contact_email);
    let is_known =
        contacts::of(c, &supplier.id)?.iter().any(|one| one.email.eq_ignore_ascii_case(email));
    if (name.is_empty() && email.is_empty()) || (is_known && !email.is_empty()) {
        return Ok(());
    }
    let phone = match candidate.contact_phone_sealed.as_str() {
        "" => String::new(),
        sealed => vault.open(sealed, &candidate.id)?,
    };
    let input = ContactInput {
        name: if name.is_empty() { email } else { name }.chars().take(100).collect(),
        email: email.clone(),
        phone,
        ..ContactInput::default()
    };
    contacts::add(c, edit, vault, &supplier.id, &input)?;
    Ok(())
}

fn decline(
    c: &mut AnyConnection,
    actor: &Actor,
    vault: &Vault,
    candidate: &Candidate,
    input: &DecisionInput,
    is_told: bool,
) -> Result<(), Error> {
    let (reason, from) = (input.reason.trim(), [Status::Held, Status::Proposed]);
    end(c, actor, candidate, &from, Status::Declined, reason, candidate.supplier_id.as_deref())?;
    if is_told {
        let letter = Letter {
            kind: "candidate_declined",
            email: &candidate.contact_email,
            name: &candidate.contact_name,
            language: Language::parse(&candidate.language).unwrap_or(Language::English),
            supplier_id: candidate.supplier_id.as_deref(),
            args: vec![("company", candidate.legal_name.clone()), ("number", candidate.code())],
            lines: vec![input.company_reason.trim().to_string()],
            link: None,
        };
        notices::post(c, vault, letter)?;
    }
    let details = json!({
        "number": candidate.number,
        "legal_name": candidate.legal_name,
        "reason": reason,
        "told": is_told,
    });
    audit::append(c, actor, "candidate.declined", ("candidate", &candidate.id), details)
}

/// Takes a proposal back: only who made it may.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::ProposeCandidates>,
    id: &str,
) -> Result<(), Error> {
    let (candidate, _) = find(c, by.scope(), id)?;
    if !candidate.was_proposed_by(&by.actor().account_id) {
        return Err(Error::Forbidden("refused-not-proposer"));
    }
    let from = [Status::Held, Status::Proposed];
    let supplier = candidate.supplier_id.as_deref();
    end(c, by.actor(), &candidate, &from, Status::Withdrawn, "", supplier)?;
    let details = json!({ "number": candidate.number, "legal_name": candidate.legal_name });
    audit::append(c, by.actor(), "candidate.withdrawn", ("candidate", id), details)
}

/// Lets a held candidate go on to be screened: for the open need that was chosen, or for the one
/// that a colleague has proposed it for.
pub fn release(
    c: &mut AnyConnection,
    by: &May<right::DecideCandidates>,
    id: &str,
    input: &ReleaseInput,
) -> Result<(), Error> {
    let (candidate, need) = find(c, by.scope(), id)?;
    refuse_own(by.actor(), &candidate)?;
    let need = match need {
        Some(need) => need,
        None => needs::find(c, by.scope(), &input.need)
            .map_err(|_| Problems::one("need", "unknown_choice"))?,
    };
    need.must_be_open()?;
    let released =
        diesel::update(candidates::table.find(id).filter(candidates::status.eq(Status::Held)))
            .set((candidates::status.eq(Status::Proposed), candidates::need_id.eq(Some(&need.id))))
            .execute(c)?;
    if released == 0 {
        return Err(Error::Conflict("conflict-candidate"));
    }
    let details = json!({
        "number": candidate.number,
        "legal_name": candidate.legal_name,
        "need": need.code(),
    });
    audit::append(c, by.actor(), "candidate.released", ("candidate", id), details)
}

/// The last step of a candidate. The number goes: who was accepted has it among the contacts.
fn end(
    c: &mut AnyConnection,
    actor: &Actor,
    candidate: &Candidate,
    from: &[Status],
    to: Status,
    reason: &str,
    supplier_id: Option<&str>,
) -> Result<(), Error> {
    let changed = diesel::update(
        candidates::table.find(&candidate.id).filter(candidates::status.eq_any(from.to_vec())),
    )
    .set((
        candidates::status.eq(to),
        candidates::supplier_id.eq(supplier_id),
        candidates::contact_phone_sealed.eq(""),
        candidates::decided_at.eq(crate::values::now()),
        candidates::decided_by.eq(&actor.account_id),
        candidates::decided_name.eq(&actor.name),
        candidates::decision_reason.eq(reason),
    ))
    .execute(c)?;
    if changed == 0 { Err(Error::Conflict("conflict-candidate")) } else { Ok(()) }
}
