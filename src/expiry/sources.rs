//! Where things that run out are kept: a function for each kind, all asked in the same way. Each reads
//! along its index by last day, and leaves out what something of its like has taken the place of.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::{Asked, Company, Expiry, Kind, What};
use crate::access::Scope;
use crate::certification::{authentication, basic, category, certificates as held};
use crate::db::{AnyConnection, MultiBackend, among};
use crate::documents as evidence;
use crate::error::Error;
use crate::schema::{
    authentications, basic_audits, categories, certificates, certifications, documents, people,
    relationship_owners, suppliers,
};
use crate::suppliers::{COUNTED, Stage};

diesel::alias!(
    certificates as later_certificates: LaterCertificates,
    certifications as later_certifications: LaterCertifications,
    basic_audits as later_basic_audits: LaterBasicAudits,
    authentications as later_authentications: LaterAuthentications,
    documents as later_documents: LaterDocuments,
);

/// What every source reads of a row: its id, its last day, its company, who looks after that.
type Common = (String, Option<NaiveDate>, Company, Option<String>);

/// Joins a table with the companies and who looks after them.
macro_rules! with_company {
    ($table:ident) => {
        $table::table
            .inner_join(suppliers::table.on(suppliers::id.eq($table::supplier_id)))
            .left_join(
                relationship_owners::table
                    .on(relationship_owners::supplier_id.eq($table::supplier_id)),
            )
    };
}

/// The columns of [`Common`].
macro_rules! common {
    ($table:ident) => {
        (
            $table::id,
            $table::valid_to,
            (
                suppliers::id,
                suppliers::number,
                suppliers::legal_name,
                suppliers::english_name,
                suppliers::stage,
                suppliers::area,
            ),
            relationship_owners::account_id.nullable(),
        )
    };
}

/// Narrows a query to what is asked for, in the order of the list.
macro_rules! narrowed {
    ($query:expr, $table:ident, $kind:expr, $asked:expr) => {{
        let asked: &Asked = $asked;
        let mut query = $query
            .filter($table::valid_to.between(asked.days.0, asked.days.1))
            .filter(suppliers::merged_into.is_null())
            .filter(suppliers::stage.ne(Stage::Eliminated))
            .filter(suppliers::stage.ne(Stage::Withdrawn))
            .filter(suppliers::stage.ne(Stage::Declined))
            .order(($table::valid_to, $table::id))
            .limit(asked.limit as i64)
            .into_boxed::<MultiBackend>();
        if let Scope::Areas(areas) = asked.scope {
            query = query.filter(among(suppliers::area, areas.iter().map(String::as_str)));
        }
        if let Some(ids) = asked.companies {
            query = query.filter(among($table::supplier_id, ids.iter().map(String::as_str)));
        }
        if let Some(owner) = asked.owner {
            query = query.filter(relationship_owners::account_id.eq(owner));
        }
        if asked.only_counted {
            let counted = COUNTED.iter().map(|stage| stage.as_str());
            query = query.filter(among(suppliers::stage, counted));
        }
        if let Some(place) = &asked.after {
            let later = $table::valid_to.gt(place.0);
            query = match $kind.cmp(&place.1) {
                std::cmp::Ordering::Less => query.filter(later),
                std::cmp::Ordering::Equal => {
                    let same_day = $table::valid_to.eq(place.0).and($table::id.gt(&place.2));
                    query.filter(later.or(same_day))
                }
                std::cmp::Ordering::Greater => query.filter($table::valid_to.ge(place.0)),
            };
        }
        query
    }};
}

/// Narrows a query to rows of some statuses. Those of a few companies are found by the company: told the
/// plain status, SQLite would go along the index by last day, from its beginning for each few companies.
macro_rules! standing {
    ($query:expr, $table:ident, $statuses:expr, $asked:expr) => {{
        let (query, statuses) = ($query, $statuses.map(|status| status.as_str()));
        match (&$asked.companies, statuses.as_slice()) {
            (Some(_), many) => query.filter(among($table::status.concat(""), many.iter().copied())),
            (None, [one]) => query.filter($table::status.eq(*one)),
            (None, many) => query.filter(among($table::status, many.iter().copied())),
        }
    }};
}

