//! A case with all that belongs to it, and what has to happen next, as pages and programs show it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Interim, interims_of, papers_of, steps};
use crate::db::AnyConnection;
use crate::documents::Document;
use crate::error::Error;
use crate::page::Page;
use crate::punishments::standards::{Standard, Version, find_standard};
use crate::punishments::{Case, Status, Step, ballots};
use crate::schema::{punishment_ballots, punishment_standard_versions};
use crate::texts::Texts;
use crate::values::{forever, now};

/// A case and all that belongs to it.
pub struct Whole {
    pub case: Case,
    pub standard: Standard,
    pub version: Version,
    /// What happened, in order, each with the documents that came with it.
    pub steps: Vec<(Step, Vec<Document>)>,
    pub interims: Vec<Interim>,
    /// The number of the ballot that people vote on now.
    pub voted: Option<i64>,
}

impl Whole {
    pub fn load(c: &mut AnyConnection, case: Case) -> Result<Whole, Error> {
        let standard = find_standard(c, &case.standard_id)?;
        let version: Version = punishment_standard_versions::table
            .find(&standard.version_id)
            .select(Version::as_select())
            .first(c)?;
        let mut papers: HashMap<String, Vec<Document>> = HashMap::new();
        for (step, document) in papers_of(c, &case.id)? {
            papers.entry(step).or_default().push(document);
        }
        let steps: Vec<(Step, Vec<Document>)> = steps::of(c, &case.id)?
            .into_iter()
            .map(|step| {
                let with = papers.remove(&step.id).unwrap_or_default();
                (step, with)
            })
            .collect();
        let voted: Option<i64> = punishment_ballots::table
            .filter(punishment_ballots::case_id.eq(&case.id))
            .filter(punishment_ballots::status.eq(ballots::Status::Open))
            .select(punishment_ballots::number)
            .first(c)
            .optional()?;
        Ok(Whole { interims: interims_of(c, &case.id)?, case, standard, version, steps, voted })
    }

    /// What the company sees of it: not what is for us alone, and of what we say not the documents.
    pub fn for_company(mut self) -> Whole {
        self.steps.retain(|(step, _)| step.is_shown);
        for (step, documents) in &mut self.steps {
            if !step.by_supplier {
                documents.clear();
            }
        }
        self
    }

    /// The interim measure that holds today.
    pub fn running(&self) -> Option<&Interim> {
        let today = now().date();
        self.interims.iter().find(|one| one.holds_on(today))
    }

    /// What the company was told when the notice was served.
    pub fn notice(&self) -> &str {
        let served = self.steps.iter().find(|(step, _)| step.kind.as_str() == "served");
        served.map(|(step, _)| step.body.as_str()).unwrap_or_default()
    }
}

/// What has to happen next in a case, by when and by whom, in a sentence.
pub fn next(page: &Page, whole: &Whole) -> String {
    let (case, today) = (&whole.case, now().date());
    let status = case.status_on(today);
    let body = page.tk("punishment-body", whole.standard.body.as_str());
    let (what, day) = match status {
        Status::Proposed => ("proposed", Some(case.notice_by)),
        Status::Served if whole.voted.is_some() => ("voted", case.decide_by),
        Status::Served if case.is_heard(today) => ("heard", case.decide_by),
        Status::Served => ("served", case.reply_by),
        Status::InForce if whole.voted.is_some() => ("ending", None),
        Status::InForce if case.appealed_at.is_none() && !has_passed(case.appeal_by, today) => {
            ("appealable", case.appeal_by)
        }
        Status::InForce if is_endless(case.to_on) => ("endless", None),
        Status::InForce => ("in_force", case.to_on),
        Status::Appealed if whole.voted.is_some() => ("hearing", case.hear_by),
        Status::Appealed => ("appealed", case.hear_by),
        over => return page.tk("punishment-next", over.as_str()),
    };
    let day = day.map(|day| page.day(day)).unwrap_or_default();
    let sentence = page.ta(&format!("punishment-next-{what}"), &[("day", &day), ("body", &body)]);
    match case.is_overdue(today) {
        true => format!("{sentence} {}", page.t("punishment-day-passed")),
        false => sentence,
    }
}

/// The day that counts next in a case, where there is one.
pub fn next_day(case: &Case, today: NaiveDate) -> Option<NaiveDate> {
    match case.status_on(today) {
        Status::Proposed => Some(case.notice_by),
        Status::Served if case.is_heard(today) => case.decide_by,
        Status::Served => case.reply_by,
        Status::InForce => case.to_on.filter(|day| !is_endless(Some(*day))),
        Status::Appealed => case.hear_by,
        _ => None,
    }
}

/// How the day that counts next stands to today, as a mark and in words.
pub fn due(page: &Page, case: &Case) -> Option<(&'static str, String)> {
    let today = now().date();
    let day = next_day(case, today)?;
    let mark = match (day - today).num_days() {
        _ if case.status_on(today) == Status::InForce => "none",
        ..0 => "stop",
        0..=7 => "due",
        _ => "wait",
    };
    Some((mark, when(page.texts(), day, today)))
}

/// How a day stands to another: "in 12 days", "today", "5 days ago".
pub fn when(texts: &Texts, day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => texts.get("punishment-day-today").to_string(),
        left if left > 0 => texts.count("punishment-days-left", left),
        past => texts.count("punishment-days-past", -past),
    }
}

/// Whether a measure until this day has no end.
pub fn is_endless(to_on: Option<NaiveDate>) -> bool {
    to_on == Some(forever().date())
}

fn has_passed(day: Option<NaiveDate>, today: NaiveDate) -> bool {
    day.is_some_and(|day| day < today)
}

/// The last day of a measure, as a page says it: the day before the first on which it holds no more.
pub fn last_day(page: &Page, to_on: Option<NaiveDate>) -> String {
    match to_on {
        None => String::new(),
        day if is_endless(day) => page.t("punishment-no-end").to_string(),
        Some(day) => page.day(day.pred_opt().unwrap_or(day)),
    }
}

/// The term that a standard lays down, in words.
pub fn term(page: &Page, standard: &Standard) -> String {
    let from = standard.term_from.to_string();
    match standard.term_to {
        Some(0) => page.t("punishment-term-none").to_string(),
        Some(to) if to == standard.term_from => page.tn("punishment-term-months", to),
        Some(to) => page.ta("punishment-term-between", &[("from", &from), ("to", &to.to_string())]),
        None => page.ta("punishment-term-endless", &[("from", &from)]),
    }
}
