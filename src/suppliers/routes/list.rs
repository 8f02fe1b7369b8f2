//! The list of suppliers.

use std::borrow::Cow;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::page::paging::Cursor;
use crate::regions::{self, Scheme, area_name, city_name};
use crate::suppliers::Stage;
use crate::suppliers::clearance::{Clearance, HoldSources};
use crate::suppliers::list::{self, Counts, Listing, Row, SEARCH_LIMIT};
use crate::suppliers::query::ListQuery;
use crate::suppliers::views::{self, SavedView};

pub(super) fn routes() -> Vec<Route> {
    routes![index]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/list.html")]
struct ListPage {
    page: Page,
    query: ListQuery,
    listing: Listing,
    total: i64,
    scheme: Cow<'static, Scheme>,
    /// (area, suppliers) of what there is.
    areas: Vec<(String, i64)>,
    categories: Vec<Category>,
    views: Vec<SavedView>,
}

impl ListPage {
    fn codes_of(&self, row: &Row) -> String {
        let own = self.listing.codes.iter().filter(|code| code.supplier_id == row.id);
        own.map(|code| code.value.as_str()).collect::<Vec<_>>().join(" · ")
    }

    fn supplies_of(&self, row: &Row) -> String {
        let own = self.listing.supplies.iter().filter(|(id, _, _)| *id == row.id);
        own.map(|(_, en, zh)| self.page.pick(en, zh)).collect::<Vec<_>>().join(" · ")
    }

    /// The first reason against an order, in short, and how many more there are.
    fn reasons_of(&self, clearance: &Clearance) -> String {
        let Some(first) = clearance.reasons.first() else {
            return String::new();
        };
        let first = self.page.tk("clearance-short", first.code);
        match clearance.reasons.len() - 1 {
            0 => first,
            more => format!("{first} +{more}"),
        }
    }

    fn matching(&self) -> String {
        if !self.query.q.as_deref().unwrap_or_default().is_empty()
            && self.listing.matching > SEARCH_LIMIT as i64
        {
            return self.page.tn("suppliers-match-many", SEARCH_LIMIT as i64);
        }
        self.page.tn("suppliers-match", self.listing.matching)
    }

    fn link(&self, name: &str, value: &str) -> String {
        format!("/suppliers?{}", self.query.with(name, value))
    }

    fn step(&self, name: &str, row: Option<&Row>) -> Option<String> {
        let row = row?;
        let cursor = Cursor { key: row.sort_key.clone(), number: row.number };
        let filters = self.query.query_string();
        let and = if filters.is_empty() { "" } else { "&" };
        Some(format!("/suppliers?{filters}{and}{name}={}", cursor.encode()))
    }

    fn previous(&self) -> Option<String> {
        if self.listing.has_previous {
            self.step("before", self.listing.rows.first())
        } else {
            None
        }
    }

    fn next(&self) -> Option<String> {
        if self.listing.has_next { self.step("after", self.listing.rows.last()) } else { None }
    }

    fn export(&self, format: &str) -> String {
        format!("/suppliers/export/{format}?{}", self.query.query_string())
    }

    fn area(&self, area: &str) -> String {
        area_name(area, self.page.is_chinese())
    }

    fn city(&self, city: &str) -> String {
        city_name(city, self.page.is_chinese())
    }

    fn is(&self, field: &Option<String>, value: &str) -> bool {
        field.as_deref() == Some(value)
    }

    /// The filters in force, for taking away one by one: name in the address, text.
    fn chips(&self) -> Vec<(&'static str, String)> {
        let mut chips = Vec::new();
        let set = |field: &Option<String>| field.clone().filter(|v| !v.is_empty());
        if let Some(q) = set(&self.query.q) {
            chips.push(("q", format!("“{q}”")));
        }
        if let Some(code) = set(&self.query.region) {
            chips.push(("region", regions::row_name(&self.page, &self.scheme, &code)));
        }
        if let Some(area) = set(&self.query.area) {
            chips.push(("area", self.area(&area)));
        }
        if let Some(stage) = set(&self.query.stage).and_then(|s| Stage::parse(&s)) {
            chips.push(("stage", self.page.tk("stage", stage.as_str())));
        }
        if let Some(id) = set(&self.query.category) {
            let category = self.categories.iter().find(|c| c.id == id);
            let name = category.map(|c| self.page.pick(&c.name_en, &c.name_zh)).unwrap_or("?");
            chips.push(("category", name.to_string()));
        }
        chips
    }
}

#[get("/suppliers?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    query: ListQuery,
    db: &State<Db>,
    sources: &State<HoldSources>,
    counts: &State<std::sync::Arc<Counts>>,
) -> Result<ListPage, Error> {
    let (counts, sources) = (counts.inner().clone(), *sources.inner());
    db.read(move |c| {
        let scope = may.scope();
        let filter = query.filter(c, scope)?;
        let listing = list::page(c, sources, &counts, &filter, &query.from())?;
        let areas = list::areas(c, &counts, scope)?;
        Ok(ListPage {
            total: areas.iter().map(|(_, n)| n).sum(),
            areas,
            listing,
            scheme: regions::find_scheme(c, query.scheme_id())?,
            categories: categories::all(c)?,
            views: views::of(c, &may.actor().account_id)?,
            query,
            page,
        })
    })
    .await
}
