//! Who gets in where wrongs are punished: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Only};

/// Who sees cases, and what is held against companies. Nobody else sees a trace.
const SEE: Who = Only(&[Approver, LegalOfficer, EthicsOfficer, Auditor]);
/// Who opens cases, votes on them, and decides on companies that share something with punished ones.
const ACT: Who = Only(&[Approver, LegalOfficer, EthicsOfficer]);
/// Who serves notices, and drafts standards.
const LEGAL: Who = Only(&[LegalOfficer]);
/// Who publishes standards.
const PUBLISH: Who = Only(&[Approver, LegalOfficer]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 6] = [STANDARDS, CASES, BALLOTS, MEMBERS, EVASION, FIGURES];

/// Standards and their versions.
const STANDARDS: &[(&str, Who)] = &[];

/// Cases, on both sides.
const CASES: &[(&str, Who)] = &[];

/// Ballots, appeals, early ends.
const BALLOTS: &[(&str, Who)] = &[];

/// Companies of the group.
const MEMBERS: &[(&str, Who)] = &[];

/// Companies that share something.
const EVASION: &[(&str, Who)] = &[];

/// Figures.
const FIGURES: &[(&str, Who)] = &[];
