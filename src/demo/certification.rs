//! What the invented companies are certified for, on what that rests, and where it is on its way.

use chrono::{Days, Months, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::certified;
use super::random::Random;
use super::standards;
use crate::access::{Actor, Role};
use crate::audit;
use crate::categories;
use crate::certification::category::{Status, code_of, keep};
use crate::certification::demands::{Demand, DemandKind};
use crate::certification::standards::Standard;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{accounts, categories as table, supplier_categories, suppliers};
use crate::suppliers::Stage;
use crate::values::now;
use crate::vault::Vault;

/// Those of staff who certify.
pub struct Staff {
    pub officer: Actor,
    pub approver: Actor,
}

impl Staff {
    pub fn of(c: &mut AnyConnection) -> Result<Staff, Error> {
        Ok(Staff {
            officer: actor(c, Role::ProcurementOfficer)?,
            approver: actor(c, Role::Approver)?,
        })
    }
}

pub(super) fn actor(c: &mut AnyConnection, role: Role) -> Result<Actor, Error> {
    let (account_id, name): (String, String) = accounts::table
        .filter(accounts::role.eq(role))
        .order(accounts::id)
        .select((accounts::id, accounts::name))
        .first(c)?;
    Ok(Actor { account_id, name, role, ..Actor::command_line() })
}

/// A company that is to be certified for what it offers.
pub struct Company {
    pub id: String,
    pub legal_name: String,
    pub category: String,
}

/// A day so many days from today, earlier ones below zero.
pub fn day(from_today: i64) -> NaiveDate {
    let today = now().date();
    let days = Days::new(from_today.unsigned_abs());
    let day =
        if from_today < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) };
    day.unwrap_or(today)
}

/// The morning of a day.
pub fn morning(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(9, 30, 0).unwrap_or_default()
}

/// How many companies of a hundred are in what state; the rest are certified. Those who are suspended
/// get there by a certificate that ran out.
const STATES: &[(Status, usize)] = &[
    (Status::Applied, 2),
    (Status::Returned, 1),
    (Status::Audited, 1),
    (Status::Suspended, 3),
    (Status::Lapsed, 2),
    (Status::Revoked, 1),
    (Status::Declined, 1),
    (Status::Withdrawn, 1),
];

/// Certifies the companies: standards, audits, certificates, certifications in all states. Draws from
/// its own seed, so that the companies stay as they are.
pub fn fill(c: &mut AnyConnection, vault: &Vault, seed: u64) -> Result<(), Error> {
    let mut random = Random::of_seed(seed ^ 0xCE27);
    let staff = Staff::of(c)?;
    let standards = standards::fill(c, &staff)?;
    let companies: Vec<(String, String, String)> = suppliers::table
        .inner_join(
            supplier_categories::table.on(supplier_categories::supplier_id.eq(suppliers::id)),
        )
        .filter(suppliers::stage.eq(Stage::Active).or(suppliers::stage.eq(Stage::Suspended)))
        .order((suppliers::number, supplier_categories::category_id))
        .select((suppliers::id, suppliers::legal_name, supplier_categories::category_id))
        .load(c)?;
    let first = begin_first(c)?;
    let mut ids = Vec::new();
    for (position, (id, legal_name, category)) in companies.into_iter().enumerate() {
        let company = Company { id, legal_name, category };
        let Some((standard, demands)) = standards.get(&company.category) else { continue };
        let is_first = company.id == first.id;
        if is_first && company.category == first.category {
            continue;
        }
        let state = if is_first { Status::Certified } else { state(&mut random) };
        let number = position as i64 + 1;
        certify(c, &mut random, &staff, &company, (standard, demands), number, state)?;
        ids.push(company.id);
    }
    for ids in ids.chunks(200) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        keep::recheck(c, &Actor::clock(), vault, &ids)?;
    }
    Ok(())
}

/// The company whose owner signs in: nearly ready to be certified for packaging, for which it has not
/// applied yet.
fn begin_first(c: &mut AnyConnection) -> Result<Company, Error> {
    let (id, legal_name): (String, String) = suppliers::table
        .filter(suppliers::number.eq(1))
        .select((suppliers::id, suppliers::legal_name))
        .first(c)?;
    let mut offered: Vec<String> =
        categories::of_supplier(c, &id)?.into_iter().map(|one| one.id).collect();
    let category: String =
        table::table.filter(table::code.eq("packaging")).select(table::id).first(c)?;
    if !offered.contains(&category) {
        offered.push(category.clone());
        categories::assign(c, &id, &offered)?;
    }
    let company = Company { id, legal_name, category };
    // Its certification for components rests on ISO 9001 too.
    Ok(company)
}

/// One company's audit, certificates and certification.
fn certify(
    c: &mut AnyConnection,
    random: &mut Random,
    staff: &Staff,
    company: &Company,
    (standard, demands): (&Standard, &[Demand]),
    number: i64,
    state: Status,
) -> Result<(), Error> {
    // Up to 23 months ago, so that most still hold and some are about to run out.
    let certified = day(-(30 + random.below(660) as i64));
    let lapses = state == Status::Lapsed;
    let until = if lapses {
        day(-(5 + random.below(80) as i64))
    } else {
        months(certified, standards::VALIDITY)
    };
    let from = if lapses { months_before(until, standards::VALIDITY) } else { certified };
    certified::basic_audit(c, random, staff, company, number, from)?;
    let certificates = demands.iter().filter(|demand| demand.kind == DemandKind::Certificate);
    let mut types: Vec<&str> = certificates.map(|demand| demand.subject.as_str()).collect();
    types.sort_unstable();
    for (position, of_type) in types.iter().enumerate() {
        let is_out = state == Status::Suspended && position == 0;
        certified::certificate(c, random, staff, company, of_type, from, is_out)?;
    }
    if state == Status::Withdrawn && random.chance(50) {
        return Ok(());
    }
    let given = certified::Term { from, until };
    let id =
        certified::certification(c, staff, company, (standard, demands), number, state, given)?;
    let actor = if state.is_pending() { &staff.officer } else { &staff.approver };
    let details = json!({
        "certification": code_of(number),
        "category": company.category,
        "status": state.as_str(),
        "id": id,
    });
    audit::append(c, actor, "certification.invented", ("supplier", &company.id), details)
}

fn state(random: &mut Random) -> Status {
    let mut drawn = random.below(100);
    for (state, share) in STATES {
        if drawn < *share {
            return *state;
        }
        drawn -= share;
    }
    Status::Certified
}

/// The last day of so many months that begin with a day.
fn months(from: NaiveDate, months: u32) -> NaiveDate {
    let after = from.checked_add_months(Months::new(months));
    after.and_then(|day| day.pred_opt()).unwrap_or(from)
}

fn months_before(last: NaiveDate, months: u32) -> NaiveDate {
    last.checked_sub_months(Months::new(months)).and_then(|day| day.succ_opt()).unwrap_or(last)
}
