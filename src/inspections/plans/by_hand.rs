//! Companies of a plan are named by hand, one at a time.

use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Method, Status, find, start};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::inspections::draws::roster;
use crate::inspections::visits::{self, New};
use crate::inspections::{Inspection, Status as Visit};
use crate::schema::inspections;
use crate::suppliers::groups::lookup::company_of;

/// The company that somebody names.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct NamedInput {
    /// "S-000123", or an identifier of it.
    #[validate(length(max = 100))]
    pub company: String,
}

/// Makes an inspection of the named company under a plan for which nothing is drawn.
pub fn name(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    id: &str,
    input: &NamedInput,
) -> Result<Inspection, Error> {
    let plan = find(c, id)?;
    if plan.sampling().method() != Method::ByHand {
        return Err(Error::Conflict("conflict-plan-is-drawn"));
    }
    if !plan.is_open() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let Some(supplier) = company_of(c, by.scope(), &input.company)? else {
        return Err(Problems::one("company", "supplier_number").into());
    };
    let named = inspections::table
        .filter(inspections::plan_id.eq(id))
        .filter(inspections::supplier_id.eq(&supplier.id))
        .filter(inspections::status.ne(Visit::Cancelled));
    if diesel::select(exists(named)).get_result(c)? {
        return Err(Problems::one("company", "plan_named_already").into());
    }
    let category = roster::category_for(c, &plan.scope(), &supplier.id)?;
    let new = New {
        kind: plan.kind,
        reason: String::new(),
        checklist_version_id: plan.checklist_version_id.clone(),
        plan_id: Some(plan.id.clone()),
        entry_id: None,
        category_id: category,
        site_id: None,
    };
    let inspection = visits::create(c, by, &supplier, new)?;
    if plan.status == Status::Draft {
        start(c, id)?;
    }
    let details = json!({ "chosen_company": supplier.code(), "inspection": inspection.code() });
    audit::append(c, by.actor(), "inspection_plan.named", ("inspection_plan", id), details)?;
    Ok(inspection)
}
