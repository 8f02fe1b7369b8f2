//! The sites of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{company, to_supplier};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::regions;
use crate::suppliers::sites::{self, Site, SiteInput, SiteKind};
use crate::suppliers::{Supplier, find};

pub(super) fn routes() -> Vec<Route> {
    routes![new_site, add_site, edit_site, update_site, close_site, register_site]
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
        let option =
            |k: &SiteKind| (k.as_str(), self.page.tk("site", k.as_str()), k.as_str() == chosen);
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
    Ok(SitePage { page, supplier, site: None, form })
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
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let site = sites::add(c, &may, &supplier, input)?;
            Ok(to_supplier(&supplier, "done-site-added", &site.address))
        },
        move |c, form| {
            let page = page.at(&format!("/suppliers/{id}/sites/new"));
            Ok(SitePage { page, supplier: find(c, &scope, &id)?, site: None, form })
        },
    )
    .await
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
        let province = regions::province(&site.area).map(|p| p.code).unwrap_or_default();
        let form = Form::of(&[
            ("kind", site.kind.as_str()),
            ("name", &site.name),
            ("address", &site.address),
            ("country", &site.country),
            ("province", province),
        ]);
        Ok(SitePage { page, supplier, site: Some(site), form })
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
    form.write(
        db,
        move |c, input| {
            let after = sites::edit(c, &may, &supplier, &edited, input)?;
            Ok(to_supplier(&supplier, "done-site-edited", &after.address))
        },
        move |c, form| {
            let supplier = find(c, &scope, &id)?;
            let site = Some(sites::of_supplier(c, &id, &site)?);
            Ok(SitePage { page, supplier, site, form })
        },
    )
    .await
}

#[post("/suppliers/<id>/sites/<site>/closure", data = "<form>")]
async fn close_site(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    site: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-site-closed", "");
    form.press(db, go, move |c| sites::close(c, &may, &id, &site)).await
}

#[post("/suppliers/<id>/sites/<site>/registration", data = "<form>")]
async fn register_site(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    site: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-site-registered", "");
    form.press(db, go, move |c| sites::register(c, &may, &id, &site)).await
}
