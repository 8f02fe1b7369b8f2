//! A receipt proves itself: offline, with nothing but the public key, also to programs of others.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use touchstone::clauses::find_version;
use touchstone::clauses::signatures::{Signature, claims};
use touchstone::proof::jwk;
use touchstone::signing::{PublicKey, Signer};
use touchstone::vault::Vault;

use crate::certified::today;
use crate::signed::{published, sign, signatory};
use crate::support::{TempDir, TestApp, vault};

/// The Python with joserfc; `script/test` sets it up.
const PYTHON: &str = "TOUCHSTONE_TEST_JOSE";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/jose.py");
/// Another register's key: 32 bytes of 1, in base64.
const OTHER_KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

fn own_key() -> PublicKey {
    Signer::of(&vault()).unwrap().public
}

fn other_key() -> PublicKey {
    Signer::of(&Vault::of_key(OTHER_KEY).unwrap()).unwrap().public
}

/// A signature, and the English text that was signed.
fn signed(app: &TestApp) -> (Signature, String) {
    let company = app.company("Signing Works GmbH", "DE");
    let version = published(app, "anti_bribery", today());
    let signature = sign(app, &company.id, &version, &signatory(app, &company.id));
    let text = app.db().read_now(|c| Ok(find_version(c, &version)?.0.text_en)).unwrap();
    (signature, text)
}

