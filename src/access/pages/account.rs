//! One's own account: name, language, password, second factor, sessions.

use rocket::http::CookieJar;
use rocket::{Responder, State, get, post};
use serde::Deserialize;
use validator::Validate;

use super::start::keep_language;
use crate::access::client::{self, Client, take_session};
use crate::access::guessing::{self, Counter};
use crate::access::own::{self, OwnSession};
use crate::access::{Level, Passwords, Person, Signed, accounts, passwords as rules};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/account.html")]
pub struct StaffAccount {
    page: Page,
    view: View,
}

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/account_portal.html")]
pub struct PortalAccount {
    page: Page,
    view: View,
}

/// The same page in the frame of staff and in that of the portal.
#[derive(Responder)]
pub enum AccountPage {
    Staff(Box<StaffAccount>),
    Portal(Box<PortalAccount>),
}

struct View {
    signed: Signed,
    /// Name and language.
    person: Form,
    password: Form,
    sessions: Vec<OwnSession>,
}

impl View {
    fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = self.person.value("language");
        [("en", "English"), ("zh-CN", "简体中文")]
            .into_iter()
            .map(|(value, name)| (value, name, value == chosen))
            .collect()
    }
}

fn person_form(signed: &Signed) -> Form {
    Form::of(&[("name", signed.name()), ("language", signed.language.as_str())])
}

async fn show(
    db: &Db,
    page: Page,
    signed: Signed,
    person: Form,
    password: Form,
) -> Result<AccountPage, Error> {
    let id = signed.actor.account_id.clone();
    let sessions = db.read(move |c| own::live_sessions(c, &id)).await?;
    let is_staff = signed.is_staff();
    let view = View { signed, person, password, sessions };
    Ok(if is_staff {
        AccountPage::Staff(Box::new(StaffAccount { page, view }))
    } else {
        AccountPage::Portal(Box::new(PortalAccount { page, view }))
    })
}

#[get("/account")]
pub async fn page(page: Page, person: Person, db: &State<Db>) -> Result<AccountPage, Error> {
    let Person(signed) = person;
    let form = person_form(&signed);
    show(db, page, signed, form, Form::empty()).await
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PersonInput {
    name: String,
    language: String,
}

#[post("/account", data = "<form>")]
pub async fn update(
    page: Page,
    person: Person,
    cookies: &CookieJar<'_>,
    db: &State<Db>,
    form: Submitted<PersonInput>,
) -> Result<Answer<AccountPage>, Error> {
    let Person(signed) = person;
    let values = form.values.clone();
    let input = form.input()?;
    let id = signed.actor.account_id.clone();
    match db.write(move |c| own::update(c, &id, &input.name, &input.language)).await {
        Ok(language) => {
            keep_language(cookies, language);
            Ok(Answer::Go(Go::to("/account").saying("done-account-saved", "")))
        }
        Err(Error::Invalid(problems)) => {
            let form = Form::rejected(values, problems);
            Ok(Answer::Again(show(db, page, signed, form, Form::empty()).await?))
        }
        Err(error) => Err(error),
    }
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PasswordInput {
    current: String,
    password: String,
    again: String,
}

#[post("/account/password", data = "<form>")]
pub async fn password(
    page: Page,
    person: Person,
    client: Client,
    cookies: &CookieJar<'_>,
    db: &State<Db>,
    passwords: &State<Passwords>,
    form: Submitted<PasswordInput>,
) -> Result<Answer<AccountPage>, Error> {
    let Person(signed) = person;
    let input = form.input()?;
    let problems =
        rules::chosen_problems(&input.password, &input.again, &[&signed.email, signed.name()]);
    if !problems.is_empty() {
        return again(db, page, signed, problems).await;
    }
    let id = signed.actor.account_id.clone();
    let seen = db
        .write(move |c| {
            guessing::admit(c, &[Counter::of_account("password", &id)])?;
            Ok(accounts::find(c, &id)?.password_hash)
        })
        .await?;
    if !passwords.matches(seen.clone(), input.current).await? {
        return again(db, page, signed, Problems::one("current", "password_wrong")).await;
    }
    let hash = passwords.hash(input.password).await?;
    let id = signed.actor.account_id.clone();
    let begun = db
        .write(move |c| {
            guessing::was_right(c, &[Counter::of_account("password", &id)])?;
            let account = own::change_password(c, &id, seen, hash)?;
            client::begin(c, &account, Level::Full, &client)
        })
        .await?;
    begun.hand_over(cookies);
    Ok(Answer::Go(Go::to("/account").saying("done-password-changed", "")))
}

async fn again(
    db: &Db,
    page: Page,
    signed: Signed,
    problems: Problems,
) -> Result<Answer<AccountPage>, Error> {
    let person = person_form(&signed);
    let form = Form::rejected(Vec::new(), problems);
    Ok(Answer::Again(show(db, page.at("/account"), signed, person, form).await?))
}

#[post("/account/sessions/<id>/end", data = "<form>")]
pub async fn end_session(
    person: Person,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to("/account").saying("done-session-ended", "");
    form.press(db, go, move |c| own::end_session(c, &person.0.actor.account_id, &id)).await
}

#[post("/account/sessions/end", data = "<_form>")]
pub async fn end_all_sessions(
    person: Person,
    cookies: &CookieJar<'_>,
    db: &State<Db>,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let account_id = person.0.actor.account_id;
    db.write(move |c| own::end_all_sessions(c, &account_id)).await?;
    take_session(cookies);
    Ok(Go::to("/sign-in").saying("done-signed-out", ""))
}
