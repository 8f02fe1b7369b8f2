//! Signing in, the second factor, invitations, accounts: what each promises.

use touchstone::access::accounts::{self, NewAccount};
use touchstone::access::{Actor, Level, Passwords, Role, passwords, setup_link};
use touchstone::texts::Language;
use touchstone::values::clock;

use crate::person::Reply;
use crate::support::{Person, TestApp};

const PASSWORD: &str = "jade tile quarry";

fn account(app: &TestApp, email: &str, role: Role) -> String {
    let new = NewAccount {
        email: email.into(),
        name: "Chen Jing".into(),
        language: Language::English,
        role,
        supplier_id: None,
        scope_scheme: None,
        scope_regions: None,
        password_hash: Some(passwords::hash(PASSWORD).expect("a hash")),
    };
    let made = app.db().write_now(|c| accounts::create(c, &Actor::command_line(), new));
    made.expect("an account").id
}

fn sign_in<'p>(person: &'p Person, email: &str, password: &str) -> Reply<'p> {
    person.post("/sign-in", &[("email", email), ("password", password), ("next", "/account")])
}

fn hashes(app: &TestApp) -> u64 {
    app.rocket().state::<Passwords>().expect("managed").count()
}

/// The page without what differs between any two visitors.
fn plain(reply: &Reply, email: &str) -> String {
    let token = reply.hidden("_token").unwrap_or_default();
    reply.body().replace(email, "EMAIL").replace(&token, "TOKEN")
}

/// The code that an authenticator shows for the secret on the page.
fn code_of(page: &Reply) -> String {
    let body = page.body();
    let secret = body.split("<code>").nth(1).and_then(|s| s.split('<').next()).expect("a secret");
    code(&secret.replace(' ', ""))
}

fn code(secret: &str) -> String {
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(secret).expect("base32"))
        .with_account_name("code")
        .build()
        .expect("a second factor");
    totp.generate(clock::now().timestamp() as u64).to_string()
}

