//! Who votes: the people of a body, none of whom has brought the case; for an appeal none of whom has voted on
//! the decision.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{Kind, Vote};
use crate::access::accounts::Account;
use crate::access::{Actor, Right, Role, Scope};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::Case;
use crate::punishments::standards::Standard;
use crate::schema::{accounts, punishment_ballots, punishment_votes};

/// People who hear an appeal, at least.
const HEARERS: usize = 2;

/// How many people agree, and of which roles there is one at least among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Seats {
    pub number: usize,
    pub with: Vec<Role>,
}

impl Seats {
    /// Those of a ballot. An appeal is heard by the roles of the body, as far as there is somebody uninvolved
    /// of each.
    pub fn of(
        c: &mut AnyConnection,
        case: &Case,
        standard: &Standard,
        kind: Kind,
    ) -> Result<Seats, Error> {
        let quorum = standard.body.quorum();
        if kind != Kind::Appeal {
            return Ok(Seats { number: quorum.number, with: quorum.with.to_vec() });
        }
        let involved = voters(c, &[&case.id])?;
        let staff: Vec<Account> = accounts::table
            .filter(among(accounts::role, quorum.with.iter().map(|role| role.as_str())))
            .filter(accounts::disabled_at.is_null())
            .select(Account::as_select())
            .load(c)?;
        let is_free = |one: &&Account| {
            let scope = Scope::of(one.scope_scheme.as_deref(), one.scope_regions.as_deref());
            one.id != case.proposed_by
                && !involved.contains(&(case.id.clone(), one.id.clone()))
                && scope.allows(&case.area)
        };
        let free: Vec<Role> = staff.iter().filter(is_free).map(|one| one.role).collect();
        let with = quorum.with.iter().copied().filter(|role| free.contains(role));
        Ok(Seats { number: HEARERS, with: with.collect() })
    }

    /// Whether the vote of somebody of a role brings the ballot nearer to its end.
    pub fn counts(&self, role: Role) -> bool {
        self.with.contains(&role) || self.number > self.with.len()
    }

    /// Whether those who have agreed are enough.
    pub fn are_taken(&self, votes: &[Vote]) -> bool {
        let agreed = roles(votes);
        agreed.len() >= self.number && self.missing(votes).is_empty()
    }

    /// The roles of which nobody has agreed yet.
    pub fn missing(&self, votes: &[Vote]) -> Vec<Role> {
        let agreed = roles(votes);
        self.with.iter().copied().filter(|role| !agreed.contains(role)).collect()
    }

    /// How many people are missing, at least.
    pub fn left(&self, votes: &[Vote]) -> usize {
        self.number.saturating_sub(roles(votes).len()).max(self.missing(votes).len())
    }
}

fn roles(votes: &[Vote]) -> Vec<Role> {
    let agreed = votes.iter().filter(|vote| vote.agrees);
    agreed.filter_map(|vote| Role::parse(&vote.role)).collect()
}

/// Who has voted on the decisions of some cases: ids of the case and of the account.
pub(super) fn voters(
    c: &mut AnyConnection,
    cases: &[&str],
) -> Result<HashSet<(String, String)>, Error> {
    let found: Vec<(String, String)> = punishment_votes::table
        .inner_join(
            punishment_ballots::table.on(punishment_ballots::id.eq(punishment_votes::ballot_id)),
        )
        .filter(among(punishment_ballots::case_id, cases.iter().copied()))
        .filter(punishment_ballots::kind.eq(Kind::Decision))
        .select((punishment_ballots::case_id, punishment_votes::account_id))
        .load(c)?;
    Ok(found.into_iter().collect())
}

/// Why somebody may not vote on a case, the key of the text; none for who may.
pub(super) fn bar(
    c: &mut AnyConnection,
    actor: &Actor,
    case: &Case,
    standard: &Standard,
    kind: Kind,
) -> Result<Option<&'static str>, Error> {
    if case.proposed_by == actor.account_id {
        return Ok(Some("refused-own-punishment"));
    }
    if kind == Kind::Appeal {
        let involved = voters(c, &[&case.id])?;
        if involved.contains(&(case.id.clone(), actor.account_id.clone())) {
            return Ok(Some("refused-decided-punishment"));
        }
    }
    let seats = Seats::of(c, case, standard, kind)?;
    let may = actor.role.may(Right::DecidePunishments) && seats.counts(actor.role);
    Ok((!may).then_some("refused-ballot-role"))
}

/// Passes for who may vote on a case.
pub(super) fn may_vote(
    c: &mut AnyConnection,
    actor: &Actor,
    case: &Case,
    standard: &Standard,
    kind: Kind,
) -> Result<(), Error> {
    match bar(c, actor, case, standard, kind)? {
        Some(why) => Err(Error::Forbidden(why)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::now;

    fn vote(role: Role, agrees: bool) -> Vote {
        Vote {
            id: String::new(),
            ballot_id: String::new(),
            account_id: String::new(),
            account_name: String::new(),
            role: role.as_str().into(),
            agrees,
            grounds: String::new(),
            at: now(),
        }
    }

    #[test]
    fn a_seat_is_taken_by_its_role_and_who_has_none_does_not_vote() {
        let seats = Seats { number: 2, with: vec![Role::Approver, Role::LegalOfficer] };
        assert!(seats.counts(Role::Approver) && !seats.counts(Role::EthicsOfficer));
        let votes = [vote(Role::Approver, true), vote(Role::Approver, true)];
        assert!(!seats.are_taken(&votes));
        assert_eq!((seats.missing(&votes), seats.left(&votes)), (vec![Role::LegalOfficer], 1));
        assert!(seats.are_taken(&[vote(Role::Approver, true), vote(Role::LegalOfficer, true)]));
        assert!(!seats.are_taken(&[vote(Role::Approver, true), vote(Role::LegalOfficer, false)]));
    }

    #[test]
    fn where_more_people_than_roles_are_needed_everybody_of_the_body_counts() {
        let seats = Seats { number: 3, with: vec![Role::Approver, Role::LegalOfficer] };
        assert!(seats.counts(Role::EthicsOfficer));
        assert_eq!(seats.left(&[vote(Role::EthicsOfficer, true)]), 2);
    }
}
