//! Who signs has read exactly this text, may sign it, and sits there; and signs it once.

use std::thread;

use chrono::Duration;
use touchstone::access::{Actor, Client, Confirmed, Role, passwords};
use touchstone::clauses::AfterSigning;
use touchstone::clauses::signatures::claims::RECEIPT;
use touchstone::clauses::signing::{By, SigningInput, sign};
use touchstone::signing::{PublicKey, read};
use touchstone::suppliers::Supplier;
use touchstone::values::sha256_hex;

use crate::certified::today;
use crate::person::Reply;
use crate::signed;
use crate::support::{Person, TestApp, vault};

pub const PASSWORD: &str = "jade tile quarry";
pub const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// A company whose legal representative, Li Wei, may sign and has a password.
pub fn company(app: &TestApp) -> (Supplier, Person) {
    let company = app.company("Signing Works GmbH", "DE");
    let owner = signed::signatory(app, &company.id);
    set_password(app, &owner.account_id);
    (company, owner)
}

pub fn set_password(app: &TestApp, account_id: &str) {
    let hash = passwords::hash(PASSWORD).expect("a hash");
    let statement =
        format!("UPDATE accounts SET password_hash = '{hash}' WHERE id = '{account_id}'");
    app.tamper(&statement).expect("a password");
}

/// What somebody fills in who has read the text of a page and signs it, but for what is changed.
pub fn filled<'a>(page: &Reply, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let hidden = |name: &str| page.hidden(name).unwrap_or_default();
    let mut fields = vec![
        ("language", hidden("language")),
        ("sha256", hidden("sha256")),
        ("typed_name", " LI  wei".to_string()),
        ("typed_title", "Managing director".into()),
        ("read", "on".into()),
        ("reading", String::new()),
        ("time_zone", "Asia/Shanghai".into()),
        ("password", PASSWORD.into()),
        ("code", String::new()),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value.to_string()));
    }
    fields
}

pub fn post<'p>(who: &'p Person, path: &str, fields: &[(&str, String)]) -> Reply<'p> {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    who.post(path, &fields)
}

/// Reads a version and signs it, but for what is changed.
pub fn signs<'p>(who: &'p Person, version: &str, changes: &[(&str, &str)]) -> Reply<'p> {
    let page = who.get(&format!("/portal/clauses/{version}"));
    post(who, &format!("/portal/clauses/{version}/signature"), &filled(&page, changes))
}

/// A browser with the secret of a session.
pub fn client(session: Option<String>) -> Client {
    Client { address: "192.0.2.1".into(), agent: "test".into(), device: None, session }
}

pub fn signatures(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM signatures")
}

#[test]
fn who_may_signs_exactly_what_was_shown_and_holds_a_proof_of_it() {
    let app = TestApp::new();
    let (company, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today() - Duration::days(3));
    owner.get("/portal").expect(200).shows("1 clause to sign");
    owner.get("/portal/clauses").expect(200).shows("Must be signed since");
    let page = owner.get(&format!("/portal/clauses/{version}?text=zh-CN")).expect(200);
    let chinese = app.text("SELECT sha256_zh FROM clause_versions");
    assert_eq!(page.hidden("sha256").as_deref(), Some(chinese.as_str()));
    let place = format!("/portal/clauses/{version}/signature");
    let reply = post(&owner, &place, &filled(&page, &[("reading", "seen")])).expect(303);
    let page = reply.follow().expect(200).shows("Save the receipt").shows("我方承诺");
    assert_eq!(app.text("SELECT text_sha256 FROM signatures"), chinese);
    for (column, value) in [
        ("language", "zh-CN"),
        ("typed_name", "LI  wei"),
        ("typed_title", "Managing director"),
        ("authority", "Legal representative"),
        ("confirmation", "password"),
        ("reading", "seen"),
        ("time_zone", "Asia/Shanghai"),
        ("account_id", owner.account_id.as_str()),
        ("method", "electronic"),
    ] {
        assert_eq!(app.text(&format!("SELECT {column} FROM signatures")), value, "{column}");
    }
    let key = PublicKey::parse(&app.text("SELECT public_key FROM signing_keys")).expect("a key");
    assert!(page.has(&format!("--key {}", key.public_key)));
    let file = owner.get(&format!("{}/receipt", page.path)).expect(200);
    assert_eq!(file.header("Content-Type"), Some("application/jose"));
    let name = format!("attachment; filename=\"anti_bribery-v1-{}.jws\"", company.code());
    assert_eq!(file.header("Content-Disposition"), Some(name.as_str()));
    assert_eq!(sha256_hex(&file.bytes), app.text("SELECT hash FROM signatures"));
    let claims = read(&file.body(), RECEIPT, &key).expect("a receipt that the key has signed");
    assert_eq!(claims["text_sha256"], chinese);
    assert_eq!(claims["name"], "LI  wei");
    let text = owner.get(&format!("/portal/clauses/{version}/text/zh-CN")).expect(200);
    assert_eq!(sha256_hex(&text.bytes), chinese);
    assert!(!owner.get("/portal").expect(200).has("clause to sign"));
    let records = "SELECT count(*) FROM audit_records WHERE action = 'clause.signed'";
    assert_eq!(app.number(records), 1);
}

