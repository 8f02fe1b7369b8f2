//! What staff write of a standard.

use serde::Deserialize;
use validator::Validate;

use super::Standard;
use crate::error::{Problem, Problems};
use crate::inspections::Severity;
use crate::punishments::body::Body;
use crate::punishments::{Measure, Orders, Reach, Release};

/// Months of a term, at most.
const MOST_MONTHS: i64 = 600;
/// Days for a notice, a reply, an appeal or an interim measure, at most.
const MOST_DAYS: i64 = 60;
/// Points off the score, at most: it has a hundred.
const MOST_POINTS: i64 = 100;

/// A standard as a form sends it, and as the file of the usual ones has it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct LineInput {
    #[validate(length(max = 40))]
    pub violation: String,
    #[validate(length(max = 100))]
    pub name_en: String,
    #[validate(length(max = 100))]
    pub name_zh: String,
    #[validate(length(max = 20))]
    pub severity: String,
    #[validate(length(max = 20))]
    pub measure: String,
    #[validate(length(max = 300))]
    pub measure_note_en: String,
    #[validate(length(max = 300))]
    pub measure_note_zh: String,
    /// Months, at least.
    #[validate(length(max = 10))]
    pub term_from: String,
    /// Months, at most; "" where the measure may have no end.
    #[validate(length(max = 10))]
    pub term_to: String,
    #[validate(length(max = 20))]
    pub reach: String,
    #[validate(length(max = 20))]
    pub orders: String,
    /// "on" of a form or "yes" of the file, else no.
    #[validate(length(max = 10))]
    pub bars_data: String,
    #[validate(length(max = 40))]
    pub body: String,
    #[validate(length(max = 10))]
    pub notice_days: String,
    #[validate(length(max = 10))]
    pub reply_days: String,
    #[validate(length(max = 10))]
    pub appeal_days: String,
    /// 0 where nothing may be ordered before the decision.
    #[validate(length(max = 10))]
    pub interim_days: String,
    #[validate(length(max = 20))]
    pub release: String,
    /// As `bars_data`.
    #[validate(length(max = 10))]
    pub recertifies: String,
    #[validate(length(max = 10))]
    pub points: String,
    /// The revision of the draft that the form was made from.
    #[validate(length(max = 20))]
    pub revision: String,
}

impl LineInput {
    /// Reads a standard that belongs to no version yet: without ids and without a place.
    pub(super) fn read(&self) -> Result<Standard, Problems> {
        let mut problems = self.texts();
        let severity = choice(&mut problems, "severity", Severity::parse(&self.severity));
        let measure = choice(&mut problems, "measure", Measure::parse(&self.measure));
        let term_from = number(&mut problems, "term_from", &self.term_from, (0, MOST_MONTHS));
        let term_to = match self.term_to.trim() {
            "" => Some(None),
            typed => number(&mut problems, "term_to", typed, (0, MOST_MONTHS)).map(Some),
        };
        let reach = choice(&mut problems, "reach", Reach::parse(&self.reach));
        let orders = choice(&mut problems, "orders", Orders::parse(&self.orders));
        let body = choice(&mut problems, "body", Body::parse(&self.body));
        let release = choice(&mut problems, "release", Release::parse(&self.release));
        let mut days = |field: &str, typed: &str, least: i64| {
            number(&mut problems, field, typed, (least, MOST_DAYS)).unwrap_or_default()
        };
        let notice_days = days("notice_days", &self.notice_days, 1);
        let reply_days = days("reply_days", &self.reply_days, 1);
        let appeal_days = days("appeal_days", &self.appeal_days, 1);
        let interim_days = days("interim_days", &self.interim_days, 0);
        let points = number(&mut problems, "points", &self.points, (0, MOST_POINTS));
        if let (Some(from), Some(Some(to))) = (term_from, term_to)
            && to < from
        {
            problems.add(Problem::new("term_to", "punishment_term"));
        }
        if term_to == Some(None) && release == Some(Release::HalfTerm) {
            problems.add(Problem::new("release", "punishment_half_term"));
        }
        let (Some(severity), Some(measure), Some(term_from), Some(term_to)) =
            (severity, measure, term_from, term_to)
        else {
            return Err(problems);
        };
        let (Some(reach), Some(orders), Some(body), Some(release), Some(points)) =
            (reach, orders, body, release, points)
        else {
            return Err(problems);
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Standard {
            id: String::new(),
            version_id: String::new(),
            position: 0,
            violation: self.violation.trim().into(),
            name_en: self.name_en.trim().into(),
            name_zh: self.name_zh.trim().into(),
            severity,
            measure,
            measure_note_en: self.measure_note_en.trim().into(),
            measure_note_zh: self.measure_note_zh.trim().into(),
            term_from,
            term_to,
            reach,
            orders,
            bars_data: is_on(&self.bars_data),
            body,
            notice_days,
            reply_days,
            appeal_days,
            interim_days,
            release,
            recertifies: is_on(&self.recertifies),
            points,
        })
    }

    /// What is wrong with the texts.
    fn texts(&self) -> Problems {
        let mut problems = Problems::default();
        let code = self.violation.trim();
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            problems.add(Problem::new("violation", "violation_code"));
        }
        for (field, value) in [("name_en", &self.name_en), ("name_zh", &self.name_zh)] {
            if value.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        let notes = [&self.measure_note_en, &self.measure_note_zh].map(|note| note.trim());
        match notes.map(str::is_empty) {
            [true, false] => problems.add(Problem::new("measure_note_en", "punishment_note_both")),
            [false, true] => problems.add(Problem::new("measure_note_zh", "punishment_note_both")),
            _ => {}
        }
        problems
    }
}

fn is_on(typed: &str) -> bool {
    matches!(typed, "on" | "yes")
}

/// Notes at a field that what was chosen is none of the choices.
fn choice<T>(problems: &mut Problems, field: &str, chosen: Option<T>) -> Option<T> {
    if chosen.is_none() {
        problems.add(Problem::new(field, "unknown_choice"));
    }
    chosen
}

/// Reads a whole number within limits, or notes at its field what they are.
fn number(
    problems: &mut Problems,
    field: &str,
    typed: &str,
    (least, most): (i64, i64),
) -> Option<i64> {
    let number = typed.trim().parse::<i64>().ok().filter(|n| (least..=most).contains(n));
    if number.is_none() {
        let problem = Problem::new(field, "punishment_number");
        problems.add(problem.with("min", least).with("max", most));
    }
    number
}