/// Runs the program in a folder, with no register anywhere.
fn verify(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let done: Output = Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .env_clear()
        .current_dir(folder)
        .args(["verify", "receipt"])
        .args(arguments)
        .output()
        .unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn a_receipt_is_verified_in_an_empty_folder_with_the_public_key_alone() {
    let app = TestApp::new();
    let (signature, text) = signed(&app);
    let (files, empty) = (TempDir::new(), TempDir::new());
    let write = |name: &str, text: &str| {
        let path = files.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let receipt = write("receipt.jws", &signature.receipt);
    let key = own_key();
    let set = jwk::set(&[other_key(), key.clone()]);
    let keys = [
        key.public_key.clone(),
        write("key.txt", &format!("{}\n", key.public_key)),
        write("key.json", &set["keys"][1].to_string()),
        write("keys.json", &set.to_string()),
    ];
    for key in &keys {
        let (is_valid, said) = verify(empty.path(), &[&receipt, "--key", key]);
        assert!(is_valid && said.ends_with("VALID\n"), "{said}");
        for fact in [
            "S-000001 Signing Works GmbH",
            "anti_bribery, version 1",
            "Li Wei, Managing director",
            "Legal representative",
            "Asia/Shanghai",
            &signature.text_sha256,
            &signature.hash,
        ] {
            assert!(said.contains(fact), "{fact}: {said}");
        }
    }
    let right = write("text.md", &text.replace('\n', "\r\n"));
    let wrong = write("wrong.md", &text.replace("promise", "deny"));
    let (is_valid, said) = verify(empty.path(), &[&receipt, "--key", &keys[0], "--text", &right]);
    assert!(is_valid && said.contains("VALID, and so is the text"), "{said}");
    let asked = [receipt.as_str(), "--key", &keys[0], "--text", &wrong];
    let (is_valid, said) = verify(empty.path(), &asked);
    assert!(!is_valid && said.contains("the text is not the one that was signed"), "{said}");
    // Settings that no server would start with are not even read.
    fs::write(files.path().join("Rocket.toml"), "[default]\nport = \"none\"\n").unwrap();
    assert!(verify(files.path(), &[&receipt, "--key", &keys[0]]).0);
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn whatever_is_not_the_receipt_is_refused_with_the_reason() {
    let app = TestApp::new();
    let (signature, _) = signed(&app);
    let folder = TempDir::new();
    let check = |text: &str, key: &str| {
        fs::write(folder.path().join("receipt.jws"), text).unwrap();
        let (is_valid, said) = verify(folder.path(), &["receipt.jws", "--key", key]);
        assert!(!is_valid && !said.contains("\nVALID"), "{said}");
        said
    };
    let (own, other) = (own_key().public_key, other_key().public_key);
    for altered in altered(&signature.receipt) {
        let said = check(&altered, &own);
        assert!(said.contains("NOT VALID"), "{said}");
    }
    assert!(check(&signature.receipt, &other).contains("names the key"));
    assert!(check("", &own).contains("nothing that a register signs"));
    assert!(check(&signature.receipt, "no-such-file").contains("cannot be read"));
    // Signed by the register, and no receipt.
    let signer = Signer::of(&vault()).unwrap();
    let statement = signer.sign("touchstone-checkpoint+jwt", &json!({ "name": "x" })).unwrap();
    assert!(check(&statement, &own).contains("nothing that a register signs"));
}

#[test]
fn programs_get_the_answer_in_json() {
    let app = TestApp::new();
    let (signature, _) = signed(&app);
    let folder = TempDir::new();
    fs::write(folder.path().join("receipt.jws"), &signature.receipt).unwrap();
    let ask = |key: &PublicKey| {
        verify(folder.path(), &["receipt.jws", "--key", &key.public_key, "--json"])
    };
    let (is_valid, said) = ask(&own_key());
    let answer: Value = serde_json::from_str(&said).unwrap();
    assert!(is_valid && answer["valid"] == true && answer["text_matches"].is_null(), "{said}");
    assert_eq!(answer["claims"], claims::of(&signature, "anti_bribery", 1));
    assert_eq!(answer["hash"], signature.hash.as_str());
    let (is_valid, said) = ask(&other_key());
    assert!(!is_valid && said.contains("\"valid\": false"), "{said}");
}

/// The receipt with a letter changed in each of its three parts, and without its signature.
fn altered(receipt: &str) -> Vec<String> {
    let parts: Vec<&str> = receipt.split('.').collect();
    let mut all = vec![format!("{}.{}.", parts[0], parts[1])];
    for part in 0..parts.len() {
        let mut parts: Vec<String> = parts.iter().map(|part| part.to_string()).collect();
        let letter = if parts[part].as_bytes()[20] == b'A' { "B" } else { "A" };
        parts[part].replace_range(20..21, letter);
        all.push(parts.join("."));
    }
    all
}

/// What another implementation reads in a signed text, if it accepts it.
fn read_by_another(python: &str, token: &str, keys: &Value) -> Option<Value> {
    let mut child = Command::new(python)
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the Python of TOUCHSTONE_TEST_JOSE starts");
    let asked = json!({ "token": token, "keys": keys }).to_string();
    child.stdin.take().expect("piped").write_all(asked.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() || said.starts_with("refused: "), "{said}");
    done.status.success().then(|| serde_json::from_slice(&done.stdout).unwrap())
}

#[test]
fn another_implementation_accepts_the_receipt_with_the_published_keys_and_nothing_else() {
    let Ok(python) = std::env::var(PYTHON) else {
        // Not `eprintln!`: the test harness hides what passing tests print.
        let line =
            format!("receipts not read by another program: set {PYTHON}, or run script/test\n");
        drop(std::io::stderr().write_all(line.as_bytes()));
        return;
    };
    let app = TestApp::new();
    let (signature, _) = signed(&app);
    let published = app.anonymous().get("/keys.json").expect(200).body();
    let keys: Value = serde_json::from_str(&published).unwrap();
    let read = read_by_another(&python, &signature.receipt, &keys).expect("a valid receipt");
    assert_eq!(read["claims"], claims::of(&signature, "anti_bribery", 1));
    let header = json!({ "alg": "EdDSA", "typ": claims::RECEIPT, "kid": own_key().id });
    assert_eq!(read["header"], header);
    for altered in altered(&signature.receipt) {
        assert_eq!(read_by_another(&python, &altered, &keys), None, "{altered}");
    }
    let others = jwk::set(&[other_key()]);
    assert_eq!(read_by_another(&python, &signature.receipt, &others), None);
}
