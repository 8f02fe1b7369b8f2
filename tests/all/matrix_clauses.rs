//! Who gets in where clauses are written, signed and counted: see `matrix`.

use touchstone::access::Role::{Approver, LegalOfficer, ProcurementOfficer};

use crate::matrix::{OF_A_SUPPLIER, Who};

/// Who makes sure that people are who they say.
const AUTHENTICATE: Who = Who::Only(&[ProcurementOfficer, Approver, LegalOfficer]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 5] = [CLAUSES, SIGNING, PROOF, COVERAGE, HELD];

/// Method and path of every route of clauses and their versions, and who gets in.
const CLAUSES: &[(&str, Who)] = &[];

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
const PROOF: &[(&str, Who)] = &[];

/// The same of coverage and requests.
const COVERAGE: &[(&str, Who)] = &[];

/// The same of what is recorded of a company.
const HELD: &[(&str, Who)] = &[];
