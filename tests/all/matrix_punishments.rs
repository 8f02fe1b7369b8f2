//! Who gets in where wrongs are punished: see `matrix`.

use touchstone::access::Role::*;

use crate::matrix::OF_A_SUPPLIER;
use crate::matrix::Who::{self, Only};

/// Who sees cases, and what is held against companies. Nobody else sees a trace.
const SEE: Who = Only(&[Approver, LegalOfficer, EthicsOfficer, Auditor]);
/// Who opens cases, votes on them, and decides on companies that share something with punished ones.
const ACT: Who = Only(&[Approver, LegalOfficer, EthicsOfficer]);
/// Who serves notices, and drafts standards.
const LEGAL: Who = Only(&[LegalOfficer]);
/// Programs with a token of somebody who sees cases.
const SEE_BY_PROGRAM: Who = Who::Program(&[Approver, LegalOfficer, EthicsOfficer, Auditor]);
/// Who publishes standards.
const PUBLISH: Who = Only(&[Approver, LegalOfficer]);

/// Every table of this file.
pub const ALL: [&[(&str, Who)]; 6] = [STANDARDS, CASES, BALLOTS, MEMBERS, EVASION, FIGURES];

/// Standards and their versions.
const STANDARDS: &[(&str, Who)] = &[
    ("GET /punishment-standards", SEE),
    ("POST /punishment-standards/usual", LEGAL),
    ("POST /punishment-standards/draft", LEGAL),
    ("GET /punishment-standard-versions/<id>", SEE),
    ("GET /punishment-standard-versions/<id>/changes", SEE),
    ("GET /punishment-standard-versions/<id>/edit", LEGAL),
    ("POST /punishment-standard-versions/<id>/edit", LEGAL),
    ("GET /punishment-standard-versions/<id>/lines/new", LEGAL),
    ("POST /punishment-standard-versions/<id>/lines", LEGAL),
    ("GET /punishment-standard-versions/<id>/lines/<line>/edit", LEGAL),
    ("POST /punishment-standard-versions/<id>/lines/<line>/edit", LEGAL),
    ("POST /punishment-standard-versions/<id>/lines/<line>/removal", LEGAL),
    ("POST /punishment-standard-versions/<id>/publication", PUBLISH),
    ("POST /punishment-standard-versions/<id>/discarding", LEGAL),
    ("POST /punishment-standard-versions/<id>/withdrawal", PUBLISH),
    ("GET /portal/punishment-standards", crate::matrix::OF_A_SUPPLIER),
    (
        "GET /api/v1/punishment-standards",
        Who::Program(&[Approver, LegalOfficer, EthicsOfficer, Auditor]),
    ),
    (
        "GET /api/v1/punishment-standards/<id>",
        Who::Program(&[Approver, LegalOfficer, EthicsOfficer, Auditor]),
    ),
];

/// Cases, on both sides.
const CASES: &[(&str, Who)] = &[
    ("GET /punishments", SEE),
    ("POST /punishments", ACT),
    ("GET /punishments/new", ACT),
    ("GET /punishments/export/<format>", SEE),
    ("GET /punishments/<id>", SEE),
    ("POST /punishments/<id>/notice", LEGAL),
    ("POST /punishments/<id>/withdrawal", ACT),
    ("POST /punishments/<id>/interims", LEGAL),
    ("POST /punishments/<id>/interims/<interim>/review", ACT),
    ("POST /punishments/<id>/interims/<interim>/ending", LEGAL),
    ("POST /punishments/<id>/corrections", ACT),
    ("GET /suppliers/<id>/punishments", SEE),
    ("GET /portal/measures", OF_A_SUPPLIER),
    ("GET /portal/measures/<id>", OF_A_SUPPLIER),
    ("GET /portal/measures/<id>/reply", OF_A_SUPPLIER),
    ("POST /portal/measures/<id>/reply", OF_A_SUPPLIER),
    ("GET /api/v1/punishments", SEE_BY_PROGRAM),
    ("GET /api/v1/punishments/<id>", SEE_BY_PROGRAM),
];

/// Ballots, appeals, early ends.
const BALLOTS: &[(&str, Who)] = &[
    ("POST /punishments/<id>/ballots", ACT),
    ("POST /punishments/<id>/ballots/<number>/votes", ACT),
    ("POST /punishments/<id>/reentry", ACT),
    ("POST /portal/measures/<id>/appeal", crate::matrix::OF_A_SUPPLIER),
    ("POST /portal/measures/<id>/release", crate::matrix::OF_A_SUPPLIER),
];

/// Companies of the group.
const MEMBERS: &[(&str, Who)] = &[
    ("GET /punishments/<id>/members/<member>/settling", ACT),
    ("POST /punishments/<id>/members/<member>/settling", ACT),
];

/// Companies that share something.
const EVASION: &[(&str, Who)] = &[
    ("GET /evasion-links", SEE),
    ("GET /evasion-links/<id>", SEE),
    ("POST /evasion-links/<id>/settling", ACT),
    ("GET /api/v1/evasion-links", Who::Program(&[Approver, LegalOfficer, EthicsOfficer, Auditor])),
];

/// Figures.
const FIGURES: &[(&str, Who)] = &[
    ("GET /punishment-figures", SEE),
    ("GET /punishment-figures/cases", SEE),
    ("GET /punishment-figures/export/<format>", SEE),
    (
        "GET /api/v1/reports/punishments",
        Who::Program(&[Approver, LegalOfficer, EthicsOfficer, Auditor]),
    ),
];
