//! What was accepted comes into the register: only what the company changed, through the same
//! functions as staff's own changes, each with its audit record.

use super::sections::{self, Change};
use super::{Purpose, Registration, Status, sections as rows_of};
use crate::access::{Actor, MayWrite, Scope};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::vault::Vault;

/// Proof that a company's answers may be written into the register: its registration was handed in
/// and somebody of staff accepts it. Only [`apply`] makes one.
pub struct Accepted {
    actor: Actor,
    recorder: String,
}

impl MayWrite for Accepted {
    fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The company may move out of the regions of who introduces it.
    fn scope(&self) -> &Scope {
        &Scope::Everything
    }

    /// The company said it: whoever confirms it is another person, also who introduces.
    fn recorded_by(&self) -> &str {
        &self.recorder
    }
}

/// Writes what a registration says into the register, section by section, with the audit records
/// of each change. `by` is who introduces the company, or accepts the change. Done again, it finds
/// nothing left to write. What the company left as it was is not touched, whatever became of it
/// since.
pub fn apply(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    registration: &Registration,
) -> Result<(), Error> {
    let may =
        matches!(registration.status, Status::Submitted | Status::Accepted | Status::Finished);
    let Some(recorder) = registration.submitted_by.clone().filter(|_| may) else {
        return Err(Error::Conflict("conflict-registration-open"));
    };
    let accepted = Accepted { actor: by.clone(), recorder };
    for row in rows_of(c, &registration.id)? {
        if registration.purpose == Purpose::Change && row.revision == 0 {
            continue;
        }
        let (before, after) = (row.before(vault)?, row.answers(vault)?);
        let change = Change { section: row.section, before, after };
        sections::apply(c, &accepted, vault, registration, &change)?;
    }
    Ok(())
}
