//! Pages of imports: the list, the upload, what was found.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Header;
use rocket::response::{self, Responder, Response};
use rocket::{Request, Route, State, get, routes};

use super::rows::{self, ReadRow, Which};
use super::{Import, Obstacle, Outcome, Status, routes_done, routes_mapping, routes_upload};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem, Problems};
use crate::page::paging::PAGE_SIZE;
use crate::page::{Form, Go, Page};
use crate::regions::{area_name, city_name};
use crate::suppliers::columns::Mapping;
use crate::suppliers::{code_of, duplicates};

pub fn routes() -> Vec<Route> {
    let own = routes![index, show];
    [own, routes_upload::routes(), routes_mapping::routes(), routes_done::routes()].concat()
}

type By = May<right::ImportSuppliers>;

/// Imports on a page of the list.
const LISTED: usize = 50;

#[derive(Template, WebTemplate)]
#[template(path = "imports/list.html")]
struct ListPage {
    page: Page,
    imports: Vec<Import>,
    /// The id that the next page begins after.
    next: Option<String>,
}

#[get("/imports?<before>")]
async fn index(
    page: Page,
    by: By,
    before: Option<String>,
    db: &State<Db>,
) -> Result<ListPage, Error> {
    let mut imports =
        db.read(move |c| super::newest(c, &by, before.as_deref(), LISTED as i64 + 1)).await?;
    let has_more = imports.len() > LISTED;
    imports.truncate(LISTED);
    let next = imports.last().filter(|_| has_more).map(|import| import.id.clone());
    Ok(ListPage { page, imports, next })
}

impl ListPage {
    fn next_url(&self) -> Option<String> {
        self.next.as_ref().map(|id| format!("/imports?before={id}"))
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "imports/show.html")]
pub(super) struct ShowPage {
    page: Page,
    import: Import,
    form: Form,
    which: Which,
    rows: Vec<ReadRow>,
    has_next: bool,
    has_previous: bool,
    /// Names of the rows that bring the suppliers of the rows shown.
    first_rows: Vec<(i64, String)>,
    /// Id, number and name of the registered suppliers that rows mean.
    registered: Vec<(String, i64, String)>,
    obstacles: Vec<Obstacle>,
    /// Pairs of its suppliers that wait for a decision, and whether there are more.
    alike: (i64, bool),
    /// New suppliers are still being compared with the register.
    is_comparing: bool,
}

/// What the pages of one import are asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub which: Which,
    pub after: Option<i64>,
    pub before: Option<i64>,
}

#[get("/imports/<id>?<outcome>&<after>&<before>")]
async fn show(
    page: Page,
    by: By,
    id: &str,
    outcome: Option<&str>,
    after: Option<i64>,
    before: Option<i64>,
    db: &State<Db>,
) -> Result<Shown, Error> {
    let id = id.to_string();
    let asked = Asked { which: Which::parse(outcome.unwrap_or_default()), after, before };
    let shown = db.read(move |c| gather(c, page, &by, &id, asked, Form::empty())).await?;
    if shown.import.status == Status::Mapping {
        return Ok(Shown::Elsewhere(Go::to(format!("/imports/{}/mapping", shown.import.id))));
    }
    if shown.moves() { Ok(Shown::Moving(shown)) } else { Ok(Shown::Still(shown)) }
}

/// The page of an import; one that moves is asked for again by itself, also without script.
enum Shown {
    Still(ShowPage),
    Moving(ShowPage),
    Elsewhere(Go),
}

impl<'r> Responder<'r, 'static> for Shown {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Shown::Still(page) => page.respond_to(request),
            Shown::Elsewhere(go) => go.respond_to(request),
            Shown::Moving(page) => Response::build_from(page.respond_to(request)?)
                .header(Header::new("Refresh", "5"))
                .ok(),
        }
    }
}

