//! What the invented register demands of those who supply a category.

use std::collections::HashMap;

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;

use super::certification::Staff;
use crate::certification::demands::{Demand, DemandKind};
use crate::certification::standards::{Standard, Status};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{access_demands, access_standards, categories};
use crate::values::{new_id, now};

/// Code of a category and what it demands: "kind:subject". A category without a line of its own goes
/// by that of its group.
const STANDARDS: &[(&str, &[&str])] = &[
    ("materials", &["fact:contact", "basic:", "certificate:iso9001", "clause:anti_bribery"]),
    (
        "packaging",
        &[
            "fact:contact",
            "basic:",
            "certificate:iso9001",
            "certificate:iso14001",
            "clause:anti_bribery",
            "clause:sustainable_development",
        ],
    ),
    ("premises", &["fact:contact", "basic:", "certificate:iso45001", "clause:anti_bribery"]),
    ("catering", &["fact:contact", "basic:", "certificate:cn_food", "clause:anti_bribery"]),
    ("security", &["fact:contact", "basic:", "certificate:cn_security", "clause:labour_rights"]),
    ("fitting-out", &["fact:contact", "basic:", "certificate:cn_worksafety"]),
    (
        "technology",
        &[
            "fact:contact",
            "basic:",
            "certificate:iso27001",
            "clause:information_security",
            "clause:anti_bribery",
        ],
    ),
    (
        "data-centre",
        &[
            "fact:contact",
            "basic:",
            "certificate:iso27001",
            "certificate:djbh3",
            "clause:information_security",
        ],
    ),
    ("services", &["fact:contact", "basic:", "clause:anti_bribery"]),
    ("recruitment", &["fact:contact", "basic:", "certificate:cn_dispatch", "clause:labour_rights"]),
    ("transport", &["fact:contact", "basic:", "certificate:iso9001", "clause:anti_bribery"]),
];

/// A version that is to come, and one that waits for somebody to publish it.
const COMING: (&str, &[&str]) = (
    "packaging",
    &[
        "fact:contact",
        "basic:",
        "certificate:iso9001",
        "certificate:iso14001",
        "certificate:fsc",
        "clause:anti_bribery",
        "clause:sustainable_development",
    ],
);
const DRAFT: (&str, &[&str]) = (
    "logistics",
    &[
        "fact:contact",
        "basic:",
        "certificate:iso9001",
        "certificate:iso14064",
        "authentication:signatories",
        "clause:anti_bribery",
    ],
);

/// For how many months a certification holds.
pub const VALIDITY: u32 = 24;

/// Standards that have been in force for four years, one that is to come, and a draft. What each
/// category that is bought demands today, by its id.
pub fn fill(
    c: &mut AnyConnection,
    staff: &Staff,
) -> Result<HashMap<String, (Standard, Vec<Demand>)>, Error> {
    let all: Vec<(String, String, Option<String>)> = categories::table
        .select((categories::id, categories::code, categories::parent_id))
        .load(c)?;
    let ids: HashMap<&str, &str> = all.iter().map(|(id, code, _)| (&**code, &**id)).collect();
    let today = now().date();
    let began = today.checked_sub_months(Months::new(48)).unwrap_or(today);
    let mut by_category = HashMap::new();
    for (code, demands) in STANDARDS {
        let Some(category) = ids.get(code) else { continue };
        let made = make(c, staff, category, 1, Some(began), Status::Published, demands)?;
        by_category.insert(category.to_string(), made);
    }
    for (id, _, parent) in &all {
        let inherited = parent.as_ref().and_then(|parent| by_category.get(parent)).cloned();
        if let Some(inherited) = inherited.filter(|_| !by_category.contains_key(id)) {
            by_category.insert(id.clone(), inherited);
        }
    }
    if let Some(category) = ids.get(COMING.0) {
        let day = today + Days::new(60);
        make(c, staff, category, 2, Some(day), Status::Published, COMING.1)?;
    }
    if let Some(category) = ids.get(DRAFT.0) {
        let day = today + Days::new(90);
        make(c, staff, category, 1, Some(day), Status::Draft, DRAFT.1)?;
    }
    Ok(by_category)
}

fn make(
    c: &mut AnyConnection,
    staff: &Staff,
    category: &str,
    version: i64,
    from: Option<NaiveDate>,
    status: Status,
    demands: &[&str],
) -> Result<(Standard, Vec<Demand>), Error> {
    let is_published = status == Status::Published;
    let standard = Standard {
        id: new_id(),
        category_id: category.into(),
        version,
        status,
        effective_from: from,
        validity_months: i64::from(VALIDITY),
        note: String::new(),
        revision: 1,
        drafted_by: staff.officer.account_id.clone(),
        drafted_name: staff.officer.name.clone(),
        created_at: now(),
        published_at: is_published.then(now),
        published_by: is_published.then(|| staff.approver.account_id.clone()),
        published_name: if is_published { staff.approver.name.clone() } else { String::new() },
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(access_standards::table).values(&standard).execute(c)?;
    let mut made = Vec::new();
    for (position, text) in demands.iter().enumerate() {
        let (kind, subject) = text.split_once(':').unwrap_or((text, ""));
        let Some(kind) = DemandKind::parse(kind) else { continue };
        let demand = Demand {
            id: new_id(),
            standard_id: standard.id.clone(),
            position: position as i64,
            kind,
            subject: subject.into(),
        };
        diesel::insert_into(access_demands::table).values(&demand).execute(c)?;
        made.push(demand);
    }
    Ok((standard, made))
}
