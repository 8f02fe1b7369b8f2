//! The page of coverage, and its files.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::{Route, State, get, routes};

use super::Clause;
use super::coverage::count::{self, Holding, Line};
use super::coverage::narrowed::{Narrowed, Wanted};
use super::coverage::query::{About, CoverageQuery};
use super::coverage::rows::{self, Row};
use super::coverage::{DayCache, Figures, percent};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::page::filters::given;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Form, Page};
use crate::regions::{self, OUTSIDE, UNRESOLVED, all_schemes, row_name};
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::texts::grouped;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![show]
}

/// Groups and categories that the page shows, at most: the files have all.
const LINES: usize = 20;

/// A choice of a filter: value, label, whether it is chosen.
type Choice = (String, String, bool);

/// A line of a table: its name, its place in the address, and the figures of each clause.
struct Shown {
    name: String,
    field: &'static str,
    value: String,
    figures: Vec<Figures>,
}

/// What a question finds.
struct Found {
    /// Of the clauses that are asked about.
    clauses: Vec<(Clause, Option<i64>)>,
    figures: Vec<Figures>,
    regions: Vec<Shown>,
    groups: Vec<Shown>,
    categories: Vec<Shown>,
    versions: Vec<Holding>,
    /// `None` when no rows are asked for.
    rows: Option<Vec<ShownRow>>,
    next: Option<String>,
    is_outstanding: bool,
}

/// A company and a clause.
struct ShownRow {
    id: String,
    name: String,
    code: String,
    region: String,
    clause: String,
    standing: super::standing::Standing,
    held: Option<i64>,
    signed: String,
    asked: String,
    has_account: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "coverage/show.html")]
struct CoveragePage {
    page: Page,
    form: Form,
    query: CoverageQuery,
    /// The day asked about; today where it cannot be read.
    on: String,
    clauses: Vec<Choice>,
    schemes: Vec<Choice>,
    regions: Vec<Choice>,
    categories: Vec<Choice>,
    /// `None` when the form must be corrected first.
    found: Option<Found>,
}

impl CoveragePage {
    fn standings(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = given(&self.query.standing);
        let one = |one: &Wanted| {
            let code = one.as_str();
            (code, self.page.tk("coverage-wanted", code), chosen == Some(code))
        };
        Wanted::ALL.iter().map(one).collect()
    }

    fn clause_name<'a>(&'a self, clause: &'a Clause) -> &'a str {
        self.page.pick(&clause.name_en, &clause.name_zh)
    }

    /// The rows behind a number of a clause.
    fn behind(&self, clause: &Clause, standing: &str) -> String {
        let changed = [("clause", clause.code.as_str()), ("standing", standing), ("version", "")];
        format!("/clauses/coverage?{}#rows", self.query.with(&changed))
    }

    fn behind_line(&self, line: &Shown, clause: &Clause, standing: &str) -> String {
        let changed = [
            ("clause", clause.code.as_str()),
            ("standing", standing),
            ("version", ""),
            (line.field, line.value.as_str()),
        ];
        format!("/clauses/coverage?{}#rows", self.query.with(&changed))
    }

    fn behind_version(&self, found: &Found, holding: &Holding) -> String {
        let clause = self.clause_of(found, holding).map_or("", |clause| clause.code.as_str());
        let version = holding.version.to_string();
        let changed = [("clause", clause), ("standing", ""), ("version", version.as_str())];
        format!("/clauses/coverage?{}#rows", self.query.with(&changed))
    }

