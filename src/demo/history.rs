//! A past for some of the companies: other names, suspensions, returns.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::companies::{Companies, Company};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::supplier_versions;
use crate::suppliers::{self, NewSupplier, StageInput, SupplierInput};

type Editor = May<right::EditSuppliers>;

/// What happened to a company since it was introduced.
enum Past {
    Nothing,
    Renamed,
    Suspended,
    SuspendedAndBack,
}

/// Some of the companies known for long, spread over the list: 8 renamed, 12 suspended, 5 back.
fn past_of(position: usize) -> Past {
    if position % 17 != 5 {
        return Past::Nothing;
    }
    match position / 17 {
        0..8 => Past::Renamed,
        8..20 => Past::Suspended,
        20..25 => Past::SuspendedAndBack,
        _ => Past::Nothing,
    }
}

/// Why companies were suspended.
const REASONS: &[&str] = &[
    "质量保证金未按期缴纳 Deposit not paid in time",
    "连续两批货物检验不合格 Two deliveries in a row failed inspection",
    "营业执照年报逾期 Annual report of the licence overdue",
    "整改报告未按期提交 Corrective action report not handed in",
];

/// Enters a company with its past and returns its id.
pub fn enter(
    c: &mut AnyConnection,
    by: &Editor,
    companies: &mut Companies,
    position: usize,
    company: &Company,
    input: NewSupplier,
) -> Result<String, Error> {
    let since = company.since;
    let some_day = since + Duration::days(200 + companies.random.below(500) as i64);
    let reason = *companies.random.one_of(REASONS);
    match past_of(position) {
        Past::Nothing => Ok(suppliers::create_since(c, by, &input, since)?.id),
        Past::Renamed => {
            let (legal_name, english_name) = companies.former_names(company);
            let before = SupplierInput { legal_name, english_name, ..input.company.clone() };
            let first = NewSupplier { company: before, ..input.clone() };
            let supplier = suppliers::create_since(c, by, &first, since)?;
            let revision = supplier.revision.to_string();
            let present = SupplierInput { revision, ..input.company };
            suppliers::update(c, by, &supplier.id, &present)?;
            date_changes(c, &supplier.id, &[some_day])?;
            Ok(supplier.id)
        }
        Past::Suspended => {
            let id = suppliers::create_since(c, by, &input, since)?.id;
            change_stage(c, by, &id, "suspended", reason)?;
            date_changes(c, &id, &[some_day])?;
            Ok(id)
        }
        Past::SuspendedAndBack => {
            let id = suppliers::create_since(c, by, &input, since)?.id;
            change_stage(c, by, &id, "suspended", reason)?;
            change_stage(c, by, &id, "active", "整改已验收 Corrective action accepted")?;
            date_changes(c, &id, &[some_day, some_day + Duration::days(90)])?;
            Ok(id)
        }
    }
}

fn change_stage(
    c: &mut AnyConnection,
    by: &Editor,
    id: &str,
    stage: &str,
    reason: &str,
) -> Result<(), Error> {
    let input = StageInput { stage: stage.into(), reason: reason.into() };
    suppliers::change_stage(c, by, id, &input)?;
    Ok(())
}

/// Moves the changes of a company, made just now, to the days on which they are said to have
/// happened. The audit trail keeps the truth: that the register learned of them today.
fn date_changes(c: &mut AnyConnection, id: &str, days: &[NaiveDateTime]) -> Result<(), Error> {
    let begins: Vec<NaiveDateTime> = supplier_versions::table
        .filter(supplier_versions::supplier_id.eq(id))
        .order(supplier_versions::valid_from)
        .select(supplier_versions::valid_from)
        .load(c)?;
    let mut before = begins.first().copied();
    for (made, day) in begins.iter().skip(1).zip(days) {
        if let Some(before) = before {
            diesel::update(supplier_versions::table.find((id, before)))
                .set(supplier_versions::valid_to.eq(day))
                .execute(c)?;
        }
        diesel::update(supplier_versions::table.find((id, made)))
            .set(supplier_versions::valid_from.eq(day))
            .execute(c)?;
        before = Some(*day);
    }
    Ok(())
}
