//! A company's own certificates, for its people. Which company that is comes from the account.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::routes_papers::{By, What, take};
use super::routes_record::Asked;
use super::view::{FormPart, form_of};
use super::{Certificate, Expiry, Status, expiry, find_of, take_back, types};
use crate::Settings;
use crate::access::{Member, Scope};
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Desk, Document, Store};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Papers, Submitted};
use crate::suppliers::sites::{self, Site};
use crate::suppliers::{self, Supplier};
use crate::values::now;

/// The page that lists them.
const LIST: &str = "/portal/certification";

pub fn routes() -> Vec<Route> {
    routes![new_one, record_one, show, correct_one, take_one_back]
}

#[derive(Template, WebTemplate)]
#[template(path = "certificates/portal_new.html")]
struct NewPage {
    page: Page,
    part: FormPart,
}

impl NewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        supplier_id: &str,
        form: Form,
    ) -> Result<NewPage, Error> {
        let (action, cancel) = ("/portal/certificates".to_string(), LIST.to_string());
        let part = FormPart::load(c, supplier_id, action, cancel, form)?;
        Ok(NewPage { page: page.at("/portal/certificates/new"), part })
    }
}

fn own(c: &mut AnyConnection, member: &Member) -> Result<Supplier, Error> {
    suppliers::find(c, &Scope::Everything, &member.supplier_id)
}

#[get("/portal/certificates/new?<asked..>", rank = 1)]
async fn new_one(
    member: Member,
    page: Page,
    db: &State<Db>,
    asked: Asked,
) -> Result<NewPage, Error> {
    db.read(move |c| {
        let supplier = own(c, &member)?;
        let form = asked.form(c, &supplier)?;
        NewPage::load(c, page, &supplier.id, form)
    })
    .await
}

fn recorded(certificate: &Certificate) -> Go {
    let to = format!("/portal/certificates/{}", certificate.id);
    Go::to(to).saying("done-certificate-handed-in", &certificate.number)
}

#[post("/portal/certificates", data = "<papers>")]
async fn record_one(
    member: Member,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    papers: Papers<'_>,
) -> Result<Answer<NewPage>, Error> {
    let (desk, supplier_id) = (Desk { db, store, settings }, member.supplier_id.clone());
    let (by, what) = (By::Company(Arc::new(member)), What::New(supplier_id.clone()));
    match take(desk, by, what, papers, page.texts(), recorded).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| NewPage::load(c, page, &supplier_id, form));
            Ok(Answer::Again(again.await?))
        }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "certificates/portal_show.html")]
struct ShowPage {
    page: Page,
    one: Certificate,
    document: Option<Document>,
    site: Option<Site>,
    expiry: Expiry,
    /// The form that corrects it, while it is given back.
    part: Option<FormPart>,
}

impl ShowPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        supplier_id: &str,
        id: &str,
        correction: Option<Form>,
    ) -> Result<ShowPage, Error> {
        let one = find_of(c, supplier_id, id)?;
        let document = match &one.document_id {
            Some(document) => documents::find_of(c, supplier_id, document).ok(),
            None => None,
        };
        let site = match &one.site_id {
            Some(site) => sites::of_supplier(c, supplier_id, site).ok(),
            None => None,
        };
        let part = if one.status == Status::Returned {
            let action = format!("/portal/certificates/{id}/correction");
            let typed = correction.unwrap_or_else(|| form_of(&one));
            Some(FormPart::load(c, supplier_id, action, LIST.into(), typed)?)
        } else {
            None
        };
        let page = page.at(&format!("/portal/certificates/{id}"));
        Ok(ShowPage { page, expiry: expiry(one.valid_to, now().date()), one, document, site, part })
    }

    fn type_name(&self) -> &str {
        types::name(self.page.texts(), &self.one.type_id)
    }

    /// What was said of it, in the words of whoever checked it.
    fn said(&self) -> &str {
        match self.one.status {
            Status::Returned => &self.one.return_comment,
            Status::Refused => &self.one.decision_note,
            Status::Withdrawn => &self.one.ended_reason,
            Status::Submitted | Status::Accepted => "",
        }
    }

    /// The key of what its state means for the company.
    fn meaning(&self) -> String {
        let is_own = self.one.status == Status::Withdrawn && self.one.decided_at.is_none();
        let state = if is_own { "taken_back" } else { self.one.status.as_str() };
        format!("certificate-portal-{state}")
    }

    fn may_take_back(&self) -> bool {
        self.one.by_supplier && matches!(self.one.status, Status::Submitted | Status::Returned)
    }
}

#[get("/portal/certificates/<id>", rank = 2)]
async fn show(member: Member, page: Page, db: &State<Db>, id: String) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, &member.supplier_id, &id, None)).await
}

#[post("/portal/certificates/<id>/correction", data = "<papers>")]
async fn correct_one(
    member: Member,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<ShowPage>, Error> {
    let (desk, supplier_id) = (Desk { db, store, settings }, member.supplier_id.clone());
    let (by, what) = (By::Company(Arc::new(member)), What::Correction(id.clone()));
    match take(desk, by, what, papers, page.texts(), recorded).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| ShowPage::load(c, page, &supplier_id, &id, Some(form)));
            Ok(Answer::Again(again.await?))
        }
    }
}

#[post("/portal/certificates/<id>/removal", data = "<form>")]
async fn take_one_back(
    member: Member,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to(LIST).saying("done-certificate-taken-back", "");
    form.press(db, go, move |c| take_back(c, &member, &id)).await
}
