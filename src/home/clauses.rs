//! What waits where clauses are signed.

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::clauses::rights::list;
use crate::db::AnyConnection;
use crate::error::Error;

/// Requests for the right to sign.
pub fn signing_rights(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let one = |row: list::Row| Waiting {
        kind: "signing_right",
        path: format!("/signing-rights/{}", row.right.id),
        about: format!("{} · {}", row.account_name, row.company.1),
        number: None,
        since: row.right.created_at,
    };
    Ok(list::to_decide(c, actor, AT_MOST)?.into_iter().map(one).collect())
}
