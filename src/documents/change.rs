//! A document is added to a company, or taken off it. What it holds stays where it is.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use validator::Validate;

use super::{Document, Kind, MOST_DOCUMENTS, MOST_STORED, Stored, find_of};
use crate::access::{Actor, May, Member, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{
    certificates, documents, finding_evidence, inspection_evidence, punishment_papers,
};
use crate::suppliers;
use crate::values::{calendar_day, new_id, now};

/// What is said of a document beside its file.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DocumentInput {
    #[validate(length(max = 20))]
    pub kind: String,
    /// "" for the name of the file.
    #[validate(length(max = 120))]
    pub document_title: String,
    /// `2027-03-31`, or "" for what does not run out.
    #[validate(length(max = 10))]
    pub valid_until: String,
}

impl DocumentInput {
    fn problems(&self) -> Problems {
        if let Err(broken) = self.validate() {
            return broken.into();
        }
        let mut problems = Problems::default();
        if Kind::parse(&self.kind).is_none() {
            problems.add(Problem::new("kind", "unknown_choice"));
        }
        if self.document_title.chars().any(char::is_control) {
            problems.add(Problem::new("document_title", "control_characters"));
        }
        let day = self.valid_until.trim();
        if !day.is_empty() && calendar_day(day).is_none() {
            problems.add(Problem::new("valid_until", "document_date"));
        }
        problems
    }
}

