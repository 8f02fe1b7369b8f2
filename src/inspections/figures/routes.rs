//! The page of figures.

use std::borrow::Borrow;

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::{Route, State, get, routes};

use super::heat::{self, Cell};
use super::period::Period;
use super::query::{Asked, FiguresQuery};
use super::raised::Outcomes;
use super::rows::Measure;
use super::{Figures, SEVERITIES, Visits, inspected, load, raised, share, tenths};
use super::{routes_calendar, routes_files, routes_rows, routes_supplier};
use crate::access::{May, right};
use crate::clauses::coverage::percent;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::inspections::{Kind, Severity};
use crate::page::{Form, Page};
use crate::regions::{all_schemes, row_name};
use crate::texts::grouped;

pub fn routes() -> Vec<Route> {
    let own = routes![show];
    let rows = routes_rows::routes();
    [own, rows, routes_files::routes(), routes_calendar::routes(), routes_supplier::routes()]
        .concat()
}

/// In the address of a list of inspections: its days are those of visits, or while there was none those
/// that are planned.
const EITHER_DAY: (&str, &str) = ("day", "either");

#[derive(Template, WebTemplate)]
#[template(path = "figures/show.html")]
struct FiguresPage {
    page: Page,
    form: Form,
    /// (id, name, whether it is chosen).
    schemes: Vec<(String, String, bool)>,
    /// `None` when the form must be corrected first.
    figures: Option<Figures>,
}

/// A number that opens something, or a 0 that does not.
struct Linked {
    number: i64,
    href: String,
}

impl Linked {
    fn shown(&self) -> String {
        grouped(self.number)
    }
}

impl FiguresPage {
    fn kinds(&self) -> &'static [Kind] {
        Kind::ALL
    }

    fn severities(&self) -> [Severity; 3] {
        SEVERITIES
    }

    fn region(&self, figures: &Figures, code: &str) -> String {
        if code.is_empty() {
            return self.page.t("figures-all").to_string();
        }
        row_name(&self.page, &figures.asked.scheme, code)
    }

    /// "March 2027" or "2027年3月".
    fn month(&self, code: &str) -> String {
        super::calendar::month_name(code, self.page.is_chinese())
    }

    fn days(&self, period: &Period) -> String {
        let (from, to) = (self.page.day(period.from), self.page.day(period.to));
        self.page.ta("figures-days", &[("from", &from), ("to", &to)])
    }

    fn lines<'f>(&self, figures: &'f Figures) -> Vec<&'f inspected::Line> {
        figures.inspected.regions.iter().chain([&figures.inspected.whole]).collect()
    }

    /// The inspections of a kind, of a region or of all.
    fn of_kind(
        &self,
        figures: &Figures,
        line: &inspected::Line,
        kind: &Kind,
    ) -> [(Linked, &'static str); 3] {
        let at = Kind::ALL.iter().position(|one| one == kind);
        let visits = at.and_then(|at| line.kinds.get(at)).copied().unwrap_or_default();
        let more = [("region", line.code.as_str()), ("kind", kind.as_str())];
        self.inspections(&figures.asked, figures.asked.period, &more, &visits)
    }

    /// The same of all kinds.
    fn of_all(&self, figures: &Figures, line: &inspected::Line) -> [(Linked, &'static str); 3] {
        let more = [("region", line.code.as_str())];
        self.inspections(&figures.asked, figures.asked.period, &more, &line.all)
    }

    /// The same of a month.
    fn of_month(&self, figures: &Figures, line: &inspected::Line) -> [(Linked, &'static str); 3] {
        let period = figures.asked.period.within(&line.code);
        self.inspections(&figures.asked, period, &[], &line.all)
    }

    fn inspections(
        &self,
        asked: &Asked,
        period: Period,
        more: &[(&str, &str)],
        visits: &Visits,
    ) -> [(Linked, &'static str); 3] {
        let all =
            [(visits.done, "done"), (visits.planned, "open"), (visits.cancelled, "cancelled")];
        all.map(|(number, status)| {
            let more = [more, &[("status", status), EITHER_DAY]].concat();
            (Linked { number, href: format!("/inspections?{}", asked.of(period, &more)) }, status)
        })
    }

    /// The inspections by which companies were inspected.
    fn companies(&self, figures: &Figures, line: &inspected::Line) -> Linked {
        let more = [("region", line.code.as_str()), ("status", "done"), EITHER_DAY];
        let href = format!("/inspections?{}", figures.asked.with(&more));
        Linked { number: line.companies, href }
    }

    fn month_companies(&self, figures: &Figures, line: &inspected::Line) -> Linked {
        let period = figures.asked.period.within(&line.code);
        let more = [("status", "done"), EITHER_DAY];
        let href = format!("/inspections?{}", figures.asked.of(period, &more));
        Linked { number: line.companies, href }
    }

    fn inspected_share(&self, line: &inspected::Line) -> String {
        percent(share(line.counted, line.active))
    }

    fn raised_lines<'f>(&self, figures: &'f Figures) -> Vec<&'f raised::Line> {
        figures.raised.regions.iter().chain([&figures.raised.whole]).collect()
    }

    /// The findings of a region, or everywhere: of each severity, and all.
    fn raised(&self, figures: &Figures, line: &raised::Line) -> Vec<(Linked, String)> {
        self.by_severity(figures, ("region", line.code.as_str()), line)
    }

    /// The same of a section.
    fn of_section(&self, figures: &Figures, line: &raised::Line) -> Vec<(Linked, String)> {
        self.by_severity(figures, ("section", line.code.as_str()), line)
    }

    fn by_severity(
        &self,
        figures: &Figures,
        by: (&str, &str),
        line: &raised::Line,
    ) -> Vec<(Linked, String)> {
        let each = SEVERITIES.iter().zip(line.raised).map(|(severity, number)| {
            let href = rows(&figures.asked, &[by, ("severity", severity.as_str())]);
            (Linked { number, href }, self.page.tk("finding-severity", severity.as_str()))
        });
        let all = Linked { number: line.all(), href: rows(&figures.asked, &[by]) };
        each.chain([(all, self.page.t("figures-all").to_string())]).collect()
    }

    /// The severities and what became of their findings, all together last.
    fn outcomes<'f>(&self, figures: &'f Figures) -> Vec<(&'static str, String, &'f Outcomes)> {
        let name = |one: &Severity| self.page.tk("finding-severity", one.as_str());
        let each = SEVERITIES.iter().zip(&figures.raised.severities);
        let each = each.map(|(severity, one)| (severity.as_str(), name(severity), one));
        let all = ("", self.page.t("figures-all").to_string(), &figures.raised.outcomes);
        each.chain([all]).collect()
    }

    fn measured(
        &self,
        figures: &Figures,
        severity: &str,
        measure: &str,
        number: impl Borrow<i64>,
    ) -> Linked {
        let more = [("measure", measure), ("severity", severity)];
        Linked { number: *number.borrow(), href: rows(&figures.asked, &more) }
    }

    /// Disputes by what became of them: text, findings, share of all that were disputed.
    fn disputes(&self, figures: &Figures) -> Vec<(String, Linked, String)> {
        let one = &figures.raised.outcomes;
        let all = [
            (Measure::Withdrawn, one.withdrawn),
            (Measure::Upheld, one.upheld),
            (Measure::Waiting, one.waiting),
        ];
        let shown = |(measure, number): (Measure, i64)| {
            let code = measure.as_str();
            let part = percent(share(number, one.disputed()));
            (self.page.tk("figures-measure", code), self.measured(figures, "", code, number), part)
        };
        all.into_iter().map(shown).collect()
    }

    fn share(&self, part: impl Borrow<i64>, whole: impl Borrow<i64>) -> String {
        percent(share(*part.borrow(), *whole.borrow()))
    }

    fn tenths(&self, number: impl Borrow<Option<i64>>) -> String {
        tenths(*number.borrow())
    }

    fn category(&self, line: &heat::Line) -> String {
        match &line.category {
            Some(one) => self.page.pick(&one.name_en, &one.name_zh).to_string(),
            None => self.page.t("figures-no-category").to_string(),
        }
    }

    /// The findings of a cell.
    fn of_cell(&self, figures: &Figures, line: &heat::Line, region: &str) -> String {
        let category = line.category.as_ref().map_or("none", |one| one.id.as_str());
        rows(
            &figures.asked,
            &[("measure", Measure::Standing.as_str()), ("category", category), ("region", region)],
        )
    }

    /// What a cell counts, in words; `None` where nothing was inspected.
    fn in_cell(&self, cell: &Cell) -> Option<String> {
        let (findings, inspections) = (grouped(cell.number()), grouped(cell.inspections));
        let words = [("findings", findings.as_str()), ("inspections", inspections.as_str())];
        (*cell != Cell::default()).then(|| self.page.ta("figures-cell", &words))
    }

    /// The number of the same cell in the period before, where anything was inspected then.
    fn before_cell(&self, cell: &Cell) -> Option<String> {
        let heat = cell.heat()?;
        Some(self.page.ta("figures-before", &[("number", &tenths(Some(heat)))]))
    }

    fn export(&self, figures: &Figures, format: &str) -> String {
        format!("/inspection-figures/export/{format}?{}", figures.asked.with(&[]))
    }

    /// Whether there is anything to show.
    fn is_empty(&self, figures: &Figures) -> bool {
        figures.inspected.whole.all.all() == 0 && figures.raised.outcomes.raised == 0
    }
}

