//! The rows behind the figures: a company and a clause each, with what is known of the two.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::narrowed::Narrowed;
use super::{Cell, Counted};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::page::paging::{Cursor, cut};
use crate::schema::{
    accounts, clause_requests, clause_versions, signature_holders, signature_voids, signatures,
};
use crate::values::end_of;

/// A company and a clause.
pub struct Row<'d> {
    pub company: &'d Counted,
    /// Place of the clause.
    pub clause: usize,
    pub cell: Cell,
    /// When it last signed a version of it, of signatures that count on the day.
    pub signed_at: Option<NaiveDateTime>,
    /// When it was last asked to, up to the end of the day.
    pub asked_at: Option<NaiveDateTime>,
    /// Whether anybody of the company can sign in today.
    pub has_account: bool,
}

/// A page of rows after a place, and where the next one goes on.
pub fn page<'d>(
    c: &mut AnyConnection,
    asked: &Narrowed<'d>,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row<'d>>, Option<Cursor>), Error> {
    let last = after.map(|cursor| (cursor.number, cursor.key.parse().unwrap_or(usize::MAX)));
    let is_after = |(company, clause): &(&Counted, usize)| {
        last.is_none_or(|last| (company.number, *clause) > last)
    };
    let mut found: Vec<(&Counted, usize)> = asked.rows().filter(is_after).take(limit + 1).collect();
    let place =
        |last: &(&Counted, usize)| Cursor { key: last.1.to_string(), number: last.0.number };
    let next = cut(&mut found, limit, place);
    Ok((with_details(c, asked, &found)?, next))
}

type At = HashMap<(String, String), NaiveDateTime>;

/// What is known of companies and clauses, in three queries whatever their number.
pub fn with_details<'d>(
    c: &mut AnyConnection,
    asked: &Narrowed<'d>,
    found: &[(&'d Counted, usize)],
) -> Result<Vec<Row<'d>>, Error> {
    let ids: HashSet<&str> = found.iter().map(|(company, _)| company.id.as_str()).collect();
    let moment = end_of(asked.day.on);
    let signed = signed(c, &ids, moment)?;
    let requested = requested(c, &ids, moment)?;
    let open = with_account(c, ids.iter().copied())?;
    let row = |(company, clause): &(&'d Counted, usize)| {
        let of = asked.day.published.clauses[*clause].id.clone();
        let key = (company.id.clone(), of);
        Row {
            company,
            clause: *clause,
            cell: company.cell(*clause),
            signed_at: signed.get(&key).copied(),
            asked_at: requested.get(&key).copied(),
            has_account: open.contains(&company.id),
        }
    };
    Ok(found.iter().map(row).collect())
}

fn signed(c: &mut AnyConnection, ids: &HashSet<&str>, moment: NaiveDateTime) -> Result<At, Error> {
    let is_not_void =
        signature_voids::voided_at.is_null().or(signature_voids::voided_at.gt(moment));
    let found: Vec<(String, String, NaiveDateTime)> = signature_holders::table
        .inner_join(signatures::table.on(signatures::id.eq(signature_holders::id)))
        .inner_join(clause_versions::table.on(clause_versions::id.eq(signatures::version_id)))
        .left_join(signature_voids::table.on(signature_voids::signature_id.eq(signatures::id)))
        .filter(among(signature_holders::supplier_id, ids.iter().copied()))
        .filter(signatures::signed_at.le(moment))
        .filter(is_not_void)
        .select((signature_holders::supplier_id, clause_versions::clause_id, signatures::signed_at))
        .load(c)?;
    Ok(newest(found))
}

fn requested(
    c: &mut AnyConnection,
    ids: &HashSet<&str>,
    moment: NaiveDateTime,
) -> Result<At, Error> {
    let found: Vec<(String, String, NaiveDateTime)> = clause_requests::table
        .inner_join(clause_versions::table.on(clause_versions::id.eq(clause_requests::version_id)))
        .filter(among(clause_requests::supplier_id, ids.iter().copied()))
        .filter(clause_requests::requested_at.le(moment))
        .select((
            clause_requests::supplier_id,
            clause_versions::clause_id,
            clause_requests::requested_at,
        ))
        .load(c)?;
    Ok(newest(found))
}

fn newest(found: Vec<(String, String, NaiveDateTime)>) -> At {
    let mut all = At::new();
    for (company, clause, time) in found {
        let at = all.entry((company, clause)).or_insert(time);
        *at = time.max(*at);
    }
    all
}

/// Those of some companies of which somebody has an open account.
pub(in crate::clauses) fn with_account<'a>(
    c: &mut AnyConnection,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<HashSet<String>, Error> {
    let found: Vec<Option<String>> = accounts::table
        .filter(among(accounts::supplier_id, ids))
        .filter(accounts::disabled_at.is_null())
        .select(accounts::supplier_id)
        .load(c)?;
    Ok(found.into_iter().flatten().collect())
}
