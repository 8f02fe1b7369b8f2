//! Who decides: the bodies that standards name, of how many people, and of which roles.

use crate::access::Role;

text_enum! {
    /// Who decides a case. Two people at least, neither of whom has brought it.
    Body {
        Manager = "procurement_manager",
        Director = "director_and_second",
        /// Who answers for data and access, and a second person.
        Security = "security_and_second",
        Committee = "sanctions_committee",
        /// The committee, which tells the board.
        CommitteeAndBoard = "committee_and_board",
        /// The committee with whoever answers for compliance.
        Compliance = "compliance_and_committee",
    }
}

/// How many people agree, and of which roles there is one at least among them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quorum {
    pub number: usize,
    pub with: &'static [Role],
}

impl Body {
    /// Whose votes make a decision of this body.
    pub fn quorum(self) -> Quorum {
        match self {
            Body::Manager | Body::Director => Quorum { number: 2, with: &[Role::Approver] },
            Body::Security => Quorum { number: 2, with: &[Role::Approver, Role::LegalOfficer] },
            Body::Committee | Body::CommitteeAndBoard => {
                Quorum { number: 3, with: &[Role::Approver, Role::LegalOfficer] }
            }
            Body::Compliance => {
                Quorum { number: 3, with: &[Role::EthicsOfficer, Role::LegalOfficer] }
            }
        }
    }

    /// Whether the board is told, and the decision names how.
    pub fn tells_board(self) -> bool {
        self == Body::CommitteeAndBoard
    }
}

impl Quorum {
    /// Whether the people of these roles, each one person, are enough.
    pub fn is_met(self, agreed: &[Role]) -> bool {
        agreed.len() >= self.number && self.with.iter().all(|role| agreed.contains(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_decides_alone_and_a_committee_needs_three_with_a_lawyer_among_them() {
        for body in Body::ALL {
            assert!(body.quorum().number >= 2, "{body:?}");
        }
        let committee = Body::Committee.quorum();
        assert!(!committee.is_met(&[Role::Approver, Role::LegalOfficer]));
        assert!(!committee.is_met(&[Role::Approver, Role::Approver, Role::EthicsOfficer]));
        assert!(committee.is_met(&[Role::Approver, Role::EthicsOfficer, Role::LegalOfficer]));
    }
}
