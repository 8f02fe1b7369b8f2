//! The page of the certification matrix, and its export.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::query::{ANY, MatrixQuery};
use super::{Cell, Cells, Numbers, cells, choice, export, numbers};
use crate::access::{May, right};
use crate::categories::Category;
use crate::db::Db;
use crate::error::Error;
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::page::{Page, Streamed, Streams, stream};
use crate::regions::{self, Scheme, area_name};
use crate::sheets::Format;
use crate::suppliers::Stage;
use crate::suppliers::list::{self, From, Held, Row};
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![index, file]
}

#[derive(Template, WebTemplate)]
#[template(path = "certification/matrix.html")]
struct MatrixPage {
    page: Page,
    query: MatrixQuery,
    scheme: std::borrow::Cow<'static, Scheme>,
    /// Categories that have a standard, and how deep they are.
    choices: Vec<(Category, usize)>,
    columns: Vec<Category>,
    /// Categories that have a standard and are not shown.
    left_out: i64,
    numbers: HashMap<String, Numbers>,
    rows: Vec<Row>,
    cells: Cells,
    previous: Option<String>,
    next: Option<String>,
}

impl MatrixPage {
    fn name<'a>(&'a self, category: &'a Category) -> &'a str {
        self.page.pick(&category.name_en, &category.name_zh)
    }

    /// A category in the filter, set in as deep as it is.
    fn option(&self, category: &Category, depth: &usize) -> String {
        format!("{}{}", "\u{2003}".repeat(*depth), self.name(category))
    }

    fn cell(&self, row: &Row, category: &Category) -> &Cell {
        self.cells.at(&row.id, &category.id)
    }

    fn word(&self, cell: &Cell) -> String {
        match cell {
            Cell::Nothing => String::new(),
            Cell::Offered => self.page.t("matrix-not-certified").to_string(),
            Cell::Held { status, .. } => self.page.tk("certification-status", status.as_str()),
        }
    }

    fn numbers(&self, category: &Category) -> Numbers {
        self.numbers.get(&category.id).copied().unwrap_or_default()
    }

    /// The companies that a number above a column counts.
    fn behind(&self, category: &Category, state: &str) -> String {
        let region = self.query.region.clone();
        let query = MatrixQuery { region, stage: Some(ANY.into()), ..Default::default() };
        let query = MatrixQuery { category: Some(category.id.clone()), ..query };
        format!("/certification?{}", query.with("state", state))
    }

    fn export(&self, format: &str) -> String {
        format!("/certification/export/{format}?{}", self.query.with("", ""))
    }

    fn is(&self, field: &Option<String>, value: &str) -> bool {
        field.as_deref() == Some(value)
    }

    fn area(&self, area: &str) -> String {
        area_name(area, self.page.is_chinese())
    }
}

#[get("/certification?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: MatrixQuery,
) -> Result<MatrixPage, Error> {
    db.read(move |c| {
        let choice = choice(c, may.scope())?;
        let columns: Vec<Category> = choice.shown(query.category()).into_iter().cloned().collect();
        let ids: Vec<&str> = columns.iter().map(|one| one.id.as_str()).collect();
        let (filter, from) = (query.filter(c, may.scope(), &ids)?, query.from());
        let mut rows = list::complete(c, &filter, &from, PAGE_SIZE + 1)?;
        let has_more = rows.len() > PAGE_SIZE;
        rows.truncate(PAGE_SIZE);
        let is_back = matches!(from, From::Before(_));
        if is_back {
            rows.reverse();
        }
        let step = |name: &str, row: Option<&Row>| {
            let cursor = row.map(|row| Cursor { key: row.sort_key.clone(), number: row.number });
            cursor.map(|at| format!("/certification?{}", query.with(name, &at.encode())))
        };
        let has_previous = if is_back { has_more } else { from != From::Start };
        let previous = step("before", rows.first().filter(|_| has_previous));
        let next = step("after", rows.last().filter(|_| is_back || has_more));
        let companies: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let cells = cells(c, &companies, &ids, now().date())?;
        let areas = filter.areas.as_deref();
        let choices: Vec<(Category, usize)> =
            choice.with_standard().into_iter().map(|(one, depth)| (one.clone(), depth)).collect();
        Ok(MatrixPage {
            numbers: numbers(c, &ids, areas)?,
            left_out: (choice.columns(query.category()).len() - columns.len()) as i64,
            scheme: regions::find_scheme(c, DEFAULT_SCHEME)?,
            page,
            choices,
            columns,
            rows,
            cells,
            previous,
            next,
            query,
        })
    })
    .await
}

#[get("/certification/export/<format>?<query..>")]
async fn file(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    format: &str,
    query: MatrixQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let name = format!("certification-{}.{}", now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let choice = choice(c, may.scope())?;
        let columns = choice.columns(query.category());
        let ids: Vec<&str> = columns.iter().map(|one| one.id.as_str()).collect();
        let filter = query.filter(c, may.scope(), &ids)?;
        let scheme = regions::find_scheme(c, DEFAULT_SCHEME)?;
        export::write(c, &filter, &columns, &scheme, format, pipe)?.complete();
        Ok(())
    })
    .await
}
