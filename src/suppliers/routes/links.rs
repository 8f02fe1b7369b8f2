//! A link between two companies: recorded, ended, withdrawn.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::company;
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::groups::{self, ControlKind, ControlLink, EndInput, LinkInput, MistakeInput};
use crate::suppliers::{Supplier, find};
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![new_link, add_link, show_link, end_link, withdraw_link]
}

fn to_group(supplier_id: &str, notice: &'static str) -> Go {
    Go::to(format!("/suppliers/{supplier_id}/group")).saying(notice, "")
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/link_new.html")]
struct NewLinkPage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

impl NewLinkPage {
    fn directions(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("direction");
        let option = |value| (value, self.page.tk("link-direction", value), value == chosen);
        ["controlled_by", "controls"].map(option).to_vec()
    }

    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("control");
        let option = |kind: &ControlKind| {
            let value = kind.as_str();
            (value, self.page.tk("link-control", value), value == chosen)
        };
        ControlKind::ALL.iter().map(option).collect()
    }
}

#[get("/suppliers/<id>/links/new")]
async fn new_link(
    may: May<right::EditGroups>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<NewLinkPage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    let today = now().date().to_string();
    let form = Form::of(&[
        ("direction", "controlled_by"),
        ("control", "majority"),
        ("valid_from", &today),
    ]);
    Ok(NewLinkPage { page, supplier, form })
}

#[post("/suppliers/<id>/links", data = "<form>")]
async fn add_link(
    may: May<right::EditGroups>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<LinkInput>,
) -> Result<Answer<NewLinkPage>, Error> {
    let (scope, supplier) = (may.scope().clone(), id.clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            groups::add(c, &may, &supplier, input)?;
            Ok(to_group(&supplier, "done-link-added"))
        },
        move |c, form| {
            let page = page.at(&format!("/suppliers/{id}/links/new"));
            Ok(NewLinkPage { page, supplier: find(c, &scope, &id)?, form })
        },
    )
    .await
}

/// One link, with the forms that end and withdraw it.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/link.html")]
struct LinkPage {
    page: Page,
    supplier: Supplier,
    link: ControlLink,
    parent: Supplier,
    child: Supplier,
    form: Form,
}

impl LinkPage {
    fn load(
        c: &mut AnyConnection,
        scope: &Scope,
        page: Page,
        (id, link): (&str, &str),
        form: Form,
    ) -> Result<LinkPage, Error> {
        let link = groups::find_link(c, scope, id, link)?;
        Ok(LinkPage {
            page: page.at(&format!("/suppliers/{id}/links/{}", link.id)),
            supplier: find(c, scope, id)?,
            parent: find(c, scope, &link.parent_id)?,
            child: find(c, scope, &link.child_id)?,
            link,
            form,
        })
    }

    fn action(&self, what: &str) -> String {
        format!("/suppliers/{}/links/{}/{what}", self.supplier.id, self.link.id)
    }
}

#[get("/suppliers/<id>/links/<link>", rank = 2)]
async fn show_link(
    may: May<right::EditGroups>,
    page: Page,
    db: &State<Db>,
    id: String,
    link: String,
) -> Result<LinkPage, Error> {
    let form = Form::of(&[("ended_on", &now().date().to_string())]);
    db.read(move |c| LinkPage::load(c, may.scope(), page, (&id, &link), form)).await
}

#[post("/suppliers/<id>/links/<link>/end", data = "<form>")]
async fn end_link(
    may: May<right::EditGroups>,
    page: Page,
    db: &State<Db>,
    id: String,
    link: String,
    form: Submitted<EndInput>,
) -> Result<Answer<LinkPage>, Error> {
    let scope = may.scope().clone();
    let (supplier, ended) = (id.clone(), link.clone());
    form.write(
        db,
        move |c, input| {
            groups::end(c, &may, &supplier, &ended, input)?;
            Ok(to_group(&supplier, "done-link-ended"))
        },
        move |c, form| LinkPage::load(c, &scope, page, (&id, &link), form),
    )
    .await
}

#[post("/suppliers/<id>/links/<link>/withdrawal", data = "<form>")]
async fn withdraw_link(
    may: May<right::EditGroups>,
    page: Page,
    db: &State<Db>,
    id: String,
    link: String,
    form: Submitted<MistakeInput>,
) -> Result<Answer<LinkPage>, Error> {
    let scope = may.scope().clone();
    let (supplier, withdrawn) = (id.clone(), link.clone());
    form.write(
        db,
        move |c, input| {
            groups::withdraw(c, &may, &supplier, &withdrawn, input)?;
            Ok(to_group(&supplier, "done-link-withdrawn"))
        },
        move |c, form| LinkPage::load(c, &scope, page, (&id, &link), form),
    )
    .await
}
