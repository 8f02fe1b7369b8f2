//! One's own access tokens, for programs.

use rocket::{Responder, State, get, post};

use crate::access::tokens::{self, DAYS, Grant, Signer, Token, TokenInput};
use crate::access::{Role, Staff};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Form, Go, Nothing, Page, Submitted};

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/tokens.html")]
pub struct ListPage {
    page: Page,
    tokens: Vec<Token>,
}

impl ListPage {
    /// The grants of a token in words.
    fn scopes(&self, token: &Token) -> String {
        let words: Vec<String> =
            token.scopes.split(' ').map(|scope| self.page.tk("scope", &key_of(scope))).collect();
        words.join(self.page.t("audit-list-comma"))
    }

    /// The shape and the key of a token's state.
    fn state(&self, token: &Token) -> (&'static str, &'static str) {
        match token.revoked_at {
            Some(_) => ("none", "token-revoked"),
            None if token.is_live() => ("ok", "token-live"),
            None => ("stop", "token-expired"),
        }
    }
}

/// A grant as a part of a text's key.
fn key_of(scope: &str) -> String {
    scope.replace('.', "-")
}

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/token_new.html")]
pub struct NewPage {
    page: Page,
    form: Form,
    role: Role,
}

impl NewPage {
    /// Value, words, chosen.
    fn scopes(&self) -> Vec<(&'static str, String, bool)> {
        let choice = |grant: Grant| {
            let value = grant.as_str();
            (value, self.page.tk("scope", &key_of(value)), self.form.has("scopes", value))
        };
        Grant::of(self.role).into_iter().map(choice).collect()
    }

    fn lives(&self) -> Vec<(String, String, bool)> {
        let chosen = self.form.value("days");
        let choice = |days: &i64| {
            let value = days.to_string();
            let chosen = value == chosen;
            (value, self.page.tn("token-days", *days), chosen)
        };
        DAYS.iter().map(choice).collect()
    }
}

/// The page with the token, which is shown this once.
#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/token_made.html")]
pub struct MadePage {
    page: Page,
    token: Token,
    text: String,
}

impl MadePage {
    fn until(&self) -> String {
        self.token.expires_at.format("%Y-%m-%d %H:%M UTC").to_string()
    }
}

#[derive(Responder)]
pub enum Outcome {
    Done(Box<MadePage>),
    #[response(status = 422)]
    Again(Box<NewPage>),
}

#[get("/account/tokens")]
pub async fn list(page: Page, staff: Staff, db: &State<Db>) -> Result<ListPage, Error> {
    let id = staff.0.actor.account_id;
    let tokens = db.read(move |c| tokens::of_account(c, &id)).await?;
    Ok(ListPage { page, tokens })
}

#[get("/account/tokens/new")]
pub fn form(page: Page, staff: Staff) -> NewPage {
    NewPage { page, form: Form::of(&[("days", "90")]), role: staff.0.actor.role }
}

#[post("/account/tokens", data = "<form>")]
pub async fn create(
    page: Page,
    staff: Staff,
    db: &State<Db>,
    signer: &State<Signer>,
    form: Submitted<TokenInput>,
) -> Result<Outcome, Error> {
    let actor = staff.0.actor;
    let (role, key) = (actor.role, form.key().to_string());
    let work = |input| db.write(move |c| tokens::create_own(c, &actor, &key, &input));
    Ok(match form.handle(work).await? {
        Ok(token) => {
            let text = signer.sign(&token)?;
            let page = page.at("/account/tokens");
            Outcome::Done(Box::new(MadePage { page, token, text }))
        }
        Err(form) => {
            let page = page.at("/account/tokens/new");
            Outcome::Again(Box::new(NewPage { page, form, role }))
        }
    })
}

#[post("/account/tokens/<id>/revocation", data = "<_form>")]
pub async fn revoke(
    staff: Staff,
    db: &State<Db>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    db.write(move |c| {
        let token = tokens::revoke_own(c, &staff.0.actor, &id)?;
        Ok(Go::to("/account/tokens").saying("done-token-revoked", &token.name))
    })
    .await
}
