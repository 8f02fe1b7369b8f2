//! Who gets in where clauses are written, signed and counted: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Anyone, Only};
use crate::matrix::{EDIT, EXPORT, OF_A_SUPPLIER, READ, READ_BY_PROGRAM};

/// Who drafts clauses, who reviews their wording, and who publishes them.
const DRAFT: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);
const REVIEW: Who = Only(&[LegalOfficer]);
const PUBLISH: Who = Only(&[Approver, LegalOfficer]);
/// Who makes sure that people are who they say.
const AUTHENTICATE: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);
const REQUEST: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 5] = [CLAUSES, SIGNING, PROOF, COVERAGE, HELD];

/// Method and path of every route of clauses and their versions, and who gets in.
const CLAUSES: &[(&str, Who)] = &[
    ("GET /clauses", READ),
    ("POST /clauses", DRAFT),
    ("POST /clauses/starting", DRAFT),
    ("GET /clauses/new", DRAFT),
    ("GET /clauses/<id>", READ),
    ("GET /clauses/<id>/draft", DRAFT),
    ("POST /clauses/<id>/draft", DRAFT),
    ("GET /clause-versions/<id>", READ),
    ("GET /clause-versions/<id>/edit", DRAFT),
    ("POST /clause-versions/<id>/edit", DRAFT),
    ("GET /clause-versions/<id>/changes", READ),
    ("GET /clause-versions/<id>/text/<language>", READ),
    ("POST /clause-versions/<id>/review", REVIEW),
    ("POST /clause-versions/<id>/return", REVIEW),
    ("POST /clause-versions/<id>/publication", PUBLISH),
    ("POST /clause-versions/<id>/discarding", DRAFT),
    ("POST /clause-versions/<id>/withdrawal", PUBLISH),
    ("GET /api/v1/clauses", READ_BY_PROGRAM),
    ("GET /api/v1/clauses/<id>", READ_BY_PROGRAM),
];

/// The same of the portal and of the right to sign.
const SIGNING: &[(&str, Who)] = &[
    ("GET /portal/clauses", OF_A_SUPPLIER),
    ("GET /portal/clauses/signing", OF_A_SUPPLIER),
    ("POST /portal/clauses/signing", OF_A_SUPPLIER),
    ("GET /portal/clauses/<version>", OF_A_SUPPLIER),
    ("POST /portal/clauses/<version>/signature", OF_A_SUPPLIER),
    ("GET /portal/clauses/<version>/text/<language>", OF_A_SUPPLIER),
    ("GET /portal/signatures/<id>", OF_A_SUPPLIER),
    ("GET /portal/signatures/<id>/receipt", OF_A_SUPPLIER),
    ("POST /portal/signing-rights", OF_A_SUPPLIER),
    ("GET /signing-rights", AUTHENTICATE),
    ("GET /signing-rights/<id>", AUTHENTICATE),
    ("POST /signing-rights/<id>/grant", AUTHENTICATE),
    ("POST /signing-rights/<id>/refusal", AUTHENTICATE),
    ("POST /signing-rights/<id>/revocation", AUTHENTICATE),
    ("GET /suppliers/<id>/signing-rights/new", AUTHENTICATE),
    ("POST /suppliers/<id>/signing-rights", AUTHENTICATE),
];

/// The same of keys, checkpoints and verification.
const PROOF: &[(&str, Who)] = &[
    ("GET /keys", Anyone),
    ("GET /keys.json", Anyone),
    ("GET /checkpoints", Only(&[Auditor])),
    ("GET /checkpoints/<id>/statement", Only(&[Auditor])),
];

/// The same of coverage and requests.
const COVERAGE: &[(&str, Who)] = &[
    ("GET /clauses/coverage", READ),
    ("GET /clauses/coverage/export/<format>", EXPORT),
    ("GET /clauses/coverage/figures/<format>", READ),
    ("GET /clauses/coverage/requests", REQUEST),
    ("POST /clauses/coverage/requests", REQUEST),
    ("POST /suppliers/<id>/clause-requests", REQUEST),
    ("GET /api/v1/clause-coverage", READ_BY_PROGRAM),
    ("GET /api/v1/clause-coverage/companies", READ_BY_PROGRAM),
];

/// The same of what is recorded of a company.
const HELD: &[(&str, Who)] = &[
    ("GET /suppliers/<id>/clauses", READ),
    ("GET /suppliers/<id>/paper-signatures/new", RECORD),
    ("POST /suppliers/<id>/paper-signatures", RECORD),
    ("POST /suppliers/<id>/clause-exceptions", LEGAL),
    ("POST /clause-exceptions/<id>/end", LEGAL),
    ("POST /suppliers/<id>/data-access", EDIT),
    ("POST /suppliers/<id>/data-access/end", EDIT),
    ("GET /signatures", READ),
    ("GET /signatures/export/<format>", EXPORT),
    ("GET /signatures/<id>", READ),
    ("GET /signatures/<id>/receipt", READ),
    ("POST /signatures/<id>/voiding", LEGAL),
    ("GET /api/v1/suppliers/<id>/signatures", READ_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/clauses", READ_BY_PROGRAM),
    ("GET /api/v1/signatures/<id>", READ_BY_PROGRAM),
];

const RECORD: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);
const LEGAL: Who = Only(&[LegalOfficer]);
