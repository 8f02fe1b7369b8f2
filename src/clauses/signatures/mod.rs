//! Signatures: facts that nobody changes, in one chain, each with a receipt that the register has
//! signed.

pub mod api;
mod append;
pub mod claims;
pub mod export;
pub mod list;
pub mod query;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Clause, Version};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{clause_versions, clauses, signature_holders, signature_voids, signatures};
use crate::suppliers;

pub(crate) use append::append_at;
pub use append::{Fact, append};

/// What the first signature names as its predecessor.
pub const BEGINNING: &str = "beginning";

text_enum! {
    /// How it was signed.
    Method {
        /// In the portal, by an authenticated signatory.
        Electronic = "electronic",
        /// On paper; staff have recorded it with its scan.
        Paper = "paper",
    }
}

text_enum! {
    /// How the signatory made sure to be who signed in.
    Confirmation {
        Password = "password",
        /// A code of the second factor.
        Code = "code",
        /// A signature on paper.
        None = "",
    }
}

text_enum! {
    /// How it is known that the text was read to its end.
    Reading {
        /// The page saw its end on the screen.
        Seen = "seen",
        /// The signatory said so: the page ran without script.
        Declared = "declared",
        /// A signature on paper.
        None = "",
    }
}

/// A signature as it stands in the chain.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = signatures)]
pub struct Signature {
    pub id: String,
    /// 1, 2, 3… without gaps.
    pub sequence: i64,
    /// The company that signed. After a merge, [`signature_holders`] says whose it is.
    pub supplier_id: String,
    pub version_id: String,
    /// How many of its signatures under the version were declared void before.
    pub round: i64,
    pub method: Method,
    /// "en" or "zh-CN": the language of the text that was shown.
    pub language: String,
    /// SHA-256 of exactly that text.
    pub text_sha256: String,
    pub company_number: i64,
    /// The legal name at that time.
    pub company_name: String,
    pub person_id: Option<String>,
    pub authentication_id: Option<String>,
    pub right_id: Option<String>,
    /// Who signed in the portal, or who recorded what was signed on paper.
    pub account_id: String,
    pub account_name: String,
    pub typed_name: String,
    pub typed_title: String,
    /// What the right to sign rests on.
    pub authority: String,
    pub confirmation: Confirmation,
    pub reading: Reading,
    pub signed_at: NaiveDateTime,
    /// The time zone that the signatory's browser named; "UTC" when it named none.
    pub time_zone: String,
    pub address: String,
    pub agent: String,
    /// The scan of a signature on paper.
    pub document_id: Option<String>,
    pub document_sha256: String,
    /// The day that stands on the paper.
    pub paper_date: Option<NaiveDate>,
    pub previous_hash: String,
    /// SHA-256 of the receipt.
    pub hash: String,
    pub key_id: String,
    /// JWS of the claims: see [`claims`].
    pub receipt: String,
}

/// From when on a signature counts no more.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = signature_voids)]
pub struct Void {
    pub signature_id: String,
    pub reason: String,
    pub voided_at: NaiveDateTime,
    pub voided_by: String,
    pub voided_name: String,
}

/// A signature with what it is about.
#[derive(Clone, Debug)]
pub struct Signed {
    pub signature: Signature,
    pub version: Version,
    pub clause: Clause,
    /// Set when it was declared void.
    pub void: Option<Void>,
    /// Id of the company that it is today.
    pub holder: String,
}

type Row = (Signature, Version, Clause, Option<Void>, String);

/// A query of signatures with what they are about.
macro_rules! signed {
    () => {
        signatures::table
            .inner_join(clause_versions::table.on(clause_versions::id.eq(signatures::version_id)))
            .inner_join(clauses::table.on(clauses::id.eq(clause_versions::clause_id)))
            .inner_join(signature_holders::table.on(signature_holders::id.eq(signatures::id)))
            .left_join(signature_voids::table.on(signature_voids::signature_id.eq(signatures::id)))
            .select((
                Signature::as_select(),
                Version::as_select(),
                Clause::as_select(),
                Option::<Void>::as_select(),
                signature_holders::supplier_id,
            ))
    };
}
use signed;

impl From<Row> for Signed {
    fn from((signature, version, clause, void, holder): Row) -> Signed {
        Signed { signature, version, clause, void, holder }
    }
}

/// The signatures of a company, newest first, at most 500.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Signed>, Error> {
    let rows: Vec<Row> = signed!()
        .filter(signature_holders::supplier_id.eq(supplier_id))
        .order(signatures::sequence.desc())
        .limit(500)
        .load(c)?;
    Ok(rows.into_iter().map(Signed::from).collect())
}

/// The signature of an id. Whether somebody may see it depends on its holder.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Signed, Error> {
    let row: Row = signed!().filter(signatures::id.eq(id)).first(c)?;
    Ok(row.into())
}

/// The signature of an id, where the company that it is today is within reach.
pub fn find_within(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Signed, Error> {
    let signed = find(c, id)?;
    suppliers::find(c, scope, &signed.holder)?;
    Ok(signed)
}

/// The signature of a company under a version that counts now, if there is one.
pub fn standing_of(
    c: &mut AnyConnection,
    supplier_id: &str,
    version_id: &str,
) -> Result<Option<Signed>, Error> {
    let row: Option<Row> = signed!()
        .filter(signature_holders::supplier_id.eq(supplier_id))
        .filter(signatures::version_id.eq(version_id))
        .filter(signature_voids::voided_at.is_null())
        .order(signatures::sequence)
        .first(c)
        .optional()?;
    Ok(row.map(Signed::from))
}

/// The signatures after a number, oldest first.
pub fn after(c: &mut AnyConnection, sequence: i64, limit: i64) -> Result<Vec<Signed>, Error> {
    let rows: Vec<Row> = signed!()
        .filter(signatures::sequence.gt(sequence))
        .order(signatures::sequence)
        .limit(limit)
        .load(c)?;
    Ok(rows.into_iter().map(Signed::from).collect())
}

/// Number and hash of the newest signature.
pub fn head(c: &mut AnyConnection) -> Result<Option<(i64, String)>, Error> {
    Ok(signatures::table
        .select((signatures::sequence, signatures::hash))
        .order(signatures::sequence.desc())
        .first(c)
        .optional()?)
}
