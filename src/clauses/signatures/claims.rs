//! What a receipt says: every fact of a signature, so that it proves all of them without the register.

use serde_json::{Value, json};

use super::Signature;
use crate::suppliers;

/// The kind (`typ`) of the signed text.
pub const RECEIPT: &str = "touchstone-receipt+jwt";

/// The claims of a receipt. `clause` and `version` are the clause's code and the version's number.
/// Times are UTC; the same signature gives the same claims for ever.
pub fn of(signature: &Signature, clause: &str, version: i64) -> Value {
    json!({
        "jti": signature.id,
        "sequence": signature.sequence,
        "previous_hash": signature.previous_hash,
        "company_id": signature.supplier_id,
        "company_number": suppliers::code_of(signature.company_number),
        "company_name": signature.company_name,
        "clause": clause,
        "version": version,
        "version_id": signature.version_id,
        "round": signature.round,
        "method": signature.method.as_str(),
        "language": signature.language,
        "text_sha256": signature.text_sha256,
        "signed_at": signature.signed_at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
        "time_zone": signature.time_zone,
        "name": signature.typed_name,
        "title": signature.typed_title,
        "authority": signature.authority,
        "person_id": signature.person_id,
        "authentication_id": signature.authentication_id,
        "signing_right_id": signature.right_id,
        "account_id": signature.account_id,
        "account_name": signature.account_name,
        "confirmation": signature.confirmation.as_str(),
        "reading": signature.reading.as_str(),
        "address": signature.address,
        "agent": signature.agent,
        "document_id": signature.document_id,
        "document_sha256": signature.document_sha256,
        "paper_date": signature.paper_date.map(|day| day.to_string()),
    })
}