    /// The clause that a number of holders is of, in the order in which they were counted.
    fn clause_of<'f>(&self, found: &'f Found, holding: &Holding) -> Option<&'f Clause> {
        let mut places: Vec<usize> = found.versions.iter().map(|one| one.clause).collect();
        places.dedup();
        let at = places.iter().position(|place| *place == holding.clause)?;
        found.clauses.get(at).map(|(clause, _)| clause)
    }

    /// The numbers of a clause that open rows: what stands in the address, and the text.
    fn numbers(&self, figures: &Figures, is_first: bool) -> Vec<(i64, &'static str, String)> {
        let (text, word) = ("clause-standing", "coverage-wanted");
        let first = [(figures.asked, "asked", word), (figures.signed, "signed", text)];
        let rest = [
            (figures.must_sign, "must_sign", text),
            (figures.must_sign_again, "must_sign_again", text),
            (figures.excepted, "excepted", text),
            (figures.not_asked, "not_asked", text),
        ];
        let all = if is_first { first.to_vec() } else { rest.to_vec() };
        let named = |(number, code, key)| (number, code, self.page.tk(key, code));
        all.into_iter().map(named).collect()
    }

    /// What clauses are broken down by: id, heading, note ("" for none), lines.
    fn tables<'f>(&self, found: &'f Found) -> Vec<(&'static str, String, String, &'f [Shown])> {
        let text = |key: &str| self.page.t(key).to_string();
        let all = [
            ("by-region", text("coverage-by-region"), String::new(), &found.regions[..]),
            (
                "by-category",
                text("coverage-by-category"),
                text("coverage-by-category-note"),
                &found.categories[..],
            ),
            (
                "by-group",
                text("coverage-by-group"),
                text("coverage-by-group-note"),
                &found.groups[..],
            ),
        ];
        all.into_iter().filter(|(.., lines)| !lines.is_empty()).collect()
    }

    fn shown(&self, number: &i64) -> String {
        grouped(*number)
    }

    fn share(&self, figures: &Figures) -> String {
        percent(figures.tenths())
    }

    /// Percent for a bar.
    fn bar(&self, figures: &Figures) -> i64 {
        figures.tenths().unwrap_or_default() / 10
    }

    /// "12 of 20".
    fn of(&self, figures: &Figures) -> String {
        let signed = grouped(figures.signed - figures.voluntary);
        self.page.ta("coverage-of", &[("signed", &signed), ("asked", &grouped(figures.asked))])
    }

    fn export(&self, path: &str, format: &str) -> String {
        format!("/clauses/coverage/{path}/{format}?{}", self.query.with(&[]))
    }

    fn requests(&self) -> String {
        format!("/clauses/coverage/requests?{}", self.query.with(&[]))
    }

    /// Whether those of the rows can be asked now.
    fn may_ask(&self, found: &Found) -> bool {
        let is_over = self.on < now().date().to_string();
        found.is_outstanding && !is_over && self.page.may("signatures.request")
    }
}

#[get("/clauses/coverage?<query..>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    query: CoverageQuery,
) -> Result<(Status, CoveragePage), Error> {
    let cache = cache.inner().clone();
    db.read(move |c| {
        let scope = may.scope().clone();
        let about = match query.about(c, &cache) {
            Ok(about) => about,
            Err(Error::Invalid(problems)) => {
                // The filters are offered as of today.
                let about = CoverageQuery::default().about(c, &cache)?;
                return rejected(c, page, &about, query, problems);
            }
            Err(error) => return Err(error),
        };
        let asked = match query.narrow(&about, &scope) {
            Ok(asked) => asked,
            Err(Error::Invalid(problems)) => return rejected(c, page, &about, query, problems),
            Err(error) => return Err(error),
        };
        let found = found(c, &page, &about, &asked, &query)?;
        let shown = framed(c, page, &about, query, Problems::default())?;
        Ok((Status::Ok, CoveragePage { found: Some(found), ..shown }))
    })
    .await
}

fn rejected(
    c: &mut AnyConnection,
    page: Page,
    about: &About,
    query: CoverageQuery,
    problems: Problems,
) -> Result<(Status, CoveragePage), Error> {
    Ok((Status::UnprocessableEntity, framed(c, page, about, query, problems)?))
}

