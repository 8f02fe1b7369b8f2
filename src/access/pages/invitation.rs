//! Taking up an invitation, the first one of a register included.

use rocket::http::CookieJar;
use rocket::{State, get, post};
use serde::Deserialize;
use validator::Validate;

use super::sign_in::second_factor_page;
use crate::Settings;
use crate::access::accounts::{self, Account};
use crate::access::client::{self, Client};
use crate::access::invitations::{self, Guest, Invitation};
use crate::access::second_factor::level_after_password;
use crate::access::{Level, Passwords, Person, Role, passwords as rules};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::page::{Answer, Form, Go, Page, Submitted};

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/invitation.html")]
pub struct InvitationPage {
    page: Page,
    form: Form,
    invitation: Invitation,
    inviter: String,
    company: String,
    action: String,
    /// What stands in the way of taking it up here.
    hindrance: Option<Hindrance>,
}

/// Why an invitation cannot be taken up in this browser, or not at all.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hindrance {
    /// Somebody else is signed in.
    SignedIn,
    /// Its address has an account already.
    HasAccount,
}

impl InvitationPage {
    /// Where it leads on once there is an account.
    fn next(&self) -> &'static str {
        home_of(self.invitation.role)
    }
}

/// The first page of somebody new.
fn home_of(role: Role) -> &'static str {
    if role.is_staff() { "/" } else { "/portal/registration" }
}

/// What else happens, in the same write, when somebody has taken up an invitation: rooms above
/// this one have their say in it.
pub struct TakenUp(pub fn(&mut AnyConnection, &Account) -> Result<(), Error>);

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct GuestInput {
    /// Asked only of the first administrator.
    email: String,
    name: String,
    password: String,
    again: String,
}

/// The link survives signing in, or being signed in: whoever opens it is led on.
#[get("/invitations/<token>")]
pub async fn page(
    page: Page,
    person: Option<Person>,
    db: &State<Db>,
    token: &str,
) -> Result<Result<InvitationPage, Go>, Error> {
    let email = person.map(|Person(signed)| signed.email);
    if let Some(email) = email {
        let secret = token.to_string();
        let role = db.read(move |c| invitations::own_role(c, &secret, &email)).await?;
        if let Some(role) = role {
            return Ok(Err(Go::to(home_of(role))));
        }
    }
    let invitation = live(db, token, false).await?;
    show(db, page, invitation, format!("/invitations/{token}"), Form::empty()).await.map(Ok)
}

#[get("/setup/<token>")]
pub async fn setup(page: Page, db: &State<Db>, token: &str) -> Result<InvitationPage, Error> {
    let invitation = live(db, token, true).await?;
    show(db, page, invitation, format!("/setup/{token}"), Form::empty()).await
}

#[post("/invitations/<token>", data = "<form>")]
pub async fn accept(
    page: Page,
    client: Client,
    cookies: &CookieJar<'_>,
    state: Parts<'_>,
    token: &str,
    form: Submitted<GuestInput>,
) -> Result<Answer<InvitationPage>, Error> {
    let invitation = live(state.db, token, false).await?;
    take_up(page, client, cookies, state, (token, invitation), form).await
}

#[post("/setup/<token>", data = "<form>")]
pub async fn set_up(
    page: Page,
    client: Client,
    cookies: &CookieJar<'_>,
    state: Parts<'_>,
    token: &str,
    form: Submitted<GuestInput>,
) -> Result<Answer<InvitationPage>, Error> {
    let invitation = live(state.db, token, true).await?;
    take_up(page, client, cookies, state, (token, invitation), form).await
}

/// What taking up an invitation works with.
pub struct Parts<'r> {
    db: &'r Db,
    settings: &'r Settings,
    passwords: &'r Passwords,
    taken_up: &'r TakenUp,
}

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Parts<'r> {
    type Error = ();

    async fn from_request(
        request: &'r rocket::Request<'_>,
    ) -> rocket::request::Outcome<Parts<'r>, ()> {
        let rocket = request.rocket();
        let (db, settings, passwords) = (rocket.state(), rocket.state(), rocket.state());
        match (db, settings, passwords, rocket.state()) {
            (Some(db), Some(settings), Some(passwords), Some(taken_up)) => {
                rocket::outcome::Outcome::Success(Parts { db, settings, passwords, taken_up })
            }
            _ => rocket::outcome::Outcome::Error((rocket::http::Status::InternalServerError, ())),
        }
    }
}

/// The invitation of a link; the first one of a register has a page of its own.
async fn live(db: &Db, token: &str, first: bool) -> Result<Invitation, Error> {
    let token = token.to_string();
    let found = db.read(move |c| invitations::find_live(c, &token)).await?;
    if found.email.is_empty() == first { Ok(found) } else { Err(Error::NotFound) }
}

async fn show(
    db: &Db,
    page: Page,
    invitation: Invitation,
    action: String,
    form: Form,
) -> Result<InvitationPage, Error> {
    let asked = invitation.clone();
    let ((inviter, company), has_account) = db
        .read(move |c| {
            let has_account = accounts::find_by_email(c, &asked.email)?.is_some();
            Ok((invitations::names(c, &asked)?, has_account))
        })
        .await?;
    let hindrance = match invitation.account_id {
        // A new password for an account, whoever sits here.
        Some(_) => None,
        None if has_account => Some(Hindrance::HasAccount),
        None => page.viewer().map(|_| Hindrance::SignedIn),
    };
    Ok(InvitationPage { page, form, invitation, inviter, company, action, hindrance })
}

async fn take_up(
    page: Page,
    client: Client,
    cookies: &CookieJar<'_>,
    state: Parts<'_>,
    (token, invitation): (&str, Invitation),
    form: Submitted<GuestInput>,
) -> Result<Answer<InvitationPage>, Error> {
    let kept = |name: &str| matches!(name, "email" | "name");
    let values: Vec<_> = form.values.iter().filter(|(n, _)| kept(n)).cloned().collect();
    let input = form.input()?;
    let problems = problems(&invitation, &input);
    let path = page.path().to_string();
    if !problems.is_empty() {
        let form = Form::rejected(values, problems);
        return Ok(Answer::Again(show(state.db, page, invitation, path, form).await?));
    }
    let guest = Guest {
        email: input.email,
        name: input.name,
        language: page.language(),
        password_hash: state.passwords.hash(input.password).await?,
    };
    let (token, required) = (token.to_string(), state.settings.second_factor);
    let (home, taken_up) = (home_of(invitation.role), state.taken_up.0);
    let begun = state
        .db
        .write(move |c| {
            let account = invitations::accept(c, &token, guest)?;
            taken_up(c, &account)?;
            client::begin(c, &account, level_after_password(&account, required), &client)
        })
        .await?;
    let level = begun.level;
    begun.hand_over(cookies);
    Ok(Answer::Go(match level {
        Level::Full => Go::to(home).saying("done-welcome", ""),
        Level::Password => Go::to(second_factor_page(home)),
    }))
}

fn problems(invitation: &Invitation, input: &GuestInput) -> Problems {
    let first = invitation.email.is_empty();
    let (email, name) =
        if first { (&input.email, &input.name) } else { (&invitation.email, &invitation.name) };
    let mut problems = if first { accounts::problems(email, name) } else { Problems::default() };
    problems.0.extend(rules::chosen_problems(&input.password, &input.again, &[email, name]).0);
    problems
}
