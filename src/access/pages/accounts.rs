//! Everybody's accounts, for administrators.

use chrono::NaiveDateTime;
use rocket::{State, get, post};
use serde::Deserialize;
use validator::Validate;

use super::choices::{self, SchemeChoice};
use super::invitations::{InvitedPage, link_page};
use crate::Settings;
use crate::access::accounts::{self, Account};
use crate::access::invitations::{self, Invitation};
use crate::access::own::{self, OwnSession};
use crate::access::{May, Right, Role, manage, right};
use crate::audit::view::Line;
use crate::audit::{self};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/accounts.html")]
pub struct AccountsPage {
    page: Page,
    rows: Vec<Row>,
    invitations: Vec<Invitation>,
    /// The address of the next page.
    next: Option<String>,
}

struct Row {
    account: Account,
    scope: String,
    last: Option<NaiveDateTime>,
}

#[get("/accounts?<after>")]
pub async fn list(
    page: Page,
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    after: Option<String>,
) -> Result<AccountsPage, Error> {
    let is_first = after.is_none();
    let after = after.unwrap_or_default().replace('\0', "");
    let (mut found, invitations) = db
        .read(move |c| {
            let found = manage::list(c, &by, &after, PAGE_SIZE as i64 + 1)?;
            Ok((found, if is_first { invitations::open_ones(c)? } else { Vec::new() }))
        })
        .await?;
    let more = found.len() > PAGE_SIZE;
    found.truncate(PAGE_SIZE);
    let last = found.last().filter(|_| more).map(|(account, _)| account.email.clone());
    let rows = found
        .into_iter()
        .map(|(account, last)| Row {
            scope: choices::scope_text(&page, &account.scope_scheme, &account.scope_regions),
            account,
            last,
        })
        .collect();
    let next = last.map(|email| {
        format!("/accounts?after={}", rocket::http::RawStr::new(&email).percent_encode())
    });
    Ok(AccountsPage { page, rows, invitations, next })
}

/// The table of role × right, made from the code that decides.
#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/roles.html")]
pub struct RolesPage {
    page: Page,
    roles: &'static [Role],
    rights: &'static [Right],
}

impl RolesPage {
    fn right_name(&self, right: &Right) -> String {
        self.page.tk("right", &right.as_str().replace('.', "-"))
    }
}

#[get("/accounts/roles")]
pub fn roles(page: Page, _by: May<right::ManageAccounts>) -> RolesPage {
    RolesPage { page, roles: Role::ALL, rights: Right::ALL }
}

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/one.html")]
pub struct OnePage {
    page: Page,
    account: Account,
    is_own: bool,
    company: Option<String>,
    scope: String,
    last: Option<NaiveDateTime>,
    sessions: Vec<OwnSession>,
    form: Form,
    roles: Vec<(String, String, bool)>,
    schemes: Vec<SchemeChoice>,
    lines: Vec<Line>,
}

struct Facts {
    account: Account,
    company: Option<String>,
    last: Option<NaiveDateTime>,
    sessions: Vec<OwnSession>,
    records: Vec<audit::AuditRecord>,
}

fn facts(c: &mut AnyConnection, id: &str) -> Result<Facts, Error> {
    use crate::schema::suppliers;
    use diesel::prelude::*;
    let account = accounts::find(c, id)?;
    let company = match &account.supplier_id {
        Some(id) => suppliers::table.find(id).select(suppliers::legal_name).first(c).optional()?,
        None => None,
    };
    Ok(Facts {
        company,
        last: manage::last_sign_ins(c, &[id])?.get(id).copied(),
        sessions: own::live_sessions(c, id)?,
        records: audit::trail_of(c, ("account", id), None, 20)?,
        account,
    })
}

fn current_form(account: &Account) -> Form {
    let scheme = account.scope_scheme.as_deref().unwrap_or_default();
    let codes = account.scope_regions.as_deref().unwrap_or_default();
    let regions: Vec<String> =
        codes.split(',').filter(|c| !c.is_empty()).map(|c| format!("{scheme}:{c}")).collect();
    let mut values = vec![("role", account.role.as_str())];
    values.extend(regions.iter().map(|region| ("regions", region.as_str())));
    Form::of(&values)
}

fn one_page(page: Page, by: &str, facts: Facts, form: Form) -> OnePage {
    let account = facts.account;
    OnePage {
        is_own: account.id == by,
        company: facts.company,
        scope: choices::scope_text(&page, &account.scope_scheme, &account.scope_regions),
        last: facts.last,
        sessions: facts.sessions,
        roles: choices::roles(&page, form.value("role"), account.role.is_staff()),
        schemes: choices::schemes(&page, &form),
        lines: audit::view::lines(&page, &facts.records),
        form,
        account,
        page,
    }
}

#[get("/accounts/<id>")]
pub async fn one(
    page: Page,
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    id: String,
) -> Result<OnePage, Error> {
    let facts = db.read(move |c| facts(c, &id)).await?;
    let form = current_form(&facts.account);
    Ok(one_page(page, &by.actor().account_id, facts, form))
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RoleInput {
    role: String,
    #[validate(length(max = 100))]
    regions: Vec<String>,
}

#[post("/accounts/<id>/role", data = "<form>")]
pub async fn change_role(
    page: Page,
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    id: String,
    form: Submitted<RoleInput>,
) -> Result<Answer<OnePage>, Error> {
    let (own_id, changed) = (by.actor().account_id.clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            manage::change_role(c, &by, &changed, &input.role, &input.regions)?;
            Ok(done(&changed, "done-role-changed"))
        },
        move |c, form| {
            let page = page.at(&format!("/accounts/{id}"));
            Ok(one_page(page, &own_id, facts(c, &id)?, form))
        },
    )
    .await
}

fn done(id: &str, key: &'static str) -> Go {
    Go::to(format!("/accounts/{id}")).saying(key, "")
}

#[post("/accounts/<id>/closure", data = "<form>")]
pub async fn disable(
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = done(&id, "done-account-disabled");
    form.press(db, go, move |c| manage::disable(c, &by, &id)).await
}

#[post("/accounts/<id>/reopening", data = "<form>")]
pub async fn enable(
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = done(&id, "done-account-enabled");
    form.press(db, go, move |c| manage::enable(c, &by, &id)).await
}

#[post("/accounts/<id>/second-factor/reset", data = "<form>")]
pub async fn reset_second_factor(
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = done(&id, "done-second-factor-reset");
    form.press(db, go, move |c| manage::reset_second_factor(c, &by, &id)).await
}

#[post("/accounts/<id>/sessions/end", data = "<form>")]
pub async fn end_sessions(
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = done(&id, "done-sessions-ended");
    form.press(db, go, move |c| manage::end_sessions(c, &by, &id)).await
}

#[post("/accounts/<id>/password-link", data = "<_form>")]
pub async fn offer_password(
    page: Page,
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    settings: &State<Settings>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<InvitedPage, Error> {
    let page = page.at(&format!("/accounts/{id}"));
    let offered = db
        .write(move |c| {
            let account = manage::other_account(c, &by, &id)?;
            invitations::offer_password(c, &by, &account)
        })
        .await?;
    Ok(link_page(page, settings, offered))
}
