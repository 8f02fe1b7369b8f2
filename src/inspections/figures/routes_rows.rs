//! The page of the findings behind a number.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::query::{Asked, FiguresQuery};
use super::rows::{self, Row, Wanted, day_of};
use crate::access::{May, right};
use crate::categories::Category;
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::page::paging::PAGE_SIZE;
use crate::regions::{region_name, row_name};
use crate::schema::categories;
use crate::values::now;
use diesel::prelude::*;

pub fn routes() -> Vec<Route> {
    routes![findings]
}

#[derive(Template, WebTemplate)]
#[template(path = "figures/rows.html")]
struct RowsPage {
    page: Page,
    asked: Asked,
    wanted: Wanted,
    category: Option<Category>,
    number: i64,
    rows: Vec<Row>,
    next: Option<String>,
}

impl RowsPage {
    /// What is shown, in words: the measure, then what narrows it.
    fn about(&self) -> Vec<String> {
        let wanted = &self.wanted;
        let severity = wanted.severity.map(|one| self.page.tk("finding-severity", one.as_str()));
        let region = wanted.region.as_ref();
        let region = region.map(|code| row_name(&self.page, &self.asked.scheme, code));
        let category = match (&self.category, &wanted.category) {
            (Some(one), _) => Some(self.page.pick(&one.name_en, &one.name_zh).to_string()),
            (None, Some(_)) => Some(self.page.t("figures-no-category").to_string()),
            (None, None) => None,
        };
        let (from, to) =
            (self.page.day(self.asked.period.from), self.page.day(self.asked.period.to));
        let days = self.page.ta("figures-days", &[("from", &from), ("to", &to)]);
        let section = wanted.section.as_ref().map(|section| {
            let known = self.rows.first().map(|(_, _, _, chinese)| chinese.as_str());
            self.page.pick(section, known.unwrap_or_default()).to_string()
        });
        [Some(days), severity, region, category, section].into_iter().flatten().collect()
    }

    fn title(&self) -> String {
        self.page.tk("figures-measure", self.wanted.measure.as_str())
    }

    fn back(&self) -> String {
        format!("/inspection-figures?{}", self.asked.with(&[]))
    }

    fn region(&self, row: &Row) -> String {
        region_name(&self.page, &self.asked.scheme, &row.0.area)
    }

    fn closed(&self, row: &Row) -> String {
        day_of(row.0.closed_at).map_or("–".into(), |day| self.page.day(day))
    }
}

#[get("/inspection-figures/findings?<query..>")]
async fn findings(
    may: May<right::ReadReports>,
    page: Page,
    db: &State<Db>,
    query: FiguresQuery,
) -> Result<RowsPage, Error> {
    let today = now().date();
    db.read(move |c| {
        let (asked, wanted) = (query.asked(c)?, Wanted::of(&query)?);
        let category = match wanted.category.as_deref().filter(|id| *id != "none") {
            Some(id) => {
                let found = categories::table.find(id).select(Category::as_select()).first(c);
                Some(found.map_err(Error::from)?)
            }
            None => None,
        };
        let number = rows::count(c, &asked, &wanted, may.scope(), today)?;
        let place = query.place();
        let paging = (today, place.as_ref(), PAGE_SIZE);
        let (rows, next) = rows::page(c, &asked, &wanted, may.scope(), paging)?;
        let next =
            next.map(|place| format!("/inspection-figures/findings?{}", query.rows_from(&place)));
        Ok(RowsPage { page, asked, wanted, category, number, rows, next })
    })
    .await
}
