//! Inviting a company to register.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::languages;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::onboarding::inviting::{self, InvitingInput};
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::{Supplier, find};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![form_page, invite, renew, revoke]
}

#[derive(Template, WebTemplate)]
#[template(path = "onboarding/invite.html")]
struct InvitePage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

impl InvitePage {
    fn languages(&self) -> Vec<(&'static str, String, bool)> {
        languages(&self.page, &self.form)
    }
}

fn portal_of(id: &str) -> Go {
    Go::to(format!("/suppliers/{id}/portal"))
}

#[get("/suppliers/<id>/invitation/new")]
async fn form_page(
    may: May<right::InviteSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<InvitePage, Error> {
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        if let Some(key) = inviting::obstacle(&supplier) {
            return Err(Error::Conflict(key));
        }
        let values = inviting::proposal(c, &supplier)?;
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        Ok(InvitePage { page, supplier, form: Form::of(&values) })
    })
    .await
}

#[post("/suppliers/<id>/invitations", data = "<form>")]
async fn invite(
    may: May<right::InviteSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<InvitingInput>,
) -> Result<Answer<InvitePage>, Error> {
    let (scope, supplier, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let invited = inviting::invite(c, &may, &vault, &supplier, input)?;
            Ok(portal_of(&supplier).saying("done-invited", &invited.email))
        },
        move |c, form| {
            let page = page.at(&format!("/suppliers/{id}/invitation/new"));
            Ok(InvitePage { page, supplier: find(c, &scope, &id)?, form })
        },
    )
    .await
}

#[post("/suppliers/<id>/invitations/<invitation>/renewal", data = "<_form>")]
async fn renew(
    may: May<right::InviteSuppliers>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    invitation: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let vault = vault.inner().clone();
    db.write(move |c| {
        let invited = inviting::renew(c, &may, &vault, &id, &invitation)?;
        Ok(portal_of(&id).saying("done-invited-again", &invited.email))
    })
    .await
}

#[post("/suppliers/<id>/invitations/<invitation>/revocation", data = "<_form>")]
async fn revoke(
    may: May<right::InviteSuppliers>,
    db: &State<Db>,
    id: String,
    invitation: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    db.write(move |c| {
        let invited = inviting::revoke(c, &may, &id, &invitation)?;
        Ok(portal_of(&id).saying("done-invitation-revoked", &invited.email))
    })
    .await
}
