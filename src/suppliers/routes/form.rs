//! The form of a company: a new one, or an edited one.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::once::once;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::regions;
use crate::suppliers::{NewSupplier, Stage, Supplier, SupplierInput, create, find, update};
use crate::values::new_id;

pub(super) fn routes() -> Vec<Route> {
    routes![new, create_one, edit, update_one]
}

/// A supplier's form: a new one, or an edited one.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// `None` for a new one.
    supplier: Option<Supplier>,
    categories: Vec<Category>,
}

impl FormPage {
    fn load(c: &mut AnyConnection, page: Page, form: Form) -> Result<FormPage, Error> {
        Ok(FormPage { page, form, supplier: None, categories: categories::all(c)? })
    }

    fn stages(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("stage");
        [Stage::Active, Stage::Candidate]
            .into_iter()
            .map(|s| (s.as_str(), self.page.tk("stage", s.as_str()), s.as_str() == chosen))
            .collect()
    }

    fn countries(&self) -> Vec<(&'static str, String, bool)> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }

    fn provinces(&self) -> Vec<(&'static str, String, bool)> {
        regions::province_options(self.page.is_chinese(), self.form.value("province"))
    }
}

#[get("/suppliers/new")]
async fn new(
    _may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
) -> Result<FormPage, Error> {
    let key = new_id();
    let form = Form::of(&[("country", "CN"), ("stage", "active"), ("form_key", &key)]);
    db.read(move |c| FormPage::load(c, page, form)).await
}

#[post("/suppliers", data = "<form>")]
async fn create_one(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    form: Submitted<NewSupplier>,
) -> Result<Answer<FormPage>, Error> {
    let key = form.typed("form_key").to_string();
    let name = form.typed("legal_name").to_string();
    let created = form.handle(|input| {
        db.write(move |c| {
            let actor = may.actor().clone();
            once(c, &actor, &key, |c| Ok(format!("/suppliers/{}", create(c, &may, &input)?.id)))
        })
    });
    match created.await? {
        Ok(location) => Ok(Answer::Go(Go::to(location).saying("done-supplier-created", &name))),
        Err(form) => {
            let page = page.at("/suppliers/new");
            Ok(Answer::Again(db.read(move |c| FormPage::load(c, page, form)).await?))
        }
    }
}

#[get("/suppliers/<id>/edit")]
async fn edit(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
) -> Result<FormPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let mut values = vec![
            ("legal_name", supplier.legal_name.clone()),
            ("english_name", supplier.english_name.clone()),
            ("industry", supplier.industry.clone()),
            ("website", supplier.website.clone()),
            ("note", supplier.note.clone()),
            ("revision", supplier.revision.to_string()),
        ];
        for category in categories::of_supplier(c, &id)? {
            values.push(("categories", category.id));
        }
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let form = Form::of(&values);
        Ok(FormPage { supplier: Some(supplier), ..FormPage::load(c, page, form)? })
    })
    .await
}

#[post("/suppliers/<id>", data = "<form>")]
async fn update_one(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    form: Submitted<SupplierInput>,
) -> Result<Answer<FormPage>, Error> {
    let scope = may.scope().clone();
    let id = id.to_string();
    let supplier = id.clone();
    let edited = form.handle(|input| db.write(move |c| update(c, &may, &supplier, &input)));
    let form = match edited.await? {
        Ok(after) => {
            let go = Go::to(format!("/suppliers/{id}"));
            return Ok(Answer::Go(go.saying("done-supplier-edited", &after.legal_name)));
        }
        Err(form) => form,
    };
    let page = page.at(&format!("/suppliers/{id}/edit"));
    db.read(move |c| {
        let supplier = find(c, &scope, &id)?;
        let again = FormPage { supplier: Some(supplier), ..FormPage::load(c, page, form)? };
        Ok(Answer::Again(again))
    })
    .await
}
