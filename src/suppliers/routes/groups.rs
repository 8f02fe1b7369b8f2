//! The group of a company.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::access::{May, right};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::page::{Form, Page};
use crate::regions::area_name;
use crate::suppliers::groups::{self, Branch, Company, ControlLink, Group, MEMBERS, Ties};
use crate::suppliers::{Supplier, find};
use crate::values::{calendar_day, now};

pub(super) fn routes() -> Vec<Route> {
    routes![group]
}

/// The group as a tree on a day, and every link of the company.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/group.html")]
struct GroupPage {
    page: Page,
    supplier: Supplier,
    on: NaiveDate,
    group: Group,
    tree: Vec<Branch>,
    links: Ties,
    form: Form,
}

impl GroupPage {
    fn area(&self, company: &Company) -> String {
        area_name(&company.area, self.page.is_chinese())
    }

    fn is_it(&self, company: &Company) -> bool {
        company.id == self.supplier.id
    }

    /// What a link is on the day of the page: the shape it is shown with, and the key of its text.
    fn state(&self, link: &ControlLink) -> (&'static str, &'static str) {
        if link.withdrawn_at.is_some() {
            return ("none", "group-link-withdrawn");
        }
        if link.holds_on(self.on) {
            return ("ok", "group-link-holds");
        }
        if link.valid_from > self.on {
            return ("wait", "group-link-later");
        }
        ("none", "group-link-ended")
    }

    fn link(&self, rest: impl std::fmt::Display) -> String {
        format!("/suppliers/{}{rest}", self.supplier.id)
    }
}

#[get("/suppliers/<id>/group?<on>")]
async fn group(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    on: Option<String>,
) -> Result<(Status, GroupPage), Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let typed = on.unwrap_or_default();
        let asked = calendar_day(typed.trim());
        let today = now().date();
        let is_wrong = asked.is_none() && !typed.trim().is_empty();
        let form = if is_wrong {
            Form::rejected(vec![("on".into(), typed)], Problems::one("on", "report_date"))
        } else {
            Form::of(&[("on", &asked.unwrap_or(today).to_string())])
        };
        let on = asked.unwrap_or(today);
        let group = groups::members(c, &supplier.id, on)?.within(may.scope());
        let shown = GroupPage {
            tree: groups::tree(&group),
            links: groups::ties(c, may.scope(), &supplier.id)?,
            group,
            on,
            supplier,
            form,
            page,
        };
        Ok((if is_wrong { Status::UnprocessableEntity } else { Status::Ok }, shown))
    })
    .await
}
