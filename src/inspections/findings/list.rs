//! Findings by the day by which they may be closed, the earliest first.
//!
//! Each status is read along its own index by that day, and the few rows of each are put together: so the
//! thousandth page costs what the first does.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Finding, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::inspections::Severity;
use crate::page::paging::{Cursor, cut};
use crate::schema::{checklist_items, findings, inspections, suppliers};
use crate::suppliers::code_of;
use crate::values::{calendar_day, now};

text_enum! {
    /// Which findings a list has.
    State {
        /// Something is still to be done.
        Unsettled = "unsettled",
        /// Of those, the ones whose day has passed.
        Overdue = "overdue",
        Open = "open",
        Answered = "answered",
        Disputed = "disputed",
        Closed = "closed",
        Withdrawn = "withdrawn",
        All = "all",
    }
}

impl State {
    fn statuses(self) -> &'static [Status] {
        match self {
            State::Unsettled | State::Overdue => &Status::OPEN,
            State::Open => &[Status::Open],
            State::Answered => &[Status::Answered],
            State::Disputed => &[Status::Disputed],
            State::Closed => &[Status::Closed],
            State::Withdrawn => &[Status::Withdrawn],
            State::All => Status::ALL,
        }
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug)]
pub struct Asked {
    pub state: State,
    pub severity: Option<Severity>,
    /// Areas in which companies were at the inspection.
    pub areas: Option<Vec<String>>,
    /// Ids of categories for which the inspection counts.
    pub categories: Option<Vec<String>>,
    /// The number of a company.
    pub supplier_number: Option<i64>,
    /// To be closed before this day.
    pub due_before: Option<NaiveDate>,
}

impl Asked {
    /// Everything at a state.
    pub fn all(state: State) -> Asked {
        Asked {
            state,
            severity: None,
            areas: None,
            categories: None,
            supplier_number: None,
            due_before: None,
        }
    }
}

/// A finding with what the list says of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub finding: Finding,
    pub inspection_number: i64,
    pub question_en: String,
    pub question_zh: String,
    pub supplier_number: i64,
    pub legal_name: String,
    pub english_name: String,
}

impl Row {
    /// "S-000123".
    pub fn supplier_code(&self) -> String {
        code_of(self.supplier_number)
    }

    /// "I-000012".
    pub fn inspection_code(&self) -> String {
        crate::inspections::code_of(self.inspection_number)
    }

    fn cursor(&self) -> Cursor {
        Cursor { key: format!("{} {}", self.finding.due_on, self.finding.id), number: 0 }
    }
}

/// The day and the id of a place in the list. `None` for what we did not make.
fn place(cursor: &Cursor) -> Option<(NaiveDate, String)> {
    let (day, id) = cursor.key.split_once(' ')?;
    Some((calendar_day(day)?, id.to_string()))
}

/// Whether a cursor is one of this list.
pub fn is_place(cursor: &Cursor) -> bool {
    place(cursor).is_some()
}

/// Findings at the companies that somebody sees, after the row of a cursor, `limit` of them at most; and
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
    let mut rows: Vec<Row> = Vec::new();
    for status in asked.state.statuses() {
        rows.extend(at_status(c, scope, asked, today, *status, after.as_ref(), limit + 1)?);
    }
    rows.sort_by(|one, other| {
        (one.finding.due_on, &one.finding.id).cmp(&(other.finding.due_on, &other.finding.id))
    });
    let next = cut(&mut rows, limit, Row::cursor);
    Ok((rows, next))
}

fn at_status(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    today: NaiveDate,
    status: Status,
    after: Option<&(NaiveDate, String)>,
    limit: usize,
) -> Result<Vec<Row>, Error> {
    use findings::{area, category_id, contain_by, contained_at, due_on, id, severity};
    let mut query = findings::table
        .inner_join(suppliers::table.on(suppliers::id.eq(findings::supplier_id)))
        .inner_join(inspections::table.on(inspections::id.eq(findings::inspection_id)))
        .inner_join(checklist_items::table.on(checklist_items::id.eq(findings::item_id)))
        .filter(findings::status.eq(status))
        .order((due_on.asc(), id.asc()))
        .limit(limit as i64)
        .select((
            Finding::as_select(),
            inspections::number,
            checklist_items::question_en,
            checklist_items::question_zh,
            suppliers::number,
            suppliers::legal_name,
            suppliers::english_name,
        ))
        .into_boxed::<MultiBackend>();
    if let Some((day, last)) = after {
        query = query.filter(due_on.gt(*day).or(due_on.eq(*day).and(id.gt(last.clone()))));
    }
    if asked.state == State::Overdue {
        let uncontained = contained_at.is_null().and(contain_by.lt(today));
        query = query.filter(due_on.lt(today).or(uncontained));
    }
    if let Some(day) = asked.due_before {
        query = query.filter(due_on.lt(day));
    }
    if let Some(bad) = asked.severity {
        query = query.filter(severity.eq(bad));
    }
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(areas) = &asked.areas {
        query = query.filter(area.eq_any(areas.clone()));
    }
    if let Some(categories) = &asked.categories {
        query = query.filter(category_id.eq_any(categories.clone()));
    }
    if let Some(number) = asked.supplier_number {
        query = query.filter(suppliers::number.eq(number));
    }
    type Found = (Finding, i64, String, String, i64, String, String);
    let rows: Vec<Found> = query.load(c)?;
    let row =
        |(finding, inspection_number, question_en, question_zh, number, legal, english)| Row {
            finding,
            inspection_number,
            question_en,
            question_zh,
            supplier_number: number,
            legal_name: legal,
            english_name: english,
        };
    Ok(rows.into_iter().map(row).collect())
}

/// Every finding of a company, what is still to be done first, each part by its day. At most
/// [`MOST_OF_COMPANY`].
pub fn of_company(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Row>, Error> {
    let number: i64 = suppliers::table.find(supplier_id).select(suppliers::number).first(c)?;
    let mut all = Vec::new();
    let today = now().date();
    for state in [State::Unsettled, State::Closed, State::Withdrawn] {
        let asked = Asked { supplier_number: Some(number), ..Asked::all(state) };
        let left = MOST_OF_COMPANY.saturating_sub(all.len());
        all.extend(page(c, &Scope::Everything, &asked, today, None, left)?.0);
    }
    Ok(all)
}

/// Findings of one company that its page in the portal shows.
pub const MOST_OF_COMPANY: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cursors_of_this_list_are_places_in_it() {
        let cursor = |key: &str| Cursor { key: key.into(), number: 0 };
        assert!(is_place(&cursor("2026-12-01 0190")));
        for key in ["", "2026-12-01", "someday 0190", " 0190"] {
            assert!(!is_place(&cursor(key)), "{key:?}");
        }
    }
}
