//! Who gets in on the way from a need to an introduced supplier: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Anyone, Only};
use crate::matrix::{DECIDE, EDIT, OPEN_NUMBERS, READ};

const PROPOSE: Who = Only(&[
    ProcurementOfficer,
    Approver,
    Inspector,
    EsgAnalyst,
    LegalOfficer,
    EthicsOfficer,
    ReportingStaff,
]);
const SCREEN: Who = Only(&[ProcurementOfficer, Approver, EsgAnalyst]);

/// Method and path of every route of onboarding, and who gets in.
pub const ONBOARDING: &[(&str, Who)] = &[
    ("GET /become-a-supplier", Anyone),
    ("POST /become-a-supplier", Anyone),
    ("GET /become-a-supplier/received", Anyone),
    ("GET /needs", READ),
    ("GET /needs/new", EDIT),
    ("POST /needs/new", EDIT),
    ("GET /needs/<id>", READ),
    ("GET /needs/<id>/edit", EDIT),
    ("POST /needs/<id>/edit", EDIT),
    ("POST /needs/<id>/closing", EDIT),
    ("POST /needs/<id>/reopening", EDIT),
    ("GET /needs/<id>/comparison", READ),
    ("GET /needs/<id>/candidates/new", PROPOSE),
    ("POST /needs/<id>/candidates", PROPOSE),
    ("GET /candidates", READ),
    ("GET /candidates/<id>", READ),
    ("POST /candidates/<id>/screening", SCREEN),
    ("POST /candidates/<id>/phone", OPEN_NUMBERS),
    ("POST /candidates/<id>/decision", DECIDE),
    ("POST /candidates/<id>/release", DECIDE),
    ("POST /candidates/<id>/withdrawal", PROPOSE),
];