fn expiry(kind: Kind, row: Common, what: What, decided_by: Option<String>) -> Option<Expiry> {
    let (id, due_on, company, owner_id) = row;
    Some(Expiry { kind, id, due_on: due_on?, what, company, owner_id, decided_by })
}

/// Accepted certificates, unless an accepted one that renews them, or has their number, lasts longer.
pub fn certificates(c: &mut AnyConnection, asked: &Asked) -> Result<Vec<Expiry>, Error> {
    let later = later_certificates;
    let same_number = later
        .field(certificates::number_key)
        .eq(certificates::number_key)
        .and(later.field(certificates::number_key).ne(""));
    let successor = later
        .filter(later.field(certificates::supplier_id).eq(certificates::supplier_id))
        .filter(later.field(certificates::type_id).eq(certificates::type_id))
        // Not `=`: SQLite would go through all accepted ones, not those of the company.
        .filter(among(later.field(certificates::status), [held::Status::Accepted.as_str()]))
        .filter(
            later
                .field(certificates::valid_to)
                .is_null()
                .or(later.field(certificates::valid_to).gt(certificates::valid_to)),
        )
        .filter(
            later
                .field(certificates::renews_id)
                .eq(certificates::id.nullable())
                .or(same_number.nullable()),
        );
    let query = with_company!(certificates).filter(not(exists(successor))).select((
        common!(certificates),
        certificates::type_id,
        certificates::number,
        certificates::decided_by,
    ));
    let rows: Vec<(Common, String, String, Option<String>)> = standing!(
        narrowed!(query, certificates, Kind::Certificate, asked),
        certificates,
        [held::Status::Accepted],
        asked
    )
    .load(c)?;
    let found = rows.into_iter().filter_map(|(row, type_id, number, by)| {
        expiry(Kind::Certificate, row, What::Certificate { type_id, number }, by)
    });
    Ok(found.collect())
}

/// Certifications that were given and not taken back; of a company's for a category, the last one.
pub fn certifications(c: &mut AnyConnection, asked: &Asked) -> Result<Vec<Expiry>, Error> {
    use category::Status::{Certified, Lapsed, Suspended};
    let later = later_certifications;
    let counts = [Certified, Suspended, Lapsed];
    let successor = later
        .filter(later.field(certifications::supplier_id).eq(certifications::supplier_id))
        .filter(later.field(certifications::category_id).eq(certifications::category_id))
        .filter(among(later.field(certifications::status), counts.map(|status| status.as_str())))
        .filter(later.field(certifications::valid_to).gt(certifications::valid_to));
    let query = with_company!(certifications)
        .inner_join(categories::table.on(categories::id.eq(certifications::category_id)))
        .filter(not(exists(successor)))
        .select((
            common!(certifications),
            certifications::number,
            categories::name_en,
            categories::name_zh,
            certifications::decided_by,
        ));
    let rows: Vec<(Common, i64, String, String, Option<String>)> = standing!(
        narrowed!(query, certifications, Kind::Certification, asked),
        certifications,
        counts,
        asked
    )
    .load(c)?;
    let found = rows.into_iter().filter_map(|(row, number, name_en, name_zh, by)| {
        let what = What::Certification { number, name_en, name_zh };
        expiry(Kind::Certification, row, what, by)
    });
    Ok(found.collect())
}

