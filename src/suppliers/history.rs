//! What a company was called, where it stood and where it was, over time.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Stage;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::supplier_versions;
use crate::values::forever;

/// One period in the life of a company.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = supplier_versions)]
pub struct Version {
    pub valid_from: NaiveDateTime,
    pub valid_to: NaiveDateTime,
    pub legal_name: String,
    pub stage: Stage,
    pub area: String,
}

impl Version {
    pub fn is_current(&self) -> bool {
        self.valid_to == forever()
    }
}

/// The periods of a company, newest first, at most 100.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Version>, Error> {
    Ok(supplier_versions::table
        .filter(supplier_versions::supplier_id.eq(supplier_id))
        .order(supplier_versions::valid_from.desc())
        .limit(100)
        .select(Version::as_select())
        .load(c)?)
}
