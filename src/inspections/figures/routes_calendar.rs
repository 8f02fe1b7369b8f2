//! The page of a year.

use askama::Template;
use askama_web::WebTemplate;
use chrono::Datelike;
use rocket::{Route, State, get, routes};

use super::Visits;
use super::calendar::{self, Month, Planned, Year, month_name};
use super::period::Period;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::page::Page;
use crate::page::filters::query_string;
use crate::texts::grouped;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![year]
}

#[derive(Template, WebTemplate)]
#[template(path = "figures/calendar.html")]
struct CalendarPage {
    page: Page,
    year: Year,
}

impl CalendarPage {
    fn name(&self, month: &Month) -> String {
        month_name(&month.period.from.format("%Y-%m").to_string(), self.page.is_chinese())
    }

    fn id(&self, month: &Month) -> String {
        format!("m-{}", month.period.from.month())
    }

    /// The years beside this one, where there are any.
    fn before(&self) -> Option<i32> {
        (self.year.year > FIRST).then(|| self.year.year - 1)
    }

    fn after(&self) -> Option<i32> {
        (self.year.year < LAST).then(|| self.year.year + 1)
    }

    fn plan(&self, at: &usize) -> Option<&Planned> {
        self.year.plans.get(*at)
    }

    /// The days of a plan.
    fn days(&self, planned: &Planned) -> String {
        let (from, to) = (planned.plan.period_from, planned.plan.period_to);
        let (from, to) = (self.page.day(from), self.page.day(to));
        self.page.ta("figures-days", &[("from", &from), ("to", &to)])
    }

    /// The inspections of some days at a state: mark, text, address; states without any left out.
    fn states(&self, visits: &Visits, period: Period) -> Vec<(&'static str, String, String)> {
        let all = [
            ("ok", "done", visits.done),
            ("wait", "open", visits.planned),
            ("none", "cancelled", visits.cancelled),
        ];
        let (from, to) = (period.from.to_string(), period.to.to_string());
        let shown = |(mark, state, number): (&'static str, &str, i64)| {
            let name = self.page.tk("figures-state", state);
            let number = grouped(number);
            let text = self.page.ta("figures-state", &[("number", &number), ("state", &name)]);
            let query = query_string([
                ("status", Some(state)),
                ("day", Some("either")),
                ("from", Some(from.as_str())),
                ("to", Some(to.as_str())),
            ]);
            (mark, text, format!("/inspections?{query}"))
        };
        all.into_iter().filter(|(.., number)| *number > 0).map(shown).collect()
    }

    fn day_states(&self, day: &calendar::Day) -> Vec<(&'static str, String, String)> {
        self.states(&day.visits, Period { from: day.on, to: day.on })
    }

    fn month_states(&self, month: &Month) -> Vec<(&'static str, String, String)> {
        self.states(&month.visits, month.period)
    }

    /// The findings whose last day is in a month.
    fn due(&self, month: &Month) -> String {
        let Period { from, to } = month.period;
        format!("/inspection-figures/findings?from={from}&to={to}&measure=due")
    }

    /// "12 of 40 hours".
    fn hours(&self, month: &Month) -> String {
        let (hours, planned) = (grouped(month.hours), grouped(month.planned_hours));
        self.page.ta("figures-hours", &[("hours", &hours), ("planned", &planned)])
    }

    fn is_empty(&self, month: &Month) -> bool {
        month.days.is_empty() && month.plans.is_empty() && month.due == 0
    }

    fn whole(&self, what: &str) -> String {
        let of = |month: &Month| match what {
            "done" => month.visits.done,
            "open" => month.visits.planned,
            "hours" => month.hours,
            _ => month.planned_hours,
        };
        grouped(self.year.months.iter().map(of).sum::<i64>())
    }
}

/// Years that the calendar has.
const FIRST: i32 = 1990;
const LAST: i32 = 2200;

#[get("/inspection-calendar?<year>")]
async fn year(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    year: Option<String>,
) -> Result<CalendarPage, Error> {
    let today = now().date();
    let year = match year.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => today.year(),
        Some(text) => {
            let year = text.parse().ok().filter(|year| (FIRST..=LAST).contains(year));
            year.ok_or_else(|| Problems::one("year", "figures_year"))?
        }
    };
    db.read(move |c| {
        let year = calendar::load(c, may.scope(), year, today)?;
        Ok(CalendarPage { page, year })
    })
    .await
}
