//! What waits where inspections are planned, made and answered.

use super::super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::{draws, plans};

/// Draws whose seed somebody else has promised, and whose roster is frozen.
pub fn draws(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let one = |(id, number, name, since): draws::list::Waiting| Waiting {
        kind: "draw",
        path: format!("/draws/{id}"),
        about: format!("{} · {name}", plans::code_of(number)),
        number: None,
        since,
    };
    let found = draws::list::to_reveal(c, &actor.account_id, AT_MOST)?;
    Ok(found.into_iter().map(one).collect())
}
