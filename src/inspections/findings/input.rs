//! What is said about findings: by companies, and by whoever verifies.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use validator::Validate;

use super::Finding;
use crate::error::{Problem, Problems};
use crate::values::calendar_day;

/// Documents that come with one step, at most.
pub const MOST_DOCUMENTS: usize = 20;

/// How a company has contained the harm of a critical finding.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ContainmentInput {
    #[validate(length(max = 4000))]
    pub containment: String,
    /// Ids of documents of the company.
    pub documents: Vec<String>,
}

/// What a company says that it did.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AnswerInput {
    #[validate(length(max = 4000))]
    pub root_cause: String,
    #[validate(length(max = 4000))]
    pub corrective_action: String,
    /// The name of whoever answers for it.
    #[validate(length(max = 200))]
    pub action_owner: String,
    /// `2027-03-31`.
    #[validate(length(max = 10))]
    pub done_on: String,
    /// Ids of documents of the company.
    pub documents: Vec<String>,
}

/// Why a company says that it is no finding.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DisputeInput {
    #[validate(length(max = 4000))]
    pub dispute_reason: String,
    /// Ids of documents of the company.
    pub documents: Vec<String>,
}

/// How it was verified that a finding is put right. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ClosingInput {
    #[validate(length(max = 2000))]
    pub closing_note: String,
    /// "on" where the answer shows as well that the harm is contained.
    #[validate(length(max = 10))]
    pub contained: String,
}

/// What an answer lacks. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReturnInput {
    #[validate(length(max = 2000))]
    pub return_comment: String,
}

/// Why a dispute is not followed. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct UpholdingInput {
    #[validate(length(max = 2000))]
    pub upholding_reason: String,
    /// A later day by which it may be closed; "" leaves the day as it is.
    #[validate(length(max = 10))]
    pub extended_to: String,
}

/// Why a dispute is followed. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct WithdrawalInput {
    #[validate(length(max = 2000))]
    pub withdrawal_reason: String,
}

/// Why a closed finding is open again. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReopeningInput {
    #[validate(length(max = 2000))]
    pub reopening_reason: String,
}

/// A later day by which a finding may be closed, and why. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ExtensionInput {
    /// `2027-03-31`.
    #[validate(length(max = 10))]
    pub new_due_on: String,
    #[validate(length(max = 2000))]
    pub extension_reason: String,
}

/// A text without what surrounds it; a problem when nothing is left.
pub(super) fn needed(field: &str, text: &str, problems: &mut Problems) -> String {
    let text = text.trim();
    if text.is_empty() {
        problems.add(Problem::new(field, "missing"));
    }
    text.to_string()
}

/// The day of a field.
pub(super) fn day_of(field: &str, text: &str, problems: &mut Problems) -> Option<NaiveDate> {
    let day = calendar_day(text.trim());
    if day.is_none() {
        let code = if text.trim().is_empty() { "missing" } else { "document_date" };
        problems.add(Problem::new(field, code));
    }
    day
}

/// An answer, understood.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub root_cause: String,
    pub action: String,
    pub owner: String,
    pub done_on: NaiveDate,
}

impl AnswerInput {
    /// What is said of a finding, or everything that is wrong with it. An action was not done before the
    /// visit, and will be done by the day on which the finding may be closed.
    pub(super) fn said(&self, finding: &Finding, today: NaiveDate) -> Result<Said, Problems> {
        self.validate().map_err(Problems::from)?;
        let mut problems = Problems::default();
        let root_cause = needed("root_cause", &self.root_cause, &mut problems);
        let action = needed("corrective_action", &self.corrective_action, &mut problems);
        let owner = needed("action_owner", &self.action_owner, &mut problems);
        if owner.chars().any(char::is_control) {
            problems.add(Problem::new("action_owner", "control_characters"));
        }
        let done_on = day_of("done_on", &self.done_on, &mut problems);
        // In the east of the world it is tomorrow already.
        let last = finding.due_on.max(today + Days::new(1));
        match done_on {
            Some(day) if day < finding.raised_on => {
                let problem = Problem::new("done_on", "finding_before_visit");
                problems.add(problem.with("day", finding.raised_on));
            }
            Some(day) if day > last => {
                problems.add(Problem::new("done_on", "finding_done_late").with("day", last));
            }
            _ => {}
        }
        match done_on.filter(|_| problems.is_empty()) {
            Some(done_on) => Ok(Said { root_cause, action, owner, done_on }),
            None => Err(problems),
        }
    }
}
