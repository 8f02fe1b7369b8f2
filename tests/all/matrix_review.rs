//! The table of [`crate::matrix`] for invitations, reviews and the people of a company.

use touchstone::access::Role::*;

use crate::matrix::Who::{self, Only};
use crate::matrix::{OF_A_SUPPLIER, READ};

const INVITE: Who = Only(&[ProcurementOfficer, Approver]);
const REVIEW: Who = Only(&[ProcurementOfficer, Approver]);
const INTRODUCE: Who = Only(&[Approver]);
const OWNER: Who = Only(&[SupplierOwner]);

/// Method and path of every route, and who gets in.
pub const ROUTES: &[(&str, Who)] = &[
    ("GET /suppliers/<id>/invitation/new", INVITE),
    ("POST /suppliers/<id>/invitations", INVITE),
    ("POST /suppliers/<id>/invitations/<invitation>/renewal", INVITE),
    ("POST /suppliers/<id>/invitations/<invitation>/revocation", INVITE),
    ("GET /suppliers/<id>/portal", READ),
    ("POST /suppliers/<id>/portal/people/<account>/role", INVITE),
    ("POST /suppliers/<id>/portal/closures", INVITE),
    ("POST /suppliers/<id>/portal/merges", INVITE),
    ("POST /suppliers/<id>/introductions", REVIEW),
    ("GET /registrations", READ),
    ("GET /registrations/<id>", READ),
    ("POST /registrations/<id>/outcome", REVIEW),
    ("POST /registrations/<id>/decline", REVIEW),
    ("POST /registrations/<id>/introduction", INTRODUCE),
    ("GET /registrations/<id>/<section>", READ),
    ("POST /registrations/<id>/<section>", REVIEW),
    ("GET /portal/people", OF_A_SUPPLIER),
    ("POST /portal/people", OWNER),
    ("POST /portal/people/<id>/role", OWNER),
    ("POST /portal/people/<id>/removal", OWNER),
    ("POST /portal/people/invitations/<id>/renewal", OWNER),
    ("POST /portal/people/invitations/<id>/revocation", OWNER),
    ("GET /portal/registration/<section>/forwards", OF_A_SUPPLIER),
    ("POST /portal/registration/<section>/forwards", OF_A_SUPPLIER),
    ("POST /portal/registration/<section>/forwards/<id>/withdrawal", OF_A_SUPPLIER),
];
