//! The people of a company change: somebody new comes, somebody leaves, one was there twice.

use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{forwards, inviting};
use crate::access::accounts::Account;
use crate::access::company_invitations::{self as invitations, Host, Invitee};
use crate::access::invitations::Invitation;
use crate::access::{May, Role, Scope, company_people, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::suppliers::{self, Supplier};
use crate::texts::Language;
use crate::vault::Vault;

/// The form with which an owner invites a colleague.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ColleagueInput {
    pub name: String,
    pub email: String,
    pub role: String,
    pub language: String,
    #[validate(length(max = 2000))]
    pub note: String,
}

/// The form with which an account is closed.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ClosingInput {
    /// Id of the account that takes over, "" for nobody.
    pub successor: String,
    #[validate(length(max = 500))]
    pub reason: String,
}

/// The form with which two accounts of one person become one.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct MergingInput {
    /// Id of the account that stays.
    pub kept: String,
    /// Id of the account that is closed.
    pub gone: String,
    #[validate(length(max = 500))]
    pub merge_reason: String,
}

/// A responsible person invites a colleague.
pub fn invite(
    c: &mut AnyConnection,
    host: &Host,
    vault: &Vault,
    supplier_id: &str,
    input: &ColleagueInput,
) -> Result<Invitation, Error> {
    let supplier = company(c, host, supplier_id)?;
    let role = Role::parse(&input.role).filter(|role| !role.is_staff());
    let role = role.ok_or_else(|| Problems::one("role", "choose_role"))?;
    let language = Language::parse(&input.language);
    let invitee = Invitee {
        email: &input.email,
        name: &input.name,
        role,
        language: language.ok_or_else(|| Problems::one("language", "unknown_choice"))?,
        note: &input.note,
    };
    let (invitation, secret) = invitations::invite(c, host, supplier_id, &invitee)?;
    inviting::send(c, host.actor(), vault, &supplier, &invitation, &secret)?;
    Ok(invitation)
}

/// Makes a new link for a colleague's invitation and sends the letter again.
pub fn renew(
    c: &mut AnyConnection,
    host: &Host,
    vault: &Vault,
    supplier_id: &str,
    id: &str,
) -> Result<Invitation, Error> {
    let supplier = company(c, host, supplier_id)?;
    let (invitation, secret) = invitations::renew(c, host, supplier_id, id)?;
    inviting::send(c, host.actor(), vault, &supplier, &invitation, &secret)?;
    Ok(invitation)
}

/// The company, for staff only within what they may see.
fn company(c: &mut AnyConnection, host: &Host, supplier_id: &str) -> Result<Supplier, Error> {
    match host {
        Host::Staff(may) => suppliers::find(c, may.scope(), supplier_id),
        Host::Owner(_) | Host::Colleague(_) => suppliers::find(c, &Scope::Everything, supplier_id),
    }
}

/// Makes somebody responsible, or a colleague.
pub fn change_role(
    c: &mut AnyConnection,
    host: &Host,
    supplier_id: &str,
    id: &str,
    role: &str,
) -> Result<Account, Error> {
    company(c, host, supplier_id)?;
    company_people::change_role(c, host, supplier_id, id, role)
}

/// Somebody leaves: the account is closed, and what was handed on to them passes to whoever takes
/// over, or goes back to who handed it on.
pub fn close(
    c: &mut AnyConnection,
    host: &Host,
    vault: &Vault,
    supplier_id: &str,
    id: &str,
    input: &ClosingInput,
) -> Result<Account, Error> {
    company(c, host, supplier_id)?;
    let account = company_people::find(c, supplier_id, id)?;
    if matches!(host, Host::Staff(_)) && input.reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let successor = match input.successor.as_str() {
        "" => None,
        successor if successor == id => {
            return Err(Problems::one("successor", "unknown_choice").into());
        }
        successor => Some(company_people::find(c, supplier_id, successor)?),
    };
    company_people::close(c, host, supplier_id, id, successor.as_ref(), &input.reason)?;
    hand_over(c, vault, supplier_id, &account, successor.as_ref())?;
    Ok(account)
}

fn hand_over(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
    from: &Account,
    to: Option<&Account>,
) -> Result<(), Error> {
    for forward in forwards::open_to(c, supplier_id, &from.email)? {
        forwards::pass_on(c, &forward, to)?;
        if let Some(to) = to {
            let forward =
                forwards::Forward { email: to.email.clone(), name: to.name.clone(), ..forward };
            let language = Language::parse(&to.language).unwrap_or(Language::English);
            let link = format!("/portal/registration/{}", forward.section.as_str());
            forwards::send(c, vault, supplier_id, &forward, language, link)?;
        }
    }
    Ok(())
}

/// Two accounts of one person become one: the other is closed and names the one that stays, which
/// takes over what was handed on, and is responsible if either was.
pub fn merge(
    c: &mut AnyConnection,
    by: &May<right::InviteSuppliers>,
    vault: &Vault,
    supplier_id: &str,
    input: &MergingInput,
) -> Result<Account, Error> {
    suppliers::find(c, by.scope(), supplier_id)?;
    let mut problems = Problems::default();
    for (field, id) in [("kept", &input.kept), ("gone", &input.gone)] {
        if id.is_empty() {
            problems.add(Problem::new(field, "missing"));
        }
    }
    if !input.kept.is_empty() && input.kept == input.gone {
        problems.add(Problem::new("gone", "two_accounts"));
    }
    let reason = input.merge_reason.trim();
    if reason.is_empty() {
        problems.add(Problem::new("merge_reason", "missing"));
    }
    problems.into_result()?;
    let kept = company_people::find(c, supplier_id, &input.kept)?;
    let gone = company_people::find(c, supplier_id, &input.gone)?;
    let host = Host::Staff(by);
    if gone.role == Role::SupplierOwner && kept.role != Role::SupplierOwner {
        let owner = Role::SupplierOwner.as_str();
        company_people::change_role(c, &host, supplier_id, &kept.id, owner)?;
    }
    company_people::close(c, &host, supplier_id, &gone.id, Some(&kept), reason)?;
    hand_over(c, vault, supplier_id, &gone, Some(&kept))?;
    let details = json!({ "kept": kept.email, "gone": gone.email, "reason": reason });
    audit::append(c, by.actor(), "access.accounts_merged", ("account", &kept.id), details)?;
    Ok(kept)
}
