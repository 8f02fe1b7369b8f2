//! A measure ends: by its last day, early, or by another decision. Where the standard says so, the companies that
//! it held are certified anew before they are ordered from.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::carry::reload;
use super::vote::drop_open;
use crate::access::Actor;
use crate::certification::category::standing::end_after_measure;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::punishments::cases::{letters, steps};
use crate::punishments::standards::{Standard, find_standard};
use crate::punishments::{Case, MemberStatus, Orders, Status, StepKind, members};
use crate::schema::punishment_cases;
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

/// How a measure ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    Expired,
    Released,
    Lifted,
}

impl End {
    fn parts(self) -> (Status, StepKind, &'static str) {
        match self {
            End::Expired => (Status::Expired, StepKind::Expired, "punishment.expired"),
            End::Released => (Status::Released, StepKind::Released, "punishment.released"),
            End::Lifted => (Status::Lifted, StepKind::Lifted, "punishment.lifted"),
        }
    }
}

/// Ends a measure that holds, on a day, with the reason where somebody has one.
pub(super) fn end(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (case, supplier): (&Case, &Supplier),
    (how, day, reason): (End, NaiveDate, &str),
) -> Result<(), Error> {
    let (status, step, action) = how.parts();
    let changed = diesel::update(steps::at(&case.id, case.status))
        .set((
            punishment_cases::status.eq(status),
            punishment_cases::ended_at.eq(now()),
            punishment_cases::ended_reason.eq(reason),
        ))
        .execute(c)?;
    steps::moved(changed)?;
    drop_open(c, by, case)?;
    let held: Vec<String> = members::of(c, &case.id)?
        .into_iter()
        .filter(|(held, _)| {
            held.from_on.is_some()
                && matches!(held.status, MemberStatus::Included | MemberStatus::Left)
        })
        .map(|(held, _)| held.supplier_id)
        .collect();
    let case = reload(c, &case.id)?;
    members::free(c, &case, day, reason)?;
    let standard = find_standard(c, &case.standard_id)?;
    if wants_certification(&case, &standard) {
        for supplier_id in &held {
            end_after_measure(c, by, vault, supplier_id)?;
        }
    }
    steps::add(c, by, &case.id, step, reason, true)?;
    letters::tell(c, vault, (&case, supplier), "punishment-ended", Some(day))?;
    let details = json!({ "reason": reason, "holds_until": day.to_string() });
    steps::log(c, by, action, &case, details)
}

/// Whether the companies that a case held are certified anew once it is over: its measure stopped orders, and
/// the standard asks for it.
pub(super) fn wants_certification(case: &Case, standard: &Standard) -> bool {
    standard.recertifies && case.orders.is_some_and(|orders| orders >= Orders::Blocked)
}
