//! Certifications of all companies, newest first.

use diesel::prelude::*;

use super::{Certification, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::{certifications, suppliers};

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub supplier: Option<String>,
    pub category: Option<String>,
    pub status: Option<Status>,
}

/// At most `limit` certifications within what the person may see, with numbers below `before`.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    filter: &Filter,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<Certification>, Error> {
    let mut query = certifications::table
        .inner_join(suppliers::table.on(suppliers::id.eq(certifications::supplier_id)))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(supplier) = &filter.supplier {
        query = query.filter(certifications::supplier_id.eq(supplier.clone()));
    }
    if let Some(category) = &filter.category {
        query = query.filter(certifications::category_id.eq(category.clone()));
    }
    if let Some(status) = filter.status {
        query = query.filter(certifications::status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(certifications::number.lt(before));
    }
    Ok(query
        .order(certifications::number.desc())
        .limit(limit as i64)
        .select(Certification::as_select())
        .load(c)?)
}
