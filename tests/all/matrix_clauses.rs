//! Who gets in where clauses are written, signed and counted: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Only};
use crate::matrix::{EDIT, EXPORT, READ, READ_BY_PROGRAM};

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 5] = [CLAUSES, SIGNING, PROOF, COVERAGE, HELD];

/// Method and path of every route of clauses and their versions, and who gets in.
const CLAUSES: &[(&str, Who)] = &[];

/// The same of the portal and of the right to sign.
const SIGNING: &[(&str, Who)] = &[];

/// The same of keys, checkpoints and verification.
const PROOF: &[(&str, Who)] = &[];

/// The same of coverage and requests.
const COVERAGE: &[(&str, Who)] = &[];

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
