//! Invitations: links that work once, for a while, and of which only the hash is kept.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::accounts::{self, Account, NewAccount, normal_email};
use super::client::actor_of;
use super::guards::{Actor, May};
use super::manage::{Limits, limits};
use super::roles::{Role, right};
use super::session;
use crate::Settings;
use crate::audit;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem};
use crate::once::{Once, once};
use crate::schema::{accounts as accounts_table, invitations, suppliers};
use crate::texts::Language;
use crate::values::{is_id, new_id, new_secret, now, sha256_hex};

/// An invitation reaches somebody who may be away for a weekend.
const INVITATION_HOURS: i64 = 72;
/// A link for a new password is asked for by somebody who waits for it.
const PASSWORD_HOURS: i64 = 24;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    pub id: String,
    pub token_hash: String,
    /// "" in the link of a register without accounts: the person types it.
    pub email: String,
    pub name: String,
    pub role: Role,
    pub supplier_id: Option<String>,
    pub scope_scheme: Option<String>,
    pub scope_regions: Option<String>,
    /// The account of who invited.
    pub invited_by: Option<String>,
    /// The account that gets a new password; `None` when one will be made.
    pub account_id: Option<String>,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub used_at: Option<NaiveDateTime>,
    pub revoked_at: Option<NaiveDateTime>,
    /// The language of its letter.
    pub language: String,
    /// What whoever invites says in the letter.
    pub note: String,
}

/// The form of an invitation.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct InvitationInput {
    pub email: String,
    pub name: String,
    pub role: String,
    /// "S-000123", for the roles of suppliers.
    #[validate(length(max = 20))]
    pub supplier: String,
    /// `scheme:region`, for staff who see only part of the register.
    #[validate(length(max = 100))]
    pub regions: Vec<String>,
}

/// The person who takes an invitation up.
pub struct Guest {
    pub email: String,
    pub name: String,
    pub language: Language,
    pub password_hash: String,
}

/// An invitation, and the secret of its link, which is nowhere else.
pub(super) type Issued = (Invitation, String);

/// Invites somebody, once for the key of a form. The same form again gets a new link to the
/// invitation that it made, since the answer with the first one may have been lost.
pub fn invite(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    key: &str,
    input: &InvitationInput,
) -> Result<Issued, Error> {
    let invited = once(c, by.actor(), key, |c| {
        let issued = invite_new(c, by, input)?;
        Ok((issued.0.id.clone(), issued))
    });
    match invited? {
        Once::Now(issued) => Ok(issued),
        Once::Before(id) => renew(c, by, &id),
    }
}

fn renew(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
) -> Result<Issued, Error> {
    let secret = new_secret();
    let renewed = diesel::update(open_one(id))
        .set(invitations::token_hash.eq(sha256_hex(&secret)))
        .execute(c)?;
    if renewed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let invitation: Invitation =
        invitations::table.find(id).select(Invitation::as_select()).first(c)?;
    let details = json!({ "email": invitation.email });
    audit::append(c, by.actor(), "access.invitation_renewed", ("invitation", id), details)?;
    Ok((invitation, secret))
}

/// An invitation that was neither used nor revoked.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn open_one<'a>(id: &'a str) -> _ {
    invitations::table
        .find(id)
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
}

fn invite_new(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    input: &InvitationInput,
) -> Result<Issued, Error> {
    let mut problems = accounts::problems(&input.email, &input.name);
    let email = normal_email(&input.email);
    if accounts::find_by_email(c, &email)?.is_some() {
        problems.add(Problem::new("email", "email_taken"));
    } else if is_invited(c, &email)? {
        problems.add(Problem::new("email", "email_invited"));
    }
    let role = Role::parse(&input.role);
    if role.is_none() {
        problems.add(Problem::new("role", "choose_role"));
    }
    let is_staff = role.is_some_and(Role::is_staff);
    let limits = match limits(&input.regions) {
        Ok(limits) if is_staff => limits,
        Ok(_) => Limits::default(),
        Err(problem) => {
            problems.add(problem);
            Limits::default()
        }
    };
    let supplier_id = match role {
        Some(role) if !role.is_staff() => supplier_of(c, &input.supplier)?,
        _ => None,
    };
    if role.is_some() && !is_staff && supplier_id.is_none() {
        problems.add(Problem::new("supplier", "supplier_number"));
    }
    problems.into_result()?;
    let invitation = Invitation {
        email,
        name: input.name.trim().into(),
        role: role.ok_or(Error::NotFound)?,
        supplier_id,
        scope_scheme: limits.scheme,
        scope_regions: limits.regions,
        invited_by: Some(by.actor().account_id.clone()),
        ..blank(INVITATION_HOURS)
    };
    issue(c, by.actor(), invitation, "access.invited")
}

