//! The people behind a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{company, to_supplier};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::regions;
use crate::suppliers::people::{self, Paper, Part, PersonInput};
use crate::suppliers::{Supplier, find};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![new_person, add_person, remove_person]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/person.html")]
struct PersonPage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

type Choice = (&'static str, String, bool);

impl PersonPage {
    fn countries(&self) -> Vec<Choice> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }

    fn parts(&self) -> Vec<Choice> {
        Part::ALL.iter().map(|part| self.choice("role", part.as_str())).collect()
    }

    fn papers(&self) -> Vec<Choice> {
        Paper::ALL.iter().map(|paper| self.choice("paper", paper.as_str())).collect()
    }

    fn choice(&self, field: &str, value: &'static str) -> Choice {
        (value, self.page.tk(field, value), self.form.value(field) == value)
    }
}

#[get("/suppliers/<id>/people/new")]
async fn new_person(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<PersonPage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    let is_foreign = regions::country(&supplier.area).is_some_and(|found| found.code != "CN");
    let form = match is_foreign {
        true => Form::of(&[("country", &supplier.area), ("paper", "passport")]),
        false => Form::of(&[("country", "CN"), ("paper", "resident_id")]),
    };
    Ok(PersonPage { page, supplier, form })
}

#[post("/suppliers/<id>/people", data = "<form>")]
async fn add_person(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<PersonInput>,
) -> Result<Answer<PersonPage>, Error> {
    let (scope, supplier, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let person = people::add(c, &may, &vault, &supplier, input)?;
            Ok(to_supplier(&supplier, "done-person-added", &person.name))
        },
        move |c, form| {
            let page = page.at(&format!("/suppliers/{id}/people/new"));
            Ok(PersonPage { page, supplier: find(c, &scope, &id)?, form })
        },
    )
    .await
}

#[post("/suppliers/<id>/people/<person>/removal", data = "<form>")]
async fn remove_person(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    person: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-person-removed", "");
    form.press(db, go, move |c| people::remove(c, &may, &id, &person)).await
}
