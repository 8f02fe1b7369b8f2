//! A rule in the words of a page.

use super::apply::counts_each;
use super::{Effect, Occasion, Rule};
use crate::page::Page;

/// "From 1 critical finding in one inspection: propose to suspend the certification for its category".
pub fn rule(page: &Page, rule: &Rule) -> String {
    let (when, then) = (when(page, rule), then(page, rule));
    page.ta("rule-sentence", &[("when", &when), ("then", &then)])
}

/// What a rule waits for.
pub fn when(page: &Page, rule: &Rule) -> String {
    let severity = page.tk("rule-severity", rule.severity.as_str());
    let key = match rule.occasion {
        Occasion::Repeated => "rule-when-repeated",
        Occasion::Overdue => "rule-when-overdue",
        Occasion::Found if counts_each(rule) => "rule-when-each",
        Occasion::Found if rule.threshold <= 1 => "rule-when-one",
        Occasion::Found => {
            let count = rule.threshold.to_string();
            return page.ta("rule-when-many", &[("count", &count), ("severity", &severity)]);
        }
    };
    page.ta(key, &[("severity", &severity)])
}

/// What a rule leads to.
pub fn then(page: &Page, rule: &Rule) -> String {
    match rule.effect {
        Effect::Penalty => penalty(page, rule.points, rule.months),
        Effect::Suspension => page.t("rule-then-suspension").to_string(),
        Effect::Punishment => page.t("rule-then-punishment").to_string(),
    }
}

/// Points off the score for some months.
pub fn penalty(page: &Page, points: i64, months: i64) -> String {
    let (points, months) = (points.to_string(), months.to_string());
    page.ta("rule-then-penalty", &[("points", &points), ("months", &months)])
}
