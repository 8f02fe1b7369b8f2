//! Staff pages of the parts of a supplier: identifiers, sites, contacts.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::contacts::{self, Contact, ContactInput};
use super::held::{self, IdentifierInput};
use super::identifiers::Kind;
use super::sites::{self, Site, SiteInput, SiteKind};
use super::{Supplier, find};
use crate::access::{May, Scope, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::regions;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![
        new_identifier,
        add_identifier,
        confirm_identifier,
        remove_identifier,
        new_site,
        add_site,
        edit_site,
        update_site,
        close_site,
        register_site,
        new_contact,
        add_contact,
        remove_contact,
        open_phone
    ]
}

/// Back to the company's page.
fn to_supplier(id: &str, notice: &'static str, what: &str) -> Go {
    Go::to(format!("/suppliers/{id}")).saying(notice, what)
}

/// The company of a form that is shown again.
async fn company(db: &Db, scope: Scope, id: String) -> Result<Supplier, Error> {
    db.read(move |c| find(c, &scope, &id)).await
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/identifier.html")]
struct IdentifierPage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

impl IdentifierPage {
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("kind");
        let kinds = [Kind::Uscc, Kind::Lei, Kind::Duns, Kind::EuVat, Kind::Other];
        let option = |k: &Kind| {
            (
                k.as_str(),
                self.page.t(k.label_key()).to_string(),
                k.as_str() == chosen,
            )
        };
        kinds.iter().map(option).collect()
    }
}

#[get("/suppliers/<id>/identifiers/new")]
async fn new_identifier(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<IdentifierPage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    Ok(IdentifierPage {
        page,
        supplier,
        form: Form::of(&[("kind", "uscc")]),
    })
}

#[post("/suppliers/<id>/identifiers", data = "<form>")]
async fn add_identifier(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<IdentifierInput>,
) -> Result<Answer<IdentifierPage>, Error> {
    let (scope, supplier) = (may.scope().clone(), id.clone());
    let value = form.typed("value").to_string();
    match form
        .handle(|input| db.write(move |c| held::add(c, &may, &supplier, &input)))
        .await?
    {
        Ok(()) => Ok(Answer::Go(to_supplier(
            &id,
            "done-identifier-added",
            &value,
        ))),
        Err(form) => {
            let page = page.at(&format!("/suppliers/{id}/identifiers/new"));
            let supplier = company(db, scope, id).await?;
            Ok(Answer::Again(IdentifierPage {
                page,
                supplier,
                form,
            }))
        }
    }
}

#[post(
    "/suppliers/<id>/identifiers/<identifier>/confirmation",
    data = "<_form>"
)]
async fn confirm_identifier(
    may: May<right::ConfirmIdentifiers>,
    db: &State<Db>,
    id: String,
    identifier: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let supplier = id.clone();
    db.write(move |c| held::confirm(c, &may, &supplier, &identifier))
        .await?;
    Ok(to_supplier(&id, "done-identifier-confirmed", ""))
}

#[post("/suppliers/<id>/identifiers/<identifier>/removal", data = "<_form>")]
async fn remove_identifier(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    identifier: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let supplier = id.clone();
    db.write(move |c| held::remove(c, &may, &supplier, &identifier))
        .await?;
    Ok(to_supplier(&id, "done-identifier-removed", ""))
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/site.html")]
struct SitePage {
    page: Page,
    supplier: Supplier,
    /// `None` for a new one.
    site: Option<Site>,
    form: Form,
}

impl SitePage {
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("kind");
        let option = |k: &SiteKind| {
            (
                k.as_str(),
                self.page.tk("site", k.as_str()),
                k.as_str() == chosen,
            )
        };
        SiteKind::ALL.iter().map(option).collect()
    }

    fn countries(&self) -> Vec<(&'static str, String, bool)> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }

    fn provinces(&self) -> Vec<(&'static str, String, bool)> {
        regions::province_options(self.page.is_chinese(), self.form.value("province"))
    }
}

#[get("/suppliers/<id>/sites/new")]
async fn new_site(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<SitePage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    let form = Form::of(&[("kind", "plant"), ("country", "CN")]);
    Ok(SitePage {
        page,
        supplier,
        site: None,
        form,
    })
}

#[post("/suppliers/<id>/sites", data = "<form>")]
async fn add_site(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<SiteInput>,
) -> Result<Answer<SitePage>, Error> {
    let (scope, supplier) = (may.scope().clone(), id.clone());
    match form
        .handle(|input| db.write(move |c| sites::add(c, &may, &supplier, &input)))
        .await?
    {
        Ok(site) => Ok(Answer::Go(to_supplier(
            &id,
            "done-site-added",
            &site.address,
        ))),
        Err(form) => {
            let page = page.at(&format!("/suppliers/{id}/sites/new"));
            let supplier = company(db, scope, id).await?;
            Ok(Answer::Again(SitePage {
                page,
                supplier,
                site: None,
                form,
            }))
        }
    }
}

#[get("/suppliers/<id>/sites/<site>", rank = 2)]
async fn edit_site(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    site: String,
) -> Result<SitePage, Error> {
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let site = sites::of_supplier(c, &id, &site)?;
        let province = regions::province(&site.area)
            .map(|p| p.code)
            .unwrap_or_default();
        let form = Form::of(&[
            ("kind", site.kind.as_str()),
            ("name", &site.name),
            ("address", &site.address),
            ("country", &site.country),
            ("province", province),
        ]);
        Ok(SitePage {
            page,
            supplier,
            site: Some(site),
            form,
        })
    })
    .await
}

