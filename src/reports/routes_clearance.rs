//! From whom may we order what? The figures by category, the companies behind them, and the file.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::{Route, State, get, routes};

use super::clearance::query::ClearanceQuery;
use super::clearance::{self, Behind, Line, ROWS, Row, Summary, files};
use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::page::filters::given;
use crate::page::{Form, Page, Streamed, Streams, stream};
use crate::regions::{Scheme, find_scheme, row_name};
use crate::sheets::{Format, Options};
use crate::suppliers::clearance::HoldSources;
use crate::suppliers::code_of;
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![show, rows_of, file]
}

#[derive(Template, WebTemplate)]
#[template(path = "reports/clearance.html")]
struct SummaryPage {
    page: Page,
    form: Form,
    query: ClearanceQuery,
    on: String,
    /// Ids and names of categories that have others below them.
    groups: Vec<(String, String, bool)>,
    regions: Vec<(String, String, bool)>,
    /// `None` when the form must be corrected first.
    summary: Option<Summary>,
}

impl SummaryPage {
    fn name<'a>(&'a self, line: &'a Line) -> &'a str {
        self.page.pick(&line.category.name_en, &line.category.name_zh)
    }

    fn rows_link(&self, line: &Line, answer: &str) -> String {
        let more = [("category", line.category.id.clone()), ("answer", answer.to_string())];
        self.query.address("/rows", &more)
    }

    fn file_link(&self, format: &str) -> String {
        self.query.address(&format!("/export/{format}"), &[])
    }

    fn refused(&self, line: &Line) -> i64 {
        line.offering - line.cleared
    }

    /// Percent of those who offer it from whom one may order.
    fn share(&self, line: &Line) -> i64 {
        line.cleared * 100 / line.offering.max(1)
    }

    /// Those lines in which somebody offers something.
    fn lines<'a>(&self, summary: &'a Summary) -> Vec<&'a Line> {
        summary.lines.iter().filter(|line| line.offering > 0).collect()
    }
}

#[get("/reports/clearance?<query..>")]
async fn show(
    may: May<right::ReadReports>,
    page: Page,
    query: ClearanceQuery,
    db: &State<Db>,
    sources: &State<HoldSources>,
) -> Result<(Status, SummaryPage), Error> {
    let sources = *sources.inner();
    db.read(move |c| {
        let all = categories::all(c)?;
        let asked = query.question(c, may.scope(), all.clone());
        let (status, problems, question) = match asked {
            Ok(question) => (Status::Ok, Problems::default(), Some(question)),
            Err(Error::Invalid(problems)) => (Status::UnprocessableEntity, problems, None),
            Err(error) => return Err(error),
        };
        let summary = match &question {
            Some(question) => Some(clearance::summary(c, sources, question)?),
            None => None,
        };
        let on = question.map_or_else(now_day, |question| question.on.to_string());
        let typed = given(&query.on).map_or_else(|| on.clone(), str::to_string);
        let form = Form::rejected(vec![("on".into(), typed)], problems);
        let groups = groups(&page, &all, given(&query.group));
        let scheme = find_scheme(c, DEFAULT_SCHEME)?;
        let regions = regions(&page, &scheme, given(&query.region));
        Ok((status, SummaryPage { page, form, query, on, groups, regions, summary }))
    })
    .await
}

fn now_day() -> String {
    now().date().to_string()
}

fn groups(page: &Page, all: &[Category], chosen: Option<&str>) -> Vec<(String, String, bool)> {
    let is_group =
        |one: &&Category| all.iter().any(|other| other.parent_id.as_ref() == Some(&one.id));
    let choice = |one: &Category| {
        let name = page.pick(&one.name_en, &one.name_zh).to_string();
        (one.id.clone(), name, chosen == Some(one.id.as_str()))
    };
    all.iter().filter(is_group).map(choice).collect()
}

fn regions(page: &Page, scheme: &Scheme, chosen: Option<&str>) -> Vec<(String, String, bool)> {
    let choice =
        |code: &str| (code.to_string(), row_name(page, scheme, code), chosen == Some(code));
    scheme.regions.iter().map(|region| choice(&region.code)).collect()
}

#[derive(Template, WebTemplate)]
#[template(path = "reports/clearance_rows.html")]
struct RowsPage {
    page: Page,
    category: Category,
    on: String,
    what: String,
    rows: Vec<Row>,
    back: String,
    previous: Option<String>,
    next: Option<String>,
}

impl RowsPage {
    fn category_name(&self) -> &str {
        self.page.pick(&self.category.name_en, &self.category.name_zh)
    }

    fn code(&self, row: &Row) -> String {
        code_of(row.number)
    }

    /// Its reasons in a few words each.
    fn reasons(&self, row: &Row) -> Vec<String> {
        let mut codes: Vec<&str> = row.clearance.reasons.iter().map(|one| one.code).collect();
        codes.dedup();
        codes.into_iter().map(|code| self.page.tk("clearance-short", code)).collect()
    }
}

#[get("/reports/clearance/rows?<query..>")]
async fn rows_of(
    may: May<right::ReadReports>,
    page: Page,
    query: ClearanceQuery,
    db: &State<Db>,
    sources: &State<HoldSources>,
) -> Result<RowsPage, Error> {
    let sources = *sources.inner();
    db.read(move |c| {
        let all = categories::all(c)?;
        let mut question = query.question(c, may.scope(), all)?;
        let wanted = given(&query.category).ok_or(Error::NotFound)?;
        question.categories.retain(|one| one.id == wanted);
        let category = question.categories.first().cloned().ok_or(Error::NotFound)?;
        let answer = given(&query.answer).unwrap_or_default();
        let what = match Behind::parse(answer) {
            Behind::Reason(code) => {
                let key = format!("clearance-short-{code}");
                if !page.texts().has(&key) {
                    return Err(Error::NotFound);
                }
                page.t(&key).to_string()
            }
            Behind::Offering => page.t("clearance-report-offering").into(),
            Behind::Cleared => page.t("clearance-report-cleared").into(),
            Behind::Refused => page.t("clearance-report-refused").into(),
        };
        let skip = query.skip.unwrap_or(0).min(clearance::AT_MOST);
        let (rows, more) = clearance::rows(c, sources, &question, &Behind::parse(answer), skip)?;
        let at = |skip: usize| {
            let more = [
                ("category", category.id.clone()),
                ("answer", answer.to_string()),
                ("skip", skip.to_string()),
            ];
            query.address("/rows", &more)
        };
        Ok(RowsPage {
            back: query.address("", &[]),
            previous: (skip > 0).then(|| at(skip.saturating_sub(ROWS))),
            next: more.then(|| at(skip + ROWS)),
            on: question.on.to_string(),
            category,
            what,
            rows,
            page,
        })
    })
    .await
}

#[get("/reports/clearance/export/<format>?<query..>")]
async fn file(
    may: May<right::ReadReports>,
    db: &State<Db>,
    streams: &State<Streams>,
    sources: &State<HoldSources>,
    format: &str,
    query: ClearanceQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let sources = *sources.inner();
    let name = format!("clearance-{}.{}", now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let all = categories::all(c)?;
        let question = query.question(c, may.scope(), all)?;
        // Excel garbles Chinese without the mark.
        let options = Options { bom: true };
        files::write(c, sources, &question, format, options, pipe)?.complete();
        Ok(())
    })
    .await
}
