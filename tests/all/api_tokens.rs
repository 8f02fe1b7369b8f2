//! Access tokens: who gets into the API, and who does not.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rocket::http::{ContentType, Method};
use serde_json::{Value, json};
use touchstone::access::Role;
use touchstone::access::tokens::Grant;

use crate::matrix::{ROUTES, Who, request, somebody};
use crate::page::assert_headers;
use crate::person::Reply;
use crate::program::Program;
use crate::support::{TestApp, vault};

const READ: &str = "/api/v1/suppliers";

/// The status of a request with a token.
fn status_with(app: &TestApp, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    let reply_of = |person: &crate::support::Person| {
        let reply = person.send(Method::Get, READ, &[("Authorization", &bearer)], None, b"");
        if reply.status == 401 {
            assert!(reply.problems().is_empty());
            assert!(reply.header("WWW-Authenticate").is_some_and(|h| h.starts_with("Bearer")));
        }
        reply.status
    };
    reply_of(&app.anonymous())
}

/// A token with other claims or another header than ours, signed with our own key.
struct Forged {
    header: Value,
    claims: Value,
}

impl Forged {
    fn of(program: &Program) -> Forged {
        let part = |index: usize| -> Value {
            use base64::Engine;
            let text = program.token.split('.').nth(index).expect("three parts");
            let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text);
            serde_json::from_slice(&bytes.expect("base64")).expect("JSON")
        };
        Forged { header: part(0), claims: part(1) }
    }

    fn signed(&self) -> String {
        let header: Header = serde_json::from_value(self.header.clone()).expect("a header");
        let key = vault().derive("touchstone access tokens v1");
        encode(&header, &self.claims, &EncodingKey::from_secret(&key)).expect("a token")
    }

    fn with(mut self, part: &str, field: &str, value: Value) -> String {
        let fields = if part == "header" { &mut self.header } else { &mut self.claims };
        match value {
            Value::Null => {
                fields.as_object_mut().expect("an object").remove(field);
            }
            value => fields[field] = value,
        }
        self.signed()
    }
}

#[test]
fn a_token_that_is_not_exactly_ours_opens_nothing() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    assert_eq!(status_with(&app, &program.token), 200);
    assert_eq!(status_with(&app, &Forged::of(&program).signed()), 200, "the forger can forge");
    let now = chrono::Utc::now().timestamp();
    let jwk = json!({ "kty": "oct", "k": "AAAA", "alg": "HS256" });
    let wrong = [
        ("header", "alg", json!("HS512")),
        ("header", "alg", json!("HS384")),
        ("header", "typ", json!("JWT")),
        ("header", "typ", json!("upload+jwt")),
        ("header", "typ", Value::Null),
        ("header", "kid", json!("../../")),
        ("header", "kid", Value::Null),
        ("header", "jwk", jwk),
        ("header", "jku", json!("https://evil.example/keys")),
        ("header", "x5u", json!("https://evil.example/keys")),
        ("header", "crit", json!(["exp"])),
        ("claims", "exp", json!("99999999999")),
        ("claims", "exp", Value::Null),
        ("claims", "exp", json!(now - 1)),
        ("claims", "nbf", json!(now + 60)),
        ("claims", "nbf", Value::Null),
        ("claims", "nbf", json!("0")),
        ("claims", "aud", json!("another-api")),
        ("claims", "aud", json!(["touchstone-api", "another-api"])),
        ("claims", "aud", Value::Null),
        ("claims", "iss", json!("https://evil.example")),
        ("claims", "iss", Value::Null),
        ("claims", "sub", json!("00000000-0000-7000-8000-000000000000")),
        ("claims", "sub", Value::Null),
        ("claims", "jti", json!("00000000-0000-7000-8000-000000000000")),
        ("claims", "jti", Value::Null),
        ("claims", "scope", json!("suppliers.read audit.read")),
        ("claims", "scope", Value::Null),
    ];
    for (part, field, value) in wrong {
        let token = Forged::of(&program).with(part, field, value.clone());
        assert_eq!(status_with(&app, &token), 401, "{field} {value}");
    }
}

