//! The form that begins an authentication.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::Method;
use super::begin::{self, BeginningInput};
use super::provider::Providers;
use super::transfer::confirmed;
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::bank_accounts::BankAccount;
use crate::suppliers::people::Person;
use crate::suppliers::{self, Supplier};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![new, start]
}

#[derive(Template, WebTemplate)]
#[template(path = "authentications/new.html")]
struct NewPage {
    page: Page,
    supplier: Supplier,
    people: Vec<Person>,
    accounts: Vec<BankAccount>,
    documents: Vec<Document>,
    /// The name of the provider, "" without one.
    provider: String,
    form: Form,
}

impl NewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        providers: &Providers,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<NewPage, Error> {
        let supplier = suppliers::find(c, scope, id)?;
        Ok(NewPage {
            page: page.at(&format!("/suppliers/{id}/authentications/new")),
            people: begin::candidates(c, id)?,
            accounts: confirmed(c, id)?,
            documents: documents::of(c, id)?,
            provider: providers.get().map(|one| one.name().to_string()).unwrap_or_default(),
            supplier,
            form,
        })
    }

    fn people(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("person");
        let line = |person: &Person| {
            let part = self.page.tk("registration-person", person.role.as_str());
            format!("{} · {part}", person.name)
        };
        let all = self.people.iter();
        all.map(|one| (one.id.as_str(), line(one), one.id == chosen)).collect()
    }

    fn methods(&self) -> Vec<(&'static str, String, bool)> {
        let typed = self.form.value("method");
        let is_offered = |method: &&Method| match method {
            Method::BankTransfer => !self.accounts.is_empty(),
            Method::External => !self.provider.is_empty(),
            _ => true,
        };
        let words = |method: Method| match method {
            Method::External => {
                self.page.ta("authentication-by-provider", &[("provider", &self.provider)])
            }
            _ => self.page.tk("authentication-method", method.as_str()),
        };
        let offered = Method::ALL.iter().filter(is_offered);
        offered.map(|one| (one.as_str(), words(*one), one.as_str() == typed)).collect()
    }

    fn accounts(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("account");
        let line = |one: &BankAccount| format!("{} {} {}", one.bank, one.number_hint, one.currency);
        let all = self.accounts.iter();
        all.map(|one| (one.id.as_str(), line(one), one.id == chosen)).collect()
    }

    fn documents(&self) -> Vec<(&str, &str, bool)> {
        let chosen = self.form.value("document");
        let all = self.documents.iter();
        all.map(|one| (one.id.as_str(), one.title.as_str(), one.id == chosen)).collect()
    }
}

#[get("/suppliers/<id>/authentications/new?<person>")]
async fn new(
    may: May<right::AuthenticatePeople>,
    page: Page,
    db: &State<Db>,
    providers: &State<Providers>,
    id: String,
    person: Option<String>,
) -> Result<NewPage, Error> {
    let providers = providers.inner().clone();
    let form = Form::of(&[("person", &person.unwrap_or_default())]);
    db.read(move |c| NewPage::load(c, page, &providers, may.scope(), &id, form)).await
}

#[post("/suppliers/<id>/authentications", data = "<form>")]
async fn start(
    may: May<right::AuthenticatePeople>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    providers: &State<Providers>,
    id: String,
    form: Submitted<BeginningInput>,
) -> Result<Answer<NewPage>, Error> {
    let (scope, vault, of) = (may.scope().clone(), vault.inner().clone(), id.clone());
    let (providers, offered) = (providers.inner().clone(), providers.inner().clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let begun = begin::begin(c, &may, (&vault, &providers), &of, input)?;
            let to = format!("/authentications/{}", begun.id);
            Ok(Go::to(to).saying("done-authentication-begun", ""))
        },
        move |c, form| NewPage::load(c, page, &offered, &scope, &id, form),
    )
    .await
}
