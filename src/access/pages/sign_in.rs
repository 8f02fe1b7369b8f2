//! Signing in and out.

use rocket::http::CookieJar;
use rocket::{State, get, post};
use serde::Deserialize;
use validator::Validate;

use crate::Settings;
use crate::access::accounts;
use crate::access::client::{self, Client, take_session};
use crate::access::guessing::{self, Counter};
use crate::access::second_factor::level_after_password;
use crate::access::{Level, Passwords, Person, session};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::page::{Answer, Form, Go, Page, Submitted, local_path};
use crate::values::sha256_hex;

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/sign_in.html")]
pub struct SignInPage {
    page: Page,
    form: Form,
    next: String,
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SignInInput {
    email: String,
    password: String,
    next: String,
}

#[get("/sign-in?<next>")]
pub fn page(page: Page, signed: Option<Person>, next: Option<&str>) -> Result<SignInPage, Go> {
    let next = local_path(next.unwrap_or("/"));
    if signed.is_some() {
        return Err(Go::to(next));
    }
    Ok(SignInPage { page, form: Form::empty(), next })
}

/// Whatever is wrong, the answer is the same, and so is the work: one try counted, one account
/// looked for, one hash.
#[post("/sign-in", data = "<form>")]
pub async fn sign_in(
    page: Page,
    client: Client,
    cookies: &CookieJar<'_>,
    db: &State<Db>,
    settings: &State<Settings>,
    passwords: &State<Passwords>,
    form: Submitted<SignInInput>,
) -> Result<Answer<SignInPage>, Error> {
    let values = form.values.clone();
    let input = form.input()?;
    let email = accounts::normal_email(&input.email);
    let next = local_path(&input.next);

    let (asked, asking) = (email.clone(), client.clone());
    let (account, counters) = db
        .write(move |c| {
            let account = accounts::find_by_email(c, &asked)?;
            let id = account.as_ref().map(|a| a.id.as_str()).unwrap_or_default();
            let known = client::knows(c, id, &asking)?;
            let counters = Counter::of_sign_in(&asked, &asking, known);
            guessing::admit(c, &counters)?;
            Ok((account, counters))
        })
        .await?;
    let account = account.filter(|account| account.is_enabled());
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = passwords.matches(hash.clone(), input.password).await?;
    let (Some(account), true) = (account, right) else {
        let typed = values.into_iter().filter(|(name, _)| name == "email").collect();
        let form = Form::rejected(typed, Problems::one("email", "sign_in"));
        return Ok(Answer::Again(SignInPage { page, form, next }));
    };

    let required = settings.second_factor;
    let begun = db
        .write(move |c| {
            guessing::was_right(c, &counters)?;
            let now = accounts::find(c, &account.id)?;
            // Closed, or given another password, while the hash was computed.
            if !now.is_enabled() || now.password_hash != hash {
                return Err(Error::SignIn);
            }
            client::begin(c, &now, level_after_password(&now, required), &client)
        })
        .await?;
    let level = begun.level;
    begun.hand_over(cookies);
    Ok(Answer::Go(match level {
        Level::Full => Go::to(next),
        Level::Password => Go::to(second_factor_page(&next)),
    }))
}

/// Where the second factor is asked for, and from there to `next`.
pub fn second_factor_page(next: &str) -> String {
    format!("/second-factor?next={}", rocket::http::RawStr::new(next).percent_encode())
}

/// Where to go after signing out: an invitation for somebody else goes on there.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SignOutInput {
    next: String,
}

#[post("/sign-out", data = "<form>")]
pub async fn sign_out(
    client: Client,
    cookies: &CookieJar<'_>,
    db: &State<Db>,
    form: Submitted<SignOutInput>,
) -> Result<Go, Error> {
    let next = form.input()?.next;
    if let Some(secret) = client.session {
        db.write(move |c| session::end(c, &sha256_hex(secret))).await?;
    }
    take_session(cookies);
    let to = if next.is_empty() { "/sign-in".into() } else { local_path(&next) };
    Ok(Go::to(to).saying("done-signed-out", ""))
}
