//! Somebody of staff proposes a company for a need.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::check::{self, is_proposable};
use super::{Alert, Candidate, CompanyInput, Origin, Status, alike};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::onboarding::needs;
use crate::schema::candidates;
use crate::suppliers::{self, Stage, Supplier};
use crate::vault::Vault;

/// The choice of somebody who has looked at the similar companies: it is none of them.
pub const OTHER: &str = "other";

/// The form of a proposal.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ProposalInput {
    #[serde(flatten)]
    #[validate(nested)]
    pub company: CompanyInput,
    #[validate(length(max = 2000))]
    pub note: String,
    /// [`OTHER`], or the id of the company of the register that is meant.
    pub choice: String,
    /// Ids of the similar companies that were shown.
    #[validate(length(max = 50))]
    pub seen: Vec<String>,
}

/// Proposes a company for an open need. One that the register may have already is refused until
/// the person has chosen (a problem of the field `choice`); one that has something in common with
/// an eliminated company is held.
pub fn propose(
    c: &mut AnyConnection,
    by: &May<right::ProposeCandidates>,
    vault: &Vault,
    need_id: &str,
    input: &ProposalInput,
) -> Result<Candidate, Error> {
    let need = needs::find(c, by.scope(), need_id)?;
    need.must_be_open()?;
    input.company.problems().into_result()?;
    let known = known(c, by, input)?;
    let alert = check::alert(c, vault, &input.company)?;
    let described = input.company.described(c, vault, alert, &input.note)?;
    let candidate = Candidate {
        need_id: Some(need.id.clone()),
        category_id: Some(need.category_id.clone()),
        origin: Origin::Staff,
        status: if alert == Alert::Nothing { Status::Proposed } else { Status::Held },
        legal_name: known.as_ref().map_or(&described.legal_name, |s| &s.legal_name).clone(),
        english_name: known.as_ref().map_or(&described.english_name, |s| &s.english_name).clone(),
        supplier_id: known.map(|supplier| supplier.id),
        proposed_by: Some(by.actor().account_id.clone()),
        proposed_name: by.actor().name.clone(),
        ..described
    };
    if is_proposed_already(c, &candidate)? {
        return Err(Problems::one("legal_name", "candidate_already").into());
    }
    diesel::insert_into(candidates::table).values(&candidate).execute(c)?;
    let details = json!({
        "number": candidate.number,
        "legal_name": candidate.legal_name,
        "country": candidate.country,
        "need": need.code(),
        "supplier": candidate.supplier_id,
        "alert": candidate.alert.as_str(),
    });
    audit::append(c, by.actor(), "candidate.proposed", ("candidate", &candidate.id), details)?;
    Ok(candidate)
}

/// The company of the register that is meant, `None` for one that is not in it.
fn known(
    c: &mut AnyConnection,
    by: &May<right::ProposeCandidates>,
    input: &ProposalInput,
) -> Result<Option<Supplier>, Error> {
    let holder = check::holder(c, &input.company)?;
    if !input.choice.is_empty() && input.choice != OTHER {
        let chosen = suppliers::find(c, by.scope(), &input.choice)
            .map_err(|_| Problems::one("choice", "unknown_choice"))?;
        if holder.is_some_and(|holder| holder.id != chosen.id) {
            return Err(Problems::one("identifier_value", "candidate_other_holder").into());
        }
        return proposable(chosen).map(Some);
    }
    match holder {
        // Of a company that the person may not see nothing more is told.
        Some(holder) if !by.scope().allows(&holder.area) => {
            return Err(Problems::one("identifier_value", "identifier_taken").into());
        }
        Some(holder) => {
            proposable(holder)?;
            return Err(Problems::one("choice", "candidate_registered").into());
        }
        None => {}
    }
    let similar = alike(c, by.scope(), &input.company)?;
    let is_looked_at =
        input.choice == OTHER && similar.iter().all(|one| input.seen.contains(&one.supplier.id));
    if similar.is_empty() || is_looked_at {
        return Ok(None);
    }
    Err(Problems::one("choice", "candidate_similar").into())
}

fn proposable(supplier: Supplier) -> Result<Supplier, Error> {
    match supplier.stage {
        stage if is_proposable(stage) => Ok(supplier),
        Stage::Eliminated => Err(Problems::one("choice", "candidate_eliminated").into()),
        _ => Err(Problems::one("choice", "candidate_introduced").into()),
    }
}

/// Whether the same company is proposed for the same need, and was not declined or withdrawn.
fn is_proposed_already(c: &mut AnyConnection, new: &Candidate) -> Result<bool, Error> {
    type Key = (String, String, String, Option<String>);
    let running: Vec<Key> = candidates::table
        .filter(candidates::need_id.eq(&new.need_id))
        .filter(candidates::status.eq_any([Status::Held, Status::Proposed, Status::Accepted]))
        .select((
            candidates::legal_name,
            candidates::identifier_kind,
            candidates::identifier_value,
            candidates::supplier_id,
        ))
        .load(c)?;
    Ok(running.iter().any(|(name, kind, value, supplier)| {
        let same_code =
            !value.is_empty() && (kind, value) == (&new.identifier_kind, &new.identifier_value);
        let same_supplier = supplier.is_some() && *supplier == new.supplier_id;
        *name == new.legal_name || same_code || same_supplier
    }))
}
