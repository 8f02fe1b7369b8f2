//! Who signs has read exactly this text, may sign it, and sits there; and signs it once.

use std::thread;

use chrono::Duration;
use diesel::prelude::*;
use touchstone::access::{Actor, Client, Confirmed, Role, passwords, session};
use touchstone::clauses::signatures::claims::RECEIPT;
use touchstone::clauses::signing::{By, SigningInput, sign};
use touchstone::clauses::{AfterSigning, Status, Version};
use touchstone::schema::clause_versions;
use touchstone::signing::{PublicKey, read};
use touchstone::suppliers::Supplier;
use touchstone::values::{clock, new_id, sha256_hex};

use crate::certified::today;
use crate::person::Reply;
use crate::signed;
use crate::support::{Person, TestApp, vault};

const PASSWORD: &str = "jade tile quarry";
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";
/// 160 bits in base32.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// A company whose legal representative, Li Wei, may sign and has a password.
pub fn company(app: &TestApp) -> (Supplier, Person) {
    let company = app.company("Signing Works GmbH", "DE");
    let owner = signed::signatory(app, &company.id);
    set_password(app, &owner.account_id);
    (company, owner)
}

fn set_password(app: &TestApp, account_id: &str) {
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
fn signs<'p>(who: &'p Person, version: &str, changes: &[(&str, &str)]) -> Reply<'p> {
    let page = who.get(&format!("/portal/clauses/{version}"));
    post(who, &format!("/portal/clauses/{version}/signature"), &filled(&page, changes))
}

pub fn signatures(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM signatures")
}

fn code() -> String {
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(SECRET).expect("base32"))
        .with_account_name("code")
        .build()
        .expect("a second factor");
    totp.generate(clock::now().timestamp() as u64).to_string()
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
                let client = Client {
                    address: "192.0.2.1".into(),
                    agent: "test".into(),
                    device: None,
                    session: None,
                };
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
fn only_the_newest_published_version_can_be_signed() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let old = signed::published(&app, "anti_bribery", today() - Duration::days(3));
    let page = owner.get(&format!("/portal/clauses/{old}"));
    let fields = filled(&page, &[]);
    let new = signed::published(&app, "anti_bribery", today() + Duration::days(30));
    let place = |id: &str| format!("/portal/clauses/{id}/signature");
    post(&owner, &place(&old), &fields).expect(409).shows("A newer version");
    owner.get(&format!("/portal/clauses/{old}")).expect(200).shows("A newer version");
    post(&owner, &place(NOBODY), &fields).expect(404);
    for status in [Status::Draft, Status::Reviewed, Status::Discarded] {
        let draft = beside(&app, &new, status);
        post(&owner, &place(&draft), &fields).expect(409).shows("not published");
        owner.get(&format!("/portal/clauses/{draft}")).expect(404);
        owner.get(&format!("/portal/clauses/{draft}/text/en")).expect(404);
    }
    assert_eq!(signatures(&app), 0);
    signs(&owner, &new, &[]).expect(303);
    assert_eq!(signatures(&app), 1);
}

/// The next version of a clause, which is not published. Its id.
fn beside(app: &TestApp, published: &str, status: Status) -> String {
    let published = published.to_string();
    let made = app.db().write_now(move |c| {
        let row = clause_versions::table.find(&published);
        let mut copy: Version = row.select(Version::as_select()).first(c)?;
        copy.id = new_id();
        copy.version = 100 + Status::ALL.iter().position(|one| *one == status).unwrap_or(0) as i64;
        copy.status = status;
        copy.published_at = None;
        diesel::insert_into(clause_versions::table).values(&copy).execute(c)?;
        Ok(copy.id)
    });
    made.expect("a version")
}

#[test]
fn without_the_right_or_a_real_name_nothing_is_signed_and_the_page_says_what_is_lacking() {
    let app = TestApp::new();
    let (company, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today());
    let page = owner.get(&format!("/portal/clauses/{version}"));
    let fields = filled(&page, &[]);
    let place = format!("/portal/clauses/{version}/signature");
    let colleague = app.supplier_person(Role::SupplierMember, &company.id);
    set_password(&app, &colleague.account_id);
    colleague.get("/portal/clauses").expect(200).shows("no right to sign").shows("Ask for it");
    let page = colleague.get(&format!("/portal/clauses/{version}")).expect(200);
    assert!(page.has("no right to sign") && page.hidden("sha256").is_none());
    post(&colleague, &place, &fields).expect(422).shows("no right to sign");
    for (change, back, words) in [
        (
            "UPDATE authentications SET valid_to = '2020-01-01'",
            "UPDATE authentications SET valid_to = NULL",
            "real name is not authenticated",
        ),
        (
            "UPDATE people SET removed_at = created_at",
            "UPDATE people SET removed_at = NULL",
            "no longer behind the company",
        ),
        (
            "UPDATE signing_rights SET status = 'revoked'",
            "UPDATE signing_rights SET status = 'granted'",
            "no right to sign",
        ),
        (
            "UPDATE signing_rights SET status = 'requested'",
            "UPDATE signing_rights SET status = 'granted'",
            "not decided yet",
        ),
    ] {
        app.tamper(change).expect(change);
        post(&owner, &place, &fields).expect(422).shows(words);
        owner.get("/portal/clauses").expect(200);
        app.tamper(back).expect(back);
    }
    app.tamper("UPDATE suppliers SET stage = 'withdrawn'").expect("gone");
    post(&owner, &place, &fields).expect(409).shows("no longer a supplier");
    app.tamper("UPDATE suppliers SET stage = 'active'").expect("back");
    assert_eq!(signatures(&app), 0);
    post(&owner, &place, &fields).expect(303);
}

