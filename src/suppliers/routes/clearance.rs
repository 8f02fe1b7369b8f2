//! May we order? The answer on top of a company's page, and a page for any category and day.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::page::Page;
use crate::suppliers::clearance::{self, Area, Facts, HoldSources, Reason, clearance, detail};
use crate::suppliers::{Supplier, find};
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![ask]
}

/// The answer as a page shows it.
pub(super) struct Shown {
    pub cleared: bool,
    /// What was asked.
    pub question: String,
    pub is_future: bool,
    /// Ids and names, and which was asked for.
    pub categories: Vec<(String, String, bool)>,
    pub on: NaiveDate,
    pub reasons: Vec<Line>,
}

/// A reason in words, with what to do, and where if the viewer may.
pub(super) struct Line {
    pub text: String,
    pub todo: String,
    pub href: Option<String>,
}

impl Shown {
    /// The answer for a category, one of `categories`, on a day.
    pub(super) fn of(
        page: &Page,
        supplier: &Supplier,
        facts: &Facts,
        categories: &[Category],
        chosen: Option<&Category>,
        on: NaiveDate,
    ) -> Shown {
        let found = clearance(facts, chosen.map(|category| category.id.as_str()), on);
        let name = chosen.map(|category| name_of(page, category)).unwrap_or_default();
        let line = |reason: &Reason| Line {
            text: detail(page.texts(), reason, name),
            todo: page.tk("clearance-todo", reason.code),
            href: place_to_mend(page, supplier, reason),
        };
        let day = on.to_string();
        let question = match chosen {
            Some(_) => page.ta("clearance-for", &[("category", name), ("on", &day)]),
            None => page.ta("clearance-for-any", &[("on", &day)]),
        };
        let choice = |category: &Category| {
            let is_chosen = chosen.is_some_and(|chosen| chosen.id == category.id);
            (category.id.clone(), name_of(page, category).to_string(), is_chosen)
        };
        Shown {
            cleared: found.is_cleared(),
            question,
            is_future: on > now().date(),
            categories: categories.iter().map(choice).collect(),
            on,
            reasons: found.reasons.iter().map(line).collect(),
        }
    }
}

fn name_of<'a>(page: &Page, category: &'a Category) -> &'a str {
    page.pick(&category.name_en, &category.name_zh)
}

/// Where what a reason says can be mended, if the viewer may do so.
fn place_to_mend(page: &Page, supplier: &Supplier, reason: &Reason) -> Option<String> {
    let rest = match reason.code {
        "not_in_register" | "category_closed" => return None,
        // Its tab shows everybody what is missing; what they may do about it stands there.
        _ if matches!(reason.area, Area::Certification | Area::Certificates) => {
            "/certification".into()
        }
        _ if reason.area == Area::Clauses => "/clauses".into(),
        // Nobody else sees why.
        _ if reason.area == Area::Punishments && page.may("punishments.read") => {
            "/punishments".into()
        }
        "identifier_unconfirmed" if page.may("identifiers.confirm") => "#identifiers".to_string(),
        _ if !page.may("suppliers.edit") => return None,
        "identifier_unconfirmed" => return None,
        "no_place" | "no_address" => format!("/sites/{}", supplier.registered_site_id),
        "no_contact" => "/contacts/new".into(),
        "no_identifier" => "/identifiers/new".into(),
        "category_not_offered" => "/edit".into(),
        _ if reason.area == Area::Stage && !supplier.stage.next().is_empty() => "/stage".into(),
        _ => return None,
    };
    Some(format!("/suppliers/{}{rest}", supplier.id))
}

/// The facts of one company.
pub(super) fn facts_of(
    c: &mut AnyConnection,
    sources: HoldSources,
    id: &str,
) -> Result<Facts, Error> {
    clearance::load(c, sources, &[id])?.remove(id).ok_or(Error::NotFound)
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/clearance.html")]
struct ClearancePage {
    page: Page,
    supplier: Supplier,
    answer: Shown,
    /// Each category that the company offers: name, and the answer.
    offered: Vec<(String, Shown)>,
}

/// `category` is the id of an open category or of one that the company offers; `on` a day as
/// `YYYY-MM-DD`, today when missing.
#[get("/suppliers/<id>/clearance?<category>&<on>")]
async fn ask(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    sources: &State<HoldSources>,
    id: &str,
    category: Option<String>,
    on: Option<String>,
) -> Result<ClearancePage, Error> {
    let (id, sources) = (id.to_string(), *sources.inner());
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let on = day(on.as_deref())?;
        let facts = facts_of(c, sources, &id)?;
        let offers = categories::of_supplier(c, &id)?;
        let mut choices = offers.clone();
        choices.extend(categories::all(c)?.into_iter().filter(|one| !is_among(&offers, &one.id)));
        let chosen = match category.as_deref().filter(|id| !id.is_empty()) {
            Some(id) => Some(choices.iter().find(|one| one.id == id).ok_or(Error::NotFound)?),
            None => None,
        };
        let answer = Shown::of(&page, &supplier, &facts, &choices, chosen, on);
        let each = |one: &Category| {
            let shown = Shown::of(&page, &supplier, &facts, &[], Some(one), on);
            (name_of(&page, one).to_string(), shown)
        };
        let offered = offers.iter().map(each).collect();
        Ok(ClearancePage { answer, offered, supplier, page })
    })
    .await
}

fn is_among(categories: &[Category], id: &str) -> bool {
    categories.iter().any(|one| one.id == id)
}

/// A day that cannot be read is refused: today's answer must not pass for another day's.
fn day(text: Option<&str>) -> Result<NaiveDate, Error> {
    let unreadable = || Error::from(Problems::one("on", "clearance_date"));
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(now().date()),
        Some(text) if text.len() != 10 => Err(unreadable()),
        Some(text) => text.parse().map_err(|_| unreadable()),
    }
}
