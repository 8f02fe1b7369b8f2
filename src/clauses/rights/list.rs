//! Rights to sign with whom they are about: of a company, by where they stand, and those that wait.

use diesel::prelude::*;

use super::{RightStatus, SigningRight};
use crate::access::{Actor, Scope};
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::page::paging::{Cursor, cut};
use crate::schema::{accounts, authentications, people, signing_rights, suppliers};
use crate::suppliers::people::Person;

/// A right, whom it is about, and its account and company.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub right: SigningRight,
    pub person: Person,
    pub account_name: String,
    pub account_email: String,
    /// Id, legal and English name of the company.
    pub company: (String, String, String),
}

/// A query of rights with what they are about.
macro_rules! rows {
    () => {
        signing_rights::table
            .inner_join(people::table.on(people::id.eq(signing_rights::person_id)))
            .inner_join(accounts::table.on(accounts::id.eq(signing_rights::account_id)))
            .inner_join(suppliers::table.on(suppliers::id.eq(signing_rights::supplier_id)))
            .select((
                SigningRight::as_select(),
                Person::as_select(),
                accounts::name,
                accounts::email,
                (suppliers::id, suppliers::legal_name, suppliers::english_name),
            ))
    };
}

/// The rights of a company's accounts, newest first.
pub fn of_company(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Row>, Error> {
    Ok(rows!()
        .filter(signing_rights::supplier_id.eq(supplier_id))
        .order(signing_rights::id.desc())
        .limit(200)
        .load(c)?)
}

/// The right of an id, if its company is within what the person may see.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Row, Error> {
    let row: Row = rows!().filter(signing_rights::id.eq(id)).first(c)?;
    crate::suppliers::find(c, scope, &row.right.supplier_id)?;
    Ok(row)
}

/// A page of what somebody sees, and where the next begins: those in a state with the oldest first, all
/// of them with the newest first.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Option<RightStatus>,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let mut query = rows!().into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(status) = status {
        query = query.filter(signing_rights::status.eq(status));
        if let Some((at, after)) = after.and_then(|one| Some((one.moment()?, one))) {
            let same = signing_rights::created_at.eq(at);
            let beyond = same.and(signing_rights::id.gt(after.key.clone()));
            query = query.filter(signing_rights::created_at.gt(at).or(beyond));
        }
        query = query.order((signing_rights::created_at, signing_rights::id));
    } else {
        if let Some(after) = after {
            query = query.filter(signing_rights::id.lt(after.key.clone()));
        }
        query = query.order(signing_rights::id.desc());
    }
    let mut rows: Vec<Row> = query.limit(limit as i64 + 1).load(c)?;
    let next = cut(&mut rows, limit, |last| Cursor {
        key: last.right.id.clone(),
        number: last.right.created_at.and_utc().timestamp_micros(),
    });
    Ok((rows, next))
}

/// Requests that wait for somebody who has not made them, the oldest first.
pub fn to_decide(c: &mut AnyConnection, actor: &Actor, at_most: i64) -> Result<Vec<Row>, Error> {
    let mut query = rows!()
        .filter(signing_rights::status.eq(RightStatus::Requested))
        .filter(signing_rights::requested_by.ne(actor.account_id.clone()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let order = (signing_rights::created_at, signing_rights::id);
    Ok(query.order(order).limit(at_most).load(c)?)
}

/// The authentication by a small transfer in which a company is to act now. Read from the table itself:
/// certification lies above this room.
pub fn open_transfer(c: &mut AnyConnection, supplier_id: &str) -> Result<Option<String>, Error> {
    Ok(authentications::table
        .filter(authentications::supplier_id.eq(supplier_id))
        .filter(authentications::status.eq("open"))
        .filter(authentications::method.eq("bank_transfer"))
        .order(authentications::id.desc())
        .select(authentications::id)
        .first(c)
        .optional()?)
}
