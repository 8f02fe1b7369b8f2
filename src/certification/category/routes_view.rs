//! Certification in words, for the pages of staff and of companies.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Cause, Certification, Status, Suspension, keep};
use crate::certification::certificates::Status as Paper;
use crate::certification::demands::{self, Demand};
use crate::page::Page;
use crate::values::now;

/// Days before its end from which something is said to run out soon.
const SOON: i64 = 90;

/// Names of categories by id: in English and in Chinese.
pub(super) type Names = HashMap<String, (String, String)>;

/// A demand in the page's language.
pub(super) fn demand(page: &Page, names: &Names, demand: &Demand) -> String {
    let category = name_in(page, names, &demand.subject);
    demands::words(page.texts(), demand.kind, &demand.subject, category)
}

fn name_in<'a>(page: &Page, names: &'a Names, id: &str) -> &'a str {
    names.get(id).map(|(english, chinese)| page.pick(english, chinese)).unwrap_or_default()
}

/// Why a certification does not count for a time.
pub(super) fn suspension(page: &Page, names: &Names, one: &Suspension) -> String {
    if one.cause == Cause::Decision {
        return one.reason.clone();
    }
    let category = name_in(page, names, &one.subject);
    let what = keep::words(page.texts(), one.cause, &one.subject, category);
    page.ta("certification-lacks", &[("what", &what)])
}

/// Why a suspension ended.
pub(super) fn ended(page: &Page, one: &Suspension) -> String {
    let key = format!("suspension-ended-{}", one.ended_reason);
    if page.texts().has(&key) { page.t(&key).to_string() } else { one.ended_reason.clone() }
}

/// A last day with how near it is: the shape of the state, and words. Without a day, no end.
pub(super) fn until(page: &Page, last: Option<NaiveDate>) -> (&'static str, String) {
    let Some(last) = last else { return ("ok", page.t("until-never").to_string()) };
    let left = (last - now().date()).num_days();
    let day = page.day(last);
    match left {
        ..0 => ("stop", page.ta("until-over", &[("day", &day)])),
        0..=SOON => {
            let left = left.to_string();
            ("due", page.ta("until-soon", &[("day", &day), ("n", &left)]))
        }
        _ => ("ok", page.ta("until-day", &[("day", &day)])),
    }
}

/// A certificate's state: while it is accepted, how near its end is.
pub(super) fn paper(page: &Page, status: Paper, last: Option<NaiveDate>) -> (&'static str, String) {
    let kind = match status {
        Paper::Accepted => return until(page, last),
        Paper::Submitted => "wait",
        Paper::Returned => "due",
        Paper::Refused => "stop",
        Paper::Withdrawn => "none",
    };
    (kind, page.tk("certificate-status", status.as_str()))
}

/// When a certification ends, while it stands.
pub(super) fn end_of(page: &Page, one: &Certification) -> Option<(&'static str, String)> {
    one.status.is_standing().then(|| until(page, one.valid_to))
}

/// The facts of a certification in the order they happened: when, what, who, and what was said.
pub(super) fn story(page: &Page, one: &Certification) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |at: Option<chrono::NaiveDateTime>, what: &str, who: &str, said: &str| {
        if let Some(at) = at {
            let what = page.tk("certification-fact", what);
            facts.push(Fact { at, what, who: who.into(), said: said.into() });
        }
    };
    let applied = if one.by_supplier { "applied" } else { "applied_for" };
    add(Some(one.applied_at), applied, &one.applied_name, &one.note);
    add(one.returned_at, "returned", &one.returned_name, &one.return_comment);
    add(one.audited_at, "audited", &one.audited_name, &one.audit_note);
    let decided = if one.status == Status::Declined { "declined" } else { "certified" };
    add(one.decided_at, decided, &one.decided_name, &one.decision_note);
    add(one.ended_at, one.status.as_str(), &one.ended_name, &one.ended_reason);
    facts.sort_by_key(|fact| fact.at);
    facts
}

/// Something that happened to a certification.
pub(super) struct Fact {
    pub at: chrono::NaiveDateTime,
    pub what: String,
    pub who: String,
    pub said: String,
}
