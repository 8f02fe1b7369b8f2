//! Who may not see cases sees no trace of them: not in pages, lists, counts, files, letters or answers to programs.

use touchstone::access::Role::{self, *};
use touchstone::inspections::Severity::Critical;
use touchstone::punishments::Case;
use touchstone::suppliers::Supplier;

use crate::evidence::pdf;
use crate::matrix::mounted;
use crate::punished::{self, FACTS};
use crate::support::{Person, TestApp};

/// Staff without the right.
const OTHERS: [Role; 5] =
    [ProcurementOfficer, Inspector, EsgAnalyst, Administrator, ReportingStaff];
const NOTICE: &str = "The notice nobody else reads";
const RECORD: &str = "The record nobody else reads";

/// A company under a measure of a case that was served, with a document of ours and one of its own, letters,
/// and another case in force.
struct Secret {
    company: Supplier,
    cases: Vec<Case>,
    documents: Vec<String>,
}

fn secret(app: &TestApp) -> Secret {
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(SupplierOwner, &company.id);
    let legal = app.staff(LegalOfficer);
    let case = punished::case(app, &company, "false_material", Critical);
    let notice = [("notice_text", NOTICE)];
    legal.post(&format!("/punishments/{}/notice", case.id), &notice).expect(303);
    let path = format!("/punishments/{}/corrections", case.id);
    legal.upload(&path, "ours-only.pdf", &pdf("ours"), &[("correction", RECORD)]).expect(303);
    let path = format!("/portal/measures/{}/reply", case.id);
    let fields = [("punishment_reply", RECORD)];
    owner.upload(&path, "theirs-only.pdf", &pdf("theirs"), &fields).expect(303);
    let fields = [("interim_orders", "blocked"), ("interim_days", "9"), ("interim_reason", RECORD)];
    legal.post(&format!("/punishments/{}/interims", case.id), &fields).expect(303);
    let other = punished::in_force(app, &company, "bribery", Critical);
    let ids = app.text("SELECT min(id) || ' ' || max(id) FROM documents");
    Secret {
        company,
        cases: vec![case, other],
        documents: ids.split(' ').map(str::to_string).collect(),
    }
}

/// What would tell.
fn traces(secret: &Secret) -> Vec<String> {
    let words = [
        FACTS,
        NOTICE,
        RECORD,
        "False or forged material",
        "Commercial bribery",
        "提供虚假材料",
        "Blacklist",
        "Permanent elimination",
        "ours-only.pdf",
        "theirs-only.pdf",
        "/punishments",
        "/punishment-",
        "/evasion-links",
    ];
    let mut all: Vec<String> = words.map(str::to_string).into();
    for case in &secret.cases {
        all.extend([case.code(), case.id.clone()]);
    }
    all.extend(secret.documents.clone());
    all
}

/// A page without the keys of its forms, which are new on each.
fn keyless(page: &str) -> String {
    let parts = page.split("name=\"form_key\" value=\"");
    let rest = parts.enumerate().map(|(at, part)| match at {
        0 => part,
        _ => part.split_once('"').map_or("", |(_, rest)| rest),
    });
    rest.collect()
}

/// Fails where one of the traces is on a page.
fn no_trace(secret: &Secret, person: &Person, who: &str, path: &str) {
    let reply = person.get(path);
    let body = reply.body();
    // A page may repeat the address: one that says that there is none, and a search for the number of a
    // case, which finds what it finds for a number that nobody has.
    let may_repeat = |trace: &String| {
        let is_searched = path.contains(&format!("?q={trace}"));
        if is_searched {
            let nobody = "PC-999999";
            let other = person.get(&path.replace(trace.as_str(), nobody));
            let other = keyless(&other.body());
            assert_eq!(keyless(&body.replace(trace.as_str(), nobody)), other, "{who} on {path}");
        }
        is_searched || reply.status >= 400 && path.contains(trace.as_str())
    };
    for trace in traces(secret).iter().filter(|trace| !may_repeat(trace)) {
        assert!(!body.contains(trace.as_str()), "{who} finds {trace:?} on {path}");
    }
}

/// Every page without a variable, and those of the company.
fn pages(app: &TestApp, secret: &Secret) -> Vec<String> {
    let id = &secret.company.id;
    let all = mounted(app).into_iter().filter_map(|route| {
        let path = route.strip_prefix("GET ")?.to_string();
        let is_ours = !path.starts_with("/api") && !path.starts_with("/portal");
        let filled = path.replace("/suppliers/<id>", &format!("/suppliers/{id}"));
        let filled = filled.replace("<format>", "csv");
        (is_ours && !filled.contains('<')).then_some(filled)
    });
    let mut all: Vec<String> = all.collect();
    all.extend([
        "/suppliers?q=Paper".to_string(),
        "/suppliers?q=false".to_string(),
        format!("/suppliers?q={}", secret.cases[0].code()),
        format!("/messages?state=waiting&company={id}"),
    ]);
    all
}

