//! The form that brings a case, with a document that proves it.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use diesel::prelude::*;
use rocket::{Route, State, get, post, routes};

use super::propose::effect_of;
use super::query::number_of;
use super::routes::violations_of;
use super::{ProposalInput, may_propose, may_take, propose, steps, take};
use crate::Settings;
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::documents::check::ACCEPTED;
use crate::documents::{Desk, Store, Stored, Uploader};
use crate::error::Error;
use crate::inspections::Severity;
use crate::inspections::results::list as effects;
use crate::once::{Once, earlier, once};
use crate::page::{Answer, Form, Go, Page, Papers};
use crate::punishments::Origin;
use crate::punishments::standards::{self, Standard};
use crate::schema::suppliers as table;
use crate::suppliers::{self, Supplier};
use crate::values::{calendar_day, is_id, now};

pub(super) fn routes() -> Vec<Route> {
    routes![form, send]
}

/// The form, once a company is named.
struct About {
    supplier: Supplier,
    /// The standards in force on the day that was typed, or today.
    standards: Vec<Standard>,
    /// The inspection and the findings behind the case, where it comes from one.
    inspection: Option<(String, String)>,
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    /// What was written to find a company that is none.
    asked: String,
    about: Option<About>,
}

impl NewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        actor: &Actor,
        (asked, effect): (&str, &str),
        form: Form,
    ) -> Result<NewPage, Error> {
        let page = page.at("/punishments/new");
        let asked = asked.trim().to_string();
        let Some(id) = company_of(c, &asked)? else {
            return Ok(NewPage { page, form, asked, about: None });
        };
        let supplier = suppliers::find(c, &actor.scope, &id)?;
        let (mut form, mut inspection) = (form, None);
        if !effect.is_empty() {
            effect_of(c, &actor.scope, &supplier.id, effect)?;
            let (led, rule, visited, _) = effects::find(c, &actor.scope, effect)?;
            inspection = Some((visited.id.clone(), visited.code()));
            if form.all("facts").is_empty() {
                let found = effects::findings_of(c, &led, &rule)?;
                let facts: Vec<String> =
                    found.iter().map(|one| format!("{}: {}", one.code(), one.statement)).collect();
                let day = visited.visited_on.map(|day| day.to_string()).unwrap_or_default();
                let facts = facts.join("\n");
                form = Form::of(&[
                    ("facts", facts.as_str()),
                    ("deed_on", day.as_str()),
                    ("severity", rule.severity.as_str()),
                    ("effect", effect),
                ]);
            }
        }
        let day = calendar_day(form.value("deed_on").trim()).unwrap_or_else(|| now().date());
        let standards = match standards::in_force(c, day)? {
            Some(version) => standards::standards_of(c, &version.id)?,
            None => Vec::new(),
        };
        Ok(NewPage { page, form, asked, about: Some(About { supplier, standards, inspection }) })
    }

    fn violations(&self, about: &About) -> Vec<(String, String, bool)> {
        let chosen = self.form.value("violation");
        let all = violations_of(&self.page, &about.standards).into_iter();
        all.map(|(code, name)| {
            let is_chosen = code == chosen;
            (code, name, is_chosen)
        })
        .collect()
    }

    fn severities(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("severity");
        let one = |severity: &Severity| {
            let code = severity.as_str();
            (code, self.page.tk("finding-severity", code), code == chosen)
        };
        Severity::ALL.iter().map(one).collect()
    }

    fn origins(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("origin");
        let one = |origin: &Origin| {
            let code = origin.as_str();
            (code, self.page.tk("punishment-origin", code), code == chosen)
        };
        let by_hand = Origin::ALL.iter().filter(|one| **one != Origin::Inspection);
        by_hand.map(one).collect()
    }

    /// The endings of files that are taken.
    fn accepted(&self) -> &'static str {
        ACCEPTED
    }

    /// Whether to ask if it is another case.
    fn asks_again(&self) -> bool {
        self.form.problem(&self.page, "confirm_duplicate").is_some()
            || self.form.value("confirm_duplicate") == "on"
    }
}

/// The id of the company that an id or a number names. What names none leads back to the question.
fn company_of(c: &mut AnyConnection, asked: &str) -> Result<Option<String>, Error> {
    if is_id(asked) {
        return Ok(Some(asked.to_string()));
    }
    let Some(number) = number_of(asked) else { return Ok(None) };
    let found = table::table.filter(table::number.eq(number)).select(table::id);
    Ok(found.first(c).optional()?)
}

/// `supplier` is the id of the company or its number; `effect` what an inspection led to; `violation` the code
/// of one that is chosen already.
#[get("/punishments/new?<supplier>&<effect>&<violation>")]
async fn form(
    may: May<right::ProposePunishments>,
    page: Page,
    db: &State<Db>,
    supplier: Option<String>,
    effect: Option<String>,
    violation: Option<String>,
) -> Result<NewPage, Error> {
    let chosen = violation.map(|code| Form::of(&[("violation", code.as_str())]));
    let (supplier, effect) = (supplier.unwrap_or_default(), effect.unwrap_or_default());
    db.read(move |c| {
        let asked = (supplier.as_str(), effect.trim());
        NewPage::load(c, page, may.actor(), asked, chosen.unwrap_or_default())
    })
    .await
}

#[post("/punishments", data = "<papers>")]
async fn send(
    may: May<right::ProposePunishments>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    papers: Papers<'_>,
) -> Result<Answer<NewPage>, Error> {
    let may = Arc::new(may);
    let supplier = papers.typed("supplier").to_string();
    let effect = papers.typed("effect").trim().to_string();
    let desk = Desk { db, store, settings };
    match bring(desk, may.clone(), supplier.clone(), papers).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again =
                db.read(move |c| NewPage::load(c, page, may.actor(), (&supplier, &effect), form));
            Ok(Answer::Again(again.await?))
        }
    }
}

/// Brings a case, its file with it: both in one write.
async fn bring(
    desk: Desk<'_>,
    may: Arc<May<right::ProposePunishments>>,
    supplier: String,
    papers: Papers<'_>,
) -> Result<Result<Go, Form>, Error> {
    let text = |field: &str| papers.typed(field).to_string();
    let input = ProposalInput {
        violation: text("violation"),
        severity: text("severity"),
        origin: text("origin"),
        deed_on: text("deed_on"),
        facts: text("facts"),
        effect: text("effect"),
        confirm_duplicate: text("confirm_duplicate"),
    };
    let key = papers.key().to_string();
    let asking = (may.clone(), input.clone(), supplier.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (by, input, supplier, key) = asking;
        // Sent twice it is no second one: what was made then is the answer.
        if let Some(kept) = earlier(c, by.actor(), &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        may_propose(c, &by, &supplier, &input)?;
        if let Some(size) = size {
            may_take(c, &Uploader::Proposer(&by), (&supplier, None), size)?;
        }
        Ok(None)
    };
    let work = move |c: &mut AnyConnection, stored: Option<Stored>| {
        let done = once(c, may.actor(), &key, |c| {
            let case = propose(c, &may, &supplier, &input)?;
            if let Some(stored) = stored {
                let all = steps::of(c, &case.id)?;
                let step = all.first().map(|step| step.id.clone()).ok_or(Error::NotFound)?;
                take(c, &Uploader::Proposer(&may), &case, &step, &stored)?;
            }
            let go = Go::to(format!("/punishments/{}", case.id));
            let go = go.saying("done-punishment-proposed", &case.code());
            Ok((go.kept(), go))
        })?;
        Ok(match done {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    desk.take_with(&papers, ask, work).await
}