/// Everything that the page of an import shows.
pub(super) fn gather(
    c: &mut AnyConnection,
    page: Page,
    by: &By,
    id: &str,
    asked: Asked,
    form: Form,
) -> Result<ShowPage, Error> {
    let import = super::find(c, by, id)?;
    let has_rows = matches!(import.status, Status::Ready | Status::Confirming);
    let mut rows = Vec::new();
    if has_rows {
        rows = rows::page(c, id, asked.which, asked.after, asked.before, PAGE_SIZE as i64 + 1)?;
    }
    let is_backwards = asked.before.is_some();
    let has_more = rows.len() > PAGE_SIZE;
    if has_more {
        if is_backwards {
            rows.remove(0);
        } else {
            rows.truncate(PAGE_SIZE)
        }
    }
    let first: Vec<i64> = rows.iter().map(|r| r.first_row).filter(|row| *row > 0).collect();
    let ids: Vec<&str> =
        rows.iter().map(|r| r.supplier_id.as_str()).filter(|s| !s.is_empty()).collect();
    let obstacles = match import.status {
        Status::Confirmed => super::obstacles(c, id)?,
        _ => Vec::new(),
    };
    let (mut alike, mut is_comparing) = ((0, false), false);
    if import.status == Status::Confirmed {
        let asked = duplicates::Asked { import: Some(id.to_string()), ..Default::default() };
        let (pairs, next) = duplicates::page(c, by.scope(), &asked)?;
        alike = (pairs.len() as i64, next.is_some());
        is_comparing = duplicates::is_due(c)?;
    }
    Ok(ShowPage {
        alike,
        is_comparing,
        form,
        which: asked.which,
        first_rows: rows::names(c, id, &first)?,
        registered: rows::registered(c, &ids)?,
        has_next: has_more || is_backwards,
        has_previous: has_more && is_backwards || asked.after.is_some_and(|after| after > 0),
        rows,
        obstacles,
        page,
        import,
    })
}

impl ShowPage {
    fn action(&self, what: &str) -> String {
        format!("/imports/{}/{what}", self.import.id)
    }

    fn progress(&self) -> String {
        self.page.ta("import-progress", &[("percent", &self.import.percent().to_string())])
    }

    fn is_chosen(&self, value: &str) -> bool {
        value == self.which.as_str()
    }

    fn url(&self, which: &str) -> String {
        format!("/imports/{}?outcome={which}", self.import.id)
    }

    /// The choices of rows: name, its text's key, how many.
    fn choices(&self) -> Vec<(&'static str, &'static str, i64)> {
        let counts = self.import.counts();
        let mut choices = vec![("", "import-rows-all", counts.rows)];
        let keys = [
            (Outcome::Error, "import-rows-error"),
            (Outcome::New, "import-rows-new"),
            (Outcome::Site, "import-rows-site"),
            (Outcome::Matches, "import-rows-matches"),
            (Outcome::MatchesSite, "import-rows-matches_site"),
            (Outcome::Duplicate, "import-rows-duplicate"),
        ];
        let some = keys.map(|(outcome, key)| (outcome.as_str(), key, counts.of(outcome)));
        choices.extend(some.into_iter().filter(|(_, _, count)| *count > 0));
        if counts.unresolved > 0 {
            choices.insert(1, ("unresolved", "import-rows-unresolved", counts.unresolved));
        }
        choices
    }

    fn previous(&self) -> Option<String> {
        let first = self.rows.first().filter(|_| self.has_previous)?;
        Some(format!("{}&before={}", self.url(self.which.as_str()), first.row_number))
    }

    fn next(&self) -> Option<String> {
        let last = self.rows.last().filter(|_| self.has_next)?;
        Some(format!("{}&after={}", self.url(self.which.as_str()), last.row_number))
    }

    fn place(&self, row: &ReadRow) -> String {
        let chinese = self.page.is_chinese();
        let names = [city_name(&row.city, chinese), area_name(&row.area, chinese)];
        let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        names.join(", ")
    }

