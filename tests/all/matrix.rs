//! Every route × everybody: who gets in is written down here, and nothing else lets anybody in.
//! A mounted route that the table does not know fails the test, and so does an entry too many.

use std::collections::BTreeSet;

use rocket::http::Method;
use touchstone::access::Role::{self, *};

use crate::page::assert_headers;
use crate::person::Reply;
use crate::support::{Person, TestApp};
use crate::{matrix_onboarding::ONBOARDING, matrix_punishments};

/// Who may use a route.
#[derive(Clone, Copy, PartialEq)]
pub enum Who {
    /// Visitors too.
    Anyone,
    Only(&'static [Role]),
    /// Programs with a token of such an account, and nobody with a session: see `api_tokens`.
    Program(&'static [Role]),
}
use Who::{Anyone, Only, Program};

// Written out, not taken from the table of rights: a slip there shall show here.
pub const SIGNED_IN: Who = Only(Role::ALL);
const STAFF_ROLES: &[Role] = &[
    ProcurementOfficer,
    Approver,
    Inspector,
    EsgAnalyst,
    LegalOfficer,
    EthicsOfficer,
    Auditor,
    Administrator,
    ReportingStaff,
];
const READ_ROLES: &[Role] = &[
    ProcurementOfficer,
    Approver,
    Inspector,
    EsgAnalyst,
    LegalOfficer,
    EthicsOfficer,
    Auditor,
    ReportingStaff,
];
pub const STAFF: Who = Only(STAFF_ROLES);
pub const READ: Who = Only(READ_ROLES);
pub const EDIT: Who = Only(&[ProcurementOfficer, Approver]);
const CONFIRM: Who = Only(&[Approver, LegalOfficer]);
const LINK: Who = Only(&[ProcurementOfficer, Approver, LegalOfficer]);
pub const OPEN_NUMBERS: Who = Only(&[ProcurementOfficer, Approver, Inspector]);
const SETTLE: Who = Only(&[ProcurementOfficer, Approver]);
pub const DECIDE: Who = Only(&[ProcurementOfficer, Approver]);
const ADMINISTER: Who = Only(&[Administrator]);
const AUDIT: Who = Only(&[Auditor]);
pub const OF_A_SUPPLIER: Who = Only(&[SupplierOwner, SupplierMember]);
const IMPORT: Who = Only(&[ProcurementOfficer]);
pub const EXPORT: Who = Only(&[ProcurementOfficer, Approver, EsgAnalyst, Auditor, ReportingStaff]);
const EDIT_REGIONS: Who = Only(&[ReportingStaff, Administrator]);
const ANY_PROGRAM: Who = Program(STAFF_ROLES);
pub const READ_BY_PROGRAM: Who = Program(READ_ROLES);
pub const EDIT_BY_PROGRAM: Who = Program(&[ProcurementOfficer, Approver]);
const GROUP_BY_PROGRAM: Who = Program(&[ProcurementOfficer, Approver, LegalOfficer]);
const IMPORT_BY_PROGRAM: Who = Program(&[ProcurementOfficer]);
const EDIT_CATEGORIES: Who = Only(&[ProcurementOfficer, Administrator]);

/// Method and path of every route, and who gets in.
pub const ROUTES: &[(&str, Who)] = &[
    ("GET /health", Anyone),
    ("GET /static/<name>", Anyone),
    // Where refused requests are sent: they refuse everybody.
    ("GET /refused/cross-site", Anyone),
    ("GET /refused/method", Anyone),
    ("GET /", Anyone),
    ("GET /home", STAFF),
    ("GET /language/<language>", Anyone),
    ("GET /sign-in", Anyone),
    ("POST /sign-in", Anyone),
    ("POST /sign-out", Anyone),
    ("GET /invitations/<token>", Anyone),
    ("POST /invitations/<token>", Anyone),
    ("GET /setup/<token>", Anyone),
    ("POST /setup/<token>", Anyone),
    ("GET /second-factor", SIGNED_IN),
    ("POST /second-factor", SIGNED_IN),
    ("GET /second-factor/enrolment", SIGNED_IN),
    ("POST /second-factor/enrolment", SIGNED_IN),
    ("GET /account", SIGNED_IN),
    ("POST /account", SIGNED_IN),
    ("POST /account/password", SIGNED_IN),
    ("POST /account/sessions/<id>/end", SIGNED_IN),
    ("POST /account/sessions/end", SIGNED_IN),
    ("GET /account/tokens", STAFF),
    ("GET /account/tokens/new", STAFF),
    ("POST /account/tokens", STAFF),
    ("POST /account/tokens/<id>/revocation", STAFF),
    ("GET /accounts", ADMINISTER),
    ("GET /accounts/roles", ADMINISTER),
    ("GET /accounts/<id>", ADMINISTER),
    ("POST /accounts/<id>/role", ADMINISTER),
    ("POST /accounts/<id>/closure", ADMINISTER),
    ("POST /accounts/<id>/reopening", ADMINISTER),
    ("POST /accounts/<id>/second-factor/reset", ADMINISTER),
    ("POST /accounts/<id>/sessions/end", ADMINISTER),
    ("POST /accounts/<id>/password-link", ADMINISTER),
    ("GET /invitations/new", ADMINISTER),
    ("POST /invitations", ADMINISTER),
    ("POST /invitations/<id>/revocation", ADMINISTER),
    ("GET /audit", AUDIT),
    ("GET /audit/<sequence>", AUDIT),
    ("GET /audit/verification", AUDIT),
    ("GET /portal", OF_A_SUPPLIER),
    ("GET /suppliers", READ),
    ("POST /suppliers", EDIT),
    ("GET /suppliers/new", EDIT),
    ("GET /suppliers/export/<format>", EXPORT),
    ("GET /sites/export/<format>", EXPORT),
    ("GET /suppliers/<id>", READ),
    ("POST /suppliers/<id>", EDIT),
    ("GET /suppliers/<id>/edit", EDIT),
    ("GET /suppliers/<id>/stage", EDIT),
    ("POST /suppliers/<id>/stage", EDIT),
    ("GET /suppliers/<id>/trail", READ),
    ("GET /suppliers/<id>/clearance", READ),
    ("GET /suppliers/<id>/history", READ),
    ("GET /suppliers/<id>/as-at", READ),
    ("GET /suppliers/<id>/group", READ),
    ("GET /suppliers/<id>/links/new", LINK),
    ("POST /suppliers/<id>/links", LINK),
    ("GET /suppliers/<id>/links/<link>", LINK),
    ("POST /suppliers/<id>/links/<link>/end", LINK),
    ("POST /suppliers/<id>/links/<link>/withdrawal", LINK),
    ("GET /suppliers/<id>/identifiers/new", EDIT),
    ("POST /suppliers/<id>/identifiers", EDIT),
    ("POST /suppliers/<id>/identifiers/<identifier>/confirmation", CONFIRM),
    ("POST /suppliers/<id>/identifiers/<identifier>/removal", EDIT),
    ("GET /suppliers/<id>/sites/new", EDIT),
    ("POST /suppliers/<id>/sites", EDIT),
    ("GET /suppliers/<id>/sites/<site>", EDIT),
    ("POST /suppliers/<id>/sites/<site>", EDIT),
    ("POST /suppliers/<id>/sites/<site>/closure", EDIT),
    ("POST /suppliers/<id>/sites/<site>/registration", EDIT),
    ("GET /suppliers/<id>/contacts/new", EDIT),
    ("POST /suppliers/<id>/contacts", EDIT),
    ("POST /suppliers/<id>/contacts/<contact>/removal", EDIT),
    ("POST /suppliers/<id>/contacts/<contact>/phone", OPEN_NUMBERS),
    ("GET /suppliers/<id>/bank-accounts/new", EDIT),
    ("POST /suppliers/<id>/bank-accounts", EDIT),
    ("POST /suppliers/<id>/bank-accounts/<account>/confirmation", CONFIRM),
    ("POST /suppliers/<id>/bank-accounts/<account>/removal", EDIT),
    ("POST /suppliers/<id>/bank-accounts/<account>/number", OPEN_NUMBERS),
    ("GET /suppliers/<id>/people/new", EDIT),
    ("POST /suppliers/<id>/people", EDIT),
    ("POST /suppliers/<id>/people/<person>/removal", EDIT),
    ("POST /suppliers/<id>/people/<person>/number", OPEN_NUMBERS),
    ("POST /views", READ),
    ("POST /views/<id>/removal", READ),
    ("GET /addresses", SETTLE),
    ("POST /addresses/<site>", SETTLE),
    ("GET /duplicates", READ),
    ("GET /duplicates/<id>", READ),
    ("POST /duplicates/<id>/apart", DECIDE),
    ("POST /duplicates/preview", DECIDE),
    ("POST /duplicates/decisions", DECIDE),
    ("POST /merges", DECIDE),
    ("POST /merges/<id>/undo", DECIDE),
    ("GET /imports", IMPORT),
    ("GET /imports/new", IMPORT),
    ("POST /imports", IMPORT),
    ("GET /imports/template.xlsx", IMPORT),
    ("GET /imports/<id>", IMPORT),
    ("GET /imports/<id>/mapping", IMPORT),
    ("POST /imports/<id>/mapping", IMPORT),
    ("POST /imports/<id>/confirmation", IMPORT),
    ("POST /imports/<id>/discarding", IMPORT),
    ("POST /imports/<id>/undoing", IMPORT),
    ("GET /categories", STAFF),
    ("POST /categories", EDIT_CATEGORIES),
    ("GET /regions", STAFF),
    ("GET /regions/<id>", STAFF),
    ("POST /regions/<id>/copies", EDIT_REGIONS),
    ("GET /regions/<id>/edit", EDIT_REGIONS),
    ("POST /regions/<id>/edit", EDIT_REGIONS),
    ("POST /regions/<id>/retirement", EDIT_REGIONS),
    ("GET /reports/regions", READ),
    ("GET /reports/regions/rows", READ),
    ("GET /reports/clearance", READ),
    ("GET /reports/clearance/rows", READ),
    ("GET /reports/clearance/export/<format>", READ),
    ("GET /reports/<file>", READ),
    ("GET /webhooks", ADMINISTER),
    ("POST /webhooks", ADMINISTER),
    ("GET /webhooks/new", ADMINISTER),
    ("GET /webhooks/<id>", ADMINISTER),
    ("POST /webhooks/<id>/test", ADMINISTER),
    ("POST /webhooks/<id>/stopping", ADMINISTER),
    ("POST /webhooks/<id>/resumption", ADMINISTER),
    ("POST /webhooks/<id>/removal", ADMINISTER),
    ("POST /webhooks/<id>/deliveries/<delivery>/redelivery", ADMINISTER),
    ("GET /api", Anyone),
    ("GET /api/refused/form", Anyone),
    ("GET /api/refused/address", Anyone),
    ("GET /api/v1/openapi.json", Anyone),
    ("GET /api/v1/suppliers", READ_BY_PROGRAM),
    ("POST /api/v1/suppliers", EDIT_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>", READ_BY_PROGRAM),
    ("PATCH /api/v1/suppliers/<id>", EDIT_BY_PROGRAM),
    ("POST /api/v1/suppliers/<id>/stage", EDIT_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/identifiers", READ_BY_PROGRAM),
    ("POST /api/v1/suppliers/<id>/identifiers", EDIT_BY_PROGRAM),
    ("DELETE /api/v1/suppliers/<id>/identifiers/<identifier>", EDIT_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/sites", READ_BY_PROGRAM),
    ("POST /api/v1/suppliers/<id>/sites", EDIT_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/contacts", READ_BY_PROGRAM),
    ("POST /api/v1/suppliers/<id>/contacts", EDIT_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/group", READ_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/links", READ_BY_PROGRAM),
    ("POST /api/v1/suppliers/<id>/links", GROUP_BY_PROGRAM),
    ("GET /api/v1/suppliers/<id>/clearance", READ_BY_PROGRAM),
    ("POST /api/v1/imports", IMPORT_BY_PROGRAM),
    ("GET /api/v1/imports/<id>", IMPORT_BY_PROGRAM),
    ("GET /api/v1/imports/<id>/rows", IMPORT_BY_PROGRAM),
    ("POST /api/v1/imports/<id>/confirmation", IMPORT_BY_PROGRAM),
    ("POST /api/v1/imports/<id>/discarding", IMPORT_BY_PROGRAM),
    ("POST /api/v1/imports/<id>/undoing", IMPORT_BY_PROGRAM),
    ("GET /api/v1/categories", ANY_PROGRAM),
    ("GET /api/v1/regions/schemes", ANY_PROGRAM),
    ("GET /api/v1/regions/schemes/<id>", ANY_PROGRAM),
    ("POST /api/v1/regions/resolution", ANY_PROGRAM),
    ("GET /api/v1/reports/regions", READ_BY_PROGRAM),
    ("GET /api/v1/reports/clearance", READ_BY_PROGRAM),
];

/// The table of every room.
fn table() -> impl Iterator<Item = &'static (&'static str, Who)> {
    let first = [ROUTES, ONBOARDING, crate::matrix_review::ROUTES].into_iter();
    let more = crate::matrix_certification::ALL.into_iter().chain(crate::matrix_clauses::ALL);
    first.chain(more).chain(crate::matrix_inspections::ALL).chain(matrix_punishments::ALL).flatten()
}

/// The routes that the application has.
pub fn mounted(app: &TestApp) -> BTreeSet<String> {
    let routes = app.rocket().routes();
    routes.map(|route| format!("{} {}", route.method, route.uri.path())).collect()
}

/// A route's method and a path for it, its variables filled with what does not exist.
pub fn request(route: &str) -> (Method, String) {
    let (method, pattern) = route.split_once(' ').expect("METHOD /path");
    let mut path = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('<') {
        let (variable, after) = after.split_once('>').expect("<variable>");
        path.push_str(before);
        path.push_str(match variable {
            "name" => "touchstone.css",
            "lang" => "en",
            "format" => "csv",
            "sequence" => "1",
            _ => "00000000-0000-7000-8000-000000000000",
        });
        rest = after;
    }
    path.push_str(rest);
    (method.parse().expect("a method"), path)
}

/// Every POST route with somebody whom it lets in.
pub fn posts(app: &TestApp) -> Vec<(String, Person)> {
    let posts = for_people().filter(|(route, _)| route.starts_with("POST"));
    let person = |who: Who| match who {
        Anyone => app.anonymous(),
        Only(roles) | Program(roles) => somebody(app, roles[0]),
    };
    posts.map(|(route, who)| (request(route).1, person(*who))).collect()
}

/// Method and path of every route that is not for programs only.
pub fn routes_for_people() -> impl Iterator<Item = &'static str> {
    for_people().map(|(route, _)| *route)
}

/// The routes that are not for programs only.
fn for_people() -> impl Iterator<Item = &'static (&'static str, Who)> {
    table().filter(|(_, who)| !matches!(who, Program(_)))
}

pub fn somebody(app: &TestApp, role: Role) -> Person {
    if role.is_staff() {
        return app.staff(role);
    }
    let company = app.company("Werkstatt Beispiel GmbH", "DE");
    app.supplier_person(role, &company.id)
}

#[test]
fn the_table_knows_every_route_and_no_other() {
    let app = TestApp::new();
    let known: BTreeSet<String> = table().map(|(route, _)| route.to_string()).collect();
    let mounted = mounted(&app);
    let new: Vec<_> = mounted.difference(&known).collect();
    let gone: Vec<_> = known.difference(&mounted).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "not in the table: {new:#?}; not mounted: {gone:#?}"
    );
}

#[test]
fn only_get_and_post_are_mounted_for_people() {
    let app = TestApp::new();
    for route in mounted(&app).into_iter().filter(|route| !route.contains(" /api/")) {
        assert!(route.starts_with("GET ") || route.starts_with("POST "), "{route}");
    }
}

#[test]
fn a_visitor_is_sent_to_sign_in_from_every_guarded_route() {
    let app = TestApp::new();
    let visitor = app.anonymous();
    for (route, who) in for_people().filter(|(_, who)| *who != Anyone) {
        let reply = send(&visitor, route);
        let location = reply.location.clone().unwrap_or_default();
        assert_eq!(reply.status, 303, "{route} lets a visitor in ({})", reply.status);
        assert!(location.starts_with("/sign-in?next="), "{route} → {location}");
        assert_headers(&reply);
        assert!(matches!(who, Only(_)));
    }
}

#[test]
fn every_role_gets_in_where_the_table_says_and_nowhere_else() {
    let app = TestApp::new();
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let person = somebody(&app, *role);
        for (route, who) in for_people() {
            if route.contains("/refused/") {
                continue;
            }
            // Each time on another device: some routes end the session.
            let reply_status = {
                let device = app.again(&person);
                let reply = send(&device, route);
                assert_headers(&reply);
                reply.status
            };
            let allowed = match who {
                Anyone => true,
                Only(roles) | Program(roles) => roles.contains(role),
            };
            let fine = match reply_status {
                // What only the responsible person of a company does is no secret to a colleague.
                403 => !allowed && (role.is_staff() || route.contains(" /portal/")),
                // To a supplier's people what is for staff is not there.
                404 => allowed || !role.is_staff(),
                200 | 303 | 304 | 409 | 422 | 429 => allowed,
                _ => false,
            };
            if !fine {
                wrong.push(format!("{} {route}: {reply_status}", role.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_made_up_id_is_not_found_by_anybody_who_may_look() {
    let app = TestApp::new();
    let mut wrong = Vec::new();
    for (route, who) in table().filter(|(route, _)| route.contains("<id>")) {
        let Only(roles) = who else { continue };
        let (_, path) = request(route);
        let person = somebody(&app, roles[0]);
        for id in ["00000000-0000-7000-8000-000000000000", "1", "%27--", "..%2f..%2fx", "%C3%A9"] {
            let path = path.replace("00000000-0000-7000-8000-000000000000", id);
            let status = if route.starts_with("GET") {
                person.get(&path).status
            } else {
                person.post(&path, &[]).status
            };
            // A form that is wrong in itself may say so before anything is looked up.
            if !matches!(status, 404 | 422) || (status == 422 && route.starts_with("GET")) {
                wrong.push(format!("{route} with {id}: {status}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Sends a route's request as its own page would.
fn send<'p>(person: &'p Person, route: &str) -> Reply<'p> {
    match request(route) {
        (Method::Get, path) => person.get(&path),
        (_, path) => person.post(&path, &[]),
    }
}
