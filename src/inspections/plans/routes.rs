//! The pages of plans.

use std::borrow::Cow;
use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::FromForm;
use rocket::{Route, State as Managed, get, routes};

use super::inspectors::{self, Inspector};
use super::list::{self, Asked, PlanVisit, Progress};
use super::{Method, Plan, PlanScope, Sampling, Status, find, words};
use crate::access::{May, Scope, right};
use crate::audit;
use crate::audit::view::{self, Line};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem};
use crate::inspections::draws::sample::{self, Sample};
use crate::inspections::draws::{self, Draw, roster};
use crate::inspections::{Kind, checklists};
use crate::page::filters::{given, query_string};
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::page::{Form, Page};
use crate::regions::{Scheme, find_scheme};

/// Records of its trail that a plan's page shows.
const TRAIL: i64 = 20;

pub fn routes() -> Vec<Route> {
    let own = routes![index, show];
    [own, super::routes_form::routes(), super::routes_change::routes()].concat()
}

/// The filters of the address.
#[derive(Clone, Debug, Default, FromForm)]
struct Query {
    status: Option<String>,
    kind: Option<String>,
    year: Option<String>,
    after: Option<String>,
}

impl Query {
    fn asked(&self) -> Asked {
        Asked {
            status: given(&self.status).and_then(Status::parse),
            kind: given(&self.kind).and_then(Kind::parse),
            year: given(&self.year).and_then(|text| text.parse().ok()),
        }
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 3] {
        [("status", given(&self.status)), ("kind", given(&self.kind)), ("year", given(&self.year))]
    }

    fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(_, value)| value.is_some())
    }

    fn is(&self, field: &Option<String>, value: &str) -> bool {
        given(field) == Some(value)
    }

    /// The address of the page after `cursor`.
    fn next(&self, cursor: &Cursor) -> String {
        let place = cursor.encode();
        let all = self.pairs().into_iter().chain([("after", Some(place.as_str()))]);
        format!("/inspection-plans?{}", query_string(all))
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "plans/list.html")]
struct ListPage {
    page: Page,
    query: Query,
    plans: Vec<Plan>,
    progress: HashMap<String, Progress>,
    years: Vec<i32>,
    next: Option<String>,
}

impl ListPage {
    fn progress(&self, plan: &Plan) -> Progress {
        self.progress.get(&plan.id).copied().unwrap_or_default()
    }

    fn method(&self, plan: &Plan) -> String {
        words::method(&self.page, &plan.sampling())
    }
}

#[get("/inspection-plans?<query..>")]
async fn index(
    _may: May<right::ReadSuppliers>,
    page: Page,
    db: &Managed<Db>,
    query: Query,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let after = given(&query.after).and_then(Cursor::decode);
        let (plans, next) = list::page(c, &query.asked(), after.as_ref(), PAGE_SIZE)?;
        let ids: Vec<&str> = plans.iter().map(|plan| plan.id.as_str()).collect();
        Ok(ListPage {
            progress: list::progress(c, &ids)?,
            years: list::years(c)?,
            next: next.map(|cursor| query.next(&cursor)),
            page,
            query,
            plans,
        })
    })
    .await
}

/// What a draw from today's register would come to.
pub(super) struct Preview {
    roster: i64,
    /// The sample, or why there is none.
    sample: Result<Sample, Problem>,
}

#[derive(Template, WebTemplate)]
#[template(path = "plans/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// A company named by hand, or why the plan ends.
    form: Form,
    plan: Plan,
    scope: PlanScope,
    sampling: Sampling,
    scheme: Cow<'static, Scheme>,
    categories: Vec<Category>,
    checklist: (String, String, i64),
    inspectors: Vec<Inspector>,
    /// Of a plan whose roster is not frozen.
    preview: Option<Preview>,
    draw: Option<Draw>,
    discarded: Vec<Draw>,
    visits: Vec<PlanVisit>,
    progress: Progress,
    next: Option<String>,
    lines: Vec<Line>,
    strata: draws::Words,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        (id, after): (&str, Option<Cursor>),
        form: Form,
    ) -> Result<ShowPage, Error> {
        let plan = find(c, id)?;
        let sampling = plan.sampling();
        let draw = draws::of_plan(c, id)?;
        let is_open = plan.is_open() && sampling.method() != Method::ByHand;
        let is_frozen = draw.as_ref().is_some_and(Draw::is_frozen);
        let preview = if is_open && !is_frozen { Some(preview(c, &plan)?) } else { None };
        let (version, checklist) = checklists::find_version(c, &plan.checklist_version_id)?;
        let (visits, next) = list::visits(c, scope, id, after.as_ref(), PAGE_SIZE)?;
        let here = format!("/inspection-plans/{id}");
        // It names companies: it is for who sees every region.
        let trail = match scope.areas() {
            None => audit::trail_of(c, ("inspection_plan", id), None, TRAIL)?,
            Some(_) => Vec::new(),
        };
        let next = next.map(|cursor| format!("{here}?after={}#visits", cursor.encode()));
        let progress = list::progress(c, &[id])?.remove(id).unwrap_or_default();
        Ok(ShowPage {
            scope: plan.scope(),
            scheme: find_scheme(c, &plan.scheme)?,
            categories: categories::all(c)?,
            checklist: (checklist.name_en, checklist.name_zh, version.version),
            inspectors: inspectors::of(c, id)?,
            discarded: draws::discarded_of(c, id)?,
            strata: draws::Words::load(c, &plan)?,
            lines: view::lines(&page, &trail),
            page: page.at(&here),
            form,
            sampling,
            preview,
            draw,
            visits,
            progress,
            next,
            plan,
        })
    }

    fn is_by_hand(&self) -> bool {
        self.sampling.method() == Method::ByHand
    }

    fn method(&self) -> String {
        words::method(&self.page, &self.sampling)
    }

    fn regions(&self) -> String {
        words::regions(&self.page, &self.scope, &self.scheme)
    }

    fn category_names(&self) -> String {
        words::categories(&self.page, &self.scope, &self.categories)
    }

    fn tiers(&self) -> String {
        words::tiers(&self.page, &self.scope)
    }

    fn stages(&self) -> String {
        words::stages(&self.page, &self.scope)
    }

    fn stratum(&self, key: &str) -> String {
        self.strata.stratum(&self.page, key)
    }

    /// Hours for so many inspections.
    fn effort(&self, inspections: &i64) -> String {
        let hours = inspections.saturating_mul(self.plan.effort_hours);
        self.page.tn("plan-hours", hours)
    }
}

fn preview(c: &mut AnyConnection, plan: &Plan) -> Result<Preview, Error> {
    let roster = roster::load(c, plan)?;
    let lines: Vec<sample::Line> = roster.iter().map(roster::Listed::line).collect();
    let sample = sample::sample(&lines, &plan.sampling()).map_err(|refused| refused.problem());
    Ok(Preview { roster: roster.len() as i64, sample })
}

#[get("/inspection-plans/<id>?<after>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &Managed<Db>,
    id: String,
    after: Option<String>,
) -> Result<ShowPage, Error> {
    let after = given(&after).and_then(Cursor::decode);
    db.read(move |c| ShowPage::load(c, page, may.scope(), (&id, after), Form::empty())).await
}