/// Who adds a document, or takes it off.
pub enum Uploader<'a> {
    Staff(&'a May<right::EditDocuments>),
    /// Who records a signature on paper adds its scan.
    Recorder(&'a May<right::RecordSignatures>),
    /// Who visits a company adds what they saw.
    Inspector(&'a May<right::Inspect>),
    /// Who brings a case against a company adds what proves it.
    Proposer(&'a May<right::ProposePunishments>),
    /// Somebody of the company itself.
    Company(&'a Member),
}

impl Uploader<'_> {
    fn actor(&self) -> &Actor {
        match self {
            Uploader::Staff(may) => may.actor(),
            Uploader::Recorder(may) => may.actor(),
            Uploader::Inspector(may) => may.actor(),
            Uploader::Proposer(may) => may.actor(),
            Uploader::Company(member) => &member.actor,
        }
    }

    /// Passes where the company is within reach of the person.
    fn reaches(&self, c: &mut AnyConnection, supplier_id: &str) -> Result<(), Error> {
        let scope = match self {
            Uploader::Staff(may) => may.scope(),
            Uploader::Recorder(may) => may.scope(),
            Uploader::Inspector(may) => may.scope(),
            Uploader::Proposer(may) => may.scope(),
            Uploader::Company(member) if member.supplier_id == supplier_id => &Scope::Everything,
            Uploader::Company(_) => return Err(Error::NotFound),
        };
        suppliers::find(c, scope, supplier_id).map(|_| ())
    }

    fn is_company(&self) -> bool {
        matches!(self, Uploader::Company(_))
    }
}

/// Whether a document of `size` bytes could be added: asked before its file is stored, because
/// nothing is taken out of the store again. Another document may be keeping the same content.
pub fn may_add(
    c: &mut AnyConnection,
    by: &Uploader,
    supplier_id: &str,
    input: &DocumentInput,
    size: i64,
) -> Result<(), Error> {
    by.reaches(c, supplier_id)?;
    input.problems().into_result()?;
    let listed: i64 = documents::table
        .filter(documents::supplier_id.eq(supplier_id))
        .filter(documents::removed_at.is_null())
        .filter(not(exists(
            inspection_evidence::table.filter(inspection_evidence::document_id.eq(documents::id)),
        )))
        .filter(not(exists(
            punishment_papers::table.filter(punishment_papers::document_id.eq(documents::id)),
        )))
        .count()
        .get_result(c)?;
    // An inspection bounds its own, and so does a case.
    let is_bounded = matches!(by, Uploader::Inspector(_) | Uploader::Proposer(_));
    if listed >= MOST_DOCUMENTS as i64 && !is_bounded {
        let problem = Problem::new("file", "document_too_many").with("max", MOST_DOCUMENTS);
        return Err(Problems(vec![problem]).into());
    }
    let sizes: Vec<i64> = documents::table
        .filter(documents::supplier_id.eq(supplier_id))
        .select(documents::size)
        .load(c)?;
    if sizes.iter().sum::<i64>() + size > MOST_STORED {
        return Err(Problems::one("file", "document_no_room").into());
    }
    Ok(())
}

/// Adds a document, whose content is on disk, to a company.
pub fn add(
    c: &mut AnyConnection,
    by: &Uploader,
    supplier_id: &str,
    stored: &Stored,
    input: &DocumentInput,
) -> Result<Document, Error> {
    add_told_in(c, by, supplier_id, (stored, input), ("supplier", supplier_id))
}

/// [`add`], recorded in another trail than that of the company, which more people read.
pub fn add_told_in(
    c: &mut AnyConnection,
    by: &Uploader,
    supplier_id: &str,
    (stored, input): (&Stored, &DocumentInput),
    subject: (&str, &str),
) -> Result<Document, Error> {
    may_add(c, by, supplier_id, input, stored.size)?;
    let title = Some(input.document_title.trim()).filter(|title| !title.is_empty());
    let document = Document {
        id: new_id(),
        supplier_id: supplier_id.into(),
        kind: Kind::parse(&input.kind).unwrap_or(Kind::Other),
        title: title.unwrap_or(&stored.file_name).into(),
        file_name: stored.file_name.clone(),
        media_type: stored.media_type.into(),
        size: stored.size,
        sha256: stored.sha256.clone(),
        valid_to: calendar_day(input.valid_until.trim()),
        uploaded_by: by.actor().account_id.clone(),
        uploaded_name: by.actor().name.clone(),
        by_supplier: by.is_company(),
        created_at: now(),
        removed_at: None,
    };
    diesel::insert_into(documents::table).values(&document).execute(c)?;
    audit::append(c, by.actor(), "document.added", subject, details(&document))?;
    Ok(document)
}

/// Takes a document off a company. Its row and what it holds stay, as what was once evidence. A
/// company takes off only what it handed in itself, and nobody what a certificate, an
/// inspection or an answer to a finding rests on.
pub fn remove(
    c: &mut AnyConnection,
    by: &Uploader,
    supplier_id: &str,
    id: &str,
) -> Result<Document, Error> {
    by.reaches(c, supplier_id)?;
    let document = find_of(c, supplier_id, id)?;
    if by.is_company() && !document.by_supplier {
        return Err(Error::Forbidden("refused-document-of-staff"));
    }
    if is_in_use(c, id)? {
        return Err(Error::Conflict("conflict-document-in-use"));
    }
    if is_inspected(c, id)? {
        return Err(Error::Conflict("conflict-document-inspected"));
    }
    if is_shown(c, id)? {
        return Err(Error::Conflict("conflict-document-finding"));
    }
    diesel::update(documents::table.find(id)).set(documents::removed_at.eq(now())).execute(c)?;
    let subject = ("supplier", supplier_id);
    audit::append(c, by.actor(), "document.removed", subject, details(&document))?;
    Ok(document)
}

/// Whether a certificate rests on a document: one that may still count.
fn is_in_use(c: &mut AnyConnection, id: &str) -> Result<bool, Error> {
    let resting: i64 = certificates::table
        .filter(certificates::document_id.eq(id))
        .filter(certificates::status.ne("refused"))
        .filter(certificates::status.ne("withdrawn"))
        .count()
        .get_result(c)?;
    Ok(resting > 0)
}

/// Whether a company has shown something about a finding with a document.
fn is_shown(c: &mut AnyConnection, id: &str) -> Result<bool, Error> {
    let shown = finding_evidence::table.filter(finding_evidence::document_id.eq(id));
    Ok(diesel::select(exists(shown)).get_result(c)?)
}

/// Whether an inspection rests on a document.
fn is_inspected(c: &mut AnyConnection, id: &str) -> Result<bool, Error> {
    let seen: i64 = inspection_evidence::table
        .filter(inspection_evidence::document_id.eq(id))
        .filter(inspection_evidence::removed_at.is_null())
        .count()
        .get_result(c)?;
    Ok(seen > 0)
}

fn details(document: &Document) -> Value {
    json!({
        "document": document.id,
        "document_kind": document.kind.as_str(),
        "document_title": document.title,
        "sha256": document.sha256,
    })
}
