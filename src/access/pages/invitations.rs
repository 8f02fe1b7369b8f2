//! Inviting people.

use rocket::{Responder, State, get, post};

use super::choices::{self, SchemeChoice};
use crate::Settings;
use crate::access::invitations::{self, Invitation, InvitationInput};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Form, Go, Nothing, Page, Submitted};

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/invite.html")]
pub struct InvitePage {
    page: Page,
    form: Form,
    roles: Vec<(String, String, bool)>,
    supplier_roles: Vec<(String, String, bool)>,
    schemes: Vec<SchemeChoice>,
}

/// The page with the link, which is shown this once.
#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "access/invited.html")]
pub struct InvitedPage {
    page: Page,
    invitation: Invitation,
    link: String,
}

impl InvitedPage {
    fn until(&self) -> String {
        self.invitation.expires_at.format("%Y-%m-%d %H:%M UTC").to_string()
    }
}

#[derive(Responder)]
pub enum Outcome {
    Done(Box<InvitedPage>),
    #[response(status = 422)]
    Again(Box<InvitePage>),
}

fn form_page(page: Page, form: Form) -> InvitePage {
    let chosen = form.value("role").to_string();
    InvitePage {
        roles: choices::roles(&page, &chosen, true),
        supplier_roles: choices::roles(&page, &chosen, false),
        schemes: choices::schemes(&page, &form),
        page,
        form,
    }
}

/// The page that shows a link once.
pub fn link_page(
    page: Page,
    settings: &Settings,
    (invitation, secret): (Invitation, String),
) -> InvitedPage {
    let base = settings.base_url.trim_end_matches('/');
    InvitedPage { page, link: format!("{base}/invitations/{secret}"), invitation }
}

#[get("/invitations/new")]
pub fn form(page: Page, _by: May<right::ManageAccounts>) -> InvitePage {
    form_page(page, Form::empty())
}

#[post("/invitations", data = "<form>")]
pub async fn invite(
    page: Page,
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    settings: &State<Settings>,
    form: Submitted<InvitationInput>,
) -> Result<Outcome, Error> {
    let page = page.at("/invitations/new");
    let key = form.key().to_string();
    let work = |input| db.write(move |c| invitations::invite(c, &by, &key, &input));
    match form.handle(work).await? {
        Ok(invited) => Ok(Outcome::Done(Box::new(link_page(page, settings, invited)))),
        Err(form) => Ok(Outcome::Again(Box::new(form_page(page, form)))),
    }
}

#[post("/invitations/<id>/revocation", data = "<_form>")]
pub async fn revoke(
    by: May<right::ManageAccounts>,
    db: &State<Db>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    db.write(move |c| {
        let invitation = invitations::revoke(c, &by, &id)?;
        Ok(Go::to("/accounts").saying("done-invitation-revoked", &invitation.email))
    })
    .await
}
