//! The list of authentications, and one of them.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::FromForm;
use rocket::{Route, State, get, routes};

use super::list::{self, Asked, Row};
use super::provider::Providers;
use super::transfer::TRIES;
use super::{Authentication, Method, Status, find, of_person, verify};
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::page::{Form, Page};
use crate::suppliers::Supplier;
use crate::suppliers::people::Person;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    let own = routes![index, show];
    [own, super::routes_begin::routes(), super::routes_act::routes()].concat()
}

/// The filters of the address. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
struct Query {
    status: Option<String>,
    /// "soon" or nothing.
    due: Option<String>,
    after: Option<String>,
}

impl Query {
    fn status(&self) -> Option<Status> {
        self.status.as_deref().and_then(Status::parse)
    }

    fn is_status(&self, status: &Status) -> bool {
        self.status() == Some(*status)
    }

    fn is_due(&self) -> bool {
        self.due.as_deref() == Some("soon")
    }

    fn is_narrowed(&self) -> bool {
        self.is_due() || self.status().is_some()
    }

    fn asked(&self) -> Asked {
        Asked {
            status: self.status(),
            is_due: self.is_due(),
            after: self.after.as_deref().and_then(Cursor::decode),
        }
    }

    fn next(&self, cursor: &Cursor) -> String {
        let filters = match (self.is_due(), self.status()) {
            (true, _) => "due=soon&".to_string(),
            (false, Some(status)) => format!("status={}&", status.as_str()),
            (false, None) => String::new(),
        };
        format!("/authentications?{filters}after={}", cursor.encode())
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "authentications/list.html")]
struct ListPage {
    page: Page,
    query: Query,
    rows: Vec<Row>,
    next: Option<String>,
}

#[get("/authentications?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: Query,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let (rows, next) = list::page(c, may.scope(), &query.asked(), PAGE_SIZE)?;
        let next = next.map(|cursor| query.next(&cursor));
        Ok(ListPage { page, query, rows, next })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "authentications/show.html")]
pub(super) struct ShowPage {
    page: Page,
    authentication: Authentication,
    person: Person,
    supplier: Supplier,
    document: Option<Document>,
    /// Of the same person, this one too, newest first.
    history: Vec<Authentication>,
    /// The name of the provider, "" without one.
    provider: String,
    is_own: bool,
    form: Form,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        providers: &Providers,
        viewer: &Actor,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (authentication, person, supplier) = find(c, &viewer.scope, id)?;
        let document = match &authentication.document_id {
            Some(document) => documents::find_of(c, &supplier.id, document).ok(),
            None => None,
        };
        let me = &viewer.account_id;
        Ok(ShowPage {
            page: page.at(&format!("/authentications/{id}")),
            history: of_person(c, &person.id)?,
            is_own: authentication.begun_by == *me || person.recorded_by == *me,
            provider: providers.get().map(|one| one.name().to_string()).unwrap_or_default(),
            authentication,
            person,
            supplier,
            document,
            form,
        })
    }

    fn may_act(&self) -> bool {
        self.page.may("people.authenticate")
    }

    fn is_there(&self) -> bool {
        self.person.removed_at.is_none()
    }

    fn is_open(&self) -> bool {
        self.authentication.status == Status::Open
    }

    fn waits_for_second(&self) -> bool {
        self.is_open() && self.is_there() && self.authentication.method.is_by_person()
    }

    fn waits_for(&self, method: &str) -> bool {
        let is_method = self.authentication.method.as_str() == method;
        self.is_open() && self.is_there() && is_method
    }

    fn tries_left(&self) -> i64 {
        TRIES - self.authentication.tries
    }

    fn valid_to(&self) -> String {
        match self.form.value("valid_to") {
            "" => verify::term(now().date()).to_string(),
            typed => typed.to_string(),
        }
    }

    fn until_hint(&self) -> String {
        let most = self.page.day(verify::furthest(now().date()));
        self.page.ta("authentication-until-hint", &[("most", &most)])
    }

    /// Who verified, in words: the transfer itself where it was no person.
    fn verifier(&self) -> String {
        match self.authentication.method {
            Method::BankTransfer => self.page.tk("authentication-method", "bank_transfer"),
            _ => self.authentication.verified_name.clone(),
        }
    }
}

#[get("/authentications/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    providers: &State<Providers>,
    id: String,
) -> Result<ShowPage, Error> {
    let providers = providers.inner().clone();
    db.read(move |c| ShowPage::load(c, page, &providers, may.actor(), &id, Form::empty())).await
}
