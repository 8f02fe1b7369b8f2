//! The stages of a supplier and the transitions between them.

use serde::Deserialize;
use validator::Validate;

text_enum! {
    /// Where a company stands with us. It changes only through [`Stage::next`].
    Stage {
        Candidate = "candidate",
        Invited = "invited",
        Registering = "registering",
        UnderReview = "under_review",
        /// Introduced: orders are possible.
        Active = "active",
        Suspended = "suspended",
        Eliminated = "eliminated",
        Withdrawn = "withdrawn",
        Declined = "declined",
    }
}

/// The stages that count as a supplier in the published figures: introduced, and not gone.
pub const COUNTED: &[Stage] = &[Stage::Active, Stage::Suspended];

impl Stage {
    /// The stages that may follow. A company that has not been introduced can withdraw or be
    /// declined at any time, and can come back as a candidate.
    pub fn next(self) -> &'static [Stage] {
        match self {
            Stage::Candidate | Stage::Invited | Stage::Registering | Stage::UnderReview => {
                &[Stage::Active, Stage::Withdrawn, Stage::Declined]
            }
            Stage::Active => &[Stage::Suspended, Stage::Withdrawn],
            Stage::Suspended => &[Stage::Active, Stage::Eliminated, Stage::Withdrawn],
            Stage::Withdrawn | Stage::Declined => &[Stage::Candidate],
            Stage::Eliminated => &[],
        }
    }

    /// The shape that the stage is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Stage::Active => "ok",
            Stage::Candidate | Stage::Invited | Stage::Registering | Stage::UnderReview => "wait",
            Stage::Suspended | Stage::Eliminated => "stop",
            Stage::Withdrawn | Stage::Declined => "none",
        }
    }
}

/// A change of stage, with its reason.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct StageInput {
    pub stage: String,
    #[validate(length(min = 1, max = 500))]
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::Stage;

    #[test]
    fn an_eliminated_supplier_does_not_come_back_by_a_change_of_stage() {
        assert!(Stage::Eliminated.next().is_empty());
        assert!(
            Stage::ALL
                .iter()
                .all(|s| *s == Stage::Suspended || !s.next().contains(&Stage::Eliminated))
        );
    }
}
