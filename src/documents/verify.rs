//! Whether every content that a row tells of is there, and is what was stored.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{Flaw, Store};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{documents, suppliers};

/// A content, and one of the documents that it belongs to: removed ones count, too.
pub struct Content {
    pub sha256: String,
    /// The number of the company.
    pub supplier: i64,
    pub document_id: String,
    pub title: String,
}

/// Every content that documents have, each once.
pub fn contents(c: &mut AnyConnection) -> Result<Vec<Content>, Error> {
    let rows: Vec<(String, i64, String, String)> = documents::table
        .inner_join(suppliers::table.on(suppliers::id.eq(documents::supplier_id)))
        .order(documents::id)
        .select((documents::sha256, suppliers::number, documents::id, documents::title))
        .load(c)?;
    let mut contents = BTreeMap::new();
    for (sha256, supplier, document_id, title) in rows {
        let content = Content { sha256: sha256.clone(), supplier, document_id, title };
        contents.entry(sha256).or_insert(content);
    }
    Ok(contents.into_values().collect())
}

/// What is wrong with a content, if anything.
pub async fn flaw(store: &Store, content: &Content) -> Result<Option<Flaw>, Error> {
    Ok(store.read(&content.sha256).await?.err())
}
