//! The days on which a measure holds the companies of a group: from the decision on, changed by an appeal, ended.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::stage;
use crate::access::Actor;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::cases::steps;
use crate::punishments::{Case, Ground, Held, Measure, MemberStatus, Status};
use crate::schema::{punishment_cases, punishment_members};
use crate::values::{new_id, now};

/// The statuses of companies that are held, and of those that wait to be.
const HELD: [MemberStatus; 2] = [MemberStatus::Included, MemberStatus::Left];
const OPEN: [MemberStatus; 3] =
    [MemberStatus::Included, MemberStatus::Left, MemberStatus::Proposed];

/// The measure of a case that was decided holds the companies that were included: from its first day to its last.
pub fn put_in_force(c: &mut AnyConnection, case: &Case) -> Result<(), Error> {
    let (from, to) = days(c, case)?;
    let own: i64 = punishment_members::table
        .filter(punishment_members::case_id.eq(&case.id))
        .filter(punishment_members::supplier_id.eq(&case.supplier_id))
        .count()
        .get_result(c)?;
    if own == 0 {
        let row = Held {
            id: new_id(),
            case_id: case.id.clone(),
            supplier_id: case.supplier_id.clone(),
            ground: Ground::Principal,
            status: MemberStatus::Included,
            reason: String::new(),
            from_on: None,
            to_on: None,
            found_at: now(),
            left_at: None,
            settled_at: None,
            settled_by: None,
            settled_name: String::new(),
        };
        diesel::insert_into(punishment_members::table).values(&row).execute(c)?;
    }
    let included = punishment_members::table
        .filter(punishment_members::case_id.eq(&case.id))
        .filter(punishment_members::status.eq(MemberStatus::Included))
        .filter(punishment_members::from_on.is_null());
    diesel::update(included)
        .set((punishment_members::from_on.eq(from), punishment_members::to_on.eq(to)))
        .execute(c)?;
    if case.measure == Some(Measure::Elimination) {
        stage::eliminate(c, &case.id)?;
    }
    Ok(())
}

/// The days of a case, as it says them or, where it was read before they were written, as the register has them.
fn days(c: &mut AnyConnection, case: &Case) -> Result<(NaiveDate, NaiveDate), Error> {
    let known = match (case.from_on, case.to_on) {
        (Some(from), Some(to)) => (Some(from), Some(to)),
        _ => punishment_cases::table
            .find(&case.id)
            .select((punishment_cases::from_on, punishment_cases::to_on))
            .first(c)?,
    };
    match known {
        (Some(from), Some(to)) => Ok((from, to)),
        _ => Err(Error::Internal(format!("{} has no days", case.code()))),
    }
}

/// An appeal has changed the measure: it holds up to its new last day. What has been stays as it was, so that a
/// measure that is over by now ends today.
pub fn vary(c: &mut AnyConnection, case: &Case) -> Result<(), Error> {
    let (_, to) = days(c, case)?;
    let held = punishment_members::table
        .filter(punishment_members::case_id.eq(&case.id))
        .filter(among(punishment_members::status, HELD.map(MemberStatus::as_str)))
        .filter(punishment_members::from_on.is_not_null());
    diesel::update(held).set(punishment_members::to_on.eq(to.max(now().date()))).execute(c)?;
    match case.measure {
        Some(Measure::Elimination) => stage::eliminate(c, &case.id),
        _ => stage::reinstate(c, &case.id, |row| HELD.contains(&row.status)),
    }
}

/// Nobody is held any more from a day on. Rows keep their days, so that past days are answered as they were. Who
/// was eliminated is what it was before where the appeal was followed, and a candidate otherwise: it begins anew.
/// Call it once the case says how it has ended.
pub fn free(c: &mut AnyConnection, case: &Case, on: NaiveDate, reason: &str) -> Result<(), Error> {
    // A measure that an appeal has made shorter than it has held by now has held all the same.
    let last = on.max(now().date());
    let beyond = punishment_members::table
        .filter(punishment_members::case_id.eq(&case.id))
        .filter(among(punishment_members::status, HELD.map(MemberStatus::as_str)))
        .filter(punishment_members::to_on.gt(last));
    diesel::update(beyond).set(punishment_members::to_on.eq(last)).execute(c)?;
    let open = punishment_members::table
        .filter(punishment_members::case_id.eq(&case.id))
        .filter(among(punishment_members::status, OPEN.map(MemberStatus::as_str)));
    let freed =
        diesel::update(open).set(punishment_members::status.eq(MemberStatus::Freed)).execute(c)?;
    let status: Status =
        punishment_cases::table.find(&case.id).select(punishment_cases::status).first(c)?;
    match status {
        Status::Overturned => {
            stage::reinstate(c, &case.id, |row| row.status == MemberStatus::Freed)?;
        }
        Status::Expired | Status::Released | Status::Lifted => stage::readmit(c, case)?,
        _ => {}
    }
    let details = json!({ "freed_companies": freed, "freed_on": on, "reason": reason });
    steps::log(c, &Actor::clock(), "punishment.group_freed", case, details)
}
