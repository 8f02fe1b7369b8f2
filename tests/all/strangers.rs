//! To a supplier's people, what is another's is what is not there: the same answer to the byte.

use touchstone::access::Role;
use touchstone::documents::Kind;
use touchstone::inspections::Outcome;
use touchstone::suppliers::Supplier;

use crate::matrix;
use crate::support::TestApp;

/// An id of nothing.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// Ids of everything that another company has, by the word before them in an address.
fn ids_of_another(app: &TestApp, supplier: &str) -> Vec<(&'static str, String)> {
    let one = |table: &str, column: &str| {
        app.text(&format!("SELECT max(id) FROM {table} WHERE {column} = '{supplier}'"))
    };
    let of_registration = |table: &str| app.text(&format!("SELECT max(id) FROM {table}"));
    vec![
        ("suppliers", supplier.to_string()),
        ("sites", one("sites", "supplier_id")),
        ("addresses", one("sites", "supplier_id")),
        ("identifiers", one("identifiers", "supplier_id")),
        ("contacts", one("contacts", "supplier_id")),
        ("bank-accounts", one("bank_accounts", "supplier_id")),
        ("people", one("accounts", "supplier_id")),
        ("accounts", one("accounts", "supplier_id")),
        ("invitations", one("invitations", "supplier_id")),
        ("documents", one("documents", "supplier_id")),
        ("certificates", one("certificates", "supplier_id")),
        ("registrations", one("registrations", "supplier_id")),
        ("messages", one("messages", "supplier_id")),
        ("forwards", of_registration("section_forwards")),
        ("candidates", of_registration("candidates")),
        ("needs", of_registration("needs")),
        ("certifications", one("certifications", "supplier_id")),
        ("basic-audits", one("basic_audits", "supplier_id")),
        ("authentications", one("authentications", "supplier_id")),
        ("signatures", one("signatures", "supplier_id")),
        ("signing-rights", one("signing_rights", "supplier_id")),
        ("clause-exceptions", one("clause_exceptions", "supplier_id")),
        ("inspections", one("inspections", "supplier_id")),
        ("findings", one("findings", "supplier_id")),
        ("inspection-effects", one("inspection_effects", "supplier_id")),
        ("draws", app.text("SELECT max(id) FROM draws")),
        ("entries", one("draw_entries", "supplier_id")),
        ("inspection-plans", app.text("SELECT max(id) FROM inspection_plans")),
    ]
}

