//! Candidates: proposed by staff, judged by the criteria, decided on by somebody else.

use touchstone::access::{Role, Scope};
use touchstone::onboarding::waiting;

use crate::needs::record;
use crate::support::{Person, TestApp};

const USCC: &str = "91440300100012316L";

/// Proposes a company for a need; the path of its page.
fn propose(staff: &Person, need: &str, more: &[(&str, &str)]) -> String {
    let mut fields = vec![("country", "DE"), ("language", "en")];
    fields.extend(more);
    let made = staff.post(&format!("/needs/{need}/candidates"), &fields).expect(303);
    made.location.clone().expect("its page")
}

/// Judges a candidate: pass or fail on the must, a score on the should.
fn judge(app: &TestApp, staff: &Person, candidate: &str, must: &str, score: &str) -> u16 {
    let id_of = |position: i64| {
        app.text(&format!("SELECT id FROM need_criteria WHERE position = {position}"))
    };
    let (first, second) = (id_of(1), id_of(2));
    let fields = [
        ("criterion", first.as_str()),
        ("verdict", must),
        ("reason", "Seen"),
        ("seen", ""),
        ("criterion", second.as_str()),
        ("verdict", score),
        ("reason", "As quoted"),
        ("seen", ""),
    ];
    staff.post(&format!("{candidate}/screening"), &fields).status
}

const ACCEPT: &[(&str, &str)] = &[("decision", "accept"), ("reason", "The best of three")];

#[test]
fn an_accepted_candidate_is_a_supplier_with_its_contact_and_identifier() {
    let app = TestApp::new();
    let proposer = app.staff(Role::Inspector);
    let decider = app.staff(Role::Approver);
    let need = record(&app, &decider, "", "");
    let fields = [
        ("legal_name", "深圳样例包装有限公司"),
        ("english_name", "Sample Packaging"),
        ("country", "CN"),
        ("address", "广东省深圳市南山区1号"),
        ("identifier_kind", "uscc"),
        ("identifier_value", USCC),
        ("contact_name", "Li Na"),
        ("contact_email", "li.na@sample.example.com"),
        ("contact_phone", "+86 138 0000 4417"),
        ("language", "zh-CN"),
        // None of these is a field of the form.
        ("status", "accepted"),
        ("stage", "active"),
        ("supplier_id", "x"),
        ("origin", "self"),
    ];
    let made = proposer.post(&format!("/needs/{need}/candidates"), &fields).expect(303);
    let path = made.location.clone().expect("its page");
    assert_eq!(app.text("SELECT status || origin FROM candidates"), "proposedstaff");
    assert_eq!(app.number("SELECT count(*) FROM candidates WHERE supplier_id IS NULL"), 1);
    let sealed = app.text("SELECT contact_phone_sealed FROM candidates");
    assert!(!sealed.is_empty() && !sealed.contains("4417"));
    assert!(!proposer.get(&path).expect(200).has("0000 4417"), "the number is masked");
    decider.post(&format!("{path}/phone"), &[]).expect(200).shows("+86 138 0000 4417");

    let decision = format!("{path}/decision");
    assert!(decider.post(&decision, ACCEPT).expect(422).blames("decision"), "not judged yet");
    assert_eq!(judge(&app, &decider, &path, "pass", "4"), 303);
    decider.get(&path).expect(200).shows("88 %");
    decider.post(&decision, ACCEPT).expect(303).follow().shows("/invitation/new");
    let facts = "SELECT s.legal_name || s.stage || s.area FROM suppliers s";
    assert_eq!(app.text(facts), "深圳样例包装有限公司candidate440000");
    assert_eq!(app.text("SELECT value FROM identifiers"), USCC);
    assert_eq!(
        app.text("SELECT email || phone_hint FROM contacts"),
        "li.na@sample.example.com•••• 4417"
    );
    assert_eq!(app.number("SELECT count(*) FROM supplier_categories"), 1);
    assert_eq!(app.text("SELECT contact_phone_sealed FROM candidates"), "");
    decider.post(&decision, ACCEPT).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 1);
    for action in [
        "candidate.proposed",
        "candidate.screened",
        "candidate.accepted",
        "supplier.created",
        "contact.added",
    ] {
        let count = format!("SELECT count(*) FROM audit_records WHERE action = '{action}'");
        assert!(app.number(&count) > 0, "{action}");
    }
    // In use: the supplier's contact opens with its own seal.
    let supplier = app.text("SELECT id FROM suppliers");
    let contact = app.text("SELECT id FROM contacts");
    let open = format!("/suppliers/{supplier}/contacts/{contact}/phone");
    decider.post(&open, &[]).expect(200).shows("+86 138 0000 4417");
}

