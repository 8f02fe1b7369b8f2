//! A signature is added to the chain. There is no way to change or to remove one.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::{BEGINNING, Confirmation, Method, Reading, Signature, claims, head};
use crate::access::Actor;
use crate::audit;
use crate::clauses::rights::Signatory;
use crate::clauses::{Clause, Version, requests};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{signature_holders, signature_voids, signatures};
use crate::signing;
use crate::suppliers::Supplier;
use crate::texts::Language;
use crate::values::{new_id, now, sha256_hex};
use crate::vault::Vault;

/// What is known of a signature that is about to be.
pub struct Fact<'a> {
    pub supplier: &'a Supplier,
    pub version: &'a Version,
    pub clause: &'a Clause,
    /// The language of the text that was shown.
    pub language: Language,
    /// Who signed; `None` for a signature on paper.
    pub signatory: Option<&'a Signatory>,
    pub typed_name: &'a str,
    pub typed_title: &'a str,
    /// What the right to sign rests on.
    pub authority: &'a str,
    pub confirmation: Confirmation,
    pub reading: Reading,
    pub time_zone: &'a str,
    pub address: &'a str,
    pub agent: &'a str,
    /// Of a signature on paper: id and SHA-256 of its scan, and the day that stands on it. The id of an
    /// invented scan is "".
    pub paper: Option<(&'a str, &'a str, NaiveDate)>,
}

/// Adds a signature to the chain, signs its receipt, settles what was asked of the company, and writes
/// the audit record. Whoever calls it has made sure that the signature may be given, and that none
/// under the version counts already.
pub fn append(
    c: &mut AnyConnection,
    actor: &Actor,
    vault: &Vault,
    fact: &Fact,
) -> Result<Signature, Error> {
    append_at(c, actor, vault, fact, now())
}

/// As [`append`], at another moment: for the invented register, whose signatures are as old as they
/// pretend to be. They come in the order of their moments.
pub(crate) fn append_at(
    c: &mut AnyConnection,
    actor: &Actor,
    vault: &Vault,
    fact: &Fact,
    signed_at: NaiveDateTime,
) -> Result<Signature, Error> {
    let (supplier, version) = (fact.supplier, fact.version);
    let (sequence, previous_hash) = match head(c)? {
        Some((sequence, hash)) => (sequence + 1, hash),
        None => (1, BEGINNING.to_string()),
    };
    let signer = signing::signer_at(c, vault, signed_at)?;
    let mut signature = Signature {
        id: new_id(),
        sequence,
        supplier_id: supplier.id.clone(),
        version_id: version.id.clone(),
        round: voids_of(c, &supplier.id, &version.id)?,
        method: if fact.paper.is_some() { Method::Paper } else { Method::Electronic },
        language: fact.language.as_str().into(),
        // Of the text itself, not what stands beside it.
        text_sha256: sha256_hex(version.text(fact.language)),
        company_number: supplier.number,
        company_name: supplier.legal_name.clone(),
        person_id: fact.signatory.map(|one| one.person.id.clone()),
        authentication_id: fact.signatory.map(|one| one.authentication_id.clone()),
        right_id: fact.signatory.map(|one| one.right.id.clone()),
        account_id: actor.account_id.clone(),
        account_name: actor.name.clone(),
        typed_name: fact.typed_name.into(),
        typed_title: fact.typed_title.into(),
        authority: fact.authority.into(),
        confirmation: fact.confirmation,
        reading: fact.reading,
        signed_at,
        time_zone: fact.time_zone.into(),
        address: fact.address.into(),
        agent: fact.agent.into(),
        document_id: fact.paper.map(|(id, ..)| id.into()).filter(|id: &String| !id.is_empty()),
        document_sha256: fact.paper.map(|(_, sha256, _)| sha256.into()).unwrap_or_default(),
        paper_date: fact.paper.map(|(.., day)| day),
        previous_hash,
        hash: String::new(),
        key_id: signer.public.id.clone(),
        receipt: String::new(),
    };
    let claims = claims::of(&signature, &fact.clause.code, version.version);
    signature.receipt = signer.sign(claims::RECEIPT, &claims)?;
    signature.hash = sha256_hex(&signature.receipt);
    diesel::insert_into(signatures::table).values(&signature).execute(c)?;
    diesel::insert_into(signature_holders::table)
        .values((
            signature_holders::id.eq(&signature.id),
            signature_holders::supplier_id.eq(&supplier.id),
        ))
        .execute(c)?;
    requests::settle(c, &supplier.id, &version.id)?;
    let details = json!({
        "clause": fact.clause.code,
        "version": version.version,
        "method": signature.method.as_str(),
        "name": signature.typed_name,
        "signature": signature.id,
        "signature_number": signature.sequence,
        "signature_hash": signature.hash,
    });
    audit::append(c, actor, "clause.signed", ("supplier", &supplier.id), details)?;
    Ok(signature)
}

/// How many signatures of a company under a version were declared void.
fn voids_of(c: &mut AnyConnection, supplier_id: &str, version_id: &str) -> Result<i64, Error> {
    Ok(signatures::table
        .inner_join(signature_voids::table.on(signature_voids::signature_id.eq(signatures::id)))
        .filter(signatures::supplier_id.eq(supplier_id))
        .filter(signatures::version_id.eq(version_id))
        .count()
        .get_result(c)?)
}
