//! The links, the newest first, and what is shown of their companies.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date};

use super::{Kind, Link, Status};
use crate::access::{Actor, Scope};
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::page::paging::{Cursor, cut};
use crate::punishments;
use crate::schema::{evasion_links, punishment_cases, suppliers};
use crate::suppliers::code_of;
use crate::values::{is_id, now};

text_enum! {
    /// What the list is narrowed to.
    State {
        /// For a person's word; of a measure that holds today.
        Held = "held",
        Cleared = "cleared",
        Confirmed = "confirmed",
        /// Those too whose measure holds no more before anybody looked.
        All = "all",
    }
}

impl State {
    fn statuses(self) -> &'static [Status] {
        match self {
            State::Held => &[Status::Held],
            State::Cleared => &[Status::Cleared],
            State::Confirmed => &[Status::Confirmed],
            State::All => Status::ALL,
        }
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug)]
pub struct Asked {
    pub state: State,
    pub kind: Option<Kind>,
    /// The number of the company that is held.
    pub supplier_number: Option<i64>,
}

/// A company of a link, as far as it is shown.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = suppliers)]
pub struct Company {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    pub area: String,
}

impl Company {
    /// "S-000123".
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

/// A link with what is shown of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub link: Link,
    /// The company that is held.
    pub company: Company,
    /// The company under the measure.
    pub other: Company,
    pub case_number: i64,
    /// Whether the case goes on today: only then does the link hold.
    pub is_live: bool,
}

impl Row {
    /// "PC-000012".
    pub fn case_code(&self) -> String {
        punishments::code_of(self.case_number)
    }

    /// Whether orders are stopped because of it.
    pub fn is_holding(&self) -> bool {
        self.link.status != Status::Cleared && self.is_live
    }
}

/// That the case of a link goes on on a day: as long as clearance asks for it.
macro_rules! live {
    ($today:expr) => {
        sql::<Bool>(
            "EXISTS (SELECT 1 FROM punishment_cases p WHERE p.id = evasion_links.case_id \
             AND p.ended_at IS NULL AND (p.to_on IS NULL OR p.to_on > ",
        )
        .bind::<Date, _>($today)
        .sql("))")
    };
}

fn cursor(link: &Link) -> Cursor {
    Cursor { key: link.id.clone(), number: link.found_at.and_utc().timestamp_micros() }
}

fn place(cursor: &Cursor) -> Option<(NaiveDateTime, String)> {
    Some((cursor.moment()?, cursor.key.clone())).filter(|(_, id)| is_id(id))
}

/// Whether a cursor is one of this list.
pub fn is_place(cursor: &Cursor) -> bool {
    place(cursor).is_some()
}

/// Links whose companies are both within the scope, after the row of a cursor, `limit` of them at most; and
/// the cursor of the last when there are more.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    today: NaiveDate,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let after = after.and_then(place);
    let company = match asked.supplier_number {
        None => None,
        Some(number) => {
            let found: Option<String> = suppliers::table
                .filter(suppliers::number.eq(number))
                .select(suppliers::id)
                .first(c)
                .optional()?;
            Some(found.unwrap_or_default())
        }
    };
    let mut links: Vec<Link> = Vec::new();
    for status in asked.state.statuses() {
        let mut query = evasion_links::table
            .filter(evasion_links::status.eq(*status))
            .order((evasion_links::found_at.desc(), evasion_links::id.desc()))
            .limit(limit as i64 + 1)
            .select(Link::as_select())
            .into_boxed::<MultiBackend>();
        if asked.state == State::Held {
            query = query.filter(live!(today));
        }
        if let Some(kind) = asked.kind {
            query = query.filter(evasion_links::kind.eq(kind));
        }
        if let Some(id) = &company {
            query = query.filter(evasion_links::supplier_id.eq(id.clone()));
        }
        if let Some((at, id)) = &after {
            let (found_at, same) = (evasion_links::found_at, evasion_links::found_at.eq(*at));
            query = query.filter(found_at.lt(*at).or(same.and(evasion_links::id.lt(id.clone()))));
        }
        if let Some(areas) = scope.areas() {
            let (one, other) = (areas.clone(), areas);
            query = query.filter(
                exists(
                    suppliers::table
                        .filter(suppliers::id.eq(evasion_links::supplier_id))
                        .filter(suppliers::area.eq_any(one)),
                )
                .and(exists(
                    suppliers::table
                        .filter(suppliers::id.eq(evasion_links::other_id))
                        .filter(suppliers::area.eq_any(other)),
                )),
            );
        }
        links.extend(query.load::<Link>(c)?);
    }
    links.sort_by(|one, other| (other.found_at, &other.id).cmp(&(one.found_at, &one.id)));
    let next = cut(&mut links, limit, cursor);
    Ok((rows(c, links, today)?, next))
}

/// Links with their companies and cases.
pub fn rows(c: &mut AnyConnection, links: Vec<Link>, today: NaiveDate) -> Result<Vec<Row>, Error> {
    let ids = links.iter().flat_map(|link| [link.supplier_id.as_str(), link.other_id.as_str()]);
    let companies: Vec<Company> =
        suppliers::table.filter(among(suppliers::id, ids)).select(Company::as_select()).load(c)?;
    let companies: HashMap<String, Company> =
        companies.into_iter().map(|one| (one.id.clone(), one)).collect();
    let cases: Vec<(String, i64)> = punishment_cases::table
        .filter(among(punishment_cases::id, links.iter().map(|link| link.case_id.as_str())))
        .select((punishment_cases::id, punishment_cases::number))
        .load(c)?;
    let cases: HashMap<String, i64> = cases.into_iter().collect();
    let live: Vec<String> = evasion_links::table
        .filter(among(evasion_links::id, links.iter().map(|link| link.id.as_str())))
        .filter(live!(today))
        .select(evasion_links::id)
        .load(c)?;
    let live: HashSet<String> = live.into_iter().collect();
    let row = |link: Link| {
        Some(Row {
            company: companies.get(&link.supplier_id)?.clone(),
            other: companies.get(&link.other_id)?.clone(),
            case_number: *cases.get(&link.case_id)?,
            is_live: live.contains(&link.id),
            link,
        })
    };
    Ok(links.into_iter().filter_map(row).collect())
}

/// The other links of a company within the scope, at most 50.
pub fn beside(
    c: &mut AnyConnection,
    scope: &Scope,
    link: &Link,
    today: NaiveDate,
) -> Result<Vec<Row>, Error> {
    let links: Vec<Link> = evasion_links::table
        .filter(evasion_links::supplier_id.eq(&link.supplier_id))
        .filter(evasion_links::id.ne(&link.id))
        .order(evasion_links::id.desc())
        .limit(50)
        .select(Link::as_select())
        .load(c)?;
    let mut rows = rows(c, links, today)?;
    rows.retain(|row| scope.allows(&row.company.area) && scope.allows(&row.other.area));
    Ok(rows)
}

/// Links that wait for somebody's word, each with the company's name; not those made of what they recorded.
pub fn waiting(
    c: &mut AnyConnection,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<(Link, String)>, Error> {
    let asked = Asked { state: State::Held, kind: None, supplier_number: None };
    let (rows, _) = page(c, &actor.scope, &asked, now().date(), None, limit as usize)?;
    let others = rows.into_iter().filter(|row| !row.link.was_recorded_by(&actor.account_id));
    Ok(others.map(|row| (row.link, row.company.legal_name)).collect())
}
