//! Evidence files: what is taken, what is refused, and that what comes out is what went in.

use touchstone::access::Role;
use touchstone::documents::{Store, verify};
use touchstone::values::sha256_hex;

use crate::evidence::{Evidence, archive, docx, jpeg, pdf, png, webp, with_each_store, xlsx};
use crate::person::Reply;
use crate::support::{Person, settings};

const PORTAL: &str = "/portal/documents";

fn hand_in<'p>(person: &'p Person, name: &str, bytes: &[u8]) -> Reply<'p> {
    person.upload(PORTAL, name, bytes, &[("kind", "certificate")])
}

/// The id of the newest document.
fn newest(evidence: &Evidence) -> String {
    evidence.app.text("SELECT id FROM documents ORDER BY id DESC LIMIT 1")
}

#[test]
fn what_is_handed_in_comes_out_byte_for_byte_as_a_file_to_keep() {
    with_each_store(|evidence| {
        let person = evidence.app.supplier();
        for (name, bytes, kind) in [
            ("营业执照 1.pdf", pdf("a"), "application/pdf"),
            ("scan.PNG", png(600, 400), "image/png"),
            ("scan.jpg", jpeg(600, 400), "image/jpeg"),
            ("scan.webp", webp(), "image/webp"),
            (
                "owners.xlsx",
                xlsx(),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            (
                "policy.docx",
                docx(&[]),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
        ] {
            let page = hand_in(&person, name, &bytes).expect(303).follow().expect(200);
            page.shows(name).shows("Document added");
            let reply = person.get(&format!("{PORTAL}/{}", newest(evidence))).expect(200);
            assert_eq!(reply.bytes, bytes, "{name}");
            assert_eq!(reply.header("Content-Type"), Some(kind));
            let policy = reply.header("Content-Security-Policy");
            assert_eq!(policy, Some("sandbox; default-src 'none'"));
            assert_eq!(reply.header("X-Content-Type-Options"), Some("nosniff"));
            let kept = reply.header("Content-Disposition").unwrap_or_default();
            assert!(kept.starts_with("attachment; filename*=UTF-8''"), "{kept}");
        }
        let encoded = "%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%201.pdf";
        let first = evidence.app.text("SELECT id FROM documents ORDER BY id LIMIT 1");
        let reply = person.get(&format!("{PORTAL}/{first}"));
        assert!(reply.header("Content-Disposition").is_some_and(|h| h.ends_with(encoded)));
        assert_eq!(evidence.left_behind(), Vec::<String>::new());
    });
}

#[test]
fn what_is_no_plain_document_is_refused_and_leaves_nothing_behind() {
    with_each_store(|evidence| {
        let person = evidence.app.supplier();
        let gif_and_archive = [jpeg(60, 40), archive(&[("a.class", b"x")])].concat();
        let page_in_pdf = [b"<html><script>1</script>".as_slice(), &pdf("x")].concat();
        let script_in_png = [png(60, 40), b"<ScRiPt>alert(1)</script>".to_vec()].concat();
        let appended = [docx(&[]), b"MZ\x90\0".to_vec()].concat();
        let macro_types = b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>";
        let with_macro_types =
            archive(&[("[Content_Types].xml", macro_types), ("word/document.xml", b"<w/>")]);
        let zeros = vec![0; 40 << 20];
        let many: Vec<String> = (0..2_100).map(|n| format!("word/{n}.xml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let cases: Vec<(&str, Vec<u8>)> = vec![
            ("licence.pdf", b"MZ\x90\0\x03\0\0\0This program cannot be run".to_vec()),
            ("licence.pdf", b"\x7fELF\x02\x01\x01".to_vec()),
            ("licence.pdf", b"#!/bin/sh\nrm -rf /\n".to_vec()),
            ("licence.pdf", b"".to_vec()),
            ("licence.pdf", page_in_pdf),
            ("licence.pdf", b"%PDF-1.4\n<script>1</script>\n%%EOF".to_vec()),
            ("licence.pdf", [pdf("x"), archive(&[("a.class", b"x")])].concat()),
            ("licence.png", pdf("x")),
            ("licence.exe", pdf("x")),
            ("licence", pdf("x")),
            ("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec()),
            ("page.html", b"<!doctype html><p>x".to_vec()),
            ("page.mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related".to_vec()),
            ("photo.jpg", gif_and_archive),
            ("photo.png", script_in_png),
            ("photo.png", png(50_000, 50_000)),
            ("photo.jpg", jpeg(30_000, 10)),
            ("photo.jpg", b"\xff\xd8\xff\xd9".to_vec()),
            ("owners.xlsm", xlsx()),
            ("owners.docm", docx(&[])),
            ("owners.docx", xlsx()),
            ("policy.docx", docx(&[("word/vbaProject.bin", b"x")])),
            ("policy.docx", with_macro_types),
            ("policy.docx", docx(&[("word/media/a.bin", &zeros)])),
            ("policy.docx", docx(&many)),
            ("policy.docx", docx(&[("../../evil.xml", b"x")])),
            ("policy.docx", appended),
            ("policy.docx", archive(&[("a.txt", b"x")])),
            ("policy.docx", b"PK\x03\x04damaged".to_vec()),
            ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        ];
        for (name, bytes) in cases {
            let reply = hand_in(&person, name, &bytes).expect(422);
            let what = format!("{name} of {} bytes: {}", bytes.len(), reply.body());
            assert!(reply.blames("file"), "{what}");
            evidence.assert_untouched(&what);
        }
    });
}

#[test]
fn a_file_that_is_too_large_is_refused_by_name_and_leaves_nothing_behind() {
    let evidence = Evidence::new(None, |settings| settings);
    let person = evidence.app.supplier();
    let mut large = pdf("x");
    large.resize(50 << 20, b' ');
    let reply = hand_in(&person, "large.pdf", &large).expect(422).shows("larger than 20 MB");
    assert!(reply.blames("file"));
    evidence.assert_untouched("50 MB");
    large.resize(20 << 20, b' ');
    hand_in(&person, "large.pdf", &large).expect(303);
}

#[test]
fn the_same_content_is_stored_once_under_its_checksum() {
    with_each_store(|evidence| {
        let (first, second) = (evidence.app.supplier(), evidence.app.supplier());
        hand_in(&first, "a.pdf", &pdf("same")).expect(303);
        hand_in(&second, "b.pdf", &pdf("same")).expect(303);
        let sha256 = sha256_hex(pdf("same"));
        assert_eq!(evidence.stored(), [format!("{}/{}", &sha256[..2], &sha256[2..])]);
        assert_eq!(evidence.app.number("SELECT count(*) FROM documents"), 2);
    });
}

#[test]
fn a_file_that_was_altered_is_kept_back_and_named() {
    with_each_store(|evidence| {
        let (app, person) = (&evidence.app, evidence.app.supplier());
        hand_in(&person, "a.pdf", &pdf("true")).expect(303);
        let (path, stored) = (format!("{PORTAL}/{}", newest(evidence)), evidence.stored());
        evidence.alter(&stored[0], &pdf("fals"));
        person.get(&path).expect(409).shows("checksum does not match");
        person.get(PORTAL).expect(200).shows("Checksum does not match");
        let supplier = app.text("SELECT supplier_id FROM documents");
        let staff = app.staff(Role::Approver);
        staff.get(&format!("/suppliers/{supplier}/documents")).shows("Checksum does not match");
        staff.get(&format!("/documents/{}", newest(evidence))).expect(409);
        // Something of another size altogether is not even read.
        evidence.alter(&stored[0], &vec![b' '; 21 << 20]);
        person.get(&path).expect(409);
        // The true file handed in once more takes its place again.
        hand_in(&person, "a.pdf", &pdf("true")).expect(303);
        assert_eq!(person.get(&path).expect(200).bytes, pdf("true"));
        assert!(!person.get(PORTAL).has("Checksum does not match"));
    });
}

#[test]
fn a_check_of_all_documents_finds_what_is_missing_or_altered() {
    with_each_store(|evidence| {
        let (app, person) = (&evidence.app, evidence.app.supplier());
        for text in ["1", "2", "3"] {
            hand_in(&person, &format!("{text}.pdf"), &pdf(text)).expect(303);
        }
        let flaws = || {
            let store = app.rocket().state::<Store>().expect("a store").clone();
            let contents = app.db().read_now(verify::contents).expect("contents");
            assert_eq!(contents.len(), 3);
            rocket::execute(async move {
                let mut flaws = Vec::new();
                for content in contents {
                    let flaw = verify::flaw(&store, &content).await.expect("an answer");
                    flaws.extend(flaw.map(|flaw| (content.title, flaw)));
                }
                flaws
            })
        };
        assert_eq!(flaws(), []);
        let sha256 = sha256_hex(pdf("2"));
        evidence.alter(&format!("{}/{}", &sha256[..2], &sha256[2..]), b"x");
        assert_eq!(flaws(), [("2.pdf".to_string(), touchstone::documents::Flaw::Altered)]);
    });
}

#[test]
fn another_companys_documents_are_as_absent_as_made_up_ones() {
    let evidence = Evidence::new(None, |settings| settings);
    let app = &evidence.app;
    let (own, other) = (app.supplier(), app.supplier());
    hand_in(&own, "secret.pdf", &pdf("x")).expect(303);
    let id = newest(&evidence);
    let made_up = other.get(&format!("{PORTAL}/00000000-0000-7000-8000-000000000000")).expect(404);
    let foreign = other.get(&format!("{PORTAL}/{id}")).expect(404);
    let ids = [id.as_str(), "00000000-0000-7000-8000-000000000000"];
    let pages =
        [foreign, made_up].map(|reply| ids.iter().fold(reply.body(), |b, id| b.replace(id, "")));
    assert_eq!(pages[0], pages[1]);
    other.post(&format!("{PORTAL}/{id}/removal"), &[]).expect(404);
    assert!(!other.get(PORTAL).expect(200).has("secret.pdf"));
    own.get(&format!("{PORTAL}/{id}")).expect(200);
    // Staff of another part of the register.
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "east");
    let supplier = app.text("SELECT supplier_id FROM documents");
    elsewhere.get(&format!("/documents/{id}")).expect(404);
    elsewhere.get(&format!("/suppliers/{supplier}/documents")).expect(404);
    let upload = format!("/suppliers/{supplier}/documents");
    elsewhere.upload(&upload, "a.pdf", &pdf("y"), &[("kind", "other")]).expect(404);
    assert_eq!(evidence.stored().len(), 1);
}

#[test]
fn a_company_takes_off_what_it_handed_in_and_nothing_else() {
    let evidence = Evidence::new(None, |settings| settings);
    let (app, person) = (&evidence.app, evidence.app.supplier());
    hand_in(&person, "own.pdf", &pdf("own")).expect(303);
    let (own, supplier) = (newest(&evidence), app.text("SELECT supplier_id FROM documents"));
    let (staff, page) = (app.staff(Role::Approver), format!("/suppliers/{supplier}/documents"));
    let fields =
        [("kind", "ownership"), ("document_title", "Extract"), ("valid_until", "2001-01-31")];
    staff.upload(&page, "extract.pdf", &pdf("ours"), &fields).expect(303).follow().shows("Run out");
    let ours = newest(&evidence);
    person.get(PORTAL).expect(200).shows("Extract").shows("Run out");
    person.post(&format!("{PORTAL}/{ours}/removal"), &[]).expect(403);
    person.post(&format!("{PORTAL}/{own}/removal"), &[]).expect(303);
    staff.post(&format!("{page}/{ours}/removal"), &[]).expect(303);
    for id in [own, ours] {
        person.get(&format!("{PORTAL}/{id}")).expect(404);
        staff.get(&format!("/documents/{id}")).expect(404);
    }
    // The rows and the contents stay, and the trail tells both.
    assert_eq!(app.number("SELECT count(*) FROM documents"), 2);
    assert_eq!(evidence.stored().len(), 2);
    for (action, times) in [("document.added", 2), ("document.removed", 2)] {
        let records = format!("SELECT count(*) FROM audit_records WHERE action = '{action}'");
        assert_eq!(app.number(&records), times);
    }
    staff
        .get(&format!("/suppliers/{supplier}/history"))
        .shows("Extract")
        .shows("Proof of ownership");
}

#[test]
fn a_company_has_room_for_200_documents_and_a_gigabyte() {
    let evidence = Evidence::new(None, |settings| settings);
    let (app, person) = (&evidence.app, evidence.app.supplier());
    hand_in(&person, "a.pdf", &pdf("a")).expect(303);
    let copy = |id: &str, size: i64, removed: &str| {
        format!(
            "INSERT INTO documents SELECT {id}, supplier_id, kind, title, file_name, media_type, {size},
             sha256, valid_to, uploaded_by, uploaded_name, by_supplier, created_at, {removed}
             FROM documents WHERE id = (SELECT min(id) FROM documents);"
        )
    };
    let copies: String = (0..199).map(|n| copy(&format!("'x{n}'"), 1, "NULL")).collect();
    app.tamper(&copies).expect("199 more");
    hand_in(&person, "b.pdf", &pdf("b")).expect(422).shows("200 documents");
    app.tamper("DELETE FROM documents WHERE id LIKE 'x%'").expect("taken away");
    // What was taken off still takes up its room.
    app.tamper(&copy("'x'", (1 << 30) - 2000, "created_at")).expect("a large one");
    hand_in(&person, "b.pdf", &pdf(&"b".repeat(2000))).expect(422).shows("1 GB");
    hand_in(&person, "b.pdf", &pdf("b")).expect(303);
    assert_eq!(evidence.stored().len(), 2, "what was refused is not stored");
}

#[test]
fn a_form_that_comes_back_keeps_what_was_typed_and_one_sent_twice_adds_one() {
    let evidence = Evidence::new(None, |settings| settings);
    let person = evidence.app.supplier();
    let typed = [("kind", "policy"), ("document_title", "Our code"), ("valid_until", "31.12.2027")];
    let reply = person.upload(PORTAL, "a.pdf", &pdf("a"), &typed).expect(422);
    assert!(reply.blames("valid_until") && !reply.blames("file"));
    assert_eq!(reply.hidden("document_title").as_deref(), Some("Our code"));
    reply.shows("value=\"policy\" selected");
    let nothing = person.upload(PORTAL, "", b"", &[]).expect(422);
    assert!(nothing.blames("kind") && nothing.blames("file"));
    let key = person.get(PORTAL).hidden("form_key").expect("a key");
    let fields = [("kind", "policy"), ("form_key", key.as_str()), ("next", "/portal?x=1")];
    for _ in 0..2 {
        let reply = person.upload(PORTAL, "a.pdf", &pdf("a"), &fields).expect(303);
        assert_eq!(reply.location.as_deref(), Some("/portal?x=1"));
    }
    assert_eq!(evidence.app.number("SELECT count(*) FROM documents"), 1);
    let evil = [("kind", "policy"), ("next", "//evil.example")];
    let reply = person.upload(PORTAL, "b.pdf", &pdf("b"), &evil).expect(303);
    assert_eq!(reply.location.as_deref(), Some("/"));
}

#[test]
fn an_s3_server_is_reached_by_plain_http_only_where_it_was_named() {
    let named = |endpoint: &str| {
        settings()
            .with("documents_url", "s3://papers/evidence")
            .and_then(|s| s.with("s3_endpoint", endpoint))
            .and_then(|s| Store::open(&s))
    };
    assert!(named("http://127.0.0.1:1").is_ok() && named("").is_ok());
    assert!(
        settings().with("documents_url", "/proc/nowhere").and_then(|s| Store::open(&s)).is_err()
    );
}
