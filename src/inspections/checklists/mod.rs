//! Checklists: what inspectors go through, version by version.

pub mod api;
mod draft;
mod input;
mod items;
pub mod list;
mod publish;
pub mod routes;
mod routes_change;
mod routes_form;
mod routes_items;
mod routes_version;
pub mod starting;
pub mod subjects;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Kind, Severity};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{checklist_items, checklist_versions, checklists};
use crate::texts::Language;
use crate::versions::Versioned;

pub use crate::versions::Status;
pub use draft::{create, discard, draft, draft_of, edit, has_worked_on};
pub use input::{DraftInput, EndInput, ItemInput, StepInput};
pub use items::{Way, add_item, edit_item, find_item, move_item, remove_item};
pub use publish::{PublicationInput, publish, withdraw};

text_enum! {
    /// What an item tests beside itself.
    SubjectKind {
        Nothing = "",
        /// An indicator of the ESG review, by its code.
        Indicator = "indicator",
        /// A clause, by its code.
        Clause = "clause",
    }
}

/// Something that inspectors go through. Its items are in its versions.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = checklists)]
pub struct Checklist {
    pub id: String,
    pub code: String,
    /// Its place in lists.
    pub position: i64,
    pub kind: Kind,
    pub name_en: String,
    pub name_zh: String,
    pub created_by: String,
    pub created_name: String,
    pub created_at: NaiveDateTime,
}

/// A version of a checklist.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = checklist_versions)]
pub struct Version {
    pub id: String,
    pub checklist_id: String,
    /// 1, 2, 3… within the checklist.
    pub version: i64,
    pub status: Status,
    pub note: String,
    /// The first day on which it counts. Every published version has one.
    pub effective_from: Option<NaiveDate>,
    /// Counts the edits of a draft.
    pub revision: i64,
    pub drafted_by: String,
    pub drafted_name: String,
    pub created_at: NaiveDateTime,
    pub published_at: Option<NaiveDateTime>,
    pub published_by: Option<String>,
    pub published_name: String,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// A question of a checklist.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = checklist_items)]
pub struct Item {
    pub id: String,
    pub version_id: String,
    pub position: i64,
    /// The same from version to version: "CL01".
    pub code: String,
    pub section_en: String,
    pub section_zh: String,
    pub question_en: String,
    pub question_zh: String,
    pub guidance_en: String,
    pub guidance_zh: String,
    /// What breaking it is usually held for.
    pub severity: Severity,
    pub subject_kind: SubjectKind,
    pub subject: String,
}

impl Versioned for Version {
    fn standing(&self) -> (Status, Option<NaiveDate>) {
        (self.status, self.effective_from)
    }
}

impl Checklist {
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::English => &self.name_en,
            Language::Chinese => &self.name_zh,
        }
    }
}

impl Item {
    pub fn section(&self, language: Language) -> &str {
        match language {
            Language::English => &self.section_en,
            Language::Chinese => &self.section_zh,
        }
    }

    pub fn question(&self, language: Language) -> &str {
        match language {
            Language::English => &self.question_en,
            Language::Chinese => &self.question_zh,
        }
    }

    pub fn guidance(&self, language: Language) -> &str {
        match language {
            Language::English => &self.guidance_en,
            Language::Chinese => &self.guidance_zh,
        }
    }
}

/// All checklists, in their order.
pub fn all(c: &mut AnyConnection) -> Result<Vec<Checklist>, Error> {
    Ok(checklists::table
        .order((checklists::position, checklists::id))
        .limit(500)
        .select(Checklist::as_select())
        .load(c)?)
}

/// The checklist of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Checklist, Error> {
    Ok(checklists::table.find(id).select(Checklist::as_select()).first(c)?)
}

/// The versions of a checklist, newest first.
pub fn versions_of(c: &mut AnyConnection, checklist_id: &str) -> Result<Vec<Version>, Error> {
    Ok(checklist_versions::table
        .filter(checklist_versions::checklist_id.eq(checklist_id))
        .order(checklist_versions::version.desc())
        .limit(500)
        .select(Version::as_select())
        .load(c)?)
}

/// A version and its checklist, whatever its state.
pub fn find_version(c: &mut AnyConnection, id: &str) -> Result<(Version, Checklist), Error> {
    Ok(checklist_versions::table
        .inner_join(checklists::table.on(checklists::id.eq(checklist_versions::checklist_id)))
        .filter(checklist_versions::id.eq(id))
        .select((Version::as_select(), Checklist::as_select()))
        .first(c)?)
}

/// The items of a version, in their order.
pub fn items_of(c: &mut AnyConnection, version_id: &str) -> Result<Vec<Item>, Error> {
    Ok(checklist_items::table
        .filter(checklist_items::version_id.eq(version_id))
        .order(checklist_items::position)
        .select(Item::as_select())
        .load(c)?)
}

/// The versions in force on a day, one for each checklist, in the order of the checklists.
pub fn in_force(c: &mut AnyConnection, day: NaiveDate) -> Result<Vec<(Version, Checklist)>, Error> {
    let mut all: Vec<(Version, Checklist)> = checklist_versions::table
        .inner_join(checklists::table.on(checklists::id.eq(checklist_versions::checklist_id)))
        .filter(checklist_versions::status.eq(Status::Published))
        .filter(checklist_versions::effective_from.le(day))
        .order((
            checklists::position,
            checklists::id,
            checklist_versions::effective_from.desc(),
            checklist_versions::version.desc(),
        ))
        .select((Version::as_select(), Checklist::as_select()))
        .load(c)?;
    all.dedup_by(|later, earlier| later.1.id == earlier.1.id);
    Ok(all)
}
