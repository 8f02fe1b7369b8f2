//! Invitations of the people of a company: by staff who may invite, or by a colleague. A link works
//! once and for two weeks, since suppliers come a few times a year.

use diesel::prelude::*;
use serde_json::json;

use super::accounts::{self, normal_email};
use super::guards::{Actor, May, Member, Owner};
use super::invitations::{Invitation, Issued, blank, issue, open_one};
use super::roles::{Role, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::invitations;
use crate::texts::Language;
use crate::values::{new_secret, now, sha256_hex};

/// How long a company's people may take.
const HOURS: i64 = 14 * 24;

/// Who looks after the people of a company.
pub enum Host<'a> {
    Staff(&'a May<right::InviteSuppliers>),
    /// The responsible person of the company itself.
    Owner(&'a Owner),
    /// A colleague, who hands on a part of the work.
    Colleague(&'a Member),
}

impl Host<'_> {
    pub fn actor(&self) -> &Actor {
        match self {
            Host::Staff(may) => may.actor(),
            Host::Owner(owner) => &owner.0.actor,
            Host::Colleague(member) => &member.actor,
        }
    }
}

/// Whom an invitation is for.
pub struct Invitee<'a> {
    pub email: &'a str,
    pub name: &'a str,
    /// Owner or member.
    pub role: Role,
    pub language: Language,
    pub note: &'a str,
}

/// Invites somebody of a company. Of several invitations for one address only the newest works.
pub fn invite(
    c: &mut AnyConnection,
    host: &Host,
    supplier_id: &str,
    invitee: &Invitee,
) -> Result<Issued, Error> {
    let mut problems = accounts::problems(invitee.email, invitee.name);
    let email = normal_email(invitee.email);
    problems.0.extend(obstacle(c, supplier_id, &email)?);
    problems.into_result()?;
    let earlier = open_of(c, &email)?;
    // Asked to do more before, asked to do as much now.
    let was_owner = earlier.is_some_and(|known| known.role == Role::SupplierOwner);
    let invitation = Invitation {
        email,
        name: invitee.name.trim().into(),
        role: if was_owner { Role::SupplierOwner } else { invitee.role },
        supplier_id: Some(supplier_id.into()),
        invited_by: Some(host.actor().account_id.clone()),
        language: invitee.language.as_str().into(),
        note: invitee.note.trim().into(),
        ..blank(HOURS)
    };
    if invitation.role.is_staff() {
        return Err(Problems::one("role", "choose_role").into());
    }
    issue(c, host.actor(), invitation, "access.invited")
}

/// Why an address cannot be invited by a company. One address is one account.
fn obstacle(
    c: &mut AnyConnection,
    supplier_id: &str,
    email: &str,
) -> Result<Option<Problem>, Error> {
    if let Some(account) = accounts::find_by_email(c, email)? {
        let is_own = account.supplier_id.as_deref() == Some(supplier_id);
        let code = match (is_own, account.is_enabled()) {
            (true, true) => "email_colleague",
            (true, false) => "email_closed",
            (false, _) => "email_elsewhere",
        };
        return Ok(Some(Problem::new("email", code)));
    }
    let open = open_of(c, email)?;
    let is_foreign = open.is_some_and(|known| known.supplier_id.as_deref() != Some(supplier_id));
    Ok(is_foreign.then(|| Problem::new("email", "email_elsewhere")))
}

/// The open invitation of an address.
fn open_of(c: &mut AnyConnection, email: &str) -> Result<Option<Invitation>, Error> {
    Ok(invitations::table
        .filter(invitations::email.eq(email))
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(now()))
        .select(Invitation::as_select())
        .first(c)
        .optional()?)
}

/// Makes a new link for an invitation; the one before is dead.
pub fn renew(
    c: &mut AnyConnection,
    host: &Host,
    supplier_id: &str,
    id: &str,
) -> Result<Issued, Error> {
    let known = of_supplier(c, supplier_id, id)?;
    if let Some(problem) = obstacle(c, supplier_id, &known.email)? {
        return Err(Problems(vec![problem]).into());
    }
    let secret = new_secret();
    let renewed = diesel::update(open_one(id))
        .set((
            invitations::token_hash.eq(sha256_hex(&secret)),
            invitations::expires_at.eq(blank(HOURS).expires_at),
        ))
        .execute(c)?;
    if renewed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let details = json!({ "email": known.email });
    audit::append(c, host.actor(), "access.invitation_renewed", ("invitation", id), details)?;
    Ok((of_supplier(c, supplier_id, id)?, secret))
}

/// Makes the link of an invitation useless.
pub fn revoke(
    c: &mut AnyConnection,
    host: &Host,
    supplier_id: &str,
    id: &str,
) -> Result<Invitation, Error> {
    let known = of_supplier(c, supplier_id, id)?;
    let revoked = diesel::update(open_one(id)).set(invitations::revoked_at.eq(now())).execute(c)?;
    if revoked == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let details = json!({ "email": known.email });
    audit::append(c, host.actor(), "access.invitation_revoked", ("invitation", id), details)?;
    Ok(known)
}

/// An invitation of a company; one of another is not found.
fn of_supplier(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Invitation, Error> {
    Ok(invitations::table
        .find(id)
        .filter(invitations::supplier_id.eq(supplier_id))
        .filter(invitations::account_id.is_null())
        .select(Invitation::as_select())
        .first(c)?)
}

/// The invitations of a company, newest first, at most 50.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Invitation>, Error> {
    Ok(invitations::table
        .filter(invitations::supplier_id.eq(supplier_id))
        .filter(invitations::account_id.is_null())
        .order(invitations::id.desc())
        .limit(50)
        .select(Invitation::as_select())
        .load(c)?)
}

impl Invitation {
    /// Where it stands: "open", "used", "revoked" or "expired".
    pub fn state(&self) -> &'static str {
        match self {
            _ if self.used_at.is_some() => "used",
            _ if self.revoked_at.is_some() => "revoked",
            _ if self.expires_at <= now() => "expired",
            _ => "open",
        }
    }
}
