//! Who gets in where clauses are written, signed and counted: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Anyone, Only};

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 5] = [CLAUSES, SIGNING, PROOF, COVERAGE, HELD];

/// Method and path of every route of clauses and their versions, and who gets in.
const CLAUSES: &[(&str, Who)] = &[];

/// The same of the portal and of the right to sign.
const SIGNING: &[(&str, Who)] = &[];

/// The same of keys, checkpoints and verification.
const PROOF: &[(&str, Who)] = &[
    ("GET /keys", Anyone),
    ("GET /keys.json", Anyone),
    ("GET /checkpoints", Only(&[Auditor])),
    ("GET /checkpoints/<id>/statement", Only(&[Auditor])),
];

/// The same of coverage and requests.
const COVERAGE: &[(&str, Who)] = &[];

/// The same of what is recorded of a company.
const HELD: &[(&str, Who)] = &[];
