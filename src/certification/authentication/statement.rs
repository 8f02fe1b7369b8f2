//! A provider's statement is taken.

use serde::Deserialize;
use validator::Validate;

use super::provider::Providers;
use super::verify::{Verified, finish, furthest, term};
use super::{Method, Status, find, present};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::suppliers::people::check::comparable;
use crate::values::now;
use crate::vault::Vault;

/// The form into which a statement is pasted.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct StatementInput {
    #[validate(length(max = 8000))]
    pub statement: String,
}

/// Takes a statement. One about another authentication or another name, or that says anything but
/// "verified", is refused with the reason, and nothing is written.
pub fn take(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    (vault, providers): (&Vault, &Providers),
    id: &str,
    input: &StatementInput,
) -> Result<(), Error> {
    let (authentication, ..) = find(c, by.scope(), id)?;
    if authentication.status != Status::Open || authentication.method != Method::External {
        return Err(Error::Conflict("conflict-authentication-closed"));
    }
    let person = present(c, &authentication)?;
    let refuse = |code: &str| Error::from(Problems::one("statement", code));
    let provider = providers.get().ok_or_else(|| refuse("authentication_no_provider"))?;
    if input.statement.trim().is_empty() {
        return Err(refuse("missing"));
    }
    let found = provider.read(&input.statement).map_err(|fault| refuse(fault.code()))?;
    let today = now().date();
    let until = found.until.unwrap_or_else(|| term(today)).min(furthest(today));
    if found.authentication_id != id {
        return Err(refuse("statement_other"));
    }
    if comparable(&found.name) != comparable(&person.name) {
        return Err(refuse("statement_name"));
    }
    if !found.is_verified {
        return Err(refuse("statement_not_verified"));
    }
    if until < today {
        return Err(refuse("statement_expired"));
    }
    let note = format!("{}, {}", provider.name(), found.found_at.format("%Y-%m-%d %H:%M UTC"));
    let name = (by.actor().account_id.as_str(), by.actor().name.as_str());
    let verified = Verified { by: name, note: &note, until };
    finish(c, by.actor(), vault, &authentication, verified)
}
