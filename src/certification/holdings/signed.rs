//! When companies had signed the clauses that standards may demand.

use std::collections::HashMap;

use super::Holdings;
use crate::clauses::standing;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::suppliers::clearance::Period;
use crate::suppliers::clearance::periods::{days, tidy, without};

/// Adds when each clause was settled, by the clause's code. Of a clause without a published version
/// nothing is said: nobody can sign it, and a person has to judge. Before the first version's day there
/// was nothing to be signed.
pub fn add(
    c: &mut AnyConnection,
    all: &mut HashMap<String, Holdings>,
    ids: &[&str],
) -> Result<(), Error> {
    let published = standing::published(c)?;
    let mut signable: Vec<(&str, &str, Vec<Period>)> = Vec::new();
    for clause in &published.clauses {
        if let Some(first) = published.of(&clause.id).first() {
            let before = without(&[Period::ALWAYS], &[days(first.from, None)]);
            signable.push((&clause.id, &clause.code, before));
        }
    }
    if signable.is_empty() {
        return Ok(());
    }
    for (id, company) in standing::load(c, ids)? {
        let holdings = all.entry(id).or_default();
        for (clause_id, code, before) in &signable {
            let mut settled = company.settled(&published, clause_id);
            settled.extend(before.iter().copied());
            holdings.clauses.insert(code.to_string(), tidy(settled));
        }
    }
    Ok(())
}
