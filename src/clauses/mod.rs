//! Clauses: what companies sign, in which words exactly, who has signed, and how that is proven.
//!
//! A clause has versions, each with its texts in both languages and the rule of who must sign it
//! ([`duties`]). Signatures ([`signatures`]) are facts in one chain, each signed by the register.
//! [`standing`] tells from all of that who had to sign what when, and who had done so.

pub mod api;
pub mod changes;
pub mod coverage;
pub mod data_access;
mod draft;
pub mod duties;
pub mod exceptions;
pub mod holds;
mod input;
pub mod list;
pub mod markdown;
pub mod paper;
mod publish;
pub mod reminders;
pub mod requests;
mod review;
pub mod rights;
pub mod routes;
mod routes_change;
pub mod routes_coverage;
pub mod routes_coverage_files;
mod routes_form;
pub mod routes_portal;
mod routes_portal_several;
mod routes_portal_text;
mod routes_receipt;
pub mod routes_requests;
pub mod routes_rights;
mod routes_signature;
pub mod routes_supplier;
mod routes_supplier_paper;
mod routes_version;
pub mod shown;
pub mod signatures;
pub mod signing;
pub mod standing;
pub mod starting;
pub mod texts;
pub mod voiding;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{clause_versions, clauses};
use crate::texts::Language;
use crate::values::sha256_hex;
use crate::vault::Vault;

pub use draft::{create, discard, draft, draft_of, edit, has_worked_on};
pub use input::{MOST_CHARACTERS, VersionInput};
pub use publish::{PublicationInput, must_sign_again, publish, withdraw};
pub use review::{ReviewInput, review, send_back};

text_enum! {
    /// Where a version stands.
    Status {
        Draft = "draft",
        /// A legal officer has found its words right.
        Reviewed = "reviewed",
        /// In force from its day until the next version's.
        Published = "published",
        /// A draft that was given up, or a version that was taken back before its day.
        Discarded = "discarded",
    }
}

impl Status {
    /// Whether its words may still change.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Draft | Status::Reviewed)
    }
}

text_enum! {
    /// Who must sign a version.
    Whom {
        All = "all",
        /// Those to whom one of its duties applies: see [`duties::Duty`].
        Some = "some",
        /// Whoever likes to.
        Nobody = "nobody",
    }
}

/// Something that companies sign. Its words are in its versions.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = clauses)]
pub struct Clause {
    pub id: String,
    /// What access standards and programs call it: `anti_bribery`.
    pub code: String,
    /// Its place in lists.
    pub position: i64,
    pub name_en: String,
    pub name_zh: String,
    pub created_by: String,
    pub created_name: String,
    pub created_at: NaiveDateTime,
}

/// A version of a clause.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = clause_versions)]
pub struct Version {
    pub id: String,
    pub clause_id: String,
    /// 1, 2, 3… within the clause.
    pub version: i64,
    pub status: Status,
    /// Markdown in its canonical form: see [`texts::canonical`].
    pub text_en: String,
    pub text_zh: String,
    /// SHA-256 of the texts in UTF-8.
    pub sha256_en: String,
    pub sha256_zh: String,
    /// What is new in it, for those who sign again.
    pub note: String,
    pub whom: Whom,
    /// The first day on which it must have been signed. Every published version has one.
    pub effective_from: Option<NaiveDate>,
    /// Counts the edits of a draft.
    pub revision: i64,
    pub drafted_by: String,
    pub drafted_name: String,
    pub created_at: NaiveDateTime,
    pub reviewed_at: Option<NaiveDateTime>,
    pub reviewed_by: Option<String>,
    pub reviewed_name: String,
    pub review_note: String,
    pub published_at: Option<NaiveDateTime>,
    pub published_by: Option<String>,
    pub published_name: String,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

impl Version {
    /// Its text in a language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::English => &self.text_en,
            Language::Chinese => &self.text_zh,
        }
    }

    /// The SHA-256 of its text in a language, as it was written down.
    pub fn sha256(&self, language: Language) -> &str {
        match language {
            Language::English => &self.sha256_en,
            Language::Chinese => &self.sha256_zh,
        }
    }

    /// Whether both texts are those that their SHA-256 were made of.
    pub fn is_whole(&self) -> bool {
        Language::ALL.iter().all(|one| sha256_hex(self.text(*one)) == self.sha256(*one))
    }
}

impl Clause {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::English => &self.name_en,
            Language::Chinese => &self.name_zh,
        }
    }
}

/// What is done, in the same write, once a company's signatures have changed: other rooms rest on them.
#[derive(Clone, Copy)]
pub struct AfterSigning(pub fn(&mut AnyConnection, &Actor, &Vault, &str) -> Result<(), Error>);

/// All clauses, in their order.
pub fn all(c: &mut AnyConnection) -> Result<Vec<Clause>, Error> {
    Ok(clauses::table
        .order((clauses::position, clauses::id))
        .select(Clause::as_select())
        .load(c)?)
}

/// The clause of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Clause, Error> {
    Ok(clauses::table.find(id).select(Clause::as_select()).first(c)?)
}

/// The clause of a code, if the register has it.
pub fn of_code(c: &mut AnyConnection, code: &str) -> Result<Option<Clause>, Error> {
    let of_code = clauses::table.filter(clauses::code.eq(code));
    Ok(of_code.select(Clause::as_select()).first(c).optional()?)
}

/// A version and its clause, whatever its state.
pub fn find_version(c: &mut AnyConnection, id: &str) -> Result<(Version, Clause), Error> {
    Ok(clause_versions::table
        .inner_join(clauses::table.on(clauses::id.eq(clause_versions::clause_id)))
        .filter(clause_versions::id.eq(id))
        .select((Version::as_select(), Clause::as_select()))
        .first(c)?)
}

/// The versions of a clause, newest first.
pub fn versions_of(c: &mut AnyConnection, clause_id: &str) -> Result<Vec<Version>, Error> {
    Ok(clause_versions::table
        .filter(clause_versions::clause_id.eq(clause_id))
        .order(clause_versions::version.desc())
        .select(Version::as_select())
        .load(c)?)
}