/// Certified basic information; of a company's audits, the one that holds longest.
pub fn basic_audits(c: &mut AnyConnection, asked: &Asked) -> Result<Vec<Expiry>, Error> {
    let later = later_basic_audits;
    let certified = [basic::Status::Certified.as_str()];
    let successor = later
        .filter(later.field(basic_audits::supplier_id).eq(basic_audits::supplier_id))
        // Not `=`: SQLite would go through all audits that end later, not those of the company.
        .filter(among(later.field(basic_audits::status), certified))
        .filter(later.field(basic_audits::valid_to).gt(basic_audits::valid_to));
    let query = with_company!(basic_audits).filter(not(exists(successor))).select((
        common!(basic_audits),
        basic_audits::number,
        basic_audits::decided_by,
    ));
    let rows: Vec<(Common, i64, Option<String>)> = standing!(
        narrowed!(query, basic_audits, Kind::BasicAudit, asked),
        basic_audits,
        [basic::Status::Certified],
        asked
    )
    .load(c)?;
    let found = rows.into_iter().filter_map(|(row, number, by)| {
        expiry(Kind::BasicAudit, row, What::BasicAudit { number }, by)
    });
    Ok(found.collect())
}

/// Authentications of people who are still with their company; of a person's, the one that holds
/// longest.
pub fn authentications(c: &mut AnyConnection, asked: &Asked) -> Result<Vec<Expiry>, Error> {
    let later = later_authentications;
    let verified = authentication::Status::Verified;
    let successor = later
        .filter(later.field(authentications::supplier_id).eq(authentications::supplier_id))
        .filter(later.field(authentications::person_id).eq(authentications::person_id))
        // Not `=`: as above.
        .filter(among(later.field(authentications::status), [verified.as_str()]))
        .filter(
            later
                .field(authentications::valid_to)
                .is_null()
                .or(later.field(authentications::valid_to).gt(authentications::valid_to)),
        );
    let query = with_company!(authentications)
        .inner_join(people::table.on(people::id.eq(authentications::person_id)))
        .filter(people::removed_at.is_null())
        .filter(not(exists(successor)))
        .select((common!(authentications), people::name, authentications::verified_by));
    let rows: Vec<(Common, String, Option<String>)> = standing!(
        narrowed!(query, authentications, Kind::Authentication, asked),
        authentications,
        [verified],
        asked
    )
    .load(c)?;
    let found = rows.into_iter().filter_map(|(row, person, by)| {
        expiry(Kind::Authentication, row, What::Authentication { person }, by)
    });
    Ok(found.collect())
}

/// Documents, unless a certificate tells of them, or a newer one of the same kind and title lasts
/// longer. Of business licences a company has one: there any newer one will do.
pub fn documents(c: &mut AnyConnection, asked: &Asked) -> Result<Vec<Expiry>, Error> {
    let later = later_documents;
    let is_licence = documents::kind.eq(evidence::Kind::BusinessLicence);
    let successor = later
        .filter(later.field(documents::supplier_id).eq(documents::supplier_id))
        .filter(later.field(documents::kind).eq(documents::kind))
        .filter(later.field(documents::removed_at).is_null())
        .filter(later.field(documents::id).gt(documents::id))
        .filter(
            later
                .field(documents::valid_to)
                .is_null()
                .or(later.field(documents::valid_to).gt(documents::valid_to)),
        )
        .filter(later.field(documents::title).eq(documents::title).or(is_licence));
    let certificate =
        certificates::table.filter(certificates::document_id.eq(documents::id.nullable()));
    let query = with_company!(documents)
        .filter(documents::removed_at.is_null())
        .filter(not(exists(successor)))
        .filter(not(exists(certificate)))
        .select((common!(documents), documents::kind, documents::title, documents::uploaded_by));
    let rows: Vec<(Common, evidence::Kind, String, String)> =
        narrowed!(query, documents, Kind::Document, asked).load(c)?;
    let found = rows.into_iter().filter_map(|(row, kind, title, by)| {
        expiry(Kind::Document, row, What::Document { kind, title }, Some(by))
    });
    Ok(found.collect())
}