#[test]
fn wrong_unknown_and_closed_get_the_same_answer_for_the_same_work() {
    let app = TestApp::new();
    account(&app, "known@example.com", Role::Inspector);
    let closed = account(&app, "closed@example.com", Role::Inspector);
    app.tamper(&format!("UPDATE accounts SET disabled_at = created_at WHERE id = '{closed}'"))
        .expect("closed");
    let mut answers = Vec::new();
    for (email, password) in [
        ("known@example.com", "wrong wrong wrong"),
        ("unknown@example.com", PASSWORD),
        ("closed@example.com", PASSWORD),
    ] {
        let before = hashes(&app);
        let visitor = app.anonymous();
        let reply = sign_in(&visitor, email, password).expect(422);
        assert_eq!(hashes(&app), before + 1, "{email}");
        answers.push(plain(&reply, email));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[test]
fn ten_guesses_reach_the_hash_and_a_known_device_still_gets_in() {
    let app = TestApp::new();
    account(&app, "a@example.com", Role::Inspector);
    let own = app.anonymous();
    sign_in(&own, "a@example.com", PASSWORD).expect(303);
    let before = hashes(&app);
    for round in 0..15 {
        let stranger = app.anonymous();
        let status = sign_in(&stranger, "a@example.com", "wrong wrong wrong").status;
        assert_eq!(status, if round < 10 { 422 } else { 429 }, "{round}");
    }
    assert_eq!(hashes(&app), before + 10);
    let newcomer = app.anonymous();
    let reply = sign_in(&newcomer, "a@example.com", PASSWORD).expect(429);
    assert!(reply.header("Retry-After").is_some());
    sign_in(&own, "a@example.com", PASSWORD).expect(303);
}

#[test]
fn signing_in_makes_a_new_session_and_ends_the_one_before() {
    let app = TestApp::new();
    account(&app, "a@example.com", Role::Inspector);
    let person = app.anonymous();
    person.set_cookie("__Host-session", "planted");
    let reply = sign_in(&person, "a@example.com", PASSWORD).expect(303);
    assert_eq!(reply.location.as_deref(), Some("/account"));
    for (_, cookie) in reply.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case("set-cookie")) {
        for part in ["__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
    let first = person.cookie("__Host-session").expect("a session");
    assert_ne!(first, "planted");
    sign_in(&person, "a@example.com", PASSWORD).expect(303);
    let thief = app.anonymous();
    thief.set_cookie("__Host-session", &first);
    assert_eq!(thief.get("/account").status, 303);
    person.get("/account").expect(200);
    let second = person.cookie("__Host-session").expect("a session");
    person.post("/sign-out", &[]).expect(303);
    thief.set_cookie("__Host-session", &second);
    assert_eq!(thief.get("/account").status, 303);
}

#[test]
fn staff_without_a_second_factor_can_only_enrol_and_a_code_counts_once() {
    let app = TestApp::with(|settings| settings.with("second_factor", true).expect("settings"));
    account(&app, "a@example.com", Role::Inspector);
    let person = app.anonymous();
    let reply = sign_in(&person, "a@example.com", PASSWORD).expect(303);
    assert_eq!(reply.location.as_deref(), Some("/second-factor?next=%2Faccount"));
    for path in ["/suppliers", "/account"] {
        let location = person.get(path).expect(303).location.unwrap_or_default();
        assert!(location.starts_with("/second-factor?next="), "{path} → {location}");
    }
    let page = person.get("/second-factor/enrolment").expect(200).shows("data:image/png;base64,");
    let (sealed, code) = (page.hidden("sealed").unwrap_or_default(), code_of(&page));
    let half = person.cookie("__Host-session");
    let enrol = [("sealed", sealed.as_str()), ("code", "000000")];
    assert!(person.post("/second-factor/enrolment", &enrol).expect(422).blames("code"));
    let enrol = [("sealed", sealed.as_str()), ("code", code.as_str())];
    person.post("/second-factor/enrolment", &enrol).expect(303).follow().expect(200);
    assert_ne!(person.cookie("__Host-session"), half, "a new session after the second factor");

    let again = app.anonymous();
    sign_in(&again, "a@example.com", PASSWORD).expect(303);
    // Only the password: neither the pages nor another enrolment.
    assert_eq!(
        again.get("/second-factor/enrolment").expect(303).location.as_deref(),
        Some("/second-factor")
    );
    assert!(again.post("/second-factor", &[("code", &code)]).expect(422).blames("code"));
    assert_eq!(again.get("/account").status, 303);
}

#[test]
fn a_new_password_ends_every_other_session() {
    let app = TestApp::new();
    let id = account(&app, "a@example.com", Role::Inspector);
    let person = app.signed_in(&id, Level::Full);
    let other = app.signed_in(&id, Level::Full);
    let fields = |current, new, again| [("current", current), ("password", new), ("again", again)];
    let new = "granite pebble moss";
    let wrong = person.post("/account/password", &fields("not the password", new, new)).expect(422);
    assert!(wrong.blames("current"));
    let short = person.post("/account/password", &fields(PASSWORD, "short", "short")).expect(422);
    assert!(short.blames("password"));
    let differs = person.post("/account/password", &fields(PASSWORD, new, "else")).expect(422);
    assert!(differs.blames("again"));
    person.post("/account/password", &fields(PASSWORD, new, new)).expect(303).follow().expect(200);
    assert_eq!(other.get("/account").status, 303);
    let visitor = app.anonymous();
    assert_eq!(sign_in(&visitor, "a@example.com", PASSWORD).status, 422);
    assert_eq!(sign_in(&visitor, "a@example.com", new).status, 303);
}

fn invite(admin: &Person, email: &str, host: &str) -> String {
    let token = admin.token();
    let fields = [
        ("_token", token.as_str()),
        ("name", "Wang Wei"),
        ("email", email),
        ("role", "inspector"),
        ("regions", "cn-six:eastern"),
    ];
    let page = admin.post_with("/invitations", &fields, &[("Host", host)]).expect(200);
    let body = page.body();
    let link = body.split("value=\"http").nth(1).and_then(|l| l.split('"').next()).expect("a link");
    format!("http{link}")
}

fn path_of(link: &str) -> String {
    link.strip_prefix("http://127.0.0.1:8000").expect("the configured address").to_string()
}

#[test]
fn an_invitation_works_once_and_only_its_hash_is_kept() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    let path = path_of(&invite(&admin, "w@example.com", "evil.example"));
    let secret = path.rsplit('/').next().expect("a secret");
    assert_eq!(
        app.number(&format!("SELECT count(*) FROM invitations WHERE token_hash = '{secret}'")),
        0
    );
    let guest = app.anonymous();
    guest.get(&path).expect(200).shows("Wang Wei");
    let fields = [
        ("password", PASSWORD),
        ("again", PASSWORD),
        ("email", "other@example.com"),
        ("role", "administrator"),
    ];
    guest.post(&path, &fields).expect(303);
    guest.get("/suppliers").expect(200);
    assert_eq!(app.text("SELECT role FROM accounts WHERE email = 'w@example.com'"), "inspector");
    assert_eq!(
        app.text("SELECT scope_regions FROM accounts WHERE email = 'w@example.com'"),
        "eastern"
    );
    let second = app.anonymous();
    second.get(&path).expect(409).shows("used already");
    second.post(&path, &fields).expect(409);
}

#[test]
fn a_revoked_or_expired_invitation_does_not_work() {
    let app = TestApp::alone();
    let admin = app.staff(Role::Administrator);
    let revoked = path_of(&invite(&admin, "r@example.com", "127.0.0.1"));
    let id = app.text("SELECT id FROM invitations");
    admin.post(&format!("/invitations/{id}/revocation"), &[]).expect(303);
    let late = path_of(&invite(&admin, "l@example.com", "127.0.0.1"));
    let guest = app.anonymous();
    guest.get(&revoked).expect(409).shows("withdrawn").shows("Ask whoever invited you");
    guest.get(&late).expect(200);
    app.advance_clock(73 * 3600);
    guest.get(&late).expect(409).shows("run out").shows("Ask whoever invited you");
}

#[test]
fn the_first_administrator_comes_by_a_link_that_dies_with_the_first_account() {
    let app = TestApp::new();
    let settings = app.rocket().state::<touchstone::Settings>().expect("managed");
    let link = setup_link(app.db(), settings).expect("a link").expect("no account yet");
    let path = path_of(&link);
    let person = app.anonymous();
    let fields = [
        ("name", "Li Na"),
        ("email", "li@example.com"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    person.post(&path, &fields).expect(303);
    person.get("/accounts").expect(200).shows("li@example.com");
    app.anonymous().get(&path).expect(409);
    assert_eq!(setup_link(app.db(), settings).expect("no error"), None);
}

#[test]
fn a_change_of_role_or_a_closed_account_holds_from_the_next_request() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    let person = app.staff(Role::ProcurementOfficer);
    person.get("/suppliers/new").expect(200);
    let path = format!("/accounts/{}", person.account_id);
    admin.post(&format!("{path}/role"), &[("role", "inspector")]).expect(303);
    assert_eq!(person.get("/suppliers/new").status, 303, "signed out");
    let person = app.again(&person);
    assert_eq!(person.get("/suppliers/new").status, 403);
    admin.post(&format!("{path}/role"), &[("role", "supplier_owner")]).expect(422);
    admin.post(&format!("{path}/closure"), &[]).expect(303);
    assert_eq!(person.get("/suppliers").status, 303);
    admin.post(&format!("{path}/reopening"), &[]).expect(303);
    assert_eq!(person.get("/suppliers").status, 303, "its sessions stay over");
}

#[test]
fn nobody_manages_themselves_and_an_administrator_remains() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    for action in ["role", "closure", "second-factor/reset", "sessions/end", "password-link"] {
        let path = format!("/accounts/{}/{action}", admin.account_id);
        admin.post(&path, &[("role", "auditor")]).expect(403);
    }
    // One who is closed while the other acts: only one of the two goes through.
    let other = app.staff(Role::Administrator);
    admin.post(&format!("/accounts/{}/closure", other.account_id), &[]).expect(303);
    assert_eq!(other.post(&format!("/accounts/{}/closure", admin.account_id), &[]).status, 303);
    admin.get("/accounts").expect(200);
}

#[test]
fn a_link_for_a_new_password_ends_the_old_one() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    let id = account(&app, "a@example.com", Role::Inspector);
    let before = app.signed_in(&id, Level::Full);
    let page = admin.post(&format!("/accounts/{id}/password-link"), &[]).expect(200);
    let body = page.body();
    let link = body.split("value=\"http").nth(1).and_then(|l| l.split('"').next()).expect("a link");
    let path = path_of(&format!("http{link}"));
    let person = app.anonymous();
    let new = "granite pebble moss";
    person.post(&path, &[("password", new), ("again", new)]).expect(303);
    assert_eq!(before.get("/account").status, 303);
    assert_eq!(sign_in(&app.anonymous(), "a@example.com", new).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM accounts WHERE email = 'a@example.com'"), 1);
}

#[test]
fn a_session_ends_after_an_hour_of_rest_and_after_half_a_day() {
    let app = TestApp::alone();
    let resting = app.staff(Role::Inspector);
    app.advance_clock(61 * 60);
    assert_eq!(resting.get("/account").status, 303);
    let busy = app.staff(Role::Inspector);
    for _ in 0..14 {
        busy.get("/account").expect(200);
        app.advance_clock(50 * 60);
    }
    app.advance_clock(50 * 60);
    assert_eq!(busy.get("/account").status, 303);
}

#[test]
fn people_end_their_own_sessions_and_nobody_elses() {
    let app = TestApp::new();
    let person = app.staff(Role::Inspector);
    let other = app.staff(Role::Inspector);
    let foreign =
        app.text(&format!("SELECT id FROM sessions WHERE account_id = '{}'", other.account_id));
    person.post(&format!("/account/sessions/{foreign}/end"), &[]).expect(404);
    other.get("/account").expect(200);
    let phone = app.again(&person);
    person.post("/account/sessions/end", &[]).expect(303);
    assert_eq!(phone.get("/account").status, 303);
    assert_eq!(person.get("/account").status, 303);
}

#[test]
fn going_on_after_signing_in_stays_on_this_site() {
    let app = TestApp::new();
    account(&app, "a@example.com", Role::Inspector);
    for evil in ["//evil", "https://evil", "\\\\evil", "https:evil"] {
        let visitor = app.anonymous();
        let fields = [("email", "a@example.com"), ("password", PASSWORD), ("next", evil)];
        assert_eq!(visitor.post("/sign-in", &fields).location.as_deref(), Some("/"), "{evil}");
    }
    let visitor = app.anonymous();
    let reply = visitor.get("/language/zh-CN?next=//evil");
    assert_eq!(reply.location.as_deref(), Some("/"));
    visitor.get("/sign-in").expect(200).shows("登录");
}

#[test]
fn a_form_that_is_out_of_date_says_so() {
    let app = TestApp::new();
    let visitor = app.anonymous();
    let fields = [("_token", "forged"), ("email", "a@example.com")];
    visitor.post_bare("/sign-in", &fields).expect(403).shows("out of date");
}

#[test]
fn a_word_of_a_proxy_that_nobody_named_is_not_believed() {
    let app = TestApp::new();
    account(&app, "a@example.com", Role::Inspector);
    let visitor = app.anonymous();
    let token = visitor.token();
    let fields = [("_token", token.as_str()), ("email", "a@example.com"), ("password", PASSWORD)];
    let headers = [("X-Forwarded-For", "9.9.9.9"), ("X-Real-IP", "9.9.9.9")];
    visitor.post_with("/sign-in", &fields, &headers).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM sessions WHERE address = '9.9.9.9'"), 0);
}

#[test]
fn a_suppliers_people_see_their_company_and_no_internal_note() {
    let app = TestApp::new();
    let company = app.company("Own Example GmbH", "DE");
    app.company("Rival Example GmbH", "DE");
    let id = &company.id;
    app.tamper(&format!("UPDATE suppliers SET note = 'internal-remark' WHERE id = '{id}'"))
        .expect("a note");
    let person = app.supplier_person(Role::SupplierMember, id);
    let page = person.get("/").expect(303).follow().expect(200).shows("Own Example GmbH");
    assert!(!page.has("Rival") && !page.has("internal-remark"));
    assert_eq!(person.get("/suppliers").status, 404);
}

#[test]
fn an_auditor_finds_records_and_verifies_them() {
    let app = TestApp::new();
    let company = app.company("Kiln Example AG", "DE");
    let auditor = app.staff(Role::Auditor);
    auditor.get("/audit").expect(200).shows("Supplier entered");
    auditor.get(&format!("/audit?subject={}", company.code())).expect(200).shows("Kiln Example AG");
    auditor.get("/audit?action=site.added").expect(200).shows("No records");
    auditor.get("/audit/1").expect(200).shows("as it was written");
    auditor.get("/audit/verification").expect(200).shows("The trail is whole");
}
