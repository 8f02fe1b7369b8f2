//! Which of the invented people behind companies are authenticated.

use chrono::Months;
use diesel::prelude::*;

use super::certification::{Staff, day, morning};
use crate::certification::authentication::{Authentication, Method, Status};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{authentications, people};
use crate::suppliers::people::Part;
use crate::values::new_id;

/// Every person but one in six; among a dozen there is one in each state.
pub fn fill(c: &mut AnyConnection) -> Result<(), Error> {
    let staff = Staff::of(c)?;
    let known: Vec<(String, String)> = people::table
        .filter(people::role.ne(Part::BeneficialOwner))
        .filter(people::removed_at.is_null())
        .order((people::created_at, people::id))
        .select((people::id, people::supplier_id))
        .load(c)?;
    for (position, (person_id, supplier_id)) in known.into_iter().enumerate() {
        let status = match position % 12 {
            3 | 9 => continue,
            5 => Status::Open,
            7 => Status::Failed,
            8 => Status::Withdrawn,
            10 => Status::Revoked,
            _ => Status::Verified,
        };
        let method = if position % 2 == 0 { Method::DocumentReview } else { Method::InPerson };
        write(c, &staff, (person_id, supplier_id), method, status, position as i64)?;
    }
    Ok(())
}

pub(super) fn write(
    c: &mut AnyConnection,
    staff: &Staff,
    (person_id, supplier_id): (String, String),
    method: Method,
    status: Status,
    position: i64,
) -> Result<(), Error> {
    let begun = day(if status == Status::Open { -3 } else { -40 - 11 * position });
    let is_verified = matches!(status, Status::Verified | Status::Revoked);
    let is_ended = !matches!(status, Status::Verified | Status::Open);
    let (officer, approver) = (&staff.officer, &staff.approver);
    let name = |yes: bool, name: &str| if yes { name.to_string() } else { String::new() };
    let row = Authentication {
        id: new_id(),
        supplier_id,
        person_id,
        method,
        status,
        evidence: "样例：证件原件。 Sample: the original paper.".into(),
        document_id: None,
        secret_sealed: String::new(),
        tries: 0,
        begun_by: officer.account_id.clone(),
        begun_name: officer.name.clone(),
        created_at: morning(begun),
        verified_at: is_verified.then(|| morning(begun)),
        verified_by: is_verified.then(|| approver.account_id.clone()),
        verified_name: name(is_verified, &approver.name),
        verification_note: String::new(),
        valid_to: begun.checked_add_months(Months::new(24)).filter(|_| is_verified),
        ended_at: is_ended.then(|| morning(day(-20))),
        ended_by: is_ended.then(|| approver.account_id.clone()),
        ended_name: name(is_ended, &approver.name),
        ended_reason: name(is_ended, "样例 Sample"),
    };
    diesel::insert_into(authentications::table).values(&row).execute(c)?;
    Ok(())
}
