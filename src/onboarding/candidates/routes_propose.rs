//! The form of a proposal. Where the register may have the company already, the form comes back
//! with those that it may be, to choose from.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{Alike, CompanyInput, OTHER, ProposalInput, alike, propose};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::choices::{kinds, languages};
use crate::onboarding::needs::{self, Need};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::regions::{self, Choice};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![new, propose_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "candidates/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    need: Need,
    /// What the register has that it may be.
    alike: Vec<Alike>,
}

impl FormPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        need: &str,
        form: Form,
    ) -> Result<FormPage, Error> {
        let need = needs::find(c, scope, need)?;
        need.must_be_open()?;
        let page = page.at(&format!("/needs/{}/candidates/new", need.id));
        let alike = alike(c, scope, &company(&form))?;
        Ok(FormPage { page, form, need, alike })
    }

    fn countries(&self) -> Vec<Choice> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }

    fn kinds(&self) -> Vec<Choice> {
        kinds(&self.page, self.form.value("identifier_kind"))
    }

    fn languages(&self) -> Vec<Choice> {
        languages(&self.page, self.form.value("language"))
    }

    fn place(&self, one: &Alike) -> String {
        regions::place_name(&one.supplier.area, &one.supplier.city, self.page.is_chinese())
    }

    fn is_held(&self) -> bool {
        self.alike.iter().any(|one| one.is_holder)
    }
}

/// The company as far as it is compared.
fn company(form: &Form) -> CompanyInput {
    let text = |field: &str| form.value(field).to_string();
    CompanyInput {
        legal_name: text("legal_name"),
        english_name: text("english_name"),
        country: text("country"),
        address: text("address"),
        identifier_kind: text("identifier_kind"),
        identifier_value: text("identifier_value"),
        ..CompanyInput::default()
    }
}

#[get("/needs/<id>/candidates/new")]
async fn new(
    may: May<right::ProposeCandidates>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let form = Form::of(&[("country", "CN"), ("language", page.lang())]);
    db.read(move |c| FormPage::load(c, page, may.scope(), &id, form)).await
}

#[post("/needs/<id>/candidates", data = "<form>")]
async fn propose_one(
    may: May<right::ProposeCandidates>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ProposalInput>,
) -> Result<Answer<FormPage>, Error> {
    let (scope, need, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let made = propose(c, &may, &vault, &need, input)?;
            let path = format!("/candidates/{}", made.id);
            Ok(Go::to(path).saying("done-candidate-proposed", &made.legal_name))
        },
        move |c, form| FormPage::load(c, page, &scope, &id, form),
    )
    .await
}
