//! A person says what becomes of a pair: two companies, or one.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::json;

use super::{Pair, PairStatus, find};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{duplicate_pairs, suppliers};
use crate::suppliers::merges::{MergeInput, merge};
use crate::suppliers::{Supplier, code_of};
use crate::values::now;

/// Pairs decided in one change.
pub const MOST_AT_ONCE: usize = 50;

/// Says that the companies of a pair are two. They are never asked about again.
pub fn keep_apart(
    c: &mut AnyConnection,
    by: &May<right::DecideDuplicates>,
    pair_id: &str,
    reason: &str,
) -> Result<(), Error> {
    let pair = find(c, by.scope(), pair_id)?;
    note(c, by.actor(), &pair.id, PairStatus::Apart, reason)?;
    let [first, second] = [&pair.first_id, &pair.second_id].map(|id| named(c, id));
    let (first, second) = (first?, second?);
    for (subject, other) in [(&pair.first_id, second), (&pair.second_id, first)] {
        let details = json!({ "other": other, "reason": reason.trim(), "score": pair.score });
        audit::append(c, by.actor(), "duplicate.decided", ("supplier", subject), details)?;
    }
    Ok(())
}

/// Writes down what became of a pair that waits.
pub(in crate::suppliers) fn note(
    c: &mut AnyConnection,
    actor: &Actor,
    pair_id: &str,
    status: PairStatus,
    reason: &str,
) -> Result<(), Error> {
    let waiting = duplicate_pairs::table
        .filter(duplicate_pairs::id.eq(pair_id))
        .filter(duplicate_pairs::status.eq(PairStatus::Waiting));
    let changed = diesel::update(waiting)
        .set((
            duplicate_pairs::status.eq(status),
            duplicate_pairs::decided_at.eq(now()),
            duplicate_pairs::decided_by.eq(&actor.account_id),
            duplicate_pairs::decided_name.eq(&actor.name),
            duplicate_pairs::decision_reason.eq(reason.trim()),
        ))
        .execute(c)?;
    if changed == 0 { Err(Error::Conflict("conflict-pair-decided")) } else { Ok(()) }
}

/// A merge was undone: its pair waits again.
pub(in crate::suppliers) fn ask_again(c: &mut AnyConnection, pair_id: &str) -> Result<(), Error> {
    let merged = duplicate_pairs::table
        .filter(duplicate_pairs::id.eq(pair_id))
        .filter(duplicate_pairs::status.eq(PairStatus::Merged));
    diesel::update(merged).set(duplicate_pairs::status.eq(PairStatus::Waiting)).execute(c)?;
    Ok(())
}

/// One of several decisions, as it was shown before it is carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Id of the pair.
    pub pair: String,
    /// Id of the company that is kept, "" when both are.
    pub kept: String,
    /// What the person saw: see [`seen`].
    pub seen: String,
}

impl Decision {
    /// As one value of a form.
    pub fn written(&self) -> String {
        format!("{} {} {}", self.pair, self.kept, self.seen)
    }

    /// `None` for a value that we did not make.
    pub fn read(text: &str) -> Option<Decision> {
        let mut parts = text.split(' ').map(str::to_string);
        let decision = Decision { pair: parts.next()?, kept: parts.next()?, seen: parts.next()? };
        parts.next().is_none().then_some(decision)
    }
}

/// The state of a pair: another one when either company was changed.
pub fn seen(pair: &Pair, revisions: (i64, i64)) -> String {
    format!("{}.{}.{}", pair.status.as_str(), revisions.0, revisions.1)
}

/// Carries out several decisions, all or none. One whose pair has changed since it was shown is
/// named, and nothing is written.
pub fn decide_all(
    c: &mut AnyConnection,
    by: &May<right::DecideDuplicates>,
    decisions: &[Decision],
    reason: &str,
) -> Result<(), Error> {
    if decisions.is_empty() || decisions.len() > MOST_AT_ONCE {
        return Err(Problems::one("pairs", "pairs_chosen").into());
    }
    check(c, by, decisions)?;
    for decision in decisions {
        if decision.kept.is_empty() {
            keep_apart(c, by, &decision.pair, reason)?;
            continue;
        }
        let pair = find(c, by.scope(), &decision.pair)?;
        let input = MergeInput {
            gone: pair.other(&decision.kept).to_string(),
            kept: decision.kept.clone(),
            pair: pair.id.clone(),
            reason: reason.to_string(),
        };
        merge(c, by, &input)?;
    }
    Ok(())
}

fn check(
    c: &mut AnyConnection,
    by: &May<right::DecideDuplicates>,
    decisions: &[Decision],
) -> Result<(), Error> {
    let mut met: HashSet<String> = HashSet::new();
    let merges = decisions.iter().any(|decision| !decision.kept.is_empty());
    for decision in decisions {
        let pair = find(c, by.scope(), &decision.pair).map_err(|error| match error {
            // It was shown, and is no more.
            Error::NotFound => Problems::one("pairs", "pair_gone").into(),
            other => other,
        })?;
        let (first, second) = (one(c, &pair.first_id)?, one(c, &pair.second_id)?);
        if seen(&pair, (first.revision, second.revision)) != decision.seen {
            return Err(about("pair_changed", &first, &second));
        }
        let is_new = [first.id.clone(), second.id.clone()].map(|id| met.insert(id));
        if merges && is_new.contains(&false) {
            return Err(about("pair_overlaps", &first, &second));
        }
    }
    Ok(())
}

fn about(code: &str, first: &Supplier, second: &Supplier) -> Error {
    let named = |supplier: &Supplier| format!("{} {}", supplier.code(), supplier.legal_name);
    let problem = Problem::new("pairs", code);
    Problems(vec![problem.with("first", named(first)).with("second", named(second))]).into()
}

fn one(c: &mut AnyConnection, id: &str) -> Result<Supplier, Error> {
    Ok(suppliers::table.find(id).select(Supplier::as_select()).first(c)?)
}

fn named(c: &mut AnyConnection, id: &str) -> Result<String, Error> {
    let (number, name): (i64, String) =
        suppliers::table.find(id).select((suppliers::number, suppliers::legal_name)).first(c)?;
    Ok(format!("{} {name}", code_of(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_survives_its_form() {
        for kept in ["", "b"] {
            let decision =
                Decision { pair: "a".into(), kept: kept.into(), seen: "waiting.1.2".into() };
            assert_eq!(Decision::read(&decision.written()), Some(decision));
        }
        assert_eq!(Decision::read("a b"), None);
        assert_eq!(Decision::read("a b c d"), None);
    }
}
