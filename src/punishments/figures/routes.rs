//! The page of figures.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::{Route, State, get, routes};

use super::query::CasesQuery;
use super::rows::{TERMS, Which};
use super::{Duration, Figures, Line, NONE, load, routes_files, routes_rows};
use crate::access::{May, right};
use crate::clauses::coverage::percent;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::inspections::Severity;
use crate::inspections::figures::query::Asked;
use crate::inspections::figures::{SEVERITIES, share, tenths};
use crate::page::{Form, Page};
use crate::regions::{all_schemes, row_name};
use crate::texts::grouped;

pub fn routes() -> Vec<Route> {
    [routes![show], routes_rows::routes(), routes_files::routes()].concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/figures.html")]
struct FiguresPage {
    page: Page,
    form: Form,
    /// (id, name, whether it is chosen).
    schemes: Vec<(String, String, bool)>,
    /// `None` when the form must be corrected first.
    figures: Option<Figures>,
}

/// A number that opens its cases, or a 0 that does not.
struct Linked {
    number: i64,
    href: String,
}

impl Linked {
    fn shown(&self) -> String {
        grouped(self.number)
    }
}

/// A row of a table by severity: its name, and its numbers with their headings.
struct Shown {
    name: String,
    numbers: Vec<(Linked, String)>,
}

impl FiguresPage {
    fn days(&self, figures: &Figures) -> String {
        let period = figures.asked.period;
        let (from, to) = (self.page.day(period.from), self.page.day(period.to));
        self.page.ta("figures-days", &[("from", &from), ("to", &to)])
    }

    fn severity(&self, severity: Severity) -> String {
        self.page.tk("finding-severity", severity.as_str())
    }

    /// Headings of a table by severity.
    fn headings(&self) -> Vec<String> {
        let all = self.page.t("figures-all").to_string();
        SEVERITIES.iter().map(|one| self.severity(*one)).chain([all]).collect()
    }

    fn measures(&self, figures: &Figures) -> Vec<Shown> {
        let name = |code: &str| match code {
            NONE => self.page.t("punishment-figures-no-measure").to_string(),
            code => self.page.tk("punishment-measure", code),
        };
        let lines = figures.measures.iter();
        lines.map(|line| self.shown(figures, "measure", line, name(&line.code))).collect()
    }

    fn regions(&self, figures: &Figures) -> Vec<Shown> {
        let name = |code: &str| row_name(&self.page, &figures.asked.scheme, code);
        let lines = figures.regions.iter();
        lines.map(|line| self.shown(figures, "region", line, name(&line.code))).collect()
    }

    fn violations(&self, figures: &Figures) -> Vec<Shown> {
        let name = |code: &str| {
            let (english, chinese) = figures.name(code);
            self.page.pick(english, chinese).to_string()
        };
        let lines = figures.violations.iter();
        lines.map(|line| self.shown(figures, "violation", line, name(&line.code))).collect()
    }

    /// All cases, as the last row of a table.
    fn whole(&self, figures: &Figures) -> Shown {
        let name = self.page.t("figures-all").to_string();
        self.shown(figures, "", &figures.whole, name)
    }

    fn shown(&self, figures: &Figures, by: &str, line: &Line, name: String) -> Shown {
        let by_code = [(by, line.code.as_str())];
        let own: &[(&str, &str)] = if by.is_empty() { &[] } else { &by_code };
        let each = SEVERITIES.iter().zip(line.cases).map(|(severity, number)| {
            let more = [own, &[("severity", severity.as_str())]].concat();
            Linked { number, href: rows(&figures.asked, &more) }
        });
        let all = Linked { number: line.all(), href: rows(&figures.asked, own) };
        let numbers = each.chain([all]).zip(self.headings()).collect();
        Shown { name, numbers }
    }

    fn counted(&self, figures: &Figures, which: Which) -> Linked {
        let href = rows(&figures.asked, &[("which", which.as_str())]);
        Linked { number: figures.count(which), href }
    }

    /// What stands now: name, cases.
    fn standing(&self, figures: &Figures) -> Vec<(String, Linked)> {
        let all = [Which::InForce, Which::Overdue];
        all.map(|one| (self.which(one), self.counted(figures, one))).into()
    }

    fn which(&self, which: Which) -> String {
        self.page.tk("punishment-figures-which", which.as_str())
    }

    /// The severities and how long their decisions took, all together last.
    fn durations(&self, figures: &Figures) -> Vec<(String, Linked, Duration)> {
        let decided = ("which", Which::Decided.as_str());
        let each = SEVERITIES.iter().zip(figures.durations).map(|(severity, one)| {
            let href = rows(&figures.asked, &[decided, ("severity", severity.as_str())]);
            (self.severity(*severity), Linked { number: one.decided, href }, one)
        });
        let all = figures.durations[SEVERITIES.len()];
        let href = rows(&figures.asked, &[decided]);
        let name = self.page.t("figures-all").to_string();
        each.chain([(name, Linked { number: all.decided, href }, all)]).collect()
    }

    fn median(&self, one: &Duration) -> String {
        tenths(one.median)
    }

    fn longest(&self, one: &Duration) -> String {
        one.longest.map_or("–".into(), grouped)
    }

    /// Measures by their terms: name, cases, share of all measures.
    fn terms(&self, figures: &Figures) -> Vec<(String, Linked, String)> {
        let whole: i64 = figures.terms().iter().map(|(_, number)| number).sum();
        self.shares(figures, &TERMS, whole)
    }

    /// Appeals by what became of them: name, cases, share of those that were heard.
    fn appeals(&self, figures: &Figures) -> Vec<(String, Linked, String)> {
        let heard = [Which::Upheld, Which::Varied, Which::Overturned];
        let mut all = self.shares(figures, &heard, figures.heard());
        let waiting = self.counted(figures, Which::Waiting);
        all.push((self.which(Which::Waiting), waiting, "–".into()));
        all
    }

    fn shares(
        &self,
        figures: &Figures,
        all: &[Which],
        whole: i64,
    ) -> Vec<(String, Linked, String)> {
        let part = |which: &Which| {
            let number = figures.count(*which);
            (self.which(*which), self.counted(figures, *which), percent(share(number, whole)))
        };
        all.iter().map(part).collect()
    }

    fn export(&self, figures: &Figures, format: &str) -> String {
        format!("/punishment-figures/export/{format}?{}", figures.asked.with(&[]))
    }
}

/// The address of the cases behind a number.
fn rows(asked: &Asked, more: &[(&str, &str)]) -> String {
    format!("/punishment-figures/cases?{}", asked.with(more))
}

#[get("/punishment-figures?<query..>")]
async fn show(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &State<Db>,
    query: CasesQuery,
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
