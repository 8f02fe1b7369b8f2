//! What every page owes: headers on every answer, forms only from our own pages.

use std::net::SocketAddr;

use rocket::http::{ContentType, Header, Method};
use touchstone::access::Role;
use touchstone::page::client_address;

use crate::matrix;
use crate::person::Reply;
use crate::support::TestApp;

/// Fails unless the answer carries everything that keeps a browser from harm.
#[track_caller]
pub fn assert_headers(reply: &Reply) {
    let policy = reply.header("Content-Security-Policy").unwrap_or_default();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{}: {policy}", reply.path);
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    for (name, value) in [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000"),
    ] {
        assert_eq!(reply.header(name), Some(value), "{} {name}", reply.path);
    }
    let kept = reply.header("Cache-Control").unwrap_or_default();
    let own = reply.path.starts_with("/static/") || reply.path == "/keys.json";
    assert!(own || kept == "no-store", "{} may be kept: {kept:?}", reply.path);
}

#[test]
fn every_kind_of_answer_carries_the_security_headers() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let long = "x".repeat(800 * 1024);
    for (reply, status) in [
        (staff.get("/suppliers"), 200),
        (staff.get("/static/touchstone.css"), 200),
        (staff.get("/static/nothing.css"), 404),
        (staff.get("/no-such-page"), 404),
        (staff.get("/health"), 200),
        (app.anonymous().get("/suppliers"), 303),
        (app.staff(Role::Auditor).get("/suppliers/new"), 403),
        (staff.post("/suppliers", &[]), 422),
        (staff.post("/suppliers", &[("note", &long)]), 413),
        (staff.post_bare("/suppliers", &[]), 403),
        (staff.send(Method::Post, "/suppliers", &[], Some(ContentType::Form), b"%ff=\xff&"), 403),
        (staff.send(Method::Delete, "/suppliers", &[], None, b""), 400),
        (staff.send(Method::Put, "/suppliers", &[], None, b""), 400),
    ] {
        assert_eq!(reply.status, status, "{}", reply.path);
        assert_headers(&reply);
    }
}

#[test]
fn a_fault_of_ours_says_so_without_telling_its_cause() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    app.tamper("ALTER TABLE suppliers RENAME TO hidden_suppliers").unwrap();
    let reply = staff.get("/suppliers").expect(500);
    assert_headers(&reply);
    for secret in ["hidden_suppliers", "no such table", "relation", "SELECT", "diesel"] {
        assert!(!reply.has(secret), "{secret}");
    }
    assert!(reply.has("<code>"), "the page gives the reference that the log has");
}

#[test]
fn the_method_of_a_form_cannot_be_overridden() {
    let app = TestApp::new();
    for method in ["delete", "put", "patch"] {
        for (path, person) in matrix::posts(&app) {
            let token = person.token();
            let before = trail(&app);
            // Rocket looks at the first field only.
            let fields = [("_method", method), ("_token", token.as_str())];
            assert_eq!(person.post_bare(&path, &fields).status, 400, "{path} as {method}");
            assert_eq!(trail(&app), before);
        }
    }
    // Turned into a GET, a form is nothing but a look at a page.
    for (path, person) in matrix::posts(&app) {
        let before = trail(&app);
        let reply = person.post_bare(&path, &[("_method", "get"), ("_token", &person.token())]);
        assert!(reply.status < 500, "{path}: {}", reply.status);
        assert_eq!(trail(&app), before);
    }
}

#[test]
fn another_sites_form_is_refused_by_every_route_that_takes_one() {
    let app = TestApp::new();
    let foreign: [&[(&str, &str)]; 6] = [
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Origin", "https://evil.example"), ("Host", "touchstone.example")],
        &[("Origin", "null"), ("Host", "touchstone.example")],
        &[("Origin", "https://touchstone.example.evil.example"), ("Host", "touchstone.example")],
        &[("Origin", "https://touchstone.example:8443"), ("Host", "touchstone.example")],
    ];
    for (path, person) in matrix::posts(&app) {
        let token = person.token();
        for headers in foreign {
            let before = trail(&app);
            let reply = person.post_with(&path, &[("_token", &token)], headers);
            assert_eq!(reply.status, 403, "{path} {headers:?}");
            assert_headers(&reply);
            assert_eq!(trail(&app), before, "{path}");
        }
    }
}

#[test]
fn our_own_pages_form_is_taken() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let token = staff.token();
    let own: [&[(&str, &str)]; 3] = [
        &[("Sec-Fetch-Site", "same-origin")],
        &[("Origin", "https://touchstone.example"), ("Host", "touchstone.example")],
        &[],
    ];
    for (n, headers) in own.into_iter().enumerate() {
        let name = format!("Eigene Seite {n}");
        let fields = [("_token", token.as_str()), ("legal_name", &name), ("country", "DE")];
        staff.post_with("/suppliers", &fields, headers).expect(303);
    }
}

