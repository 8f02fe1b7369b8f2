//! Who gets in where inspections are planned, made and answered: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Only};
use crate::matrix::{EXPORT, OF_A_SUPPLIER, READ, READ_BY_PROGRAM};

/// Who drafts checklists, and who publishes them.
const DRAFT_CHECKLISTS: Who =
    Only(&[ProcurementOfficer, Approver, Inspector, EsgAnalyst, LegalOfficer]);
const PUBLISH_CHECKLISTS: Who = Only(&[Approver, LegalOfficer]);
/// Who drafts the rules of results, who publishes them, and who decides what they propose.
const DRAFT_RULES: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);
const PUBLISH_RULES: Who = Only(&[Approver, LegalOfficer]);
const DECIDE_RESULTS: Who = Only(&[Approver, LegalOfficer]);

/// Who says how much a company's failure would harm.
const RATE: Who = Only(&[ProcurementOfficer, Approver, EsgAnalyst]);
/// Who plans inspections and draws samples.
const PLAN: Who = Only(&[ProcurementOfficer, Approver]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 6] = [CHECKLISTS, PLANS, VISITS, FINDINGS, RESULTS, FIGURES];

/// Checklists and their versions.
const CHECKLISTS: &[(&str, Who)] = &[
    ("GET /checklists", READ),
    ("POST /checklists", DRAFT_CHECKLISTS),
    ("POST /checklists/starting", DRAFT_CHECKLISTS),
    ("GET /checklists/new", DRAFT_CHECKLISTS),
    ("GET /checklists/<id>", READ),
    ("POST /checklists/<id>/draft", DRAFT_CHECKLISTS),
    ("GET /checklist-versions/<id>", READ),
    ("GET /checklist-versions/<id>/edit", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/edit", DRAFT_CHECKLISTS),
    ("GET /checklist-versions/<id>/items/new", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/items", DRAFT_CHECKLISTS),
    ("GET /checklist-versions/<id>/items/<item>/edit", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/items/<item>/edit", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/items/<item>/raising", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/items/<item>/lowering", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/items/<item>/removal", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/publication", PUBLISH_CHECKLISTS),
    ("POST /checklist-versions/<id>/discarding", DRAFT_CHECKLISTS),
    ("POST /checklist-versions/<id>/withdrawal", PUBLISH_CHECKLISTS),
    ("GET /api/v1/checklists", READ_BY_PROGRAM),
    ("GET /api/v1/checklists/<id>", READ_BY_PROGRAM),
    ("GET /api/v1/checklist-versions/<id>", READ_BY_PROGRAM),
];

/// Risk tiers, plans and draws.
const PLANS: &[(&str, Who)] = &[
    ("GET /suppliers/<id>/risk-tier", READ),
    ("POST /suppliers/<id>/risk-tier", RATE),
    ("GET /inspection-plans", READ),
    ("POST /inspection-plans", PLAN),
    ("GET /inspection-plans/new", PLAN),
    ("GET /inspection-plans/<id>", READ),
    ("GET /inspection-plans/<id>/edit", PLAN),
    ("POST /inspection-plans/<id>/edit", PLAN),
    ("POST /inspection-plans/<id>/draw", PLAN),
    ("POST /inspection-plans/<id>/companies", PLAN),
    ("POST /inspection-plans/<id>/closing", PLAN),
    ("POST /inspection-plans/<id>/cancellation", PLAN),
    ("GET /draws/<id>", READ),
    ("GET /draws/<id>/roster", READ),
    ("GET /draws/<id>/file.json", READ),
    ("GET /draws/<id>/entries/<entry>", READ),
    ("POST /draws/<id>/entries/<entry>/replacement", PLAN),
    ("POST /draws/<id>/freezing", PLAN),
    ("POST /draws/<id>/revealing", PLAN),
    ("POST /draws/<id>/discarding", PLAN),
    ("GET /portal/draws", OF_A_SUPPLIER),
    ("GET /portal/draws/<id>", OF_A_SUPPLIER),
    ("GET /api/v1/inspection-plans", READ_BY_PROGRAM),
    ("GET /api/v1/inspection-plans/<id>", READ_BY_PROGRAM),
    ("GET /api/v1/draws/<id>", READ_BY_PROGRAM),
];

/// Who plans inspections and names who goes, and who goes.
const PLAN_VISITS: Who = Only(&[ProcurementOfficer, Approver]);
const GO: Who = Only(&[ProcurementOfficer, Inspector, EsgAnalyst, EthicsOfficer]);

/// Inspections, for staff and in the portal.
const VISITS: &[(&str, Who)] = &[
    ("GET /inspections", READ),
    ("GET /inspections/export/<format>", EXPORT),
    ("GET /inspections/<id>", READ),
    ("GET /inspections/<id>/report", READ),
    ("GET /suppliers/<id>/inspections/new", PLAN_VISITS),
    ("POST /suppliers/<id>/inspections", PLAN_VISITS),
    ("POST /inspections/<id>/assignment", PLAN_VISITS),
    ("POST /inspections/<id>/cancellation", PLAN_VISITS),
    ("POST /inspections/<id>/declaration", GO),
    ("GET /inspections/<id>/visit", GO),
    ("POST /inspections/<id>/results/<item>", GO),
    ("POST /inspections/<id>/saved-results/<item>", GO),
    ("POST /inspections/<id>/facts", GO),
    ("POST /inspections/<id>/evidence", GO),
    ("POST /inspections/<id>/evidence/<evidence>/removal", GO),
    ("POST /inspections/<id>/sign-off", GO),
    ("GET /portal/inspections", OF_A_SUPPLIER),
    ("GET /portal/inspections/<id>", OF_A_SUPPLIER),
    ("GET /portal/inspections/<id>/report", OF_A_SUPPLIER),
    ("POST /portal/inspections/<id>/acknowledgement", OF_A_SUPPLIER),
    ("GET /api/v1/inspections", READ_BY_PROGRAM),
    ("GET /api/v1/inspections/<id>", READ_BY_PROGRAM),
];

/// Who verifies what companies did about findings.
const VERIFY: Who = Only(&[ProcurementOfficer, Approver, Inspector, EsgAnalyst, LegalOfficer]);

/// Findings, for staff and in the portal.
const FINDINGS: &[(&str, Who)] = &[
    ("GET /findings", READ),
    ("GET /findings/export/<format>", EXPORT),
    ("GET /findings/<id>", READ),
    ("POST /findings/<id>/closing", VERIFY),
    ("POST /findings/<id>/return", VERIFY),
    ("POST /findings/<id>/upholding", VERIFY),
    ("POST /findings/<id>/withdrawal", VERIFY),
    ("POST /findings/<id>/reopening", VERIFY),
    ("POST /findings/<id>/extension", VERIFY),
    ("GET /portal/findings", OF_A_SUPPLIER),
    ("GET /portal/findings/<id>", OF_A_SUPPLIER),
    ("GET /portal/findings/<id>/<act>", OF_A_SUPPLIER),
    ("POST /portal/findings/<id>/<act>", OF_A_SUPPLIER),
    ("POST /portal/findings/<id>/retraction", OF_A_SUPPLIER),
    ("GET /api/v1/findings", READ_BY_PROGRAM),
    ("GET /api/v1/findings/<id>", READ_BY_PROGRAM),
];

/// The rules of results, and what they have led to.
const RESULTS: &[(&str, Who)] = &[
    ("GET /result-rules", READ),
    ("POST /result-rules/usual", DRAFT_RULES),
    ("POST /result-rules/draft", DRAFT_RULES),
    ("GET /result-rules/<id>", READ),
    ("GET /result-rules/<id>/edit", DRAFT_RULES),
    ("POST /result-rules/<id>/edit", DRAFT_RULES),
    ("GET /result-rules/<id>/rules/new", DRAFT_RULES),
    ("POST /result-rules/<id>/rules", DRAFT_RULES),
    ("GET /result-rules/<id>/rules/<rule>/edit", DRAFT_RULES),
    ("POST /result-rules/<id>/rules/<rule>/edit", DRAFT_RULES),
    ("POST /result-rules/<id>/rules/<rule>/removal", DRAFT_RULES),
    ("POST /result-rules/<id>/publication", PUBLISH_RULES),
    ("POST /result-rules/<id>/discarding", DRAFT_RULES),
    ("POST /result-rules/<id>/withdrawal", PUBLISH_RULES),
    ("GET /inspection-effects", READ),
    ("GET /inspection-effects/<id>", READ),
    ("POST /inspection-effects/<id>/decision", DECIDE_RESULTS),
];

/// Figures.
const FIGURES: &[(&str, Who)] = &[
    ("GET /inspection-figures", READ),
    ("GET /inspection-figures/findings", READ),
    ("GET /inspection-figures/export/<format>", READ),
    ("GET /inspection-calendar", READ),
    ("GET /suppliers/<id>/inspections", READ),
    ("GET /api/v1/reports/inspections", READ_BY_PROGRAM),
];
