//! Elimination is a stage of the company too. Its history, which more people read than see cases, shows the stage,
//! and says neither what for nor who decided.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::punishments::ballots::Status as Vote;
use crate::punishments::{Case, Held, Measure, MemberStatus, Status};
use crate::schema::{punishment_ballots, punishment_cases, punishment_members};
use crate::suppliers::{self, Stage, Step, Supplier};
use crate::values::now;

/// Why the stage changes, for whoever reads the history: in both languages, because it is kept as written.
const DECIDED: &str = "Decision of the sanctions committee · 采购制裁委员会的决定";

/// Eliminates the companies that a case holds and that are suppliers.
pub(super) fn eliminate(c: &mut AnyConnection, case_id: &str) -> Result<(), Error> {
    for (row, supplier) in super::of(c, case_id)? {
        if row.status == MemberStatus::Included && row.from_on.is_some() {
            eliminate_one(c, &supplier)?;
        }
    }
    Ok(())
}

/// Eliminates a company that is a supplier.
pub(super) fn eliminate_one(c: &mut AnyConnection, supplier: &Supplier) -> Result<(), Error> {
    let is_entry = supplier.merged_into.is_none();
    if is_entry && Step::Eliminate.from().contains(&supplier.stage) {
        suppliers::advance(c, &Actor::clock(), &supplier.id, Step::Eliminate, DECIDED)?;
    }
    Ok(())
}

/// Gives companies of a case the stage back that they had before it eliminated them: those for which `is_meant`
/// says so, unless another case eliminates them.
pub(super) fn reinstate(
    c: &mut AnyConnection,
    case_id: &str,
    is_meant: impl Fn(&Held) -> bool,
) -> Result<(), Error> {
    let has_eliminated = punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(case_id))
        .filter(punishment_ballots::status.eq(Vote::Carried))
        .filter(punishment_ballots::measure.eq(Measure::Elimination));
    if !diesel::select(exists(has_eliminated)).get_result::<bool>(c)? {
        return Ok(());
    }
    for (row, supplier) in super::of(c, case_id)? {
        let Some(from) = row.from_on.filter(|_| is_meant(&row)) else { continue };
        if supplier.stage == Stage::Eliminated
            && supplier.merged_into.is_none()
            && !is_eliminated_by_another(c, case_id, &supplier.id)?
        {
            suppliers::reinstate(c, &Actor::clock(), &supplier.id, from, DECIDED)?;
        }
    }
    Ok(())
}

fn is_eliminated_by_another(
    c: &mut AnyConnection,
    case_id: &str,
    supplier_id: &str,
) -> Result<bool, Error> {
    let others = punishment_members::table
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_members::case_id)),
        )
        .filter(punishment_members::supplier_id.eq(supplier_id))
        .filter(punishment_members::case_id.ne(case_id))
        .filter(punishment_members::to_on.gt(now().date()))
        .filter(punishment_cases::measure.eq(Measure::Elimination))
        .filter(
            punishment_cases::status
                .eq(Status::InForce)
                .or(punishment_cases::status.eq(Status::Appealed)),
        );
    Ok(diesel::select(exists(others)).get_result(c)?)
}

/// Makes candidates again of the companies that a case has eliminated, once its measure has ended.
pub fn readmit(c: &mut AnyConnection, case: &Case) -> Result<(), Error> {
    if case.measure != Some(Measure::Elimination) {
        return Ok(());
    }
    for (row, supplier) in super::of(c, &case.id)? {
        let was_held = row.from_on.is_some() && supplier.merged_into.is_none();
        if was_held
            && Step::Readmit.from().contains(&supplier.stage)
            && !is_eliminated_by_another(c, &case.id, &supplier.id)?
        {
            suppliers::advance(c, &Actor::clock(), &supplier.id, Step::Readmit, DECIDED)?;
        }
    }
    Ok(())
}
