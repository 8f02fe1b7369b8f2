//! Companies of the invented register that share something with one under a measure.

use diesel::prelude::*;
use serde_json::json;

use super::making::Making;
use super::{Team, afternoon, groups, words};
use crate::audit;
use crate::db::AnyConnection;
use crate::demo::certification::{day, morning};
use crate::error::Error;
use crate::punishments::evasion::{Kind, Link, Status};
use crate::schema::evasion_links;
use crate::suppliers as companies;
use crate::values::new_id;

/// Number of the company, of the one under a measure, what they share, as it is shown, where it stands, days ago.
type Of = (i64, i64, Kind, &'static str, Status, i64);

const LINKS: [Of; 5] = [
    (403, 30, Kind::Phone, "+86 100 •••• 2041", Status::Held, 2),
    (403, 30, Kind::MailDomain, "shared-office.example", Status::Held, 2),
    (406, 5, Kind::LegalRepresentative, "赵•• ••••••••0417", Status::Held, 1),
    (404, 34, Kind::Address, "兴业路88号科技园3号楼", Status::Cleared, 25),
    (405, 30, Kind::BankAccount, "•••• •••• •••• 0028", Status::Confirmed, 9),
];

/// Writes the links down.
pub(super) fn fill(c: &mut AnyConnection, team: &Team, making: &Making) -> Result<(), Error> {
    for (company, other, kind, shared, status, ago) in LINKS {
        let of_other = making.made.iter().find(|(number, _)| *number == other);
        let Some((_, case_id)) = of_other else { continue };
        let is_settled = status != Status::Held;
        let by = &team.approver;
        let settled = afternoon(day(1 - ago));
        let reason = match status {
            Status::Held => "",
            Status::Cleared => words::CLEARED,
            Status::Confirmed => words::CONFIRMED,
        };
        let link = Link {
            id: new_id(),
            supplier_id: groups::id_of(c, company)?,
            case_id: case_id.clone(),
            other_id: groups::id_of(c, other)?,
            kind,
            shared: shared.into(),
            recorded_by: "command-line".into(),
            status,
            found_at: morning(day(-ago)),
            settled_at: is_settled.then_some(settled),
            settled_by: is_settled.then(|| by.account_id.clone()),
            settled_name: if is_settled { by.name.clone() } else { String::new() },
            reason: reason.into(),
        };
        diesel::insert_into(evasion_links::table).values(&link).execute(c)?;
        if is_settled {
            let details = json!({
                "evasion_company": companies::code_of(company),
                "evasion_other": companies::code_of(other),
                "evasion_kind": kind,
                "evasion_outcome": status,
                "reason": reason,
            });
            audit::append(c, by, "evasion.settled", ("evasion_link", &link.id), details)?;
        }
    }
    Ok(())
}