#[test]
fn signed_again_it_is_the_same_receipt_also_when_a_newer_version_has_come() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today());
    let first = signs(&owner, &version, &[]).expect(303).location.expect("a receipt");
    let page = owner.get(&format!("/portal/clauses/{version}")).expect(200);
    assert!(page.has("has signed this version") && page.hidden("sha256").is_none());
    assert_eq!(signs(&owner, &version, &[]).expect(303).location.as_deref(), Some(first.as_str()));
    let newer = signed::published(&app, "anti_bribery", today());
    assert_eq!(signs(&owner, &version, &[]).expect(303).location.as_deref(), Some(first.as_str()));
    assert_eq!(signatures(&app), 1);
    owner.get("/portal/clauses").expect(200).shows("Must sign again").shows("Earlier version");
    let second = signs(&owner, &newer, &[]).expect(303).location.expect("a receipt");
    assert_ne!(first, second);
    assert_eq!(signatures(&app), 2);
}

#[test]
fn two_clicks_at_once_give_one_signature() {
    let app = TestApp::new();
    let (company, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today());
    let input = SigningInput {
        typed_name: "Li Wei".into(),
        typed_title: "Managing director".into(),
        language: "en".into(),
        sha256: app.text("SELECT sha256_en FROM clause_versions"),
        read: "on".into(),
        ..Default::default()
    };
    let click = || {
        let (db, version, input) = (app.db().clone(), version.clone(), input.clone());
        let (account, supplier) = (owner.account_id.clone(), company.id.clone());
        thread::spawn(move || {
            let given = db.write_now(move |c| {
                let mut actor = Actor::command_line();
                actor.account_id = account;
                let client = client(None);
                let by = By {
                    actor: &actor,
                    supplier_id: &supplier,
                    vault: &vault(),
                    after: AfterSigning(|_, _, _, _| Ok(())),
                    client: &client,
                };
                sign(c, &by, &version, &input, Confirmed::Password)
            });
            given.expect("a signature").id
        })
    };
    let clicks: Vec<_> = (0..4).map(|_| click()).collect();
    let mut ids: Vec<String> = clicks.into_iter().map(|one| one.join().expect("an id")).collect();
    ids.dedup();
    assert_eq!((ids.len(), signatures(&app)), (1, 1));
}

#[test]
fn the_receipt_of_another_company_is_not_there() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today());
    let place = signs(&owner, &version, &[]).expect(303).location.expect("a receipt");
    let stranger = app.supplier();
    for path in [place.clone(), format!("{place}/receipt")] {
        owner.get(&path).expect(200);
        stranger.get(&path).expect(404);
    }
    stranger.get(&format!("/portal/signatures/{NOBODY}")).expect(404);
    app.staff(Role::LegalOfficer).get(&place).expect(403);
}
