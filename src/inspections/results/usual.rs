//! The rules that a firm usually begins with.

use super::Effect::{Penalty, Punishment, Suspension};
use super::Occasion::{Found, Overdue, Repeated};
use super::Severity::{Critical, Major, Minor};
use super::draft::{Written, insert};
use super::{Effect, Occasion, Severity, Version};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::Error;

/// Severity, occasion, threshold, effect, points, months.
const USUAL: [(Severity, Occasion, i64, Effect, i64, i64); 9] = [
    (Critical, Found, 1, Penalty, 20, 24),
    (Major, Found, 1, Penalty, 8, 12),
    (Minor, Found, 3, Penalty, 5, 12),
    (Major, Repeated, 1, Penalty, 10, 12),
    (Critical, Overdue, 1, Penalty, 10, 12),
    (Critical, Found, 1, Suspension, 0, 0),
    (Major, Overdue, 1, Suspension, 0, 0),
    (Critical, Found, 2, Punishment, 0, 0),
    (Critical, Repeated, 1, Punishment, 0, 0),
];

/// Drafts a version with the usual rules.
pub fn draft_usual(
    c: &mut AnyConnection,
    by: &May<right::EditResultRules>,
) -> Result<Version, Error> {
    let rules = USUAL.map(|(severity, occasion, threshold, effect, points, months)| Written {
        severity,
        occasion,
        threshold,
        effect,
        points,
        months,
    });
    insert(c, by, &rules)
}
