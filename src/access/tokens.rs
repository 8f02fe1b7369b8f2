//! Personal access tokens: what programs sign in with. A token is a JWT that carries its own
//! limits; the register keeps only its id, so that it can be revoked, and shows it once.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use validator::Validate;

use super::accounts::Account;
use super::client::actor_of;
use super::guards::Actor;
use super::roles::{Right, Role};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::once::{Once, once};
use crate::schema::{accounts, api_tokens};
use crate::values::{new_id, now, sha256_hex};
use crate::vault::Vault;

/// What the signing key is derived from the register's key for.
const LABEL: &str = "touchstone access tokens v1";
/// The audience: another service's token is none of ours.
const AUDIENCE: &str = "touchstone-api";
/// The kind of token (RFC 9068): other signed texts are none.
const TYPE: &str = "at+jwt";
/// How exactly "last used" is kept: every request would be a write.
const TOUCH_SECONDS: i64 = 60;
/// Lifetimes to choose from, in days.
pub const DAYS: &[i64] = &[30, 90, 365];
/// Tokens that an account may have in force.
const AT_ONCE: i64 = 50;

text_enum! {
    /// A part of what its account may do that a token is for.
    Grant {
        ReadSuppliers = "suppliers.read",
        WriteSuppliers = "suppliers.write",
        WriteGroups = "groups.write",
        WriteImports = "imports.write",
        ReadReports = "reports.read",
        WriteCertification = "certification.write",
        AuditCertification = "certification.audit",
        DecideCertification = "certification.decide",
        ReadPunishments = "punishments.read",
    }
}

impl Grant {
    /// The rights of a role that a token with this grant may use.
    pub fn right(self) -> Right {
        match self {
            Grant::ReadSuppliers => Right::ReadSuppliers,
            Grant::WriteSuppliers => Right::EditSuppliers,
            Grant::WriteGroups => Right::EditGroups,
            Grant::WriteImports => Right::ImportSuppliers,
            Grant::ReadReports => Right::ReadReports,
            Grant::WriteCertification => Right::EditCertification,
            Grant::AuditCertification => Right::AuditCertification,
            Grant::DecideCertification => Right::DecideCertification,
            Grant::ReadPunishments => Right::ReadPunishments,
        }
    }

    /// The grants that a role can give to a token.
    pub fn of(role: Role) -> Vec<Grant> {
        Grant::ALL.iter().copied().filter(|grant| role.may(grant.right())).collect()
    }
}

/// A token as the register keeps it: everything but its signature.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_tokens)]
pub struct Token {
    pub id: String,
    pub account_id: String,
    pub name: String,
    /// Grants with spaces between them, as in the token.
    pub scopes: String,
    /// Whole seconds, as in the token.
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub last_used_at: Option<NaiveDateTime>,
    pub revoked_at: Option<NaiveDateTime>,
}

impl Token {
    /// Whether requests with it are answered.
    pub fn is_live(&self) -> bool {
        self.revoked_at.is_none() && self.expires_at > now()
    }

    fn allows(&self, right: Right) -> bool {
        self.scopes.split(' ').filter_map(Grant::parse).any(|grant| grant.right() == right)
    }
}

/// The form of a new token.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TokenInput {
    #[validate(length(max = 100))]
    pub name: String,
    pub scopes: Vec<String>,
    /// One of [`DAYS`].
    pub days: String,
}

/// What a token says, once it is known to be ours.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    sub: String,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    scope: String,
}

/// Signs and reads tokens.
pub struct Signer {
    signing: EncodingKey,
    checking: DecodingKey,
    /// Names the key without telling anything of it.
    key_id: String,
    issuer: String,
    rules: Validation,
}

