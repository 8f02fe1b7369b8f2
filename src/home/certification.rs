//! What waits where companies are certified.

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::certification::certificates;
use crate::db::AnyConnection;
use crate::error::Error;

/// Certificates that somebody else recorded and nobody has checked.
pub fn certificates(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let one = |(id, about, since)| Waiting {
        kind: "certificate",
        path: format!("/certificates/{id}"),
        about,
        number: None,
        since,
    };
    Ok(certificates::waiting::to_check(c, actor, AT_MOST)?.into_iter().map(one).collect())
}
