//! The pages of findings, for staff: the list and its file.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State as Held, get, routes};

use super::list::{self, Row, State};
use super::query::FindingQuery;
use super::{export, routes_decide, routes_show, shown};
use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::Db;
use crate::error::Error;
use crate::inspections::Severity;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Page, Streamed, Streams, stream};
use crate::regions::{self, Scheme};
use crate::sheets::Format;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    // Tried before `/findings/<id>/…`: no id is the word "export".
    let first = |mut route: Route| {
        route.rank = -20;
        route
    };
    let mut all: Vec<Route> = routes![export_one].into_iter().map(first).collect();
    all.extend(routes![index]);
    all.extend(routes_show::routes());
    all.extend(routes_decide::routes());
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "findings/list.html")]
struct ListPage {
    page: Page,
    query: FindingQuery,
    scheme: Scheme,
    categories: Vec<Category>,
    rows: Vec<Row>,
    next: Option<String>,
}

impl ListPage {
    fn export(&self, format: &str) -> String {
        format!("/findings/export/{format}?{}", self.query.with("after", ""))
    }

    fn due(&self, row: &Row) -> Option<(&'static str, String)> {
        shown::due(&self.page, &row.finding)
    }

    fn area(&self, row: &Row) -> String {
        regions::area_name(&row.finding.area, self.page.is_chinese())
    }

    fn is_state(&self, state: &State) -> bool {
        self.query.state() == *state
    }
}

#[get("/findings?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &Held<Db>,
    query: FindingQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let (today, after) = (now().date(), query.after());
        let asked = query.asked(c)?;
        let (rows, next) = list::page(c, may.scope(), &asked, today, after.as_ref(), PAGE_SIZE)?;
        let next = next.map(|cursor| query.next(&cursor));
        let scheme = regions::find_scheme(c, query.scheme_id())?.into_owned();
        let categories = categories::all(c)?;
        Ok(ListPage { page, query, scheme, categories, rows, next })
    })
    .await
}

#[get("/findings/export/<format>?<query..>")]
async fn export_one(
    may: May<right::ExportSuppliers>,
    db: &Held<Db>,
    streams: &Held<Streams>,
    format: &str,
    query: FindingQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let today = now().date();
    let name = format!("findings-{today}.{}", format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let asked = query.asked(c)?;
        export::write(c, may.scope(), &asked, today, format, pipe)?.complete();
        Ok(())
    })
    .await
}
