//! The calendar of what runs out: a month, a day, what is overdue, and a file for calendar programs.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use chrono::{Datelike, Days, NaiveDate};
use rocket::http::{ContentType, Header};
use rocket::response::Responder;
use rocket::{Route, State, get, routes};

use super::query::{CalendarQuery, beside};
use super::{Asked, Expiry, Kind, between, ics, kinds_for, owner_names, reminders};
use crate::Settings;
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::Page;
use crate::page::paging::{PAGE_SIZE, cut};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![calendar, file]
}

/// Things of a day that the month shows.
const OF_A_DAY: usize = 4;
/// Things of a month that are read, at most.
const OF_A_MONTH: usize = 3_000;
/// What ran out longer ago than so many days is history.
const OVERDUE: u64 = 400;
/// Overdue things are counted up to here.
const COUNTED_TO: usize = 200;
/// Days ahead, and entries, of the file for calendar programs.
const FILE: (u64, usize) = (400, 3_000);

/// What is shown: its kind, and whose.
#[derive(Clone)]
struct Chosen {
    kind: Option<Kind>,
    mine: bool,
}

#[derive(Responder)]
enum Shown {
    Month(MonthPage),
    List(ListPage),
}

#[derive(Template, WebTemplate)]
#[template(path = "calendar/month.html")]
struct MonthPage {
    page: Page,
    query: CalendarQuery,
    chosen: Chosen,
    today: NaiveDate,
    month: NaiveDate,
    weeks: Vec<Vec<Day>>,
    /// Things of the month; more than are read count as one more.
    number: usize,
    overdue: usize,
}

/// A day of the calendar.
struct Day {
    on: NaiveDate,
    is_in_month: bool,
    /// The first things of the day, and how many more there are.
    entries: Vec<Expiry>,
    more: usize,
}

#[derive(Template, WebTemplate)]
#[template(path = "calendar/list.html")]
struct ListPage {
    page: Page,
    query: CalendarQuery,
    chosen: Chosen,
    today: NaiveDate,
    /// The day that is listed; `None` for what is overdue.
    day: Option<NaiveDate>,
    entries: Vec<Expiry>,
    owners: HashMap<String, String>,
    next: Option<String>,
}

/// The shape of something with a last day.
fn mark(due_on: &NaiveDate, today: &NaiveDate) -> &'static str {
    match (*due_on - *today).num_days() {
        days if days < 0 => "stop",
        days if days <= 30 => "due",
        _ => "none",
    }
}

/// The ways to other kinds, and to one's own companies.
fn choices(
    page: &Page,
    query: &CalendarQuery,
    chosen: &Chosen,
    part: &str,
) -> Vec<(String, String, bool)> {
    let kinds = page.viewer().map(|viewer| kinds_for(&viewer.actor, None)).unwrap_or_default();
    let all = [None].into_iter().chain(kinds.into_iter().map(Some));
    let mut ways: Vec<(String, String, bool)> = all
        .map(|kind| {
            let name = kind.map_or("all", Kind::as_str);
            let href = query.address(part, kind, chosen.mine);
            (href, page.tk("expiry-kind", name), kind == chosen.kind)
        })
        .collect();
    let mine = query.address(part, chosen.kind, !chosen.mine);
    ways.push((mine, page.t("calendar-mine").to_string(), chosen.mine));
    ways
}

impl MonthPage {
    fn part(&self) -> String {
        format!("month={}", self.month.format("%Y-%m"))
    }

    fn choices(&self) -> Vec<(String, String, bool)> {
        choices(&self.page, &self.query, &self.chosen, &self.part())
    }

    fn way(&self, part: &str) -> String {
        self.query.address(part, self.chosen.kind, self.chosen.mine)
    }

    fn day_way(&self, day: &NaiveDate) -> String {
        self.way(&format!("day={day}"))
    }

    /// The month, whatever the kind and whosever.
    fn whole(&self) -> String {
        self.query.address(&self.part(), None, false)
    }

