//! What is said of cases: by who brings and serves them, and by companies.

use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use crate::error::{Problem, Problems};
use crate::values::calendar_day;

/// A case as it is brought.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ProposalInput {
    /// The code of a violation.
    #[validate(length(max = 60))]
    pub violation: String,
    #[validate(length(max = 20))]
    pub severity: String,
    /// Where it comes from; what an inspection led to comes from there.
    #[validate(length(max = 20))]
    pub origin: String,
    /// The day of the deed: `2027-03-31`.
    #[validate(length(max = 10))]
    pub deed_on: String,
    #[validate(length(max = 8000))]
    pub facts: String,
    /// The id of what an inspection led to, "" where the case comes from elsewhere.
    #[validate(length(max = 40))]
    pub effect: String,
    /// "on" where it is another case though there is one of the same deed.
    #[validate(length(max = 10))]
    pub confirm_duplicate: String,
}

/// Why a case is taken back. The company is told, if it knew of the case.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct WithdrawalInput {
    #[validate(length(max = 2000))]
    pub withdrawal_reason: String,
}

/// The notice that is served.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ServiceInput {
    /// What the company reads.
    #[validate(length(max = 8000))]
    pub notice_text: String,
    /// What proves that it was delivered on paper, "" where it was not.
    #[validate(length(max = 200))]
    pub delivery_reference: String,
    /// The day of that delivery.
    #[validate(length(max = 10))]
    pub delivered_on: String,
}

/// What cannot wait for the decision.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct InterimInput {
    #[validate(length(max = 20))]
    pub interim_orders: String,
    #[validate(length(max = 10))]
    pub interim_days: String,
    #[validate(length(max = 2000))]
    pub interim_reason: String,
}

/// What somebody else says of an interim measure.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReviewInput {
    /// "keep" or "end".
    #[validate(length(max = 10))]
    pub interim_review: String,
    #[validate(length(max = 2000))]
    pub interim_review_reason: String,
}

/// Why an interim measure ends before its last day.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EndingInput {
    #[validate(length(max = 2000))]
    pub interim_end_reason: String,
}

/// What was recorded wrong, or came up later. What was recorded stays.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CorrectionInput {
    #[validate(length(max = 4000))]
    pub correction: String,
    /// "on" where the company reads it.
    #[validate(length(max = 10))]
    pub correction_shown: String,
}

/// What the company says to the notice.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReplyInput {
    #[validate(length(max = 8000))]
    pub punishment_reply: String,
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