#[test]
fn a_token_with_another_signature_opens_nothing() {
    use base64::Engine;
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let base64 = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    let [header, claims, signature]: [&str; 3] =
        program.token.split('.').collect::<Vec<_>>().try_into().expect("three parts");
    let none = base64(r#"{"alg":"none","typ":"at+jwt"}"#);
    let rsa = base64(r#"{"alg":"RS256","typ":"at+jwt"}"#);
    let mut other = Forged::of(&program);
    other.claims["scope"] = json!("suppliers.read");
    let mut their_header = Header::new(Algorithm::HS256);
    their_header.typ = Some("at+jwt".into());
    let theirs = encode(&their_header, &other.claims, &EncodingKey::from_secret(b"guess"));
    for token in [
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        format!("{rsa}.{claims}.{signature}"),
        format!("{header}.{}.{signature}", base64(&other.claims.to_string())),
        format!("{header}.{claims}."),
        format!("{header}.{claims}"),
        theirs.expect("a token"),
        "x".repeat(4000),
        String::new(),
    ] {
        assert_eq!(status_with(&app, &token), 401, "{token}");
    }
    let twice = [("Authorization", "Bearer x"), ("Authorization", "Bearer y")];
    app.anonymous().send(Method::Get, READ, &twice, None, b"").expect(401);
    let basic = [("Authorization", format!("Basic {}", program.token))];
    let basic: Vec<(&str, &str)> = basic.iter().map(|(n, v)| (*n, v.as_str())).collect();
    app.anonymous().send(Method::Get, READ, &basic, None, b"").expect(401);
}

#[test]
fn a_token_ends_with_the_very_next_request() {
    let app = TestApp::new();
    let program = app.program(Role::Approver);
    program.get(READ).expect(200);
    let page = program.person.get("/account/tokens").expect(200).shows("test").shows("In force");
    assert!(!page.has(&program.token));
    let revocation = format!("/account/tokens/{}/revocation", program.row.id);
    app.staff(Role::Approver).post(&revocation, &[]).expect(404);
    program.get(READ).expect(200);
    program.person.post(&revocation, &[]).expect(303).follow().shows("Revoked");
    program.get(READ).expect(401);

    let program = app.program(Role::Approver);
    let id = &program.person.account_id;
    program.get(READ).expect(200);
    app.tamper(&format!("UPDATE accounts SET role = 'administrator' WHERE id = '{id}'")).unwrap();
    program.get(READ).expect(403);
    app.staff(Role::Administrator).post(&format!("/accounts/{id}/closure"), &[]).expect(303);
    program.get(READ).expect(401);
}

#[test]
fn a_token_runs_out() {
    let app = TestApp::alone();
    let program = app.program(Role::Approver);
    program.get(READ).expect(200);
    app.advance_clock(30 * 24 * 3600 + 1);
    program.get(READ).expect(401);
}

#[test]
fn a_token_is_shown_once_and_only_its_id_is_kept() {
    let app = TestApp::new();
    let person = app.staff(Role::ProcurementOfficer);
    let form = person.get("/account/tokens/new").expect(200);
    let key = form.hidden("form_key").expect("a key");
    let fields = [
        ("name", "ERP <nightly>"),
        ("scopes", "suppliers.read"),
        ("scopes", "reports.read"),
        ("days", "30"),
        ("form_key", key.as_str()),
    ];
    let token_of = |reply: &Reply| {
        let body = reply.body();
        let (_, after) = body.split_once("id=\"f-token\"").expect("the token");
        let (_, text) = after.split_once('>').expect("a text");
        text.split('<').next().unwrap_or_default().to_string()
    };
    let made = [(); 2].map(|()| token_of(&person.post("/account/tokens", &fields).expect(200)));
    assert_eq!(made[0], made[1], "a form sent twice makes one token");
    assert_eq!(status_with(&app, &made[0]), 200);
    assert_eq!(app.number("SELECT count(*) FROM api_tokens"), 1);
    assert_eq!(
        app.number("SELECT count(*) FROM audit_records WHERE action = 'access.token_created'"),
        1
    );
    let (_, signature) = made[0].rsplit_once('.').expect("a signature");
    let kept = app.text("SELECT id || name || scopes || account_id FROM api_tokens");
    assert!(!kept.contains(signature));
    let list = person.get("/account/tokens").expect(200).shows("ERP &#60;nightly&#62;");
    assert!(!list.has(signature));

    for (field, fields) in [
        ("name", [("name", ""), ("scopes", "suppliers.read"), ("days", "30")]),
        ("scopes", [("name", "a"), ("scopes", "audit.read"), ("days", "30")]),
        ("days", [("name", "a"), ("scopes", "suppliers.read"), ("days", "4000")]),
    ] {
        assert!(
            person.post("/account/tokens", &fields).expect(422).blames(field) || field == "days"
        );
    }
    let auditor = app.staff(Role::Auditor);
    let more = [("name", "a"), ("scopes", "suppliers.write"), ("days", "30")];
    assert!(auditor.post("/account/tokens", &more).expect(422).blames("scopes"));
    assert_eq!(app.number("SELECT count(*) FROM api_tokens"), 1);
    app.supplier().get("/account/tokens").expect(404);
}

/// A request of a route as a program makes it, its body well formed but empty.
fn send<'p>(program: &'p Program, route: &str) -> Reply<'p> {
    let (method, path) = request(route);
    match method {
        Method::Get | Method::Delete => program.send(method, &path, &[], None, b""),
        method => program.json(method, &path, &[], json!({})),
    }
}

