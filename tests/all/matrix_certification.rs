//! Who gets in where companies are certified: see `matrix`.

#![allow(unused, reason = "lines are still to come")]

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Only};
use crate::matrix::{EXPORT, OF_A_SUPPLIER, READ, READ_BY_PROGRAM};

/// Who drafts standards, and who publishes them.
const DRAFT: Who = Only(&[ProcurementOfficer, Approver, EsgAnalyst]);
const PUBLISH: Who = Only(&[Approver, LegalOfficer]);
/// Who records certificates and applications.
const RECORD: Who = Only(&[ProcurementOfficer, Approver]);
/// Who checks and audits, and who decides.
const AUDIT: Who = Only(&[ProcurementOfficer, Approver, Inspector, EsgAnalyst]);
const CERTIFY: Who = Only(&[Approver]);
const AUTHENTICATE: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);
const READ_JOBS: Who = Only(&[Auditor, Administrator]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 5] = [STANDARDS, CERTIFICATES, CERTIFICATIONS, AUDITS, CLOCK];

/// Method and path of every route of standards and the matrix, and who gets in.
const STANDARDS: &[(&str, Who)] = &[];

/// The same of certificates.
const CERTIFICATES: &[(&str, Who)] = &[];

/// The same of category certification.
const CERTIFICATIONS: &[(&str, Who)] = &[];

/// The same of basic audits and authentication.
const AUDITS: &[(&str, Who)] = &[
    ("POST /suppliers/<id>/basic-audits", AUDIT),
    ("GET /basic-audits", READ),
    ("GET /basic-audits/<id>", READ),
    ("GET /basic-audits/export/<format>", EXPORT),
    ("POST /basic-audits/<id>/sections/<section>", AUDIT),
    ("POST /basic-audits/<id>/proposal", AUDIT),
    ("POST /basic-audits/<id>/decision", CERTIFY),
    ("POST /basic-audits/<id>/withdrawal", AUDIT),
    ("POST /basic-audits/<id>/revocation", CERTIFY),
    ("GET /suppliers/<id>/authentications/new", AUTHENTICATE),
    ("POST /suppliers/<id>/authentications", AUTHENTICATE),
    ("GET /authentications", READ),
    ("GET /authentications/<id>", READ),
    ("POST /authentications/<id>/verification", AUTHENTICATE),
    ("POST /authentications/<id>/statement", AUTHENTICATE),
    ("POST /authentications/<id>/opening", AUTHENTICATE),
    ("POST /authentications/<id>/failure", AUTHENTICATE),
    ("POST /authentications/<id>/withdrawal", AUTHENTICATE),
    ("POST /authentications/<id>/revocation", AUTHENTICATE),
    ("GET /portal/authentications/<id>", OF_A_SUPPLIER),
    ("POST /portal/authentications/<id>/answer", OF_A_SUPPLIER),
    ("GET /api/v1/suppliers/<id>/authentications", READ_BY_PROGRAM),
    ("GET /api/v1/basic-audits", READ_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/basic-audits", READ_BY_PROGRAM),
];

/// The same of what the server does by the clock.
const CLOCK: &[(&str, Who)] = &[];
