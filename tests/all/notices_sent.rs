//! Letters and mail servers: one that takes them, ones that do not, and none at all.

use std::net::TcpListener;

use touchstone::Settings;
use touchstone::access::Role;
use touchstone::notices::outbox::PAUSES;
use touchstone::texts::Language;

use super::mail_server::MailServer;
use super::notices::{SECRET, WAITING, wait_until, write};
use super::support::TestApp;

fn through(url: &str) -> impl FnOnce(Settings) -> Settings {
    move |settings| {
        let settings = settings.with("smtp_url", url).expect("settings");
        settings.with("mail_from", "Touchstone 登记 <register@example.com>").expect("settings")
    }
}

const SENT: &str = "SELECT count(*) FROM messages WHERE sent_at IS NOT NULL";
const GIVEN_UP: &str = "SELECT count(*) FROM messages WHERE given_up_at IS NOT NULL";

#[test]
fn letters_arrive_in_both_languages_with_both_bodies_and_leave_no_secret_behind() {
    let Some(server) = MailServer::start() else { return };
    let app = TestApp::with(through(&server.url));
    let company = app.company("杭州甲乙纺织有限公司", "330000");
    let english = write(&app, "li@example.com", Language::English, None);
    write(&app, "wang@example.com", Language::Chinese, Some(&company.id));
    let mails = server.wait_for(2);
    wait_until(&app, SENT, 2);
    let link = format!("http://127.0.0.1:8000/invitations/{SECRET}");
    let expected = [
        ("Test letter from the supplier register", "Dear Li Wei 李伟,", "en", "li@example.com"),
        ("供应商登记系统测试邮件", "Li Wei 李伟，您好：", "zh-CN", "wang@example.com"),
    ];
    for (mail, (subject, greeting, language, email)) in mails.iter().zip(expected) {
        assert_eq!(mail.heads["subject"], subject);
        assert_eq!(mail.heads["from"], "Touchstone 登记 <register@example.com>");
        assert!(mail.heads["to"].contains("李伟") && mail.heads["to"].contains(email));
        assert_eq!(mail.heads["auto-submitted"], "auto-generated");
        assert_eq!(mail.heads["content-language"], language);
        assert_eq!(mail.kind, "multipart/alternative");
        for body in [&mail.text, &mail.html] {
            assert!(body.contains(greeting) && body.contains(&link), "{body}");
            assert!(!body.contains("{link}"), "{body}");
        }
        assert!(mail.text.contains("Mind <b>this</b>") && mail.html.contains("Mind &#60;b&#62;"));
        assert!(mail.text.lines().all(|line| line.chars().count() <= 74), "{}", mail.text);
    }
    assert_eq!(mails[0].heads["message-id"], format!("<{english}@example.com>"));
    assert!(mails[1].text.replace('\n', "").contains("作为杭州甲乙纺织有限公司相关人员"));
    for column in ["subject", "body_text", "body_html", "link_sealed", "last_answer"] {
        let query = format!("SELECT count(*) FROM messages WHERE {column} LIKE '%{SECRET}%'");
        assert_eq!(app.number(&query), 0, "{column}");
    }
    let links = "SELECT count(*) FROM messages WHERE link_sealed <> ''";
    assert_eq!(app.number(links), 0, "not even sealed");
    let staff = app.staff(Role::Administrator);
    let path = format!("/messages/{english}");
    staff.get(&path).expect(200).shows("Sent").shows("[the link stands here]");
    staff.post(&format!("{path}/retry"), &[]).expect(409).shows("was sent");
    staff.post(&format!("{path}/opening"), &[]).expect(409);
    assert_eq!(server.mails().len(), 2, "each once");
}

#[test]
fn a_mailbox_that_does_not_exist_is_given_up_at_once_and_may_be_tried_again_by_hand() {
    let Some(server) = MailServer::start() else { return };
    let app = TestApp::with(through(&server.url));
    let id = write(&app, "nobody@example.com", Language::English, None);
    wait_until(&app, GIVEN_UP, 1);
    assert_eq!(app.number("SELECT tries FROM messages"), 1);
    let staff = app.staff(Role::ProcurementOfficer);
    let path = format!("/messages/{id}");
    staff.get(&path).expect(200).shows("Given up").shows("550 5.1.1 no such mailbox");
    staff.post(&format!("{path}/opening"), &[]).expect(409).shows("only the person");
    let by = "SELECT count(*) FROM audit_records WHERE action = 'message.retried'";
    staff.post(&format!("{path}/retry"), &[]).expect(303).follow().shows("on its way");
    assert_eq!(app.number(by), 1);
    wait_until(&app, GIVEN_UP, 1);
    assert_eq!(server.mails().len(), 0);
}

