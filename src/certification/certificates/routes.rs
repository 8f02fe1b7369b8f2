//! The register of certificates, and its file.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use super::list::{self, Ends, Row};
use super::query::{CertificateQuery, pillars};
use super::{Expiry, Status, expiry, export, types, view};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Page, Streamed, Streams, stream};
use crate::sheets::Format;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    // Tried before `/certificates/<id>/…`: no id is the word "export".
    let first = |mut route: Route| {
        route.rank = -20;
        route
    };
    let mut all: Vec<Route> = routes![export_one].into_iter().map(first).collect();
    all.extend(routes![index]);
    all.extend(super::routes_show::routes());
    all.extend(super::routes_record::routes());
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "certificates/list.html")]
struct ListPage {
    page: Page,
    query: CertificateQuery,
    rows: Vec<Row>,
    next: Option<String>,
    today: NaiveDate,
}

impl ListPage {
    fn type_name(&self, id: &str) -> String {
        types::name(self.page.texts(), id).to_string()
    }

    fn expiry(&self, row: &Row) -> Expiry {
        expiry(row.certificate.valid_to, self.today)
    }

    fn types(&self) -> view::Choices {
        view::type_choices(&self.page, self.query.type_id.as_deref().unwrap_or_default())
    }

    fn pillars(&self) -> Vec<&'static str> {
        pillars()
    }

    fn export(&self, format: &str) -> String {
        format!("/certificates/export/{format}?{}", self.query.with("after", ""))
    }
}

#[get("/certificates?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: CertificateQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let (today, after) = (now().date(), query.after());
        let (rows, next) =
            list::page(c, may.scope(), &query.asked(), today, after.as_ref(), PAGE_SIZE)?;
        let next = next.map(|cursor| query.next(&cursor));
        Ok(ListPage { page, query, rows, next, today })
    })
    .await
}

#[get("/certificates/export/<format>?<query..>")]
async fn export_one(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    format: &str,
    query: CertificateQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let today = now().date();
    let name = format!("certificates-{today}.{}", format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        export::write(c, may.scope(), &query.asked(), today, format, pipe)?.complete();
        Ok(())
    })
    .await
}
