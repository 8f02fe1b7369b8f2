//! The forms in which a company says what it did about a finding. A form that was begun is kept for its
//! person, when they ask for it and when their session has run out.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use diesel::prelude::*;
use rocket::{Route, State, get, post, routes};

use super::answer::{may_answer, may_contain};
use super::dispute::may_dispute;
use super::routes_portal::page_of;
use super::steps::has_happened;
use super::{
    AnswerInput, ContainmentInput, DisputeInput, Finding, Status, StepKind, answer, contain,
    dispute, find_of,
};
use crate::Settings;
use crate::access::{Member, Writer};
use crate::db::{AnyConnection, Db};
use crate::documents::check::ACCEPTED;
use crate::documents::{self, Desk, Document, DocumentInput, Kind, Store, Stored, Uploader};
use crate::error::{Error, Problems};
use crate::inspections::checklists::Item;
use crate::onboarding::registration::unsaved;
use crate::once::{Once, earlier, once};
use crate::page::{Answer, Form, Go, Page, Papers};
use crate::schema::{accounts, checklist_items};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![form, send]
}

text_enum! {
    /// What a company may do about a finding, by the address of its form.
    Act {
        Containment = "containment",
        Answer = "answer",
        Dispute = "dispute",
    }
}

impl Act {
    /// Whether the company may do it now.
    pub(super) fn is_possible(
        self,
        c: &mut AnyConnection,
        finding: &Finding,
    ) -> Result<bool, Error> {
        Ok(match self {
            Act::Containment => finding.status.is_open() && finding.is_uncontained(),
            Act::Answer => finding.status == Status::Open,
            Act::Dispute => {
                finding.status == Status::Open && !has_happened(c, &finding.id, StepKind::Upheld)?
            }
        })
    }

    /// What its form is called among those that are kept.
    pub(super) fn form_of(self, id: &str) -> String {
        format!("finding-{}:{id}", self.as_str())
    }

    fn done(self) -> &'static str {
        match self {
            Act::Containment => "done-finding-contained",
            Act::Answer => "done-finding-answered",
            Act::Dispute => "done-finding-disputed",
        }
    }
}

/// What was written into a form.
#[derive(Clone)]
enum Said {
    Containment(ContainmentInput),
    Answer(AnswerInput),
    Dispute(DisputeInput),
}

impl Said {
    fn of(act: Act, papers: &Papers<'_>) -> Said {
        let text = |field: &str| papers.typed(field).to_string();
        let chosen = papers.fields.iter().filter(|(name, _)| name == "documents");
        let documents = chosen.map(|(_, id)| id.clone()).collect();
        match act {
            Act::Containment => {
                let containment = text("containment");
                Said::Containment(ContainmentInput { containment, documents })
            }
            Act::Answer => Said::Answer(AnswerInput {
                root_cause: text("root_cause"),
                corrective_action: text("corrective_action"),
                action_owner: text("action_owner"),
                done_on: text("done_on"),
                documents,
            }),
            Act::Dispute => {
                let dispute_reason = text("dispute_reason");
                Said::Dispute(DisputeInput { dispute_reason, documents })
            }
        }
    }

    /// Passes where it can be taken.
    fn ask(&self, c: &mut AnyConnection, by: &Member, id: &str, file: bool) -> Result<(), Error> {
        match self {
            Said::Containment(input) => may_contain(c, by, id, input, file).map(|_| ()),
            Said::Answer(input) => may_answer(c, by, id, input, file).map(|_| ()),
            Said::Dispute(input) => may_dispute(c, by, id, input).map(|_| ()),
        }
    }

    fn take(self, c: &mut AnyConnection, by: &Member, id: &str) -> Result<Finding, Error> {
        match self {
            Said::Containment(input) => contain(c, by, id, &input),
            Said::Answer(input) => answer(c, by, id, &input),
            Said::Dispute(input) => dispute(c, by, id, &input),
        }
    }

    fn with(mut self, document: Document) -> Said {
        match &mut self {
            Said::Containment(ContainmentInput { documents, .. })
            | Said::Answer(AnswerInput { documents, .. })
            | Said::Dispute(DisputeInput { documents, .. }) => documents.push(document.id),
        }
        self
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "findings/portal_form.html")]
struct FormPage {
    page: Page,
    act: Act,
    finding: Finding,
    item: Item,
    form: Form,
    documents: Vec<Document>,
    /// Whether the form is filled with what was typed before.
    is_kept: bool,
}

impl FormPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        finding: Finding,
        act: Act,
        (form, is_kept): (Form, bool),
    ) -> Result<FormPage, Error> {
        let item: Item =
            checklist_items::table.find(&finding.item_id).select(Item::as_select()).first(c)?;
        let documents = documents::of(c, &finding.supplier_id)?;
        let page = page.at(&format!("{}/{}", page_of(&finding), act.as_str()));
        Ok(FormPage { page, act, finding, item, form, documents, is_kept })
    }

    fn day(&self, day: &NaiveDate) -> String {
        self.page.day(day)
    }

    /// The endings of files that are taken.
    fn accepted(&self) -> &'static str {
        ACCEPTED
    }

    /// Whether one of the documents is chosen, or something is wrong with the choice.
    fn has_chosen(&self) -> bool {
        let chosen = self.documents.iter().any(|one| self.form.has("documents", &one.id));
        chosen || self.form.problem(&self.page, "documents").is_some()
    }
}