/// The address of the findings behind a number.
fn rows(asked: &Asked, more: &[(&str, &str)]) -> String {
    format!("/inspection-figures/findings?{}", asked.with(more))
}

#[get("/inspection-figures?<query..>")]
async fn show(
    may: May<right::ReadReports>,
    page: Page,
    db: &State<Db>,
    query: FiguresQuery,
) -> Result<(Status, FiguresPage), Error> {
    db.read(move |c| {
        let asked = match query.asked(c) {
            Ok(asked) => asked,
            Err(Error::Invalid(problems)) => {
                let form = Form::rejected(query.values(), problems);
                let page = framed(c, page, form, None)?;
                return Ok((Status::UnprocessableEntity, page));
            }
            Err(error) => return Err(error),
        };
        let (from, to) = (asked.period.from.to_string(), asked.period.to.to_string());
        let values = [("from", from), ("to", to), ("scheme", asked.scheme.id.clone())];
        let values = values.map(|(name, value)| (name.to_string(), value)).to_vec();
        let figures = load(c, asked, may.scope())?;
        let form = Form::rejected(values, Problems::default());
        Ok((Status::Ok, framed(c, page, form, Some(figures))?))
    })
    .await
}

fn framed(
    c: &mut AnyConnection,
    page: Page,
    form: Form,
    figures: Option<Figures>,
) -> Result<FiguresPage, Error> {
    let schemes = all_schemes(c)?.into_iter().map(|(id, english, chinese)| {
        let is_chosen = id == form.value("scheme");
        (id, page.pick(&english, &chinese).to_string(), is_chosen)
    });
    let schemes = schemes.collect();
    Ok(FiguresPage { page, form, schemes, figures })
}
