//! How clauses are shown: their words without anything that acts, what differs between versions, whom
//! they concern, and the same for programs.

use touchstone::access::Role;
use touchstone::clauses::duties::DutyKind;
use touchstone::clauses::standing::published as all_published;
use touchstone::clauses::{Whom, find_version, must_sign_again};

use crate::certified::today;
use crate::signed::{published, published_for, sign, signatory};
use crate::support::TestApp;

#[test]
fn what_somebody_writes_into_a_clause_never_acts_on_a_page() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let text = "# <img src=x onerror=alert(1)>\n\n<script>alert(2)</script>\n\n\
                [here](javascript:alert(3)) **bold** and *slanted*\n\n1. one\n   - below\n";
    let fields = [
        ("code", "trap"),
        ("name_en", "<b>Trap</b>"),
        ("name_zh", "陷阱"),
        ("text_en", text),
        ("text_zh", text),
        ("whom", "all"),
    ];
    let page = staff.post("/clauses", &fields).expect(303).follow().expect(200);
    for raw in ["<script>alert", "<img src=x", "href=\"javascript:", "<b>Trap"] {
        assert!(!page.has(raw), "{raw}");
    }
    let page = page.shows("&#60;script&#62;alert(2)").shows("here (javascript:alert(3))");
    let page = page.shows("<strong>bold</strong>").shows("<em>slanted</em>");
    page.shows("<ol start=\"1\"><li><p>one</p><ul><li><p>below</p></li></ul></li></ol>");
}

#[test]
fn what_changed_is_told_in_words_within_lines_for_each_language() {
    let app = TestApp::new();
    let staff = app.staff(Role::Auditor);
    let first = published(&app, "anti_bribery", today() - chrono::Duration::days(9));
    let page = staff.get(&format!("/clause-versions/{first}/changes")).expect(200);
    page.shows("There is no other version");
    let second = published(&app, "anti_bribery", today());
    for query in [String::new(), format!("?against={first}")] {
        let page = staff.get(&format!("/clause-versions/{second}/changes{query}")).expect(200);
        assert!(page.has("<del><span class=\"visually-hidden\">Removed: </span>1</del>"));
        let page = page.shows("<ins><span class=\"visually-hidden\">Added: </span>2</ins>");
        page.shows("We promise, version ").shows("我方承诺，第 ");
    }
    let other = published(&app, "labour_rights", today());
    staff.get(&format!("/clause-versions/{second}/changes?against={other}")).expect(404);
}

#[test]
fn those_who_signed_before_and_are_asked_again_are_counted() {
    let app = TestApp::new();
    let first = published(&app, "anti_bribery", today() - chrono::Duration::days(9));
    let german = app.company("Hamburg Works GmbH", "DE");
    let french = app.company("Lyon Works SA", "FR");
    app.company("Never Signed Ltd", "DE");
    for company in [&german, &french] {
        let by = signatory(&app, &company.id);
        sign(&app, &company.id, &first, &by);
    }
    let day = today() + chrono::Duration::days(3);
    let again = |version: &str| {
        let version = version.to_string();
        let counted = app.db().read_now(move |c| {
            let (published, (version, _)) = (all_published(c)?, find_version(c, &version)?);
            must_sign_again(c, &published, &version, day)
        });
        counted.expect("a number")
    };
    let second = published(&app, "anti_bribery", day);
    assert_eq!(again(&second), 2);
    let duties = [(DutyKind::Area, "DE")];
    let later = day + chrono::Duration::days(1);
    let third = published_for(&app, "anti_bribery", later, Whom::Some, &duties);
    assert_eq!(again(&third), 1);
    let page = app.staff(Role::Auditor).get(&format!("/clause-versions/{third}")).expect(200);
    page.shows("Some suppliers: those in Germany").shows("1 company that signed");
}

#[test]
fn publication_settles_what_was_asked_about_the_version_before() {
    let app = TestApp::new();
    let first = published(&app, "anti_bribery", today() - chrono::Duration::days(9));
    let company = app.company("Hamburg Works GmbH", "DE");
    app.tamper(&format!(
        "INSERT INTO clause_requests (id, supplier_id, version_id, requested_by, requested_name, \
         requested_at, settled_at) VALUES ('r', '{}', '{first}', 'x', 'X', '2026-01-01 00:00:00', \
         NULL)",
        company.id
    ))
    .expect("a request");
    let clause = app.text("SELECT id FROM clauses");
    let fields = [("text_en", "New."), ("text_zh", "新。"), ("whom", "all")];
    let drafter = app.staff(Role::ProcurementOfficer);
    let draft = drafter.post(&format!("/clauses/{clause}/draft"), &fields).expect(303);
    let path = draft.location.expect("its page");
    let legal = app.staff(Role::LegalOfficer);
    legal.post(&format!("{path}/review"), &[("revision", "1")]).expect(303);
    let day = today().to_string();
    let put = [("revision", "1"), ("effective_from", day.as_str())];
    legal.post(&format!("{path}/publication"), &put).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM clause_requests WHERE settled_at IS NULL"), 0);
}

#[test]
fn programs_read_clauses_with_their_texts_and_hashes() {
    let app = TestApp::new();
    let duties = [(DutyKind::Area, "CN")];
    let id = published_for(&app, "anti_bribery", today(), Whom::Some, &duties);
    let program = app.program(Role::Auditor);
    let list = program.get("/api/v1/clauses").expect(200).value();
    let one = &list["items"][0];
    assert_eq!((&one["code"], &one["in_force_id"]), (&"anti_bribery".into(), &id.clone().into()));
    let clause = one["id"].as_str().expect("an id");
    let whole = program.get(&format!("/api/v1/clauses/{clause}")).expect(200).value();
    let version = &whole["versions"][0];
    assert_eq!(version["standing"], "in_force");
    assert_eq!(version["duties"][0]["subject"], "CN");
    let text = version["text_zh"].as_str().expect("a text");
    assert_eq!(version["sha256_zh"], touchstone::values::sha256_hex(text));
    program.get("/api/v1/clauses/nothing").expect(404);
}
