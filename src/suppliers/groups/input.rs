//! What is written down of a link, and its rules.

use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use super::ControlKind;
use crate::error::{Problem, Problems};
use crate::values::{calendar_day, forever};

/// A link as it is written down on the page of one of its companies.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct LinkInput {
    /// The other company: its number, id or an identifier.
    #[validate(length(max = 100))]
    pub company: String,
    /// `controls` when the company of the page is the parent, `controlled_by` when the other is.
    pub direction: String,
    /// See [`ControlKind`].
    pub control: String,
    /// In percent, two decimals at most, with or without the sign.
    #[validate(length(max = 20))]
    pub share: String,
    pub valid_from: String,
    /// The first day on which the link is no more; "" while no end is known.
    pub valid_to: String,
    #[validate(length(max = 500))]
    pub evidence: String,
}

/// The end of a link.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EndInput {
    /// The first day on which the link is no more.
    pub ended_on: String,
    #[validate(length(max = 500))]
    pub reason: String,
}

/// Why a link should never have been recorded.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct MistakeInput {
    #[validate(length(max = 500))]
    pub mistake: String,
}

/// What an input says about the link itself, whoever its companies are.
pub struct Terms {
    /// Whether the company of the page is the parent.
    pub is_parent: bool,
    pub kind: ControlKind,
    /// In hundredths of a percent.
    pub share: Option<i64>,
    pub from: NaiveDate,
    /// The first day on which the link is no more.
    pub to: NaiveDate,
}

impl LinkInput {
    /// The terms, or a problem for each field that says none.
    pub fn terms(&self) -> Result<Terms, Problems> {
        let mut problems = Problems::default();
        let kind = ControlKind::parse(&self.control);
        if kind.is_none() {
            problems.add(Problem::new("control", "unknown_choice"));
        }
        if !matches!(self.direction.as_str(), "controls" | "controlled_by") {
            problems.add(Problem::new("direction", "unknown_choice"));
        }
        if self.company.trim().is_empty() {
            problems.add(Problem::new("company", "missing"));
        }
        if self.evidence.trim().is_empty() {
            problems.add(Problem::new("evidence", "missing"));
        }
        let share = parse_share(&self.share);
        if let Some(code) = kind.and_then(|kind| share_problem(kind, share)) {
            problems.add(Problem::new("share", code));
        }
        let from = day(&mut problems, "valid_from", &self.valid_from);
        let to = match self.valid_to.trim() {
            "" => Some(forever().date()),
            text => day(&mut problems, "valid_to", text),
        };
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            problems.add(Problem::new("valid_to", "group_dates"));
        }
        match (kind, share, from, to) {
            (Some(kind), Ok(share), Some(from), Some(to)) if problems.is_empty() => {
                Ok(Terms { is_parent: self.direction == "controls", kind, share, from, to })
            }
            _ => Err(problems),
        }
    }
}

/// The day of a field that must name one.
pub fn day(problems: &mut Problems, field: &str, text: &str) -> Option<NaiveDate> {
    let found = calendar_day(text.trim());
    if found.is_none() {
        let code = if text.trim().is_empty() { "missing" } else { "report_date" };
        problems.add(Problem::new(field, code));
    }
    found
}

/// Hundredths of a percent from "51", "51.25" or "51.25 %"; nothing from an empty text.
fn parse_share(text: &str) -> Result<Option<i64>, ()> {
    let text = text.trim().trim_end_matches(['%', '％']).trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(whole, 3) || !digits(decimals, 2) {
        return Err(());
    }
    let hundredths = format!("{decimals:0<2}").parse::<i64>().map_err(|_| ())?;
    let share = whole.parse::<i64>().map_err(|_| ())? * 100 + hundredths;
    if (1..=10_000).contains(&share) { Ok(Some(share)) } else { Err(()) }
}

fn share_problem(kind: ControlKind, share: Result<Option<i64>, ()>) -> Option<&'static str> {
    match (kind, share) {
        (_, Err(())) => Some("group_share"),
        (ControlKind::Majority | ControlKind::Minority, Ok(None)) => Some("missing"),
        (ControlKind::Majority, Ok(Some(..=5000))) => Some("group_majority"),
        (ControlKind::Minority, Ok(Some(5001..))) => Some("group_minority"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse_share;

    #[test]
    fn a_share_has_two_decimals_at_most_and_is_between_nothing_and_everything() {
        for (text, share) in [
            ("51", 5100),
            (" 51.25 ", 5125),
            ("51.5%", 5150),
            ("100 %", 10_000),
            ("100.00", 10_000),
            ("0.01", 1),
            ("33.3％", 3330),
        ] {
            assert_eq!(parse_share(text), Ok(Some(share)), "{text}");
        }
        for text in ["0", "0.00", "100.01", "101", "-1", "51,25", "51.255", "5e1", "1.", ".5", "x"]
        {
            assert_eq!(parse_share(text), Err(()), "{text}");
        }
        assert_eq!(parse_share(" "), Ok(None));
    }
}
