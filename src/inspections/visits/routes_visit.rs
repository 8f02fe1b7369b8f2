//! The page that an inspector goes through on site: it saves each answer by itself.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Status};
use rocket::{Route, State, get, post, routes};
use serde_json::{Map, Value, json};

use super::facts::{self, FactsInput};
use super::outcome::{ResultInput, Saved, save};
use super::sheet::{Line, Sheet};
use super::sign_off::{SignOffInput, sign_off};
use super::{ItemResult, writable};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::documents::check::ACCEPTED;
use crate::error::{Error, Problems};
use crate::inspections::{Inspection, Outcome};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::{self, Supplier};
use crate::values::now;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![visit, save_one, save_quietly, save_facts, sign_off_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/visit.html")]
pub(super) struct VisitPage {
    page: Page,
    /// What was typed in one of the page's forms.
    form: Form,
    /// The item whose form it was, "" for a form of the whole.
    at: String,
    /// Only items without a result are shown.
    left: bool,
    inspection: Inspection,
    supplier: Supplier,
    sheet: Sheet,
    account_id: String,
}

impl VisitPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        may: &May<right::Inspect>,
        id: &str,
        (form, at): (Form, &str),
        left: bool,
    ) -> Result<VisitPage, Error> {
        let inspection = writable(c, may, id)?;
        Ok(VisitPage {
            page: page.at(&format!("/inspections/{id}/visit")),
            form,
            at: at.to_string(),
            left,
            supplier: suppliers::find(c, may.scope(), &inspection.supplier_id)?,
            sheet: Sheet::load(c, &inspection)?,
            account_id: may.actor().account_id.clone(),
            inspection,
        })
    }

    fn link(&self, rest: &str) -> String {
        format!("/inspections/{}{rest}", self.inspection.id)
    }

    fn accepted(&self) -> &'static str {
        ACCEPTED
    }

    fn is_at(&self, line: &Line) -> bool {
        self.at == line.item.id
    }

    fn is_shown(&self, line: &Line) -> bool {
        !self.left || line.result.is_none() || self.is_at(line)
    }

    /// The sections with the items that are shown.
    fn sections(&self) -> Vec<(&str, Vec<&Line>)> {
        let mut all = self.sheet.sections(self.page.language());
        for (_, lines) in &mut all {
            lines.retain(|line| self.is_shown(line));
        }
        all.retain(|(_, lines)| !lines.is_empty());
        all
    }

    fn progress(&self) -> String {
        let (done, all) = (self.sheet.done().to_string(), self.sheet.all().to_string());
        self.page.ta("inspection-progress", &[("done", &done), ("all", &all)])
    }

    fn percent(&self) -> usize {
        self.sheet.done() * 100 / self.sheet.all().max(1)
    }

    /// Whether what was typed at an item came back.
    fn came_back(&self, line: &Line) -> bool {
        self.is_at(line) && (!self.form.value("outcome").is_empty() || self.has_problem(line))
    }

    fn has_problem(&self, line: &Line) -> bool {
        let has = |field: &str| self.form.problem(&self.page, field).is_some();
        self.is_at(line) && ["outcome", "remark", "revision"].into_iter().any(has)
    }

    fn problem(&self, line: &Line, field: &str) -> Option<String> {
        self.form.problem(&self.page, field).filter(|_| self.is_at(line))
    }

    /// The outcomes to choose from: value, words, whether chosen.
    fn outcomes(&self, line: &Line) -> Vec<(&'static str, String, bool)> {
        let chosen = match self.came_back(line) {
            true => self.form.value("outcome"),
            false => line.outcome().map_or("", Outcome::as_str),
        };
        let choice = |outcome: &Outcome| {
            let words = self.page.tk("inspection-outcome", outcome.as_str());
            (outcome.as_str(), words, outcome.as_str() == chosen)
        };
        Outcome::ALL.iter().map(choice).collect()
    }

    fn remark<'a>(&'a self, line: &'a Line) -> &'a str {
        match self.came_back(line) {
            true => self.form.value("remark"),
            false => line.result.as_ref().map_or("", |result| result.remark.as_str()),
        }
    }

    fn revision(&self, line: &Line) -> i64 {
        line.result.as_ref().map_or(0, |result| result.revision)
    }

    /// What another page has saved meanwhile, where this one's answer came back for that.
    fn newer<'a>(&self, line: &'a Line) -> Option<&'a ItemResult> {
        let differs = self.problem(line, "revision").is_some();
        line.result.as_ref().filter(|_| differs)
    }

    fn of_result(&self, result: &ItemResult) -> String {
        self.page.tk("inspection-outcome", result.outcome.as_str())
    }

    /// What is wrong, each with the id of its field: those of items carry the item's position.
    fn problems(&self) -> Vec<(String, String)> {
        let line = self.sheet.lines.iter().find(|line| self.is_at(line));
        let placed = |(field, text): (String, String)| match (line, field.as_str()) {
            (Some(line), "revision") => (format!("outcome-{}", line.item.position), text),
            (Some(line), _) => (format!("{field}-{}", line.item.position), text),
            (None, _) => (field, text),
        };
        self.form.problems(&self.page).into_iter().map(placed).collect()
    }

    /// What a field of the whole holds: as typed, or as kept.
    fn kept<'a>(&'a self, field: &str, kept: &'a str) -> &'a str {
        match self.form.value(field) {
            "" => kept,
            typed => typed,
        }
    }

    fn visited_on(&self) -> String {
        match (self.form.value("visited_on"), self.inspection.visited_on) {
            ("", Some(day)) => day.to_string(),
            ("", None) => now().date().to_string(),
            (typed, _) => typed.to_string(),
        }
    }
}

