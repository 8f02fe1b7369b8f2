//! The list of audits and of what is due, as a page and as a file.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use super::list::Due;
use super::query::{Found, ListQuery};
use super::{BasicAudit, Status, export};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Page, Streamed, Streams, stream};
use crate::sheets::Format;
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![index, file]
}

#[derive(Template, WebTemplate)]
#[template(path = "basic/list.html")]
struct ListPage {
    page: Page,
    query: ListQuery,
    found: Found,
    next: Option<String>,
    today: NaiveDate,
}

impl ListPage {
    fn is_empty(&self) -> bool {
        self.found.audits.is_empty() && self.found.never.is_empty()
    }

    /// How the last day of a certification stands: its shape and its words.
    fn term(&self, audit: &BasicAudit) -> Option<(&'static str, String)> {
        let until = audit.valid_to.filter(|_| audit.status == Status::Certified)?;
        let days = (until - self.today).num_days();
        Some(match days {
            ..0 => ("stop", self.page.tn("basic-overdue", -days)),
            0..=90 => ("due", self.page.tn("basic-due-in", days)),
            _ => ("ok", self.page.ta("basic-until", &[("day", &self.page.day(until))])),
        })
    }

    /// Who is at it, or did it last.
    fn who<'a>(&self, audit: &'a BasicAudit) -> &'a str {
        let names = [&audit.ended_name, &audit.decided_name, &audit.proposed_name];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or(&audit.opened_name)
    }
}

#[get("/basic-audits?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: ListQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let found = query.find(c, may.scope(), PAGE_SIZE)?;
        let next = found.next.as_ref().map(|cursor| query.next(cursor));
        Ok(ListPage { page, query, found, next, today: now().date() })
    })
    .await
}

#[get("/basic-audits/export/<format>?<query..>")]
async fn file(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    format: &str,
    query: ListQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let name = format!("basic-audits-{}.{}", now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let asked = (query.status(), query.due());
        export::write(c, may.scope(), asked, format, pipe)?.complete();
        Ok(())
    })
    .await
}
