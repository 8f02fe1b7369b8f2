//! How candidates meet the criteria of their need: a verdict on each, with its reason.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::candidates::{self, Candidate, Status};
use super::needs::criteria::{self, Criterion, Method, Strength};
use crate::access::{May, right};
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problem, Problems};
use crate::schema::screenings;
use crate::values::{new_id, now};

/// The best score.
pub const BEST: i64 = 5;
/// From this score on a criterion is met; what is below needs a reason.
pub const MET: i64 = 3;
/// Letters of a reason, at most.
const REASON_LIMIT: usize = 1000;

/// What was found of a candidate under one criterion.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = screenings)]
pub struct Screening {
    /// A new one with each change: a page made from an older one is refused.
    pub id: String,
    pub candidate_id: String,
    pub criterion_id: String,
    /// Of a criterion that is passed or failed.
    pub passed: Option<bool>,
    /// Of a scored one, 0 to [`BEST`].
    pub score: Option<i64>,
    pub reason: String,
    pub screened_by: String,
    pub screened_name: String,
    pub created_at: NaiveDateTime,
}

/// The form of a screening: the n-th of each list belongs to one criterion.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ScreeningInput {
    /// Ids of criteria.
    pub criterion: Vec<String>,
    /// "pass", "fail", "0" to "5", "" for none yet.
    pub verdict: Vec<String>,
    pub reason: Vec<String>,
    /// The id of the verdict that the page showed, "" for none.
    pub seen: Vec<String>,
}

impl Screening {
    /// The verdict as a form sends it.
    pub fn verdict(&self) -> String {
        match (self.passed, self.score) {
            (Some(true), _) => "pass".into(),
            (Some(false), _) => "fail".into(),
            (_, Some(score)) => score.to_string(),
            _ => String::new(),
        }
    }

    /// Whether the criterion is met.
    pub fn is_met(&self) -> bool {
        self.passed.unwrap_or_else(|| self.score.is_some_and(|score| score >= MET))
    }

    /// Of [`BEST`]: passed is the best, failed nothing.
    fn points(&self) -> i64 {
        match self.passed {
            Some(passed) => i64::from(passed) * BEST,
            None => self.score.unwrap_or(0),
        }
    }
}

/// A candidate under each criterion of its need.
pub struct Standing {
    pub lines: Vec<(Criterion, Option<Screening>)>,
}

impl Standing {
    pub fn screened(&self) -> usize {
        self.lines.iter().filter(|(_, found)| found.is_some()).count()
    }

    /// Whether there is a verdict under each criterion.
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(|(_, found)| found.is_some())
    }

    /// The "must" criteria that were judged and are not met.
    pub fn failed_musts(&self) -> Vec<&Criterion> {
        let failed = |(criterion, found): &&(Criterion, Option<Screening>)| {
            criterion.strength == Strength::Must && found.as_ref().is_some_and(|f| !f.is_met())
        };
        self.lines.iter().filter(failed).map(|(criterion, _)| criterion).collect()
    }

    /// The weighted total in percent of what is possible. What nobody has judged counts nothing.
    pub fn total(&self) -> i64 {
        let possible: i64 = self.lines.iter().map(|(one, _)| one.weight * BEST).sum();
        let reached: i64 = self
            .lines
            .iter()
            .map(|(one, found)| one.weight * found.as_ref().map_or(0, Screening::points))
            .sum();
        if possible == 0 { 0 } else { (reached * 100 + possible / 2) / possible }
    }
}

/// How a candidate stands.
pub fn standing(c: &mut AnyConnection, candidate: &Candidate) -> Result<Standing, Error> {
    let criteria = match &candidate.need_id {
        Some(need) => criteria::of(c, need)?,
        None => Vec::new(),
    };
    let found = standings(c, &criteria, std::slice::from_ref(candidate))?;
    Ok(found.into_iter().next().unwrap_or(Standing { lines: Vec::new() }))
}