#[test]
fn a_server_without_tls_gets_nothing_when_tls_is_asked_for() {
    let Some(server) = MailServer::start() else { return };
    for (url, answer) in [
        (server.url.replace("smtp://", "smtps://"), "tls %"),
        (format!("{}?tls=required", server.url), "%TLS%"),
    ] {
        let app = TestApp::with(through(&url));
        write(&app, "li@example.com", Language::English, None);
        let failed = "SELECT count(*) FROM messages WHERE last_answer LIKE";
        wait_until(&app, "SELECT count(*) FROM messages WHERE last_answer <> ''", 1);
        let said = app.text("SELECT last_answer FROM messages");
        assert_eq!(app.number(&format!("{failed} '{answer}'")), 1, "{said}");
        assert_eq!(app.number(GIVEN_UP), 0);
    }
    assert_eq!(server.mails().len(), 0);
}

#[test]
fn a_server_that_wants_to_wait_gets_the_letter_again() {
    let Some(server) = MailServer::start() else { return };
    let app = TestApp::alone_with(through(&server.url));
    let id = write(&app, "later@example.com", Language::English, None);
    wait_until(&app, "SELECT count(*) FROM messages WHERE last_answer LIKE '451 4.7.1%'", 1);
    assert_eq!((app.number(WAITING), app.number(GIVEN_UP)), (1, 0));
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/messages?state=waiting").expect(200).shows("To be tried again");
    let path = format!("/messages/{id}/retry");
    staff.post(&path, &[]).expect(409).shows("within five minutes");
    app.advance_clock(PAUSES[0] + 1);
    wait_until(&app, "SELECT count(*) FROM messages WHERE tries = 2", 1);
}

/// An address at which nobody listens.
fn nobody() -> String {
    let probe = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    format!("smtp://{}", probe.local_addr().expect("an address"))
}

#[test]
fn a_server_that_is_down_is_tried_after_growing_pauses_and_then_the_letter_is_given_up() {
    let app = TestApp::alone_with(through(&nobody()));
    let id = write(&app, "li@example.com", Language::English, None);
    let tried = |n: i64| {
        let settled = format!(
            "SELECT count(*) FROM messages WHERE tries = {n} AND last_answer LIKE 'unreachable %' \
             AND (given_up_at IS NOT NULL OR next_try_at IS NOT NULL)"
        );
        wait_until(&app, &settled, 1);
    };
    for (pause, n) in PAUSES.iter().zip(1..) {
        tried(n);
        // The answer of the claim before stands until this one is settled.
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(app.number(GIVEN_UP), 0, "after {n} tries");
        app.advance_clock(pause + 1);
    }
    wait_until(&app, GIVEN_UP, 1);
    tried(PAUSES.len() as i64 + 1);
    assert_eq!(app.number(WAITING), 0);
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get(&format!("/messages/{id}")).expect(200).shows("could not be reached. Connection");
    let links = "SELECT count(*) FROM messages WHERE link_sealed <> ''";
    assert_eq!(app.number(links), 1, "it can be sent by hand still");
}

#[test]
fn a_mail_server_set_up_later_gets_the_letters_of_the_last_day_only() {
    let app = TestApp::new();
    write(&app, "old@example.com", Language::English, None);
    let new = write(&app, "new@example.com", Language::English, None);
    wait_until(&app, WAITING, 0);
    app.tamper("UPDATE messages SET created_at = '2026-01-01 00:00:00' WHERE email LIKE 'old%'")
        .expect("an old letter");
    let sent = app.db().write_now(touchstone::notices::outbox::send_kept);
    assert_eq!(sent.expect("letters"), 1);
    let due = "SELECT id FROM messages WHERE next_try_at IS NOT NULL OR tries > 1";
    assert_eq!(app.text(due), new);
}