#[test]
fn staff_without_the_right_find_no_trace_on_any_page_or_in_any_file() {
    let app = TestApp::new();
    let secret = secret(&app);
    let pages = pages(&app, &secret);
    assert!(pages.len() > 60, "{}", pages.len());
    for role in OTHERS {
        let person = app.staff(role);
        for path in pages.iter().filter(|path| !path.starts_with("/sign-out")) {
            no_trace(&secret, &person, role.as_str(), path);
        }
        for case in &secret.cases {
            person.get(&format!("/punishments/{}", case.id)).expect(403);
            person.get(&format!("/punishments/{}?x=1", case.id)).expect(403);
        }
        for document in &secret.documents {
            let path = format!("/documents/{document}");
            let status = person.get(&path).status;
            assert!(matches!(status, 403 | 404), "{} {status}", role.as_str());
        }
    }
}

#[test]
fn letters_about_cases_are_for_who_may_see_cases() {
    let app = TestApp::new();
    let _secret = secret(&app);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 2);
    let letters: Vec<String> =
        ["min", "max"].map(|which| app.text(&format!("SELECT {which}(id) FROM messages"))).into();
    for role in [ProcurementOfficer, Administrator] {
        let person = app.staff(role);
        let list = person.get("/messages").expect(200);
        for id in &letters {
            assert!(!list.has(id), "{}", role.as_str());
            person.get(&format!("/messages/{id}")).expect(404);
            person.post(&format!("/messages/{id}/opening"), &[]).expect(404);
            person.post(&format!("/messages/{id}/retry"), &[]).expect(404);
        }
    }
    for role in [Approver, Auditor] {
        let person = app.staff(role);
        let list = person.get("/messages").expect(200);
        for id in &letters {
            assert!(list.has(id), "{}", role.as_str());
            person.get(&format!("/messages/{id}")).expect(200);
        }
    }
}

#[test]
fn programs_without_the_right_find_no_trace() {
    let app = TestApp::new();
    let secret = secret(&app);
    let id = &secret.company.id;
    for role in [ProcurementOfficer, EsgAnalyst, ReportingStaff] {
        let program = app.program(role);
        let paths = mounted(&app).into_iter().filter_map(|route| {
            let path = route.strip_prefix("GET /api")?.to_string();
            let filled = path.replace("/suppliers/<id>", &format!("/suppliers/{id}"));
            (!filled.contains('<') && !filled.contains("openapi")).then(|| format!("/api{filled}"))
        });
        for path in paths {
            let reply = program.get(&path);
            for trace in traces(&secret).iter().filter(|trace| !trace.starts_with('/')) {
                assert!(!reply.has(trace), "{} finds {trace:?} at {path}", role.as_str());
            }
        }
    }
}

#[test]
fn another_company_finds_no_trace_and_the_company_itself_not_what_is_ours() {
    let app = TestApp::new();
    let secret = secret(&app);
    let other = app.company("Other GmbH", "DE");
    let stranger = app.supplier_person(SupplierOwner, &other.id);
    let portal: Vec<String> = mounted(&app)
        .into_iter()
        .filter_map(|route| route.strip_prefix("GET ").map(str::to_string))
        .filter(|path| path.starts_with("/portal") && !path.contains('<'))
        // The standards are for all companies to read.
        .filter(|path| !path.contains("punishment-standards"))
        .collect();
    for path in &portal {
        let body = stranger.get(path).body();
        let own = ["/punishments", "/punishment-"];
        for trace in traces(&secret).iter().filter(|one| !own.contains(&one.as_str())) {
            assert!(!body.contains(trace.as_str()), "{trace:?} on {path}");
        }
    }
    for case in &secret.cases {
        stranger.get(&format!("/portal/measures/{}", case.id)).expect(404);
        stranger.get(&format!("/punishments/{}", case.id)).expect(404);
    }
    for document in &secret.documents {
        stranger.get(&format!("/portal/documents/{document}")).expect(404);
        stranger.get(&format!("/documents/{document}")).expect(404);
    }
    let owner = app.supplier_person(SupplierMember, &secret.company.id);
    for path in &portal {
        let body = owner.get(path).body();
        for trace in [FACTS, "ours-only.pdf"] {
            assert!(!body.contains(trace), "{trace:?} on {path}");
        }
    }
}

#[test]
fn who_has_the_right_finds_the_case_everywhere_that_it_belongs() {
    let app = TestApp::new();
    let secret = secret(&app);
    for role in [Approver, LegalOfficer, EthicsOfficer, Auditor] {
        let person = app.staff(role);
        person.get("/punishments").expect(200).shows("PC-000001").shows("False or forged material");
        person.get(&format!("/punishments/{}", secret.cases[0].id)).expect(200).shows(FACTS);
        let company = format!("/suppliers/{}", secret.company.id);
        person.get(&company).expect(200).shows(&format!("{company}/punishments"));
        person.get(&format!("{company}/punishments")).expect(200).shows("PC-000002");
        for document in &secret.documents {
            person.get(&format!("/documents/{document}")).expect(200);
        }
        assert!(!person.get(&format!("{company}/documents")).expect(200).has("-only.pdf"));
    }
}