/// Makes a link with which the person of an account sets a new password.
pub fn offer_password(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    account: &Account,
) -> Result<Issued, Error> {
    let invitation = Invitation {
        email: account.email.clone(),
        name: account.name.clone(),
        role: account.role,
        supplier_id: account.supplier_id.clone(),
        invited_by: Some(by.actor().account_id.clone()),
        account_id: Some(account.id.clone()),
        ..blank(PASSWORD_HOURS)
    };
    issue(c, by.actor(), invitation, "access.password_offered")
}

pub(super) fn blank(hours: i64) -> Invitation {
    let time = now();
    Invitation {
        id: new_id(),
        token_hash: String::new(),
        email: String::new(),
        name: String::new(),
        role: Role::Administrator,
        supplier_id: None,
        scope_scheme: None,
        scope_regions: None,
        invited_by: None,
        account_id: None,
        created_at: time,
        expires_at: time + Duration::hours(hours),
        used_at: None,
        revoked_at: None,
        language: Language::English.as_str().into(),
        note: String::new(),
    }
}

pub(super) fn issue(
    c: &mut AnyConnection,
    actor: &Actor,
    invitation: Invitation,
    action: &str,
) -> Result<Issued, Error> {
    // Of several links for the same person only the newest works.
    diesel::update(
        invitations::table
            .filter(invitations::email.eq(&invitation.email))
            .filter(invitations::used_at.is_null())
            .filter(invitations::revoked_at.is_null()),
    )
    .set(invitations::revoked_at.eq(now()))
    .execute(c)?;
    let secret = new_secret();
    let invitation = Invitation { token_hash: sha256_hex(&secret), ..invitation };
    diesel::insert_into(invitations::table).values(&invitation).execute(c)?;
    let details = json!({ "email": invitation.email, "name": invitation.name, "role": invitation.role.as_str() });
    audit::append(c, actor, action, ("invitation", &invitation.id), details)?;
    Ok((invitation, secret))
}

fn is_invited(c: &mut AnyConnection, email: &str) -> Result<bool, Error> {
    Ok(open_ones(c)?.iter().any(|invitation| invitation.email == email))
}

/// The supplier of a number as people write it.
fn supplier_of(c: &mut AnyConnection, typed: &str) -> Result<Option<String>, Error> {
    let digits = typed.trim().trim_start_matches(['S', 's']).trim_start_matches('-');
    let Ok(number) = digits.parse::<i64>() else {
        return Ok(None);
    };
    let found = suppliers::table
        .filter(suppliers::number.eq(number))
        .filter(suppliers::merged_into.is_null())
        .select(suppliers::id)
        .first(c)
        .optional()?;
    Ok(found)
}

/// The invitations that still work, newest first, at most 200.
pub fn open_ones(c: &mut AnyConnection) -> Result<Vec<Invitation>, Error> {
    Ok(invitations::table
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(now()))
        .filter(invitations::email.ne(""))
        .order(invitations::id.desc())
        .limit(200)
        .select(Invitation::as_select())
        .load(c)?)
}

/// Makes an invitation's link useless.
pub fn revoke(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
) -> Result<Invitation, Error> {
    if !is_id(id) {
        return Err(Error::NotFound);
    }
    let invitation: Invitation =
        invitations::table.find(id).select(Invitation::as_select()).first(c)?;
    let changed = diesel::update(open_one(id)).set(invitations::revoked_at.eq(now())).execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let details = json!({ "email": invitation.email });
    audit::append(c, by.actor(), "access.invitation_revoked", ("invitation", id), details)?;
    Ok(invitation)
}

