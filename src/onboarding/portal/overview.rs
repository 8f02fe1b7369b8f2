//! The registration as a whole: its sections and where they stand, and afterwards what was said.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Header};
use rocket::{Responder, Route, State, get, post, routes};
use serde_json::json;

use super::reading::{self, Answer};
use crate::access::{Member, Owner, Role, Scope};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::forwards::{self, Forward};
use crate::onboarding::registration::state::{self, Asked, State as Standing, is_done};
use crate::onboarding::registration::submission::{self, WithdrawalInput};
use crate::onboarding::registration::{
    Purpose, Registration, Section, SectionRow, Status, latest, sections,
};
use crate::page::{Answer as Replied, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::{self, Stage, Supplier};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, download, change, withdraw]
}

#[derive(Template, WebTemplate)]
#[template(path = "registration/overview.html")]
struct OverviewPage {
    page: Page,
    form: Form,
    supplier: Supplier,
    registration: Option<Registration>,
    rows: Vec<SectionRow>,
    asked: Vec<Asked>,
    forwards: Vec<Forward>,
    /// What was handed in, once the company does not write any more.
    answers: Vec<(Section, Vec<Answer>)>,
    is_owner: bool,
}

impl OverviewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        form: Form,
        member: &Member,
        vault: &Vault,
    ) -> Result<OverviewPage, Error> {
        let supplier = suppliers::find(c, &Scope::Everything, &member.supplier_id)?;
        let registration = latest(c, &supplier.id)?;
        let is_owner = member.actor.role == Role::SupplierOwner;
        let mut made = OverviewPage {
            page,
            form,
            registration,
            rows: Vec::new(),
            asked: Vec::new(),
            forwards: Vec::new(),
            answers: Vec::new(),
            is_owner,
            supplier,
        };
        let Some(registration) = made.registration.clone() else { return Ok(made) };
        if !is_readable(&registration, &made.supplier) {
            return Ok(made);
        }
        made.rows = sections(c, &registration.id)?;
        if registration.status.is_with_supplier() {
            made.asked = state::asked(c, &registration.id)?;
            made.forwards = forwards::open_of(c, &registration.id)?;
        } else {
            made.answers = reading::all(&made.page, vault, &made.rows)?;
        }
        Ok(made)
    }

    fn is_writable(&self) -> bool {
        let status = self.registration.as_ref().map(|registration| registration.status);
        status.is_some_and(Status::is_with_supplier) && !self.rows.is_empty()
    }

    /// Whether a change may be begun: introduced, and nothing under way.
    fn may_change(&self) -> bool {
        let is_running =
            self.registration.as_ref().is_some_and(|registration| registration.status.is_running());
        !is_running && matches!(self.supplier.stage, Stage::Active | Stage::Suspended)
    }

    fn done(&self) -> usize {
        self.rows.iter().filter(|row| is_done(row)).count()
    }

    fn progress(&self) -> String {
        let (n, all) = (self.done().to_string(), self.rows.len().to_string());
        self.page.ta("registration-progress", &[("n", &n), ("all", &all)])
    }

    fn section_name(&self, section: &Section) -> String {
        self.page.tk("registration-section", section.as_str())
    }

    /// The mark and the text of where a section stands.
    fn standing(&self, row: &SectionRow) -> (&'static str, String) {
        if let Some(forward) = self.forwards.iter().find(|f| f.section == row.section) {
            let name = if forward.name.is_empty() { &forward.email } else { &forward.name };
            return ("wait", self.page.ta("registration-forwarded", &[("name", name)]));
        }
        let standing = state::state(row);
        let mark = match standing {
            Standing::Complete => "ok",
            Standing::ChangesRequested => "due",
            Standing::InProgress => "wait",
            Standing::NotStarted | Standing::Unchanged => "none",
        };
        (mark, self.page.tk("registration-state", standing.as_str()))
    }

    fn asked_of(&self, row: &SectionRow) -> i64 {
        let here = self.asked.iter().filter(|asked| asked.section == row.section.as_str());
        here.count() as i64
    }

    /// A heading above the first section of each half.
    fn heading(&self, section: &Section) -> Option<&str> {
        match section {
            Section::Company => Some(self.page.t("registration-half-company")),
            Section::Categories => Some(self.page.t("registration-half-offer")),
            _ => None,
        }
    }
}

/// A company that has withdrawn or was declined sees how it stands, and no more.
fn is_readable(registration: &Registration, supplier: &Supplier) -> bool {
    let is_gone = matches!(supplier.stage, Stage::Withdrawn | Stage::Declined | Stage::Eliminated);
    registration.status != Status::Withdrawn && !is_gone
}

#[get("/portal/registration")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
) -> Result<OverviewPage, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| OverviewPage::load(c, page, Form::empty(), &member, &vault)).await
}

/// A file that a browser keeps and does not show.
#[derive(Responder)]
struct File {
    body: String,
    kind: ContentType,
    name: Header<'static>,
}

/// Everything that the company said, numbers masked as on the page.
#[get("/portal/registration/download")]
async fn download(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
) -> Result<File, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| {
        let supplier = suppliers::find(c, &Scope::Everything, &member.supplier_id)?;
        let registration = latest(c, &supplier.id)?.ok_or(Error::NotFound)?;
        if !is_readable(&registration, &supplier) {
            return Err(Error::NotFound);
        }
        let rows = sections(c, &registration.id)?;
        let all = reading::all(&page, &vault, &rows)?;
        let said = |(section, answers): &(Section, Vec<Answer>)| {
            let line = |answer: &Answer| {
                json!({ "field": answer.field, "question": answer.label, "answer": answer.value })
            };
            json!({
                "section": section.as_str(),
                "answers": answers.iter().map(line).collect::<Vec<_>>(),
            })
        };
        let whole = json!({
            "registration": registration.code(),
            "supplier": supplier.code(),
            "status": registration.status.as_str(),
            "submitted_at": registration.submitted_at.map(|time| time.and_utc().to_rfc3339()),
            "submitted_by": registration.submitted_name,
            "sections": all.iter().map(said).collect::<Vec<_>>(),
        });
        let name = format!("attachment; filename=\"{}.json\"", registration.code());
        Ok(File {
            body: serde_json::to_string_pretty(&whole)?,
            kind: ContentType::JSON,
            name: Header::new("Content-Disposition", name),
        })
    })
    .await
}

#[post("/portal/changes", data = "<form>")]
async fn change(
    member: Member,
    db: &State<Db>,
    vault: &State<Vault>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let vault = vault.inner().clone();
    let go = Go::to("/portal/registration");
    form.press(db, go, move |c| submission::begin_change(c, &member, &vault)).await
}

#[post("/portal/registration/withdrawal", data = "<form>")]
async fn withdraw(
    owner: Owner,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    form: Submitted<WithdrawalInput>,
) -> Result<Replied<OverviewPage>, Error> {
    let vault = vault.inner().clone();
    let member = Member { actor: owner.0.actor.clone(), supplier_id: owner.0.supplier_id.clone() };
    form.write(
        db,
        move |c, input| {
            submission::withdraw(c, &owner, input)?;
            Ok(Go::to("/portal/registration").saying("done-registration-withdrawn", ""))
        },
        move |c, form| {
            OverviewPage::load(c, page.at("/portal/registration"), form, &member, &vault)
        },
    )
    .await
}
