//! Other programs are told of changes: what arrives, what is tried again, where nothing is sent.

use std::thread;
use std::time::{Duration, Instant};

use rocket::local::blocking::Client;
use touchstone::Settings;
use touchstone::access::Role;
use touchstone::db::Db;
use touchstone::imports::Options;
use touchstone::webhooks::deliveries::PAUSES;
use touchstone::webhooks::sending::Sender;

use super::imports::{confirm, read};
use super::receiver::Receiver;
use super::support::{Person, TestApp, settings, vault};

const SECRET: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const ALL: [&str; 3] = ["supplier.created", "supplier.changed", "supplier.merged"];

fn private(settings: Settings) -> Settings {
    settings.with("webhook_private_addresses", true).expect("settings")
}

fn post_new<'p>(admin: &'p Person, url: &str, events: &[&str]) -> super::person::Reply<'p> {
    let mut fields = vec![("url", url)];
    fields.extend(events.iter().map(|event| ("events", *event)));
    admin.post("/webhooks", &fields)
}

/// Sets up a webhook; its id and secret.
fn set_up(app: &TestApp, admin: &Person, url: &str, events: &[&str]) -> (String, String) {
    let page = post_new(admin, url, events).expect(200);
    let body = page.body();
    let (_, after) = body.split_once("whsec_").expect("a secret");
    let secret = format!("whsec_{}", after.split('"').next().unwrap_or_default());
    (app.text("SELECT id FROM webhooks ORDER BY id DESC LIMIT 1"), secret)
}

/// Waits until a query answers a number.
#[track_caller]
fn wait_until(app: &TestApp, query: &str, number: i64) {
    let start = Instant::now();
    while app.number(query) != number {
        assert!(start.elapsed() < Duration::from_secs(20), "{query}: {}", app.number(query));
        thread::sleep(Duration::from_millis(20));
    }
}

const DELIVERED: &str = "SELECT count(*) FROM webhook_deliveries WHERE delivered_at IS NOT NULL";

#[test]
fn a_change_arrives_signed_and_tells_of_the_company_but_of_nobody() {
    let app = TestApp::with(private);
    let receiver = Receiver::answering(&["200"]);
    let admin = app.staff(Role::Administrator);
    app.company("Before Anybody Asked Ltd", "DE");
    let (_, secret) = set_up(&app, &admin, &receiver.url, &ALL);
    let staff = app.staff(Role::ProcurementOfficer);
    let company = app.company("杭州甲乙纺织有限公司", "330000");
    let path = format!("/suppliers/{}", company.id);
    let person = [("name", "Li Secretperson"), ("phone", "13800001234")];
    staff.post(&format!("{path}/contacts"), &person).expect(303);
    app.introduce(&company.id, "known for years");
    let got = receiver.wait_for(3);
    let kinds: Vec<String> = got.iter().map(|message| message.kind()).collect();
    assert_eq!(kinds, ["supplier.created", "supplier.changed", "supplier.changed"]);
    for message in &got {
        assert!(message.is_signed_with(&secret));
        assert!(!message.is_signed_with(SECRET));
        assert_eq!(message.path, "/hook");
        assert_eq!(message.headers["content-type"], "application/json");
        assert_eq!(message.json()["id"], message.id());
        for hidden in ["Secretperson", "13800001234", "known for years"] {
            assert!(!message.body.contains(hidden), "{}", message.body);
        }
    }
    let told = got[2].json();
    let data = &told["data"];
    assert_eq!(data["legal_name"], "杭州甲乙纺织有限公司");
    assert_eq!(data["code"], "S-000002");
    assert_eq!((&data["stage"], &data["area"]), (&"active".into(), &"330000".into()));
    assert_eq!(data["url"], format!("http://127.0.0.1:8000{path}"));
    assert!(told["occurred_at"].as_str().is_some_and(|at| at.ends_with('Z')));
    wait_until(&app, DELIVERED, 3);
    assert_eq!(receiver.got().len(), 3, "each once");
}

