//! What may happen to a case, when: the whole table.

use super::Status;

text_enum! {
    /// Something that somebody does to a case.
    Action {
        Withdraw = "withdraw",
        Serve = "serve",
        ImposeInterim = "impose_interim",
        Reply = "reply",
        /// A decision is brought to the vote, and carried.
        Decide = "decide",
        Appeal = "appeal",
        /// An appeal is brought to the vote, and carried.
        Hear = "hear",
        AskRelease = "ask_release",
        /// An early end is brought to the vote, and carried.
        Release = "release",
        Lift = "lift",
        Expire = "expire",
        Reenter = "reenter",
    }
}

impl Action {
    /// The states from which it may be done.
    pub fn from(self) -> &'static [Status] {
        use Status::*;
        match self {
            Action::Withdraw => &[Proposed, Served],
            Action::Serve => &[Proposed],
            Action::ImposeInterim => &[Served],
            Action::Reply => &[Served],
            Action::Decide => &[Served],
            Action::Appeal => &[InForce],
            Action::Hear => &[Appealed],
            Action::AskRelease | Action::Release => &[InForce],
            Action::Lift => &[InForce],
            Action::Expire => &[InForce, Appealed],
            Action::Reenter => &[Expired, Released, Lifted],
        }
    }

    /// Whether it may be done in a state.
    pub fn is_open(self, status: Status) -> bool {
        self.from().contains(&status)
    }
}