/// A register in which a company has something of everything.
fn another(app: &TestApp) -> String {
    let company = app.company("Rival Works GmbH", "DE");
    let officer = app.staff(Role::ProcurementOfficer);
    let place = format!("/suppliers/{}", company.id);
    officer.post(&format!("{place}/contacts"), &[("name", "Eva Rival")]).expect(303);
    let code = [("kind", "eu_vat"), ("value", "DE136695976")];
    officer.post(&format!("{place}/identifiers"), &code).expect(303);
    let account = [
        ("holder", "Rival Works GmbH"),
        ("bank", "Example Bank"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("number", "DE89370400440532013000"),
    ];
    officer.post(&format!("{place}/bank-accounts"), &account).expect(303);
    crate::basic_audits::open(&officer, &company.id);
    let account = app.text("SELECT max(id) FROM bank_accounts");
    let confirm = format!("{place}/bank-accounts/{account}/confirmation");
    app.staff(Role::Approver).post(&confirm, &[]).expect(303);
    let person = crate::authentications::record(app, &officer, &company.id, "legal_representative");
    crate::authentications::begin(&officer, &company.id, &person, "bank_transfer");
    let guest = [("name", "Eva Rival"), ("email", "eva@rival.example"), ("language", "en")];
    officer.post(&format!("{place}/invitations"), &guest).expect(303);
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let fields = [("kind", Kind::BusinessLicence.as_str()), ("document_title", "Secret licence")];
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    owner.upload("/portal/documents", "licence.pdf", pdf, &fields).expect(303);
    crate::certificates::Said::new("R-1").hand_in(&owner, "/portal/certificates").expect(303);
    let forward = [("name", "Kim Rival"), ("email", "kim@rival.example")];
    owner.post("/portal/registration/bank/forwards", &forward).expect(303);
    let need = crate::needs::record(app, &officer, "", "");
    let candidate = [("legal_name", "Third Works GmbH"), ("country", "DE"), ("language", "en")];
    officer.post(&format!("/needs/{need}/candidates"), &candidate).expect(303);
    crate::certified::applied(app, &company.id);
    let version = crate::signed::published(app, "anti_bribery", crate::certified::today());
    let signatory = crate::signed::signatory(app, &company.id);
    crate::signed::sign(app, &company.id, &version, &signatory);
    let (from, to) = (crate::certified::today(), crate::certified::in_days(30));
    crate::coverage::exception(app, &company.id, "anti_bribery", (from, to));
    inspected(app, &company);
    company.id
}

/// A company that was drawn and inspected, with what was found and what follows.
fn inspected(app: &TestApp, company: &Supplier) {
    let checklist = crate::inspected::checklist(app, "conduct");
    let inspector = app.staff(Role::Inspector);
    let (day, found) = (crate::certified::today(), [("CH01", Outcome::Critical)]);
    let findings = crate::inspected::found(app, company, &checklist, &inspector, day, &found);
    crate::inspected::effect(app, &findings[0]);
    crate::inspected::drawn(app, &checklist, &[company]);
}

#[test]
fn whatever_is_anothers_answers_like_what_is_not_there() {
    let app = TestApp::new();
    let rival = another(&app);
    let ids = ids_of_another(&app, &rival);
    let mine = app.supplier();
    let (mut tried, mut wrong) = (0, Vec::new());
    for route in matrix::routes_for_people().filter(|route| route.contains('<')) {
        if ["<token>", "<name>", "<language>"].iter().any(|open| route.contains(open)) {
            continue;
        }
        // What was promised in a draw is for all companies: see `draws`.
        if route == "GET /portal/draws/<id>" {
            continue;
        }
        let (method, theirs, nobodys) = addresses(route, &ids);
        let ask = |path: &str| match method {
            "GET" => mine.get(path),
            _ => mine.post(path, &[]),
        };
        // Sections are words, not ids: what is mine is there.
        if theirs == nobodys {
            continue;
        }
        // Draws are everybody's, so that nobody can be drawn in secret; who is on their rosters is not.
        if route == "GET /portal/draws/<id>" {
            let body = mine.get(&theirs).expect(200).body();
            assert!(!body.contains("Rival") && !body.contains(&rival), "{body}");
            continue;
        }
        let (their, nobody) = (ask(&theirs), ask(&nobodys));
        tried += 1;
        // The page leads back to the address that was asked for: that alone may differ.
        let without = |body: String| {
            ids.iter()
                .filter(|(_, id)| !id.is_empty())
                .fold(body, |b, (_, id)| b.replace(id, NOBODY))
        };
        let is_same = without(their.body()) == without(nobody.body());
        if their.status != 404 || nobody.status != 404 || !is_same {
            wrong.push(format!("{route}: {} and {}", their.status, nobody.status));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried > 60, "only {tried} routes were tried");
}

/// The method of a route, its address with another's ids, and with ids of nothing.
fn addresses<'r>(route: &'r str, ids: &[(&str, String)]) -> (&'r str, String, String) {
    let (method, pattern) = route.split_once(' ').expect("METHOD /path");
    let (mut theirs, mut nobodys, mut word) = (Vec::new(), Vec::new(), "");
    for part in pattern.split('/') {
        if !part.starts_with('<') {
            word = part;
            theirs.push(part.to_string());
            nobodys.push(part.to_string());
            continue;
        }
        let known = ids.iter().find(|(name, id)| *name == word && !id.is_empty());
        let filler = match part {
            "<section>" => "bank",
            "<format>" => "csv",
            _ => NOBODY,
        };
        let id = known.filter(|_| part != "<section>").map(|(_, id)| id.clone());
        theirs.push(id.unwrap_or_else(|| filler.into()));
        nobodys.push(filler.into());
    }
    (method, theirs.join("/"), nobodys.join("/"))
}
