//! The pages of needs: the list, one need, its candidates beside each other.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::FromForm;
use rocket::http::RawStr;
use rocket::{Route, State as Managed, get, routes};

use super::criteria::{self, Criterion};
use super::list::{self, Asked, State};
use super::{Need, find};
use crate::access::{May, Scope, right};
use crate::audit;
use crate::audit::view::{self, Line};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::candidates::list::of_need;
use crate::onboarding::candidates::{Candidate, Status};
use crate::onboarding::screening::{self, Screening, Standing};
use crate::page::paging::Cursor;
use crate::page::{Form, Page};
use crate::regions;
use crate::values::now;

/// Records of its trail that a need's page shows.
const TRAIL: i64 = 20;
/// What stands in an address for needs that any place serves.
const ANYWHERE: &str = "anywhere";

pub fn routes() -> Vec<Route> {
    let own = routes![index, show, comparison];
    [own, super::routes_form::routes(), super::routes_change::routes()].concat()
}

/// The filters of the address.
#[derive(Clone, Debug, Default, FromForm)]
struct Query {
    state: Option<String>,
    category: Option<String>,
    area: Option<String>,
    after: Option<String>,
}

impl Query {
    fn asked(&self) -> Asked {
        let set = |field: &Option<String>| field.clone().filter(|value| !value.is_empty());
        let area = set(&self.area);
        Asked {
            state: self.state.as_deref().and_then(State::parse),
            category: set(&self.category),
            area: area.map(|area| if area == ANYWHERE { String::new() } else { area }),
            after: self.after.as_deref().and_then(Cursor::decode),
        }
    }

    fn is_narrowed(&self) -> bool {
        [&self.state, &self.category, &self.area]
            .iter()
            .any(|f| f.as_ref().is_some_and(|v| !v.is_empty()))
    }

    fn is(&self, field: &Option<String>, value: &str) -> bool {
        field.as_deref() == Some(value)
    }

    /// The address of the page after `cursor`.
    fn next(&self, cursor: &Cursor) -> String {
        let fields = [("state", &self.state), ("category", &self.category), ("area", &self.area)];
        let mut parts: Vec<String> = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_ref()?)))
            .map(|(name, value)| format!("{name}={}", RawStr::new(value).percent_encode()))
            .collect();
        parts.push(format!("after={}", cursor.encode()));
        format!("/needs?{}", parts.join("&"))
    }
}

/// The name of a need's area: "" is anywhere.
pub(super) fn area_name(page: &Page, area: &str) -> String {
    match area {
        "" => page.t("need-anywhere").to_string(),
        "CN" => page.t("need-anywhere-china").to_string(),
        area => regions::area_name(area, page.is_chinese()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "needs/list.html")]
struct ListPage {
    page: Page,
    query: Query,
    needs: Vec<Need>,
    candidates: HashMap<String, i64>,
    categories: Vec<Category>,
    areas: Vec<String>,
    next: Option<String>,
}

impl ListPage {
    fn area(&self, area: &str) -> String {
        area_name(&self.page, area)
    }

    fn area_value<'a>(&self, area: &'a str) -> &'a str {
        if area.is_empty() { ANYWHERE } else { area }
    }

    fn category(&self, need: &Need) -> &str {
        let found = self.categories.iter().find(|one| one.id == need.category_id);
        found.map_or("", |one| self.page.pick(&one.name_en, &one.name_zh))
    }

    fn count(&self, need: &Need) -> i64 {
        self.candidates.get(&need.id).copied().unwrap_or(0)
    }

    fn days(&self, need: &Need) -> i64 {
        (now() - need.created_at).num_days().max(0)
    }

    fn is_late(&self, need: &Need) -> bool {
        need.is_late(now().date())
    }
}

#[get("/needs?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &Managed<Db>,
    query: Query,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let (needs, next) = list::page(c, may.scope(), &query.asked())?;
        let ids: Vec<&str> = needs.iter().map(|need| need.id.as_str()).collect();
        Ok(ListPage {
            candidates: list::candidates_of(c, &ids)?,
            categories: categories::all(c)?,
            areas: list::areas(c, may.scope())?,
            next: next.map(|cursor| query.next(&cursor)),
            page,
            query,
            needs,
        })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "needs/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// Why it is closed.
    form: Form,
    need: Need,
    category: Option<Category>,
    criteria: Vec<Criterion>,
    candidates: Vec<(Candidate, Standing)>,
    lines: Vec<Line>,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let need = find(c, scope, id)?;
        let criteria = criteria::of(c, id)?;
        let candidates = of_need(c, id)?;
        let standings = screening::standings(c, &criteria, &candidates)?;
        let trail = audit::trail_of(c, ("need", id), None, TRAIL)?;
        Ok(ShowPage {
            category: categories::all(c)?.into_iter().find(|one| one.id == need.category_id),
            lines: view::lines(&page, &trail),
            candidates: candidates.into_iter().zip(standings).collect(),
            criteria,
            need,
            form,
            page,
        })
    }

    fn area(&self) -> String {
        area_name(&self.page, &self.need.area)
    }

    fn is_late(&self) -> bool {
        self.need.is_late(now().date())
    }
}

#[get("/needs/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &Managed<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.scope(), &id, Form::empty())).await
}

#[derive(Template, WebTemplate)]
#[template(path = "needs/comparison.html")]
struct ComparisonPage {
    page: Page,
    need: Need,
    criteria: Vec<Criterion>,
    candidates: Vec<(Candidate, Standing)>,
}

impl ComparisonPage {
    /// What was found of a candidate under the criterion of a row.
    fn found<'a>(&self, standing: &'a Standing, row: &usize) -> Option<&'a Screening> {
        standing.lines.get(*row)?.1.as_ref()
    }
}

#[get("/needs/<id>/comparison")]
async fn comparison(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &Managed<Db>,
    id: String,
) -> Result<ComparisonPage, Error> {
    db.read(move |c| {
        let need = find(c, may.scope(), &id)?;
        let criteria = criteria::of(c, &id)?;
        let mut candidates = of_need(c, &id)?;
        candidates.retain(|one| !matches!(one.status, Status::Held | Status::Withdrawn));
        let standings = screening::standings(c, &criteria, &candidates)?;
        let candidates = candidates.into_iter().zip(standings).collect();
        Ok(ComparisonPage { page, need, criteria, candidates })
    })
    .await
}
