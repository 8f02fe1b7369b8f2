//! Cases, the newest first.
//!
//! Each status is read along its own index, and the few rows of each are put together: so the thousandth page
//! costs what the first does.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::inspections::Severity;
use crate::page::paging::{Cursor, cut};
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Status};
use crate::schema::{punishment_cases, punishment_standards, suppliers};
use crate::suppliers::code_of;

text_enum! {
    /// Which cases a list has. Whether a measure still holds is a matter of its days, not of when that was
    /// written down.
    State {
        /// Something is still to be done, or a measure holds.
        Unsettled = "unsettled",
        /// Of those, the ones for which a day of ours has passed.
        Overdue = "overdue",
        Proposed = "proposed",
        Served = "served",
        /// A measure holds, whether there is an appeal or not.
        InForce = "in_force",
        Appealed = "appealed",
        Over = "over",
        All = "all",
    }
}

impl State {
    fn statuses(self) -> &'static [Status] {
        match self {
            State::Unsettled | State::Overdue => &Status::OPEN,
            State::Proposed => &[Status::Proposed],
            State::Served => &[Status::Served],
            State::InForce => &[Status::InForce, Status::Appealed],
            State::Appealed => &[Status::Appealed],
            State::Over | State::All => Status::ALL,
        }
    }

    /// Whether cases that are over are among them.
    fn has_over(self) -> bool {
        matches!(self, State::Over | State::All)
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug)]
pub struct Asked {
    pub state: State,
    /// The code of a violation.
    pub violation: Option<String>,
    pub severity: Option<Severity>,
    /// Areas in which companies were when the case was brought.
    pub areas: Option<Vec<String>>,
    /// The number of a company.
    pub supplier_number: Option<i64>,
}

impl Asked {
    /// Everything at a state.
    pub fn all(state: State) -> Asked {
        Asked { state, violation: None, severity: None, areas: None, supplier_number: None }
    }
}

/// A case with what the list says of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub case: Case,
    pub standard: Standard,
    pub supplier_number: i64,
    pub legal_name: String,
    pub english_name: String,
}

impl Row {
    /// "S-000123".
    pub fn supplier_code(&self) -> String {
        code_of(self.supplier_number)
    }

    fn cursor(&self) -> Cursor {
        Cursor { key: self.case.id.clone(), number: self.case.number }
    }
}

/// Cases against the companies that somebody sees, after the row of a cursor, `limit` of them at most; and
/// the cursor of the last when there are more.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    today: NaiveDate,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let mut rows: Vec<Row> = Vec::new();
    for status in asked.state.statuses() {
        rows.extend(at_status(c, scope, (asked, *status), today, after, limit + 1)?);
    }
    rows.sort_by(|one, other| other.case.id.cmp(&one.case.id));
    let next = cut(&mut rows, limit, Row::cursor);
    Ok((rows, next))
}

fn at_status(
    c: &mut AnyConnection,
    scope: &Scope,
    (asked, status): (&Asked, Status),
    today: NaiveDate,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Row>, Error> {
    use punishment_cases::{area, decide_by, hear_by, id, notice_by, to_on};
    let mut query = punishment_cases::table
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_cases::supplier_id)))
        .inner_join(
            punishment_standards::table
                .on(punishment_standards::id.eq(punishment_cases::standard_id)),
        )
        .filter(punishment_cases::status.eq(status))
        .order(id.desc())
        .limit(limit as i64)
        .select((
            Case::as_select(),
            Standard::as_select(),
            suppliers::number,
            suppliers::legal_name,
            suppliers::english_name,
        ))
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(id.lt(after.key.clone()));
    }
    if status.is_in_force() && !asked.state.has_over() {
        query = query.filter(to_on.gt(today));
    } else if status.is_in_force() && asked.state == State::Over {
        query = query.filter(to_on.le(today));
    }
    if asked.state == State::Over && !status.is_in_force() && !status.is_over() {
        return Ok(Vec::new());
    }
    if asked.state == State::Overdue {
        query = match status {
            Status::Proposed => query.filter(notice_by.lt(today)),
            Status::Served => query.filter(decide_by.lt(today)),
            Status::Appealed => query.filter(hear_by.lt(today)),
            _ => return Ok(Vec::new()),
        };
    }
    if let Some(violation) = &asked.violation {
        query = query.filter(punishment_cases::violation.eq(violation.clone()));
    }
    if let Some(severity) = asked.severity {
        query = query.filter(punishment_cases::severity.eq(severity));
    }
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(areas) = &asked.areas {
        query = query.filter(area.eq_any(areas.clone()));
    }
    if let Some(supplier) = asked.supplier_number {
        query = query.filter(suppliers::number.eq(supplier));
    }
    type Found = (Case, Standard, i64, String, String);
    let rows: Vec<Found> = query.load(c)?;
    let row = |(case, standard, supplier_number, legal_name, english_name): Found| Row {
        case,
        standard,
        supplier_number,
        legal_name,
        english_name,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Every case against a company, the newest first, at most 300.
pub fn of_company(
    c: &mut AnyConnection,
    scope: &Scope,
    number: i64,
    today: NaiveDate,
) -> Result<Vec<Row>, Error> {
    let asked = Asked { supplier_number: Some(number), ..Asked::all(State::All) };
    Ok(page(c, scope, &asked, today, None, 300)?.0)
}
