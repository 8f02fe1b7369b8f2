//! Checkpoints and the public page of keys.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use touchstone::access::{Actor, Role};
use touchstone::proof::checkpoints::{self, Checkpoint};
use touchstone::signing::Signer;

use crate::proof::Chain;
use crate::support::{TempDir, TestApp, vault};

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn daily(app: &TestApp) -> i64 {
    app.db().write_now(|c| checkpoints::daily(c, &vault(), "")).expect("a step").done
}

fn todays(app: &TestApp) -> Checkpoint {
    let made = app.db().write_now(|c| checkpoints::todays(c, &Actor::clock(), &vault()));
    made.expect("a checkpoint")
}

/// What a command says, and whether it ended well.
fn touchstone(app: &TestApp, folder: &Path, arguments: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .env("DATABASE_URL", app.database_url())
        .env("TOUCHSTONE_KEY", KEY)
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn each_day_has_one_checkpoint_that_is_mailed_to_those_in_the_settings() {
    let app = TestApp::alone_with(|settings| {
        settings.with("checkpoint_mail_to", "audit@example.com, board@example.com").unwrap()
    });
    app.company("Signing Works GmbH", "DE");
    assert_eq!((daily(&app), daily(&app)), (1, 0));
    app.advance_clock(24 * 3600);
    assert_eq!((daily(&app), daily(&app)), (1, 0));
    assert_eq!(app.number("SELECT count(*) FROM checkpoints"), 2);
    let letters = app.letters();
    let to: Vec<&str> = letters.iter().map(|letter| letter.1.as_str()).collect();
    let both = ["audit@example.com", "board@example.com"];
    assert_eq!(to, [both, both].concat());
    let statement = app.text("SELECT statement FROM checkpoints ORDER BY day LIMIT 1");
    assert!(letters[0].3.contains(&statement), "{}", letters[0].3);
    let made = "SELECT count(*) FROM audit_records WHERE action = 'checkpoint.made'";
    assert_eq!(app.number(made), 2);
}

#[test]
fn nobody_gets_a_letter_when_nobody_is_named_and_a_wrong_address_is_found_at_the_start() {
    let app = TestApp::new();
    assert_eq!(daily(&app), 1);
    assert!(app.letters().is_empty());
    assert_eq!(checkpoints::addresses("a@example.com, nobody"), Err("nobody".into()));
    assert_eq!(checkpoints::addresses(" , "), Ok(Vec::new()));
}

#[test]
fn a_checkpoint_that_was_kept_elsewhere_shows_what_was_cut_off_or_rewritten() {
    let mut chain = Chain::new();
    let folder = TempDir::new();
    let (done, said) = touchstone(&chain.app, folder.path(), &["checkpoint", "-o", "kept.jws"]);
    assert!(done && said.is_empty(), "{said}");
    let (done, again) = touchstone(&chain.app, folder.path(), &["checkpoint"]);
    assert!(
        done && again == fs::read_to_string(folder.path().join("kept.jws")).unwrap(),
        "{again}"
    );
    // The letter that it came in will do as well.
    fs::write(
        folder.path().join("letter.txt"),
        format!("Please keep this.\n\n{again}\n\nTouchstone\n"),
    )
    .unwrap();
    let key = Signer::of(&vault()).unwrap().public.public_key;
    let verify = |chain: &Chain, file: &str| {
        touchstone(&chain.app, folder.path(), &["verify", "checkpoint", file, "--key", &key])
    };
    for file in ["kept.jws", "letter.txt"] {
        let (done, said) = verify(&chain, file);
        assert!(done && said.contains("Both are still what they were"), "{said}");
    }
    let (done, said) = touchstone(&chain.app, folder.path(), &["verify", "signatures"]);
    assert!(done && said.contains("3 signatures, 1 checkpoints"), "{said}");
    let ends = chain.app.number("SELECT signature_sequence FROM checkpoints");
    assert_eq!(ends, 3);
    chain.save();
    let cases = [
        ("DELETE FROM signatures WHERE sequence = 3", "they end at number 2"),
        (
            "UPDATE signatures SET hash = '00' WHERE sequence = 3",
            "the signatures were rewritten: number 3",
        ),
        (
            "DELETE FROM audit_records WHERE sequence >= (SELECT audit_sequence FROM checkpoints)",
            "the audit trail was cut off",
        ),
        (
            "UPDATE audit_records SET hash = '00' \
             WHERE sequence = (SELECT audit_sequence FROM checkpoints)",
            "the audit trail was rewritten",
        ),
    ];
    for (change, expected) in cases {
        // Nor does it help to take the register's own checkpoints away.
        chain.change(change);
        chain.change("DELETE FROM checkpoints");
        let (done, said) = verify(&chain, "kept.jws");
        assert!(!done && said.contains(expected), "{change}: {said}");
        chain.restore();
    }
    fs::write(folder.path().join("kept.jws"), "eyJhIjoxfQ.e30.x").unwrap();
    let (done, said) = verify(&chain, "kept.jws");
    assert!(!done && said.contains("the checkpoint is not valid"), "{said}");
}

#[test]
fn everybody_finds_the_public_keys_and_the_ends_of_the_chains() {
    let chain = Chain::new();
    let app = &chain.app;
    let checkpoint = todays(app);
    let key = Signer::of(&vault()).unwrap().public;
    let hash = app.text("SELECT hash FROM signatures WHERE sequence = 3");
    let visitor = app.anonymous();
    let page = visitor.get("/keys").expect(200);
    for fact in [&key.id, &key.public_key, &hash, &checkpoint.audit_hash, &checkpoint.statement] {
        assert!(page.has(fact), "{fact}");
    }
    for person in ["Works", "Li Wei", "192.0.2.1"] {
        assert!(!page.has(person), "{person}");
    }
    visitor.get("/language/zh-CN?next=/keys");
    assert!(visitor.get("/keys").expect(200).has("如何验证回执"));
    let set = visitor.get("/keys.json").expect(200);
    assert_eq!(set.header("Cache-Control"), Some("public, max-age=300"));
    let expected = json!({ "keys": [{
        "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
        "kid": key.id, "x": key.public_key,
    }] });
    assert_eq!(serde_json::from_str::<Value>(&set.body()).unwrap(), expected);
}

#[test]
fn before_anything_was_signed_the_pages_say_so() {
    let app = TestApp::new();
    assert!(app.anonymous().get("/keys").expect(200).has("Nothing was signed yet"));
    assert!(app.staff(Role::Auditor).get("/checkpoints").expect(200).has("No checkpoint yet"));
}

#[test]
fn an_auditor_lists_checkpoints_and_takes_their_statements_along() {
    let chain = Chain::new();
    let checkpoint = todays(&chain.app);
    let auditor = chain.app.staff(Role::Auditor);
    let address = format!("/checkpoints/{}/statement", checkpoint.id);
    assert!(auditor.get("/checkpoints").expect(200).has(&address));
    let statement = auditor.get(&address).expect(200);
    assert_eq!(statement.body().trim(), checkpoint.statement);
    assert_eq!(statement.header("Content-Type"), Some("application/jose"));
    let folder = TempDir::new();
    fs::write(folder.path().join("kept.jws"), statement.body()).unwrap();
    let (done, said) = touchstone(&chain.app, folder.path(), &["verify", "checkpoint", "kept.jws"]);
    assert!(done, "{said}");
    let (done, said) = touchstone(&chain.app, folder.path(), &["key", "status"]);
    let key = Signer::of(&vault()).unwrap().public;
    assert!(done && said.contains(&key.id) && said.contains(&key.public_key), "{said}");
}

#[test]
fn the_list_of_checkpoints_goes_on_where_a_page_ends() {
    let app = TestApp::alone();
    for _ in 0..52 {
        assert_eq!(daily(&app), 1);
        app.advance_clock(24 * 3600);
    }
    let first = app.text("SELECT id FROM checkpoints ORDER BY day LIMIT 1");
    let auditor = app.staff(Role::Auditor);
    let page = auditor.get("/checkpoints").expect(200);
    assert_eq!(page.body().matches("/statement").count(), 50);
    let body = page.body();
    let next = body.split("href=\"/checkpoints?before=").nth(1).expect("a next page");
    let next = format!("/checkpoints?before={}", next.split('"').next().unwrap());
    let page = auditor.get(&next).expect(200);
    assert_eq!(page.body().matches("/statement").count(), 2);
    assert!(page.has(&first));
}
