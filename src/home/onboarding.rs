//! What waits on the way from a need to an introduced supplier.

use super::Waiting;
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::waiting::{self, candidates, companies};

/// Candidates that proposed themselves, or have something in common with an eliminated company.
pub fn held(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    Ok(of("held", candidates::held(c, &actor.scope)?))
}

/// Candidates that lack a verdict.
pub fn to_screen(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    Ok(of("screening", candidates::to_screen(c, &actor.scope)?))
}

/// Candidates that somebody else proposed and that are screened.
pub fn to_decide(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    Ok(of("decision", candidates::to_decide(c, &actor.scope, &actor.account_id)?))
}

/// Open needs whose day has passed.
pub fn late_needs(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    Ok(of("need", candidates::late_needs(c, &actor.scope)?))
}

/// Registrations that companies handed in.
pub fn reviews(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    Ok(of("review", companies::reviews(c, &actor.scope)?))
}

/// Companies that somebody else has reviewed.
pub fn introductions(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    Ok(of("introduction", companies::introductions(c, &actor.scope, &actor.account_id)?))
}

/// Invitations that ran out unused.
pub fn expired_invitations(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    Ok(of("invitation", companies::expired_invitations(c, &actor.scope)?))
}

fn of(kind: &'static str, all: Vec<waiting::Waiting>) -> Vec<Waiting> {
    let one = |waiting: waiting::Waiting| Waiting {
        kind,
        path: waiting.path,
        about: waiting.title,
        number: None,
        since: waiting.since,
    };
    all.into_iter().map(one).collect()
}
