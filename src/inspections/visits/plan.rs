//! An inspection that no plan asks for: around a contract, a delivery, a complaint.

use serde::Deserialize;
use validator::Validate;

use super::{New, create};
use crate::access::{May, right};
use crate::categories;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::checklists::in_force;
use crate::inspections::{Inspection, Kind};
use crate::suppliers::{find, sites};
use crate::values::now;

/// The kinds that are made by hand: a sample is drawn.
pub const BY_HAND: [Kind; 3] = [Kind::Project, Kind::CodeOfConduct, Kind::InformationSecurity];

/// The form of a new inspection.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct NewInput {
    #[validate(length(max = 40))]
    pub kind: String,
    /// The contract, the delivery, the complaint.
    #[validate(length(max = 1000))]
    pub reason: String,
    /// Id of a version of a checklist that is in force.
    #[validate(length(max = 40))]
    pub checklist: String,
    /// Id of a category that the company offers, or "".
    #[validate(length(max = 40))]
    pub category: String,
    /// Id of an open site of the company, or "".
    #[validate(length(max = 40))]
    pub site: String,
}

/// Makes an inspection of a company for a reason of its own.
pub fn plan(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    supplier_id: &str,
    input: &NewInput,
) -> Result<Inspection, Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let mut problems = Problems::default();
    let kind = Kind::parse(&input.kind).filter(|kind| BY_HAND.contains(kind));
    if kind.is_none() {
        problems.add(Problem::new("kind", "unknown_choice"));
    }
    let reason = input.reason.trim();
    if reason.is_empty() {
        problems.add(Problem::new("reason", "missing"));
    }
    let versions = in_force(c, now().date())?;
    if !versions.iter().any(|(version, _)| version.id == input.checklist) {
        problems.add(Problem::new("checklist", "unknown_choice"));
    }
    let category = chosen(&input.category);
    let offered = categories::of_supplier(c, supplier_id)?;
    if category.as_ref().is_some_and(|id| !offered.iter().any(|one| one.id == *id)) {
        problems.add(Problem::new("category", "unknown_choice"));
    }
    let site = chosen(&input.site);
    let open = sites::of(c, supplier_id)?;
    if site.as_ref().is_some_and(|id| !open.iter().any(|one| one.id == *id)) {
        problems.add(Problem::new("site", "unknown_choice"));
    }
    problems.into_result()?;
    let new = New {
        kind: kind.unwrap_or(Kind::Project),
        reason: reason.into(),
        checklist_version_id: input.checklist.clone(),
        plan_id: None,
        entry_id: None,
        category_id: category,
        site_id: site,
    };
    create(c, by, &supplier, new)
}

fn chosen(field: &str) -> Option<String> {
    Some(field.trim()).filter(|id| !id.is_empty()).map(str::to_string)
}