#[test]
fn a_secret_is_shown_once_and_kept_sealed() {
    let app = TestApp::with(private);
    let receiver = Receiver::answering(&["200"]);
    let admin = app.staff(Role::Administrator);
    let (id, secret) = set_up(&app, &admin, &receiver.url, &ALL);
    admin.post(&format!("/webhooks/{id}/test"), &[]).expect(303);
    assert!(receiver.wait_for(1)[0].is_signed_with(&secret));
    wait_until(&app, DELIVERED, 1);
    let bare = secret.trim_start_matches("whsec_");
    for path in ["/webhooks".to_string(), format!("/webhooks/{id}"), "/webhooks/new".into()] {
        assert!(!admin.get(&path).expect(200).has(bare), "{path}");
    }
    assert!(!app.text("SELECT secret_sealed FROM webhooks").contains(bare));
    for column in ["details", "subject_id", "actor_name"] {
        let query = format!("SELECT count(*) FROM audit_records WHERE {column} LIKE '%{bare}%'");
        assert_eq!(app.number(&query), 0);
    }
    let hooks = "SELECT count(*) FROM audit_records WHERE action = 'webhook.created'";
    assert_eq!(app.number(hooks), 1);
}

#[test]
fn what_did_not_arrive_is_tried_again_after_growing_pauses_with_the_same_id() {
    let app = TestApp::alone_with(private);
    let receiver = Receiver::answering(&["500", "500", "200"]);
    let admin = app.staff(Role::Administrator);
    let (id, secret) = set_up(&app, &admin, &receiver.url, &ALL);
    admin.post(&format!("/webhooks/{id}/test"), &[]).expect(303);
    let settled = |tries: i64| {
        let query = "SELECT count(*) FROM webhook_deliveries WHERE last_answer <> '' AND tries = ";
        wait_until(&app, &format!("{query}{tries}"), 1);
    };
    receiver.wait_for(1);
    settled(1);
    admin.get(&format!("/webhooks/{id}")).expect(200).shows("To be tried again").shows("500 ok");
    app.advance_clock(5);
    thread::sleep(Duration::from_secs(2));
    assert_eq!(receiver.got().len(), 1, "not before its time");
    app.advance_clock(6);
    receiver.wait_for(2);
    wait_until(&app, "SELECT count(*) FROM webhook_deliveries WHERE tries = 2", 1);
    thread::sleep(Duration::from_millis(300));
    app.advance_clock(30);
    thread::sleep(Duration::from_secs(2));
    assert_eq!(receiver.got().len(), 2, "the second pause is longer");
    app.advance_clock(35);
    let got = receiver.wait_for(3);
    wait_until(&app, DELIVERED, 1);
    assert!(got.iter().all(|m| m.id() == got[0].id() && m.body == got[0].body));
    assert!(got.iter().all(|m| m.is_signed_with(&secret)), "signed with the time of its sending");
    let failing = "SELECT count(*) FROM webhooks WHERE failing_since IS NOT NULL";
    assert_eq!(app.number(failing), 0, "it is well again");
}

