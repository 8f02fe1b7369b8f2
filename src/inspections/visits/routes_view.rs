//! Inspections in words, for the pages of staff and of companies.

use super::sheet::{Line, Sheet};
use crate::inspections::findings::Finding;
use crate::inspections::{Inspection, Outcome, Severity};
use crate::page::Page;

/// Where an inspection stands: the shape of the state, and words.
pub(super) fn status(page: &Page, one: &Inspection) -> (&'static str, String) {
    (one.status.mark(), page.tk("inspection-status", one.status.as_str()))
}

/// The shape that an outcome is shown with.
pub(super) fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Conform => "ok",
        Outcome::Observation => "wait",
        Outcome::NotApplicable => "none",
        Outcome::Minor | Outcome::Major | Outcome::Critical => {
            outcome.severity().map_or("none", Severity::mark)
        }
    }
}

/// What was found at an item: the shape of the state, and words.
pub(super) fn outcome(page: &Page, line: &Line) -> (&'static str, String) {
    match line.outcome() {
        Some(found) => (mark(found), page.tk("inspection-outcome", found.as_str())),
        None => ("none", page.t("inspection-outcome-none").to_string()),
    }
}

/// How many items came out how, those that did.
pub(super) fn numbers(page: &Page, sheet: &Sheet) -> Vec<(&'static str, String, usize)> {
    let number = |outcome: &Outcome| {
        let words = page.tk("inspection-outcome", outcome.as_str());
        (mark(*outcome), words, sheet.number(*outcome))
    };
    Outcome::ALL.iter().map(number).filter(|(_, _, number)| *number > 0).collect()
}

/// How bad a finding is: the shape of the state, and words.
pub(super) fn severity(page: &Page, one: &Finding) -> (&'static str, String) {
    (one.severity.mark(), page.tk("finding-severity", one.severity.as_str()))
}

/// Where a finding stands: the shape of the state, and words.
pub(super) fn finding(page: &Page, one: &Finding) -> (&'static str, String) {
    (one.status.mark(), page.tk("finding-status", one.status.as_str()))
}

/// What is to be done next, and by whom.
pub(super) fn next_step(page: &Page, one: &Inspection) -> String {
    page.tk("inspection-next", one.status.as_str())
}
