//! The pages of inspections: the list and its file, and one inspection.

use std::borrow::Cow;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::inspectors::{self, Inspector};
use super::list::{self, Day, Row};
use super::query::InspectionQuery;
use super::sheet::Sheet;
use super::{Declaration, acknowledge, declarations_of, export, routes_view as view, told};
use crate::access::{Actor, May, right};
use crate::categories::Category;
use crate::certification::category::category;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::findings::Finding;
use crate::inspections::plans::{self, Plan};
use crate::inspections::results::Led;
use crate::inspections::{Inspection, Kind, Status, find};
use crate::page::paging::PAGE_SIZE;
use crate::page::{Form, Page, Streamed, Streams, stream};
use crate::regions::{self, Scheme};
use crate::sheets::Format;
use crate::suppliers::Supplier;
use crate::suppliers::sites::{self, Site};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    // Tried before `/inspections/<id>/…`: no id is the word "export".
    let first = |mut route: Route| {
        route.rank = -20;
        route
    };
    let mut all: Vec<Route> = routes![export_one].into_iter().map(first).collect();
    all.extend(routes![index, show]);
    all.extend(super::routes_new::routes());
    all.extend(super::routes_steps::routes());
    all.extend(super::routes_visit::routes());
    all.extend(super::routes_evidence::routes());
    all.extend(super::routes_report::routes());
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/list.html")]
struct ListPage {
    page: Page,
    query: InspectionQuery,
    rows: Vec<Row>,
    next: Option<String>,
    scheme: Cow<'static, Scheme>,
    /// Id, number and name.
    plans: Vec<(String, i64, String)>,
}

impl ListPage {
    fn export(&self, format: &str) -> String {
        format!("/inspections/export/{format}?{}", self.query.filters())
    }

    fn plan_name(&self, number: &i64, name: &str) -> String {
        format!("{} {name}", plans::code_of(*number))
    }

    fn area(&self) -> String {
        match self.query.text(&self.query.area) {
            "" => String::new(),
            area => regions::area_name(area, self.page.is_chinese()),
        }
    }

    fn status(&self, row: &Row) -> (&'static str, String) {
        view::status(&self.page, &row.inspection)
    }
}

#[get("/inspections?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: InspectionQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let asked = query.asked(c, may.actor())?;
        let (rows, next) = list::page(c, may.scope(), &asked, query.before(), PAGE_SIZE)?;
        Ok(ListPage {
            page,
            scheme: regions::find_scheme(c, query.scheme_id())?,
            plans: list::plans(c, asked.plan.as_deref())?,
            next: next.map(|cursor| query.next(&cursor)),
            query,
            rows,
        })
    })
    .await
}

