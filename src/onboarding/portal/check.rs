//! The answers once more before they are handed in.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::reading::{self, Answer};
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::AfterSubmission;
use crate::onboarding::registration::saving::{may_write, open_one};
use crate::onboarding::registration::state::is_done;
use crate::onboarding::registration::submission::{self, SubmissionInput};
use crate::onboarding::registration::{Registration, Section, SectionRow, latest, sections};
use crate::page::{Answer as Replied, Form, Go, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, submit]
}

#[derive(Template, WebTemplate)]
#[template(path = "registration/check.html")]
struct CheckPage {
    page: Page,
    form: Form,
    registration: Registration,
    rows: Vec<SectionRow>,
    answers: Vec<(Section, Vec<Answer>)>,
}

impl CheckPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        form: Form,
        member: &Member,
        vault: &Vault,
    ) -> Result<CheckPage, Error> {
        let registration = open_one(c, &member.supplier_id)?;
        let rows = sections(c, &registration.id)?;
        let answers = reading::all(&page, vault, &rows)?;
        Ok(CheckPage { page, form, registration, rows, answers })
    }

    fn is_done(&self, section: &Section) -> bool {
        self.rows.iter().any(|row| row.section == *section && is_done(row))
    }

    fn is_all_done(&self) -> bool {
        self.rows.iter().all(is_done)
    }

    fn section_name(&self, section: &Section) -> String {
        self.page.tk("registration-section", section.as_str())
    }
}

#[get("/portal/registration/check")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
) -> Result<Result<CheckPage, Go>, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| {
        let registration = latest(c, &member.supplier_id)?.ok_or(Error::NotFound)?;
        if !may_write(c, &registration)? {
            return Ok(Err(Go::to("/portal/registration")));
        }
        CheckPage::load(c, page, Form::empty(), &member, &vault).map(Ok)
    })
    .await
}

#[post("/portal/registration/submission", data = "<form>")]
async fn submit(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    after: &State<AfterSubmission>,
    form: Submitted<SubmissionInput>,
) -> Result<Replied<CheckPage>, Error> {
    let (vault, after) = (vault.inner().clone(), *after.inner());
    let (actor, reader, opener) = (member.actor.clone(), vault.clone(), member.supplier_id.clone());
    let again = Member { actor: actor.clone(), supplier_id: opener };
    form.once(
        db,
        actor,
        move |c, input| {
            let registration = submission::submit(c, &member, &vault, input)?;
            (after.0)(c, &vault, &registration.supplier_id)?;
            Ok(Go::to("/portal/registration").saying("done-registration-submitted", ""))
        },
        move |c, form| {
            CheckPage::load(c, page.at("/portal/registration/check"), form, &again, &reader)
        },
    )
    .await
}