    /// The same as a file.
    fn file(&self) -> String {
        self.way("").replacen("/calendar", "/calendar.ics", 1)
    }

    /// The months beside this one: where they are, and what they are called.
    fn beside(&self) -> [Option<(String, String)>; 2] {
        let way = |month: NaiveDate| {
            (self.way(&format!("month={}", month.format("%Y-%m"))), self.name(&month))
        };
        let (before, after) = beside(self.month);
        [before.map(way), after.map(way)]
    }

    /// "March 2027" or "2027年3月".
    fn name(&self, month: &NaiveDate) -> String {
        if self.page.is_chinese() {
            return format!("{}年{}月", month.year(), month.month());
        }
        month.format("%B %Y").to_string()
    }

    fn weekdays(&self) -> Vec<String> {
        (1..=7).map(|day| self.page.tk("weekday", &day.to_string())).collect()
    }

    /// "Mon 1 March": for a phone, where no head of a column says so.
    fn long_day(&self, day: &NaiveDate) -> String {
        let weekday = day.weekday().number_from_monday().to_string();
        format!("{} {}", self.page.day(*day), self.page.tk("weekday", &weekday))
    }

    fn is_cut(&self) -> bool {
        self.number > OF_A_MONTH
    }
}

impl ListPage {
    fn part(&self) -> String {
        self.day.map_or("overdue=yes".into(), |day| format!("day={day}"))
    }

    fn choices(&self) -> Vec<(String, String, bool)> {
        choices(&self.page, &self.query, &self.chosen, &self.part())
    }

    /// The month of the day, or today's.
    fn back(&self) -> String {
        let day = self.day.unwrap_or(self.today);
        let month = format!("month={}", day.format("%Y-%m"));
        self.query.address(&month, self.chosen.kind, self.chosen.mine)
    }

    fn title(&self) -> String {
        match &self.day {
            Some(day) => self.page.day(day),
            None => self.page.t("calendar-overdue-title").to_string(),
        }
    }

    fn when(&self, due_on: &NaiveDate) -> String {
        reminders::when(self.page.texts(), *due_on, self.today)
    }

    fn owner(&self, one: &Expiry) -> Option<&String> {
        one.owner_id.as_ref().and_then(|id| self.owners.get(id))
    }
}

#[get("/calendar?<query..>")]
async fn calendar(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: CalendarQuery,
) -> Result<Shown, Error> {
    let actor = may.actor().clone();
    let chosen = Chosen { kind: query.kind(), mine: query.is_mine() };
    let today = now().date();
    db.read(move |c| {
        if query.day().is_some() || query.is_overdue() {
            let list = listed(c, page, &actor, query, chosen, today)?;
            return Ok(Shown::List(list));
        }
        Ok(Shown::Month(month_of(c, page, &actor, query, chosen, today)?))
    })
    .await
}

/// Asks for what somebody may see of what was chosen.
fn ask<T>(
    actor: &Actor,
    chosen: &Chosen,
    days: (NaiveDate, NaiveDate),
    limit: usize,
    with: impl FnOnce(Asked) -> T,
) -> T {
    let kinds = kinds_for(actor, chosen.kind);
    with(Asked {
        scope: &actor.scope,
        days,
        kinds: &kinds,
        owner: chosen.mine.then_some(actor.account_id.as_str()),
        companies: None,
        only_counted: false,
        after: None,
        limit,
    })
}

/// The days on which something was due that is overdue now.
fn overdue_days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (today - Days::new(OVERDUE), today - Days::new(1))
}