#[get("/inspections/export/<format>?<query..>")]
async fn export_one(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    format: &str,
    query: InspectionQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let name = format!("inspections-{}.{}", now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let asked = query.asked(c, may.actor())?;
        export::write(c, may.scope(), &asked, format, pipe)?.complete();
        Ok(())
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// What was typed in one of the page's forms.
    form: Form,
    inspection: Inspection,
    supplier: Supplier,
    site: Option<Site>,
    category: Option<Category>,
    plan: Option<Plan>,
    /// The draw that chose the company.
    draw: Option<String>,
    sheet: Sheet,
    declarations: Vec<Declaration>,
    findings: Vec<Finding>,
    effects: Vec<Led>,
    /// Who can be sent, for those who may send.
    inspectors: Vec<Inspector>,
    /// Who of the company took note of it.
    acknowledged_name: Option<String>,
    is_mine: bool,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        viewer: &Actor,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (inspection, supplier) = find(c, &viewer.scope, id)?;
        let plans = page.may("inspections.plan") && inspection.status.is_open();
        let inspectors = match plans {
            true => inspectors::choices(c, &inspection, &supplier)?,
            false => Vec::new(),
        };
        let site = match &inspection.site_id {
            Some(site) => sites::of(c, &supplier.id)?.into_iter().find(|one| one.id == *site),
            None => None,
        };
        Ok(ShowPage {
            page: page.at(&format!("/inspections/{id}")),
            form,
            site,
            category: inspection.category_id.as_deref().map(|id| category(c, id)).transpose()?,
            plan: told::plan_of(c, &inspection)?,
            draw: told::draw_of(c, &inspection)?,
            sheet: Sheet::load(c, &inspection)?,
            declarations: declarations_of(c, id)?,
            findings: told::findings_of(c, id)?,
            effects: told::effects_of(c, id)?,
            inspectors,
            acknowledged_name: acknowledge::name_of(c, &inspection)?,
            is_mine: inspection.inspector_id.as_deref() == Some(viewer.account_id.as_str()),
            inspection,
            supplier,
        })
    }

    fn link(&self, rest: &str) -> String {
        format!("/inspections/{}{rest}", self.inspection.id)
    }

    fn status(&self) -> (&'static str, String) {
        view::status(&self.page, &self.inspection)
    }

    fn next_step(&self) -> String {
        view::next_step(&self.page, &self.inspection)
    }

    fn numbers(&self) -> Vec<(&'static str, String, usize)> {
        view::numbers(&self.page, &self.sheet)
    }

    fn outcome(&self, line: &super::sheet::Line) -> (&'static str, String) {
        view::outcome(&self.page, line)
    }

    fn severity(&self, one: &Finding) -> (&'static str, String) {
        view::severity(&self.page, one)
    }

    fn finding(&self, one: &Finding) -> (&'static str, String) {
        view::finding(&self.page, one)
    }

    fn progress(&self) -> String {
        let (done, all) = (self.sheet.done().to_string(), self.sheet.all().to_string());
        self.page.ta("inspection-progress", &[("done", &done), ("all", &all)])
    }

    fn may_assign(&self) -> bool {
        self.inspection.status.is_open() && self.page.may("inspections.plan")
    }

    fn may_declare(&self) -> bool {
        self.is_mine
            && self.inspection.status == Status::Assigned
            && self.page.may("inspections.inspect")
    }

    fn may_visit(&self) -> bool {
        let is_open = matches!(self.inspection.status, Status::Scheduled | Status::UnderWay);
        self.is_mine && is_open && self.page.may("inspections.inspect")
    }

    fn opens_documents(&self) -> bool {
        self.page.may("documents.read")
    }

    /// Somebody has said that they have a conflict, and nobody is named since.
    fn lacks_inspector(&self) -> Option<&Declaration> {
        let is_open = self.inspection.status == Status::Planned;
        self.declarations.last().filter(|last| is_open && last.has_conflict)
    }

    /// Who can be sent: value, words, whether chosen.
    fn choices(&self) -> Vec<(&str, String, bool)> {
        let chosen = match self.form.value("inspector") {
            "" => self.inspection.inspector_id.as_deref().unwrap_or_default(),
            typed => typed,
        };
        let choice = |one: &'_ Inspector| {
            let role = self.page.tk("role", one.role.as_str());
            let args = [("name", one.name.as_str()), ("role", role.as_str())];
            match one.is_of_plan {
                true => self.page.ta("inspection-inspector-of-plan", &args),
                false => self.page.ta("inspection-inspector-other", &args),
            }
        };
        self.inspectors
            .iter()
            .map(|one| (one.account_id.as_str(), choice(one), one.account_id == chosen))
            .collect()
    }

    fn planned_on(&self) -> String {
        match (self.form.value("planned_on"), self.inspection.planned_on) {
            ("", Some(day)) => day.to_string(),
            (typed, _) => typed.to_string(),
        }
    }

    fn place(&self) -> String {
        match (self.form.value("place"), self.inspection.place.as_str(), &self.site) {
            ("", "", Some(site)) => site.address.chars().take(300).collect(),
            ("", place, _) => place.to_string(),
            (typed, ..) => typed.to_string(),
        }
    }

    /// What an inspector may say: value, words, whether chosen.
    fn ties(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("conflict");
        ["none", "conflict"]
            .into_iter()
            .map(|one| (one, self.page.tk("inspection-ties", one), one == chosen))
            .collect()
    }

    fn trail(&self) -> String {
        format!("/suppliers/{}/history", self.supplier.id)
    }
}

#[get("/inspections/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.actor(), &id, Form::empty())).await
}
