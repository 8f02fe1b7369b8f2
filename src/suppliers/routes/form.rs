//! The form of a company: a new one, or an edited one.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::to_supplier;
use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Page, Submitted};
use crate::regions;
use crate::suppliers::{NewSupplier, Supplier, SupplierInput, create, find, update};

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
    let form = Form::of(&[("country", "CN")]);
    db.read(move |c| FormPage::load(c, page, form)).await
}

#[post("/suppliers", data = "<form>")]
async fn create_one(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    form: Submitted<NewSupplier>,
) -> Result<Answer<FormPage>, Error> {
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let made = create(c, &may, input)?;
            Ok(to_supplier(&made.id, "done-supplier-created", &made.legal_name))
        },
        move |c, form| FormPage::load(c, page.at("/suppliers/new"), form),
    )
    .await
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
    id: String,
    form: Submitted<SupplierInput>,
) -> Result<Answer<FormPage>, Error> {
    let (scope, edited) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let after = update(c, &may, &edited, input)?;
            Ok(to_supplier(&edited, "done-supplier-edited", &after.legal_name))
        },
        move |c, form| {
            let supplier = find(c, &scope, &id)?;
            let page = page.at(&format!("/suppliers/{id}/edit"));
            Ok(FormPage { supplier: Some(supplier), ..FormPage::load(c, page, form)? })
        },
    )
    .await
}
