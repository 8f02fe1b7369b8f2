//! The clauses of the invented register, published as long ago as they pretend.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::certification::{Staff, actor, day, morning};
use crate::access::{Actor, Role};
use crate::audit;
use crate::clauses::duties::Duty;
use crate::clauses::starting::{Starting, starting};
use crate::clauses::texts::canonical;
use crate::clauses::{Clause, Status, Version};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{clause_duties, clause_versions, clauses};
use crate::values::{new_id, sha256_hex};

/// Days before today on which the first versions came into force, and the newer one of the first
/// clause.
const FIRST: i64 = 390;
const NEWER: i64 = 21;

/// A clause with its published versions, the oldest first.
pub struct Invented {
    pub clause: Clause,
    pub versions: Vec<Version>,
}

/// Publishes the five clauses; the first of them twice.
pub fn fill(c: &mut AnyConnection, staff: &Staff) -> Result<Vec<Invented>, Error> {
    let legal = actor(c, Role::LegalOfficer)?;
    let mut all = Vec::new();
    for (position, one) in starting().iter().enumerate() {
        let clause = Clause {
            id: new_id(),
            code: one.code.into(),
            position: position as i64 + 1,
            name_en: one.name_en.into(),
            name_zh: one.name_zh.into(),
            created_by: staff.officer.account_id.clone(),
            created_name: staff.officer.name.clone(),
            created_at: morning(day(-FIRST - 40)),
        };
        diesel::insert_into(clauses::table).values(&clause).execute(c)?;
        let mut versions = vec![publish(c, staff, &legal, (&clause, one), 1, day(-FIRST))?];
        if position == 0 {
            versions.push(publish(c, staff, &legal, (&clause, one), 2, day(-NEWER))?);
        }
        all.push(Invented { clause, versions });
    }
    Ok(all)
}

fn publish(
    c: &mut AnyConnection,
    staff: &Staff,
    legal: &Actor,
    (clause, one): (&Clause, &Starting),
    number: i64,
    from: NaiveDate,
) -> Result<Version, Error> {
    let mut texts = (one.text_en.to_string(), one.text_zh.to_string());
    if number > 1 {
        texts.0 += "\n## Gifts\n\nNo gift above 200 yuan a year and person is given or taken.\n";
        texts.1 += "\n## 礼品\n\n每人每年收受或赠送的礼品价值不得超过二百元。\n";
    }
    let (text_en, text_zh) = (canonical(&texts.0), canonical(&texts.1));
    let before = |days: u64| morning(from - chrono::Days::new(days));
    let draft = Version {
        id: new_id(),
        clause_id: clause.id.clone(),
        version: number,
        status: Status::Draft,
        sha256_en: sha256_hex(&text_en),
        sha256_zh: sha256_hex(&text_zh),
        text_en,
        text_zh,
        note: if number > 1 {
            "新增礼品限额。 A limit for gifts is new.".into()
        } else {
            String::new()
        },
        whom: one.whom,
        effective_from: Some(from),
        revision: 1,
        drafted_by: staff.officer.account_id.clone(),
        drafted_name: staff.officer.name.clone(),
        created_at: before(35),
        reviewed_at: Some(before(32)),
        reviewed_by: Some(legal.account_id.clone()),
        reviewed_name: legal.name.clone(),
        review_note: String::new(),
        published_at: None,
        published_by: None,
        published_name: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(clause_versions::table).values(&draft).execute(c)?;
    for (kind, subject) in one.duties {
        let subject = subject.to_string();
        let duty = Duty { id: new_id(), version_id: draft.id.clone(), kind: *kind, subject };
        diesel::insert_into(clause_duties::table).values(&duty).execute(c)?;
    }
    let (at, by) = (before(30), &staff.approver);
    let version = Version {
        status: Status::Published,
        published_at: Some(at),
        published_by: Some(by.account_id.clone()),
        published_name: by.name.clone(),
        ..draft
    };
    diesel::update(clause_versions::table.find(&version.id))
        .set((
            clause_versions::status.eq(Status::Published),
            clause_versions::published_at.eq(at),
            clause_versions::published_by.eq(&by.account_id),
            clause_versions::published_name.eq(&by.name),
        ))
        .execute(c)?;
    let details = json!({ "clause": clause.code, "version": number });
    audit::append(c, &staff.approver, "clause.published", ("clause", &clause.id), details)?;
    Ok(version)
}
