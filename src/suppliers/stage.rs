//! The stages of a supplier and the transitions between them.

use serde::Deserialize;
use validator::Validate;

text_enum! {
    /// Where a company stands with us. It changes only through [`Stage::next`] and [`Step`]; an
    /// elimination that was not right is taken back by [`super::reinstate`].
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
    /// The stages that one person may move a company to. A company that has not been introduced
    /// can withdraw or be declined at any time, and can come back as a candidate; it is introduced
    /// only through [`Step::Introduce`], by two people.
    pub fn next(self) -> &'static [Stage] {
        match self {
            Stage::Candidate | Stage::Invited | Stage::Registering | Stage::UnderReview => {
                &[Stage::Withdrawn, Stage::Declined]
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

text_enum! {
    /// A step on the way to an introduced supplier, or out of the register and back. Each follows
    /// from something else that happens: none is a choice in a form.
    Step {
        Invite = "invite",
        /// Somebody of the company took up its invitation.
        TakeUp = "take_up",
        /// The company handed in its registration.
        Submit = "submit",
        /// Staff ask for changes.
        Return = "return",
        Introduce = "introduce",
        Decline = "decline",
        /// The company gives its registration up.
        Withdraw = "withdraw",
        /// A measure eliminates the company.
        Eliminate = "eliminate",
        /// An eliminated company may begin anew.
        Readmit = "readmit",
    }
}

impl Step {
    /// The stages that the step starts from.
    pub fn from(self) -> &'static [Stage] {
        use Stage::{Active, Candidate, Eliminated, Invited, Registering, Suspended, UnderReview};
        match self {
            Step::Invite => &[Candidate],
            Step::TakeUp => &[Invited],
            Step::Submit => &[Invited, Registering],
            Step::Return => &[UnderReview],
            Step::Introduce | Step::Decline | Step::Withdraw => {
                &[Candidate, Invited, Registering, UnderReview]
            }
            Step::Eliminate => &[Active, Suspended],
            Step::Readmit => &[Eliminated],
        }
    }

    /// The stage that it leads to.
    pub fn to(self) -> Stage {
        match self {
            Step::Invite => Stage::Invited,
            Step::TakeUp | Step::Return => Stage::Registering,
            Step::Submit => Stage::UnderReview,
            Step::Introduce => Stage::Active,
            Step::Decline => Stage::Declined,
            Step::Withdraw => Stage::Withdrawn,
            Step::Eliminate => Stage::Eliminated,
            Step::Readmit => Stage::Candidate,
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
    use super::{Stage, Step};

    #[test]
    fn a_company_is_introduced_by_the_step_of_that_name_and_by_no_other_way() {
        let to_active = |s: &&Stage| s.next().contains(&Stage::Active);
        let from: Vec<&Stage> = Stage::ALL.iter().filter(to_active).collect();
        assert_eq!(from, [&Stage::Suspended]);
        let steps = Step::ALL.iter().filter(|step| step.to() == Stage::Active);
        assert_eq!(steps.collect::<Vec<_>>(), [&Step::Introduce]);
        assert!(!Step::Introduce.from().contains(&Stage::Eliminated));
    }

    #[test]
    fn an_eliminated_supplier_does_not_come_back_by_a_change_of_stage() {
        assert!(Stage::Eliminated.next().is_empty());
        assert!(
            Stage::ALL
                .iter()
                .all(|s| *s == Stage::Suspended || !s.next().contains(&Stage::Eliminated))
        );
        let back = Step::ALL.iter().filter(|step| step.from().contains(&Stage::Eliminated));
        let back: Vec<Stage> = back.map(|step| step.to()).collect();
        assert_eq!(back, [Stage::Candidate], "it begins anew");
    }
}
