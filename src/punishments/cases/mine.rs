//! What is held against a company, as it sees that itself.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Held, MemberStatus, Status};
use crate::schema::{punishment_cases, punishment_members, punishment_standards};

/// Cases against a company that it knows of and that are not over on a day, the newest first.
pub fn own(
    c: &mut AnyConnection,
    supplier_id: &str,
    today: NaiveDate,
) -> Result<Vec<(Case, Standard)>, Error> {
    let statuses = [Status::Served, Status::InForce, Status::Appealed];
    let mut found: Vec<(Case, Standard)> = punishment_cases::table
        .inner_join(
            punishment_standards::table
                .on(punishment_standards::id.eq(punishment_cases::standard_id)),
        )
        .filter(punishment_cases::supplier_id.eq(supplier_id))
        .filter(among(punishment_cases::status, statuses.map(|status| status.as_str())))
        .order(punishment_cases::id.desc())
        .limit(300)
        .select((Case::as_select(), Standard::as_select()))
        .load(c)?;
    found.retain(|(case, _)| !case.status_on(today).is_over());
    Ok(found)
}

/// Measures of cases against others that hold a company on a day, the newest first.
pub fn as_member(
    c: &mut AnyConnection,
    supplier_id: &str,
    today: NaiveDate,
) -> Result<Vec<(Held, Case, Standard)>, Error> {
    let holding = [MemberStatus::Included, MemberStatus::Left];
    let mut found: Vec<(Held, Case, Standard)> = punishment_members::table
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_members::case_id)),
        )
        .inner_join(
            punishment_standards::table
                .on(punishment_standards::id.eq(punishment_cases::standard_id)),
        )
        .filter(punishment_members::supplier_id.eq(supplier_id))
        .filter(punishment_cases::supplier_id.ne(supplier_id))
        .filter(among(punishment_members::status, holding.map(|status| status.as_str())))
        .filter(punishment_members::from_on.le(today))
        .filter(punishment_members::to_on.gt(today))
        .order(punishment_members::id.desc())
        .limit(300)
        .select((Held::as_select(), Case::as_select(), Standard::as_select()))
        .load(c)?;
    found.retain(|(_, case, _)| case.holds_on(today));
    Ok(found)
}
