//! Signatures that count no more: forged, or recorded for the wrong company.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::signatures::{Signed, Void, find_within};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::signature_voids;
use crate::values::now;

/// Why something is ended or declared void.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReasonInput {
    #[validate(length(max = 1000))]
    pub reason: String,
}

impl ReasonInput {
    /// The reason, which must be there.
    pub fn given(&self) -> Result<&str, Problems> {
        match self.reason.trim() {
            "" => Err(Problems::one("reason", "missing")),
            reason => Ok(reason),
        }
    }
}

/// Declares a signature void: it stays in the chain, and the company has to sign again. Not by who
/// recorded it. The signature as it stands now.
pub fn void(
    c: &mut AnyConnection,
    by: &May<right::VoidSignatures>,
    id: &str,
    input: &ReasonInput,
) -> Result<Signed, Error> {
    let signed = find_within(c, by.scope(), id)?;
    if signed.void.is_some() {
        return Err(Error::Conflict("conflict-signature-void"));
    }
    let actor = by.actor();
    if signed.signature.account_id == actor.account_id {
        return Err(Error::Forbidden("refused-own-signature"));
    }
    let void = Void {
        signature_id: id.into(),
        reason: input.given()?.into(),
        voided_at: now(),
        voided_by: actor.account_id.clone(),
        voided_name: actor.name.clone(),
    };
    diesel::insert_into(signature_voids::table).values(&void).execute(c)?;
    let details = json!({
        "clause": signed.clause.code,
        "version": signed.version.version,
        "signature": id,
        "signature_number": signed.signature.sequence,
        "reason": void.reason,
    });
    audit::append(c, actor, "signature.voided", ("supplier", &signed.holder), details)?;
    Ok(Signed { void: Some(void), ..signed })
}