#[test]
fn what_was_typed_stays_when_something_is_wrong_and_nothing_is_written() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today());
    let records = || app.number("SELECT count(*) FROM audit_records");
    let before = records();
    let english = app.text("SELECT sha256_en FROM clause_versions");
    let upper = english.to_uppercase();
    for (changes, field, words) in [
        (vec![("typed_name", "Li Wen")], "typed_name", "not the name"),
        (vec![("typed_name", " ")], "typed_name", "Fill this in"),
        (vec![("typed_title", " ")], "typed_title", "Fill this in"),
        (vec![("read", "")], "read", "Read the text to its end"),
        (vec![("reading", "declared"), ("read", "")], "read", "Read the text to its end"),
        (vec![("sha256", NOBODY)], "read", "not the text that is in force"),
        (vec![("sha256", upper.as_str())], "read", "not the text that is in force"),
        (vec![("sha256", "")], "read", "not the text that is in force"),
        (vec![("language", "zh-CN")], "read", "not the text that is in force"),
        (vec![("language", "fr")], "read", "not the text that is in force"),
        (vec![("password", "")], "password", "Type your password"),
        (vec![("password", "wrong wrong wrong")], "password", "password"),
        (vec![("password", ""), ("code", "123456")], "", "Enter a code"),
    ] {
        let page = signs(&owner, &version, &changes).expect(422);
        if !field.is_empty() {
            assert!(page.blames(field) && page.has(words), "{changes:?}");
        }
        let named = changes.iter().any(|(name, _)| *name == "typed_name");
        assert!(named || page.has("value=\" LI  wei\""), "{changes:?}");
        assert!(!page.has(PASSWORD), "{changes:?}");
    }
    assert_eq!((signatures(&app), records()), (0, before));
    assert_eq!(app.number("SELECT count(*) FROM signing_keys"), 0);
}

#[test]
fn passwords_are_not_guessed_here_either() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today());
    for _ in 0..10 {
        signs(&owner, &version, &[("password", "wrong wrong wrong")]).expect(422);
    }
    signs(&owner, &version, &[]).expect(429);
    assert_eq!(signatures(&app), 0);
}

#[test]
fn a_code_confirms_once() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let sealed = vault().seal(SECRET, &owner.account_id).expect("sealed");
    app.tamper(&format!(
        "UPDATE accounts SET totp_secret = '{sealed}', totp_enrolled_at = created_at \
         WHERE id = '{}'",
        owner.account_id
    ))
    .expect("a second factor");
    let first = signed::published(&app, "anti_bribery", today());
    let second = signed::published(&app, "labour_rights", today());
    let code = code();
    let by_code = [("password", ""), ("code", code.as_str())];
    // What cannot be signed uses up no code.
    signs(&owner, &first, &[by_code[0], by_code[1], ("typed_title", "")]).expect(422);
    signs(&owner, &first, &by_code).expect(303);
    assert_eq!(app.text("SELECT confirmation FROM signatures"), "code");
    assert!(signs(&owner, &second, &by_code).expect(422).blames("code"));
    assert_eq!(signatures(&app), 1);
}

#[test]
fn who_was_signed_out_or_closed_meanwhile_signs_nothing() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let version = signed::published(&app, "anti_bribery", today());
    let page = owner.get(&format!("/portal/clauses/{version}"));
    let (fields, token) = (filled(&page, &[]), owner.token());
    let account = owner.account_id.clone();
    app.db().write_now(move |c| session::end_all(c, &account)).expect("signed out");
    let mut all: Vec<(&str, &str)> = vec![("_token", token.as_str())];
    all.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
    let reply = owner.post_bare(&format!("/portal/clauses/{version}/signature"), &all).expect(303);
    assert!(reply.location.is_some_and(|to| to.starts_with("/sign-in")));
    let again = app.again(&owner);
    app.tamper("UPDATE accounts SET disabled_at = created_at").expect("closed");
    let token = again.token();
    all[0] = ("_token", token.as_str());
    let reply = again.post_bare(&format!("/portal/clauses/{version}/signature"), &all);
    assert!(reply.status != 200 && reply.location.is_none_or(|to| !to.contains("signatures")));
    assert_eq!(signatures(&app), 0);
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