/// How candidates of one need stand, in their order.
pub fn standings(
    c: &mut AnyConnection,
    criteria: &[Criterion],
    candidates: &[Candidate],
) -> Result<Vec<Standing>, Error> {
    let ids = candidates.iter().map(|one| one.id.as_str());
    let rows: Vec<Screening> = screenings::table
        .filter(among(screenings::candidate_id, ids))
        .select(Screening::as_select())
        .load(c)?;
    let mut found: HashMap<(String, String), Screening> = rows
        .into_iter()
        .map(|row| ((row.candidate_id.clone(), row.criterion_id.clone()), row))
        .collect();
    let mut standing = |candidate: &Candidate| Standing {
        lines: criteria
            .iter()
            .map(|one| (one.clone(), found.remove(&(candidate.id.clone(), one.id.clone()))))
            .collect(),
    };
    Ok(candidates.iter().map(&mut standing).collect())
}

/// Writes down verdicts on a proposed candidate. Rows without one, and those that say what is
/// written already, are left alone. How many were written.
pub fn screen(
    c: &mut AnyConnection,
    by: &May<right::ScreenCandidates>,
    id: &str,
    input: &ScreeningInput,
) -> Result<usize, Error> {
    let (candidate, need) = candidates::find(c, by.scope(), id)?;
    let need = need.filter(|_| candidate.status == Status::Proposed);
    need.ok_or(Error::Conflict("conflict-candidate"))?.must_be_open()?;
    let standing = standing(c, &candidate)?;
    let mut problems = Problems::default();
    let mut written = Vec::new();
    for (at, (criterion, before)) in standing.lines.iter().enumerate() {
        let Some(row) = input.criterion.iter().position(|one| *one == criterion.id) else {
            continue;
        };
        let said = |texts: &[String]| texts.get(row).map(|t| t.trim()).unwrap_or_default().into();
        let (verdict, reason, seen): (String, String, String) =
            (said(&input.verdict), said(&input.reason), said(&input.seen));
        let unchanged = |b: &Screening| b.verdict() == verdict && b.reason == reason;
        if verdict.is_empty() && before.is_none() || before.as_ref().is_some_and(unchanged) {
            continue;
        }
        let Some((passed, score)) = read(criterion.method, &verdict) else {
            problems.add(Problem::new(&format!("verdict-{}", at + 1), "unknown_choice"));
            continue;
        };
        let row = Screening {
            id: new_id(),
            candidate_id: candidate.id.clone(),
            criterion_id: criterion.id.clone(),
            passed,
            score,
            reason,
            screened_by: by.actor().account_id.clone(),
            screened_name: by.actor().name.clone(),
            created_at: now(),
        };
        let field = format!("reason-{}", at + 1);
        if row.reason.is_empty() && !row.is_met() {
            problems.add(Problem::new(&field, "screening_reason"));
        }
        if row.reason.chars().count() > REASON_LIMIT {
            problems.add(Problem::new(&field, "too_long").with("max", REASON_LIMIT));
        }
        if before.as_ref().map_or("", |b| b.id.as_str()) != seen {
            return Err(Error::Conflict("conflict-edited"));
        }
        written.push((criterion, row));
    }
    problems.into_result()?;
    for (criterion, row) in &written {
        let same = screenings::table
            .filter(screenings::candidate_id.eq(&row.candidate_id))
            .filter(screenings::criterion_id.eq(&row.criterion_id));
        diesel::delete(same).execute(c)?;
        diesel::insert_into(screenings::table).values(row).execute(c)?;
        let details = json!({
            "number": candidate.number,
            "legal_name": candidate.legal_name,
            "criterion": criterion.title,
            "verdict": row.verdict(),
            "reason": row.reason,
        });
        audit::append(c, by.actor(), "candidate.screened", ("candidate", id), details)?;
    }
    Ok(written.len())
}

/// A verdict in the way that the criterion is judged.
fn read(method: Method, verdict: &str) -> Option<(Option<bool>, Option<i64>)> {
    match (method, verdict) {
        (Method::PassFail, "pass") => Some((Some(true), None)),
        (Method::PassFail, "fail") => Some((Some(false), None)),
        (Method::PassFail, _) => None,
        (Method::Score, text) => {
            let score = text.parse::<i64>().ok().filter(|score| (0..=BEST).contains(score))?;
            Some((None, Some(score)))
        }
    }
}
