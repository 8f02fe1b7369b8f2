//! A company's inspections and findings, its risk tier, and the penalties that run.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::findings::Finding;
use crate::inspections::results::{Led, Penalty, penalties_of};
use crate::inspections::tiers::RiskTier;
use crate::page::paging::{Cursor, cut};
use crate::schema::{findings, inspection_effects, inspections, risk_tiers};
use crate::values::forever;

/// Effects that are shown, at most: the newest.
const EFFECTS: i64 = 50;

/// The penalties that count on a day, the oldest first.
pub fn penalties(
    c: &mut AnyConnection,
    supplier_id: &str,
    day: NaiveDate,
) -> Result<Vec<Penalty>, Error> {
    let all = penalties_of(c, &[supplier_id])?.remove(supplier_id).unwrap_or_default();
    Ok(all.into_iter().filter(|one| one.counts_on(day)).collect())
}

/// The company's recorded tier, which still holds.
pub fn tier(c: &mut AnyConnection, supplier_id: &str) -> Result<Option<RiskTier>, Error> {
    Ok(risk_tiers::table
        .filter(risk_tiers::supplier_id.eq(supplier_id))
        .filter(risk_tiers::valid_to.eq(forever()))
        .order(risk_tiers::valid_from.desc())
        .select(RiskTier::as_select())
        .first(c)
        .optional()?)
}

/// A page of its inspections, the newest first, and where the next one begins.
pub fn inspections(
    c: &mut AnyConnection,
    supplier_id: &str,
    before: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Inspection>, Option<Cursor>), Error> {
    let number = before.map_or(i64::MAX, |cursor| cursor.number);
    let mut found: Vec<Inspection> = inspections::table
        .filter(inspections::supplier_id.eq(supplier_id))
        .filter(inspections::number.lt(number))
        .order(inspections::number.desc())
        .limit(limit as i64 + 1)
        .select(Inspection::as_select())
        .load(c)?;
    let next = cut(&mut found, limit, |last| Cursor { key: String::new(), number: last.number });
    Ok((found, next))
}

/// The same of its findings.
pub fn findings(
    c: &mut AnyConnection,
    supplier_id: &str,
    before: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Finding>, Option<Cursor>), Error> {
    let number = before.map_or(i64::MAX, |cursor| cursor.number);
    let mut found: Vec<Finding> = findings::table
        .filter(findings::supplier_id.eq(supplier_id))
        .filter(findings::number.lt(number))
        .order(findings::number.desc())
        .limit(limit as i64 + 1)
        .select(Finding::as_select())
        .load(c)?;
    let next = cut(&mut found, limit, |last| Cursor { key: String::new(), number: last.number });
    Ok((found, next))
}

/// What the rules have led to, the newest first.
pub fn effects(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Led>, Error> {
    Ok(inspection_effects::table
        .filter(inspection_effects::supplier_id.eq(supplier_id))
        .order((inspection_effects::created_at.desc(), inspection_effects::id.desc()))
        .limit(EFFECTS)
        .select(Led::as_select())
        .load(c)?)
}
