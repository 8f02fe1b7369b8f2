//! What staff write of a version.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use crate::certification::certificates::types;
use crate::certification::demands::{Clause, DemandKind, Fact, GRADES, Whom};
use crate::clauses;
use crate::documents::Kind;
use crate::error::{Problem, Problems};
use crate::values::calendar_day;

/// For how many months a certification may hold, at most: five years.
pub const MOST_MONTHS: i64 = 60;
/// Ticked boxes of one kind that a form can have, at most.
const MOST: usize = 500;

/// A version as a form sends it: a field for each kind of demand, repeated for each subject.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct StandardInput {
    /// Id of the category; looked at when a version is drafted.
    pub category: String,
    /// "36".
    pub validity_months: String,
    /// The planned first day, "2027-01-31", or "".
    pub effective_from: String,
    #[validate(length(max = 2000))]
    pub note: String,
    pub fact: Vec<String>,
    pub document: Vec<String>,
    pub certificate: Vec<String>,
    pub clause: Vec<String>,
    pub authentication: Vec<String>,
    /// "A" to "C", or "" for none.
    pub grade: String,
    /// "on" when the basic information must be certified.
    pub basic: String,
    /// Ids of categories for which the company must be certified.
    pub other: Vec<String>,
    /// The revision that the form was made from.
    pub revision: String,
}

/// A version that was read, not yet kept.
pub struct Written {
    pub validity_months: i64,
    pub effective_from: Option<NaiveDate>,
    pub note: String,
    /// In the order in which pages show them.
    pub demands: Vec<(DemandKind, String)>,
}

impl StandardInput {
    /// The fields that hold subjects, each with its kind and those subjects.
    fn chosen(&self) -> [(&'static str, DemandKind, &[String]); 6] {
        [
            ("fact", DemandKind::Fact, &self.fact),
            ("document", DemandKind::Document, &self.document),
            ("certificate", DemandKind::Certificate, &self.certificate),
            ("clause", DemandKind::Clause, &self.clause),
            ("authentication", DemandKind::Authentication, &self.authentication),
            ("other", DemandKind::Category, &self.other),
        ]
    }

    /// Reads a version. `categories` are the ids of the open ones, `clauses` those of
    /// the register.
    pub fn read(
        &self,
        categories: &HashSet<&str>,
        clauses: &[clauses::Clause],
    ) -> Result<Written, Problems> {
        let mut problems = Problems::default();
        let months = self.validity_months.trim().parse().unwrap_or(0);
        if !(1..=MOST_MONTHS).contains(&months) {
            problems.add(Problem::new("validity_months", "months").with("max", MOST_MONTHS));
        }
        let day = self.effective_from.trim();
        let effective_from = calendar_day(day);
        if effective_from.is_none() && !day.is_empty() {
            problems.add(Problem::new("effective_from", "effective_from"));
        }
        let mut demands = Vec::new();
        for (field, kind, subjects) in self.chosen() {
            match subjects.iter().find_map(|subject| refusal(kind, subject, categories, clauses)) {
                Some(code) => problems.add(Problem::new(field, code)),
                None if subjects.len() > MOST => {
                    problems.add(Problem::new(field, "unknown_choice"));
                }
                None => demands.extend(subjects.iter().map(|one| (kind, one.clone()))),
            }
        }
        if !self.grade.is_empty() {
            match GRADES.contains(&self.grade.as_str()) {
                true => demands.push((DemandKind::Grade, self.grade.clone())),
                false => problems.add(Problem::new("grade", "unknown_choice")),
            }
        }
        if self.basic == "on" {
            demands.push((DemandKind::Basic, String::new()));
        }
        // Named twice is named once.
        let mut seen = HashSet::new();
        demands.retain(|demand| seen.insert(demand.clone()));
        if demands.is_empty() && problems.is_empty() {
            problems.add(Problem::new("fact", "no_demand"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let note = self.note.trim().to_string();
        Ok(Written { validity_months: months, effective_from, note, demands })
    }
}

/// Why something cannot be demanded.
fn refusal(
    kind: DemandKind,
    subject: &str,
    categories: &HashSet<&str>,
    clauses: &[clauses::Clause],
) -> Option<&'static str> {
    let is_known = match kind {
        DemandKind::Fact => Fact::parse(subject).is_some(),
        DemandKind::Document => Kind::parse(subject).is_some(),
        DemandKind::Clause => {
            Clause::parse(subject).is_some() || clauses.iter().any(|one| one.code == subject)
        }
        DemandKind::Authentication => Whom::parse(subject).is_some(),
        DemandKind::Category => categories.contains(subject),
        DemandKind::Certificate => match types::find(subject) {
            // Guidance has no requirements that anybody could be certified to.
            Some(found) if !found.can_be_held() => return Some("guidance_only"),
            found => found.is_some(),
        },
        DemandKind::Grade | DemandKind::Basic => true,
    };
    (!is_known).then_some("unknown_choice")
}