/// `fresh` asks for an empty form in place of what was kept.
#[get("/portal/findings/<id>/<act>?<fresh>", rank = 2)]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn form(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    act: &str,
    fresh: Option<String>,
) -> Result<Result<FormPage, Go>, Error> {
    let act = Act::parse(act).ok_or(Error::NotFound)?;
    let vault = vault.inner().clone();
    db.read(move |c| {
        let finding = find_of(c, &member.supplier_id, &id)?;
        if !act.is_possible(c, &finding)? {
            return Ok(Err(Go::to(page_of(&finding))));
        }
        let kept = match fresh {
            Some(_) => None,
            None => unsaved::of(c, &vault, &member.actor.account_id, &act.form_of(&id))?,
        };
        let filled = match kept {
            Some(typed) => (Form::rejected(typed, Problems::default()), true),
            None => (Form::empty(), false),
        };
        FormPage::load(c, page, finding, act, filled).map(Ok)
    })
    .await
}

#[post("/portal/findings/<id>/<act>", data = "<papers>", rank = 2)]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn send(
    writer: Writer,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    vault: &State<Vault>,
    id: String,
    act: &str,
    papers: Papers<'_>,
) -> Result<Answer<FormPage>, Error> {
    let act = Act::parse(act).ok_or(Error::NotFound)?;
    let vault = vault.inner().clone();
    let typed = kept_fields(&papers);
    let member = match writer {
        Writer::Here(member) => member,
        Writer::Gone(account) => {
            let next = format!("/portal/findings/{id}/{}", act.as_str());
            db.write(move |c| keep_for(c, &vault, &account, act, &id, &typed)).await?;
            let go = Go::to(format!("/sign-in?next={next}"));
            return Ok(Answer::Go(go.saying("done-typed-kept", "")));
        }
    };
    if papers.typed("do") == "later" {
        let account = member.actor.account_id.clone();
        let to = format!("/portal/findings/{id}");
        db.write(move |c| keep_for(c, &vault, &account, act, &id, &typed)).await?;
        return Ok(Answer::Go(Go::to(to).saying("done-finding-kept", "")));
    }
    let member = Arc::new(member);
    let desk = Desk { db, store, settings };
    match take(desk, member.clone(), act, id.clone(), papers).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| {
                let finding = find_of(c, &member.supplier_id, &id)?;
                FormPage::load(c, page, finding, act, (form, false))
            });
            Ok(Answer::Again(again.await?))
        }
    }
}

/// Takes what a company says, its file with it: both in one write.
async fn take(
    desk: Desk<'_>,
    member: Arc<Member>,
    act: Act,
    id: String,
    papers: Papers<'_>,
) -> Result<Result<Go, Form>, Error> {
    let (said, key) = (Said::of(act, &papers), papers.key().to_string());
    let about = DocumentInput { kind: Kind::Other.as_str().into(), ..Default::default() };
    let asking = (member.clone(), said.clone(), id.clone(), about.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (by, said, id, about, key) = asking;
        // Sent twice it is no second one: what was made then is the answer.
        if let Some(kept) = earlier(c, &by.actor, &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        said.ask(c, &by, &id, size.is_some())?;
        if let Some(size) = size {
            let uploader = Uploader::Company(&by);
            documents::may_add(c, &uploader, &by.supplier_id, &about, size)?;
        }
        Ok(None)
    };
    let work = move |c: &mut AnyConnection, stored: Option<Stored>| {
        let done = once(c, &member.actor, &key, |c| {
            let mut said = said;
            if let Some(stored) = stored {
                said.ask(c, &member, &id, true)?;
                let uploader = Uploader::Company(&member);
                let added = documents::add(c, &uploader, &member.supplier_id, &stored, &about)?;
                said = said.with(added);
            }
            let finding = said.take(c, &member, &id)?;
            unsaved::forget(c, &member.actor.account_id, &act.form_of(&id))?;
            let go = Go::to(page_of(&finding)).saying(act.done(), &finding.code());
            Ok((go.kept(), go))
        })?;
        Ok(match done {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    desk.take_with(&papers, ask, work).await
}

/// Keeps a form about a finding of the person's own company.
fn keep_for(
    c: &mut AnyConnection,
    vault: &Vault,
    account_id: &str,
    act: Act,
    id: &str,
    typed: &[(String, String)],
) -> Result<(), Error> {
    let company: Option<String> =
        accounts::table.find(account_id).select(accounts::supplier_id).first(c)?;
    find_of(c, company.as_deref().unwrap_or_default(), id)?;
    unsaved::keep(c, vault, account_id, &act.form_of(id), typed)
}

/// What of a form is kept: not what proves whose it is.
fn kept_fields(papers: &Papers<'_>) -> Vec<(String, String)> {
    let ours = ["_token", "form_key", "do"];
    let fields = papers.fields.iter().filter(|(name, _)| !ours.contains(&name.as_str()));
    fields.cloned().collect()
}
