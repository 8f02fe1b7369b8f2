//! Letters: what they say, when they are sent, and who sees them. Those that need a mail server
//! are in `notices_sent`.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use touchstone::access::Role;
use touchstone::error::Error;
use touchstone::notices::sending::{End, Outcome};
use touchstone::notices::{Letter, Message, outbox, post};
use touchstone::texts::Language;

use super::support::{TestApp, vault};

pub const SECRET: &str = "kT0-9secretOfAnInvitation";

/// A letter with a secret link. Its id.
pub fn write(app: &TestApp, email: &str, language: Language, supplier: Option<&str>) -> String {
    try_write(app, email, "Li Wei 李伟", language, supplier).expect("a letter")
}

fn try_write(
    app: &TestApp,
    email: &str,
    name: &str,
    language: Language,
    supplier: Option<&str>,
) -> Result<String, Error> {
    let (email, name) = (email.to_string(), name.to_string());
    let supplier = supplier.map(str::to_string);
    app.db().write_now(move |c| {
        let letter = Letter {
            kind: "trial",
            email: &email,
            name: &name,
            language,
            supplier_id: supplier.as_deref(),
            args: Vec::new(),
            lines: vec!["Mind <b>this</b> & that; it is no {link}.".into()],
            link: Some(format!("/invitations/{SECRET}")),
        };
        post(c, &vault(), letter)
    })
}

/// Waits until a query answers a number.
#[track_caller]
pub fn wait_until(app: &TestApp, query: &str, number: i64) {
    let start = Instant::now();
    while app.number(query) != number {
        assert!(start.elapsed() < Duration::from_secs(20), "{query}: {}", app.number(query));
        thread::sleep(Duration::from_millis(20));
    }
}

pub const WAITING: &str = "SELECT count(*) FROM messages WHERE next_try_at IS NOT NULL";

#[test]
fn a_letter_greets_says_why_it_came_and_escapes_what_people_typed() {
    let app = TestApp::new();
    let company = app.company("Müller & <i>Söhne</i> GmbH", "DE");
    write(&app, "li@example.com", Language::English, Some(&company.id));
    let (kind, email, subject, text, link) = app.letters().remove(0);
    assert_eq!((kind.as_str(), email.as_str()), ("trial", "li@example.com"));
    assert_eq!(subject, "Test letter from the supplier register");
    assert_eq!(link, format!("/invitations/{SECRET}"));
    assert!(text.starts_with("Dear Li Wei 李伟,\n\nYou asked"), "{text}");
    assert!(text.contains("\n\nMind <b>this</b> & that; it is no link.\n\n{link}\n\n"), "{text}");
    assert!(text.contains("\n\nKind regards\nTouchstone, the supplier register\n\n"), "{text}");
    assert!(text.ends_with("Links in it are for you alone.") && text.contains("Müller & <i>"));
    let html = app.text("SELECT body_html FROM messages");
    assert!(html.contains("<html lang=\"en\">") && html.contains("Dear Li Wei 李伟,"));
    assert!(!html.contains("<b>") && !html.contains("<i>") && html.contains("it is no link."));
    assert_eq!(html.matches("{link}").count(), 3, "the button, the address and its own link");
    write(&app, "li@example.com", Language::Chinese, None);
    let (_, _, subject, text, _) = app.letters().remove(1);
    assert_eq!(subject, "供应商登记系统测试邮件");
    assert!(text.starts_with("Li Wei 李伟，您好："), "{text}");
}

#[test]
fn nobody_slips_a_second_head_into_a_letter() {
    let app = TestApp::new();
    let refused = [
        ("li@example.com\r\nBcc: x@example.com", "Li", "email"),
        ("li@example.com,x@example.com", "Li", "email"),
        ("Li <li@example.com>", "Li", "email"),
        ("li", "Li", "email"),
        ("", "Li", "email"),
        ("li@example.com", "Li\r\nBcc: x@example.com", "control_characters"),
        ("li@example.com", "Li\nWei", "control_characters"),
    ];
    for (email, name, code) in refused {
        match try_write(&app, email, name, Language::English, None) {
            Err(Error::Invalid(problems)) => assert_eq!(problems.0[0].code, code, "{email:?}"),
            other => panic!("{email:?} {name:?}: {other:?}"),
        }
    }
    assert_eq!(app.letters().len(), 0);
}

#[test]
fn without_a_mail_server_letters_are_kept_and_their_link_can_be_opened_on_record() {
    let app = TestApp::new();
    let id = write(&app, "li@example.com", Language::English, None);
    wait_until(&app, WAITING, 0);
    let files: Vec<_> = fs::read_dir(app.mail_folder()).expect("a folder").flatten().collect();
    let path = files[0].path();
    assert_eq!((files.len(), path.extension().and_then(|e| e.to_str())), (1, Some("eml")));
    let mail = fs::read_to_string(&path).expect("a letter");
    assert!(mail.contains(SECRET) && mail.contains("Message-ID: <") && mail.contains(&id));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = files[0].metadata().expect("metadata").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let staff = app.staff(Role::ProcurementOfficer);
    let path = format!("/messages/{id}");
    staff.get("/messages").expect(200).shows("No mail server").shows("Kept, not sent");
    let page = staff.get(&path).expect(200).shows("Mind &#60;b&#62;this").shows("Open the link");
    assert!(!page.has(SECRET), "only where somebody opens it");
    let opened = staff.post(&format!("{path}/opening"), &[]).expect(200);
    assert!(opened.has(&format!("http://127.0.0.1:8000/invitations/{SECRET}")));
    let openings = "SELECT count(*) FROM audit_records WHERE action = 'message.link_opened'";
    assert_eq!(app.number(openings), 1);
    let told = format!("SELECT count(*) FROM audit_records WHERE details LIKE '%{SECRET}%'");
    assert_eq!(app.number(&told), 0);
    let auditor = app.staff(Role::Auditor);
    assert!(!auditor.get(&path).expect(200).has("Open the link"));
    auditor.post(&format!("{path}/opening"), &[]).expect(403);
    staff.post(&format!("{path}/retry"), &[]).expect(409).shows("No mail server");
    auditor.get("/audit").expect(200).shows("Link of a letter opened");
}

