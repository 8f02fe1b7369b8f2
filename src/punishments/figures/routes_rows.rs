//! The page of the cases behind a number.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::counts::names;
use super::query::CasesQuery;
use super::rows::{self, Row, Wanted, Which};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::inspections::figures::query::Asked;
use crate::page::Page;
use crate::page::paging::PAGE_SIZE;
use crate::regions::{region_name, row_name};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![cases]
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/figures_rows.html")]
struct RowsPage {
    page: Page,
    asked: Asked,
    wanted: Wanted,
    names: HashMap<String, (String, String)>,
    number: i64,
    rows: Vec<Row>,
    next: Option<String>,
}

impl RowsPage {
    /// What is shown, in words: the days, then what narrows it.
    fn about(&self) -> Vec<String> {
        let wanted = &self.wanted;
        let (from, to) =
            (self.page.day(self.asked.period.from), self.page.day(self.asked.period.to));
        let days = self.page.ta("figures-days", &[("from", &from), ("to", &to)]);
        let measure = wanted.measure.map(|one| match one {
            Some(measure) => self.page.tk("punishment-measure", measure.as_str()),
            None => self.page.t("punishment-figures-no-measure").to_string(),
        });
        let severity = wanted.severity.map(|one| self.page.tk("finding-severity", one.as_str()));
        let violation = wanted.violation.as_deref().map(|code| self.named(code));
        let region = wanted.region.as_ref();
        let region = region.map(|code| row_name(&self.page, &self.asked.scheme, code));
        [Some(days), measure, severity, violation, region].into_iter().flatten().collect()
    }

    fn title(&self) -> String {
        match self.wanted.which {
            Which::All => self.page.t("punishment-figures-all-cases").to_string(),
            which => self.page.tk("punishment-figures-which", which.as_str()),
        }
    }

    fn back(&self) -> String {
        format!("/punishment-figures?{}", self.asked.with(&[]))
    }

    fn region(&self, row: &Row) -> String {
        region_name(&self.page, &self.asked.scheme, &row.0.area)
    }

    fn violation(&self, row: &Row) -> String {
        self.named(&row.0.violation)
    }

    fn named(&self, code: &str) -> String {
        match self.names.get(code) {
            Some((english, chinese)) => self.page.pick(english, chinese).to_string(),
            None => code.to_string(),
        }
    }

    fn measure(&self, row: &Row) -> String {
        let measure = row.0.measure;
        measure.map_or("–".into(), |one| self.page.tk("punishment-measure", one.as_str()))
    }

    fn decided(&self, row: &Row) -> String {
        row.0.decided_at.map_or("–".into(), |at| self.page.day(at.date()))
    }
}

#[get("/punishment-figures/cases?<query..>")]
async fn cases(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &State<Db>,
    query: CasesQuery,
) -> Result<RowsPage, Error> {
    let today = now().date();
    db.read(move |c| {
        let (asked, wanted) = (query.asked(c)?, Wanted::of(&query)?);
        let number = rows::count(c, &asked, &wanted, may.scope(), today)?;
        let place = query.place();
        let paging = (today, place.as_ref(), PAGE_SIZE);
        let (rows, next) = rows::page(c, &asked, &wanted, may.scope(), paging)?;
        let next =
            next.map(|place| format!("/punishment-figures/cases?{}", query.rows_from(&place)));
        let names = names(c)?;
        Ok(RowsPage { page, asked, wanted, names, number, rows, next })
    })
    .await
}
