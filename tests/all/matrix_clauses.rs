//! Who gets in where clauses are written, signed and counted: see `matrix`.

use touchstone::access::Role::{Approver, LegalOfficer, ProcurementOfficer};

use crate::matrix::Who::{self, Only};
use crate::matrix::{EXPORT, READ, READ_BY_PROGRAM};

const REQUEST: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 5] = [CLAUSES, SIGNING, PROOF, COVERAGE, HELD];

/// Method and path of every route of clauses and their versions, and who gets in.
const CLAUSES: &[(&str, Who)] = &[];

/// The same of the portal and of the right to sign.
const SIGNING: &[(&str, Who)] = &[];

/// The same of keys, checkpoints and verification.
const PROOF: &[(&str, Who)] = &[];

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
const HELD: &[(&str, Who)] = &[];
