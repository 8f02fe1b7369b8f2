//! What happened to a company, and what it was on a past day.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::http::Status;
use rocket::{Route, State, get, routes};

use super::company;
use crate::access::{May, right};
use crate::audit::view::{Line, Names};
use crate::audit::{self, AuditRecord};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::page::{Form, Go, Page};
use crate::regions::{area_name, place_name};
use crate::suppliers::as_at::{AsAt, as_at};
use crate::suppliers::groups::{self, Group};
use crate::suppliers::held;
use crate::suppliers::{Supplier, find};
use crate::values::past_day;

pub(super) fn routes() -> Vec<Route> {
    routes![history, trail, past]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/history.html")]
struct HistoryPage {
    page: Page,
    supplier: Supplier,
    lines: Vec<Line>,
    earlier: Option<String>,
    form: Form,
}

/// Records on a page of the history.
const HISTORY_PAGE: usize = 50;

#[get("/suppliers/<id>/history?<before>")]
async fn history(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    before: Option<i64>,
) -> Result<HistoryPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let subject = ("supplier", supplier.id.as_str());
        let limit = HISTORY_PAGE as i64 + 1;
        let mut records: Vec<AuditRecord> = audit::trail_of(c, subject, before, limit)?;
        let more = records.len() > HISTORY_PAGE;
        records.truncate(HISTORY_PAGE);
        let last = records.last().filter(|_| more).map(|record| record.sequence);
        let names = Names::of(c, may.scope(), &records)?;
        Ok(HistoryPage {
            lines: audit::view::lines_naming(&page, &records, &names),
            earlier: last.map(|last| format!("/suppliers/{}/history?before={last}", supplier.id)),
            form: Form::empty(),
            supplier,
            page,
        })
    })
    .await
}

/// Where the history was until it had a page of its own.
#[get("/suppliers/<id>/trail")]
async fn trail(may: May<right::ReadSuppliers>, db: &State<Db>, id: String) -> Result<Go, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    Ok(Go::to(format!("/suppliers/{}/history", supplier.id)))
}

/// A company on a past day.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/as_at.html")]
struct PastPage {
    page: Page,
    supplier: Supplier,
    form: Form,
    /// The day, where one was asked for that has been; with it what the company was then, unless
    /// it was not in the register yet.
    shown: Option<(NaiveDate, Option<Past>)>,
}

struct Past {
    company: AsAt,
    group: Group,
}

impl PastPage {
    fn area(&self, area: &str) -> String {
        area_name(area, self.page.is_chinese())
    }

    fn place(&self, area: &str, city: &str) -> String {
        place_name(area, city, self.page.is_chinese())
    }

    fn link(&self, rest: impl std::fmt::Display) -> String {
        format!("/suppliers/{}{rest}", self.supplier.id)
    }
}

#[get("/suppliers/<id>/as-at?<on>")]
async fn past(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    on: Option<String>,
) -> Result<(Status, PastPage), Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let Some(typed) = on else {
            let page = PastPage { page, supplier, form: Form::empty(), shown: None };
            return Ok((Status::Ok, page));
        };
        let day = match past_day(typed.trim()) {
            Ok(day) => day,
            Err(code) => {
                let code = if typed.trim().is_empty() { "missing" } else { code };
                let form = Form::rejected(vec![("on".into(), typed)], Problems::one("on", code));
                let page = PastPage { page, supplier, form, shown: None };
                return Ok((Status::UnprocessableEntity, page));
            }
        };
        let past = match as_at(c, &supplier, day)? {
            None => None,
            Some(company) => {
                let group = groups::members(c, &supplier.id, day)?.within(may.scope());
                Some(Past { company, group })
            }
        };
        let form = Form::of(&[("on", &day.to_string())]);
        Ok((Status::Ok, PastPage { page, supplier, form, shown: Some((day, past)) }))
    })
    .await
}
