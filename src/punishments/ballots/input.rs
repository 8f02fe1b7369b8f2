//! What is brought to the vote and said there, and what a company says of its measure.

use chrono::{Days, Months, NaiveDate};
use serde::Deserialize;
use validator::Validate;

use super::Outcome;
use crate::error::{Problem, Problems};
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Measure, Orders};
use crate::values::forever;

/// The longest term that can be named, in months.
pub const MOST_MONTHS: i64 = 600;

/// What somebody brings to the vote.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BallotInput {
    /// A [`super::Kind`].
    #[validate(length(max = 20))]
    pub ballot_kind: String,
    /// An [`Outcome`].
    #[validate(length(max = 20))]
    pub ballot_outcome: String,
    /// Looked at where a measure is named, as are the next four.
    #[validate(length(max = 20))]
    pub decided_measure: String,
    #[validate(length(max = 20))]
    pub decided_orders: String,
    /// "on" where access to our data ends.
    #[validate(length(max = 10))]
    pub decided_bars_data: String,
    /// Whole months.
    #[validate(length(max = 10))]
    pub decided_term: String,
    /// "on" for a measure without an end.
    #[validate(length(max = 10))]
    pub decided_endless: String,
    #[validate(length(max = 4000))]
    pub ballot_grounds: String,
    /// Why it departs from the standard.
    #[validate(length(max = 2000))]
    pub departure: String,
    /// How the board was told.
    #[validate(length(max = 2000))]
    pub board_notice: String,
    /// That of the group as the form showed it.
    #[validate(length(max = 200))]
    pub group_hash: String,
    /// For each company of the group but the one that the case is against: its id, whether the measure is to hold
    /// it, why. Read from the form by [`crate::punishments::members::choices_of`].
    #[serde(skip)]
    pub choices: Vec<(String, bool, String)>,
}

/// A vote.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct VoteInput {
    /// "for" or "against".
    #[validate(length(max = 10))]
    pub vote: String,
    #[validate(length(max = 4000))]
    pub vote_grounds: String,
}

/// Why a company appeals.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AppealInput {
    #[validate(length(max = 4000))]
    pub appeal_reason: String,
}

/// What a company has put right. A file that shows it comes with it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReleaseInput {
    #[validate(length(max = 4000))]
    pub release_text: String,
}

/// How a company comes back.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReentryInput {
    #[validate(length(max = 2000))]
    pub reentry_note: String,
}

/// A text without what surrounds it; a problem when nothing is left.
pub(super) fn needed(field: &str, text: &str, problems: &mut Problems) -> String {
    let text = text.trim();
    if text.is_empty() {
        problems.add(Problem::new(field, "missing"));
    }
    text.to_string()
}

/// What is imposed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Terms {
    pub measure: Measure,
    pub orders: Orders,
    pub bars_data: bool,
    /// Months; none without an end.
    pub term: Option<i64>,
}

impl Terms {
    /// What a ballot names.
    pub fn read(input: &BallotInput, problems: &mut Problems) -> Option<Terms> {
        let measure = Measure::parse(&input.decided_measure);
        if measure.is_none() {
            problems.add(Problem::new("decided_measure", "unknown_choice"));
        }
        let orders = Orders::parse(&input.decided_orders);
        if orders.is_none() {
            problems.add(Problem::new("decided_orders", "unknown_choice"));
        }
        let term = match input.decided_endless.as_str() {
            "on" => Some(None),
            _ => months(&input.decided_term).map(Some),
        };
        if term.is_none() {
            let problem = Problem::new("decided_term", "ballot_term");
            problems.add(problem.with("max", MOST_MONTHS));
        }
        let (measure, orders, term) = (measure?, orders?, term?);
        if term == Some(0) && measure != Measure::Warning {
            problems.add(Problem::new("decided_term", "ballot_term_none"));
            return None;
        }
        Some(Terms { measure, orders, bars_data: input.decided_bars_data == "on", term })
    }

    /// Whether this is other than what the standard lays down.
    pub fn departs(&self, standard: &Standard) -> bool {
        let is_within = match (self.term, standard.term_to) {
            (None, longest) => longest.is_none(),
            (Some(term), longest) => {
                term >= standard.term_from && longest.is_none_or(|longest| term <= longest)
            }
        };
        let same = (standard.measure, standard.orders, standard.bars_data);
        (self.measure, self.orders, self.bars_data) != same || !is_within
    }

    /// The first day on which the measure holds no more. A warning without a term stands until the days to
    /// appeal are over.
    pub fn ends(&self, from_on: NaiveDate, appeal_by: NaiveDate) -> NaiveDate {
        match self.term {
            None => forever().date(),
            Some(0) => appeal_by + Days::new(1),
            Some(months) => from_on + Months::new(months as u32),
        }
    }

    /// Whether this is lighter in something, and heavier in nothing, than what holds in a case.
    pub fn eases(&self, case: &Case, to_on: NaiveDate) -> Result<(), &'static str> {
        let measure = case.measure.unwrap_or(self.measure);
        let orders = case.orders.unwrap_or(self.orders);
        let last = case.to_on.unwrap_or(to_on);
        let is_heavier = self.measure > measure
            || self.orders > orders
            || self.bars_data && !case.bars_data
            || to_on > last;
        let is_same = (self.measure, self.orders, self.bars_data, to_on)
            == (measure, orders, case.bars_data, last);
        match (is_heavier, is_same) {
            (true, _) => Err("ballot_heavier"),
            (_, true) => Err("ballot_varies_nothing"),
            _ => Ok(()),
        }
    }
}

fn months(text: &str) -> Option<i64> {
    let text = text.trim();
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|months| is_plain && (0..=MOST_MONTHS).contains(months))
}

/// The outcome of a ballot's form, among those of its kind.
pub(super) fn outcome_of(
    input: &BallotInput,
    kind: super::Kind,
    problems: &mut Problems,
) -> Option<Outcome> {
    let found = Outcome::parse(&input.ballot_outcome).filter(|one| kind.outcomes().contains(one));
    if found.is_none() {
        problems.add(Problem::new("ballot_outcome", "unknown_choice"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_whole_months_up_to_fifty_years() {
        for (text, months_of) in [("0", Some(0)), (" 12 ", Some(12)), ("600", Some(600))] {
            assert_eq!(months(text), months_of, "{text}");
        }
        for text in ["", "601", "-1", "+3", "1.5", "12 months", "99999999999999999999", "１２"] {
            assert_eq!(months(text), None, "{text}");
        }
    }

    #[test]
    fn a_measure_of_a_month_from_the_end_of_january_ends_with_february() {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        let terms = |term| Terms {
            measure: Measure::Warning,
            orders: Orders::Allowed,
            bars_data: false,
            term,
        };
        let (from, appeal) = (day("2027-01-31"), day("2027-02-05"));
        assert_eq!(terms(Some(1)).ends(from, appeal), day("2027-02-28"));
        assert_eq!(terms(Some(0)).ends(from, appeal), day("2027-02-06"));
        assert_eq!(terms(None).ends(from, appeal), day("9999-12-31"));
    }
}
