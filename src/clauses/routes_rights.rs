//! Rights to sign, for staff: the list, one of them, and the form that gives one.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::FromForm;
use rocket::{Route, State, get, post, routes};

use super::rights::decide::{self, GiveInput, GrantInput};
use super::rights::list::{self, Row};
use super::rights::request::candidates;
use super::rights::{RightStatus, authentication_of};
use super::voiding::ReasonInput;
use crate::access::accounts::Account;
use crate::access::{Actor, May, Scope, company_people, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::people::Person;
use crate::suppliers::{self, Supplier};
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![index, show, grant, decline, revoke, new, give]
}

type Clerk = May<right::AuthenticatePeople>;

/// The filters of the address. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
struct Query {
    status: Option<String>,
    after: Option<String>,
}

impl Query {
    fn status(&self) -> Option<RightStatus> {
        self.status.as_deref().and_then(RightStatus::parse)
    }

    fn is_status(&self, status: &RightStatus) -> bool {
        self.status() == Some(*status)
    }

    fn next(&self, cursor: &Cursor) -> String {
        let status = self.status().map(|one| format!("status={}&", one.as_str()));
        format!("/signing-rights?{}after={}", status.unwrap_or_default(), cursor.encode())
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "signing/rights.html")]
struct ListPage {
    page: Page,
    query: Query,
    rows: Vec<Row>,
    next: Option<String>,
}

#[get("/signing-rights?<query..>")]
async fn index(may: Clerk, page: Page, db: &State<Db>, query: Query) -> Result<ListPage, Error> {
    db.read(move |c| {
        let after = query.after.as_deref().and_then(Cursor::decode);
        let (rows, next) = list::page(c, may.scope(), query.status(), after.as_ref(), PAGE_SIZE)?;
        let next = next.map(|cursor| query.next(&cursor));
        Ok(ListPage { page, query, rows, next })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "signing/right.html")]
struct RightPage {
    page: Page,
    row: Row,
    document: Option<Document>,
    is_authenticated: bool,
    /// The viewer has asked for it.
    is_own: bool,
    form: Form,
}

impl RightPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        viewer: &Actor,
        id: &str,
        form: Form,
    ) -> Result<RightPage, Error> {
        let row = list::find(c, &viewer.scope, id)?;
        let document = match &row.right.document_id {
            Some(document) => documents::find_of(c, &row.right.supplier_id, document).ok(),
            None => None,
        };
        Ok(RightPage {
            page: page.at(&format!("/signing-rights/{id}")),
            document,
            is_authenticated: authentication_of(c, &row.person.id)?.is_some(),
            is_own: row.right.requested_by == viewer.account_id,
            row,
            form,
        })
    }

    fn is(&self, status: &str) -> bool {
        self.row.right.status.as_str() == status
    }

    /// What the right rests on: as it was typed last.
    fn basis(&self) -> &str {
        match self.form.value("basis") {
            "" => &self.row.right.basis,
            typed => typed,
        }
    }
}

#[get("/signing-rights/<id>")]
async fn show(may: Clerk, page: Page, db: &State<Db>, id: String) -> Result<RightPage, Error> {
    db.read(move |c| RightPage::load(c, page, may.actor(), &id, Form::empty())).await
}

/// Does the work of a form of the page; the page again where a rule is broken.
async fn act<T: Send + 'static>(
    (page, db): (Page, &Db),
    may: Clerk,
    (id, said): (String, &'static str),
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &Clerk, &str, &T) -> Result<(), Error> + Send + 'static,
) -> Result<Answer<RightPage>, Error> {
    let (actor, of) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            work(c, &may, &of, input)?;
            Ok(Go::to(format!("/signing-rights/{of}")).saying(said, ""))
        },
        move |c, form| RightPage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/signing-rights/<id>/grant", data = "<form>")]
async fn grant(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<GrantInput>,
) -> Result<Answer<RightPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, (id, "done-right-granted"), form, move |c, may, id, input| {
        decide::grant(c, may, &vault, id, input)
    })
    .await
}

#[post("/signing-rights/<id>/refusal", data = "<form>")]
async fn decline(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<RightPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, (id, "done-right-declined"), form, move |c, may, id, input| {
        decide::decline(c, may, &vault, id, input)
    })
    .await
}

#[post("/signing-rights/<id>/revocation", data = "<form>")]
async fn revoke(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<RightPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, (id, "done-right-revoked"), form, move |c, may, id, input| {
        decide::revoke(c, may, &vault, id, input)
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "signing/right_new.html")]
struct NewPage {
    page: Page,
    supplier: Supplier,
    accounts: Vec<Account>,
    people: Vec<Person>,
    documents: Vec<Document>,
    form: Form,
}

impl NewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<NewPage, Error> {
        let supplier = suppliers::find(c, scope, id)?;
        Ok(NewPage {
            page: page.at(&format!("/suppliers/{id}/signing-rights/new")),
            accounts: company_people::open_of(c, id)?,
            people: candidates(c, id)?,
            documents: documents::of(c, id)?,
            supplier,
            form,
        })
    }

    fn accounts(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("account");
        let line = |one: &Account| format!("{} · {}", one.name, one.email);
        let all = self.accounts.iter();
        all.map(|one| (one.id.as_str(), line(one), one.id == chosen)).collect()
    }

    fn people(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("person");
        let line = |one: &Person| {
            let part = self.page.tk("registration-person", one.role.as_str());
            format!("{} · {part}", one.name)
        };
        let all = self.people.iter();
        all.map(|one| (one.id.as_str(), line(one), one.id == chosen)).collect()
    }

    fn papers(&self) -> Vec<(&str, &str, bool)> {
        let chosen = self.form.value("document");
        let all = self.documents.iter();
        all.map(|one| (one.id.as_str(), one.title.as_str(), one.id == chosen)).collect()
    }
}

#[get("/suppliers/<id>/signing-rights/new")]
async fn new(may: Clerk, page: Page, db: &State<Db>, id: String) -> Result<NewPage, Error> {
    db.read(move |c| NewPage::load(c, page, may.scope(), &id, Form::empty())).await
}

#[post("/suppliers/<id>/signing-rights", data = "<form>")]
async fn give(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<GiveInput>,
) -> Result<Answer<NewPage>, Error> {
    let (scope, vault, of) = (may.scope().clone(), vault.inner().clone(), id.clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let given = decide::give(c, &may, &vault, &of, input)?;
            let to = format!("/signing-rights/{}", given.id);
            Ok(Go::to(to).saying("done-right-granted", ""))
        },
        move |c, form| NewPage::load(c, page, &scope, &id, form),
    )
    .await
}