    /// What becomes of a row, with the company that it belongs to.
    fn happens(&self, row: &ReadRow) -> String {
        let key = format!("import-happens-{}", row.outcome.as_str());
        let first = self.first_rows.iter().find(|(number, _)| *number == row.first_row);
        let known = self.registered.iter().find(|(id, _, _)| *id == row.supplier_id);
        let (number, name) = match (first, known) {
            (_, Some((_, number, name))) => (code_of(*number), name.clone()),
            (Some((number, name)), _) => (number.to_string(), name.clone()),
            _ => (String::new(), String::new()),
        };
        if known.is_some() && row.outcome == Outcome::Duplicate {
            return self
                .page
                .ta("import-happens-duplicate_known", &[("name", &name), ("number", &number)]);
        }
        self.page.ta(&key, &[("name", &name), ("number", &number)])
    }

    fn is_known(&self, row: &ReadRow) -> bool {
        self.registered.iter().any(|(id, _, _)| *id == row.supplier_id)
    }

    /// The problems of a row: column, what is wrong with it, and the company that it is about.
    fn faults(&self, row: &ReadRow) -> Vec<(String, String, Option<String>)> {
        let headers = self.import.headers();
        let mapping: Mapping = serde_json::from_str(&self.import.mapping).unwrap_or_default();
        let column = |problem: &Problem| super::column_of(problem, &headers, &mapping);
        let about = |problem: &Problem| {
            let id = problem.args.iter().find(|(name, _)| name == "id");
            id.map(|(_, id)| format!("/suppliers/{id}"))
        };
        row.problems().iter().map(|p| (column(p), self.page.problem(p), about(p))).collect()
    }

    /// The sentence of what ended the reading or the confirmation.
    fn failure(&self) -> Option<String> {
        if self.import.is_interrupted() {
            return Some(self.page.problem(&Problem::new("file", "import_interrupted")));
        }
        let problem: Problem = serde_json::from_str(&self.import.failure).ok()?;
        Some(self.page.problem(&problem))
    }

    /// The counts worth telling.
    fn facts(&self) -> Vec<(&'static str, i64)> {
        let counts = self.import.counts();
        vec![
            ("import-count-rows", counts.rows),
            ("import-count-new", counts.suppliers_new),
            ("import-count-matched", counts.suppliers_matched),
            ("import-count-sites", counts.sites_new),
            ("import-count-unresolved", counts.unresolved),
            ("import-count-duplicates", counts.duplicates),
            ("import-count-errors", counts.errors),
        ]
    }

    fn confirm_label(&self) -> String {
        let counts = self.import.counts();
        match counts.suppliers_new {
            0 => self.page.tn("import-confirm-sites", counts.sites_new),
            new => self.page.tn("import-confirm", new),
        }
    }

    /// Whether the page changes by itself.
    fn moves(&self) -> bool {
        matches!(self.import.shown_state(), "reading" | "confirming")
    }

    fn mark(&self, row: &ReadRow) -> &'static str {
        mark(row.outcome)
    }
}

/// The shape that an outcome is shown with.
fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New | Outcome::Site | Outcome::MatchesSite => "ok",
        Outcome::Matches => "none",
        Outcome::Duplicate => "due",
        Outcome::Error => "stop",
    }
}

/// The shape that the state of an import is shown with.
pub(super) fn state_mark(import: &Import) -> &'static str {
    match import.status {
        _ if import.is_interrupted() => "stop",
        Status::Mapping | Status::Ready => "due",
        Status::Reading | Status::Confirming => "wait",
        Status::Confirmed => "ok",
        Status::Undone | Status::Discarded => "none",
        Status::Failed => "stop",
    }
}

/// Problems that belong to the page as a whole.
pub(super) fn rejected(problems: Problems) -> Form {
    Form::rejected(Vec::new(), problems)
}
