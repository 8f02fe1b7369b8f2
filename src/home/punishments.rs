//! What waits where wrongs are punished.

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::results::Led;
use crate::punishments::ballots;
use crate::punishments::cases::{self, Interim, proposals_from_effects};
use crate::punishments::evasion;
use crate::punishments::members as group;
use crate::punishments::standards::list::to_publish;
use crate::punishments::{Case, code_of};
use crate::suppliers::Supplier;

/// Drafts of the standards that somebody else wrote.
pub fn standards(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = to_publish(c, &actor.account_id, AT_MOST)?;
    let one = |(id, version, since)| Waiting {
        kind: "punishment_standards",
        path: format!("/punishment-standard-versions/{id}"),
        about: format!("v{version}"),
        number: None,
        since,
    };
    Ok(found.into_iter().map(one).collect())
}

/// Companies that are held because they share something with one under a measure.
pub fn evasion_links(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = evasion::list::waiting(c, actor, AT_MOST)?;
    let one = |(link, company): (evasion::Link, String)| Waiting {
        kind: "evasion_link",
        path: format!("/evasion-links/{}", link.id),
        about: company,
        number: None,
        since: link.found_at,
    };
    Ok(found.into_iter().map(one).collect())
}

/// Companies that have joined the group of one under a measure, or left it.
pub fn members(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = group::waiting(c, actor, AT_MOST)?;
    let one = |(case, row, supplier, since): group::Waiting| Waiting {
        kind: "punishment_member",
        path: format!("/punishments/{}/members/{}/settling", case.id, row.id),
        about: format!("{} · {}", supplier.legal_name, case.code()),
        number: None,
        since,
    };
    Ok(found.into_iter().map(one).collect())
}

/// What inspections led to and somebody has accepted, of which nobody has opened a case.
pub fn effects(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = proposals_from_effects(c, actor, AT_MOST)?;
    let one = |(effect, supplier): (Led, Supplier)| Waiting {
        kind: "punishment_effect",
        path: format!("/inspection-effects/{}", effect.id),
        about: supplier.legal_name,
        number: None,
        since: effect.decided_at.unwrap_or(effect.created_at),
    };
    Ok(found.into_iter().map(one).collect())
}

/// Cases whose notice nobody has served.
pub fn notices(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = cases::waiting::to_serve(c, actor, AT_MOST)?;
    let one = |(case, company): (Case, String)| Waiting {
        kind: "punishment_notice",
        path: format!("/punishments/{}", case.id),
        about: format!("{} · {company}", case.code()),
        number: None,
        since: case.proposed_at,
    };
    Ok(found.into_iter().map(one).collect())
}

/// Interim measures that somebody else has ordered, and that nobody has looked at again.
pub fn interims(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = cases::waiting::to_review(c, actor, AT_MOST)?;
    let one = |(interim, number, company): (Interim, i64, String)| Waiting {
        kind: "punishment_interim",
        path: format!("/punishments/{}", interim.case_id),
        about: format!("{} · {company}", code_of(number)),
        number: None,
        since: interim.imposed_at,
    };
    Ok(found.into_iter().map(one).collect())
}

/// Cases for which a day of ours has passed, as one thing to do.
pub fn overdue(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = cases::waiting::overdue(c, actor, AT_MOST)?;
    let whole = |(number, since)| Waiting {
        kind: "punishment_overdue",
        path: "/punishments?state=overdue".into(),
        about: String::new(),
        number: Some(number),
        since,
    };
    Ok(found.map(whole).into_iter().collect())
}

/// Ballots on which somebody may vote and has not.
pub fn votes(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = ballots::waiting::to_vote(c, actor, AT_MOST)?;
    Ok(found.into_iter().map(|one| of_case("punishment_vote", one)).collect())
}

/// Cases whose company was heard, and on which nobody votes yet.
pub fn decisions(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = ballots::waiting::to_decide(c, actor, AT_MOST)?;
    Ok(found.into_iter().map(|one| of_case("punishment_decision", one)).collect())
}

/// Appeals on which nobody votes yet.
pub fn appeals(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = ballots::waiting::to_hear(c, actor, AT_MOST)?;
    Ok(found.into_iter().map(|one| of_case("punishment_appeal", one)).collect())
}

fn of_case(kind: &'static str, (case, company, since): ballots::waiting::Waiting) -> Waiting {
    Waiting {
        kind,
        path: format!("/punishments/{}", case.id),
        about: format!("{} · {company}", case.code()),
        number: None,
        since,
    }
}
