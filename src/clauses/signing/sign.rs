//! A company signs: whoever signs for it is who the register knows, may do so, has read exactly this
//! text, and has shown to sit there.

use super::input::{SeveralInput, SigningInput};
use crate::access::{Actor, Client, Confirmed, Scope, company_people};
use crate::clauses::rights::{self, Lack, Signatory};
use crate::clauses::signatures::{Fact, Reading, Signature, append, standing_of};
use crate::clauses::standing::published;
use crate::clauses::{AfterSigning, Clause, Version, find_version};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::suppliers::{self, Stage, Supplier};
use crate::texts::Language;
use crate::vault::Vault;

/// Who signs, for which company, and from where.
pub struct By<'a> {
    pub actor: &'a Actor,
    pub supplier_id: &'a str,
    pub vault: &'a Vault,
    pub after: AfterSigning,
    pub client: &'a Client,
}

/// What a signature is made of, once nothing is in its way.
pub struct Ready {
    supplier: Supplier,
    version: Version,
    clause: Clause,
    language: Language,
    signatory: Signatory,
    reading: Reading,
}

/// Either the signature that was given before, or what the new one is made of.
pub enum Checked {
    Before(Box<Signature>),
    Ready(Box<Ready>),
}

/// Whether somebody may sign a version so. Asked once before the confirmation, which may use up a code,
/// and again with the signature itself.
pub fn check(
    c: &mut AnyConnection,
    actor: &Actor,
    supplier_id: &str,
    version_id: &str,
    input: &SigningInput,
) -> Result<Checked, Error> {
    let (version, clause) = find_version(c, version_id)?;
    if let Some(before) = standing_of(c, supplier_id, version_id)? {
        return Ok(Checked::Before(Box::new(before.signature)));
    }
    let newest = published(c)?.newest(&clause.id).map(|one| one.version.id.clone());
    if newest.as_deref() != Some(version_id) {
        return Err(Error::Conflict(match version.published_at {
            Some(_) if newest.is_some() => "conflict-clause-replaced",
            _ => "conflict-clause-unpublished",
        }));
    }
    if !version.is_whole() {
        return Err(Error::Internal(format!("the text of version {version_id} was altered")));
    }
    let supplier = suppliers::find(c, &Scope::Everything, supplier_id)?;
    if matches!(supplier.stage, Stage::Eliminated | Stage::Withdrawn | Stage::Declined) {
        return Err(Error::Conflict("conflict-clause-company"));
    }
    // An account that was closed a moment ago signs no more.
    company_people::find(c, supplier_id, &actor.account_id)?;
    let signatory = match rights::signatory(c, supplier_id, &actor.account_id)? {
        Ok(signatory) => signatory,
        Err(lack) => return Err(Problems::one("signatory", problem_of(lack)).into()),
    };
    let problems = input.problems(&version, &signatory);
    let (Some(reading), Some(language), true) =
        (input.reading(), input.shown_in(), problems.is_empty())
    else {
        return Err(problems.into());
    };
    let ready = Ready { supplier, version, clause, language, signatory, reading };
    Ok(Checked::Ready(Box::new(ready)))
}

/// The code of what somebody lacks.
fn problem_of(lack: Lack) -> &'static str {
    match lack {
        Lack::Right => "signing_right",
        Lack::Requested => "signing_requested",
        Lack::Person => "signing_person",
        Lack::Authentication => "signing_authentication",
    }
}

/// [`check()`] of every version that is signed at once: all of them, or none. What is wrong with one
/// text stands at it, what is wrong with name and title once.
pub fn check_several(
    c: &mut AnyConnection,
    actor: &Actor,
    supplier_id: &str,
    input: &SeveralInput,
) -> Result<Vec<(SigningInput, Checked)>, Error> {
    let each = input.each();
    if each.is_empty() {
        return Err(Problems::one("sign", "signing_none").into());
    }
    let (mut all, mut problems) = (Vec::new(), Problems::default());
    for (version_id, input) in each {
        match check(c, actor, supplier_id, &version_id, &input) {
            Ok(checked) => all.push((input, checked)),
            Err(Error::Invalid(found)) => {
                for problem in found.0 {
                    let field = match problem.field.as_str() {
                        "read" => format!("sign-{version_id}"),
                        same => same.to_string(),
                    };
                    let problem = Problem { field, ..problem };
                    if !problems.0.contains(&problem) {
                        problems.add(problem);
                    }
                }
            }
            Err(error) => return Err(error),
        }
    }
    problems.into_result().map(|()| all)
}

/// Signs a version, in one write. Signed already, it is the signature that there is, and nothing is
/// written.
pub fn sign(
    c: &mut AnyConnection,
    by: &By,
    version_id: &str,
    input: &SigningInput,
    confirmed: Confirmed,
) -> Result<Signature, Error> {
    let checked = check(c, by.actor, by.supplier_id, version_id, input)?;
    let (signature, is_new) = give(c, by, input, checked, confirmed)?;
    if is_new {
        (by.after.0)(c, by.actor, by.vault, by.supplier_id)?;
    }
    Ok(signature)
}

/// Signs several versions, each with a signature of its own, in one write.
pub fn sign_several(
    c: &mut AnyConnection,
    by: &By,
    input: &SeveralInput,
    confirmed: Confirmed,
) -> Result<Vec<Signature>, Error> {
    let mut signatures = Vec::new();
    let mut any_is_new = false;
    for (input, checked) in check_several(c, by.actor, by.supplier_id, input)? {
        let (signature, is_new) = give(c, by, &input, checked, confirmed)?;
        any_is_new |= is_new;
        signatures.push(signature);
    }
    if any_is_new {
        (by.after.0)(c, by.actor, by.vault, by.supplier_id)?;
    }
    Ok(signatures)
}

fn give(
    c: &mut AnyConnection,
    by: &By,
    input: &SigningInput,
    checked: Checked,
    confirmed: Confirmed,
) -> Result<(Signature, bool), Error> {
    let ready = match checked {
        Checked::Before(signature) => return Ok((*signature, false)),
        Checked::Ready(ready) => ready,
    };
    let fact = Fact {
        supplier: &ready.supplier,
        version: &ready.version,
        clause: &ready.clause,
        language: ready.language,
        signatory: Some(&ready.signatory),
        typed_name: input.typed_name.trim(),
        typed_title: input.typed_title.trim(),
        authority: &ready.signatory.right.basis,
        confirmation: confirmed.into(),
        reading: ready.reading,
        time_zone: input.zone(),
        address: &by.client.address,
        agent: &by.client.agent,
        paper: None,
    };
    Ok((append(c, by.actor, by.vault, &fact)?, true))
}