#[test]
fn nobody_decides_about_a_company_that_they_proposed_themselves() {
    let app = TestApp::new();
    let proposer = app.staff(Role::Approver);
    let other = app.staff(Role::ProcurementOfficer);
    let need = record(&app, &proposer, "", "");
    let path = propose(&proposer, &need, &[("legal_name", "Muster AG")]);
    judge(&app, &proposer, &path, "pass", "3");
    let decision = format!("{path}/decision");
    proposer.post(&decision, ACCEPT).expect(403).shows("You proposed this company yourself");
    proposer.post(&decision, &[("decision", "decline"), ("reason", "x")]).expect(403);
    assert_eq!(app.text("SELECT status FROM candidates"), "proposed");
    // Nor does somebody else take it back.
    other.post(&format!("{path}/withdrawal"), &[]).expect(403);
    proposer.post(&format!("{path}/withdrawal"), &[]).expect(303);
    other.post(&decision, ACCEPT).expect(409);
    assert_eq!(app.text("SELECT status FROM candidates"), "withdrawn");
}

#[test]
fn a_failed_must_cannot_be_accepted_and_shows_in_the_comparison() {
    let app = TestApp::new();
    let proposer = app.staff(Role::Inspector);
    let decider = app.staff(Role::Approver);
    let need = record(&app, &decider, "", "");
    let path = propose(&proposer, &need, &[("legal_name", "Muster AG")]);
    propose(&proposer, &need, &[("legal_name", "Anders GmbH")]);
    assert_eq!(judge(&app, &decider, &path, "fail", "5"), 303);
    let reply = decider.post(&format!("{path}/decision"), ACCEPT).expect(422);
    assert!(reply.blames("decision") && reply.has("“must” criterion"));
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
    let page = decider.get(&format!("/needs/{need}/comparison")).expect(200);
    for text in ["Muster AG", "Anders GmbH", "60 %", "1 failed", "Not judged yet"] {
        assert!(page.has(text), "{text}");
    }
}

#[test]
fn a_low_verdict_needs_a_reason_and_an_older_page_is_refused() {
    let app = TestApp::new();
    let staff = app.staff(Role::EsgAnalyst);
    let officer = app.staff(Role::ProcurementOfficer);
    let need = record(&app, &officer, "", "");
    let path = propose(&officer, &need, &[("legal_name", "Muster AG")]);
    let price = app.text("SELECT id FROM need_criteria WHERE position = 2");
    let send = |verdict: &str, reason: &str, seen: &str| {
        let fields = [
            ("criterion", price.as_str()),
            ("verdict", verdict),
            ("reason", reason),
            ("seen", seen),
        ];
        staff.post(&format!("{path}/screening"), &fields)
    };
    assert!(send("2", "", "").expect(422).blames("reason-2"));
    assert!(send("6", "x", "").expect(422).blames("verdict-2"));
    send("2", "Dear", "").expect(303);
    send("4", "Cheaper now", "").expect(409);
    let seen = app.text("SELECT id FROM screenings");
    send("4", "Cheaper now", &seen).expect(303);
    assert_eq!(app.number("SELECT score FROM screenings"), 4);
    officer.post(&format!("/needs/{need}/closing"), &[("reason", "Done")]).expect(303);
    send("5", "", &app.text("SELECT id FROM screenings")).expect(409);
}

#[test]
fn the_same_company_is_not_entered_twice() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let need = record(&app, &staff, "", "");
    let held = app.company("Musterwerke Nord GmbH", "DE");
    staff
        .post(
            &format!("/suppliers/{}/identifiers", held.id),
            &[("kind", "lei"), ("value", "529900T8BM49AURSDO55")],
        )
        .expect(303);
    let path = format!("/needs/{need}/candidates");
    let same = [
        ("legal_name", "Ganz anderer Name AG"),
        ("country", "DE"),
        ("language", "en"),
        ("identifier_kind", "lei"),
        ("identifier_value", "5299 00T8BM49AURSDO55"),
    ];
    let reply = staff.post(&path, &same).expect(422);
    assert!(reply.blames("choice") && reply.has(&format!("/suppliers/{}", held.id)));
    let mut other = same.to_vec();
    other.extend([("choice", "other"), ("seen", held.id.as_str())]);
    staff.post(&path, &other).expect(422);
    let mut this = same.to_vec();
    this.push(("choice", held.id.as_str()));
    staff.post(&path, &this).expect(303);
    assert_eq!(app.text("SELECT supplier_id FROM candidates"), held.id);
    assert_eq!(app.text("SELECT legal_name FROM candidates"), "Musterwerke Nord GmbH");
    assert!(staff.post(&path, &this).expect(422).blames("legal_name"), "once for a need");

    // A similar name is asked about; whoever has looked may say that it is another company.
    let alike = [("legal_name", "Musterwerke Nord"), ("country", "DE"), ("language", "en")];
    assert!(staff.post(&path, &alike).expect(422).blames("choice"));
    let mut unseen = alike.to_vec();
    unseen.push(("choice", "other"));
    staff.post(&path, &unseen).expect(422);
    unseen.push(("seen", held.id.as_str()));
    staff.post(&path, &unseen).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM candidates"), 2);
}

