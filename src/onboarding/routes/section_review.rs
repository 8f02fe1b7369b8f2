//! A section of a registration beside what the register had, with a verdict and comments.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::onboarding::registration::{self, Registration, Section, Status, Verdict};
use crate::onboarding::review::compare::{self, Change, Compared};
use crate::onboarding::review::{self, Comment, VerdictInput, outcome};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::Supplier;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, judge]
}

#[derive(Template, WebTemplate)]
#[template(path = "onboarding/section_review.html")]
struct SectionPage {
    page: Page,
    registration: Registration,
    supplier: Supplier,
    section: Section,
    verdict: Verdict,
    lines: Vec<Compared>,
    documents: Vec<Document>,
    comments: Vec<Comment>,
    form: Form,
}

impl SectionPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        vault: &Vault,
        scope: &Scope,
        (id, section): (&str, Section),
        form: Form,
    ) -> Result<SectionPage, Error> {
        let (registration, supplier) = review::find(c, scope, id)?;
        let rows = registration::sections(c, id)?;
        let row = rows.into_iter().find(|row| row.section == section).ok_or(Error::NotFound)?;
        let mut comments = review::comments(c, id)?;
        comments.retain(|comment| comment.section == section);
        let documents = match section {
            Section::Documents => documents::of(c, &supplier.id)?,
            _ => Vec::new(),
        };
        Ok(SectionPage {
            page: page.at(&format!("/registrations/{id}/{}", section.as_str())),
            verdict: review::verdict(vault, &registration, &row)?,
            lines: compare::of(vault, &row)?,
            registration,
            supplier,
            section,
            documents,
            comments,
            form,
        })
    }

    fn may_judge(&self) -> bool {
        self.registration.status == Status::Submitted && self.page.may("registrations.review")
    }

    fn label(&self, line: &Compared) -> String {
        outcome::label(self.page.texts(), self.section, &line.name, line.item)
    }

    /// What stands in the comment of the section as a whole.
    fn comment_on_whole(&self) -> String {
        self.comment("")
    }

    /// What stands in the comment of a field: as typed, else the draft.
    fn comment(&self, field: &str) -> String {
        let (fields, typed) = (self.form.all("field"), self.form.all("comment"));
        if !typed.is_empty() {
            let place = fields.iter().position(|one| *one == field);
            return place.and_then(|place| typed.get(place)).unwrap_or(&"").to_string();
        }
        let draft = |one: &&Comment| one.sent_at.is_none() && one.field == field;
        self.comments.iter().find(draft).map(|one| one.comment.clone()).unwrap_or_default()
    }

    /// What was asked at a field in earlier rounds.
    fn earlier(&self, field: &str) -> Vec<&Comment> {
        self.comments.iter().filter(|one| one.sent_at.is_some() && one.field == field).collect()
    }

    fn verdicts(&self) -> Vec<(&'static str, String, bool)> {
        let typed = self.form.value("verdict");
        let chosen = if typed.is_empty() { self.verdict.as_str() } else { typed };
        [Verdict::Accepted, Verdict::Changes]
            .map(|one| {
                let code = one.as_str();
                (code, self.page.tk("verdict-do", code), code == chosen)
            })
            .into()
    }

    fn problem_at(&self, place: usize) -> Option<String> {
        self.form.problem(&self.page, &format!("comment-{place}"))
    }
}

fn section_of(text: &str) -> Result<Section, Error> {
    Section::parse(text).ok_or(Error::NotFound)
}

// Ranked after the pages whose last part is a fixed word.
#[get("/registrations/<id>/<section>", rank = 2)]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    section: &str,
) -> Result<SectionPage, Error> {
    let (section, vault) = (section_of(section)?, vault.inner().clone());
    db.read(move |c| SectionPage::load(c, page, &vault, may.scope(), (&id, section), Form::empty()))
        .await
}

#[post("/registrations/<id>/<section>", rank = 2, data = "<form>")]
async fn judge(
    may: May<right::ReviewRegistrations>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    section: &str,
    form: Submitted<VerdictInput>,
) -> Result<Answer<SectionPage>, Error> {
    let (section, vault) = (section_of(section)?, vault.inner().clone());
    let (scope, of, sealing) = (may.scope().clone(), id.clone(), vault.clone());
    form.write(
        db,
        move |c, input| {
            review::judge(c, &may, &vault, &of, section, input)?;
            Ok(Go::to(format!("/registrations/{of}")).saying("done-section-reviewed", ""))
        },
        move |c, form| SectionPage::load(c, page, &sealing, &scope, (&id, section), form),
    )
    .await
}
