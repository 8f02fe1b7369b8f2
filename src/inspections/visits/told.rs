//! What is around an inspection: its plan and draw, its findings, what followed from them.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::findings::Finding;
use crate::inspections::plans::{self, Plan};
use crate::inspections::results::Led;
use crate::schema::{draw_entries, findings, inspection_effects};

/// The plan of an inspection.
pub fn plan_of(c: &mut AnyConnection, inspection: &Inspection) -> Result<Option<Plan>, Error> {
    inspection.plan_id.as_deref().map(|id| plans::find(c, id)).transpose()
}

/// Id of the draw that chose the company.
pub fn draw_of(c: &mut AnyConnection, inspection: &Inspection) -> Result<Option<String>, Error> {
    let Some(entry) = &inspection.entry_id else { return Ok(None) };
    Ok(draw_entries::table.find(entry).select(draw_entries::draw_id).first(c).optional()?)
}

/// The findings of an inspection, in the order of their numbers.
pub fn findings_of(c: &mut AnyConnection, inspection_id: &str) -> Result<Vec<Finding>, Error> {
    Ok(findings::table
        .filter(findings::inspection_id.eq(inspection_id))
        .order(findings::number)
        .select(Finding::as_select())
        .load(c)?)
}

/// What the rules made of the findings of an inspection, the oldest first.
pub fn effects_of(c: &mut AnyConnection, inspection_id: &str) -> Result<Vec<Led>, Error> {
    Ok(inspection_effects::table
        .filter(inspection_effects::inspection_id.eq(inspection_id))
        .order(inspection_effects::id)
        .limit(500)
        .select(Led::as_select())
        .load(c)?)
}