#[test]
fn no_session_opens_the_api() {
    let app = TestApp::new();
    let mut people = vec![app.anonymous()];
    people.extend(Role::ALL.iter().map(|role| somebody(&app, *role)));
    for (route, who) in ROUTES {
        if !matches!(who, Who::Program(_)) {
            continue;
        }
        let (method, path) = request(route);
        for person in &people {
            let reply = person.send(method, &path, &[], Some(ContentType::JSON), b"{}");
            assert_eq!(reply.status, 401, "{route}");
            assert!(reply.problems().is_empty());
            assert_headers(&reply);
        }
    }
    assert_eq!(app.number("SELECT count(*) FROM imports"), 0);
}

#[test]
fn a_token_of_each_role_gets_in_where_the_table_says_and_nowhere_else() {
    let app = TestApp::new();
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let program = app.program_for(somebody(&app, *role), Grant::ALL);
        for (route, who) in ROUTES {
            let Who::Program(roles) = who else { continue };
            let reply = send(&program, route);
            let fine = match reply.status {
                401 => !role.is_staff(),
                403 => role.is_staff() && !roles.contains(role),
                200 | 404 | 409 | 415 | 422 | 428 => roles.contains(role),
                _ => false,
            };
            if !fine {
                wrong.push(format!("{} {route}: {}", role.as_str(), reply.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_token_opens_only_what_it_was_made_for() {
    let app = TestApp::new();
    // What the description of an operation says that it needs is what it needs.
    let document = app.anonymous().get("/api/v1/openapi.json").expect(200).value();
    let officer = || app.staff(Role::ProcurementOfficer);
    for (route, who) in ROUTES {
        if !matches!(who, Who::Program(_)) {
            continue;
        }
        let (method, path) = route.split_once(' ').unwrap();
        let path = path.replace('<', "{").replace('>', "}");
        let operation = &document["paths"][&path][method.to_lowercase()];
        let needed = operation["security"][0]["token"].as_array().expect("its scopes").clone();
        let is_needed = |g: &Grant| needed.iter().any(|scope| scope == g.as_str());
        let (own, others): (Vec<Grant>, Vec<Grant>) = Grant::ALL.iter().partition(|g| is_needed(g));
        let with = send(&app.program_for(officer(), &own), route).status;
        assert!(!matches!(with, 401 | 403), "{route} with {own:?}: {with}");
        let without = send(&app.program_for(officer(), &others), route).status;
        assert_eq!(without == 403, !own.is_empty(), "{route} without {own:?}: {without}");
    }
}