impl Signer {
    /// The signer of a register that is reached at `base_url`.
    pub fn new(vault: &Vault, base_url: &str) -> Signer {
        let key = vault.derive(LABEL);
        let issuer = base_url.trim_end_matches('/').to_string();
        // Written out, because the crate's own rules are looser: they allow a minute of leeway,
        // and do not look at "nbf".
        let mut rules = Validation::new(Algorithm::HS256);
        rules.leeway = 0;
        rules.validate_exp = true;
        rules.validate_nbf = true;
        rules.validate_aud = true;
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[&issuer]);
        rules.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        Signer {
            signing: EncodingKey::from_secret(&key),
            checking: DecodingKey::from_secret(&key),
            key_id: sha256_hex(key)[..16].to_string(),
            issuer,
            rules,
        }
    }

    /// The token itself. The same row gives the same text each time.
    pub fn sign(&self, token: &Token) -> Result<String, Error> {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.into());
        header.kid = Some(self.key_id.clone());
        let begins = token.created_at.and_utc().timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: token.account_id.clone(),
            jti: token.id.clone(),
            iat: begins,
            nbf: begins,
            exp: token.expires_at.and_utc().timestamp(),
            scope: token.scopes.clone(),
        };
        encode(&header, &claims, &self.signing).map_err(|e| Error::Internal(e.to_string()))
    }

    /// The claims of a token that we signed and whose time it is; `None` for any other text. A
    /// wrong signature costs no query, and needs no count of guesses: it has 256 bits.
    pub(super) fn read(&self, text: &str) -> Option<Claims> {
        let read = decode::<Claims>(text, &self.checking, &self.rules).ok()?;
        let header = &read.header;
        let is_ours = header.typ.as_deref() == Some(TYPE)
            && header.kid.as_deref() == Some(&self.key_id)
            // A token that brings its own key, or asks for something that we do not know.
            && header.jwk.is_none()
            && header.jku.is_none()
            && header.x5u.is_none()
            && header.x5c.is_none()
            && header.crit.is_none()
            && header.extras.inner().is_empty();
        is_ours.then_some(read.claims)
    }
}

/// A token that came with a request: who it acts for, and what it is for.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub actor: Actor,
    token: Token,
    /// "Last used" wants writing.
    pub stale: bool,
}

impl Bearer {
    /// Whether the account's role has the right.
    pub fn role_may(&self, right: Right) -> bool {
        self.actor.role.may(right)
    }

    /// Whether the token is for it.
    pub fn grants(&self, right: Right) -> bool {
        self.token.allows(right)
    }

    pub fn token_id(&self) -> &str {
        &self.token.id
    }
}

/// Who a token acts for; `None` unless it is in force, and its account an open one of staff.
pub(super) fn find(c: &mut AnyConnection, claims: &Claims) -> Result<Option<Bearer>, Error> {
    let found: Option<(Token, Account)> = api_tokens::table
        .inner_join(accounts::table.on(accounts::id.eq(api_tokens::account_id)))
        .filter(api_tokens::id.eq(&claims.jti))
        .filter(api_tokens::account_id.eq(&claims.sub))
        .filter(api_tokens::scopes.eq(&claims.scope))
        .filter(api_tokens::revoked_at.is_null())
        .filter(accounts::disabled_at.is_null())
        .select((Token::as_select(), Account::as_select()))
        .first(c)
        .optional()?;
    let Some((token, account)) = found.filter(|(token, _)| token.is_live()) else {
        return Ok(None);
    };
    if !account.role.is_staff() {
        return Ok(None);
    }
    let seen = token.last_used_at.unwrap_or_default();
    let stale = now() - seen > Duration::seconds(TOUCH_SECONDS);
    Ok(Some(Bearer { actor: actor_of(&account), token, stale }))
}

/// Notes that a token is in use.
pub fn touch(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    diesel::update(api_tokens::table.find(id))
        .set(api_tokens::last_used_at.eq(now()))
        .execute(c)?;
    Ok(())
}

/// Makes a token for one's own account. The form sent twice gives the same one.
pub fn create_own(
    c: &mut AnyConnection,
    by: &Actor,
    key: &str,
    input: &TokenInput,
) -> Result<Token, Error> {
    let grants = check(by.role, input)?;
    let days = input.days.parse().unwrap_or_default();
    let made = once(c, by, key, |c| {
        let token = create(c, by, &by.account_id, &input.name, &grants, Duration::days(days))?;
        Ok((token.id.clone(), token))
    })?;
    match made {
        Once::Now(token) => Ok(token),
        Once::Before(id) => own(c, &by.account_id, &id),
    }
}