#[test]
fn no_route_takes_a_form_without_its_token() {
    let app = TestApp::new();
    let other = app.staff(Role::ProcurementOfficer).token();
    for (path, person) in matrix::posts(&app) {
        let own = person.token();
        let before = trail(&app);
        for forged in [None, Some(""), Some("x"), Some(&own[1..]), Some(other.as_str())] {
            let fields: Vec<_> = forged.iter().map(|token| ("_token", *token)).collect();
            let reply = person.post_bare(&path, &fields);
            assert_eq!(reply.status, 403, "{path} with {forged:?}");
        }
        // Neither where a link could carry it.
        let linked = format!("{path}?_token={own}");
        assert_eq!(person.post_bare(&linked, &[]).status, 403, "{linked}");
        assert_eq!(trail(&app), before, "{path}");
    }
}

#[test]
fn a_form_longer_than_any_of_ours_is_refused_by_every_route() {
    let app = TestApp::new();
    let long = "x".repeat(800 * 1024);
    for (path, person) in matrix::posts(&app) {
        let fields = [("_token", person.token()), ("name", long.clone())];
        let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let before = trail(&app);
        assert_eq!(person.post_bare(&path, &fields).status, 413, "{path}");
        assert_eq!(trail(&app), before, "{path}");
    }
}

#[test]
fn bytes_that_are_no_text_are_an_answer_not_a_fault() {
    let app = TestApp::new();
    for (path, person) in matrix::posts(&app) {
        for body in [&b"\xff\xfe\x00"[..], b"_token", b"=&=&&", b"a[b][c]=1", b"{\"a\":1}", b""] {
            for kind in [Some(ContentType::Form), Some(ContentType::JSON), None] {
                let reply = person.send(Method::Post, &path, &[], kind.clone(), body);
                assert!((400..500).contains(&reply.status), "{path} {kind:?}: {}", reply.status);
            }
        }
    }
}

#[test]
fn a_null_character_is_refused_wherever_it_stands() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    for path in ["/suppliers/%00", "/suppliers?q=a%00b", "/suppliers?scheme=%00", "/static/%00"] {
        assert_eq!(staff.get(path).status, 400, "{path}");
    }
    for field in ["legal_name", "note", "uscc", "form_key", "address"] {
        let fields = [("legal_name", "Null AG"), ("country", "CH"), (field, "a\0b")];
        assert_eq!(staff.post("/suppliers", &fields).status, 400, "{field}");
    }
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
}

#[test]
fn a_proxys_word_about_the_client_counts_only_from_a_trusted_proxy() {
    let address = |app: &TestApp, peer: &str, told: &[&str]| {
        let mut request = app.client().get("/health");
        let peer: SocketAddr = peer.parse().unwrap();
        request.set_remote(peer);
        for told in told {
            request.add_header(Header::new("X-Forwarded-For", told.to_string()));
        }
        client_address(request.inner())
    };
    let app = TestApp::new();
    assert_eq!(address(&app, "203.0.113.5:1000", &[]), "203.0.113.5");
    assert_eq!(address(&app, "203.0.113.5:1000", &["198.51.100.1"]), "203.0.113.5");
    assert_eq!(address(&app, "127.0.0.1:1000", &["198.51.100.1"]), "127.0.0.1");
    drop(app);
    let app = TestApp::with(|s| s.with("trusted_proxies", vec!["127.0.0.1"]).unwrap());
    assert_eq!(address(&app, "203.0.113.5:1000", &["198.51.100.1"]), "203.0.113.5");
    // The last one is what our proxy saw; what stands before it the client made up.
    assert_eq!(address(&app, "127.0.0.1:1000", &["6.6.6.6, 198.51.100.1"]), "198.51.100.1");
    assert_eq!(address(&app, "127.0.0.1:1000", &["6.6.6.6", "198.51.100.1"]), "198.51.100.1");
    assert_eq!(address(&app, "127.0.0.1:1000", &["no address"]), "127.0.0.1");
    assert_eq!(address(&app, "127.0.0.1:1000", &[]), "127.0.0.1");
}

#[test]
fn cookies_are_for_this_host_https_and_servers_only() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let made = staff.post("/suppliers", &[("legal_name", "Keks AG"), ("country", "CH")]);
    let visit = app.anonymous();
    for reply in [made, visit.get("/no-such-page")] {
        let cookies = reply.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case("set-cookie"));
        let cookies: Vec<&String> = cookies.map(|(_, value)| value).collect();
        assert!(!cookies.is_empty(), "{}", reply.path);
        for cookie in cookies {
            for part in ["__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(part), "{part}: {cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }
}

#[test]
fn a_forged_notice_shows_nothing() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    for forged in ["failure-internal|x", "done-|x", "done-no-such-text|x", "<b>x</b>", "%FF|"] {
        staff.set_cookie("__Host-notice", forged);
        let reply = staff.get("/suppliers").expect(200);
        assert!(!reply.has("class=\"notice"), "{forged}");
    }
    staff.set_cookie("__Host-notice", "done-supplier-created|%3Cscript%3Ealert(1)%3C/script%3E");
    let reply = staff.get("/suppliers").expect(200);
    assert!(reply.has("class=\"notice") && !reply.has("<script>alert"));
}

fn trail(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM audit_records")
}
