//! A clause is published, signed and counted, as the people of both sides play it; its receipt is
//! verified where there is no register.

use std::path::Path;
use std::process::{Command, Output};

use chrono::{Days, NaiveDate};
use touchstone::access::Role;
use touchstone::values::{now, sha256_hex};

use super::stories::{look_as_told, sign_in, sign_out};
use super::support::{CHINESE, DESKTOP, PHONE, Site, WITHOUT_JAVASCRIPT};

/// The clause of the story.
const CLAUSE: &str = "anti_bribery";

/// The link to the first clause that a company is asked to sign.
const FIRST_WANTED: &str = "main ul.tasks a[href^='/portal/clauses/']";
/// The password of the owner of the company's account.
const PASSWORD: &str = "the gate opens at eight";

/// What one telling of the story differs in from another.
struct Telling {
    name: &'static str,
    width: u32,
    has_script: bool,
    language: &'static str,
    /// What pages say where they say something about the story.
    signed: &'static str,
    again: &'static str,
}

const ENGLISH: Telling = Telling {
    name: "clauses-en",
    width: DESKTOP,
    has_script: true,
    language: "en",
    signed: "Signed",
    again: "Must sign again",
};

const IN_CHINESE: Telling = Telling {
    name: "clauses-zh",
    width: PHONE,
    has_script: false,
    language: "zh-CN",
    signed: "已签署",
    again: "待重新签署",
};

#[rocket::async_test]
async fn a_clause_is_signed_and_proven_in_english_with_script() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    tell(&site, &ENGLISH).await;
}

#[rocket::async_test]
async fn a_clause_is_signed_and_proven_in_chinese_on_a_phone_without_script() {
    let Some(site) = Site::open(&[CHINESE, WITHOUT_JAVASCRIPT]).await else {
        return;
    };
    tell(&site, &IN_CHINESE).await;
}

async fn look(site: &Site, telling: &Telling, name: &str) {
    let name = format!("{}-{name}", telling.name);
    look_as_told(site, &name, telling.has_script, telling.width).await;
}

async fn tell(site: &Site, telling: &Telling) {
    site.set_width(telling.width).await;
    site.goto(&format!("/language/{}?next=/sign-in", telling.language)).await;
    let today = now().date();
    publish(site, telling, today, "Gifts above 200 yuan are refused.").await;
    ask(site, telling).await;
    let signature = sign(site, telling).await;
    prove(site, &signature).await;
    sign_out(site).await;
    let tomorrow = today + Days::new(1);
    publish(site, telling, tomorrow, "Gifts above 100 yuan are refused.").await;
    count(site, telling, (today, telling.signed), (tomorrow, telling.again)).await;
    sign_out(site).await;
    sign_in(site, Role::SupplierOwner).await;
    site.goto("/portal/clauses").await;
    look(site, telling, "again").await;
}

/// An officer writes the next version, a legal officer reviews it, and an approver publishes it.
async fn publish(site: &Site, telling: &Telling, day: NaiveDate, addition: &str) {
    sign_in(site, Role::ProcurementOfficer).await;
    site.goto(&format!("/language/{}?next=/clauses", telling.language)).await;
    look(site, telling, "list").await;
    site.press("main table.reg tbody td.nm a").await;
    look(site, telling, "clause").await;
    site.press("a[href$='/draft']").await;
    for text in ["text_en", "text_zh"] {
        let words = format!("{}\n\n{addition}\n", site.value(text).await.trim_end());
        site.fill(text, &words).await;
    }
    site.fill("note", addition).await;
    look(site, telling, "draft").await;
    site.press("main form[action$='/draft'] [type=submit]").await;
    let version = site.path().await;
    look(site, telling, "drafted").await;
    sign_out(site).await;
    sign_in(site, Role::LegalOfficer).await;
    site.goto(&format!("/language/{}?next={version}", telling.language)).await;
    site.press("form[action$='/review'] .btn-primary").await;
    sign_out(site).await;
    sign_in(site, Role::Approver).await;
    site.goto(&format!("/language/{}?next={version}", telling.language)).await;
    look(site, telling, "to-publish").await;
    site.type_into("effective_from", &day.format("%m%d%Y").to_string()).await;
    site.press("form[action$='/publication'] [type=submit]").await;
    look(site, telling, "published").await;
    sign_out(site).await;
}