#[test]
fn after_three_days_a_message_is_given_up_and_its_webhook_stopped() {
    let app = TestApp::alone_with(private);
    let receiver = Receiver::answering(&["503"]);
    let admin = app.staff(Role::Administrator);
    let (id, _) = set_up(&app, &admin, &receiver.url, &ALL);
    admin.post(&format!("/webhooks/{id}/test"), &[]).expect(303);
    for (number, pause) in PAUSES.iter().enumerate() {
        receiver.wait_for(number + 1);
        let again = format!(
            "SELECT count(*) FROM webhook_deliveries WHERE tries = {} AND last_answer <> ''",
            number + 1
        );
        wait_until(&app, &again, 1);
        // The claim has been settled once the next try lies as far ahead as it shall.
        thread::sleep(Duration::from_millis(300));
        assert_eq!(app.number("SELECT count(*) FROM webhooks WHERE stopped_at IS NULL"), 1);
        app.advance_clock(pause + 1);
    }
    wait_until(&app, "SELECT count(*) FROM webhook_deliveries WHERE given_up_at IS NOT NULL", 1);
    assert_eq!(receiver.got().len(), PAUSES.len() + 1);
    let admin = app.again(&admin);
    let page = admin.get(&format!("/webhooks/{id}")).expect(200);
    page.shows("Given up").shows("Nothing had arrived for three days");
    admin.post(&format!("/webhooks/{id}/test"), &[]).expect(409);
    admin.post(&format!("/webhooks/{id}/resumption"), &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM webhooks WHERE stopped_at IS NULL"), 1);
    let stopped = "SELECT count(*) FROM audit_records WHERE action = 'webhook.stopped'";
    assert_eq!(app.number(stopped), 1);
}

#[test]
fn a_redirect_is_not_followed_and_of_a_long_answer_little_is_read() {
    let app = TestApp::with(private);
    let aside = Receiver::answering(&["200"]);
    let redirect =
        format!("HTTP/1.1 307 X\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", aside.url);
    let long =
        format!("HTTP/1.1 200 X\r\nContent-Length: 900000\r\n\r\n{}", "long ".repeat(180_000));
    let receiver = Receiver::answering(&[&redirect, &long]);
    let admin = app.staff(Role::Administrator);
    let (id, _) = set_up(&app, &admin, &receiver.url, &ALL);
    admin.post(&format!("/webhooks/{id}/test"), &[]).expect(303);
    wait_until(&app, "SELECT count(*) FROM webhook_deliveries WHERE last_answer = '307'", 1);
    assert!(aside.got().is_empty());
    let delivery = app.text("SELECT id FROM webhook_deliveries");
    let again = format!("/webhooks/{id}/deliveries/{delivery}/redelivery");
    admin.post(&again, &[]).expect(303);
    wait_until(&app, DELIVERED, 1);
    let answer = app.text("SELECT last_answer FROM webhook_deliveries");
    assert!(answer.starts_with("200 long") && answer.len() < 300, "{answer}");
}

#[test]
fn only_public_https_addresses_are_taken() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    for (url, text) in [
        ("http://example.com/hook", "must begin with https://"),
        ("https://user:pass@example.com/", "no user name or password"),
        ("https://127.0.0.1/", "must be public"),
        ("https://localhost/", "must be public"),
        ("https://[::1]/", "must be public"),
        ("https://[::ffff:10.0.0.1]/", "must be public"),
        ("https://169.254.169.254/latest/meta-data/", "must be public"),
        ("https://192.168.1.10:8443/", "must be public"),
        ("nonsense", "web"),
    ] {
        let reply = post_new(&admin, url, &ALL).expect(422);
        assert!(reply.blames("url") && reply.has(text), "{url}");
        assert_eq!(reply.hidden("url").as_deref(), Some(url), "as it was typed");
    }
    assert!(post_new(&admin, "https://example.com/", &[]).expect(422).blames("events"));
    post_new(&admin, "https://example.com/", &["supplier.eaten"]).expect(422);
    assert_eq!(app.number("SELECT count(*) FROM webhooks"), 0);
    post_new(&admin, "https://example.com/hook?a=b", &ALL).expect(200);
}

#[test]
fn a_name_that_leads_to_a_private_address_is_not_connected_to() {
    let receiver = Receiver::answering(&["200"]);
    let sender = Sender::new(false);
    let port = receiver.url.rsplit(':').next().and_then(|rest| rest.split('/').next());
    let port = port.expect("a port");
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
    {
        let outcome = sender.send(&format!("https://{host}:{port}/"), SECRET, "id", 1, "{}");
        assert!(!outcome.arrived, "{host}");
        assert!(["private", "no_host"].contains(&outcome.answer.as_str()), "{host}: {outcome:?}");
    }
    // Without TLS not even a public address; and of private ones only where they are allowed.
    assert!(!sender.send(&receiver.url, SECRET, "id", 1, "{}").arrived);
    let public = Sender::new(true).send("http://8.8.8.8:1/", SECRET, "id", 1, "{}");
    assert_eq!((public.arrived, public.answer.as_str()), (false, "not_https"));
    thread::sleep(Duration::from_millis(100));
    assert!(receiver.got().is_empty());
    assert!(Sender::new(true).send(&receiver.url, SECRET, "id", 1, "{}").arrived);
}

/// Set for the process that [`no_proxy_of_the_environment_comes_between`] starts.
const BEHIND_A_PROXY: &str = "TOUCHSTONE_TEST_BEHIND_A_PROXY";

