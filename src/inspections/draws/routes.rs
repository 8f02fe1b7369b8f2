//! The pages of draws.

use askama::Template;
use askama_web::WebTemplate;
use diesel::prelude::*;
use rocket::form::FromForm;
use rocket::{Route, State, get, routes};

use super::list::{self, Asked, Row};
use super::sample::{StratumSample, key_written};
use super::{Draw, Status, Words, file, find};
use crate::access::{Actor, May, Scope, right};
use crate::audit;
use crate::audit::view::{self, Line};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::Status as Visit;
use crate::inspections::plans::{self, Plan};
use crate::page::filters::{given, query_string};
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::page::{Form, Page, Streamed, Streams, stream};
use crate::schema::draw_entries;

/// Records of its trail that a draw's page shows.
const TRAIL: i64 = 20;
/// Chosen companies that a draw's page shows; the roster has all.
const SHOWN: usize = 200;

pub fn routes() -> Vec<Route> {
    let own = routes![show, roster_page, entry_page, draw_file];
    [own, super::routes_steps::routes()].concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "draws/show.html")]
pub(super) struct DrawPage {
    page: Page,
    /// The salt, or why the draw is given up.
    form: Form,
    draw: Draw,
    plan: Plan,
    strata: Vec<StratumSample>,
    words: Words,
    chosen: Vec<Row>,
    /// How many are in, seen or not.
    number: i64,
    /// Whether the reader has promised the seed.
    is_mine: bool,
    sees_all: bool,
    lines: Vec<Line>,
}

impl DrawPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        actor: &Actor,
        id: &str,
        form: Form,
    ) -> Result<DrawPage, Error> {
        let draw = find(c, id)?;
        let plan = plans::find(c, &draw.plan_id)?;
        let is_drawn = draw.status == Status::Drawn;
        let (chosen, number) = match is_drawn {
            true => list::chosen(c, &actor.scope, id, SHOWN)?,
            false => (Vec::new(), 0),
        };
        let sees_all = list::sees_all(c, &actor.scope, id)?;
        // It names companies: it is for who sees them all.
        let trail = match sees_all {
            true => audit::trail_of(c, ("draw", id), None, TRAIL)?,
            false => Vec::new(),
        };
        Ok(DrawPage {
            strata: draw.strata(),
            words: Words::load(c, &plan)?,
            is_mine: draw.committed_by == actor.account_id,
            sees_all,
            lines: view::lines(&page, &trail),
            page: page.at(&format!("/draws/{id}")),
            form,
            chosen,
            number,
            plan,
            draw,
        })
    }

    fn stratum(&self, key: &str) -> String {
        self.words.stratum(&self.page, key)
    }

    fn why(&self, row: &Row) -> String {
        self.words.why(&self.page, &self.draw, &self.strata, row)
    }

    /// Of all strata: companies, those in without chance, those drawn.
    fn total(&self) -> (i64, i64, i64) {
        let sum = |of: fn(&StratumSample) -> i64| self.strata.iter().map(of).sum();
        (sum(StratumSample::all), sum(|one| one.certain), sum(|one| one.drawn))
    }
}

#[get("/draws/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<DrawPage, Error> {
    db.read(move |c| DrawPage::load(c, page, may.actor(), &id, Form::empty())).await
}

/// The filters of a roster.
#[derive(Clone, Debug, Default, FromForm)]
struct Query {
    /// "chosen", or anything else for all.
    show: Option<String>,
    /// "S-000123", or the number alone.
    q: Option<String>,
    after: Option<String>,
}

impl Query {
    fn asked(&self) -> Asked {
        let number = given(&self.q).map(|text| {
            let digits = text.trim_start_matches(['S', 's', '-']);
            // What is no number finds nobody.
            digits.parse().unwrap_or(-1)
        });
        Asked { chosen: self.is_chosen(), number }
    }

    fn is_chosen(&self) -> bool {
        given(&self.show) == Some("chosen")
    }

