//! Who gets in where companies are certified: see `matrix`.

#![allow(unused, reason = "lines are still to come")]

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Only, Program};
use crate::matrix::{EDIT_BY_PROGRAM, EXPORT, OF_A_SUPPLIER, READ, READ_BY_PROGRAM};

/// Who drafts standards, and who publishes them.
const DRAFT: Who = Only(&[ProcurementOfficer, Approver, EsgAnalyst]);
const PUBLISH: Who = Only(&[Approver, LegalOfficer]);
/// Who records certificates and applications.
const RECORD: Who = Only(&[ProcurementOfficer, Approver]);
/// Who checks and audits, and who decides.
const AUDIT: Who = Only(&[ProcurementOfficer, Approver, Inspector, EsgAnalyst]);
const CERTIFY: Who = Only(&[Approver]);
const AUDIT_BY_PROGRAM: Who = Program(&[ProcurementOfficer, Approver, Inspector, EsgAnalyst]);
const CERTIFY_BY_PROGRAM: Who = Program(&[Approver]);
const AUTHENTICATE: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);
const READ_JOBS: Who = Only(&[Auditor, Administrator]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 5] = [STANDARDS, CERTIFICATES, CERTIFICATIONS, AUDITS, CLOCK];

/// Method and path of every route of standards and the matrix, and who gets in.
const STANDARDS: &[(&str, Who)] = &[
    ("GET /standards", READ),
    ("POST /standards", DRAFT),
    ("GET /standards/new", DRAFT),
    ("GET /standards/<id>", READ),
    ("GET /standards/<id>/edit", DRAFT),
    ("POST /standards/<id>/edit", DRAFT),
    ("POST /standards/<id>/publication", PUBLISH),
    ("POST /standards/<id>/discarding", DRAFT),
    ("POST /standards/<id>/withdrawal", PUBLISH),
    ("GET /api/v1/standards", READ_BY_PROGRAM),
    ("GET /api/v1/standards/<id>", READ_BY_PROGRAM),
    ("GET /certification", READ),
    ("GET /certification/export/<format>", EXPORT),
];

/// The same of certificates.
const CERTIFICATES: &[(&str, Who)] = &[
    ("GET /certificates", READ),
    ("GET /certificates/export/<format>", EXPORT),
    ("GET /certificates/<id>", READ),
    ("POST /certificates/<id>/acceptance", AUDIT),
    ("POST /certificates/<id>/return", AUDIT),
    ("POST /certificates/<id>/refusal", AUDIT),
    ("POST /certificates/<id>/withdrawal", CERTIFY),
    ("POST /certificates/<id>/correction", RECORD),
    ("GET /suppliers/<id>/certificates/new", RECORD),
    ("POST /suppliers/<id>/certificates", RECORD),
    ("GET /portal/certificates/new", OF_A_SUPPLIER),
    ("POST /portal/certificates", OF_A_SUPPLIER),
    ("GET /portal/certificates/<id>", OF_A_SUPPLIER),
    ("POST /portal/certificates/<id>/correction", OF_A_SUPPLIER),
    ("POST /portal/certificates/<id>/removal", OF_A_SUPPLIER),
    ("GET /api/v1/certificates", READ_BY_PROGRAM),
    ("GET /api/v1/certificates/<id>", READ_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/certificates", READ_BY_PROGRAM),
    ("POST /api/v1/suppliers/<id>/certificates", EDIT_BY_PROGRAM),
    ("POST /api/v1/certificates/<id>/acceptance", AUDIT_BY_PROGRAM),
    ("POST /api/v1/certificates/<id>/return", AUDIT_BY_PROGRAM),
    ("POST /api/v1/certificates/<id>/refusal", AUDIT_BY_PROGRAM),
    ("POST /api/v1/certificates/<id>/withdrawal", CERTIFY_BY_PROGRAM),
];

/// The same of category certification.
const CERTIFICATIONS: &[(&str, Who)] = &[
    ("GET /suppliers/<id>/certification", READ),
    ("POST /suppliers/<id>/certifications", RECORD),
    ("GET /certifications/<id>", READ),
    ("POST /certifications/<id>/checks", AUDIT),
    ("POST /certifications/<id>/return", AUDIT),
    ("POST /certifications/<id>/answer", RECORD),
    ("POST /certifications/<id>/recommendation", AUDIT),
    ("POST /certifications/<id>/decision", CERTIFY),
    ("POST /certifications/<id>/suspension", CERTIFY),
    ("POST /certifications/<id>/lifting", CERTIFY),
    ("POST /certifications/<id>/revocation", CERTIFY),
    ("POST /certifications/<id>/withdrawal", RECORD),
    ("GET /portal/certification", OF_A_SUPPLIER),
    ("POST /portal/certifications", OF_A_SUPPLIER),
    ("POST /portal/certifications/<id>/answer", OF_A_SUPPLIER),
    ("POST /portal/certifications/<id>/withdrawal", OF_A_SUPPLIER),
    ("GET /api/v1/certifications", READ_BY_PROGRAM),
    ("GET /api/v1/certifications/<id>", READ_BY_PROGRAM),
    ("POST /api/v1/suppliers/<id>/certifications", EDIT_BY_PROGRAM),
    ("POST /api/v1/certifications/<id>/decision", CERTIFY_BY_PROGRAM),
    ("POST /api/v1/certifications/<id>/suspension", CERTIFY_BY_PROGRAM),
    ("POST /api/v1/certifications/<id>/lifting", CERTIFY_BY_PROGRAM),
    ("POST /api/v1/certifications/<id>/revocation", CERTIFY_BY_PROGRAM),
];

/// The same of basic audits and authentication.
const AUDITS: &[(&str, Who)] = &[];

/// The same of what the server does by the clock.
const CLOCK: &[(&str, Who)] = &[
    ("GET /calendar", READ),
    ("GET /calendar.ics", READ),
    ("GET /jobs", READ_JOBS),
    ("GET /suppliers/<id>/owner", RECORD),
    ("POST /suppliers/<id>/owner", RECORD),
    ("GET /api/v1/expiries", READ_BY_PROGRAM),
];
