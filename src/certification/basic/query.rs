//! The list's filters as they stand in the address, shared by the page and its export.

use rocket::form::FromForm;

use super::Status;
use super::list::{self, Due, Row};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::page::paging::{Cursor, cut};
use crate::suppliers::Supplier;
use crate::values::now;

/// The query string of the list. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct ListQuery {
    pub status: Option<String>,
    pub due: Option<String>,
    pub after: Option<String>,
}

/// A page of the list: audits, or companies without one.
#[derive(Default)]
pub struct Found {
    pub audits: Vec<Row>,
    pub never: Vec<Supplier>,
    pub next: Option<Cursor>,
}

impl ListQuery {
    /// What is due goes before the state.
    pub fn due(&self) -> Option<Due> {
        self.due.as_deref().and_then(Due::parse)
    }

    pub fn status(&self) -> Option<Status> {
        self.status.as_deref().and_then(Status::parse)
    }

    pub fn is_status(&self, status: &Status) -> bool {
        self.status() == Some(*status)
    }

    pub fn is_due(&self, due: &Due) -> bool {
        self.due() == Some(*due)
    }

    pub fn is_narrowed(&self) -> bool {
        self.due().is_some() || self.status().is_some()
    }

    /// A page of what the filters find and the person may see.
    pub fn find(&self, c: &mut AnyConnection, scope: &Scope, limit: usize) -> Result<Found, Error> {
        let after = self.after.as_deref().and_then(Cursor::decode);
        find(c, scope, (self.status(), self.due()), after, limit)
    }

    /// The filters as a query string.
    pub fn query_string(&self) -> String {
        match (self.due(), self.status()) {
            (Some(due), _) => format!("due={}", due.as_str()),
            (None, Some(status)) => format!("status={}", status.as_str()),
            (None, None) => String::new(),
        }
    }

    /// The address of the page at a cursor.
    pub fn next(&self, cursor: &Cursor) -> String {
        let filters = self.query_string();
        let and = if filters.is_empty() { "" } else { "&" };
        format!("/basic-audits?{filters}{and}after={}", cursor.encode())
    }
}

/// A page of what is in a state or due, and where it goes on.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    (status, due): (Option<Status>, Option<Due>),
    after: Option<Cursor>,
    limit: usize,
) -> Result<Found, Error> {
    let days = due.and_then(|due| list::days(due, now().date()));
    if due == Some(Due::Never) {
        let (never, next) = list::never_audited(c, scope, after, limit)?;
        return Ok(Found { never, next, ..Found::default() });
    }
    let mut audits = match days {
        Some(days) => list::running_out(c, scope, days, after.as_ref(), limit)?,
        None => list::by_status(c, scope, status, after.as_ref(), limit)?,
    };
    let place = if days.is_some() { list::cursor_by_end } else { list::cursor };
    let next = cut(&mut audits, limit, |(audit, _)| place(audit));
    Ok(Found { audits, next, ..Found::default() })
}