/// An officer asks everybody who must sign.
async fn ask(site: &Site, telling: &Telling) {
    sign_in(site, Role::ProcurementOfficer).await;
    let path = format!("/clauses/coverage?clause={CLAUSE}&standing=must_sign_again");
    site.goto(&format!("/language/{}?next=/home", telling.language)).await;
    site.goto(&path).await;
    look(site, telling, "coverage").await;
    site.press("a[href^='/clauses/coverage/requests']").await;
    look(site, telling, "requests").await;
    site.press("form[action='/clauses/coverage/requests'] [type=submit]").await;
    look(site, telling, "requested").await;
    sign_out(site).await;
}

/// The company's signatory reads and signs. The path of the signature.
async fn sign(site: &Site, telling: &Telling) -> String {
    sign_in(site, Role::SupplierOwner).await;
    site.goto(&format!("/language/{}?next=/portal", telling.language)).await;
    look(site, telling, "portal").await;
    site.goto("/portal/clauses").await;
    look(site, telling, "asked").await;
    site.press(FIRST_WANTED).await;
    look(site, telling, "text").await;
    read_and_name(site, telling.has_script).await;
    confirm(site, "the wrong words").await;
    assert_eq!(site.value("typed_title").await, "总经理");
    look(site, telling, "wrong-password").await;
    confirm(site, PASSWORD).await;
    look(site, telling, "receipt").await;
    site.path().await
}

/// The owner of the company's account, who is signed in, signs the first clause that is wanted.
pub async fn sign_the_first_wanted(site: &Site, has_script: bool) {
    site.goto("/portal/clauses").await;
    site.press(FIRST_WANTED).await;
    read_and_name(site, has_script).await;
    confirm(site, PASSWORD).await;
    assert!(site.path().await.starts_with("/portal/signatures/"), "{}", site.path().await);
}

/// Reads a text to its end, and writes who signs. The page itself notices the end where it can.
async fn read_and_name(site: &Site, has_script: bool) {
    if has_script {
        const TO_THE_END: &str =
            "document.querySelector('[data-end]').scrollIntoView({ block: 'center' })";
        site.driver.execute(TO_THE_END, vec![]).await.expect("the end of the text");
        site.sees("The end of the text was on your screen").await;
    } else {
        site.tick("read").await;
    }
    site.fill("typed_name", "陈志强").await;
    site.fill("typed_title", "总经理").await;
}

async fn confirm(site: &Site, password: &str) {
    site.fill("password", password).await;
    site.press("form[action$='/signature'] [type=submit]").await;
}

/// The command line in an empty folder.
fn verify(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.args(["verify", "receipt"]).args(arguments).current_dir(folder).env_clear();
    command.output().expect("the command line runs")
}

/// The receipt proves itself with the published key where there is no register, and altered it does not.
async fn prove(site: &Site, signature: &str) {
    let folder = site.dir().join("elsewhere");
    std::fs::create_dir(&folder).unwrap();
    let receipt = site.fetch(&format!("{signature}/receipt")).await;
    std::fs::write(folder.join("receipt.jws"), &receipt).unwrap();
    std::fs::write(folder.join("keys.json"), site.fetch("/keys.json").await).unwrap();
    let found = verify(&folder, &["receipt.jws", "--key", "keys.json"]);
    let said = String::from_utf8_lossy(&found.stdout).to_string();
    assert!(found.status.success(), "{said}{}", String::from_utf8_lossy(&found.stderr));
    for fact in ["VALID", CLAUSE, "陈志强", "总经理", "S-000001", &sha256_hex(&receipt)] {
        assert!(said.contains(fact), "{fact}: {said}");
    }
    let mut altered = receipt.clone();
    let middle = altered.len() / 2;
    altered[middle] = if altered[middle] == b'A' { b'B' } else { b'A' };
    std::fs::write(folder.join("altered.jws"), &altered).unwrap();
    assert!(!verify(&folder, &["altered.jws", "--key", "keys.json"]).status.success());
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, 3, "the command line left something behind");
}

/// What coverage says of the company on two days.
async fn count(
    site: &Site,
    telling: &Telling,
    before: (NaiveDate, &str),
    after: (NaiveDate, &str),
) {
    sign_in(site, Role::ProcurementOfficer).await;
    site.goto(&format!("/language/{}?next=/home", telling.language)).await;
    for (day, word) in [before, after] {
        let all = format!("/clauses/coverage?clause={CLAUSE}&on={day}");
        site.goto(&all).await;
        look(site, telling, &format!("coverage-{word}")).await;
        let standing = if word == telling.signed { "signed" } else { "must_sign_again" };
        site.goto(&format!("{all}&standing={standing}")).await;
        let rows = site.texts("#rows tbody tr").await;
        let is_there = |row: &String| row.contains("S-000001") && row.contains(word);
        assert!(rows.iter().any(is_there), "{day}: {rows:?}");
    }
}
