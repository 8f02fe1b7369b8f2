//! The page of a certificate, and what is decided about it.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::about::{self, Warning};
use super::view::{FormPart, form_of};
use super::{
    AcceptanceInput, Certificate, Expiry, Method, RefusalInput, ReturnInput, Status, TRAIL,
    WithdrawalInput, accept, expiry, find, give_back, has_said, refuse, types, withdraw,
};
use crate::access::{May, Needed, Scope, right};
use crate::audit;
use crate::audit::view::{self, Line};
use crate::categories::Category;
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::Supplier;
use crate::suppliers::sites::{self, Site};
use crate::values::now;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, accept_one, give_one_back, refuse_one, withdraw_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "certificates/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// What was typed in one of the forms that decide.
    form: Form,
    one: Certificate,
    supplier: Supplier,
    document: Option<Document>,
    site: Option<Site>,
    warnings: Vec<Warning>,
    chain: Vec<Certificate>,
    /// Categories of the company whose standards demand such a certificate.
    demanded_by: Vec<Category>,
    is_own: bool,
    expiry: Expiry,
    /// The form that corrects it, while it is given back.
    part: Option<FormPart>,
    lines: Vec<Line>,
}

impl ShowPage {
    /// `correction` is the form that corrects it, as it was typed.
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
        correction: Option<Form>,
    ) -> Result<ShowPage, Error> {
        let (one, supplier) = find(c, scope, id)?;
        let today = now().date();
        let document = match &one.document_id {
            Some(document) => documents::find_of(c, &supplier.id, document).ok(),
            None => None,
        };
        let site = match &one.site_id {
            Some(site) => sites::of_supplier(c, &supplier.id, site).ok(),
            None => None,
        };
        let account = page.viewer().map(|viewer| viewer.actor.account_id.clone());
        let is_own = has_said(c, &one, account.as_deref().unwrap_or_default())?;
        let part = if one.status == Status::Returned && page.may("certification.edit") {
            let (action, cancel) = (format!("/certificates/{id}/correction"), String::new());
            let typed = correction.unwrap_or_else(|| form_of(&one));
            Some(FormPart::load(c, &supplier.id, action, cancel, typed)?)
        } else {
            None
        };
        let subject = ("supplier", supplier.id.as_str());
        let trail = audit::trail_naming(c, subject, "certificate", id, TRAIL)?;
        Ok(ShowPage {
            warnings: about::warnings(c, &one, &supplier, document.is_some(), today)?,
            chain: about::chain(c, &one)?,
            demanded_by: about::demanded_by(c, &one, today)?,
            expiry: expiry(one.valid_to, today),
            lines: view::lines(&page, &trail),
            page: page.at(&format!("/certificates/{id}")),
            form,
            one,
            supplier,
            document,
            site,
            is_own,
            part,
        })
    }

    fn type_name(&self) -> &str {
        types::name(self.page.texts(), &self.one.type_id)
    }

    fn standard(&self) -> &str {
        types::find(&self.one.type_id).map_or("", |kind| kind.standard)
    }

    fn may_check(&self) -> bool {
        self.one.status == Status::Submitted && !self.is_own && self.page.may("certification.audit")
    }

    fn may_withdraw(&self) -> bool {
        self.one.status == Status::Accepted && self.page.may("certification.decide")
    }

    fn may_renew(&self) -> bool {
        self.one.status == Status::Accepted && self.page.may("certification.edit")
    }

    fn methods(&self) -> Vec<(String, String, bool)> {
        let chosen = self.form.value("check_method");
        let choice = |method: &Method| {
            let code = method.as_str();
            (code.to_string(), self.page.tk("certificate-method", code), code == chosen)
        };
        Method::ALL.iter().filter(|one| **one != Method::Unchecked).map(choice).collect()
    }

    /// Everything that is wrong, in whichever of the page's forms.
    fn problems(&self) -> Vec<(String, String)> {
        let mut problems = self.form.problems(&self.page);
        if let Some(part) = &self.part {
            problems.extend(part.form.problems(&self.page));
        }
        problems
    }
}

#[get("/certificates/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.scope(), &id, Form::empty(), None)).await
}

fn to_certificate(id: &str, notice: &'static str) -> Go {
    Go::to(format!("/certificates/{id}")).saying(notice, "")
}

/// Does the work of a form that decides; the page again where a rule is broken.
async fn act<R: Needed, T: Send + 'static>(
    (page, db, vault): (Page, &Db, &Vault),
    may: May<R>,
    (id, said): (String, &'static str),
    form: Submitted<T>,
    work: Decision<R, T>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, of, vault) = (may.scope().clone(), id.clone(), vault.clone());
    form.write(
        db,
        move |c, input| {
            work(c, &may, &vault, &of, input)?;
            Ok(to_certificate(&of, said))
        },
        move |c, form| ShowPage::load(c, page, &scope, &id, form, None),
    )
    .await
}

/// What decides about the certificate of an id.
type Decision<R, T> =
    fn(&mut AnyConnection, &May<R>, &Vault, &str, &T) -> Result<Certificate, Error>;

#[post("/certificates/<id>/acceptance", data = "<form>")]
async fn accept_one(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<AcceptanceInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-certificate-accepted"), form, accept).await
}

#[post("/certificates/<id>/return", data = "<form>")]
async fn give_one_back(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ReturnInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-certificate-returned"), form, give_back).await
}

#[post("/certificates/<id>/refusal", data = "<form>")]
async fn refuse_one(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<RefusalInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-certificate-refused"), form, refuse).await
}

#[post("/certificates/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::DecideCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<WithdrawalInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-certificate-withdrawn"), form, withdraw).await
}
