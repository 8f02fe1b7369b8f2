//! The second factor: asked for after the password, and enrolled.

use rocket::http::CookieJar;
use rocket::{State, get, post};
use serde::Deserialize;
use validator::Validate;

use crate::access::accounts;
use crate::access::client::{self, Begun, Client};
use crate::access::guessing::{self, Counter};
use crate::access::second_factor::{self, Offer};
use crate::access::{Level, Signed, SignedIn};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted, local_path};
use crate::vault::Vault;

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/second_factor.html")]
pub struct CodePage {
    page: Page,
    form: Form,
    next: String,
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CodeInput {
    code: String,
    next: String,
}

#[get("/second-factor?<next>")]
pub fn page(page: Page, signed: SignedIn, next: Option<&str>) -> Result<CodePage, Go> {
    let next = local_path(next.unwrap_or("/"));
    let SignedIn(signed) = signed;
    match (signed.level, signed.has_second_factor) {
        (Level::Full, _) => Err(Go::to(next)),
        (Level::Password, false) => Err(Go::to("/second-factor/enrolment")),
        (Level::Password, true) => Ok(CodePage { page, form: Form::empty(), next }),
    }
}

#[post("/second-factor", data = "<form>")]
pub async fn check(
    page: Page,
    signed: SignedIn,
    client: Client,
    cookies: &CookieJar<'_>,
    db: &State<Db>,
    vault: &State<Vault>,
    form: Submitted<CodeInput>,
) -> Result<Answer<CodePage>, Error> {
    let input = form.input()?;
    let next = local_path(&input.next);
    let SignedIn(signed) = signed;
    if signed.level == Level::Full {
        return Ok(Answer::Go(Go::to(next)));
    }
    let vault = vault.inner().clone();
    count_try(db, &signed).await?;
    let checked = db
        .write(move |c| {
            let account = accounts::find(c, &signed.actor.account_id)?;
            second_factor::check(c, &vault, &account, &input.code, "code")?;
            guessing::was_right(c, &[code_counter(&signed)])?;
            client::begin(c, &account, Level::Full, &client)
        })
        .await;
    match checked {
        Ok(begun) => {
            begun.hand_over(cookies);
            Ok(Answer::Go(Go::to(next)))
        }
        Err(Error::Invalid(problems)) => {
            Ok(Answer::Again(CodePage { page, form: Form::rejected(Vec::new(), problems), next }))
        }
        Err(error) => Err(error),
    }
}

/// Counted on its own, so that the count stays when the code is wrong.
async fn count_try(db: &Db, signed: &Signed) -> Result<(), Error> {
    let counter = code_counter(signed);
    db.write(move |c| guessing::admit(c, &[counter])).await
}

fn code_counter(signed: &Signed) -> Counter {
    Counter::of_account("code", &signed.actor.account_id)
}

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/enrolment.html")]
pub struct EnrolmentPage {
    page: Page,
    form: Form,
    offer: Offer,
    /// A second factor is being replaced: its own code is asked for as well.
    replaces: bool,
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EnrolmentInput {
    sealed: String,
    code: String,
    current_code: String,
}

#[get("/second-factor/enrolment")]
pub fn enrolment(
    page: Page,
    signed: SignedIn,
    vault: &State<Vault>,
) -> Result<Result<EnrolmentPage, Go>, Error> {
    let SignedIn(signed) = signed;
    if owes_code(&signed) {
        return Ok(Err(Go::to("/second-factor")));
    }
    let offer = second_factor::offer(vault, &signed.actor.account_id, &signed.email)?;
    let replaces = signed.has_second_factor;
    Ok(Ok(EnrolmentPage { page, form: Form::empty(), offer, replaces }))
}

/// Whoever knows only the password may not put a factor of their own over the one there is.
fn owes_code(signed: &Signed) -> bool {
    signed.level == Level::Password && signed.has_second_factor
}

#[post("/second-factor/enrolment", data = "<form>")]
pub async fn enrol(
    page: Page,
    signed: SignedIn,
    client: Client,
    cookies: &CookieJar<'_>,
    db: &State<Db>,
    vault: &State<Vault>,
    form: Submitted<EnrolmentInput>,
) -> Result<Answer<EnrolmentPage>, Error> {
    let input = form.input()?;
    let SignedIn(signed) = signed;
    if owes_code(&signed) {
        return Ok(Answer::Go(Go::to("/second-factor")));
    }
    count_try(db, &signed).await?;
    let (doer, doing, inner) = (signed.clone(), input.clone(), vault.inner().clone());
    let enrolled = db.write(move |c| enrol_and_begin(c, &inner, &doer, &doing, &client)).await;
    match enrolled {
        Ok(begun) => {
            begun.hand_over(cookies);
            Ok(Answer::Go(Go::to("/account").saying("done-second-factor", "")))
        }
        Err(Error::Invalid(problems)) => {
            let id = &signed.actor.account_id;
            let offer = second_factor::offer_again(vault, id, &signed.email, &input.sealed)?;
            let form = Form::rejected(Vec::new(), problems);
            let replaces = signed.has_second_factor;
            Ok(Answer::Again(EnrolmentPage { page, form, offer, replaces }))
        }
        Err(error) => Err(error),
    }
}

fn enrol_and_begin(
    c: &mut crate::db::AnyConnection,
    vault: &Vault,
    signed: &Signed,
    input: &EnrolmentInput,
    client: &Client,
) -> Result<Begun, Error> {
    let account = accounts::find(c, &signed.actor.account_id)?;
    if account.has_second_factor() {
        second_factor::check(c, vault, &account, &input.current_code, "current_code")?;
    }
    second_factor::enrol(c, vault, &account, &input.sealed, &input.code)?;
    guessing::was_right(c, &[code_counter(signed)])?;
    client::begin(c, &account, Level::Full, client)
}
