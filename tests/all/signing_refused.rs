//! What cannot be signed, and who cannot sign: refused, said why, and nothing is written.

use chrono::Duration;
use diesel::prelude::*;
use touchstone::access::{Role, session, still_signed_in};
use touchstone::clauses::{Status, Version};
use touchstone::schema::clause_versions;
use touchstone::values::{clock, new_id};

use crate::certified::today;
use crate::signed;
use crate::signing::{
    NOBODY, PASSWORD, client, company, filled, post, set_password, signatures, signs,
};
use crate::support::{TestApp, vault};

/// 160 bits in base32.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn code() -> String {
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(SECRET).expect("base32"))
        .with_account_name("code")
        .build()
        .expect("a second factor");
    totp.generate(clock::now().timestamp() as u64).to_string()
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
fn a_session_that_ends_while_the_confirmation_is_computed_signs_nothing() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let looks = |session: Option<String>, account: &str| {
        let (client, account) = (client(session), account.to_string());
        app.db().write_now(move |c| still_signed_in(c, &client, &account)).is_ok()
    };
    let cookie = || owner.cookie(session::SESSION_COOKIE);
    assert!(looks(cookie(), &owner.account_id));
    assert!(!looks(cookie(), NOBODY) && !looks(None, &owner.account_id));
    let account = owner.account_id.clone();
    app.db().write_now(move |c| session::end_all(c, &account)).expect("signed out");
    assert!(!looks(cookie(), &owner.account_id));
}