fn check(role: Role, input: &TokenInput) -> Result<Vec<Grant>, Error> {
    let mut problems = Problems::default();
    let name = input.name.trim();
    if name.is_empty() {
        problems.add(Problem::new("name", "missing"));
    }
    if name.chars().any(char::is_control) {
        problems.add(Problem::new("name", "control_characters"));
    }
    let offered = Grant::of(role);
    let mut grants: Vec<Grant> = input.scopes.iter().filter_map(|s| Grant::parse(s)).collect();
    grants.sort();
    grants.dedup();
    if input.scopes.is_empty() {
        problems.add(Problem::new("scopes", "token_scopes"));
    } else if grants.len() < input.scopes.len() || grants.iter().any(|g| !offered.contains(g)) {
        problems.add(Problem::new("scopes", "unknown_choice"));
    }
    if !DAYS.iter().any(|days| days.to_string() == input.days) {
        problems.add(Problem::new("days", "unknown_choice"));
    }
    problems.into_result()?;
    Ok(grants)
}

/// Makes a token that begins now and lives for `life`, with its audit record.
pub fn create(
    c: &mut AnyConnection,
    by: &Actor,
    account_id: &str,
    name: &str,
    grants: &[Grant],
    life: Duration,
) -> Result<Token, Error> {
    let live: i64 = api_tokens::table
        .filter(api_tokens::account_id.eq(account_id))
        .filter(api_tokens::revoked_at.is_null())
        .filter(api_tokens::expires_at.gt(now()))
        .count()
        .get_result(c)?;
    if live >= AT_ONCE {
        return Err(Error::Conflict("conflict-many-tokens"));
    }
    let time = now();
    let begins = time.and_utc().timestamp();
    let begins = chrono::DateTime::from_timestamp(begins, 0).unwrap_or_default().naive_utc();
    let grants: Vec<&str> = grants.iter().map(|grant| grant.as_str()).collect();
    let token = Token {
        id: new_id(),
        account_id: account_id.into(),
        name: name.trim().into(),
        scopes: grants.join(" "),
        created_at: begins,
        expires_at: begins + life,
        last_used_at: None,
        revoked_at: None,
    };
    diesel::insert_into(api_tokens::table).values(&token).execute(c)?;
    record(c, by, "access.token_created", &token)?;
    Ok(token)
}

/// Ends a token of one's own. The very next request with it is refused.
pub fn revoke_own(c: &mut AnyConnection, by: &Actor, id: &str) -> Result<Token, Error> {
    let token = own(c, &by.account_id, id)?;
    let ended = diesel::update(api_tokens::table.find(id).filter(api_tokens::revoked_at.is_null()))
        .set(api_tokens::revoked_at.eq(now()))
        .execute(c)?;
    if ended == 1 {
        record(c, by, "access.token_revoked", &token)?;
    }
    Ok(token)
}

fn record(c: &mut AnyConnection, by: &Actor, action: &str, token: &Token) -> Result<(), Error> {
    let until = token.expires_at.format("%Y-%m-%d").to_string();
    let details = json!({ "name": token.name, "scopes": token.scopes, "expires": until });
    audit::append(c, by, action, ("account", &token.account_id), details)
}

fn own(c: &mut AnyConnection, account_id: &str, id: &str) -> Result<Token, Error> {
    Ok(api_tokens::table
        .find(id)
        .filter(api_tokens::account_id.eq(account_id))
        .select(Token::as_select())
        .first(c)?)
}

/// The tokens of an account that are in force, and those that ended in the last 30 days, newest
/// first, at most 100.
pub fn of_account(c: &mut AnyConnection, account_id: &str) -> Result<Vec<Token>, Error> {
    let since = now() - Duration::days(30);
    Ok(api_tokens::table
        .filter(api_tokens::account_id.eq(account_id))
        .filter(api_tokens::expires_at.gt(since))
        .filter(api_tokens::revoked_at.is_null().or(api_tokens::revoked_at.gt(since)))
        .order(api_tokens::id.desc())
        .limit(100)
        .select(Token::as_select())
        .load(c)?)
}
