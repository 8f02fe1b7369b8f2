//! The list of candidates.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::FromForm;
use rocket::http::RawStr;
use rocket::{Route, State, get, routes};

use super::list::{self, Asked, Row};
use super::{Origin, Status};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::onboarding::needs::{self, Need};
use crate::page::Page;
use crate::regions;

pub fn routes() -> Vec<Route> {
    [
        routes![index],
        super::routes_show::routes(),
        super::routes_propose::routes(),
        super::routes_decide::routes(),
    ]
    .concat()
}

/// The filters of the address.
#[derive(Clone, Debug, Default, FromForm)]
struct Query {
    status: Option<String>,
    origin: Option<String>,
    /// Id of a need.
    need: Option<String>,
    after: Option<i64>,
}

impl Query {
    fn asked(&self) -> Asked {
        Asked {
            status: self.status.as_deref().and_then(Status::parse),
            origin: self.origin.as_deref().and_then(Origin::parse),
            need: self.need.clone().filter(|need| !need.is_empty()),
            after: self.after,
        }
    }

    fn is_narrowed(&self) -> bool {
        [&self.status, &self.origin, &self.need]
            .iter()
            .any(|f| f.as_ref().is_some_and(|v| !v.is_empty()))
    }

    fn is(&self, field: &Option<String>, value: &str) -> bool {
        field.as_deref() == Some(value)
    }

    /// The address of the page after the candidate of this number.
    fn next(&self, after: i64) -> String {
        let fields = [("status", &self.status), ("origin", &self.origin), ("need", &self.need)];
        let mut parts: Vec<String> = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_ref()?)))
            .map(|(name, value)| format!("{name}={}", RawStr::new(value).percent_encode()))
            .collect();
        parts.push(format!("after={after}"));
        format!("/candidates?{}", parts.join("&"))
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "candidates/list.html")]
struct ListPage {
    page: Page,
    query: Query,
    rows: Vec<Row>,
    /// Open needs, and the one that is chosen, to choose from.
    needs: Vec<Need>,
    next: Option<String>,
}

impl ListPage {
    fn country(&self, code: &str) -> String {
        regions::country(code).map_or_else(String::new, |found| {
            self.page.pick(found.name_en, found.name_zh).to_string()
        })
    }
}

#[get("/candidates?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: Query,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let asked = query.asked();
        let (rows, next) = list::page(c, may.scope(), &asked)?;
        let mut needs = needs::list::all_open(c, may.scope())?;
        if let Some(id) = asked.need.filter(|id| !needs.iter().any(|need| need.id == *id)) {
            needs.extend(needs::find(c, may.scope(), &id).ok());
        }
        let next = next.map(|after| query.next(after));
        Ok(ListPage { page, query, rows, needs, next })
    })
    .await
}
