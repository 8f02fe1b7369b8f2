//! Visits: an inspector is named and says whether they have a conflict of interest, goes, writes down
//! what they find, and signs it off.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Outcome;
use crate::schema::{inspection_declarations, inspection_evidence, inspection_results};

/// What an inspector said of their ties to the company.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_declarations)]
pub struct Declaration {
    pub id: String,
    pub inspection_id: String,
    pub account_id: String,
    pub account_name: String,
    pub has_conflict: bool,
    pub statement: String,
    pub declared_at: NaiveDateTime,
}

/// What was found at an item.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_results)]
pub struct ItemResult {
    pub id: String,
    pub inspection_id: String,
    pub item_id: String,
    pub outcome: Outcome,
    pub remark: String,
    /// Counts the changes before the signing off.
    pub revision: i64,
    pub recorded_by: String,
    pub recorded_name: String,
    pub recorded_at: NaiveDateTime,
}

/// A photo or a paper of an inspection.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_evidence)]
pub struct Evidence {
    pub id: String,
    pub inspection_id: String,
    /// `None` for what belongs to the whole.
    pub item_id: Option<String>,
    pub document_id: String,
    pub note: String,
    pub added_by: String,
    pub added_name: String,
    pub added_at: NaiveDateTime,
    pub removed_at: Option<NaiveDateTime>,
    pub removed_by: Option<String>,
}
