//! The report's page, the rows behind its numbers, and its files.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::http::{ContentType, Header, RawStr, Status};
use rocket::response::Responder;
use rocket::{Request, Response, Route, State, get, routes};

use super::files::{self, FileFormat, Subject};
use super::query::ReportQuery;
use super::regions::{Count, DayCache, RegionReport, by_region};
use super::rows::{self, Counted, CountedPage};
use super::tiles::{self, TileMap};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::page::paging::Cursor;
use crate::page::{Form, Page};
use crate::regions::{
    OUTSIDE, UNRESOLVED, all_schemes, area_name, place_name, region_code, row_name,
};
use crate::sheets::Options;
use crate::suppliers::code_of;
use crate::texts::grouped;

pub fn routes() -> Vec<Route> {
    routes![show, rows_of, file]
}

#[derive(Template, WebTemplate)]
#[template(path = "reports/regions.html")]
struct ReportPage {
    page: Page,
    form: Form,
    /// Id, English name, Chinese name.
    schemes: Vec<(String, String, String)>,
    /// `None` when the form must be corrected first.
    shown: Option<Shown>,
}

/// A report as the page shows it.
struct Shown {
    subject: Subject,
    report: RegionReport,
    /// The same report at the date to compare with.
    earlier: Option<(NaiveDate, RegionReport)>,
    /// The viewer sees a part of the register.
    limited: bool,
    map: TileMap,
}

/// A row of the table.
struct ShownRow {
    code: String,
    name: String,
    /// One of the scheme's regions, not a rest row.
    is_region: bool,
    number: i64,
    /// The number, grouped for reading.
    shown: String,
    /// Percent of the largest row, for the bar.
    bar: i64,
}

impl ReportPage {
    fn scheme_options(&self) -> Vec<(&str, &str, bool)> {
        let chosen = self.form.value("scheme");
        self.schemes
            .iter()
            .map(|(id, en, zh)| (id.as_str(), self.page.pick(en, zh), id == chosen))
            .collect()
    }

    fn count_options(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("count");
        Count::ALL
            .iter()
            .map(|c| (c.as_str(), self.page.tk("report-count", c.as_str()), c.as_str() == chosen))
            .collect()
    }

    fn date(&self, day: &NaiveDate) -> String {
        self.page.day(*day)
    }

    fn rows(&self, shown: &Shown) -> Vec<ShownRow> {
        let report = &shown.report;
        let largest = report.rows.iter().map(|row| row.suppliers).max().unwrap_or(0);
        let largest = largest.max(report.outside).max(report.unresolved).max(1);
        let codes = report.rows.iter().map(|row| row.code.as_str()).chain([OUTSIDE, UNRESOLVED]);
        codes
            .map(|code| ShownRow {
                code: code.to_string(),
                name: row_name(&self.page, &shown.subject.scheme, code),
                is_region: code != OUTSIDE && code != UNRESOLVED,
                number: report.in_row(code),
                shown: grouped(report.in_row(code)),
                bar: report.in_row(code) * 100 / largest,
            })
            .collect()
    }

    fn heading(&self, shown: &Shown) -> String {
        let key = format!("report-head-{}", shown.subject.count.as_str());
        self.page.tn(&key, shown.report.total)
    }

    fn total(&self, shown: &Shown) -> String {
        grouped(shown.report.total)
    }

    fn share(&self, shown: &Shown, number: &i64) -> String {
        percent(shown.report.tenths(*number))
    }

    fn change(&self, shown: &Shown, row: &ShownRow) -> String {
        let earlier = shown.earlier.as_ref().map(|(_, report)| report.in_row(&row.code));
        earlier.map(|earlier| signed(row.number - earlier)).unwrap_or_default()
    }

    fn change_of_total(&self, shown: &Shown) -> String {
        let earlier = shown.earlier.as_ref().map(|(_, report)| report.total);
        earlier.map(|earlier| signed(shown.report.total - earlier)).unwrap_or_default()
    }

