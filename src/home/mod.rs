//! What waits for somebody: each room says what waits in it, here it comes together.

mod certification;
mod clauses;
mod inspections;
mod onboarding;
mod punishments;
mod register;
pub mod routes;
pub mod routes_portal;

use chrono::NaiveDateTime;

use crate::access::{Actor, Right};
use crate::db::AnyConnection;
use crate::error::Error;

/// Things of one kind that are looked at, the oldest first: who has more has enough to do.
pub const AT_MOST: i64 = 100;

/// Something that somebody is to do.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What is to be done: its texts are `home-kind-<kind>`.
    pub kind: &'static str,
    /// Where it is done.
    pub path: String,
    /// Whom or what it is about.
    pub about: String,
    /// How many stand behind it, when it stands for several.
    pub number: Option<i64>,
    pub since: NaiveDateTime,
}

/// What of one kind waits for a person.
type Source = fn(&mut AnyConnection, &Actor) -> Result<Vec<Waiting>, Error>;

/// Who with a right does what. The order is that of the filter.
const SOURCES: &[(Right, &str, Source)] = &[
    (Right::DecideCandidates, "held", onboarding::held),
    (Right::ScreenCandidates, "screening", onboarding::to_screen),
    (Right::DecideCandidates, "decision", onboarding::to_decide),
    (Right::EditNeeds, "need", onboarding::late_needs),
    (Right::ReviewRegistrations, "review", onboarding::reviews),
    (Right::IntroduceSuppliers, "introduction", onboarding::introductions),
    (Right::InviteSuppliers, "invitation", onboarding::expired_invitations),
    (Right::AuditCertification, "certificate", certification::certificates),
    (Right::AuditCertification, "certification_audit", certification::applications),
    (Right::DecideCertification, "certification_decision", certification::decisions),
    (Right::ConfirmIdentifiers, "identifier", register::identifiers),
    (Right::ConfirmBankAccounts, "bank_account", register::bank_accounts),
    (Right::SettleAddresses, "addresses", register::addresses),
    (Right::DecideDuplicates, "pairs", register::pairs),
    (Right::PublishStandards, "standard", certification::standards),
    (Right::DecideCertification, "basic_audit", certification::basic_audits),
    (Right::AuditCertification, "basic_due", certification::basic_due),
    (Right::AuthenticatePeople, "authentication", certification::authentications),
    (Right::ReviewClauses, "clause_review", clauses::to_review),
    (Right::PublishClauses, "clause_publication", clauses::to_publish),
    (Right::EditClauses, "clause_returned", clauses::returned),
    (Right::AuthenticatePeople, "signing_right", clauses::signing_rights),
    (Right::RequestSignatures, "clause_unasked", clauses::unasked),
    (Right::PublishChecklists, "checklist", inspections::checklists),
    (Right::PublishResultRules, "result_rules", inspections::result_rules),
    (Right::DecideResults, "inspection_effect", inspections::effects),
    (Right::PlanInspections, "draw", inspections::draws),
    (Right::PlanInspections, "inspection_assign", inspections::to_assign),
    (Right::Inspect, "inspection_declare", inspections::to_declare),
    (Right::Inspect, "inspection_visit", inspections::to_visit),
    (Right::Inspect, "inspection_sign_off", inspections::to_sign_off),
    (Right::VerifyFindings, "finding_answer", inspections::answers),
    (Right::VerifyFindings, "finding_dispute", inspections::disputes),
    (Right::VerifyFindings, "finding_overdue", inspections::overdue),
    (Right::ProposePunishments, "punishment_effect", punishments::effects),
    (Right::ServePunishments, "punishment_notice", punishments::notices),
    (Right::DecidePunishments, "punishment_interim", punishments::interims),
    (Right::DecidePunishments, "punishment_overdue", punishments::overdue),
    (Right::DecidePunishments, "punishment_vote", punishments::votes),
    (Right::DecidePunishments, "punishment_decision", punishments::decisions),
    (Right::DecidePunishments, "punishment_appeal", punishments::appeals),
    (Right::DecidePunishments, "punishment_member", punishments::members),
    (Right::SettleEvasion, "evasion_link", punishments::evasion_links),
    (Right::PublishPunishmentStandards, "punishment_standards", punishments::standards),
];

/// What waits for a person of staff, the oldest first.
pub fn for_staff(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let mut all = Vec::new();
    for (right, _, source) in SOURCES {
        if actor.role.may(*right) {
            all.extend(source(c, actor)?);
        }
    }
    all.sort_by_key(|waiting| waiting.since);
    Ok(all)
}

/// The kinds of things that may wait for somebody of a role.
pub fn kinds(actor: &Actor) -> Vec<&'static str> {
    let mine = SOURCES.iter().filter(|(right, ..)| actor.role.may(*right));
    mine.map(|(_, kind, _)| *kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    #[test]
    fn everything_that_may_wait_has_a_name_and_says_what_is_to_be_done() {
        for language in Language::ALL {
            for (_, kind, _) in SOURCES {
                for key in [format!("home-kind-{kind}"), format!("home-kinds-{kind}")] {
                    assert!(language.texts().has(&key), "{} has no {key}", language.as_str());
                }
            }
        }
    }
}
