//! Photos and papers of a visit, each at an item or at the whole.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::sheet::{MOST_PAPERS, papers_of};
use super::{Evidence, record, writable};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::documents::{self, DocumentInput, Kind, Stored, Uploader};
use crate::error::{Error, Problem, Problems};
use crate::inspections::Inspection;
use crate::inspections::checklists::Item;
use crate::schema::{checklist_items, inspection_evidence};
use crate::values::{new_id, now};

/// What is said of a photo or a paper.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EvidenceInput {
    /// Id of an item of the checklist, "" for the whole.
    #[validate(length(max = 40))]
    pub item: String,
    /// For staff only.
    #[validate(length(max = 500))]
    pub note: String,
}

/// Whether a file of so many bytes would be taken: asked before it is stored.
pub fn may_attach(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    id: &str,
    input: &EvidenceInput,
    size: Option<i64>,
) -> Result<(), Error> {
    let (inspection, item) = place(c, by, id, input)?;
    let Some(size) = size else {
        return Err(Problems::one("file", "document_missing").into());
    };
    if papers_of(c, id)?.len() as i64 >= MOST_PAPERS {
        let problem = Problem::new("file", "document_too_many").with("max", MOST_PAPERS);
        return Err(Problems(vec![problem]).into());
    }
    let document = document(&inspection, item.as_ref());
    let by = Uploader::Inspector(by);
    documents::may_add(c, &by, &inspection.supplier_id, &document, size)
}

/// Adds a file, whose content is on disk, to the company and to the inspection.
pub fn attach(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    id: &str,
    input: &EvidenceInput,
    stored: &Stored,
) -> Result<Evidence, Error> {
    let (inspection, item) = place(c, by, id, input)?;
    let said = document(&inspection, item.as_ref());
    let uploader = Uploader::Inspector(by);
    let added = documents::add(c, &uploader, &inspection.supplier_id, stored, &said)?;
    let evidence = Evidence {
        id: new_id(),
        inspection_id: inspection.id.clone(),
        item_id: item.as_ref().map(|item| item.id.clone()),
        document_id: added.id,
        note: input.note.trim().into(),
        added_by: by.actor().account_id.clone(),
        added_name: by.actor().name.clone(),
        added_at: now(),
        removed_at: None,
        removed_by: None,
    };
    diesel::insert_into(inspection_evidence::table).values(&evidence).execute(c)?;
    let mut details = json!({ "file_name": added.file_name, "sha256": added.sha256 });
    if let Some(item) = item {
        details["checklist_item"] = item.code.into();
    }
    record(c, by.actor(), &inspection, "inspection.evidence_added", details)?;
    Ok(evidence)
}

/// Takes a photo or a paper off, before the signing off. What it holds stays.
pub fn remove(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    id: &str,
    evidence_id: &str,
) -> Result<(), Error> {
    let inspection = writable(c, by, id)?;
    let evidence: Evidence = inspection_evidence::table
        .find(evidence_id)
        .filter(inspection_evidence::inspection_id.eq(id))
        .select(Evidence::as_select())
        .first(c)?;
    let row = inspection_evidence::table.find(evidence_id);
    let changed = diesel::update(row.filter(inspection_evidence::removed_at.is_null()))
        .set((
            inspection_evidence::removed_at.eq(now()),
            inspection_evidence::removed_by.eq(&by.actor().account_id),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let supplier = &inspection.supplier_id;
    let removed = documents::remove(c, &Uploader::Inspector(by), supplier, &evidence.document_id)?;
    let details = json!({ "file_name": removed.file_name, "sha256": removed.sha256 });
    record(c, by.actor(), &inspection, "inspection.evidence_removed", details)
}

/// The inspection, and the item that a file is for.
fn place(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    id: &str,
    input: &EvidenceInput,
) -> Result<(Inspection, Option<Item>), Error> {
    let inspection = writable(c, by, id)?;
    let item = match input.item.as_str() {
        "" => None,
        item => Some(
            checklist_items::table
                .find(item)
                .filter(checklist_items::version_id.eq(&inspection.checklist_version_id))
                .select(Item::as_select())
                .first(c)?,
        ),
    };
    if input.note.chars().count() > 500 {
        let problem = Problem::new("note", "too_long").with("max", 500);
        return Err(Problems(vec![problem]).into());
    }
    Ok((inspection, item))
}

fn document(inspection: &Inspection, item: Option<&Item>) -> DocumentInput {
    let code = item.map(|item| item.code.as_str()).unwrap_or_default();
    let title = format!("{} {code}", inspection.code());
    DocumentInput {
        kind: Kind::Other.as_str().into(),
        document_title: title.trim().chars().take(120).collect(),
        valid_until: String::new(),
    }
}
