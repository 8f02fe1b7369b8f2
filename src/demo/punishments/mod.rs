//! Punishments of the invented register: standards, cases in every state with their votes, companies of groups,
//! and companies that share something with punished ones.

mod ballots;
mod ends;
mod evasion;
mod groups;
mod making;
mod stories;
mod words;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::certification::{day, morning};
use crate::access::{Actor, Role, command_line, right};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::punishments::standards;
use crate::schema::{accounts, punishment_standard_versions as versions, punishment_standards};
use making::Making;

/// Days before today on which the standards came into force.
const SINCE: i64 = -365;

/// Those of staff who have a part in cases.
struct Team {
    /// Brings cases.
    proposer: Actor,
    /// Of the body that decides, one of each role.
    approver: Actor,
    legal: Actor,
    ethics: Actor,
    /// Hear appeals.
    second_approver: Actor,
    second_legal: Actor,
}

impl Team {
    fn of(c: &mut AnyConnection) -> Result<Team, Error> {
        let [proposer, ethics] = two(c, Role::EthicsOfficer)?;
        let [approver, second_approver] = two(c, Role::Approver)?;
        let [legal, second_legal] = two(c, Role::LegalOfficer)?;
        Ok(Team { proposer, approver, legal, ethics, second_approver, second_legal })
    }
}

/// The first two people of a role.
fn two(c: &mut AnyConnection, role: Role) -> Result<[Actor; 2], Error> {
    let found: Vec<(String, String)> = accounts::table
        .filter(accounts::role.eq(role))
        .order(accounts::id)
        .limit(2)
        .select((accounts::id, accounts::name))
        .load(c)?;
    let actor = |(account_id, name)| Actor { account_id, name, role, ..Actor::command_line() };
    let found: Vec<Actor> = found.into_iter().map(actor).collect();
    found.try_into().map_err(|_| Error::Internal(format!("two people are missing: {role:?}")))
}

/// Publishes the standards, drafts their next version, and brings the cases. `first` is the company whose owner
/// signs in.
pub fn fill(c: &mut AnyConnection, first: &str) -> Result<(), Error> {
    let team = Team::of(c)?;
    let may = command_line::<right::EditPunishmentStandards>();
    let people = (&team.legal, &team.approver);
    let version = standards::publish_usual(c, &may, people, day(SINCE))?;
    let draft = standards::draft(c, &may)?;
    diesel::update(versions::table.find(&draft.id))
        .set((
            versions::note.eq(words::DRAFT),
            versions::effective_from.eq(day(60)),
            versions::drafted_by.eq(&team.second_legal.account_id),
            versions::drafted_name.eq(&team.second_legal.name),
            versions::created_at.eq(morning(day(-9))),
        ))
        .execute(c)?;
    let leaks = punishment_standards::table
        .filter(punishment_standards::version_id.eq(&draft.id))
        .filter(punishment_standards::violation.eq("data_breach"))
        .filter(punishment_standards::severity.eq(Severity::Minor));
    diesel::update(leaks).set(punishment_standards::term_to.eq(6)).execute(c)?;
    groups::link(c)?;
    let standards = standards::standards_of(c, &version.id)?;
    let mut making = Making::new(&team, &standards, first);
    stories::tell(c, &mut making)?;
    evasion::fill(c, &team, &making)
}

/// So many days after a day.
fn after(on: NaiveDate, days: i64) -> NaiveDate {
    on + Days::new(days.max(0).unsigned_abs())
}

/// The afternoon of a day.
fn afternoon(on: NaiveDate) -> NaiveDateTime {
    morning(on) + chrono::Duration::hours(6)
}