#[test]
fn a_company_of_the_register_is_taken_up_and_an_eliminated_one_is_not_proposed() {
    let app = TestApp::new();
    let proposer = app.staff(Role::Inspector);
    let decider = app.staff(Role::Approver);
    let need = record(&app, &decider, "", "");
    let gone = app.company("Altbekannt GmbH", "DE");
    app.tamper(&format!("UPDATE suppliers SET stage = 'withdrawn' WHERE id = '{}'", gone.id))
        .unwrap();
    let path = propose(&proposer, &need, &[("legal_name", "Altbekannt"), ("choice", &gone.id)]);
    judge(&app, &decider, &path, "pass", "3");
    decider.post(&format!("{path}/decision"), ACCEPT).expect(303);
    assert_eq!(app.text("SELECT stage FROM suppliers"), "candidate");
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 1);
    for stage in ["active", "eliminated"] {
        let company = app.company(&format!("Firma {stage} Quarz KG"), "DE");
        app.tamper(&format!("UPDATE suppliers SET stage = '{stage}' WHERE id = '{}'", company.id))
            .unwrap();
        let name = company.legal_name.clone();
        let fields = [
            ("legal_name", name.as_str()),
            ("country", "DE"),
            ("language", "en"),
            ("choice", company.id.as_str()),
        ];
        assert!(
            proposer
                .post(&format!("/needs/{need}/candidates"), &fields)
                .expect(422)
                .blames("choice"),
            "{stage}"
        );
    }
    // Another id in the form's field is nobody's.
    let fields = [
        ("legal_name", "Fremd AG"),
        ("country", "DE"),
        ("language", "en"),
        ("choice", need.as_str()),
    ];
    assert!(
        proposer.post(&format!("/needs/{need}/candidates"), &fields).expect(422).blames("choice")
    );
}

#[test]
fn a_declined_company_gets_a_courteous_letter_in_its_language_unless_it_is_not_told() {
    let app = TestApp::new();
    let proposer = app.staff(Role::Inspector);
    let decider = app.staff(Role::Approver);
    let need = record(&app, &decider, "", "");
    let contact = [("contact_name", "Li Na"), ("contact_email", "li@sample.example.com")];
    let mut fields = vec![("legal_name", "样例有限公司"), ("language", "zh-CN"), ("country", "CN")];
    fields.extend(contact);
    let made = proposer.post(&format!("/needs/{need}/candidates"), &fields).expect(303);
    let told = made.location.clone().expect("its page");
    let silent = propose(&proposer, &need, &[("legal_name", "Muster AG"), contact[1]]);
    let no = [("decision", "decline"), ("reason", "Internal: too dear"), ("tell", "on")];
    assert!(decider.post(&format!("{told}/decision"), &no).expect(422).blames("company_reason"));
    let mut said = no.to_vec();
    said.push(("company_reason", "目前的价格高于其他报价。"));
    decider.post(&format!("{told}/decision"), &said).expect(303);
    decider.post(&format!("{silent}/decision"), &no[..2]).expect(303);
    decider.post(&format!("{told}/decision"), &said).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1);
    let letter =
        app.text("SELECT subject || body_text FROM messages WHERE kind = 'candidate_declined'");
    assert!(
        letter.contains("样例有限公司") && letter.contains("目前的价格") && letter.contains("感谢")
    );
    assert!(!letter.contains("Internal"), "what colleagues read stays inside");
}

#[test]
fn each_candidate_waits_for_its_next_step() {
    let app = TestApp::new();
    let proposer = app.staff(Role::Inspector);
    let officer = app.staff(Role::ProcurementOfficer);
    let need = record(&app, &officer, "CN", "320000");
    let path = propose(&proposer, &need, &[("legal_name", "Muster AG")]);
    let everything = Scope::Everything;
    let waits = |scope: &Scope| {
        let scope = scope.clone();
        app.db()
            .read_now(move |c| {
                let screening = waiting::candidates::to_screen(c, &scope)?.len();
                Ok((
                    screening,
                    waiting::candidates::to_decide(c, &scope, "")?.len(),
                    waiting::candidates::held(c, &scope)?.len(),
                ))
            })
            .unwrap()
    };
    assert_eq!(waits(&everything), (1, 0, 0));
    assert_eq!(waits(&Scope::of(Some("cn-six"), Some("northeast"))), (0, 0, 0));
    judge(&app, &officer, &path, "pass", "3");
    assert_eq!(waits(&everything), (0, 1, 0));
    let decide = |account_id: String| {
        let all = Scope::Everything;
        app.db().read_now(move |c| waiting::candidates::to_decide(c, &all, &account_id)).unwrap()
    };
    assert_eq!(decide(officer.account_id.clone())[0].path, path);
    assert!(decide(proposer.account_id.clone()).is_empty(), "nobody decides on their own proposal");
}

#[test]
fn a_proposal_sent_twice_is_one() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let need = record(&app, &staff, "", "");
    let key =
        staff.get(&format!("/needs/{need}/candidates/new")).hidden("form_key").expect("a key");
    let one = propose(&staff, &need, &[("legal_name", "Muster AG"), ("form_key", &key)]);
    let two = propose(&staff, &need, &[("legal_name", "Muster AG"), ("form_key", &key)]);
    assert_eq!(one, two);
    assert_eq!(app.number("SELECT count(*) FROM candidates"), 1);
}