#[test]
fn no_proxy_of_the_environment_comes_between() {
    if let Ok(url) = std::env::var(BEHIND_A_PROXY) {
        assert!(Sender::new(true).send(&url, SECRET, "id", 1, "{}").arrived);
        return;
    }
    let (proxy, receiver) = (Receiver::answering(&["200"]), Receiver::answering(&["200"]));
    let address = proxy.url.trim_end_matches("/hook");
    // The environment belongs to the whole process, so this test runs again in its own.
    let again = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "webhooks::no_proxy_of_the_environment_comes_between"])
        .env(BEHIND_A_PROXY, &receiver.url)
        .envs(["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].map(|name| (name, address)))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .expect("this program runs");
    assert!(again.status.success(), "{again:?}");
    assert_eq!((receiver.got().len(), proxy.got().len()), (1, 0));
}

#[test]
fn two_nodes_on_one_database_deliver_each_message_once() {
    let app = TestApp::with(private);
    let receiver = Receiver::answering(&["200"]);
    let other = private(settings()).on_database(&app.database_url()).expect("settings");
    let db = Db::open(&other.database_url).expect("the same register");
    let _other = Client::untracked(touchstone::rocket(other, db, vault())).expect("a second node");
    let admin = app.staff(Role::Administrator);
    set_up(&app, &admin, &receiver.url, &ALL);
    for number in 0..12 {
        app.company(&format!("Works {number}"), "DE");
        thread::sleep(Duration::from_millis(150));
    }
    receiver.wait_for(12);
    wait_until(&app, DELIVERED, 12);
    let mut ids: Vec<String> = receiver.got().iter().map(|m| m.id().to_string()).collect();
    assert_eq!(ids.len(), 12);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 12);
}

fn list_of(number: usize) -> String {
    let rows = (0..number).map(|n| format!("Weaving Mill No {n},DE\n"));
    format!("legal_name,country\n{}", rows.collect::<String>())
}

#[test]
fn a_list_is_told_company_by_company_and_a_long_one_at_once() {
    let app = TestApp::with(private);
    let receiver = Receiver::answering(&["200"]);
    let admin = app.staff(Role::Administrator);
    set_up(&app, &admin, &receiver.url, &ALL);
    let (short, _) = read(&app, list_of(7).as_bytes(), Options::default());
    confirm(&app, &short, false).expect("a confirmation");
    let got = receiver.wait_for(7);
    assert!(got.iter().all(|message| message.kind() == "supplier.created"));
    let list = list_of(1_010).replace("Mill", "Factory");
    let (long, _) = read(&app, list.as_bytes(), Options::default());
    confirm(&app, &long, false).expect("a confirmation");
    let got = receiver.wait_for(8);
    let told = got[7].json();
    assert_eq!(told["type"], "suppliers.imported");
    assert_eq!(told["data"]["suppliers"], 1_010);
    assert_eq!(told["data"]["import"], long.as_str());
    wait_until(&app, DELIVERED, 8);
}

#[test]
fn a_webhook_hears_what_it_chose_and_nothing_of_the_time_it_was_stopped() {
    let app = TestApp::with(private);
    let receiver = Receiver::answering(&["200"]);
    let admin = app.staff(Role::Administrator);
    let (id, _) = set_up(&app, &admin, &receiver.url, &["supplier.created"]);
    let staff = app.staff(Role::ProcurementOfficer);
    let company = app.company("First Ltd", "DE");
    let contact = format!("/suppliers/{}/contacts", company.id);
    staff.post(&contact, &[("name", "Anna")]).expect(303);
    receiver.wait_for(1);
    admin.post(&format!("/webhooks/{id}/stopping"), &[]).expect(303);
    admin.post(&format!("/webhooks/{id}/stopping"), &[]).expect(409);
    app.company("While Stopped Ltd", "DE");
    thread::sleep(Duration::from_millis(1_500));
    admin.post(&format!("/webhooks/{id}/resumption"), &[]).expect(303);
    app.company("Afterwards Ltd", "DE");
    let got = receiver.wait_for(2);
    assert_eq!(got[1].json()["data"]["legal_name"], "Afterwards Ltd");
    wait_until(&app, DELIVERED, 2);
    admin.post(&format!("/webhooks/{id}/removal"), &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM webhook_deliveries"), 0);
    admin.get(&format!("/webhooks/{id}")).expect(404);
}

#[test]
fn a_form_sent_twice_makes_one_webhook_and_twenty_are_enough() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    let key = admin.get("/webhooks/new").hidden("form_key").expect("a key");
    let fields =
        [("url", "https://example.com/"), ("events", "supplier.created"), ("form_key", &key)];
    admin.post("/webhooks", &fields).expect(200);
    admin.post("/webhooks", &fields).expect(200);
    assert_eq!(app.number("SELECT count(*) FROM webhooks"), 1);
    for _ in 1..20 {
        post_new(&admin, "https://example.com/", &ALL).expect(200);
    }
    assert!(post_new(&admin, "https://example.com/", &ALL).expect(422).blames("url"));
    let limited = app.staff_of(Role::Administrator, "cn-six", "southern");
    post_new(&limited, "https://example.com/", &ALL).expect(403);
}