    /// Areas by number, the largest first.
    fn areas(&self, shown: &Shown) -> Vec<(String, String, i64)> {
        let mut areas: Vec<&(String, i64)> = shown.report.areas.iter().collect();
        areas.sort_by_key(|(_, number)| -number);
        let name = |area: &str| area_name(area, self.page.is_chinese());
        let link = |area: &str| area_link(&shown.subject, area);
        areas.into_iter().map(|(area, number)| (name(area), link(area), *number)).collect()
    }

    fn row_link(&self, shown: &Shown, row: &ShownRow) -> String {
        format!("/reports/regions/rows?{}&region={}", shown.subject.query(), encoded(&row.code))
    }

    fn file_link(&self, shown: &Shown, format: &str) -> String {
        format!("/reports/regions.{format}?{}", shown.subject.query())
    }
}

fn area_link(subject: &Subject, area: &str) -> String {
    // An unknown place has no code: its rows are those of the row that it stands in.
    if area.is_empty() {
        return format!("/reports/regions/rows?{}&region={UNRESOLVED}", subject.query());
    }
    format!("/reports/regions/rows?{}&area={}", subject.query(), encoded(area))
}

fn encoded(text: &str) -> String {
    RawStr::new(text).percent_encode().to_string()
}

fn percent(tenths: i64) -> String {
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A change with its sign, "0" for none.
fn signed(change: i64) -> String {
    let number = grouped(change);
    if change > 0 { format!("+{number}") } else { number }
}

#[get("/reports/regions?<query..>")]
async fn show(
    may: May<right::ReadReports>,
    page: Page,
    query: ReportQuery,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
) -> Result<(Status, ReportPage), Error> {
    let cache = cache.inner().clone();
    db.read(move |c| {
        let (subject, compare) = match query.check(c)? {
            Ok(asked) => asked,
            Err(problems) => return rejected(c, page, &query, problems),
        };
        let report = report(c, &cache, &subject, may.scope())?;
        let earlier = match compare {
            Some(day) => {
                let then = Subject { as_at: day, ..subject.clone() };
                Some((day, self::report(c, &cache, &then, may.scope())?))
            }
            None => None,
        };
        let form = Form::of(&[
            ("as_at", &subject.as_at.to_string()),
            ("scheme", &subject.scheme.id),
            ("count", subject.count.as_str()),
            ("compare", &compare.map(|day| day.to_string()).unwrap_or_default()),
        ]);
        let map = map_of(&page, &subject, &report);
        let limited = *may.scope() != Scope::Everything;
        let shown = Some(Shown { subject, report, earlier, limited, map });
        Ok((Status::Ok, ReportPage { schemes: all_schemes(c)?, form, shown, page }))
    })
    .await
}

fn rejected(
    c: &mut AnyConnection,
    page: Page,
    query: &ReportQuery,
    problems: Problems,
) -> Result<(Status, ReportPage), Error> {
    let form = Form::rejected(query.values(), problems);
    let schemes = all_schemes(c)?;
    Ok((Status::UnprocessableEntity, ReportPage { page, form, schemes, shown: None }))
}

fn report(
    c: &mut AnyConnection,
    cache: &DayCache,
    subject: &Subject,
    scope: &Scope,
) -> Result<RegionReport, Error> {
    by_region(c, cache, &subject.scheme, subject.as_at, subject.count, scope)
}

fn map_of(page: &Page, subject: &Subject, report: &RegionReport) -> TileMap {
    let provinces = crate::regions::provinces().iter();
    let largest = provinces.map(|province| report.in_area(province.code)).max().unwrap_or(0);
    tiles::map(page.is_chinese(), |province| {
        let number = report.in_area(province.code);
        let shown = grouped(number);
        (area_link(subject, province.code), shown, tiles::shade(number, largest))
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "reports/rows.html")]
struct RowsPage {
    page: Page,
    subject: Subject,
    /// What the rows are of: a region or an area, by name.
    name: String,
    /// How many the report counts there.
    number: i64,
    listed: CountedPage,
    /// The region or area, as in the address.
    place: String,
    first: bool,
}

impl RowsPage {
    fn heading(&self) -> String {
        self.page.tn(&format!("report-head-{}", self.subject.count.as_str()), self.number)
    }

    fn date(&self) -> String {
        self.page.day(self.subject.as_at)
    }

    fn place_of(&self, row: &Counted) -> String {
        place_name(&row.area, &row.city, self.page.is_chinese())
    }

    fn code(&self, row: &Counted) -> String {
        code_of(row.number)
    }

    fn is_sites(&self) -> bool {
        self.subject.count == Count::Sites
    }

    fn report_link(&self) -> String {
        format!("/reports/regions?{}", self.subject.query())
    }

    fn start(&self) -> Option<String> {
        let start = format!("/reports/regions/rows?{}&{}", self.subject.query(), self.place);
        (!self.first).then_some(start)
    }

    fn next(&self) -> Option<String> {
        let cursor = self.listed.next.as_ref()?.encode();
        Some(format!(
            "/reports/regions/rows?{}&{}&after={cursor}",
            self.subject.query(),
            self.place
        ))
    }
}

#[get("/reports/regions/rows?<query..>")]
async fn rows_of(
    may: May<right::ReadReports>,
    page: Page,
    query: ReportQuery,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
) -> Result<RowsPage, Error> {
    let cache = cache.inner().clone();
    db.read(move |c| {
        let (subject, _) = query.check(c)??;
        let report = report(c, &cache, &subject, may.scope())?;
        let counted_areas = report.areas.iter().map(|(area, _)| area.clone());
        let (name, place, areas) = match (&query.region, &query.area) {
            (Some(region), _) if is_row(&subject, region) => {
                let areas = counted_areas.filter(|a| region_code(&subject.scheme, a) == region);
                let name = row_name(&page, &subject.scheme, region);
                (name, format!("region={}", encoded(region)), areas.collect::<Vec<_>>())
            }
            (None, Some(area)) => {
                let name = area_name(area, page.is_chinese());
                let areas = counted_areas.filter(|a| a == area).collect();
                (name, format!("area={}", encoded(area)), areas)
            }
            _ => return Err(Error::NotFound),
        };
        let after = query.after.as_deref().and_then(Cursor::decode);
        let number = areas.iter().map(|area| report.in_area(area)).sum();
        let listed = rows::counted(c, &subject, &areas, may.scope(), after.as_ref())?;
        Ok(RowsPage { page, subject, name, number, listed, place, first: after.is_none() })
    })
    .await
}

fn is_row(subject: &Subject, region: &str) -> bool {
    let known = subject.scheme.regions.iter().any(|found| found.code == region);
    known || region == OUTSIDE || region == UNRESOLVED
}

/// A small file, made whole before it is sent.
struct Attachment {
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

impl<'r> Responder<'r, 'static> for Attachment {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let name = format!("attachment; filename=\"{}\"", self.name);
        Response::build()
            .header(ContentType::parse_flexible(self.kind).unwrap_or(ContentType::Binary))
            .header(Header::new("Content-Disposition", name))
            .sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes))
            .ok()
    }
}

/// The report as a file: `regions.csv`, `regions.xlsx` or `regions.json`.
#[get("/reports/<file>?<query..>", rank = 2)]
async fn file(
    may: May<right::ReadReports>,
    page: Page,
    query: ReportQuery,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    file: &str,
) -> Result<Attachment, Error> {
    let format =
        file.strip_prefix("regions.").and_then(FileFormat::parse).ok_or(Error::NotFound)?;
    let cache = cache.inner().clone();
    db.read(move |c| {
        let (subject, _) = query.check(c)??;
        let report = report(c, &cache, &subject, may.scope())?;
        let mut bytes = Vec::new();
        // Without the mark Excel garbles Chinese.
        let options = Options { bom: true };
        files::write(&mut bytes, format, &subject, &report, page.language(), options)?;
        Ok(Attachment {
            name: format!(
                "{}-by-region-{}.{}",
                subject.count.as_str(),
                subject.as_at,
                format.as_str()
            ),
            kind: format.media_type(),
            bytes,
        })
    })
    .await
}