#[post("/suppliers/<id>/sites/<site>", data = "<form>")]
async fn update_site(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    site: String,
    form: Submitted<SiteInput>,
) -> Result<Answer<SitePage>, Error> {
    let scope = may.scope().clone();
    let (supplier, edited) = (id.clone(), site.clone());
    let work =
        form.handle(|input| db.write(move |c| sites::edit(c, &may, &supplier, &edited, &input)));
    match work.await? {
        Ok(after) => Ok(Answer::Go(to_supplier(
            &id,
            "done-site-edited",
            &after.address,
        ))),
        Err(form) => {
            db.read(move |c| {
                let supplier = find(c, &scope, &id)?;
                let site = Some(sites::of_supplier(c, &id, &site)?);
                Ok(Answer::Again(SitePage {
                    page,
                    supplier,
                    site,
                    form,
                }))
            })
            .await
        }
    }
}

#[post("/suppliers/<id>/sites/<site>/closure", data = "<_form>")]
async fn close_site(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    site: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let supplier = id.clone();
    db.write(move |c| sites::close(c, &may, &supplier, &site))
        .await?;
    Ok(to_supplier(&id, "done-site-closed", ""))
}

#[post("/suppliers/<id>/sites/<site>/registration", data = "<_form>")]
async fn register_site(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    site: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let supplier = id.clone();
    db.write(move |c| sites::register(c, &may, &supplier, &site))
        .await?;
    Ok(to_supplier(&id, "done-site-registered", ""))
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/contact.html")]
struct ContactPage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

#[get("/suppliers/<id>/contacts/new")]
async fn new_contact(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ContactPage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    Ok(ContactPage {
        page,
        supplier,
        form: Form::empty(),
    })
}

#[post("/suppliers/<id>/contacts", data = "<form>")]
async fn add_contact(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ContactInput>,
) -> Result<Answer<ContactPage>, Error> {
    let (scope, supplier, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    let name = form.typed("name").to_string();
    let work =
        form.handle(|input| db.write(move |c| contacts::add(c, &may, &vault, &supplier, &input)));
    match work.await? {
        Ok(()) => Ok(Answer::Go(to_supplier(&id, "done-contact-added", &name))),
        Err(form) => {
            let page = page.at(&format!("/suppliers/{id}/contacts/new"));
            let supplier = company(db, scope, id).await?;
            Ok(Answer::Again(ContactPage {
                page,
                supplier,
                form,
            }))
        }
    }
}

#[post("/suppliers/<id>/contacts/<contact>/removal", data = "<_form>")]
async fn remove_contact(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    contact: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let supplier = id.clone();
    db.write(move |c| contacts::remove(c, &may, &supplier, &contact))
        .await?;
    Ok(to_supplier(&id, "done-contact-removed", ""))
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/phone.html")]
struct PhonePage {
    page: Page,
    supplier_id: String,
    contact: Contact,
    phone: String,
}

/// Opening a number is a change of the trail, so it is a POST; the number is shown once, here.
#[post("/suppliers/<id>/contacts/<contact>/phone", data = "<_form>")]
async fn open_phone(
    may: May<right::OpenPersonalData>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    contact: String,
    _form: Submitted<Nothing>,
) -> Result<PhonePage, Error> {
    let (supplier, vault) = (id.clone(), vault.inner().clone());
    let (contact, phone) = db
        .write(move |c| contacts::open_phone(c, &may, &vault, &supplier, &contact))
        .await?;
    Ok(PhonePage {
        page: page.at(&format!("/suppliers/{id}")),
        supplier_id: id,
        contact,
        phone,
    })
}
