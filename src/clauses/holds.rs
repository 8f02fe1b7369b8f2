//! What clauses hold against an order, as clearance asks for it.

use diesel::prelude::*;

use super::standing::{self, Company, InForce, Published};
use super::{Clause, Status};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::clause_versions;
use crate::suppliers::clearance::periods::{both, tidy, without};
use crate::suppliers::clearance::{Area, Hold, Period};

/// What stands against orders from companies: each version, while it was in force and had to be signed,
/// and was not. Where nothing is published, nothing is asked for, in one query.
pub fn of(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Hold)>, Error> {
    let is_published: Option<String> = clause_versions::table
        .filter(clause_versions::status.eq(Status::Published))
        .select(clause_versions::id)
        .first(c)
        .optional()?;
    if is_published.is_none() {
        return Ok(Vec::new());
    }
    let published = standing::published(c)?;
    let companies = standing::load(c, ids)?;
    let mut all = Vec::new();
    for (id, company) in &companies {
        for clause in &published.clauses {
            for one in published.of(&clause.id) {
                let holds = against(&published, company, clause, one);
                all.extend(holds.into_iter().map(|hold| (id.clone(), hold)));
            }
        }
    }
    Ok(all)
}

/// What a version holds against orders from a company.
fn against(published: &Published, company: &Company, clause: &Clause, one: &InForce) -> Vec<Hold> {
    let earlier = published.of(&clause.id).iter().filter(|other| other.from < one.from);
    let earlier: Vec<Period> =
        tidy(earlier.flat_map(|other| company.signed(&other.version.id)).collect());
    let signed = company.signed_or_later(published, one);
    let mut holds = Vec::new();
    for (period, category) in company.asked(published, one) {
        let gaps = without(&[period], &signed);
        let by_code = [
            ("clause_outdated", both(&gaps, &earlier)),
            ("clause_not_signed", without(&gaps, &earlier)),
        ];
        for (code, periods) in by_code {
            holds.extend(periods.into_iter().map(|period| Hold {
                area: Area::Clauses,
                code,
                args: vec![
                    ("name_en", clause.name_en.clone()),
                    ("name_zh", clause.name_zh.clone()),
                    ("version", one.version.version.to_string()),
                ],
                period,
                category: category.clone(),
            }));
        }
    }
    holds
}