#[test]
fn somebody_with_a_part_of_the_register_sees_the_letters_about_companies_there() {
    let app = TestApp::new();
    let german = app.company("Werkstatt Beispiel GmbH", "DE");
    let chinese = app.company("杭州甲乙纺织有限公司", "330000");
    let about_german = write(&app, "a@example.com", Language::English, Some(&german.id));
    let about_chinese = write(&app, "b@example.com", Language::Chinese, Some(&chinese.id));
    let about_nobody = write(&app, "c@example.com", Language::English, None);
    let regional = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let list = regional.get("/messages").expect(200);
    let seen = [&about_german, &about_chinese, &about_nobody].map(|id| list.has(id));
    assert_eq!(seen, [false, true, false]);
    regional.get(&format!("/messages/{about_chinese}")).expect(200);
    for hidden in [about_german, about_nobody] {
        regional.get(&format!("/messages/{hidden}")).expect(404);
        regional.post(&format!("/messages/{hidden}/opening"), &[]).expect(404);
        regional.post(&format!("/messages/{hidden}/retry"), &[]).expect(404);
    }
    let all = app.staff(Role::Administrator).get("/messages").expect(200).body();
    assert!(all.contains("杭州甲乙纺织有限公司 (S-000002)") && !all.contains("/suppliers/"));
}

#[test]
fn the_log_is_found_by_state_and_goes_on_page_by_page() {
    let app = TestApp::new();
    let staff = app.staff(Role::Approver);
    staff.get("/messages").expect(200).shows("No letters yet");
    let ids: Vec<String> =
        (0..51).map(|_| write(&app, "li@example.com", Language::English, None)).collect();
    wait_until(&app, WAITING, 0);
    let first = staff.get("/messages?state=kept").expect(200).body();
    assert!(first.contains(&ids[50]) && first.contains(&ids[1]) && !first.contains(&ids[0]));
    assert!(first.contains(&format!("before={}", ids[1])));
    let second = staff.get(&format!("/messages?state=kept&before={}", ids[1])).expect(200);
    let is_listed = |id: &str| second.links().contains(&format!("/messages/{id}"));
    assert!(is_listed(&ids[0]) && !is_listed(&ids[1]));
    staff.get("/messages?state=sent").expect(200).shows("No letters in this state");
    staff.get("/messages?state=nonsense&before=%27--").expect(200).shows(&ids[50]);
}

#[test]
fn a_test_letter_goes_to_whoever_asks_for_it() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    admin.post("/messages/trial", &[]).expect(303).follow().shows("on its way");
    let (kind, email, _, _, link) = app.letters().remove(0);
    let own = format!("{}@example.com", admin.account_id);
    assert_eq!((kind.as_str(), email, link.as_str()), ("trial", own, "/account"));
}

#[test]
fn a_server_that_stops_leaves_what_waits_to_the_next() {
    let app = TestApp::new();
    app.rocket().shutdown().notify();
    thread::sleep(Duration::from_millis(1_500));
    write(&app, "li@example.com", Language::English, None);
    thread::sleep(Duration::from_millis(2_500));
    assert_eq!(app.number(WAITING), 1);
    assert!(!app.mail_folder().exists());
}

#[test]
fn a_letter_is_sent_by_one_node_at_a_time_and_outlives_a_node_that_dies() {
    let app = TestApp::alone();
    app.rocket().shutdown().notify();
    thread::sleep(Duration::from_millis(1_500));
    write(&app, "li@example.com", Language::English, None);
    let claim = || app.db().write_now(outbox::claim).expect("a claim");
    let first = claim().expect("it is due");
    assert!(claim().is_none(), "another node has it");
    app.advance_clock(outbox::CLAIMED + 1);
    let second = claim().expect("that node is gone");
    let settle = |claimed: &Message, end, answer: &str| {
        let (claimed, outcome) = (claimed.clone(), Outcome { end, answer: answer.into() });
        app.db().write_now(move |c| outbox::settle(c, &claimed, &outcome)).expect("settled");
    };
    settle(&first, End::Refused, "550 too late");
    assert_eq!(app.number(WAITING), 1, "the node that was gone has no say any more");
    settle(&second, End::Sent, "");
    let sent = "SELECT count(*) FROM messages WHERE sent_at IS NOT NULL AND link_sealed = ''";
    assert_eq!(app.number(sent), 1);
}