fn month_of(
    c: &mut AnyConnection,
    page: Page,
    actor: &Actor,
    query: CalendarQuery,
    chosen: Chosen,
    today: NaiveDate,
) -> Result<MonthPage, Error> {
    let month = query.month(today);
    let first = month - Days::new(month.weekday().num_days_from_monday().into());
    let end = beside(month).1.unwrap_or(month + Days::new(31)) - Days::new(1);
    let last = end + Days::new((6 - end.weekday().num_days_from_monday()).into());
    let found = ask(actor, &chosen, (first, last), OF_A_MONTH + 1, |asked| between(c, &asked))?;
    let overdue = ask(actor, &chosen, overdue_days(today), COUNTED_TO, |asked| {
        between(c, &Asked { only_counted: true, ..asked })
    })?;
    let number = found.len();
    let mut by_day: HashMap<NaiveDate, Vec<Expiry>> = HashMap::new();
    for one in found {
        by_day.entry(one.due_on).or_default().push(one);
    }
    let days: Vec<Day> = first
        .iter_days()
        .take_while(|day| *day <= last)
        .map(|on| {
            let mut entries = by_day.remove(&on).unwrap_or_default();
            let more = entries.len().saturating_sub(OF_A_DAY);
            entries.truncate(OF_A_DAY);
            Day { on, is_in_month: on.month() == month.month(), entries, more }
        })
        .collect();
    let mut weeks: Vec<Vec<Day>> = Vec::new();
    for day in days {
        match weeks.last_mut() {
            Some(week) if week.len() < 7 => week.push(day),
            _ => weeks.push(vec![day]),
        }
    }
    let overdue = overdue.len();
    Ok(MonthPage { page, query, chosen, today, month, weeks, number, overdue })
}

fn listed(
    c: &mut AnyConnection,
    page: Page,
    actor: &Actor,
    query: CalendarQuery,
    chosen: Chosen,
    today: NaiveDate,
) -> Result<ListPage, Error> {
    let day = query.day();
    let days = day.map_or(overdue_days(today), |day| (day, day));
    let mut entries = ask(actor, &chosen, days, PAGE_SIZE + 1, |asked| {
        let only_counted = day.is_none();
        between(c, &Asked { only_counted, after: query.place(), ..asked })
    })?;
    let next = cut(&mut entries, PAGE_SIZE, |last| last.place().cursor());
    let owners = owner_names(c, &entries)?;
    let mut list = ListPage { page, query, chosen, today, day, entries, owners, next: None };
    list.next = next.map(|next| {
        let part = format!("{}&after={}", list.part(), next.encode());
        list.query.address(&part, list.chosen.kind, list.chosen.mine)
    });
    Ok(list)
}

/// A file that the browser keeps.
#[derive(Responder)]
struct CalendarFile {
    text: String,
    kind: ContentType,
    name: Header<'static>,
}

#[get("/calendar.ics?<kind>&<mine>")]
async fn file(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    settings: &State<Settings>,
    kind: Option<String>,
    mine: Option<String>,
) -> Result<CalendarFile, Error> {
    let actor = may.actor().clone();
    let query = CalendarQuery { kind, mine, ..CalendarQuery::default() };
    let chosen = Chosen { kind: query.kind(), mine: query.is_mine() };
    let (made_at, (ahead, limit)) = (now(), FILE);
    let today = made_at.date();
    let days = (today, today + Days::new(ahead));
    let found =
        db.read(move |c| ask(&actor, &chosen, days, limit, |asked| between(c, &asked))).await?;
    let base = settings.base_url.trim_end_matches('/');
    let texts = page.texts();
    let event = |one: &Expiry| ics::Event {
        uid: format!("{}-{}@touchstone", one.kind.as_str(), one.id),
        day: one.due_on,
        summary: format!("{} · {}", one.title(texts), one.company.name(texts)),
        description: format!(
            "{} {}",
            one.company.code(),
            page.tk("expiry-kind", one.kind.as_str())
        ),
        url: format!("{base}{}", one.path()),
    };
    let events: Vec<ics::Event> = found.iter().map(event).collect();
    Ok(CalendarFile {
        text: ics::calendar(page.t("layout-calendar"), &events, made_at),
        kind: ContentType::new("text", "calendar").with_params(("charset", "utf-8")),
        name: Header::new("Content-Disposition", "attachment; filename=\"touchstone.ics\""),
    })
}