    fn typed(&self) -> &str {
        given(&self.q).unwrap_or_default()
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 2] {
        [("show", given(&self.show)), ("q", given(&self.q))]
    }

    fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(_, value)| value.is_some())
    }

    fn next(&self, id: &str, cursor: &Cursor) -> String {
        let place = cursor.encode();
        let all = self.pairs().into_iter().chain([("after", Some(place.as_str()))]);
        format!("/draws/{id}/roster?{}", query_string(all))
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "draws/roster.html")]
struct RosterPage {
    page: Page,
    query: Query,
    draw: Draw,
    plan: Plan,
    strata: Vec<StratumSample>,
    words: Words,
    rows: Vec<Row>,
    next: Option<String>,
}

impl RosterPage {
    fn stratum(&self, key: &str) -> String {
        self.words.stratum(&self.page, key)
    }

    fn why(&self, row: &Row) -> String {
        self.words.why(&self.page, &self.draw, &self.strata, row)
    }
}

#[get("/draws/<id>/roster?<query..>")]
async fn roster_page(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    query: Query,
) -> Result<RosterPage, Error> {
    db.read(move |c| {
        let draw = find(c, &id)?;
        let plan = plans::find(c, &draw.plan_id)?;
        let after = given(&query.after).and_then(Cursor::decode);
        let asked = query.asked();
        let (rows, next) = list::page(c, may.scope(), &id, &asked, after.as_ref(), PAGE_SIZE)?;
        Ok(RosterPage {
            strata: draw.strata(),
            words: Words::load(c, &plan)?,
            next: next.map(|cursor| query.next(&id, &cursor)),
            page,
            query,
            draw,
            plan,
            rows,
        })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "draws/entry.html")]
pub(super) struct EntryPage {
    page: Page,
    /// Why it is replaced.
    form: Form,
    draw: Draw,
    plan: Plan,
    row: Row,
    stratum: String,
    why: String,
}

impl EntryPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        (draw_id, id): (&str, &str),
        form: Form,
    ) -> Result<EntryPage, Error> {
        let draw = find(c, draw_id)?;
        let number: i64 = draw_entries::table
            .find(id)
            .filter(draw_entries::draw_id.eq(draw_id))
            .select(draw_entries::number)
            .first(c)?;
        let asked = Asked { chosen: false, number: Some(number) };
        let (rows, _) = list::page(c, scope, draw_id, &asked, None, 1)?;
        let row = rows.into_iter().next().ok_or(Error::NotFound)?;
        let plan = plans::find(c, &draw.plan_id)?;
        let words = Words::load(c, &plan)?;
        Ok(EntryPage {
            stratum: words.stratum(&page, &row.entry.stratum),
            why: words.why(&page, &draw, &draw.strata(), &row),
            page: page.at(&format!("/draws/{draw_id}/entries/{id}")),
            form,
            draw,
            plan,
            row,
        })
    }

    fn key(&self) -> String {
        self.row.entry.draw_key.map(key_written).unwrap_or_default()
    }

    /// Whether another may still take its place.
    fn can_be_replaced(&self) -> bool {
        let is_planned = self.row.visit.as_ref().is_some_and(|(_, _, at)| *at == Visit::Planned);
        self.row.entry.chosen.is_in() && is_planned
    }
}

#[get("/draws/<id>/entries/<entry>")]
async fn entry_page(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    entry: String,
) -> Result<EntryPage, Error> {
    db.read(move |c| EntryPage::load(c, page, may.scope(), (&id, &entry), Form::empty())).await
}

#[get("/draws/<id>/file.json")]
async fn draw_file(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    id: String,
) -> Result<Streamed, Error> {
    let name = format!("draw-{id}.json");
    stream(db, streams, name, "application/json", move |c, pipe| {
        let (draw, plan) = file::open(c, may.scope(), &id)?;
        file::write(c, &draw, &plan, pipe)?.complete();
        Ok(())
    })
    .await
}
