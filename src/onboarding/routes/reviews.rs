//! The queue of registrations, and one of them as a whole.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::onboarding::registration::{self, Purpose, Registration, SectionRow, Status, Verdict};
use crate::onboarding::review::alarms::{self, Alarm};
use crate::onboarding::review::introduction::{self, IntroducingInput};
use crate::onboarding::review::outcome::{self, DecliningInput};
use crate::onboarding::review::{self, Comment, queue};
use crate::page::paging::Cursor;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![list, show, send, decline, introduce]
}

#[derive(Template, WebTemplate)]
#[template(path = "onboarding/registrations.html")]
struct QueuePage {
    page: Page,
    status: Status,
    rows: Vec<queue::Row>,
    next: Option<String>,
}

impl QueuePage {
    /// Whole days since it was handed in, or begun.
    fn age(&self, registration: &Registration) -> i64 {
        let since = registration.submitted_at.unwrap_or(registration.started_at);
        (now() - since).num_days()
    }
}

#[get("/registrations?<status>&<after>")]
async fn list(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    status: Option<&str>,
    after: Option<&str>,
) -> Result<QueuePage, Error> {
    let status = status.and_then(Status::parse).unwrap_or(Status::Submitted);
    let after = after.and_then(Cursor::decode);
    db.read(move |c| {
        let (rows, next) = queue::page(c, may.scope(), status, after.as_ref())?;
        let address = |next: Cursor| {
            format!("/registrations?status={}&after={}", status.as_str(), next.encode())
        };
        Ok(QueuePage { page, status, rows, next: next.map(address) })
    })
    .await
}

/// A section in the overview: its row, and the verdict that holds now.
struct SectionLine {
    row: SectionRow,
    verdict: Verdict,
    /// Comments not sent yet.
    drafts: usize,
}

#[derive(Template, WebTemplate)]
#[template(path = "onboarding/registration.html")]
struct ShowPage {
    page: Page,
    registration: Registration,
    supplier: Supplier,
    sections: Vec<SectionLine>,
    /// Comments that were sent, the newest round first.
    sent: Vec<Comment>,
    alarms: Vec<Alarm>,
    documents: Vec<Document>,
    /// Whether the viewer had a part in the review.
    has_reviewed: bool,
    form: Form,
}

impl ShowPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        vault: &Vault,
        (scope, account_id): (&Scope, &str),
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (registration, supplier) = review::find(c, scope, id)?;
        let comments = review::comments(c, id)?;
        let mut sections = Vec::new();
        for row in registration::sections(c, id)? {
            let verdict = review::verdict(vault, &registration, &row)?;
            let is_draft = |one: &&Comment| one.sent_at.is_none() && one.section == row.section;
            let drafts = comments.iter().filter(is_draft).count();
            sections.push(SectionLine { row, verdict, drafts });
        }
        let mut sent: Vec<Comment> =
            comments.into_iter().filter(|comment| comment.sent_at.is_some()).collect();
        sent.sort_by_key(|comment| -comment.round);
        Ok(ShowPage {
            page: page.at(&format!("/registrations/{id}")),
            alarms: alarms::of(c, vault, &registration)?,
            documents: documents::of(c, &supplier.id)?,
            has_reviewed: introduction::has_reviewed(c, &registration, account_id)?,
            registration,
            supplier,
            sections,
            sent,
            form,
        })
    }

    fn is_read(&self) -> bool {
        self.sections.iter().all(|line| line.verdict != Verdict::None)
    }

    fn asks_for_changes(&self) -> bool {
        self.sections.iter().any(|line| line.verdict == Verdict::Changes)
    }

    fn may_review(&self) -> bool {
        self.page.may("registrations.review")
    }

    fn awaits_introduction(&self) -> bool {
        self.registration.status == Status::Accepted
            && self.registration.purpose == Purpose::Introduction
    }

    fn mark(&self, line: &SectionLine) -> &'static str {
        match line.verdict {
            Verdict::Accepted => "ok",
            Verdict::Changes => "due",
            Verdict::None => "wait",
        }
    }
}

#[get("/registrations/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
) -> Result<ShowPage, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| {
        let viewer = (may.scope(), may.actor().account_id.as_str());
        ShowPage::load(c, page, &vault, viewer, &id, Form::empty())
    })
    .await
}

#[post("/registrations/<id>/outcome", data = "<_form>")]
async fn send(
    may: May<right::ReviewRegistrations>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let vault = vault.inner().clone();
    db.write(move |c| {
        let said = match outcome::send(c, &may, &vault, &id)? {
            Status::ChangesRequested => "done-changes-requested",
            _ => "done-registration-accepted",
        };
        Ok(Go::to(format!("/registrations/{id}")).saying(said, ""))
    })
    .await
}

#[post("/registrations/<id>/decline", data = "<form>")]
async fn decline(
    may: May<right::ReviewRegistrations>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<DecliningInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, vault) = (may.actor().clone(), vault.inner().clone());
    let (of, sealing) = (id.clone(), vault.clone());
    form.write(
        db,
        move |c, input| {
            let declined = outcome::decline(c, &may, &vault, &of, input)?;
            let to = format!("/registrations/{of}");
            Ok(Go::to(to).saying("done-registration-declined", &declined.legal_name))
        },
        move |c, form| {
            let viewer = (&actor.scope, actor.account_id.as_str());
            ShowPage::load(c, page, &sealing, viewer, &id, form)
        },
    )
    .await
}

#[post("/registrations/<id>/introduction", data = "<form>")]
async fn introduce(
    may: May<right::IntroduceSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<IntroducingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, vault) = (may.actor().clone(), vault.inner().clone());
    let (of, sealing) = (id.clone(), vault.clone());
    form.write(
        db,
        move |c, input| {
            let made = introduction::introduce(c, &may, &vault, &of, input)?;
            let to = format!("/suppliers/{}", made.id);
            Ok(Go::to(to).saying("done-introduced", &made.legal_name))
        },
        move |c, form| {
            let viewer = (&actor.scope, actor.account_id.as_str());
            ShowPage::load(c, page, &sealing, viewer, &id, form)
        },
    )
    .await
}