/// The page with its filters, and nothing found yet.
fn framed(
    c: &mut AnyConnection,
    page: Page,
    about: &About,
    query: CoverageQuery,
    problems: Problems,
) -> Result<CoveragePage, Error> {
    let on = about.day.on.to_string();
    let typed = given(&query.on).unwrap_or(&on).to_string();
    let chosen = |field: &Option<String>, value: &str| given(field) == Some(value);
    let clause = |one: &Clause| {
        let name = page.pick(&one.name_en, &one.name_zh).to_string();
        (one.code.clone(), name, chosen(&query.clause, &one.code))
    };
    let clauses = about.day.published.clauses.iter().map(clause).collect();
    let scheme_id = given(&query.scheme).unwrap_or(DEFAULT_SCHEME);
    let schemes = all_schemes(c)?.into_iter().map(|(id, english, chinese)| {
        let is_chosen = id == scheme_id;
        (id, page.pick(&english, &chinese).to_string(), is_chosen)
    });
    let schemes = schemes.collect();
    let codes = about.scheme.regions.iter().map(|region| region.code.as_str());
    let regions = codes.chain([OUTSIDE, UNRESOLVED]).map(|code| {
        (code.to_string(), row_name(&page, &about.scheme, code), chosen(&query.region, code))
    });
    let regions = regions.collect();
    let tree = crate::categories::tree(&about.categories);
    let categories = tree.into_iter().map(|(one, depth)| {
        let name = page.pick(&one.name_en, &one.name_zh);
        let label = format!("{}{name}", "\u{2003}".repeat(depth));
        (one.id.clone(), label, chosen(&query.category, &one.id))
    });
    let categories = categories.collect();
    let form = Form::rejected(vec![("on".into(), typed)], problems);
    Ok(CoveragePage { page, form, query, on, clauses, schemes, regions, categories, found: None })
}

fn found(
    c: &mut AnyConnection,
    page: &Page,
    about: &About,
    asked: &Narrowed,
    query: &CoverageQuery,
) -> Result<Found, Error> {
    let clauses = asked.clauses.iter().map(|place| {
        let version = about.day.in_force(*place).map(|one| one.version.version);
        (about.day.published.clauses[*place].clone(), version)
    });
    let is_shown =
        [&query.standing, &query.version].into_iter().any(|field| given(field).is_some());
    let (rows, next) = match is_shown || given(&query.clause).is_some() {
        false => (None, None),
        true => {
            let (rows, next) = rows::page(c, asked, query.place().as_ref(), PAGE_SIZE)?;
            let address = |at: crate::page::paging::Cursor| {
                let place = at.encode();
                format!("/clauses/coverage?{}#rows", query.with(&[("after", place.as_str())]))
            };
            (Some(rows.iter().map(|row| shown_row(page, asked, row)).collect()), next.map(address))
        }
    };
    Ok(Found {
        clauses: clauses.collect(),
        figures: count::by_clause(asked),
        regions: regions_of(page, asked),
        groups: groups_of(page, asked),
        categories: categories_of(page, about, asked),
        versions: count::by_version(asked),
        rows,
        next,
        is_outstanding: asked.wanted.is_some_and(Wanted::is_outstanding),
    })
}

fn regions_of(page: &Page, asked: &Narrowed) -> Vec<Shown> {
    let line = |Line { what, figures }: Line<String>| Shown {
        name: row_name(page, &asked.scheme, &what),
        field: "region",
        value: what,
        figures,
    };
    count::by_region(asked).into_iter().map(line).collect()
}

fn groups_of(page: &Page, asked: &Narrowed) -> Vec<Shown> {
    let line = |Line { what, figures }: Line<super::coverage::Leader>| Shown {
        name: page.pick(&what.english_name, &what.legal_name).to_string(),
        field: "group",
        value: what.id,
        figures,
    };
    count::by_group(asked).into_iter().take(LINES).map(line).collect()
}

fn categories_of(page: &Page, about: &About, asked: &Narrowed) -> Vec<Shown> {
    let line = |Line { what, figures }: Line<crate::categories::Category>| Shown {
        name: page.pick(&what.name_en, &what.name_zh).to_string(),
        field: "category",
        value: what.id,
        figures,
    };
    count::by_category(asked, &about.categories).into_iter().take(LINES).map(line).collect()
}

fn shown_row(page: &Page, asked: &Narrowed, row: &Row) -> ShownRow {
    let clause = &asked.day.published.clauses[row.clause];
    let day = |time: Option<chrono::NaiveDateTime>| {
        time.map(|time| page.day(time.date())).unwrap_or_default()
    };
    ShownRow {
        id: row.company.id.clone(),
        name: page.pick(&row.company.english_name, &row.company.legal_name).to_string(),
        code: row.company.code(),
        region: regions::region_name(page, &asked.scheme, &row.company.area),
        clause: page.pick(&clause.name_en, &clause.name_zh).to_string(),
        standing: row.cell.standing,
        held: row.cell.held,
        signed: day(row.signed_at),
        asked: day(row.asked_at),
        has_account: row.has_account,
    }
}
