//! What belongs to a case against a company: for who may see cases, and for the company what it handed in itself.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Document;
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{documents, punishment_cases, punishment_papers, punishment_steps};
use crate::suppliers;

/// A document of a case, if the company is within what the person may see.
pub fn find_paper(
    c: &mut AnyConnection,
    by: &May<right::ReadPunishments>,
    id: &str,
) -> Result<Document, Error> {
    let document: Document = documents::table
        .inner_join(punishment_papers::table.on(punishment_papers::document_id.eq(documents::id)))
        .filter(documents::id.eq(id))
        .select(Document::as_select())
        .first(c)?;
    suppliers::find(c, by.scope(), &document.supplier_id)?;
    Ok(document)
}

/// A document that a company handed in itself in a case against it, as long as the case is not over on a day.
pub fn find_paper_of(
    c: &mut AnyConnection,
    supplier_id: &str,
    id: &str,
    today: NaiveDate,
) -> Result<Document, Error> {
    let to_on = punishment_cases::to_on;
    Ok(documents::table
        .inner_join(punishment_papers::table.on(punishment_papers::document_id.eq(documents::id)))
        .inner_join(punishment_steps::table.on(punishment_steps::id.eq(punishment_papers::step_id)))
        .inner_join(punishment_cases::table.on(punishment_cases::id.eq(punishment_papers::case_id)))
        .filter(documents::id.eq(id))
        .filter(punishment_cases::supplier_id.eq(supplier_id))
        .filter(punishment_steps::by_supplier.eq(true))
        .filter(punishment_cases::ended_at.is_null())
        .filter(to_on.is_null().or(to_on.gt(today).assume_not_null()))
        .select(Document::as_select())
        .first(c)?)
}
