//! Who gets in on the way from a need to an introduced supplier: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Anyone, Only};
use crate::matrix::{DECIDE, EDIT, OF_A_SUPPLIER, OPEN_NUMBERS, READ};

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

const READ_LETTERS: Who = Only(&[ProcurementOfficer, Approver, Auditor, Administrator]);
const SEND_LETTERS: Who = Only(&[ProcurementOfficer, Approver, Administrator]);
const READ_DOCUMENTS: Who = Only(&[
    ProcurementOfficer,
    Approver,
    Inspector,
    EsgAnalyst,
    LegalOfficer,
    EthicsOfficer,
    Auditor,
]);

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
    ("GET /portal/documents", OF_A_SUPPLIER),
    ("POST /portal/documents", OF_A_SUPPLIER),
    ("GET /portal/documents/<id>", OF_A_SUPPLIER),
    ("POST /portal/documents/<id>/removal", OF_A_SUPPLIER),
    ("GET /suppliers/<id>/documents", READ_DOCUMENTS),
    ("POST /suppliers/<id>/documents", EDIT),
    ("POST /suppliers/<id>/documents/<document>/removal", EDIT),
    ("GET /documents/<id>", READ_DOCUMENTS),
    ("GET /portal/registration", OF_A_SUPPLIER),
    ("GET /portal/registration/<section>", OF_A_SUPPLIER),
    ("POST /portal/registration/<section>", OF_A_SUPPLIER),
    ("GET /portal/registration/check", OF_A_SUPPLIER),
    ("GET /portal/registration/download", OF_A_SUPPLIER),
    ("POST /portal/registration/submission", OF_A_SUPPLIER),
    ("POST /portal/registration/withdrawal", Only(&[SupplierOwner])),
    ("POST /portal/changes", OF_A_SUPPLIER),
    ("GET /messages", READ_LETTERS),
    ("POST /messages/trial", SEND_LETTERS),
    ("GET /messages/<id>", READ_LETTERS),
    ("POST /messages/<id>/opening", SEND_LETTERS),
    ("POST /messages/<id>/retry", SEND_LETTERS),
];