#[get("/inspections/<id>/visit?<left>")]
async fn visit(
    may: May<right::Inspect>,
    page: Page,
    db: &State<Db>,
    id: String,
    left: Option<&str>,
) -> Result<VisitPage, Error> {
    let left = left == Some("on");
    db.read(move |c| VisitPage::load(c, page, &may, &id, (Form::empty(), ""), left)).await
}

#[post("/inspections/<id>/results/<item>", data = "<form>")]
async fn save_one(
    may: May<right::Inspect>,
    page: Page,
    db: &State<Db>,
    id: String,
    item: String,
    form: Submitted<ResultInput>,
) -> Result<Answer<VisitPage>, Error> {
    let left = form.typed("left") == "on";
    let of = (id.clone(), item.clone());
    let may = std::sync::Arc::new(may);
    let by = may.clone();
    form.write(
        db,
        move |c, input| match save(c, &by, &of.0, &of.1, input)? {
            Saved::Done(_) => Ok(Go::to(back(&of.0, &of.1, left))),
            Saved::Differs(_) => Err(Problems::one("revision", "inspection_differs").into()),
        },
        move |c, form| {
            // An item of another checklist is none, whatever was typed.
            let page = VisitPage::load(c, page, &may, &id, (form, &item), left)?;
            let is_there = page.sheet.lines.iter().any(|line| line.item.id == item);
            if is_there { Ok(page) } else { Err(Error::NotFound) }
        },
    )
    .await
}

/// Back to the item; where it is shown no more, to those that are left.
pub(super) fn back(id: &str, item: &str, left: bool) -> String {
    match left {
        true => format!("/inspections/{id}/visit?left=on#items"),
        false => format!("/inspections/{id}/visit#i-{item}"),
    }
}

/// The same for the page's script: what is kept now, as JSON. 409 with the newer answer where another
/// page has saved one, 422 with what is wrong by field.
#[post("/inspections/<id>/saved-results/<item>", data = "<form>")]
async fn save_quietly(
    may: May<right::Inspect>,
    page: Page,
    db: &State<Db>,
    id: String,
    item: String,
    form: Submitted<ResultInput>,
) -> Result<(Status, (ContentType, String)), Error> {
    let answer = form
        .handle(|input| {
            db.write(move |c| {
                let saved = save(c, &may, &id, &item, &input)?;
                let inspection = writable(c, &may, &id)?;
                Ok((saved, Sheet::load(c, &inspection)?))
            })
        })
        .await?;
    let (status, body) = match answer {
        Ok((Saved::Done(kept), sheet)) => (Status::Ok, told(&page, &kept, &sheet)),
        Ok((Saved::Differs(newer), sheet)) => (Status::Conflict, told(&page, &newer, &sheet)),
        Err(form) => {
            let of = |field: &str| form.problem(&page, field).map(Value::from);
            let named = ["outcome", "remark", "revision", "form"];
            let found = named.into_iter().filter_map(|field| Some((field.to_string(), of(field)?)));
            let problems: Map<String, Value> = found.collect();
            (Status::UnprocessableEntity, json!({ "problems": problems }))
        }
    };
    Ok((status, (ContentType::JSON, body.to_string())))
}

fn told(page: &Page, result: &ItemResult, sheet: &Sheet) -> Value {
    json!({
        "outcome": result.outcome,
        "outcome_text": page.tk("inspection-outcome", result.outcome.as_str()),
        "remark": result.remark,
        "revision": result.revision,
        "recorded_name": result.recorded_name,
        "done": sheet.done(),
        "all": sheet.all(),
    })
}

#[post("/inspections/<id>/facts", data = "<form>")]
async fn save_facts(
    may: May<right::Inspect>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<FactsInput>,
) -> Result<Answer<VisitPage>, Error> {
    let of = id.clone();
    let may = std::sync::Arc::new(may);
    let by = may.clone();
    form.write(
        db,
        move |c, input| {
            facts::save(c, &by, &of, input)?;
            let go = Go::to(format!("/inspections/{of}/visit"));
            Ok(go.saying("done-inspection-facts", ""))
        },
        move |c, form| VisitPage::load(c, page, &may, &id, (form, ""), false),
    )
    .await
}

#[post("/inspections/<id>/sign-off", data = "<form>")]
async fn sign_off_one(
    may: May<right::Inspect>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<SignOffInput>,
) -> Result<Answer<VisitPage>, Error> {
    let (vault, of) = (vault.inner().clone(), id.clone());
    let may = std::sync::Arc::new(may);
    let by = may.clone();
    form.write(
        db,
        move |c, input| {
            let found = sign_off(c, &by, &vault, &of, input)?;
            let go = Go::to(format!("/inspections/{of}"));
            Ok(go.saying("done-inspection-signed-off", &found.len().to_string()))
        },
        move |c, form| VisitPage::load(c, page, &may, &id, (form, ""), false),
    )
    .await
}
