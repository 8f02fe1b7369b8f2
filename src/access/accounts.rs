//! Accounts: who may sign in, as what, for which part of the register.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::guards::Actor;
use super::roles::Role;
use crate::audit;
use crate::db::{AnyConnection, is_unique_violation};
use crate::error::{Error, Problem, Problems};
use crate::schema::accounts;
use crate::texts::Language;
use crate::values::{is_id, new_id, now};

/// An account as the register holds it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts)]
pub struct Account {
    pub id: String,
    /// Lower case.
    pub email: String,
    pub name: String,
    pub language: String,
    pub role: Role,
    pub supplier_id: Option<String>,
    /// A built-in region scheme and its region codes, comma-separated: see [`super::Scope::of`].
    pub scope_scheme: Option<String>,
    pub scope_regions: Option<String>,
    /// `None` until the person has set one.
    pub password_hash: Option<String>,
    /// Sealed to the account.
    pub totp_secret: Option<String>,
    pub totp_enrolled_at: Option<NaiveDateTime>,
    /// The last time step whose code was used: no code counts twice.
    pub totp_last_step: Option<i64>,
    pub created_at: NaiveDateTime,
    pub disabled_at: Option<NaiveDateTime>,
    /// Who took over from a person who is no longer with their company: the id of an account.
    pub replaced_by: Option<String>,
}

/// What a new account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub language: Language,
    pub role: Role,
    /// For the roles of suppliers, and only for them.
    pub supplier_id: Option<String>,
    pub scope_scheme: Option<String>,
    pub scope_regions: Option<String>,
    pub password_hash: Option<String>,
}

impl Account {
    pub fn has_second_factor(&self) -> bool {
        self.totp_enrolled_at.is_some()
    }

    pub fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }
}

/// An e-mail address as accounts hold it.
pub fn normal_email(typed: &str) -> String {
    // PostgreSQL refuses a text with U+0000 in it.
    typed.trim().to_lowercase().replace('\0', "")
}

/// Rules for the person of an account: an e-mail address, a name in one line.
pub fn problems(email: &str, name: &str) -> Problems {
    let mut problems = Problems::default();
    problems.0.extend(email_problem(email));
    problems.0.extend(name_problem(name));
    problems
}

fn email_problem(email: &str) -> Option<Problem> {
    use validator::ValidateEmail;
    let email = email.trim();
    if email.is_empty() {
        return Some(Problem::new("email", "missing"));
    }
    let fits = email.chars().count() <= 200 && email.validate_email();
    (!fits).then(|| Problem::new("email", "email"))
}

/// What is wrong with a person's name.
pub fn name_problem(name: &str) -> Option<Problem> {
    let name = name.trim();
    if name.is_empty() {
        return Some(Problem::new("name", "missing"));
    }
    if name.chars().count() > 100 {
        return Some(Problem::new("name", "too_long").with("max", 100));
    }
    name.chars().any(char::is_control).then(|| Problem::new("name", "control_characters"))
}

/// Makes an account, with its audit record.
pub fn create(c: &mut AnyConnection, by: &Actor, new: NewAccount) -> Result<Account, Error> {
    problems(&new.email, &new.name).into_result()?;
    if new.role.is_staff() == new.supplier_id.is_some() {
        return Err(Problems::one("role", "unknown_choice").into());
    }
    let account = Account {
        id: new_id(),
        email: normal_email(&new.email),
        name: new.name.trim().into(),
        language: new.language.as_str().into(),
        role: new.role,
        supplier_id: new.supplier_id,
        scope_scheme: new.scope_scheme,
        scope_regions: new.scope_regions,
        password_hash: new.password_hash,
        totp_secret: None,
        totp_enrolled_at: None,
        totp_last_step: None,
        created_at: now(),
        disabled_at: None,
        replaced_by: None,
    };
    diesel::insert_into(accounts::table).values(&account).execute(c).map_err(|error| {
        if is_unique_violation(&error) {
            Error::Invalid(Problems::one("email", "email_taken"))
        } else {
            error.into()
        }
    })?;
    let mut details = json!({
        "email": account.email,
        "name": account.name,
        "role": account.role.as_str(),
    });
    if let Some(supplier) = &account.supplier_id {
        details["supplier"] = json!(supplier);
    }
    if let (Some(scheme), Some(regions)) = (&account.scope_scheme, &account.scope_regions) {
        details["scope"] = json!(format!("{scheme}: {regions}"));
    }
    audit::append(c, by, "access.account_created", ("account", &account.id), details)?;
    Ok(account)
}

/// The account of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Account, Error> {
    if !is_id(id) {
        return Err(Error::NotFound);
    }
    Ok(accounts::table.find(id).select(Account::as_select()).first(c)?)
}

/// The account of an e-mail address.
pub fn find_by_email(c: &mut AnyConnection, email: &str) -> Result<Option<Account>, Error> {
    Ok(accounts::table
        .filter(accounts::email.eq(normal_email(email)))
        .select(Account::as_select())
        .first(c)
        .optional()?)
}

/// True when the register has no account yet.
pub fn none_yet(c: &mut AnyConnection) -> Result<bool, Error> {
    let any: Option<String> = accounts::table.select(accounts::id).first(c).optional()?;
    Ok(any.is_none())
}
