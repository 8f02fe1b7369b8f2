//! Taking up an invitation, the first one of a register included.

use rocket::http::CookieJar;
use rocket::{State, get, post};
use serde::Deserialize;
use validator::Validate;

use super::sign_in::second_factor_page;
use crate::Settings;
use crate::access::accounts;
use crate::access::client::{self, Client};
use crate::access::invitations::{self, Guest, Invitation, chosen_password_problems};
use crate::access::second_factor::level_after_password;
use crate::access::{Level, Passwords};
use crate::db::Db;
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
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct GuestInput {
    /// Asked only of the first administrator.
    email: String,
    name: String,
    password: String,
    again: String,
}

#[get("/invitations/<token>")]
pub async fn page(page: Page, db: &State<Db>, token: &str) -> Result<InvitationPage, Error> {
    let invitation = live(db, token, false).await?;
    show(db, page, invitation, format!("/invitations/{token}"), Form::empty()).await
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
}

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Parts<'r> {
    type Error = ();

    async fn from_request(
        request: &'r rocket::Request<'_>,
    ) -> rocket::request::Outcome<Parts<'r>, ()> {
        let rocket = request.rocket();
        let (db, settings, passwords) = (rocket.state(), rocket.state(), rocket.state());
        match (db, settings, passwords) {
            (Some(db), Some(settings), Some(passwords)) => {
                rocket::outcome::Outcome::Success(Parts { db, settings, passwords })
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
    let (inviter, company) = db.read(move |c| invitations::names(c, &asked)).await?;
    Ok(InvitationPage { page, form, invitation, inviter, company, action })
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
    let begun = state
        .db
        .write(move |c| {
            let account = invitations::accept(c, &token, guest)?;
            client::begin(c, &account, level_after_password(&account, required), &client)
        })
        .await?;
    let level = begun.level;
    begun.hand_over(cookies);
    Ok(Answer::Go(match level {
        Level::Full => Go::to("/").saying("done-welcome", ""),
        Level::Password => Go::to(second_factor_page("/")),
    }))
}

fn problems(invitation: &Invitation, input: &GuestInput) -> Problems {
    let first = invitation.email.is_empty();
    let (email, name) =
        if first { (&input.email, &input.name) } else { (&invitation.email, &invitation.name) };
    let mut problems = if first { accounts::problems(email, name) } else { Problems::default() };
    problems.0.extend(chosen_password_problems(&input.password, &input.again, &[email, name]).0);
    problems
}
