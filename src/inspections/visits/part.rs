//! Who had a part in an inspection, and so decides nothing that follows from it.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{findings, inspection_declarations, inspection_results, inspections};

/// Whether somebody inspected: is or was named as the inspector and ready to go, wrote down a result, or
/// raised a finding. Nobody verifies their own work, or decides what follows from it.
pub fn had_part(
    c: &mut AnyConnection,
    inspection_id: &str,
    account_id: &str,
) -> Result<bool, Error> {
    let named = inspections::table
        .filter(inspections::id.eq(inspection_id))
        .filter(inspections::inspector_id.eq(account_id));
    let wrote = inspection_results::table
        .filter(inspection_results::inspection_id.eq(inspection_id))
        .filter(inspection_results::recorded_by.eq(account_id));
    let raised = findings::table
        .filter(findings::inspection_id.eq(inspection_id))
        .filter(findings::raised_by.eq(account_id));
    // Whoever could inspect has said that they have no conflict of interest: that is never written over.
    let declared = inspection_declarations::table
        .filter(inspection_declarations::inspection_id.eq(inspection_id))
        .filter(inspection_declarations::account_id.eq(account_id))
        .filter(inspection_declarations::has_conflict.eq(false));
    let had_part = exists(named).or(exists(wrote)).or(exists(raised)).or(exists(declared));
    Ok(diesel::select(had_part).get_result(c)?)
}
