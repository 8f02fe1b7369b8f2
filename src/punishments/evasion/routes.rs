//! The pages of links to companies under a measure: the list.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State as Held, get, routes};

use super::list::{self, Row, State};
use super::query::LinkQuery;
use super::{Kind, Status, routes_show};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::page::paging::PAGE_SIZE;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    let mut all = routes![index];
    all.extend(routes_show::routes());
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/evasion_list.html")]
struct ListPage {
    page: Page,
    query: LinkQuery,
    rows: Vec<Row>,
    next: Option<String>,
}

impl ListPage {
    fn is_state(&self, state: &State) -> bool {
        self.query.state() == *state
    }
}

#[get("/evasion-links?<query..>")]
async fn index(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &Held<Db>,
    query: LinkQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let (asked, after) = (query.asked(), query.after());
        let today = now().date();
        let (rows, next) = list::page(c, may.scope(), &asked, today, after.as_ref(), PAGE_SIZE)?;
        let next = next.map(|cursor| query.next(&cursor));
        Ok(ListPage { page, query, rows, next })
    })
    .await
}