/// The invitation of a link that works. Why it does not is told: whoever asks has its secret.
pub fn find_live(c: &mut AnyConnection, secret: &str) -> Result<Invitation, Error> {
    let found: Option<Invitation> = invitations::table
        .filter(invitations::token_hash.eq(sha256_hex(secret)))
        .select(Invitation::as_select())
        .first(c)
        .optional()?;
    let found = found.ok_or(Error::Conflict("refused-invitation-unknown"))?;
    // The first link of a register dies with the first account, however that came.
    let is_late = found.email.is_empty() && !accounts::none_yet(c)?;
    if found.used_at.is_some() || is_late {
        return Err(Error::Conflict("refused-invitation-used"));
    }
    if found.revoked_at.is_some() {
        return Err(Error::Conflict("refused-invitation-revoked"));
    }
    if found.expires_at <= now() {
        return Err(Error::Conflict("refused-invitation-expired"));
    }
    Ok(found)
}

/// The role of an invitation to an account, when its link was sent to this address: whoever opens
/// it anew, used or not, has what it was for.
pub fn own_role(c: &mut AnyConnection, secret: &str, email: &str) -> Result<Option<Role>, Error> {
    Ok(invitations::table
        .filter(invitations::token_hash.eq(sha256_hex(secret)))
        .filter(invitations::email.eq(email))
        .filter(invitations::account_id.is_null())
        .select(invitations::role)
        .first(c)
        .optional()?)
}

/// The name of who invited, and of the company that the invitation is for, each "" when none.
pub fn names(c: &mut AnyConnection, invitation: &Invitation) -> Result<(String, String), Error> {
    let inviter: Option<String> = match &invitation.invited_by {
        Some(id) => {
            accounts_table::table.find(id).select(accounts_table::name).first(c).optional()?
        }
        None => None,
    };
    let company: Option<String> = match &invitation.supplier_id {
        Some(id) => suppliers::table.find(id).select(suppliers::legal_name).first(c).optional()?,
        None => None,
    };
    Ok((inviter.unwrap_or_default(), company.unwrap_or_default()))
}

/// Takes an invitation up: the account with its password, and the link is used.
pub fn accept(c: &mut AnyConnection, secret: &str, guest: Guest) -> Result<Account, Error> {
    let invitation = find_live(c, secret)?;
    let used = diesel::update(
        invitations::table.find(&invitation.id).filter(invitations::used_at.is_null()),
    )
    .set(invitations::used_at.eq(now()))
    .execute(c)?;
    if used == 0 {
        return Err(Error::Conflict("refused-invitation-used"));
    }
    match &invitation.account_id {
        Some(account_id) => set_password(c, account_id, guest.password_hash),
        None => make_account(c, &invitation, guest),
    }
}

fn make_account(
    c: &mut AnyConnection,
    invitation: &Invitation,
    guest: Guest,
) -> Result<Account, Error> {
    let own_words = invitation.email.is_empty();
    let new = NewAccount {
        email: if own_words { guest.email } else { invitation.email.clone() },
        name: if own_words { guest.name } else { invitation.name.clone() },
        language: guest.language,
        role: invitation.role,
        supplier_id: invitation.supplier_id.clone(),
        scope_scheme: invitation.scope_scheme.clone(),
        scope_regions: invitation.scope_regions.clone(),
        password_hash: Some(guest.password_hash),
    };
    let by = Actor {
        account_id: format!("invitation {}", invitation.id),
        name: new.name.clone(),
        ..Actor::command_line()
    };
    accounts::create(c, &by, new)
}

fn set_password(c: &mut AnyConnection, account_id: &str, hash: String) -> Result<Account, Error> {
    diesel::update(accounts_table::table.find(account_id))
        .set(accounts_table::password_hash.eq(hash))
        .execute(c)?;
    session::end_all(c, account_id)?;
    let account = accounts::find(c, account_id)?;
    if !account.is_enabled() {
        return Err(Error::Conflict("refused-invitation-revoked"));
    }
    let subject = ("account", account_id);
    audit::append(c, &actor_of(&account), "access.password_changed", subject, json!({}))?;
    Ok(account)
}

/// The link with which the first administrator of a register without accounts makes theirs.
/// `None` once there is an account.
pub fn setup_link(db: &Db, settings: &Settings) -> Result<Option<String>, Error> {
    let secret = db.write_now(|c| {
        if !accounts::none_yet(c)? {
            return Ok(None);
        }
        let (_, secret) =
            issue(c, &Actor::command_line(), blank(INVITATION_HOURS), "access.setup_offered")?;
        Ok(Some(secret))
    })?;
    Ok(secret.map(|secret| format!("{}/setup/{secret}", settings.base_url.trim_end_matches('/'))))
}
