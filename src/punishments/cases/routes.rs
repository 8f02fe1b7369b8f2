//! The pages of cases, for who may see them: the list, its file, and the cases of one company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State as Held, get, routes};

use super::list::{self, Row, State};
use super::query::CaseQuery;
use super::{export, routes_acts, routes_new, routes_show, shown};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::inspections::Severity;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Page, Streamed, Streams, stream};
use crate::punishments::Status;
use crate::punishments::standards::{self, Standard};
use crate::regions::{self, Scheme};
use crate::sheets::Format;
use crate::suppliers::{self, Supplier};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    // Tried before `/punishments/<id>/…`: no id is one of these words.
    let first = |mut route: Route| {
        route.rank = -20;
        route
    };
    let mut all: Vec<Route> = routes![export_one].into_iter().map(first).collect();
    all.extend(routes_new::routes().into_iter().map(first));
    all.extend(routes![index, of_supplier]);
    all.extend(routes_show::routes());
    all.extend(routes_acts::routes());
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/list.html")]
struct ListPage {
    page: Page,
    query: CaseQuery,
    scheme: Scheme,
    /// The code and the name of each violation in force.
    violations: Vec<(String, String)>,
    rows: Vec<Row>,
    next: Option<String>,
}

impl ListPage {
    fn export(&self, format: &str) -> String {
        format!("/punishments/export/{format}?{}", self.query.with("after", ""))
    }

    fn due(&self, row: &Row) -> Option<(&'static str, String)> {
        shown::due(&self.page, &row.case)
    }

    fn status(&self, row: &Row) -> Status {
        row.case.status_on(now().date())
    }

    fn area(&self, row: &Row) -> String {
        regions::area_name(&row.case.area, self.page.is_chinese())
    }

    fn is_state(&self, state: &State) -> bool {
        self.query.state() == *state
    }
}

/// The code and the name of each violation of some standards, each once.
pub(super) fn violations_of(page: &Page, all: &[Standard]) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for one in all {
        if named.iter().all(|(code, _)| *code != one.violation) {
            named.push((one.violation.clone(), one.name(page.language()).to_string()));
        }
    }
    named
}

#[get("/punishments?<query..>")]
async fn index(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &Held<Db>,
    query: CaseQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let (today, after) = (now().date(), query.after());
        let asked = query.asked(c)?;
        let (rows, next) = list::page(c, may.scope(), &asked, today, after.as_ref(), PAGE_SIZE)?;
        let next = next.map(|cursor| query.next(&cursor));
        let scheme = regions::find_scheme(c, query.scheme_id())?.into_owned();
        let standards = match standards::in_force(c, today)? {
            Some(version) => standards::standards_of(c, &version.id)?,
            None => Vec::new(),
        };
        let violations = violations_of(&page, &standards);
        Ok(ListPage { page, query, scheme, violations, rows, next })
    })
    .await
}

#[get("/punishments/export/<format>?<query..>")]
async fn export_one(
    may: May<right::ReadPunishments>,
    db: &Held<Db>,
    streams: &Held<Streams>,
    format: &str,
    query: CaseQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let today = now().date();
    let name = format!("punishments-{today}.{}", format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let asked = query.asked(c)?;
        export::write(c, may.scope(), &asked, today, format, pipe)?.complete();
        Ok(())
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/supplier.html")]
struct SupplierPage {
    page: Page,
    supplier: Supplier,
    rows: Vec<Row>,
}

impl SupplierPage {
    fn due(&self, row: &Row) -> Option<(&'static str, String)> {
        shown::due(&self.page, &row.case)
    }

    fn status(&self, row: &Row) -> Status {
        row.case.status_on(now().date())
    }

    /// The first and the last day of a measure, "" where there is none.
    fn term(&self, row: &Row) -> String {
        match row.case.from_on {
            Some(from) => {
                let last = shown::last_day(&self.page, row.case.to_on);
                format!("{} – {last}", self.page.day(from))
            }
            None => String::new(),
        }
    }
}

#[get("/suppliers/<id>/punishments")]
async fn of_supplier(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &Held<Db>,
    id: String,
) -> Result<SupplierPage, Error> {
    db.read(move |c| {
        let supplier = suppliers::find(c, may.scope(), &id)?;
        let rows = list::of_company(c, may.scope(), supplier.number, now().date())?;
        Ok(SupplierPage { page, supplier, rows })
    })
    .await
}
